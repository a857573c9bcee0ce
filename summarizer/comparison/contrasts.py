"""Words of which a figure is told of the one or the other: first and second, men and women, gross and net. English.

Two sentences alike but for such a pair speak of two things. Written for this project by going through the ways in which
news splits what it counts: by order, place, person, time, and kind of account.
"""

from __future__ import annotations

from typing import Final

from summarizer.comparison.apart import APART, find_acts

_GROUPS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth final last",
    "north south east west northern southern eastern western northeast northwest southeast southwest central",
    "men women male female boys girls boy girl man woman husband wife father mother son daughter brother sister",
    "adults adult children child infants infant elderly pensioners pensioner teenagers teenager youths",
    "older younger oldest youngest elder eldest over-65s",
    "urban rural suburban",
    "city suburbs suburb countryside villages",
    "morning afternoon evening overnight night",
    "domestic foreign overseas abroad international",
    "gross net operating core headline underlying",
    "wholesale retail supermarkets shops",
    "minimum maximum average median",
    "highest lowest",
    "private public",
    "federal state local county statewide nationwide national countrywide provincial municipal",
    "home away",
    "republicans democrats republican democratic democrat labour conservatives conservative liberals liberal",
    "summer winter spring autumn",
    "buyers sellers buyer seller landlords tenants lenders borrowers employers employees",
    "buy sell bought sold buys sells buying selling purchases purchased",
    "open opened opens opening close closed closes closing shut",
    "goods services",
    "steel dairy aluminium aluminum copper cars wheat oil gas coal gold silver",
    "cocaine heroin cannabis methamphetamine fentanyl",
    "demand demands demanded offer offers offered",
    "approve approved approves disapprove disapproved disapproves",
    "support supports supported oppose opposes opposed",
    "cancel cancelled canceled delay delayed delays",
    "enrolled enrol enroll graduated graduate",
    "arrived arrivals moved entered immigrated immigration departed departures left emigrated emigration",
    "upper lower",
    "gusts gust gusting sustained steady",
    "registered cast voted",
    "ordered orders order delivered deliveries delivery",
    "pre-tax after-tax post-tax",
    "sown sowed planted harvested reaped",
    "import imports imported export exports exported",
    "hired recruited dismissed fired sacked",
    "members membership board",
    "boarded disembarked",
    "borrowed lent",
    "won lost drew",
    "incoming outgoing inbound outbound",
    "appointed elected",
    "owes owe owed paid transferred repaid",
    "tested positive negative",
    "depth deep height high tall width wide length long distance diameter",
    "passengers crew",
    "soldiers civilians",
    "full-time part-time",
    "senate house",
    "diesel petrol gasoline",
    "planned built completed",
    "vigil funeral rally march",
    "new used",
)
#: Words of one group that do not exclude one another.
_SAME: Final = (
    "men man male boys boy", "women woman female girls girl", "adults adult", "children child infants infant",
    "elderly pensioners pensioner", "teenagers teenager youths", "northern north", "southern south", "eastern east",
    "western west", "fourth final last", "third final last", "second final last", "overnight night",
    "foreign overseas abroad international", "republicans republican", "democrats democratic democrat",
    "conservatives conservative", "liberals liberal", "buyers buyer", "sellers seller",
    "buy bought buys buying purchases purchased",
    "sell sold sells selling",
    "open opened opens opening",
    "close closed closes closing shut",
    "demand demands demanded",
    "offer offers offered", "approve approved approves", "disapprove disapproved disapproves",
    "support supports supported", "oppose opposes opposed", "cancel cancelled canceled", "delay delayed delays",
    "enrolled enrol enroll",
    "graduated graduate",
    "arrived arrivals moved entered immigrated immigration",
    "departed departures left emigrated emigration",
    "sown sowed planted", "harvested reaped", "import imports imported", "export exports exported",
    "hired recruited",
    "dismissed fired sacked",
    "members membership",
    "depth deep",
    "height high tall",
    "width wide",
    "length long distance",
    "gusts gust", "gusting gusts gust", "registered enrolled", "cast voted", "delivered delivery deliveries",
    "orders ordered order", "after-tax post-tax",
    "nationwide national countrywide", "state statewide", "incoming inbound", "outgoing outbound", "owes owe owed",
    "paid transferred repaid", "supermarkets shops retail", "petrol gasoline", "aluminium aluminum",
    "average median", "built completed", "older elder eldest oldest", "younger youngest",
)  # fmt: skip
_GROUP_OF: Final = {word: number for number, words in enumerate(_GROUPS) for word in words.split()}
_NAME_OF: Final = {word: frozenset(words.split()) for words in reversed(_SAME) for word in words.split()}
#: Words of which only one of a group can be meant, in lower case.
CONTRASTING: Final = frozenset(_GROUP_OF) | APART


def find_contrast(mine: frozenset[str], theirs: frozenset[str], *, acts: bool = True) -> tuple[str, str] | None:
    """Give the first two words of one group of which each sentence has its own.

    :param mine: contrasting words of the one that the other lacks.
    :param theirs: the other way round.
    :param acts: whether acts of which only one can be meant count too.
    """
    if not mine or not theirs:
        return None  # as nearly always
    for word in sorted(mine):
        for other in sorted(theirs):
            if word in _GROUP_OF and _GROUP_OF[word] == _GROUP_OF.get(other) and other not in _NAME_OF.get(word, ()):
                return word, other
    return find_acts(mine, theirs) if acts else None
