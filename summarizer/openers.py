"""Sentences that cannot stand alone: they open by pointing at the sentence before.

English in detail; in the other languages pronouns, demonstratives and connectives at the start.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_SAYS: Final = "said|says|told|added|wrote|argued|called|described|posted|tweeted|noted|confirmed|announced|insisted"
#: Nouns that stand for something told before ("the move", "the request"), unless a complement says what it is.
_TOLD: Final = (
    "accusations?|admission|allegations?|announcement|claims?|comments?|decision|disclosure|discovery|gesture|idea|"
    "incident|move|news|order|proposal|remarks?|request|responses?|revelations?|ruling|same|statement|suggestion|"
    "warning"
)
_COMPLEMENT: Final = "of|to|that|by|on|in|for|about|from|at|against|between|over|with|which|who|not"
_FEW: Final = "two|three|four|five|six|seven|eight|nine|ten"
_TIME_UNIT: Final = "minutes|moments|hours?|days?|weeks?|months?|years?"
_NOT_SAID: Final = "year|month|week|morning|spring|summer|autumn|fall|winter|weekend|afternoon|evening|past|season"

# English openers that point to a sentence before: pronouns, demonstratives, connectives, and nouns that stand for
# someone named earlier. Followed by what makes them stand alone ("It is ... that", "Those who") they do not count.
_ENGLISH: Final = rf"""
        (?:he|she|they|it|its|his|their|them|him|her|hers|theirs)\b(?!\s+(?:is|was|will\s+be
        |would\s+be)\s+\w+\s+(?:that|to)\b)
      | (?:this|that|these|those|such)\b(?!\s+(?:who|which|{_NOT_SAID})\b)
      | (?:but|and|so|yet|or|nor|still|also|then|however|moreover|meanwhile|instead|nevertheless|nonetheless
         |furthermore|additionally|conversely|similarly|likewise|otherwise|therefore|thus|hence|consequently
         |ultimately|overall|indeed|plus|besides|afterwards?|thereafter|elsewhere|specifically|accordingly)\b(?!-)
      | (?:in\s+(?:return|addition|contrast|turn|response|fact|other\s+words|the\s+(?:meantime|process|end))
         |as\s+a\s+result|for\s+(?:example|instance|(?:his|her|its|their)\s+part)|on\s+the\s+other\s+hand
         |at\s+the\s+same\s+time|after\s+(?:that|this)|since\s+then|by\s+then|by\s+contrast|of\s+course|first\s+of\s+all|even\s+so
         |to\s+(?:that|this)\s+end|because\s+of\s+(?:this|that)|despite\s+(?:this|that)|more\s+simply|again,|later,
         |earlier,|actually,|better,|worse,|well,|sure,)
        (?!\w)
      | (?:\w+\s+)?(?:{_TIME_UNIT})\s+(?:later|earlier)\b
      | (?:the\s+(?:next|following|same|previous)|later\s+that|earlier\s+that|that\s+same)\s+(?:day|night|week|month
        |year|morning
         |afternoon|evening)\b
      | (?:soon|shortly|immediately)\s+(?:after|afterwards?|before|thereafter),
      | according\s+to\s+(?:him|her|them)\b
      | (?:both|all\s+(?:three|four|five)|the\s+(?:two|three|four|five|pair|duo|trio))\s+(?:sides|parties|countries
        |nations
         |leaders|governments|men|women|companies|resources|suspects|victims|boys|girls|brothers|sisters|children
         |teams
         |agencies|firms|officers)\b
      | (?:both|the\s+(?:(?:other|last|first|next|remaining)\s+)?(?:{_FEW}))
        (?=,|\s+(?:is|was|are|were|has|had|have|will|would|could|did|do|also|then|each|came|went|left|met)\b)
      | (?:few|none|most|each|several)(?=\s+(?:is|was|are|were|has|had|have|did|do|will|would|could)\b)
      | few\s+[a-z]+ed\b
      | (?:the\s+)?(?:former|latter)\b(?=\s+(?:is|was|are|were|has|had|have|will|would|could|said|also)\b)
      | others?\b(?!\s+than\b)
      | neither\b(?!.{{1,80}}\bnor\b)
      | (?:one|some|many|most|all|none|two|three|several)\s+of\s+(?:them|these|those)\b
      | the\s+(?:{_TOLD})\b(?=\s+\w)(?!\s+(?:{_COMPLEMENT})\b)
      | in\s+(?:the|that)\s+(?:same\s+)?(?:video|letter|statement|e-?mails?|interview|post|clip|tweet|messages?|note
        |footage|recording),
"""
# A clause or phrase in front, and then a pronoun, with no name before it: "When she came back", "In 2006, he left".
_FRONTED_PRONOUN: Final = re.compile(
    rf"""["“'‘(\s]*
    (?:When|After|Before|While|As|If|Since|Because|Although|Though|Until|Once|By\s+the\s+time|Even\s+though)\s
      (?:he|she|they)\s[^,.;A-Z]{{1,120}}?(?:,\s(?:he|she|they|it|his|her|their|its)|(?<=[\s"”’])(?:he|she|they))\b
    |["“'‘(\s]*(?:In|On|At|For|From|Since|After|Before|During|By|With|Under|Until|As|When|While|Through|Over|To
        |Then)\s
      (?:[^,.;:A-Z"“]|(?:January|February|March|April|May|June|July|August|September|October|November|December
        |Monday|Tuesday
        |Wednesday|Thursday|Friday|Saturday|Sunday)\b){{1,70}},\s(?:he|she|they|his|her|their)\b
    |["“'‘(\s]*(?:In|On|At)\s(?:a|an|one|another)\s\w+,\s(?:he|she|they)\b
    |["“'‘(\s]*(?:In|On|By|Since|Until)\s(?:early\s|late\s)?
      (?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d
        |Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)
      (?:\s(?:morning|afternoon|evening|night))?\s(?:he|she|they)\b
    |["“'‘(\s]*(?:{_SAYS})\b
    """,
    re.VERBOSE,
)
#: Behind the first comma, which no full stop or semicolon precedes, in so many characters.
_LATE_CONNECTIVE: Final = re.compile(
    r"\s*(?:however|though|meanwhile|too|therefore|moreover|in turn)\s*[,.]", re.IGNORECASE
)
_LATEST_COMMA: Final = 40
_TIME_UNITS: Final = frozenset("minutes moments hour hours day days week weeks month months year years".split())
#: First words of what matches the English openers, and of a clause or phrase in front: most sentences begin otherwise,
#: which is seen five times as fast as by the patterns. A test holds them against these.
_POINTING: Final = (
    frozenset(
        """
    he she they it its his their them him her hers theirs this that these those such but and so yet or nor still also
    then however moreover meanwhile instead nevertheless nonetheless furthermore additionally conversely similarly
    likewise otherwise therefore thus hence consequently ultimately overall indeed plus besides afterward afterwards
    thereafter elsewhere specifically accordingly in as for on at after since by of first even to because despite more
    again later earlier actually better worse well sure the soon shortly immediately according both all former latter
    other others neither one some many most none two three several few each
    """.split()
    )
    | _TIME_UNITS
)
_FRONTED: Final = frozenset(
    """
    When After Before While As If Since Because Although Though Until Once By Even In On At For From During With Under
    Through Over To Then
    """.split()
) | frozenset(_SAYS.split("|"))

#: Openers of other languages: words, and for demonstratives what must not follow ("este jueves" is this Thursday).
_OTHERS: Final = {
    "de": r"""(?:er|es(?!\s+(?:gibt|gab|gebe|ist\s+\w+,\s+dass))|sie|ihm|ihn|ihnen|ihre?[nmrs]?|seine?[nmrs]?|beide
        |dies(?:e[rsmn]?)?
        (?!\s+(?:Jahr|Woche|Monat|Sommer|Winter|Herbst|Frühjahr|Wochenende|Tag))
        |das\s+(?:ist|war|sei|hat|habe|hatte|wird|werde|würde|soll|solle|kann|könne|könnte|gilt|gelte|teilte|sagte
        |berichtete
        |erklärte|geht|ging|kündigte|bestätigte|gab|zeigt|bedeutet)
        |aber|doch|und|oder|auch|denn|dabei|dazu|damit|dagegen|daraufhin|danach|davor|dadurch|darüber|darunter|dafür
        |daran
        |daher|deshalb|deswegen|dennoch|trotzdem|außerdem|zudem|ferner|allerdings|jedoch|hingegen|ebenso|ebenfalls
        |unterdessen|inzwischen|derweil|zugleich|gleichzeitig|dort|demnach|somit|anschließend|später|zuvor|vielmehr
        |darin|davon|dahinter|darauf|daraus|hier(?:bei|zu|mit|für|von|durch|auf|gegen|über|unter|aus)|währenddessen
        |infolgedessen|dementsprechend|hinzu\s+kommt|hinzu\s+kommen|hinzu\s+kam|hinzu\s+kamen|dessen|deren
        |(?:mit|von|für|gegen|bei|nach|laut|unter|neben|ohne|über)\s+(?:ihm|ihn|ihr|ihnen|diese[rmn]?)(?!\s+(?:Jahr|Woche
        |Monat|Sommer|Winter|Herbst|Frühjahr|Wochenende|Tag))
        |am\s+(?:selben|gleichen|folgenden|nächsten)\s+(?:Tag|Abend|Morgen)|kurz\s+(?:darauf|danach|zuvor)
        |die\s+beiden(?=\s+(?:wurden|werden|sind|waren|seien|haben|hätten|hatten|kamen|gingen|sollen|wollen)\b)
        |(?:de[rmn]|die|das)\s+\d{1,3}-(?-i:Jährige[rn]?)
        |im\s+gegenzug|nach\s+(?:seinen|ihren)\s+(?:worten|angaben)|zum\s+beispiel|stattdessen|letztere[rsn]?)""",
    "es": r"""(?:él|ella|ellos|ellas|esto|eso|ello|(?:est[ea]|es[ea]|est[ao]s|es[ao]s|aquel|aquella)(?!\s+(?:lunes
        |martes|miércoles|jueves
        |viernes|sábado|domingo|año|mes|semana|mañana|tarde|noche|verano|invierno|fin))|sus?|ambos|ambas
        |pero|y|e|o|sino|además|también|tampoco|sin\s+embargo|no\s+obstante|por\s+(?:su\s+parte|ello|eso|esto
        |lo\s+tanto|otr[ao]\s+(?:parte|lado))
        |así|entonces|luego|después,|en\s+cambio|asimismo|mientras\s+tanto|igualmente|incluso|finalmente
        |a\s+su\s+vez|en\s+este\s+sentido
        |al\s+mismo\s+tiempo|según\s+(?:él|ella|ellos)|por\s+ejemplo|(?:ante|tras|con|para|de|pese\s+a)\s+(?:ello|esto|eso)
        |(?:un[oa]s?|much[oa]s|vari[oa]s|algun[oa]s|ningun[oa]|tod[oa]s)\s+de\s+(?:ell[oa]s|est[oa]s|es[oa]s)|dich[oa]s?|allí|ahí
        |(?:con|para|contra|de|entre)\s+(?:él|ella|ellos|ellas)|(?:al\s+día\s+siguiente|el\s+mismo\s+día)(?!\s+(?:de|del|que|en)\b)
        |de\s+(?:esta|esa)\s+(?:manera|forma)|por\s+(?:este|ese|tal)\s+(?:motivo|razón)|por\s+consiguiente|poco\s+después,
        |(?:los|las)\s+dos(?=\s+(?:fueron|son|eran|han|habían|están|estaban|serán|van|iban)\b))""",
    "fr": r"""(?:ils?(?!\s+(?:y\s+a|faut))|elles?|celui|celle|ceux|celles|cela|ceci|(?:ce|cet|cette
        |ces)(?!\s+(?:lundi|mardi|mercredi|jeudi|vendredi
        |samedi|dimanche|matin|soir|semaine|année|mois|week-end|printemps|été|hiver|qui|que))|c['’]est|c['’]était
        |son|sa|ses|leurs?
        |mais|et|or|donc|car|cependant|toutefois|pourtant|ainsi|de\s+plus|en\s+outre|par\s+ailleurs|néanmoins|enfin
        |puis|ensuite|également
        |selon\s+(?:lui|elle|eux)|en\s+revanche|de\s+son\s+côté|pour\s+sa\s+part|par\s+exemple|en\s+effet
        |tous\s+deux|tous\s+les\s+deux|toutes\s+les\s+deux|entre-temps|depuis,|là,|lui,|d['’]après\s+(?:lui|elle|eux|elles)
        |(?:avec|contre|pour|chez|parmi|avant|après)\s+(?:lui|elle|eux|elles|cela|ceci)|par\s+conséquent|dès\s+lors
        |(?:l['’]une?|certain(?:e)?s|plusieurs|beaucoup|aucune?|deux|trois)\s+(?:d['’]eux|d['’]elles|d['’]entre\s+(?:eux|elles))
        |dans\s+ce\s+(?:cadre|contexte|cas)|à\s+cette\s+occasion|pour\s+cette\s+raison|de\s+cette\s+manière|peu\s+après,
        |le\s+lendemain(?!\s+(?:de|du|des|d['’]))|le\s+même\s+jour
        |les\s+deux(?=\s+(?:ont|sont|étaient|avaient|seront|vont|auraient|seraient)\b))""",
    "it": r"""(?:egli|lui|lei|loro|essi|esse|quest[oaie](?!\s+(?:mattina|sera|settimana|anno|mese))|quell[oaie]|ciò
        |su[oa]i?|suoi|sue|ma|e|ed|o|però
        |inoltre|tuttavia|anche|quindi|infatti|dunque|così|invece|poi|nel\s+frattempo|intanto|entrambi
        |secondo\s+(?:lui|lei)|per\s+esempio)""",
    "pt": r"""(?:el[ea]s?|isso|isto|aquilo|ess[ea]s?|(?:est[ea]s?|nest[ea])(?!\s+(?:segunda|terça|quarta|quinta
        |sexta|sábado|domingo|semana|ano|mês))|seus?
        |suas?|ambos|mas|e|ou|porém|contudo|entretanto|no\s+entanto|além\s+diss?o|também|assim|então|por\s+isso
        |por\s+sua\s+vez|já|depois,
        |segundo\s+el[ea]|enquanto\s+isso|por\s+exemplo)""",
    "nl": r"""(?:hij|zij|ze|dit|dat|dez[ei](?!\s+(?:week|maand|zomer|winter))|die|zijn|haar|hun|maar|en|of|ook
        |daarnaast|bovendien|echter|toch
        |daarom|daardoor|daarna|daarbij|intussen|ondertussen|volgens\s+(?:hem|haar|hen)|zo|beide|bijvoorbeeld)""",
    "ru": r"""(?:он|она|они|оно|это|эт[аио]т?|эту|этого|такие|его|её|ее|их|но|и|а|однако|также|кроме\s+того
        |при\s+этом|по\s+(?:его|её|ее|их)\s+словам
        |поэтому|тем\s+временем|между\s+тем|затем|позже|впрочем|например|оба)""",
}
_UNSPACED: Final = {
    "zh": r"[他她它]们?|此[外前后次]|但是?|然而|不过|因此|同时|对此|其中?"
    r"|另外|随后|与此同时|而且?|这(?!\s*一?[周年月天])|该|并且?|例如|另一方面",
    "ja": r"これ|それ|この|その|しかし|また|さらに|同氏|彼|一方|このため|そのため|ただ|だが",
}
_OPENING: Final = "[\"“„'‘«»‹›(「『\\s¿¡]*"
_FIRST_WORDS: Final = re.compile(rf"{_OPENING}(\w+)(?:\s+(\w+))?")


@cache
def _dangling(language: str) -> re.Pattern[str] | None:
    """Give the openers of a language, compiled when it is first met; None for languages without rules."""
    if language == "en":
        return re.compile(rf"{_OPENING}(?:{_ENGLISH})", re.IGNORECASE | re.VERBOSE)
    if language in _OTHERS:
        return re.compile(rf"{_OPENING}{_OTHERS[language]}(?!\w)", re.IGNORECASE | re.VERBOSE)
    return re.compile(rf"{_OPENING}(?:{_UNSPACED[language]})") if language in _UNSPACED else None


#: Openers that lean on what was told, but less: good enough in the middle of a briefing, not as its first sentence.
_LEANING: Final = re.compile(
    r"""["“'‘(\s]*(?:
        [Tt]he\s+[a-z][\w-]*\s+(?:[a-z][\w-]*\s+)?(?:is|was|are|were|has|had|have|will|would|could|may|might|can
        |comes?|came|
          follow(?:s|ed)?|said|says|also|marks?|marked|then|began|ended|took|must|did|does|do|calls?|called|told|and
          |who)\b
      | [Tt]he\s+(?:second|third|other|suspected|alleged|first)\b
      | Another\b | There\b | .{1,60}\balso\b
    )""",
    re.VERBOSE,
)


def is_dangling(text: str, language: str = "en") -> bool:
    """Say whether a sentence opens by pointing at a sentence before it.

    :param text: one sentence.
    :param language: ISO 639-1 code; False for languages without rules.

    >>> is_dangling("He expressed hope."), is_dangling("It is vital that talks go on.")
    (True, False)
    """
    pattern = _dangling(language)
    if pattern is None:
        return False
    return _is_dangling_in_english(text, pattern) if language == "en" else bool(pattern.match(text))


def _is_dangling_in_english(text: str, pattern: re.Pattern[str]) -> bool:
    comma = text.find(",", 0, _LATEST_COMMA + 1)
    if comma > 0 and _LATE_CONNECTIVE.match(text, comma + 1) and not set(text[:comma]) & {".", ";"}:
        return True
    head = _FIRST_WORDS.match(text)
    if not head:
        return False
    first, second = head.groups("")
    if first in _FRONTED and _FRONTED_PRONOUN.match(text):
        return True
    low = first.lower()
    may_point = (
        low in _POINTING or low in _TIME_UNITS or second.lower() in _TIME_UNITS or not (first + second).isascii()
    )
    return may_point and bool(pattern.match(text))


def is_leaning(text: str, language: str = "en") -> bool:
    """Say whether an English sentence speaks of something as known, so that another one should open a briefing.

    >>> is_leaning("The meeting was the second this year."), is_leaning("Ministers met in Rome on Monday.")
    (True, False)
    """
    return language == "en" and bool(_LEANING.match(text))
