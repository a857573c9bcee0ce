"""Publishers by name and address: data, read by :mod:`summarizer.independence`.

A title is one publisher with all its sections, editions, apps and Sunday papers. Titles of one owner stay apart unless
they print one another's copy every day; those are the families:

- the papers of Gannett with USA TODAY, of McClatchy, of Reach, of Postmedia, and the metropolitan papers of News Corp
  Australia, each filled from one national desk;
- the mastheads of Nine, of Stuff, of the Bay Area and of the Southern California News Group, which share newsrooms.

Left apart, though of one owner: The Sun and The Times, the Daily Mail and The i, NBC and CNBC, the papers of Lee,
Advance, Hearst, Tribune and Axel Springer, and the local stations of the American networks.

Names that are also words, persons or several papers ("The Times", "Time", "The Sun", "The Post") are known as a
declared source where one paper is meant, and never looked for in a text.
"""

from __future__ import annotations

from typing import Final

#: Publisher -> names by which texts call it, names known of a declared source only, addresses; each parted by "|".
OUTLETS: Final[dict[str, tuple[str, str, str]]] = {
    # Agencies; the names of those not given here are in :mod:`summarizer.origins`.
    "AAP": ("", "", "aap.com.au"),
    "AFP": ("Agence France Presse", "", "afp.com"),
    "ANI": ("", "", "aninews.in"),
    "ANSA": ("", "", "ansa.it"),
    "AP": ("The AP", "AP News|APNews", "apnews.com|ap.org"),
    "Bloomberg": ("Bloomberg Television|Bloomberg TV|Bloomberg Businessweek", "", "bloomberg.com|bloomberg.net"),
    "Canadian Press": ("", "", "thecanadianpress.com"),
    "EFE": ("", "", "efe.com"),
    "Interfax": ("", "", "interfax.com|interfax.ru"),
    "Kyodo": ("", "", "kyodonews.net"),
    "PA Media": ("PA news agency|Press Association", "Press Association", "pamediagroup.com"),
    "PTI": ("", "", "ptinews.com"),
    "Reuters": ("", "", "reuters.com"),
    "RIA": ("RIA Novosti|RIA news agency", "RIA", "ria.ru"),
    "TASS": ("", "", "tass.com|tass.ru"),
    "UPI": ("", "", "upi.com"),
    "Xinhua": ("", "", "xinhuanet.com|news.cn"),
    "Yonhap": ("", "", "yna.co.kr"),
    # United Kingdom and Ireland
    "BBC": (
        "BBC|BBC News|BBC Sport|BBC Radio|BBC World Service",
        "BBC World|BBC Business|BBC Radio 4|BBC Two|BBC One|BBC Breakfast|BBC Newsnight|BBC Persian",
        "bbc.co.uk|bbc.com",
    ),
    "The Guardian": ("Guardian", "Observer|Guardian Australia|Guardian US", "theguardian.com|guardian.co.uk"),
    "The Telegraph": ("Daily Telegraph|Sunday Telegraph|Telegraph", "", "telegraph.co.uk"),
    "The Times": ("Times of London|Sunday Times", "Times", "thetimes.co.uk|thetimes.com|thesundaytimes.co.uk"),
    "Daily Mail": ("Daily Mail|MailOnline|Mail Online|Mail on Sunday", "Dailymail", "dailymail.co.uk|dailymail.com"),
    "The Independent": ("", "Independent", "independent.co.uk|the-independent.com"),
    "Financial Times": ("Financial Times|FT", "FT.com", "ft.com"),
    "The Economist": ("", "Economist", "economist.com"),
    "The Sun": ("", "Sun|The Scottish Sun|The US Sun", "thesun.co.uk|thesun.ie|the-sun.com|thescottishsun.co.uk"),
    "Evening Standard": ("Evening Standard", "London Standard", "standard.co.uk"),
    "Metro": ("", "Metro UK|Metro.co.uk", "metro.co.uk"),
    "Sky News": ("Sky News|Sky Sports", "Sky", "sky.com|skysports.com"),
    "Sky News Australia": ("Sky News Australia", "", "skynews.com.au"),
    "ITV": ("ITV News|ITV", "", "itv.com"),
    "Channel 4 News": ("Channel 4 News", "", "channel4.com"),
    "Irish Times": ("Irish Times", "", "irishtimes.com"),
    "Irish Independent": ("Irish Independent", "", "independent.ie"),
    "RTE": ("RTE|RTÉ", "RTE News", "rte.ie"),
    "Daily Mirror": ("Daily Mirror|Sunday Mirror", "Mirror", "mirror.co.uk"),
    "Daily Express": ("Daily Express|Sunday Express", "Express", "express.co.uk"),
    "Daily Star": ("", "Daily Star", "dailystar.co.uk"),
    "Daily Record": ("Daily Record", "", "dailyrecord.co.uk"),
    "Manchester Evening News": ("Manchester Evening News", "", "manchestereveningnews.co.uk"),
    "Liverpool Echo": ("Liverpool Echo", "", "liverpoolecho.co.uk"),
    "Birmingham Mail": ("Birmingham Mail", "Birmingham Live", "birminghammail.co.uk"),
    "WalesOnline": ("WalesOnline|Wales Online", "", "walesonline.co.uk"),
    "Bristol Post": ("Bristol Post", "Bristol Live", "bristolpost.co.uk"),
    "ChronicleLive": ("ChronicleLive|Chronicle Live", "", "chroniclelive.co.uk"),
    # United States
    "New York Times": ("New York Times|NYT", "NYTimes", "nytimes.com"),
    "Washington Post": ("Washington Post|WaPo", "", "washingtonpost.com"),
    "Wall Street Journal": ("Wall Street Journal|WSJ", "", "wsj.com"),
    "Los Angeles Times": ("Los Angeles Times|LA Times|L.A. Times", "", "latimes.com"),
    "USA Today": ("USA Today|USA TODAY", "", "usatoday.com"),
    "New York Post": ("New York Post", "", "nypost.com|pagesix.com"),
    "New York Daily News": ("New York Daily News|NY Daily News", "", "nydailynews.com"),
    "Newsday": ("Newsday", "", "newsday.com"),
    "Boston Globe": ("Boston Globe", "", "bostonglobe.com"),
    "Boston Herald": ("Boston Herald", "", "bostonherald.com"),
    "Chicago Tribune": ("Chicago Tribune", "", "chicagotribune.com"),
    "Chicago Sun-Times": ("Chicago Sun-Times|Sun-Times", "", "suntimes.com"),
    "San Francisco Chronicle": ("San Francisco Chronicle", "", "sfchronicle.com"),
    "SFGate": ("SFGate|SFGATE", "", "sfgate.com"),
    "Seattle Times": ("Seattle Times", "", "seattletimes.com"),
    "Denver Post": ("Denver Post", "", "denverpost.com"),
    "Dallas Morning News": ("Dallas Morning News", "", "dallasnews.com"),
    "Houston Chronicle": ("Houston Chronicle", "", "chron.com|houstonchronicle.com"),
    "Atlanta Journal-Constitution": ("Atlanta Journal-Constitution", "AJC", "ajc.com"),
    "Philadelphia Inquirer": ("Philadelphia Inquirer", "", "inquirer.com|philly.com"),
    "Star Tribune": ("Star Tribune|Minnesota Star Tribune", "", "startribune.com"),
    "Oregonian": ("Oregonian", "OregonLive", "oregonlive.com"),
    "Tampa Bay Times": ("Tampa Bay Times", "", "tampabay.com"),
    "Washington Times": ("Washington Times", "", "washingtontimes.com"),
    "Washington Examiner": ("Washington Examiner", "", "washingtonexaminer.com"),
    "Christian Science Monitor": ("Christian Science Monitor", "", "csmonitor.com"),
    "CNN": ("CNN|CNNMoney|CNN Business", "CNN International|CNN Politics|CNN Money", "cnn.com"),
    "Fox News": ("Fox News|Fox Business", "Fox|FoxNews", "foxnews.com|foxbusiness.com"),
    "ABC News": ("ABC News|ABC's Good Morning America", "ABC", "abcnews.go.com|abcnews.com"),
    "CBS News": ("CBS News|CBS|60 Minutes", "CBS Sports", "cbsnews.com"),
    "NBC News": ("NBC News|NBC", "Today|TODAY.com", "nbcnews.com|today.com"),
    "MSNBC": ("MSNBC", "MS NOW", "msnbc.com"),
    "CNBC": ("CNBC", "", "cnbc.com"),
    "NPR": ("NPR|National Public Radio", "", "npr.org"),
    "PBS": ("PBS|PBS NewsHour", "NewsHour", "pbs.org"),
    "Politico": ("Politico|POLITICO", "", "politico.com|politico.eu"),
    "Axios": ("Axios", "", "axios.com"),
    "The Hill": ("The Hill", "The Hill", "thehill.com"),
    "Roll Call": ("", "Roll Call", "rollcall.com"),
    "Vox": ("Vox", "", "vox.com"),
    "Slate": ("", "Slate", "slate.com"),
    "HuffPost": ("HuffPost|Huffington Post", "", "huffpost.com|huffingtonpost.com|huffingtonpost.co.uk"),
    "BuzzFeed": ("BuzzFeed|BuzzFeed News|Buzzfeed", "", "buzzfeed.com|buzzfeednews.com"),
    "Daily Beast": ("Daily Beast", "", "thedailybeast.com"),
    "Business Insider": ("Business Insider", "Insider", "businessinsider.com|insider.com"),
    "Newsweek": ("Newsweek", "", "newsweek.com"),
    "Time": ("Time magazine|TIME", "Time", "time.com"),
    "The Atlantic": ("", "Atlantic", "theatlantic.com"),
    "The New Yorker": ("New Yorker magazine", "New Yorker", "newyorker.com"),
    "Forbes": ("Forbes", "", "forbes.com"),
    "Fortune": ("Fortune magazine", "Fortune", "fortune.com"),
    "People": ("People magazine|PEOPLE", "People", "people.com"),
    "Us Weekly": ("Us Weekly", "", "usmagazine.com"),
    "TMZ": ("TMZ", "", "tmz.com"),
    "Variety": ("Variety", "", "variety.com"),
    "Hollywood Reporter": ("Hollywood Reporter", "THR", "hollywoodreporter.com"),
    "Rolling Stone": ("Rolling Stone", "", "rollingstone.com"),
    "Entertainment Weekly": ("Entertainment Weekly", "", "ew.com"),
    "E! News": ("E! News", "", "eonline.com"),
    "ESPN": ("ESPN", "", "espn.com|espn.go.com"),
    "Gawker": ("Gawker", "", "gawker.com"),
    "Mother Jones": ("Mother Jones", "", "motherjones.com"),
    "Breitbart": ("Breitbart", "Breitbart News", "breitbart.com"),
    "ProPublica": ("ProPublica", "", "propublica.org"),
    "The Intercept": ("", "Intercept", "theintercept.com"),
    "Wired": ("Wired magazine", "Wired", "wired.com"),
    "TechCrunch": ("TechCrunch", "", "techcrunch.com"),
    "The Verge": ("The Verge", "Verge", "theverge.com"),
    "Univision": ("Univision", "", "univision.com"),
    "Telemundo": ("Telemundo", "", "telemundo.com"),
    "Arizona Republic": ("Arizona Republic", "", "azcentral.com"),
    "Detroit Free Press": ("Detroit Free Press", "", "freep.com"),
    "Indianapolis Star": ("Indianapolis Star|IndyStar", "", "indystar.com"),
    "Tennessean": ("Tennessean", "", "tennessean.com"),
    "Cincinnati Enquirer": ("Cincinnati Enquirer", "", "cincinnati.com"),
    "Louisville Courier Journal": ("Louisville Courier Journal|Courier-Journal", "", "courier-journal.com"),
    "Milwaukee Journal Sentinel": ("Milwaukee Journal Sentinel", "", "jsonline.com"),
    "Des Moines Register": ("Des Moines Register", "", "desmoinesregister.com"),
    "Columbus Dispatch": ("Columbus Dispatch", "", "dispatch.com"),
    "Palm Beach Post": ("Palm Beach Post", "", "palmbeachpost.com"),
    "Miami Herald": ("Miami Herald", "El Nuevo Herald", "miamiherald.com|elnuevoherald.com"),
    "Sacramento Bee": ("Sacramento Bee", "", "sacbee.com"),
    "Kansas City Star": ("Kansas City Star", "", "kansascity.com"),
    "Charlotte Observer": ("Charlotte Observer", "", "charlotteobserver.com"),
    "Fort Worth Star-Telegram": ("Star-Telegram|Fort Worth Star-Telegram", "", "star-telegram.com"),
    "Raleigh News & Observer": ("News & Observer", "", "newsobserver.com"),
    "Fresno Bee": ("Fresno Bee", "", "fresnobee.com"),
    "McClatchy": ("McClatchy", "McClatchy DC|McClatchy Newspapers", "mcclatchydc.com"),
    "Mercury News": ("Mercury News|San Jose Mercury News", "", "mercurynews.com"),
    "East Bay Times": ("East Bay Times", "", "eastbaytimes.com"),
    "Orange County Register": ("Orange County Register", "OC Register", "ocregister.com"),
    "Los Angeles Daily News": ("Los Angeles Daily News", "", "dailynews.com"),
    # Canada
    "Globe and Mail": ("Globe and Mail", "", "theglobeandmail.com"),
    "Toronto Star": ("Toronto Star", "", "thestar.com"),
    "CBC": ("CBC|CBC News", "", "cbc.ca"),
    "CTV": ("CTV News|CTV", "", "ctvnews.ca"),
    "Global News": ("", "Global News", "globalnews.ca"),
    "National Post": ("National Post", "", "nationalpost.com"),
    "Financial Post": ("", "Financial Post", "financialpost.com"),
    "Montreal Gazette": ("Montreal Gazette", "", "montrealgazette.com"),
    "Ottawa Citizen": ("Ottawa Citizen", "", "ottawacitizen.com"),
    "Vancouver Sun": ("Vancouver Sun", "", "vancouversun.com"),
    "Calgary Herald": ("Calgary Herald", "", "calgaryherald.com"),
    "Edmonton Journal": ("Edmonton Journal", "", "edmontonjournal.com"),
    "Toronto Sun": ("Toronto Sun", "", "torontosun.com"),
    # Australia and New Zealand
    "ABC Australia": ("Australian Broadcasting Corporation", "ABC News|ABC|ABC Australia", "abc.net.au"),
    "SBS": ("", "SBS News", "sbs.com.au"),
    "The Australian": ("", "The Australian", "theaustralian.com.au"),
    "Australian Financial Review": ("Australian Financial Review", "AFR", "afr.com"),
    "Sydney Morning Herald": ("Sydney Morning Herald", "SMH", "smh.com.au"),
    "The Age": ("", "The Age", "theage.com.au"),
    "Brisbane Times": ("Brisbane Times", "", "brisbanetimes.com.au"),
    "WAtoday": ("WAtoday", "", "watoday.com.au"),
    "news.com.au": ("", "", "news.com.au"),
    "Herald Sun": ("Herald Sun", "", "heraldsun.com.au"),
    "Daily Telegraph (Sydney)": ("", "Daily Telegraph", "dailytelegraph.com.au"),
    "Courier-Mail": ("Courier-Mail|Courier Mail", "", "couriermail.com.au"),
    "Adelaide Advertiser": ("Adelaide Advertiser", "", "adelaidenow.com.au"),
    "New Zealand Herald": ("New Zealand Herald|NZ Herald", "", "nzherald.co.nz"),
    "Stuff": ("", "Stuff", "stuff.co.nz"),
    "The Post (Wellington)": ("", "", "thepost.co.nz"),
    "The Press (Christchurch)": ("", "", "thepress.co.nz"),
    # Europe, Middle East, Africa
    "Der Spiegel": ("Der Spiegel|Spiegel Online", "Spiegel", "spiegel.de"),
    "Bild": ("Bild|Bild am Sonntag", "", "bild.de"),
    "Süddeutsche Zeitung": ("Süddeutsche Zeitung|Sueddeutsche Zeitung", "SZ", "sueddeutsche.de"),
    "Frankfurter Allgemeine": ("Frankfurter Allgemeine", "FAZ|Frankfurter Allgemeine Zeitung", "faz.net"),
    "Die Zeit": ("Die Zeit", "", "zeit.de"),
    "Die Welt": ("Die Welt", "Welt", "welt.de"),
    "ARD": ("ARD|Tagesschau", "", "tagesschau.de"),
    "ZDF": ("ZDF", "", "zdf.de"),
    "Deutsche Welle": ("Deutsche Welle", "DW", "dw.com"),
    "Le Monde": ("Le Monde", "", "lemonde.fr"),
    "Le Figaro": ("Le Figaro", "", "lefigaro.fr"),
    "Le Parisien": ("Le Parisien", "", "leparisien.fr"),
    "Libération": ("Libération", "Liberation", "liberation.fr"),
    "BFM TV": ("BFM TV|BFMTV|BFM television", "", "bfmtv.com"),
    "France 24": ("France 24", "France24", "france24.com"),
    "Radio France Internationale": ("RFI", "Radio France Internationale", "rfi.fr"),
    "El País": ("El País|El Pais", "", "elpais.com"),
    "El Mundo": ("El Mundo", "", "elmundo.es"),
    "Corriere della Sera": ("Corriere della Sera", "", "corriere.it"),
    "La Repubblica": ("La Repubblica", "", "repubblica.it"),
    "Euronews": ("Euronews", "", "euronews.com"),
    "RT": ("Russia Today", "RT", "rt.com"),
    "Kommersant": ("Kommersant", "", "kommersant.ru"),
    "Moscow Times": ("Moscow Times", "", "themoscowtimes.com"),
    "Kyiv Independent": ("Kyiv Independent", "", "kyivindependent.com"),
    "Al Jazeera": ("Al Jazeera|Al-Jazeera", "Al Jazeera English", "aljazeera.com|aljazeera.net"),
    "Al Arabiya": ("Al Arabiya|Al-Arabiya", "", "alarabiya.net"),
    "Haaretz": ("Haaretz|Ha'aretz", "", "haaretz.com"),
    "Times of Israel": ("Times of Israel", "", "timesofisrael.com"),
    "Jerusalem Post": ("Jerusalem Post", "", "jpost.com"),
    "Ynet": ("Ynet|Yedioth Ahronoth", "Ynetnews", "ynetnews.com|ynet.co.il"),
    "Anadolu": ("Anadolu|Anadolu Agency", "AA", "aa.com.tr"),
    "Hurriyet": ("Hurriyet|Hürriyet", "Hurriyet Daily News", "hurriyetdailynews.com|hurriyet.com.tr"),
    "IRNA": ("IRNA", "", "irna.ir"),
    "Daily Maverick": ("Daily Maverick", "", "dailymaverick.co.za"),
    # Asia
    "Times of India": ("Times of India", "TOI", "timesofindia.indiatimes.com|timesofindia.com"),
    "Economic Times": ("Economic Times", "", "economictimes.indiatimes.com|economictimes.com"),
    "Hindustan Times": ("Hindustan Times", "", "hindustantimes.com"),
    "Indian Express": ("Indian Express", "", "indianexpress.com"),
    "The Hindu": ("The Hindu newspaper", "The Hindu", "thehindu.com"),
    "NDTV": ("NDTV", "", "ndtv.com"),
    "Dawn": ("Dawn newspaper", "Dawn", "dawn.com"),
    "Geo News": ("Geo News|Geo TV", "", "geo.tv"),
    "South China Morning Post": ("South China Morning Post|SCMP", "", "scmp.com"),
    "Global Times": ("Global Times", "", "globaltimes.cn"),
    "China Daily": ("China Daily", "", "chinadaily.com.cn"),
    "People's Daily": ("People's Daily", "", "people.com.cn|people.cn"),
    "CCTV": ("CCTV", "CGTN", "cctv.com|cgtn.com"),
    "Caixin": ("Caixin", "", "caixinglobal.com|caixin.com"),
    "Nikkei": ("Nikkei newspaper|Nikkei Asia", "Nikkei", "nikkei.com"),
    "NHK": ("NHK", "NHK World", "nhk.or.jp"),
    "Asahi Shimbun": ("Asahi Shimbun|Asahi newspaper", "Asahi", "asahi.com"),
    "Yomiuri Shimbun": ("Yomiuri Shimbun|Yomiuri", "", "yomiuri.co.jp"),
    "Japan Times": ("Japan Times", "", "japantimes.co.jp"),
    "KCNA": ("KCNA|Korean Central News Agency", "", "kcna.kp"),
    "Korea Herald": ("Korea Herald", "", "koreaherald.com"),
    "Straits Times": ("Straits Times", "", "straitstimes.com"),
    "Channel NewsAsia": ("Channel NewsAsia", "CNA", "channelnewsasia.com"),
    "Bangkok Post": ("Bangkok Post", "", "bangkokpost.com"),
}

#: Titles that print one another's copy every day count as one publisher.
FAMILIES: Final[dict[str, str]] = {
    "USA Today network": "USA Today|Arizona Republic|Detroit Free Press|Indianapolis Star|Tennessean"
    "|Cincinnati Enquirer|Louisville Courier Journal|Milwaukee Journal Sentinel|Des Moines Register|Columbus Dispatch"
    "|Palm Beach Post",
    "McClatchy": "McClatchy|Miami Herald|Sacramento Bee|Kansas City Star|Charlotte Observer|Fort Worth Star-Telegram"
    "|Raleigh News & Observer|Fresno Bee",
    "Bay Area News Group": "Mercury News|East Bay Times",
    "Southern California News Group": "Orange County Register|Los Angeles Daily News",
    "Reach": "Daily Mirror|Daily Express|Daily Star|Daily Record|Manchester Evening News|Liverpool Echo"
    "|Birmingham Mail|WalesOnline|Bristol Post|ChronicleLive",
    "Postmedia": "National Post|Financial Post|Montreal Gazette|Ottawa Citizen|Vancouver Sun|Calgary Herald"
    "|Edmonton Journal|Toronto Sun",
    "News Corp Australia": "news.com.au|Herald Sun|Daily Telegraph (Sydney)|Courier-Mail|Adelaide Advertiser",
    "Nine": "Sydney Morning Herald|The Age|Brisbane Times|WAtoday",
    "Stuff": "Stuff|The Post (Wellington)|The Press (Christchurch)",
}

#: They show, spread or file what others wrote; none of them is an origin.
CARRIERS: Final = frozenset(
    "yahoo.com msn.com aol.com news.google.com google.com flipboard.com smartnews.com newsbreak.com feedly.com "
    "apple.news drudgereport.com reddit.com facebook.com twitter.com x.com t.co instagram.com youtube.com youtu.be "
    "linkedin.com telegram.org t.me web.archive.org archive.org archive.is archive.ph amp.dev ampproject.org "
    "prnewswire.com businesswire.com globenewswire.com lexisnexis.com factiva.com newser.com pressreader.com "
    "newslookup.com upday.com ground.news".split()
)
#: What a declared source may say without naming a publisher.
NO_PUBLISHERS: Final = frozenset(
    "yahoo|yahoonews|yahoofinance|msn|msnnews|aol|aolnews|googlenews|google|flipboard|smartnews|newsbreak|applenews|"
    "feedly|reddit|facebook|twitter|x|youtube|linkedin|prnewswire|businesswire|globenewswire|lexisnexis|factiva|newser|"
    "pressreader|news|worldnews|world|unknown|none|na|staff|admin|editor|web|internet|online|website|rss|feed|home|"
    "pressrelease|wire|newswire|agencies|localnews|breakingnews|topstories|headlines|source|media|newspaper|file|text|"
    "blog|article".split("|")
)
#: Many publishers live under these: the whole host is the address of one.
HOSTS_OF_MANY: Final = frozenset(
    "substack.com medium.com wordpress.com blogspot.com tumblr.com github.io ghost.io typepad.com livejournal.com "
    "wixsite.com weebly.com squarespace.com patreon.com".split()
)
