"""The nouns that are measured, one name for each, and the words that stand where such nouns do but are none."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.words import CHANGE_NOUNS

#: "the number of deaths" measures deaths, "the price of oil" the oil price.
COUNTING: Final = frozenset("number amount total tally sum volume value count list pace majority".split())
OF_HEADS: Final = frozenset(
    "rate price cost value share percentage proportion level volume sale export import shipment production output "
    "supply loss stock purchase growth spread reserve use consumption toll".split()
)
#: One thing under several names.
SAME: Final = {
    "jobless rate": "unemployment rate", "unemployment": "unemployment rate", "joblessness": "unemployment rate",
    "death toll": "killed", "toll": "killed", "death": "killed", "fatality": "killed", "casualty": "casualty",
    "deaths": "killed", "duty": "tariff", "levy": "tariff", "import tariff": "tariff", "import duty": "tariff",
    "tariff rate": "tariff", "gross domestic product": "gdp", "domestic product": "gdp", "economic growth":
    "gdp growth",
    "growth": "gdp growth", "economy": "gdp", "economic output": "gdp", "consumer price": "consumer price",
    "inflation rate": "inflation", "consumer inflation": "inflation", "headline inflation": "inflation",
    "consumer price index": "consumer price", "price index": "consumer price", "cpi": "consumer price",
    "share price": "share", "stock": "share", "stock price": "share", "dead": "killed", "injury": "injured",
    "net income": "profit", "net profit": "profit", "earning": "profit", "revenue": "revenue", "turnover": "revenue",
    "arrest": "arrested", "infection": "infected", "hospitalization": "hospitalised", "job loss": "job",
    "effective": "efficacy", "effectiveness": "efficacy", "efficacy rate": "efficacy", "covid case": "case",
    "unemployment claim": "jobless claim", "initial claim": "jobless claim", "initial jobless claim": "jobless claim",
    "unemployment benefit claim": "jobless claim", "nonfarm payroll": "job", "interest": "interest rate",
    "payroll": "job", "wounded": "injured", "evacuation": "evacuated",
}  # fmt: skip
INITIALS: Final = frozenset("gdp cpi ppi pmi".split())
SUPPOSED: Final = frozenset("forecast estimate target projection outlook goal".split())
#: Words that cannot be the head of what is measured.
EMPTY: Final = frozenset(
    "year years month months week weeks day days hour hours quarter quarters time times people today yesterday "
    "tomorrow way thing things s t re percent per cent sign part much many more half decade century night morning "
    "evening afternoon average rest other others least most first second third last next figure figures number "
    "numbers monday tuesday wednesday thursday friday saturday sunday pm a.m. p.m. fact result end course example "
    "instance case-by-case lieu point points percentage high low record total amount".split()
)
#: Verbs that stand before what is measured, as its qualifiers do.
PLAIN_VERBS: Final = frozenset(
    "put puts putting caused cause causes causing have has had having saw see sees seeing post posts posting make "
    "makes made making face faces facing impose imposes imposing set sets setting give gives gave giving take takes "
    "took taking get gets got getting show shows showing include includes including use uses using hit hits keep "
    "keeps kept keeping bring brings brought bringing pay pays paid paying spend spends spent earn earns cost costs "
    "costing want wants need needs offer offers offering find finds found finding hold holds held holding seek seeks "
    "sought seeking approve approves approving pass passes passing raise raises raising cut cuts cutting reduce "
    "reduces reducing lower lowers lowering increase increases increasing slash slashes slashing buy buys bought "
    "buying sell sells sold selling win wins won winning lose loses lost losing sign signs signing slap slaps levy "
    "levies levying threaten threatens threatening send sends sent sending leave leaves left leaving expect expects "
    "report reports reporting issue issues issuing build builds built building provide provides providing add adds "
    "adding run runs ran running produce produces boost boosts lift lifts leaving think thinks let lets end ends "
    "start starts went go goes call calls calling".split()
)
_NOUN_VERBS: Final = frozenset("cost offer want need report win tax use sign call run start end build".split()) - {
    "start",
    "end",
    "want",
}
NO_NOUNS: Final = PLAIN_VERBS - CHANGE_NOUNS.keys() - _NOUN_VERBS
GERUNDS: Final = frozenset(
    "painting spending funding financing holding offering rating building reading swing housing shipping "
    "manufacturing borrowing lending advertising listing crossing fighting bombing shooting hiring gaming trading "
    "turnout swing".split()
)
#: Words that open sentences as subjects and name nobody; those of saying stand with the speakers.
NO_NAMES: Final = frozenset(
    "nobody everybody everyone someone somebody anyone none nothing something everything many most some few more "
    "half several women men people children police congress parliament management demand growth crude gold oil trade "
    "output revenue profit debt income tax crime traffic music water food snow rain work school data research "
    "evidence here there today yesterday tomorrow mr ms mrs dr two three four five six seven eight nine ten bail "
    "gasoline gas".split()
)
