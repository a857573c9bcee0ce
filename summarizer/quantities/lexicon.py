"""The closed lists by which numbers are read: words for numbers, scales, money, months, and nouns. English.

Tables and no rules, so that other readers of numbers can share them.
"""

from __future__ import annotations

from typing import Final

#: Numbers in words, by value.
ONES: Final = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS: Final = {
    word: 10.0 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
NUMBER_WORDS: Final = ONES | TENS
#: What multiplies the number before it; in full.
LONG_SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "lakhs": 1e5,
    "crore": 1e7, "crores": 1e7, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "tln": 1e12,
}  # fmt: skip
#: One letter: only close behind figures, and mostly of money.
SHORT_SCALES: Final = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
#: Plurals without a number of their own: "hundreds of people".
VAGUE: Final = {
    "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12, "lakhs": 1e5, "crores": 1e7,
}  # fmt: skip
ORDINALS: Final = {
    word: float(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {word[:-1] + "ieth": value for word, value in TENS.items()}
#: Parts of a whole, by their denominator.
FRACTIONS: Final = {
    "half": 2.0, "halves": 2.0, "third": 3.0, "thirds": 3.0, "quarter": 4.0, "quarters": 4.0, "fourth": 4.0,
    "fourths": 4.0, "fifth": 5.0, "fifths": 5.0, "sixth": 6.0, "sixths": 6.0, "eighth": 8.0, "eighths": 8.0,
    "tenth": 10.0, "tenths": 10.0,
}  # fmt: skip
SIGNS: Final = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅐": 1 / 7, "⅑": 1 / 9, "⅒": 1 / 10,
}  # fmt: skip

#: Before the figure.
CURRENCY_SIGNS: Final = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₦": "NGN", "₺": "TRY",
    "₪": "ILS", "฿": "THB", "₱": "PHP", "₴": "UAH", "₫": "VND", "rs": "INR", "rmb": "CNY",
}  # fmt: skip
#: Letters close before the figure, as they are written: "KSh1.8 billion".
CURRENCY_LETTERS: Final = {
    "SFr": "CHF", "Sfr": "CHF", "KSh": "KES", "Ksh": "KES", "KShs": "KES", "Kshs": "KES", "TSh": "TZS", "Tsh": "TZS",
    "USh": "UGX", "Ush": "UGX", "Sh": "KES", "Rp": "IDR", "RM": "MYR",
}  # fmt: skip
#: One letter of names of things, too ("R44"): money where millions follow or thousands are parted by commas.
CURRENCY_LETTER: Final = {"R": "ZAR", "N": "NGN"}
#: Letters before "$": whose dollar.
DOLLARS: Final = {
    "us": "USD", "u.s.": "USD", "u.s": "USD", "usd": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "cad": "CAD",
    "a": "AUD", "au": "AUD", "aud": "AUD", "nz": "NZD", "hk": "HKD", "s": "SGD", "nt": "TWD", "r": "BRL", "mx": "MXN",
}  # fmt: skip
ISO_CODES: Final = frozenset(
    "usd eur gbp jpy cny inr rub krw ngn try ils thb php uah vnd cad aud nzd hkd sgd twd brl mxn chf sek nok dkk isk "
    "pln czk huf zar idr myr pkr bdt lkr egp kes ars clp cop sar aed irr ghs zmw gel kzt ron bgn uyu pyg hnl gtq crc "
    "dop htg jmd ttd bwp tnd dzd lbp jod kwd qar omr bhd iqd afn uzs azn amd byn mdl rsd mkd etb tzs ugx rwf mwk mzn "
    "aoa nad mur mmk mnt sdg lyd syp yer xof xaf".split()
)
#: After the figure, or after its scale; nouns in both numbers.
CURRENCIES: Final = {
    form: code
    for code, forms in {
        "USD": "dollar dollars buck bucks", "EUR": "euro euros", "JPY": "yen", "CNY": "yuan renminbi rmb",
        "INR": "rupee rupees", "RUB": "ruble rubles rouble roubles", "CHF": "franc francs", "ZAR": "rand",
        "KRW": "won", "TRY": "lira liras", "ILS": "shekel shekels", "PLN": "zloty zlotys", "THB": "baht",
        "MYR": "ringgit", "IDR": "rupiah", "VND": "dong", "AED": "dirham dirhams", "NGN": "naira", "BRL": "reais",
        "UAH": "hryvnia hryvnias", "SAR": "riyal riyals", "IRR": "rial rials", "peso": "peso pesos",
        "SEK": "krona kronor", "krone": "krone kroner", "dinar": "dinar dinars", "KES": "shilling shillings",
        "crown": "crowns", "CZK": "koruna koruny korun", "ISK": "kronur", "HUF": "forint forints", "RON": "lei",
        "GEL": "lari", "KZT": "tenge", "BDT": "taka", "MMK": "kyat kyats", "ETB": "birr", "GHS": "cedi cedis",
        "ZMW": "kwacha", "AOA": "kwanza kwanzas", "MZN": "meticais", "HNL": "lempira lempiras", "HTG": "gourde gourdes",
        "VES": "bolivar bolivars", "BOB": "boliviano bolivianos", "RSD": "dinara", "AZN": "manat",
    }.items()
    for form in forms.split()
}  # fmt: skip
#: Whose money, by the adjective before it.
NATIONAL: Final = {
    ("canadian", "USD"): "CAD", ("australian", "USD"): "AUD", ("zealand", "USD"): "NZD", ("kong", "USD"): "HKD",
    ("singapore", "USD"): "SGD", ("taiwan", "USD"): "TWD", ("jamaican", "USD"): "JMD", ("pakistani", "INR"): "PKR",
    ("lankan", "INR"): "LKR", ("nepali", "INR"): "NPR", ("mexican", "peso"): "MXN", ("argentine", "peso"): "ARS",
    ("colombian", "peso"): "COP", ("chilean", "peso"): "CLP", ("philippine", "peso"): "PHP", ("cuban", "peso"): "CUP",
    ("norwegian", "krone"): "NOK", ("danish", "krone"): "DKK", ("iraqi", "dinar"): "IQD", ("kuwaiti", "dinar"): "KWD",
    ("norwegian", "crown"): "NOK", ("danish", "crown"): "DKK", ("swedish", "crown"): "SEK", ("czech", "crown"): "CZK",
    ("icelandic", "SEK"): "ISK",
    ("qatari", "SAR"): "QAR", ("tanzanian", "KES"): "TZS", ("ugandan", "KES"): "UGX", ("syrian", "GBP"): "SYP",
    ("egyptian", "GBP"): "EGP", ("lebanese", "GBP"): "LBP", ("sudanese", "GBP"): "SDG", ("moroccan", "AED"): "MAD",
}  # fmt: skip
#: Hundredths of money.
CENTS: Final = {"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP", "¢": "USD"}

MONTHS: Final = {
    name: at
    for at, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun".split()
)

#: Plurals that no rule finds, with their singular; words that are their own plural stand for themselves.
PLURALS: Final = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "kids": "child",
    "policemen": "policeman", "servicemen": "serviceman", "policewomen": "policewoman", "gunmen": "gunman",
    "fishermen": "fisherman", "firemen": "fireman", "congressmen": "congressman", "lawmen": "lawman",
    "wives": "wife", "lives": "life", "knives": "knife", "leaves": "leaf", "wolves": "wolf", "halves": "half",
    "thieves": "thief", "shelves": "shelf", "teeth": "tooth", "mice": "mouse", "geese": "goose", "oxen": "ox",
    "countrymen": "countryman", "cattle": "cattle", "staff": "staff", "aircraft": "aircraft",
    "spacecraft": "spacecraft", "sheep": "sheep", "fish": "fish", "deer": "deer",
    "salmon": "salmon", "trout": "trout", "tuna": "tuna", "cod": "cod", "shrimp": "shrimp", "squid": "squid",
    "bison": "bison", "elk": "elk", "moose": "moose", "livestock": "livestock", "poultry": "poultry",
    "offspring": "offspring", "personnel": "personnel",
    "troops": "troop", "series": "series", "species": "species", "buses": "bus", "gases": "gas", "viruses": "virus",
    "campuses": "campus", "crises": "crisis", "analyses": "analysis", "criteria": "criterion", "bases": "base",
    "phenomena": "phenomenon", "alumni": "alumnus", "movies": "movie", "cookies": "cookie", "rookies": "rookie",
    "selfies": "selfie", "calories": "calorie", "zombies": "zombie", "ties": "tie", "pies": "pie", "shoes": "shoe",
    "cases": "case", "houses": "house", "horses": "horse", "nurses": "nurse", "causes": "cause",
    "licenses": "license", "licences": "licence", "courses": "course", "responses": "response", "purposes": "purpose",
    "releases": "release", "increases": "increase", "decreases": "decrease", "clauses": "clause", "phases": "phase",
    "databases": "database", "purchases": "purchase", "leases": "lease", "offenses": "offense", "offences": "offence",
    "warehouses": "warehouse", "expenses": "expense", "diseases": "disease", "corpses": "corpse",
    "spouses": "spouse", "verses": "verse", "niches": "niche", "caches": "cache", "headaches": "headache",
    "dice": "die", "vertebrae": "vertebra", "bacteria": "bacterium", "media": "media", "youth": "youth",
    "crew": "crew", "head": "head",
    "police": "police",
}  # fmt: skip
#: Singular though they end in "s".
NO_PLURALS: Final = frozenset(
    "news series species less plus gas bus status crisis census campus virus business congress access process press "
    "success address class loss cross across boss mass glass grass pass always perhaps sometimes besides afterwards "
    "politics economics mathematics physics athletics gymnastics overseas focus bonus analysis basis this thus its "
    "as is was has does his us yes chaos hiv aids details versus minus towards".split()
)
#: What has become of those who are counted; "12 dead", "killed 12".
CASUALTIES: Final = frozenset(
    "dead killed wounded injured hurt missing hospitalized hospitalised arrested detained displaced died dies die "
    "killing wounding injuring injures kills arrests arresting slain stranded homeless infected evacuated trapped "
    "drowned perished".split()
)
#: Before a noun and after its number, these say nothing of what it is.
FILLERS: Final = frozenset("more most other such fewer further additional whole full own same".split())
#: Near two numbers joined by a dash, a score or a vote.
SCORES: Final = frozenset(
    "won win wins winning beat beats beating lost lose loses losing victory victories defeat defeated defeats vote "
    "voted "
    "votes voting lead led leads draw drew tie tied decision ruling ruled margin score scored scoring record majority "
    "loss triumph triumphed against passed approved rejected upheld favor favour series half-time halftime advantage "
    "match game edged downed routed split improved finished rout shutout".split()
)
