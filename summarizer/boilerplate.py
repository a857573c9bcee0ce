"""What news pages carry beside the article, as data: one named rule a kind.

A rule is tried only on the sentence, bracket or line that holds one of its keywords, and must match the whole of it, so
a true sentence that merely mentions cookies, copyright or a newsletter stays. Patterns see folded text (lower case,
straight quotes, ``-`` for every dash, a blank for every line end; the same length as the original) of at most
:data:`MAX_SPAN` characters. They are written for this project from the wording such lines commonly have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

#: Longest sentence, bracket or line that a rule is tried on, in characters: keeps every match bounded.
MAX_SPAN: Final = 500
#: Longest line that a rule of scope "line" drops as a whole: a caption or a teaser, not a paragraph.
MAX_LINE: Final = 300
#: Longest line that a rule of scope "short" drops.
MAX_SHORT: Final = 120

Scope = Literal["sentence", "line", "short", "opening"]


@dataclass(frozen=True)
class Rule:
    """One kind of boilerplate.

    :param name: the reason that a dropped passage carries; rules of one name differ in scope only.
    :param keywords: folded strings that begin with a whole word or a sign; one stands in whatever a pattern matches.
    :param patterns: alternatives; one matches the whole span but for signs at its ends. For scope "opening" it matches
        the beginning of a line, and only that is dropped.
    :param scope: "sentence": sentences and brackets, anywhere; "line": whole lines of :data:`MAX_LINE` too;
        "short": only whole lines of :data:`MAX_SHORT`; "opening": the beginning of a line.
    :param names: whether all words but the small ones must begin in capitals, as in a list of names.
    :param label: whether a full stop at the end rules it out: "Top posts in the ministry went to women." is a sentence.
    :param shouted: whether all its letters must be capitals: "CLOSE" above a video is a button, "Close" is a word.
    """

    name: str
    keywords: tuple[str, ...]
    patterns: tuple[str, ...]
    scope: Scope = "sentence"
    names: bool = False
    label: bool = False
    shouted: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The alternatives as one expression, compiled when a keyword is first met: most rules never are."""
        tail = "" if self.scope == "opening" else r"\W{0,6}"
        return re.compile(f"(?:{'|'.join(self.patterns)}){tail}")


def _rule(
    name: str,
    keywords: str,
    *patterns: str,
    scope: Scope = "sentence",
    names: bool = False,
    label: bool = False,
    shouted: bool = False,
) -> Rule:
    return Rule(name, tuple(keywords.split("|")) if keywords != "|" else ("|",), patterns, scope, names, label, shouted)


_NETWORK = (
    r"(?:facebook|twitter|x|instagram|whatsapp|linkedin|reddit|telegram|pinterest|youtube|tiktok|threads|bluesky|"
    r"tumblr|"
    r"flipboard|messenger|snapchat|google\+|google plus|e-?mail|mail|print|sms|copy link|link|pocket)"
)
_THIS = r"(?:this|the|our) (?:article|story|post|report|piece|page|item|column|interview|video|dispatch)"
_AGENCY = (
    r"(?:getty(?: images)?|ap(?: photo)?|associated press|reuters|afp|epa(?:-efe)?|efe|shutterstock|thinkstock|"
    r"istock(?:photo)?|"
    r"alamy|bloomberg|upi|wireimage|filmmagic|flickr|corbis|zuma(?: press)?|xinhua|anadolu|pa wire|press association|"
    r"rex features|splash news|nasa|instagram|twitter|facebook|youtube|file(?: photo)?|handout|pool|staff)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
_DATE = (
    rf"(?:(?:{_DAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}))"
)
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)"
_AGO = (
    r"(?:\d{1,3}|an?|one|two|a few|few|just) ?(?:min|mins|minute|minutes|hr|hrs|hour|hours|day|days|week|"
    r"weeks|month|months|year|years|h|m|d) ago"
)
_ZONE = (
    r"(?: ?\(?(?:gmt|utc|z|[ecmp][sd]?t|bst|ist|cet|cest|hkt|sgt|aest|[+-]\d{1,2}:?\d{2}|local time|"
    r"eastern|pacific)\)?)"
)
_STAMP = (
    rf"(?:(?:{_DATE}|{_CLOCK}{_ZONE}?|{_AGO}|today|yesterday|just now|{_DAY})(?:[,;|•·t -]| at |"
    rf" on ){{0,4}}){{1,4}}{_ZONE}?"
)

RULES: Final[tuple[Rule, ...]] = (
    _rule(
        "cookie-notice",
        "cookie",
        r"(?:we(?: and our [\w ]{0,30}partners?)?(?: also| may)? use|(?:this|our) (?:web ?)?(?:site|"
        r"page|service|platform)s? uses?|by (?:continuing|using|clicking|browsing|closing)|to (?:give|"
        r"provide|offer|ensure) |if you continue|you can (?:change|manage|accept|reject|withdraw)|please "
        r"(?:accept|enable|allow)|cookies (?:help us|are (?:used|small|required)|must be)|like most "
        r"(?:web)?sites).*\bcookies?\b(?:\W*| (?:to|on|and|for|that|in|or|from|policy|settings|notice)\b.*|[,;].*)",
        r"cookies (?:help us|are used (?:on|by) (?:this|our)|must be enabled).*",
        r"to (?:help )?(?:personali[sz]e|improve|provide|tailor|measure|customi[sz]e)\b.{0,160}\bwe use cookies\b.*",
        r"(?:the )?(?:new )?(?:european|eu|general) data protection (?:law|regulation) requires us to inform you\b.*"
        r"\bcookies\b.*",
    ),
    _rule(
        "cookie-choices",
        "cookie",
        r"(?:accept|reject|allow|decline|manage|refuse|enable)(?: and close| all| only| essential| "
        r"necessary| optional| your| my)* cookies?(?: settings| preferences)?\b.{0,60}",
        r"(?:your )?cookies? (?:policy|settings|preferences|notice|consent|statement)\W{0,3}(?:and "
        r".{0,40})?",
    ),
    _rule(
        "privacy-notice",
        "privacy|personal data|personal info|gdpr",
        r"we (?:value|respect|care about|take) your privacy\b.*",
        r"your privacy(?: choices| matters| is important| rights).{0,100}",
        r"do not sell(?: or share)? my (?:personal )?(?:info|data).{0,30}",
        r"(?:see|read|view|review|show me see|please (?:read|see|review)) (?:our|the) (?:full )?(?:privacy|"
        r"terms).*",
        r"(?:our |updated )?privacy (?:policy|notice|statement|cent(?:er|re)|settings)\W{0,3}(?:(?:and|"
        r"&|\|) .{0,50})?",
        r"we(?: and our .{0,40}partners)? (?:store|process|collect).{0,60}personal (?:data|info).*",
        r"(?:our|this) (?:web ?)?site (?:complies|is compliant) with.*gdpr.*",
    ),
    _rule(
        "terms-notice",
        "terms of|terms and cond|terms & cond|user agreement|recaptcha",
        r"by (?:signing|subscribing|registering|clicking|continuing|using|entering|submitting|creating)\b.*\b(?:you|i) "
        r"(?:agree|accept|acknowledge|consent|confirm)\b.*",
        r"(?:our )?terms (?:of (?:use|service|sale)|(?:and|&) conditions)(?: apply| of use)?(?:\W{0,3}(?:and|&|\||"
        r"-) .{0,60})?",
        r"(?:this (?:site|page|form) is )?protected by recaptcha.*",
        r"use of this (?:site|website) constitutes.*",
    ),
    _rule(
        "robot-check",
        "robot|captcha|are human|unusual traffic",
        r"(?:please )?(?:verify|confirm|prove)(?: that)? (?:you're|you are|you aren't|you are not).*(?:robot|"
        r"human).*",
        r"are you a (?:robot|human)\?",
        r"i'm not a robot.*",
        r"(?:please )?(?:complete|solve|enter) the captcha.*",
        r"we(?: have)? (?:detected|noticed) unusual traffic.*",
    ),
    # Pages of a web archive begin with what it says of the collection they are in, often as the first paragraph.
    _rule(
        "archive-notice",
        "crawl|wayback|internet archive|archive-it|warc files|archived pages|pages that are referenced|broken links on|"
        "not available to the|not currently available|publicly accessible|web captures|web collections|web archive",
        r"starting in \d{4}, alexa internet has been donating .{0,20}crawl data.*",
        r"flowing in every day, these data are added to the wayback machine.*",
        r"(?:these|the|focused|web|daily|wide|survey) crawls are (?:part of an effort|collections? of|performed|run)\b"
        r".*",
        r"that way, as the pages that are referenced are changed or taken from the web.*",
        r"then the internet archive hopes that .{0,40}archived pages.*",
        r"the goal is to fix all broken links on the web\b.*",
        r"crawls? of (?:supported |outlinks from |online resources of )?.{0,60}(?: sites?| (?:started|performed)\b.*)",
        r"(?:the )?seed (?:list )?for this crawl was .*",
        r"this (?:\W?survey\W? )?crawl was (?:run|performed|started)\b.*",
        r"(?:this |an? )?(?:web wide |wide |daily )?(?:data|collection|crawl) (?:contains web crawls|performed by|of "
        r"online resources of|of more than|with initial seed ?list)\b.*",
        r"(?:the|these) (?:warc )?(?:files|data)(?: associated with this crawl)? are (?:currently )?not (?:currently )?"
        r"(?:publicly accessible|available to the (?:general )?public).*",
        r"this data is (?:currently )?not (?:currently )?publicly accessible.*",
        r"(?:these )?web captures are available to the general public.*",
        r"this is a (?:set|collection) of web (?:collections|captures|archives)\b.*",
        r"they include web captures of .*",
        r"crawls? performed (?:by|for|on behalf of) .*(?:archives?|librar(?:y|ies))\b.*",
        r".{0,80}archive-it partner since: .*",
    ),
    _rule(
        "archive-notice",
        "of this collection|the last time we did|for this collection|this collection|duplicate detection|enwiki|"
        "different wikis|seed list was|the seed for|preservation effort|distributed crawling|in the data set|heritrix|"
        "of the crawl|experimental crawl|key partners on|archive-it partner|publicly nominated|information specialists|"
        "partner institutions|end of term|web presence",
        r"properties of this collection",
        r"it has been several years since the last time we did this",
        r"for this collection, several things were done: .*",
        r"(?:\d\. )?(?:turned off duplicate detection|for the first time, did all the different wikis)\b.*",
        r"this collection will be complete, as there is a good chance we will share the data\b.*",
        r"the original runs were just against the enwiki",
        r"this one, the seed list was built from all \d+ collections",
        r"the seed for \w+ was\b.*",
        r"this (?:collaborative project|collection) is (?:an extension|a continuation) of the .{0,20}end of term\b.*",
        r"as part of this preservation effort, urls supplied\b.*",
        r"this uses the new hq software for distributed crawling\b.*",
        r"what's in the data set: crawl start date\b.*",
        r"we used heritrix\b.*",
        r"the scope of the crawl was not limited\b.*",
        r"however this was a somewhat experimental crawl\b.*",
        r"key partners on this effort are the environmental data\b.*",
        r"archive-it partner \d+: .*",
        r"it allows for the ongoing archiving of publicly nominated websites\b.*",
        r"interested members of the public, particularly government information specialists\b.*",
        r"for more information on partner institutions, web crawling\b.*",
        r"this collection contains content included in or referenced by .{0,80}web presence",
    ),
    _rule(
        "browser-notice",
        "javascript|follow the instructions for|external browser|in-app browser|defect in the browser",
        r"we(?:'ve| have) detected that javascript is disabled in your browser",
        r"to enable cookies, follow the instructions for your browser\b.{0,80}",
        r"(?:facebook app: )?open links in external browser\b.{0,200}",
        r"there is a specific issue with the .{0,20}in-app browser\b.{0,200}",
        r"this appears to be a defect in the browser which should be addressed soon",
        r"the simplest approach to avoid this problem is to continue to use .{0,30} but not use the in-app browser",
    ),
    _rule(
        "browser-notice",
        "javascript|your browser|this browser|ad block|adblock|flash player|media playback|"
        "video player|unsupported on your",
        r"(?:please |you (?:need|must|have) to )?(?:enable|turn on|activate|allow) javascript.*",
        r"(?:this (?:site|page|content|feature|video) |to .{0,60})?(?:requires?|needs?|you need|must "
        r"have).{0,20}(?:javascript|flash player).*",
        r"javascript (?:is|must be|has been|seems to be|appears to be) (?:not )?(?:disabled|required|"
        r"enabled|turned).*",
        r"(?:sorry, )?(?:it (?:looks|seems) like )?(?:your|this) browser (?:does not|doesn't|is not|"
        r"isn't|is out|has|needs|must|cannot|can't|version).*",
        r"(?:please )?(?:disable|turn off|switch off|whitelist|pause).{0,60}ad ?-?block.*",
        r"(?:it )?(?:looks|seems|appears)(?: like)? .{0,30}ad ?-?block.*",
        r"we(?:'ve| have)? (?:noticed|detected|see).{0,40}ad ?-?block.*",
        r".{0,20}media playback is (?:unsupported|not supported).*",
        r".{0,40}(?:update|upgrade|use a different|switch to a).{0,20}(?:your|modern|supported) browser.*",
        r"video player is loading.*",
        r".{0,60}(?:unsupported|not supported) (?:on|by|in) (?:your|this) (?:device|browser).*",
        scope="line",
    ),
    _rule(
        "newsletter-prompt",
        "newsletter",
        r"(?:please |now |why not |you can |want .{0,60}\? )?(?:sign|subscribe|join|get|receive|register|enter|"
        r"try|read|"
        r"check out|stay|keep|like what|enjoying?|don't miss|never miss|want|love|for more|to (?:get|receive|sign)"
        r"|start|"
        r"add|choose|select|browse|explore|discover|you must select|we have more|be the first|thank you)\b(?![-'])"
        r".*\bnewsletters?\b.*",
        r"(?:our |free |daily |weekly |the |email |e-mail |the brief |morning |breaking news )*newsletters?(?:\W{1,3}| "
        r"(?:sign ?-?up|signup|subscribe|subscription|delivered|straight|in your)\b.{0,150})",
        r"(?:our|the|this) (?:free |daily |weekly |email |morning )*newsletter (?:brings|delivers|gives|has|keeps|will|"
        r"sends|rounds) .{0,20}(?:you|your)\b.*",
    ),
    _rule(
        "newsletter-prompt",
        "breaking news|stories that matter|get what you need|receive email|receive e-mail|unsubscribe|sign up|"
        "local story|global perspective|as an interest",
        r"(?:breaking news e-?mails? )?get breaking news alerts and special reports",
        r"the news and stories that matter, delivered\b.{0,80}",
        r"get what you need .{0,30}in this .{0,20}e-?mail",
        r"(?:e-?mail sign up )?by signing up you agree to receive e-?mail (?:newsletters|alerts)\b.{0,80}",
        r"you (?:can|may) unsubscribe at any ?time",
        r"and while you're here, why don't you sign up\b.{0,80}",
        r"never miss a local story",
        r"gain a global perspective on .{0,200}\bjournalists in \d+\+? countries\b.{0,160}",
        r"(?:interested in\b[^?]{0,60}\? ?)?add (?:[^.]{1,60} )?as an interest to stay up to date\b.{0,120}",
    ),
    _rule(
        "subscribe-prompt",
        "subscribe|subscription|subscribing",
        r"(?:please |to |click to |click here to |not a subscriber\W+|why not |if you (?:like|enjoy).{0,80}, "
        r"(?:please )?|premium content .{0,80}|for (?:more|the most|the latest|full|unlimited) .{0,100}\W)?"
        r"(?:subscribe|resubscribe)(?: (?:now|today|here|free|for|to|and|on|via|by|with|in|below|or|from|at)\b.{0,200}"
        r"|\W{0,3})",
        r"(?:get|buy|start|choose|renew|manage|upgrade|activate|enjoy|take out) (?:an?|your|our|my)(?: [\w-]+){0,3} "
        r"subscription\b.*",
        r"(?:thank you|thanks) for (?:subscribing|your subscription).*",
        r"(?:your )?subscriptions? (?:options|plans|required|offers?)",
        r"could not subscribe.*",
    ),
    _rule(
        "sign-up-prompt",
        "sign up|sign-up|signup|register",
        r"(?:please |to |click (?:here )?to |don't have an account\W+|new here\W+|view sample )?sign up(?: (?:now|"
        r"today|"
        r"here|free|for|to|with|and|using|via|below|at|or|in|by)\b.{0,200}|\W{0,3})",
        r"(?:free |quick |easy )?(?:sign-up|signup|sign up)(?: (?:now|today|here|free|form|below))?",
        r"(?:please )?register (?:now|today|here|free|for (?:free|our|an? (?:free |new )?account|your|more|unlimited)|"
        r"to (?:read|continue|comment|view|get|access|receive)|your)\b.*",
        r"to (?:sign ?up|register),? (?:simply|just|click|visit|go|please|enter|email|fill).*",
        r"get .{0,120} free sign ?up",
    ),
    _rule(
        "log-in-prompt",
        "log in|login|log-in|sign in|signed in|logged in|your account|account|password",
        r"(?:please |you (?:must|need to|have to|should) (?:be )?|already (?:a (?:member|subscriber)"
        r"|registered|have an account|subscribed)\W+|to .{0,60}, (?:please )?|or )?(?:log ?-?in|sign "
        r"?-?in|logged in|signed in|login)(?: (?:to|with|or|here|now|using|via|and|for|first|below)"
        r"\b.{0,160}|\W{0,3})",
        r"create (?:a|an|your) (?:free |new )*(?:account|profile).*",
        r"already have an account\W.*",
        r"(?:don't|do not) have an account\W.*",
        r"forgot(?:ten)? (?:your )?(?:password|username).*",
        r"(?:my|manage your|your) account",
        r"log ?-?out",
        r"sign ?-?out",
        r"(?:reset|change|enter|confirm|choose|create) (?:your|a) password.*",
    ),
    _rule(
        "inbox-prompt",
        "your inbox|to your email|by email|by e-mail|via email|email alerts",
        r"(?:get|receive|sign|subscribe|delivered|have|want|your|our|the|start|wake up|breaking|daily|"
        r"top|all the|catch up|stay|keep|never|enter).{0,200}(?:to|in|into) your (?:e-?mail )?inbox\b.*",
        r"(?:get|receive|want) .{0,120}\b(?:by|via|to your) e-?mail\b.*",
        r"(?:get|sign up for|receive|subscribe to) .{0,60}email alerts.*",
    ),
    _rule(
        "form-message",
        "email address|e-mail address|try again|required field|thank you for signing|"
        "thanks for signing|re-enter|has been sent",
        r"(?:please )?(?:enter|provide|type|add|re-enter|confirm|submit) (?:a|your|an) (?:valid )?e-?mail "
        r"address.*",
        r"(?:invalid|your) e-?mail address\W{0,3}(?:\*|required)?",
        r"(?:thank you|thanks) for signing up.*",
        r"(?:sorry, )?(?:an error|something|there was).{0,40}(?:please )?try again.*",
        r"please (?:re-enter|try again).{0,60}",
        r".{0,20}required fields?",
        r"(?:a|an|your) (?:confirmation|verification|activation)? ?(?:e-?mail|message|link) has been "
        r"sent.*",
    ),
    _rule(
        "form-message",
        "saving your notification|once a day|in to continue|verification|to activate your|for registering|for reading|"
        "look forward to seeing you|"
        "terms of service|spreading the word|your email address|your e-mail address|any email|any e-mail|zip code|"
        "zipcode|login if|log in if|why are we asking",
        r"there was a problem saving your notification",
        r"e-?mail notifications are only sent once a day\b.{0,80}",
        r"(?:notice )?you must (?:be )?(?:logged|log|sign|signed) in to continue",
        r"we have sent you a verification e-?mail",
        r"if you do not receive the verification message\b.{0,120}",
        r"you also agree to our terms of service",
        r"please (?:click )?sign up to subscribe,? or (?:login|log in) if\b.{0,60}",
        r"please check your e-?mail and click on the link to activate your\b.{0,60}",
        r"(?:thank you for (?:registering|reading)\W{0,3}){1,2}",
        r"we look forward to seeing you on .{0,40} frequently",
        r"(?:please sign in )?why are we asking this\?.{0,200}",
        r"thank you for your interest in spreading the word\b.{0,80}",
        r"note: we only request your e-?mail address so that\b.{0,200}",
        r"we do not capture any e-?mail address(?:es)?",
        r"sorry, this zip ?code is not in our\b.{0,80}",
        r"re-enter zip ?code\b.{0,60}",
    ),
    _rule(
        "paywall-notice",
        "subscriber|free article|to continue reading|article limit|premium|members only|"
        "this content|full access|unlimited access|unlock",
        r"this (?:article|content|story|post|section|video|feature) is (?:only |exclusively )?(?:for|available|"
        r"reserved|"
        r"free|exclusive|restricted|limited|locked).{0,30}(?:subscribers|members|users|premium|registered).*",
        r"you(?:'ve| have)? (?:reached|read|used|hit|have|viewed)\b.{0,40}(?:free articles?|article limit|"
        r"articles (?:left|"
        r"remaining|this month)|limit of free).*",
        r"(?:please )?(?:subscribe|register|sign ?-?in|log ?-?in|sign ?-?up|pay|scroll|click|upgrade)?.{0,30}to "
        r"continue "
        r"reading\b.*",
        r"(?:already |become |not yet )?an? (?:[\w-]+ )?subscriber\?.*",
        r"(?:subscribers?|members|premium)[ -]only(?: (?:content|article|story))?",
        r"(?:for )?(?:subscribers|members) only(?: (?:content|article|story))?",
        r"(?:premium|exclusive) (?:content|article|story|member)s?",
        r"(?:get|enjoy|start|unlock) (?:your |our |the |all )*(?:full|unlimited|digital|this)\b.{0,20}(?:access|"
        r"article|"
        r"story)\b.{0,120}",
        r"\d+ (?:free )?articles? (?:left|remaining).{0,40}",
        r"exclusive (?:for|to) (?:our )?subscribers.{0,40}",
        r"you can come back at the end of your \d+-day period for another \d+ free articles\b.*",
        r"if you are a current .{0,20}subscriber you are granted\b.*",
    ),
    _rule(
        "paywall-notice",
        "digital access",
        r"(?:re-enter zip ?code or )?(?:get|sign up for) digital access",
        r".{0,20}\bdigital access for only [$£€] ?[\d.]+\b.{0,120}\bsubscribe\b.{0,40}",
    ),
    _rule(
        "trial-offer",
        "free trial|first month|a month after|cancel any|cancel at any|per month for",
        r"(?:start|try|get|begin|claim|activate|enjoy)\b.{0,50}\bfree trial\b.{0,100}",
        r"(?:you can )?cancel (?:at )?any ?time\b.{0,60}",
        r"(?:only|just|from|for as little as|try|get|then) ?[$£€]\d+(?:\.\d\d)? ?(?:a|per|for|/) ?.{0,40}(?:month|week|"
        r"trial|year).{0,40}",
    ),
    _rule(
        "share-prompt",
        "share|tweet|retweet",
        rf"(?:please |read or |like and |save and )?(?:share|tweet|retweet)(?: (?:this|on {_NETWORK}|via|with "
        rf"(?:your|us|"
        r"friends)|it (?:on|with)|your (?:thoughts|views|story|stories|experience|opinion|comments))\b.{0,160}| "
        r"(?:options|"
        r"article|story|page|post|now|tools|full article|by e-?mail|on)|\W{0,3})",
        r"(?:share|tweet|pin|email|print|save|comment)(?:[\s|/,•·]+(?:share|tweet|pin|e-?mail|print|save|"
        r"comments?|link|"
        r"facebook|twitter|copy link))+",
        r"(?:\d[\d.,]*k?) (?:shares?|retweets|tweets)",
        r"(?:did you )?(?:like|enjoy|love)d? (?:this|what you).{0,60}share.{0,60}",
        r"close skip in skip x embed x share\b",
    ),
    _rule(
        "follow-prompt",
        "follow|find us|connect with|join us|stay connected|stay in touch|keep up with",
        r"(?:please |and |also |you can |be sure to |don't forget to |join the conversation .{0,30}and "
        r"don't forget to )?follow (?:us|me|him|her|them|@\w+|our|[\w.' -]{2,60}? (?:on|at|via)(?: "
        r"his| her| their| our| the)? (?:twitter|facebook|instagram|x|social|telegram|whatsapp|linkedin|"
        r"google|youtube|threads|tiktok|bluesky|mastodon|@))\b.*",
        r"(?:you can )?(?:find|connect with|join|reach|meet|visit) (?:us|me|him|her|our \w+) on\b.{0,120}",
        r"(?:stay|keep) (?:connected|in touch|up to date|up with us|informed)\b.{0,60}(?:with us|on "
        r"(?:facebook|twitter|social|x|whatsapp|telegram)|by following|follow).*",
        r"stay connected",
        r"follow",
        r"follow us",
        r"following",
        r"[\w.' -]{3,60} (?:can be followed|is|tweets) (?:on|at|from) (?:twitter|facebook|instagram|"
        r"x)?(?: at)? ?(?:@|https?:|twitter\.com)\S{2,60}",
        r"get in touch (?:with us )?(?:on|via) (?:twitter|facebook|social|whatsapp).*",
    ),
    _rule(
        "like-prompt",
        "like us|a fan of|fan page|facebook page|on facebook",
        r"(?:please |and |also )?like (?:us|our|this|the .{1,40}) (?:on facebook|page|facebook page|facebook)\b.*",
        r"(?:become|be) a fan of .{0,80}(?:facebook|twitter).*",
        r"(?:visit|join|see|check out) (?:us on|our) facebook\b.*",
        r"(?:find us |we're |we are |like it |like this |join us |visit us |like )?on facebook(?: and (?:on )"
        r"?(?:twitter|"
        r"instagram|x))?",
    ),
    _rule(
        "social-menu",
        "facebook|twitter|whatsapp|linkedin|instagram|telegram|reddit",
        r"(?:(?:share|tweet|pin|post|follow(?: us)?|comments?|send|on|via|to|this|by|or|and|now|free "
        rf"apps|save|more|{_NETWORK})\b[\s|,/·•&:>(){{}}-]*+){{2,12}}",
        rf"{_NETWORK}",
        scope="short",
        label=True,
    ),
    _rule(
        "tweet-notice",
        "your tweets|each tweet|location history|legacy twitter|add this tweet|add this video",
        r".{0,60}(?:add location information to your tweets|switch location on/off before each tweet|delete your "
        r"(?:tweet )?location history)\b.{0,160}",
        r".{0,40}add a location to your tweets when you tweet with a location\b.{0,80}",
        r"would you like to proceed to legacy twitter\?(?: yes)?",
        r"[\w ]{0,20}add this (?:tweet|video) to your website by copying the code below\b.{0,80}",
    ),
    _rule(
        "social-handle",
        "@|twitter|instagram|facebook.com|t w i t t e r|i n s t a g r a m|f a c e b o o k",
        r"(?:\W{0,4}(?:on )?(?:twitter|instagram|x|threads|facebook|tiktok|mastodon|bluesky|telegram|"
        r"snapchat|youtube|t w i t t e r|i n s t a g r a m|f a c e b o o k)(?: account| handle)?\W{1,6})"
        r"?(?:(?:at )?@[\w.]{2,40}|(?:https?://)?(?:www\.)?(?:twitter|x|instagram|facebook|fb|t|tiktok|"
        r"youtube)\.(?:com|co|me)/\S{1,80})(?:[\s,|/&]+(?:and )?@[\w.]{2,40}){0,4}(?: on (?:twitter|"
        r"instagram|x|threads|facebook))?",
        scope="line",
    ),
    _rule(
        "channel-prompt",
        "whatsapp|telegram|discord|channel|facebook group",
        r"(?:please |click (?:here )?to |and )?(?:join|subscribe to|follow|check out|visit) (?:us on "
        r"|our |the .{1,30}|my )(?:official |new |free |exclusive )*(?:whatsapp|telegram|discord|youtube|"
        r"facebook|instagram|signal)\b.{0,140}",
    ),
    _rule(
        "alert-prompt",
        "notification|news alerts|breaking news|alerts",
        r"(?:please |click to )?(?:allow|enable|turn on|get|receive|sign up for|subscribe to|activate|"
        r"switch on|set up|want)\b.{0,60}(?:notifications|(?:news|push|mobile|text|email|e-mail|weather|"
        r"sms) alerts)\b.*",
        r"(?:you(?:'ve| have) (?:blocked|disabled)|would you like).{0,40}notifications.*",
        r"get (?:the latest )?breaking news (?:as it happens|first|and|delivered|alerts|in|on|sent)"
        r".*",
        r"[\w' ]{0,30}would like to send you .{0,40}notifications.*",
    ),
    _rule(
        "app-promotion",
        " app|apps|app store|google play|play store",
        r"(?:\W{0,4}|please |for (?:all )?(?:the )?(?:latest|more|breaking|top)[^.]{0,80}, |click (?:here "
        r")?to |stay .{0,60}\W )?(?:download|get|install|try|open|use|read (?:it|this|more) (?:in|on)"
        r"|view (?:it |this )?in) (?:our|the|free|this|it on|now|your|in)\b.{0,100}\bapps?\b.*",
        r"(?:get it|now available|available (?:now|free|for download)?|download|also available) ?(?:on|"
        r"from|in) (?:the )?(?:(?:apple )?app store|google play|play store|itunes)\b.*",
        r"(?:our|the .{1,30}) (?:free )?(?:mobile )?app is (?:now )?(?:free|available (?:free|on|now|"
        r"for download)).*",
        r"for all the latest .{0,60}download .{0,30}app.*",
    ),
    _rule(
        "donation-prompt",
        "donat|support our|support independent|support quality|support us|contribution|supporter|"
        "patreon|support local|rely on readers|journalism|become a member",
        r"(?:please )?consider (?:making a (?:\w+ )?(?:donation|contribution)|donating|supporting us)\b.{0,120}",
        r"(?:please |will you |help us .{0,60}|consider |if you (?:can|like|value|believe|enjoy)[^.]{0,120}, (?:please "
        r")?(?:consider )?)?support(?:ing)? (?:us(?: on patreon| today| now)?|(?:our|independent|quality|local|"
        r"this|free|"
        r"trusted|fearless|nonprofit|public|the (?:guardian|work))\b[^.]{0,50}\b(?:journalism|work|reporting|"
        r"newsroom|site|"
        r"mission|media|radio)\b.{0,120})",
        r"(?:please )?donate(?: (?:now|today|here|to (?:us|our|support)|via|online)\b.{0,100})?",
        r"(?:please )?make a (?:small |one-time |tax-deductible |monthly )*(?:donation|contribution) (?:today|now|"
        r"to (?:our|"
        r"us|support|keep|help))\b.*",
        r"become an? (?:[\w-]+ )?(?:supporter|member|patron|sponsor)(?: (?:today|now|of [\w ]{2,30}|for .{2,40}))?",
        r"(?:our|this) (?:journalism|site|work|newsroom|reporting) (?:is|depends|relies) (?:funded|supported|made "
        r"possible|"
        r"on|entirely)\b.*(?:readers?|you|donations?|supporters?|members?|listeners).*",
        r"(?:good|quality|independent) journalism (?:needs|costs|takes|depends).*",
        r"we rely on readers.*",
    ),
    _rule(
        "affiliate-disclosure",
        "commission|affiliate",
        r"(?:if you (?:buy|purchase|click)[^.]{0,100}|when you (?:buy|purchase|shop)[^.]{0,100}),? "
        r"we (?:may|might|can|could|will) .{0,60}(?:commission|affiliate).{0,120}",
        r"(?:we|our site|our (?:team|editors)|this (?:site|post|article|page|story)|[\w.]{3,30}(?: [\w.]{2,20})?) "
        r"(?:may|might|can|could|will|earns?|receives?|contains?|includes?)(?: also)?(?: earn| receive| get|"
        r" contain| include| be paid| a)?(?: [\w-]+){0,4} (?:commissions?|affiliate (?:links?|partners?|"
        r"commissions?|fees?)) ?(?:from|on|if|when|for|through|at|,|\.|which|and|$).{0,160}",
        r"(?:as an )?\w{0,20} ?affiliate (?:links?|disclosure|disclaimer)\b.{0,100}",
    ),
    _rule(
        "sponsored-label",
        "sponsor|paid content|paid post|promoted|partner content|branded content|advertorial|"
        "taboola|outbrain|paid partnership",
        r"(?:\W{0,3})(?:sponsored(?: (?:content|post|by|links?|story|stories|article|message|feature)"
        r"\b.{0,60})?|paid (?:content|post|partnership|for by|advertisement|promotion)\b.{0,60}|promoted(?: "
        r"(?:content|stories|links?|by|post)\b.{0,60})?|(?:partner|branded) content\b.{0,40}|advertorial|"
        r".{0,30}(?:by|from) (?:taboola|outbrain).{0,30}|(?:a )?(?:message|word) from our sponsors?.{0,40}|"
        r"(?:from )?our sponsors?)",
        scope="line",
        label=True,
    ),
    _rule(
        "advertisement",
        "advert|ad feedback|scroll to|scroll down|continues below|continued below|continues after|"
        "story continues|article continues|promo",
        r"(?:advertisements?|adverts?|advertising|advertise(?: with us| here)?|ad feedback|(?:skip|"
        r"close|hide|remove|report)(?: this)? (?:ad|advert|advertisement|ads)|why am i seeing this "
        r"ad.{0,30}|promo)\b(?:\W{0,4}|\W{1,4}(?:continue reading|scroll|story continues|article continues|"
        r"keep reading|skip|remove|close|ends?|below|\(?click)(?:\W+[\w']+){0,8})",
        r"(?:the |this )?(?:article|story|post|text|video|report)? ?(?:continues?|continued|resumes)"
        r" (?:below|after)(?: (?:the |this )?(?:ad|advert|advertisement|video|promo|photo|image|gallery|"
        r"break))?",
        r"scroll (?:down )?(?:to continue|for more|to keep|to read|down to)\b.{0,60}",
        r"to advertise .{0,60}(?:click|contact|call|visit|email).*",
        r"(?:this|the) (?:ad|advertisement) (?:will close|has been|is loading).{0,40}",
        scope="line",
    ),
    _rule(
        "continue-reading",
        "continue reading|keep reading|read the rest|read the full|full story|full article",
        r"(?:please )?continue reading(?:\W+[\w']+){0,6}",
        r"keep reading(?: .{0,60})?",
        r"read the rest\b.{0,80}",
        r"(?:click (?:here )?(?:to |for )?)?(?:read|see|view|get|find) (?:the |our )?(?:full|complete|whole|"
        r"entire|original)"
        r"(?: [\w'-]+){0,2} (?:story|article|report|post|interview|piece|column|text)(?: (?:here|at|on|in|from|by)"
        r"\b.{0,80})?",
        r"(?:the )?full (?:story|article)(?: here)?",
    ),
    _rule(
        "advertisement",
        "advertisement|continue reading|media playback",
        r"(?:advertisement\W{0,4}(?:- )?continue reading(?: below| the main story)?|continue reading "
        r"the main story|advertisement story continues below|media playback is (?:unsupported|not supported)"
        r" on (?:your|this) device)\W{0,4} ",
        scope="opening",
    ),
    _rule(
        "read-more",
        "read more|read next|read also|also read|more on this|find out more|learn more|see more|"
        "more:|read:|read here|also:|click to read|more from|more about|more info|you can read|"
        "explore further|more details|further reading|must read|in case you missed|what else|"
        "more here",
        r"(?:read more|read next|read also|also read|read (?:this|it) next|read here|see more(?: of)?|learn more|"
        r"find out "
        r"more|must[ -]read|explore further|further reading|more here|what else)(?:\W{0,4}|(?:\W{0,2}:|\W+(?:at|"
        r"about|from|"
        r"on|in|of|here|stories|story|articles?|news|coverage|by|with|»|>|>>|→)).{0,200})",
        r"(?:read|more|also|more info(?:rmation)?|click to read(?: more)?|in case you missed it)\s?:.{0,200}",
        r"(?:in case you missed it|click to read more|more info)",
        r"more (?:on|about|from|in)\b[^.!?]{2,80}(?<![.!?])\Z",
        r"you can (?:also )?(?:read|find|see|learn) (?:more|the (?:full|rest|original))\b.{0,120}",
        r".{0,40}click(?: here)? to read\b.*",
    ),
    _rule(
        "read-more",
        "read more",
        r".{1,160}[^.!?] read more",
        scope="short",
    ),
    _rule(
        "related-articles",
        "related|see also|may also like|might also like|might like|may like|recommended|more from|"
        "more stories|up next|read next|picks|don't miss|you may be interested|suggested|"
        "more like this|also on|elsewhere on|similar stories|more coverage|further reading|"
        "from our partners|from the web|around the web|next up|from the archive",
        r"related(?: (?:articles?|stories|story|links?|content|coverage|topics?|news|posts?|video|videos|"
        r"reading|items?|tags|to this (?:story|article)))?(?:\W{0,4}|\W{0,2}[:|-].{0,200})",
        r"see also\b.{0,200}",
        r"(?:you|readers) (?:may|might|would|will)(?: also)? (?:like|enjoy|be interested in|love|have "
        r"missed)\b.{0,120}",
        r"recommended(?: (?:for you|stories|reading|articles|videos|content|by .{1,30}))?",
        r"(?:more|other|similar|top|featured|suggested|popular|latest) (?:stories|articles|posts|headlines|"
        r"coverage|videos|content|reads|links)(?: (?:like this|from|on|by|in|about|for|you)\b.{0,60})"
        r"?",
        r"more (?:from|in) (?:this|our|the|the same)? ?(?:section|author|series|category|web|archive|"
        r"bbc|cnn|npr|[\w ]{3,30})",
        r"more like this",
        r"(?:up|read|next) (?:next|up)(?:\W{0,4}|:.{0,160})",
        r"(?:editor'?s'?|our|today's|top) picks?",
        r"don't miss(?:\W{0,4}|:.{0,160}| (?:out|a (?:story|thing|beat|moment)|our|these|the latest|"
        r"any)\b.{0,120})",
        r"(?:also|elsewhere) on (?:\w+|our site|the web)(?:\W{0,4}|:.{0,120})",
        r"(?:more )?(?:stories )?from (?:our partners|(?:around )?the web|the archives?)",
        r"around the web",
        scope="line",
        label=True,
    ),
    _rule(
        "related-articles",
        "related|recommended|more:|see also|also:|also read|read more|photos:|video:|watch:|"
        "gallery:|images:|pictures:|more |opinion:|live updates",
        r"(?:related(?: (?:stories|story|links?|articles?|news|video|coverage))?|recommended|more|see "
        r"also|also(?: read| see)?|read(?: more| also| next)?(?: about)?|photos?|pictures|images|gallery|"
        r"slideshow|(?:photo|picture|image) gallery|videos?|watch(?: live| now| below| more)?|listen|"
        r"live updates|play)\s?[:|>»].{1,200}",
        scope="short",
        label=True,
    ),
    _rule(
        "related-articles",
        ">>|»",
        r"[^«.!?]{3,150}(?:>>|»)",
        scope="short",
    ),
    _rule(
        "most-popular",
        "most |trending|top stories|popular|latest |headlines|breaking news|what's hot|hot topics",
        r"most (?:popular|read|viewed|shared|watched|commented|emailed|recent|discussed|clicked|active)"
        r"(?: (?:stories|articles|news|on|in|this|today|videos|posts|now)\b.{0,40})?",
        r"trending(?: (?:now|stories|topics|news|today|on|articles|videos)\b.{0,40})?",
        r"(?:today's |more )?top (?:stories|news|headlines|videos)(?: (?:of|from|in|this|right now|"
        r"today)\b.{0,30})?",
        r"popular(?: (?:now|stories|articles|news|posts|right now|this week|topics|today|on|in)\b.{0,30})"
        r"?",
        r"(?:the )?latest(?: (?:news|headlines|stories|videos|articles|updates|posts))(?: (?:from|on|"
        r"in|and|about)\b.{0,40})?",
        r"breaking news",
        r"hot topics",
        r"headlines",
        r"what's hot",
        scope="line",
        label=True,
    ),
    _rule(
        "gallery-prompt",
        "photos|gallery|slideshow|slide show|pictures|images|photo",
        r"(?:click|tap|swipe|scroll|launch|browse|flip)\b(?!-).{0,40}(?:photos?|gallery|slideshow|slide show|"
        r"pictures|images)"
        r"\b.{0,60}",
        r"(?:see|view|open|start|check out|look (?:at|through)) (?:the |our |more |all |these |full |a )*(?:\d+ )"
        r"?(?:photos?|"
        r"photo gallery|gallery|slideshow|slide show|pictures|images)\b.{0,60}",
        r"(?:full |photo |image |picture )?(?:gallery|slideshow|slide show)(?: ?\d*)",
        r"(?:photos|images|pictures) ?\d*",
        r"(?:photo|image|slide) \d+ (?:of|/) \d+.{0,40}",
        r"\d+ (?:photos?|images|pictures)",
        r"(?:enlarge|expand)(?: this)? image.{0,30}",
    ),
    _rule(
        "gallery-prompt",
        "photos:|images:|video:|pictures:|related:|watch:|more:|full image|enlarge",
        r"(?:photos?|images?|videos?|pictures|related|watch|more|gallery)\s?:[^()\[\]]{1,160}",
        r"(?:view full image|enlarge image|enlarge this image)\b(?: close)?.{0,60}",
    ),
    _rule(
        "video-prompt",
        "watch|video|play ",
        r"(?:(?:click|tap|press|hit) .{0,30}(?:play|watch|video)\b.{0,80}|(?:watch|see|view|play|check "
        r"out)(?: (?:the|this|our|more|full|now|below|above|live|a|his|her|it|in|on|here|next))* (?:videos?|"
        r"clips?|trailer|footage|interview|stream|below|above|here|live|now|more|next|report|moment)"
        r"(?: (?:below|above|here|of|from|on|in|at|for|to|again|player|now)\b.{0,100})?|(?:watch|play|"
        r"play video|replay|video|videos|now playing|live ?stream|playing|mute|unmute|auto ?play|watch "
        r"(?:live|now|again)|video (?:player|duration|caption|transcript|playlist|unavailable|loading|"
        r"above|below)))\W{0,4}(?:\d{1,2}:\d{2})?",
    ),
    _rule(
        "player-control",
        "has been rented|not available right now|interactive transcript|watch queue|ratings have been|skip ad",
        r"rating is available when the video has been rented",
        r"this feature is not available right now",
        r"the interactive transcript could not be loaded",
        r"watch queue queue\b.{0,80}",
        r"ratings have been disabled for this video",
        r"skip ad (?:ad )?loading",
    ),
    _rule(
        "listen-prompt",
        "listen|podcast|audio",
        r"(?:you can )?listen(?: to)? (?:this (?:article|story|episode|podcast|interview)|our|(?:to )?the "
        r"(?:podcast|episode|"
        r"audio|interview|full|latest|story|article|report|show)|now|here|live|below|and subscribe|on (?:spotify|apple|"
        r"soundcloud|itunes|google|your))\b.{0,140}",
        r"(?:listen|play audio|audio|podcast|download audio) ?(?:\(?\d+ ?(?:min|minutes|mins?|:\d\d)\)?)?",
        r"(?:subscribe to|check out|hear more on|download|tune in to|try|follow) (?:our|the|this|my)"
        r"\b.{0,50}podcasts?\b.{0,120}",
    ),
    _rule(
        "click-here",
        "click|tap here",
        r"(?:please |just |or |for .{1,120}?,? |to .{1,120}?,? |if you .{1,120}?,? |you can .{1,60}? "
        r"by )?(?:click|tap) (?:on )?(?:here|the (?:link|button|image|photo|icon|arrow|box)s?|this|below|above|now|"
        r"prev|next|through)\b(?:\W*| (?:to|for|if|now|or|on|in|at|above|below|and (?:see|read|sign|find|get|watch|"
        r"join))\b.{0,160})",
        r"(?:please )?(?:click|tap) (?:to|for) (?:read|see|view|watch|play|open|share|print|enlarge|expand|subscribe|"
        r"more|full|listen|download|the)\b.{0,120}",
    ),
    _rule(
        "click-here",
        "click here",
        r".{0,160}[,:;(-] ?(?:please )?click here",
        scope="short",
    ),
    _rule(
        "navigation",
        "next|previous|back to|skip to|load more|show more|view all|see all|go to|return to|home|"
        "menu|search|close|sections|toggle|jump to|all stories|hide|older|newer|more ",
        r"(?:next|previous|prev|older|newer)(?: (?:article|story|post|page|slide|photo|entries|posts|"
        r"stories))?(?:\W{0,4}|\W+(?:next|previous|prev|article|story)\W{0,4})",
        r"(?:back|return|go|jump|scroll) (?:to|back to) (?:the )?(?:top|home|homepage|main|content|"
        r"navigation|comments|front page|menu|search|section|article|index)\b.{0,30}",
        r"skip to (?:the )?(?:main |primary )?(?:content|navigation|menu|footer|search|article|end)"
        r"\b.{0,40}",
        r"(?:load|show|view|see)(?: the)? (?:more|all|less)(?: (?:comments|stories|articles|posts|results|"
        r"topics|news|videos|replies|photos|by|from|in|on)\b.{0,40})?",
        r"home(?:page)?",
        r"(?:main |site |open |close |toggle |mobile )*(?:menu|navigation|nav|search|sidebar)(?: (?:bar|"
        r"button|menu|this site|for:?))?",
        r"close",
        r"sections?",
        r"all sections",
        r"(?:show|hide|toggle) (?:caption|comments|menu|transcript|details|navigation).{0,20}",
        r"expand",
        r"collapse",
        r"more",
        r"accessibility links",
        r"site ?map",
        r"search(?: for| the site| here)?",
        scope="short",
        label=True,
    ),
    _rule(
        "breadcrumb",
        ">|»|›|/|::|→",
        r"(?:home|news|world|business|politics|sports?|u\.?s\.?|uk|asia|europe|you are here:?)(?: news)"
        r"?\s?(?:>|»|›|::|→|/)\s?[\w &'>»›:→/,.-]{1,110}",
        r"[\w&' -]{2,30}(?:(?:>|»|›|→)[\w&'., -]{2,60}){2,6}",
        scope="short",
        label=True,
    ),
    _rule(
        "menu-bar",
        "|",
        r"[\w&'. -]{1,26}(?:\|[\w&'. -]{1,26}){2,20}",
        scope="short",
        label=True,
    ),
    _rule(
        "page-number",
        "page|of ",
        r"(?:page \d{1,4}(?: (?:of|/) \d{1,4})?|\d{1,4} (?:of|/) \d{1,4})(?: (?:next|previous|»|>))"
        r"*",
        scope="short",
        label=True,
    ),
    _rule(
        "footer-menu",
        "about us|contact us|advertise|careers|site map|sitemap|terms of|help cent|masthead|faq|"
        "privacy policy|rss|contact",
        r"(?:(?:about(?: us)?|contact(?: us)?|advertis(?:e|ing)(?: with us)?|careers|jobs|site ?map|"
        r"terms(?: of (?:use|service)| (?:and|&) conditions)?|privacy(?: policy)?|cookie policy|help(?: "
        r"cent(?:er|re))?|faqs?|masthead|rss(?: feeds?)?|newsletters?|archives?|subscribe|accessibility|"
        r"corrections|press|feedback|mobile|apps?|shop|store|home|ethics|staff)[\s|•·,/&-]*+)"
        r"{1,15}",
        scope="short",
        label=True,
    ),
    _rule(
        "tool-bar",
        "print|text size|font size|copy link|link copied|bookmark|save this|save article|save story|"
        "gift this|save for later|email this|a friend|share article|add to|reprints|permissions|"
        "listen|translate|e-mail this",
        r"print(?: (?:this|article|story|page|friendly|edition|email|version))*(?: (?:article|story|"
        r"page))?",
        r"(?:text|font) size.{0,20}",
        r"copy (?:link|url|this link)(?: to .{0,20})?",
        r"link copied.{0,20}",
        r"bookmark(?: this)?(?: (?:article|story|page))?",
        r"save(?: this)? (?:article|story|for later|post)(?: (?:for later|to .{1,30}))?",
        r"gift (?:this )?(?:article|story)",
        r"(?:e-?mail|send) (?:this|to a friend|article)(?: (?:to a friend|article|story|page))?",
        r"(?:message: \* )?a friend wanted you to see this .{0,80}",
        r"(?:order )?reprints?(?: (?:and|&|\|) permissions)?",
        r"add to (?:favou?rites|bookmarks|reading list|google .{1,20})",
        r"add .{1,40} (?:as a|to your) preferred source.{0,30}",
        r"translate(?: this page)?",
        scope="short",
        label=True,
    ),
    _rule(
        "comment-prompt",
        "comment|conversation|have your say|your thoughts|your say|what do you think|let us know|"
        "discuss|your opinion|join the debate|letters to the editor|letter to the editor",
        r"(?:\d[\d,]*|no|view|show|read|see|add|all|hide|load|leave|post|write|join|skip to|jump to|share|your|recent|"
        r"facebook|reader|user|be the first to)?(?: (?:an?|the|all|your|us a|more|to|\d+|first|reader))* ?comments?"
        r"(?: ?\(?\d[\d,]*\)?| (?:below|here|section|policy|guidelines|rules|loading.{0,5}|form|count|icon|now|"
        r"(?:on|for) this "
        r"(?:article|story|post|page|thread)\b.{0,80}))?",
        r"(?:all |your |the |user |reader )?comments (?:are|have been|will be|is) (?:now |currently |subject to |"
        r"pre-?)*(?:closed|"
        r"moderated|disabled|turned off|moderation|reviewed|switched off)\b.{0,120}",
        r"(?:all |your )?comments (?:posted|that|which|may|will|should|containing)\b.{0,80}(?:moderat\w*|abusive|"
        r"removed|"
        r"deleted|violat\w*|guidelines|terms)\b.{0,120}",
        r"(?:please )?(?:leave|post|add|submit|write|share|drop) (?:us )?(?:a|your|any) (?:reply|comments?|"
        r"thoughts|views|"
        r"response|opinion|feedback|letter)\b.{0,100}",
        r"(?:join|be part of|continue) the (?:conversation|discussion|debate)\b.{0,120}",
        r"have your say\b.{0,80}",
        r"what do you think(?: (?:about|of) (?:this|it|the (?:article|story)))?\?(?: .{0,120})?",
        r"(?:what do you think|what are your thoughts|what's your (?:take|view|opinion))\b.{0,80}\? "
        r".{0,60}(?:comment|below|tell "
        r"us|let us know|facebook|twitter).{0,80}",
        r"(?:please )?(?:let us know|tell us|share your \w+|sound off|weigh in|chime in)\b.{0,80}\b(?:comments?|"
        r"below|thoughts|"
        r"think|facebook page|twitter|views)\b.{0,60}",
        r"(?:send|write|submit)(?: us)? (?:a |your )?letters? to the editor\b.{0,100}",
        r"(?:discuss|discussion|sort by .{0,30})",
        r"(?:please )?(?:read|see|review) our comment(?:ing|s)? (?:policy|rules|guidelines).{0,60}",
        r"commenting (?:guidelines|policy|rules|is (?:closed|disabled|now))\b.{0,60}",
    ),
    _rule(
        "comment-prompt",
        "your comments|not appear anywhere|comments section|comments are filtered|factual accuracy|"
        "inappropriate comments|comment form|staff annotations",
        r"this will appear next to all of your comments\b.{0,80}",
        r"this will not appear anywhere on \w+",
        r"feel free to weigh.in\b.{0,40}\bcomments section",
        r"comments are filtered for language\b.{0,80}",
        r"the [\w ]{2,30} makes no guarantee of comments ?' factual accuracy",
        r"readers may report inappropriate comments by clicking\b.{0,80}",
        r"here are the full legal terms you agree to by using this comment form",
        r"(?:post )?staff annotations will appear by default\b.{0,160}",
    ),
    _rule(
        "poll-prompt",
        "poll|survey|quiz|vote",
        r"(?:please )?(?:take|vote in|complete|fill (?:out|in)|try|answer|cast your vote in) (?:our|this|the|a "
        r"(?:short|quick|"
        r"brief)) (?:[\w-]+ ){0,3}(?:poll|survey|quiz|questionnaire)\b.{0,120}",
        r"(?:vote|cast your vote) (?:now|here|below|in our)\b.{0,60}",
        r"quiz:.{0,120}",
    ),
    _rule(
        "copyright",
        "copyright|©|(c)|\u2117",
        r"(?:(?:all )?(?:content|text|material|photos?|images?|story|contents?|site) )?(?:(?:is |are "
        r")?copyright(?:ed)?\W{0,4}(?:©|\(c\)|19\d\d|20\d\d|by |mm?x|reserved|agence|the "
        r"associated|associated|thomson|reuters|bloomberg|cnn|bbc|(?:notice|policy|information)\Z)|©|\(c\) "
        r"?(?:copyright )?(?:19|20)\d\d|\(c\) copyright|20\d\d ©|20\d\d copyright).{0,250}",
        r"copyright(?: [\w&.'/-]{1,30}){0,3}(?<![.!?])\Z",
        r"(?:19|20)\d\d [\w&.,' -]{2,50} (?:inc|llc|ltd|corp|media group|digital media)\b.{0,60}",
        scope="line",
    ),
    _rule(
        "copyright",
        "copyright|©",
        r"(?:image|photo|video|picture|photograph)s? copyright(?: ©)?(?: [\w&.'/-]{1,30}){1,5}"
        r"(?: \w+ caption .{1,250})?",
        r"copyright:? ©? ?(?:[\w&.'/-]{1,30}){1,3}(?:inc|llc|ltd|press|news|media|images)",
        scope="short",
    ),
    _rule(
        "copyright",
        "all rights reserved|alle rechte vorbehalten|tous droits réservés|"
        "todos los derechos reservados|tutti i diritti riservati",
        r".{0,200}(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos "
        r"reservados|tutti i diritti riservati)\b.{0,120}",
    ),
    _rule(
        "republication-ban",
        "may not be|reproduc|redistribut|without permission|without the|without prior|"
        "written consent|written permission",
        r"(?:this|the|these|any|no|all|our|its) (?:\w+ )?(?:material|content|contents|article|story|site|text|"
        r"part|page|"
        r"publication|information|photos?|images?|works?|portion)\b.{0,120}(?:may|can|must|shall)(?: not|not)? be "
        r"(?:\w+, )*"
        r"(?:published|reproduced|copied|used|reprinted|redistributed|rewritten|republished|distributed|broadcast)"
        r"\b.{0,160}",
        r"(?:any |all |unauthori[sz]ed |commercial |the )*(?:reproduction|republication|redistribution|"
        r"duplication|copying|"
        r"distribution|use)(?:,? (?:or |and |/ ?)?(?:reproduction|republication|redistribution|duplication|copying|"
        r"distribution|use|transmission)){0,4}(?: of (?:this|any|our|all) [\w ]{2,60})?(?: in whole or in part)?(?: "
        r"without .{0,60})?(?<!use) (?:is|are) (?:strictly |expressly )?(?:prohibited|forbidden|not (?:permitted|"
        r"allowed))"
        r"\b.{0,60}",
        r"(?:please )?do not (?:reproduce|republish|copy|distribute|redistribute)\b.{0,100}",
        r"you may not (?:reproduce|republish|copy|distribute|redistribute)\b.{0,100}",
        r"not (?:to )?be reproduced\b.{0,80}",
    ),
    _rule(
        "originally-published",
        "originally|first published|first appeared|appeared first|republished|reprinted|"
        "this story was provided|was produced by|syndicated|was adapted from|"
        "this article was written by|cross-posted|is part of",
        rf"(?:{_THIS}|this|a version of this (?:article|story|post|piece)|an earlier version of this "
        r"(?:article|story)|the post .{1,120}) (?:was |has been |is |were )?(?:also )?(?:originally "
        r"|first )?(?:published|appeared|posted|ran|produced|written|reported|aired|republished|reprinted|"
        r"syndicated|adapted|excerpted|cross-posted|reproduced|provided|supplied|distributed|featured)"
        r"(?: originally| first)? (?:first )?(?:in|on|by|at|from|with|via|as|under|here|through|for|"
        r"courtesy)\b.{0,200}",
        r"(?:originally|first) (?:published|appeared|posted|aired|printed):?(?: [\w.:'&/-]{1,30}){0,8}(?:, "
        r"\d{4}.{0,30})?",
        r"(?:republished|reprinted|reproduced|cross-posted|used) (?:here )?(?:(?:with|by) (?:the )?(?:kind )"
        r"?permission|"
        r"from (?:the )?[\w.' -]{3,40} (?:under|with)|under (?:a|the) |courtesy of)\b.{0,160}",
    ),
    _rule(
        "republication-ban",
        "non-commercial use|presentation-ready",
        r"(?:dow jones reprints: )?this copy is for your personal,? non-commercial use only",
        r"to order presentation-ready copies for distribution\b.{0,240}",
    ),
    _rule(
        "syndication-notice",
        "syndicated|not been edited|auto-generated|except for the headline|agency feed|from a wire|"
        "news service",
        r"\(?except for the headline,?.{0,250}",
        rf"{_THIS} (?:has not been|was not|is (?:auto-generated|published)|has been (?:published|auto)"
        r"|was (?:auto|generated))\b.{0,250}(?:edited|feed|syndicated|auto-generated|agency|wire|"
        r"generated).{0,120}",
        r"(?:only )?the headline and (?:picture|image).{0,200}",
    ),
    _rule(
        "views-disclaimer",
        "opinions|views|opinion of|position of",
        r"(?:disclaimer\W+)?(?:the |all |any |these |his |her |their )?(?:views?|opinions?|statements?|ideas|thoughts|"
        r"positions?|facts)(?:,? (?:and|or|&) (?:views|opinions|statements|conclusions|facts))?(?: (?:and \w+ )"
        r"?(?:expressed|"
        r"posted|stated|contained|published|presented|voiced|reflected|given|appearing|shared|here|in this|of "
        r"(?:the|this|"
        r"our|guest) (?:authors?|writers?|columnists?|contributors?|article))\b).{0,200}?(?:those of|solely|"
        r"personal|(?:do|does|"
        r"may|need|should) not (?:necessarily )?(?:reflect|represent|belong|express|constitute|imply|state|"
        r"coincide|be)|(?:are|"
        r"is) (?:his|her|their|my|the (?:author|writer)'?s?'?) own|not necessarily|belong (?:only |solely )?to)"
        r"\b.{0,250}",
        r"(?:the )?(?:views|opinions)(?: expressed)? (?:are|is) (?:personal|(?:solely |entirely )?(?:those of|the "
        r"(?:author|"
        r"writer)|his own|her own|their own|my own|the author's)).{0,160}",
        r".{0,160}(?:do|does|may|need) not (?:necessarily )?(?:reflect|represent|belong to|express|constitute)"
        r"\b.{0,40}(?:views?|"
        r"opinions?|positions?|polic(?:y|ies)) of (?:the (?:publisher|editors?|website|site|paper|newspaper|"
        r"organi[sz]ation|"
        r"author|management|editorial)|this (?:site|website|paper|newspaper|publication)|our|[\w.-]{3,40}\.(?:com|"
        r"org|net|in))"
        r"\b.{0,160}",
    ),
    _rule(
        "author-responsibility",
        "responsible for|responsibility for|liable for|liability",
        r"(?:disclaimer\W+)?(?:the )?(?:authors?|writers?|contributors?|we|publisher|website|site|editors?|"
        r"columnists?|this "
        r"(?:site|website)|[\w.-]{3,30}\.(?:com|org|net|in)) (?:is|are|will be|shall be|accepts?|takes?|assumes?|"
        r"bears?|has|"
        r"have|cannot be|disclaims?|does not|do not|will not|holds?)(?: held| accept| be| take| assume| hold)?(?: "
        r"not)?(?: "
        r"solely| fully| entirely| no| any| held| itself| personally| the sole| legally)* ?(?:responsible|"
        r"responsibility|"
        r"liable|liability) for (?:the |any |all |such |third |external |their |his |her )?(?:\w+ )"
        r"{0,3}(?:opinions?|views?|"
        r"contents?|comments?|websites?|sites?|statements?|links?|accuracy|inaccurac\w+|omissions)\b.{0,200}",
    ),
    _rule(
        "legal-notice",
        "legal action|punishable|it policy|it act|it rules|defamatory",
        r"(?:legal action|strict action|action) (?:will|may|can|shall) be (?:taken|initiated|pursued) (?:for|"
        r"against|over) "
        r"(?:such|abusive|offensive|defamatory|infring\w+|violat\w+)\b.{0,120}",
        r"as per (?:the )?(?:it|information technology|central government)\b.{0,30}(?:policy|act|rules|law)"
        r".{0,350}(?:punishable|"
        r"offen[cs]es?|prohibited|action).{0,120}",
        r"(?:do not|please (?:do not|avoid|refrain)|users (?:must|should)|comments (?:that|containing))"
        r"\b.{0,60}(?:abusive|"
        r"defamatory|obscene|inflammatory|vulgar).{0,200}",
    ),
    _rule(
        "weather-box",
        "winds|chance of rain",
        r"winds (?:light and variable|[nesw]{1,3} (?:at|around) \d+ to \d+ mph)",
        r"chance of rain (?:near )?\d+ ?%",
    ),
    _rule("legal-notice", "legal help page", r"go to the legal help page to request content changes for legal reasons"),
    _rule(
        "advice-disclaimer",
        "informational purposes|information purposes|advice|investment|educational purposes|"
        "own research|guarantee",
        rf"(?:disclaimer\W+)?(?:{_THIS}|this|the (?:information|content|material)s?|nothing (?:here|on this site|in "
        rf"{_THIS})|all (?:information|content)|information|our content) (?:is|are|does|do|should|must|may|contains?|"
        r"provided|published|on|in|here|constitutes?)\b.{0,120}(?:for|only) (?:general |educational |your )*"
        r"(?:information(?:al)?|educational|entertainment)\b.{0,30}purposes\b.{0,200}",
        rf"(?:disclaimer\W+)?(?:{_THIS}|this|the (?:information|content|material)s?|nothing (?:here|on this site|in "
        rf"{_THIS})|all (?:information|content)|information|our content) (?:is|are|does|do|should|must|may|contains?|"
        r"provided|published|on|in|here|constitutes?)\b.{0,120}(?:not|nor|constitutes?|considered|construed|treated|"
        r"intended|be taken)\b.{0,60}(?:investment|financial|legal|medical|professional|trading|tax)\b.{0,30}advice\b"
        r".{0,200}",
        r"(?:always |please |readers should )?(?:do your own research|consult (?:your|a|an)\b.{0,60}(?:advis[oe]r|"
        r"professional|doctor|physician))\b.{0,120}",
        r"(?:we|the (?:site|publisher|company)) (?:do|does|cannot|can) ?(?:not )?guarantee (?:the )?(?:accuracy|"
        r"completeness|timeliness)\b.{0,150}",
    ),
    _rule(
        "disclaimer-label",
        "disclaimer|disclosure|disclaimers",
        r"(?:legal |important |full |editorial |general )?(?:disclaimers?|disclosures?)(?:\W{0,3}|: "
        r".{1,300})",
        scope="line",
    ),
    _rule(
        "machine-disclosure",
        "generated|translated|artificial intelligence| ai |machine translation|with the help of",
        rf"(?:{_THIS}|this (?:summary|translation|text|content|headline|audio|image|translated \w+))"
        r"\b(?: (?:was|has been|is|were|may have been))(?: \w+ly)? (?:auto-?)?(?:generated|created|"
        r"written|translated|produced|summari[sz]ed|drafted|edited|assisted)(?: (?:and|or) \w+)? (?:by|"
        r"with|using|automatically|from)\b.{0,60}(?:ai\b|artificial|automated|machine|chatgpt|language "
        r"model|automatically|software|google translate).{0,160}",
        r"(?:ai|machine|auto)[ -](?:generated|translated|assisted|written)(?: (?:content|text|summary|"
        r"image|translation|article)s?)?\W{0,3}(?:may .{0,80})?",
        r"generated by (?:ai|artificial intelligence)\b.{0,60}",
    ),
    _rule(
        "market-data-notice",
        "quotes|market data|delayed",
        r"(?:all )?(?:stock |market |fund |real-time )?(?:quotes|market data)\b.{0,60}(?:delayed|provided by|"
        r"supplied by|is "
        r"real-time)\b.{0,160}",
    ),
    _rule(
        "photo-credit",
        "photo|image|picture|credit|courtesy|illustration|graphic|screengrab|screenshot|getty|"
        "thinkstock|shutterstock|alamy|istock|reuters/|afp/|/ap|/afp|/reuters|ap photo|pool|"
        "wireimage",
        r"(?:file |stock |main |cover |lead |top |featured? |representational |representative )*(?:photos?|"
        r"photographs?|photographer|images?|pictures?|pics?|illustrations?|graphics?|screen ?(?:grab|shot|cap)s?|"
        r"art|video)(?: (?:credits?|copyright|source|courtesy(?: of)?|by|from|via|for representation(?:al)?|used for|"
        r"taken from))*\s?[:/©][^.!?]{1,100}(?:\.(?:com|org|net)\b)?(?:inc\.)?",
        r"(?:file |stock )?(?:photos?|photographs?|images?|pictures?|illustrations?|graphics?|screen ?(?:grab|shot)s?|"
        r"art)(?: credits?)?(?: courtesy of| courtesy| by| via| for)(?: [\w.'&/-]{1,30}){1,5}(?<![.!?])\Z",
        r"credit\s?:.{1,100}",
        r"(?:photo |image )?courtesy(?: of)?:? [\w&.'/, -]{2,80}",
        rf"(?:(?:[a-z][\w.'-]+ ){{0,5}}[\w.'-]{{0,30}}\s?[/|,]\s?){{0,3}}{_AGENCY}(?:\s?[/|]\s?[\w.' -]{{2,40}})"
        r"{1,3}(?:, ?file)?",
        rf"(?:(?:[\w.'-]+ ){{0,5}}[\w.'-]{{1,30}}\s?(?:[/|]| for | via )\s?){{1,3}}{_AGENCY}(?:/[\w' -]{{2,40}}|"
        r",? file(?: photo)?)?",
        r"(?:file|stock|representational|representative|handout) (?:photo|image|picture)",
        rf"{_AGENCY} (?:photo|images?|file|pictures)",
        r"getty(?: images)?",
        r"shutterstock",
        r"istock(?:photo)?",
        r"thinkstock",
        r"alamy",
    ),
    _rule(
        "photo-caption",
        "photo|image|/ap)|/afp|getty|/reuters)|caption|credit:|(ap)|reuters/|handout|courtesy|/wire|"
        "file)",
        r".{1,260}[(\[](?:(?:file |ap |afp |stock |handout |provided |courtesy )*(?:photos?|images?|pictures?|credits?|"
        r"screengrab|screenshot|handout)(?: (?:by|source|credit|courtesy|from|via|provided|supplied|of|copyright))*\s?"
        r"(?:[:/|©][^()\[\]]{0,80}|(?:(?<= by)|(?<= of)|(?<= from)|(?<= via)) [^()\[\]]{1,60})?|"
        r"courtesy(?: of| photo|:)[^()\[\]]{0,60}|"
        r"submitted by [^()\[\]]{1,40}|file(?: photo| image)?|"
        rf"[^()\[\]]{{1,40}}\s?/\s?{_AGENCY}[^()\[\]]{{0,30}}|[^()\[\]]{{1,40}}[ /]via (?:ap|getty|reuters|afp)"
        r"[^()\[\]]{0,30}|"
        rf"{_AGENCY}\s?/[^()\[\]]{{1,40}}|getty(?: images)?)[)\]]\W{{0,3}}(?:[\w /.]{{0,30}})",
        scope="line",
    ),
    _rule(
        "photo-caption",
        "caption|file -|photo|pictured|image:|photo:|undated|playback",
        r"(?:hide|toggle|show|view) caption\b.{0,250}",
        r"(?:image |media |photo |video |picture )?caption:? .{1,280}",
        r"(?:image|media) (?:copyright|source|credit)\b.{0,60}caption\b.{0,260}",
        r"file ?- .{0,280}",
        r"file (?:photo|image|picture) ?[:-] .{1,280}",
        r"in this (?:undated |handout |file |[\w., ]{2,24},? )?(?:file )?(?:photo|image|photograph|frame grab|"
        r"frame)(?:,| "
        r"(?:provided|released|made|taken|from|by|posted))\b.{0,280}",
        r"(?:pictured|above|below|left|right|photo|top|from left)(?: (?:above|below|left|right|here)"
        r")?: .{1,250}",
        r".{1,200} (?:photo|image|credit|picture)s?: ?[\w ./'&-]{2,60}",
        r"\d+ of \d+ .{1,200}\b(?:close|photo|caption).{0,40}",
        r"(?:photos?|image): .{1,200}",
        scope="line",
    ),
    _rule(
        "photo-caption",
        "full image|enlarge",
        r"(?:view full image|enlarge(?: this)? image)\b.{0,280}",
    ),
    _rule(
        "photo-caption",
        "reuters/",
        r".{20,260} reuters/[\w.'-]+(?: [\w.'-]+){0,3}(?:/file photo)?",
        scope="line",
    ),
    _rule(
        "photo-credit",
        "/getty|/reuters|/afp|/ap ",
        r"[\w.'-]+(?: [\w.'-]+){1,2} ?/ ?(?:getty images|reuters|afp|ap photo|ap)\s(?=\w)(?!report|said|say)",
        scope="opening",
    ),
    _rule(
        "player-control",
        "skip in skip|copy link|skip twitter post",
        r"(?:close )?skip in skip x embed x share\s",
        r"(?:share )?copy link\s(?=\w)",
        r"skip twitter post by @\w{1,30}\s",
        scope="opening",
    ),
    _rule(
        "video-credit",
        "reports live|reports for the|nbc's|nbcnews.com's|msnbc's|abc's|cnn's|abc news'|nbc news'|cbs news'",
        r"[\w.'-]+(?: [\w.'-]+){1,3} reports (?:live from |for (?:the )?\w+ news\b).{0,200}",
        r"(?:nbc|nbcnews\.com|msnbc|abc|cnn|(?:abc|nbc|cbs) news)'s? [\w.-]+(?: [\w.'-]+){1,2} reports",
    ),
    _rule("player-control", "close ", r"close\s(?=\w)", scope="opening", shouted=True),
    _rule("player-control", "skip in skip|copy link", r"(?:close )?skip in skip(?: x embed x share)?|share copy link"),
    _rule(
        "video-credit",
        "video|footage|source:",
        r"(?:video|footage|clip|audio)(?: (?:by|credit|courtesy(?: of)?|via|from|source))+:? [\w&.'/, -]{2,60}",
        r"(?:video|footage) (?:provided|supplied) by .{1,60}",
        names=True,
    ),
    _rule(
        "reporting-credit",
        "reporting by|editing by|writing by|written by|compiled by|contributed|contributing|"
        "edited by|reported by|additional report|reporting from|with inputs|with input|with agenc|"
        "with files from|produced by|with reporting|inputs from|reporting:|translated by|"
        "contributed:|from agencies|with additional|with wire|fact-check|graphic by",
        r"(?:additional |original |further |other |more |with |also )*(?:reporting|report|writing|editing|"
        r"research|production|graphics?|translation|photography|fact-?checking)\b(?: (?:and|&) (?:reporting|"
        r"writing|editing|research|additional reporting|graphics?|translation))*(?: (?:was |were )?(?:done "
        r"|contributed |provided )?by| from|:)\s.{1,300}",
        r"(?:written|compiled|edited|reported|produced|translated)(?:(?:,| and| &) (?:written|compiled|"
        r"edited|reported|produced|translated))*(?: for [\w ]{2,30})? by:? .{1,200}",
        r"contribut(?:ing|ed|ors?)(?: (?:writers?|to this (?:report|story|article)))?\s?:.{1,200}",
        r"(?:with )?(?:additional )?(?:inputs?|files|reporting|reports?|agency inputs|wire (?:reports|"
        r"services|dispatches)|agenc(?:y|ies)|contributions?)(?: (?:from|by) .{1,120})",
        r"with (?:agency inputs|agencies|wire reports|wires|agency reports)",
        r"(?:from|with) (?:staff|news|wire) (?:and wire )?(?:reports|services|agencies)",
        r".{1,140} contributed",
        names=True,
    ),
    _rule(
        "reporting-credit",
        "contributed|with agenc|with input|from wire|from news|from staff|with wire|with files",
        r".{1,260}\bcontributed (?:(?:additional )?(?:reporting|research|writing|information|material)(?: and \w+)? )?"
        r"(?:to|for) (?:this|the) (?:report|story|article|reporting|dispatch|post|piece|column)(?: (?:from|and|in|via|"
        r"by|on)\b.{0,120})?",
        r".{1,200}\bcontributed (?:additional )?(?:reporting|writing)(?: (?:from|and|in)\b.{0,80})?",
        r"(?:with|from) (?:agency inputs?|agencies|wires?|inputs? from|files from|agency reports|wire reports)\b"
        r".{0,80}",
    ),
    _rule(
        "author-contact",
        "reach |can be reached|contact |write to|e-mail|email|mailto|reached at|reporter at|"
        "you can contact|follow him|follow her|at twitter",
        r"(?:you can |to |please |readers can )?(?:reach|contact|e-?mail|write(?: to)?|message|text|call|get in "
        r"touch with|send "
        r"e-?mails? to) (?:(?:us|me|the (?:author|writer|reporter|editor|newsroom|newsdesk|team|journalist)|our "
        r"\w+)\b.{0,160}|"
        r"(?:[\w.'-]+ ){0,8}?(?:at |on |via |: ?)?(?:\S+@\S+|https?:\S+|\+?\d[\d() .-]{6,}|twitter|facebook|\S+ "
        r"(?:\(at\)|at) "
        r"\S+ (?:dot|\(dot\)) \w+).{0,120})",
        r"[\w.', -]{2,80} can (?:also )?be (?:reached|contacted|emailed|e-mailed|followed) (?:at|on|by|via|"
        r"through)\b[^@]{0,60}"
        r"(?:@|\d{3}[-. ]\d|twitter|https?:|facebook|e-?mail).{0,120}",
        r"(?:e-?mail|contact)(?: the (?:author|writer|reporter|editor)| us)?(?:\W{0,3}|\s?: ?.{1,100})",
        r"(?:(?:questions|comments|tips|ideas|feedback)(?:,? (?:or|and) \w+)?\s?[?:]|have a (?:tip|question|story)"
        r"\W).{0,60}"
        r"(?:e-?mail|contact|write|reach|@).{0,120}",
        r"media (?:contact|inquiries|enquiries)s?:.{0,160}",
        r"(?:press|media|news|for more information|further information)(?: \w+)? contacts?(?:\s?:.{0,120})?",
    ),
    _rule(
        "contact-address",
        "@",
        r"(?:[\w.'-]+ ){0,5}(?:at |[|:•·-] ?)?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}(?:[\s,;|]+(?:and "
        r")?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}){0,3}",
        scope="short",
    ),
    _rule(
        "contact-phone",
        "tel|phone|call |fax|-|•",
        r"(?!(?:first |last )?(?:published|updated?|posted|modified|date|time)\b)(?:(?:tel(?:ephone)?|phone|ph|"
        r"call(?: us)?(?: at| on)?|fax|mobile|hotline|newsroom|contact)"
        r"\s?[.:]? ?|[a-z][\w.' ]{2,40} ?[|:•·-] ?)\+?(?:[\d() .-]{7,20})(?: ?(?:or|ext\.?|x|,) ?[\d() .+-]{1,20}"
        r")?",
        scope="short",
    ),
    _rule(
        "tip-prompt",
        " tip|a story|story idea|send us|have you |been affected|your story|your photos|do you know|"
        "get in touch|do you have|know more|hear from you|contact us",
        r"(?:do you have|have you got|got|have) (?:an? |any |some |something |more )*(?:news ?|story |hot )"
        r"?(?:tips?|story|"
        r"story ideas?|information|photos?|videos?)\b.{0,100}\?(?: .{0,160})?",
        r"have you (?:been (?:affected|there)|witnessed|seen something)\b.{0,100}\?(?: .{0,160})?",
        r"(?:please )?(?:send|submit|share|e-?mail|tell)(?: us)? (?:your|a|us|news|any|story)\b.{0,30}(?:tips?|"
        r"stor(?:y|ies)|"
        r"photos|videos|pictures|experiences?|story ideas?)\b.{0,120}",
        r"send (?:tips|story ideas)\b.{0,100}",
        r"(?:contact|get in touch with) (?:us|our newsroom|the newsroom|our team)\b.{0,120}",
        r"get in touch",
        r"we(?:'d| would) (?:love|like) to hear (?:from|your).{0,100}",
        r"(?:are you|is your) .{0,100}\? (?:contact|email|get in touch|share|let us|send).{0,120}",
    ),
    _rule(
        "visit-prompt",
        "for more |for the latest|for full|visit |check out|stay tuned|stay with|tune in|go to www|"
        "go to http|more at|keep checking|get the latest|get all the|latest news|all the latest|"
        "catch all|don't miss out",
        r"for (?:more(?! than)|the latest|further|full|up-to-date|additional|all the latest|breaking)"
        r"\b[^,;:]{0,80}(?:[,:] ?| "
        r"- ?)(?:please )?(?:visit|go to|see|follow(?!-)|log on|check|read|click|call|contact|download|subscribe|"
        r"sign|stay|"
        r"tune|like|head|listen|watch|join)\b.{0,160}",
        r"for (?:more|further|additional|full) (?:information|details|info|news|stories)(?: (?:on|about) "
        r"[\w' ]{2,50})? "
        r"(?:please )?(?:visit|call|contact|see|go to|e-?mail)\b.{0,160}",
        r"(?:please )?(?:visit|check out|see|go to|head to|log on to) (?:our|us|www|http|the .{1,40} (?:website|"
        r"site|page|"
        r"homepage)|his website|her website|their website)\S{0,80}\b.{0,120}",
        r"(?:please )?(?:stay|keep) tuned\b.{0,120}",
        r"(?:stay|remain) (?:with us|up to date|up-to-date|informed|ahead)\b.{0,120}",
        r"tune in (?:to|at|on|every|tonight|weekdays)\b.{0,100}",
        r"(?:get|catch|read|stay|follow|find|see|watch|check)(?: all| up on| out| updated .{0,20})? (?:the )"
        r"?(?:latest|breaking|"
        r"live|all the latest|top)\b.{0,60}(?:news|updates?|headlines|stories|coverage)\b(?:\W{0,3}| "
        r".{0,30}\b(?:here|on|at|"
        r"from|with|live|only|and|delivered|in|as)\b.{0,160})",
    ),
    _rule(
        "event-promotion",
        "webinar|register now|tickets|join us|book now|early bird|order now|shop now|buy now|"
        "pre-order|use code|promo code|limited time",
        r"(?:join us|register|book|buy|get|order|shop|grab|pre-?order)(?: (?:now|today|here|your|for|"
        r"your tickets|tickets|early|a copy|it))+\b.{0,120}",
        r"use (?:the )?(?:promo |discount |coupon )?code\b.{0,80}",
        r"(?:limited[ -]time|special|exclusive) offers?\b.{0,80}",
    ),
    _rule(
        "timestamp",
        "publish|updat|posted|modified|created|ago|edited|issued|first seen|released|aired|uploaded|"
        "date:|filed:|time:|last ",
        r"(?:first |last |article |story |originally |date |most recently ){0,3}(?:published|updated?|posted|"
        r"modified|created|edited|issued|released|aired|uploaded|filed|date|time)(?: (?:on|at|in|date|time|last|"
        r"news|and updated)){0,3}(?: by(?: [\w.]{2,20}){1,4}?(?: (?:on|at))?)?\s?[:|-]?\s?"
        rf"(?:{_STAMP}\W{{0,4}}(?:/? ?(?:updated?|last updated|modified|published|posted|by [\w. ]{{2,40}})"
        rf"(?: (?:on|at))?\s?[:|-]?\s?(?:{_STAMP})?)?|\W{{0,2}})",
        rf"{_AGO}",
        r"/ updated",
        rf"\W?(?:{_STAMP}) / updated.{{0,80}}",
    ),
    _rule(
        "timestamp",
        "0|1|2|3|4|5|6|7|8|9",
        rf"{_STAMP}",
        rf"(?:{_DAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_CLOCK}{_ZONE}?)?",
        rf"{_CLOCK}{_ZONE}",
        rf"(?:associated press|ap|reuters|afp|updated?:) (?:{_STAMP}|{_MONTH} \d{{1,2}},? {_CLOCK}{_ZONE}?)",
        scope="short",
    ),
    _rule(
        "reading-time",
        "read|listen",
        r"(?:estimated |approx(?:imate|\.)? )?(?:reading|read) time\W{0,3}(?:\d+.{0,20}|less than .{0,20})",
        r"\d{1,3}[ -]?(?:min|mins|minute|minutes)(?:'s)? (?:read|listen|to read)",
        r"(?:a )?\d{1,3} (?:min|minute) (?:read|listen)",
    ),
    _rule(
        "word-count",
        "words|views|reads|viewed",
        r"(?:word count|views?|reads)\s?:? ?\d[\d.,]*k?",
        r"\d[\d.,]*k? (?:words|views|reads|page views)",
        r"viewed \d.{0,20}",
        scope="short",
        label=True,
    ),
    _rule(
        "source-line",
        "source|via ",
        r"(?:news |data |original |article |story )?sources?\s?: ?[\w&.,'/() |-]{2,90}",
        r"(?:via|h/t|hat tip):? [\w&.'/@ -]{2,60}",
        scope="short",
        label=True,
    ),
    _rule(
        "topic-tags",
        "tags|topics|filed under|keywords|categor|posted in|more on|read more about|in this article|"
        "in this story|labels|subjects|tagged|companies:|people:|section:|topic:",
        r"(?:related |article |story |more )?(?:tags?|topics?|keywords?|categor(?:y|ies)|labels?|subjects?|"
        r"section|companies|people|explore more on these topics)\s?:.{0,250}",
        r"tags",
        r"topics",
        r"categories",
        r"(?:filed under|filed in|posted in|tagged(?: with| as| in)?|read more about|more on|explore "
        r"more on these topics|more about|in this (?:article|story|section))\s?:.{0,250}",
        r"(?:filed under|tagged with|read more about) .{2,120}",
        scope="line",
    ),
    _rule(
        "hashtags",
        "#",
        r"(?:#[\w-]+[\s,;|]*+){1,30}",
        scope="line",
    ),
    _rule(
        "bare-link",
        "http|www.|.com|.org|.net",
        r"(?:(?:link|url|web|website|source|site|on the web|on the net|online|internet|copy|permalink|"
        r"short ?link|trackback|shorturl)\W{0,4})?(?:https?://|www\.)\S{3,300}(?:\s+(?:https?://|www\.)"
        r"\S{3,200}){0,5}",
        r"(?:[\w ]{2,20}: )?[\w-]{2,40}\.(?:com|org|net|co\.uk)(?:/\S{0,100})?",
        scope="line",
    ),
    _rule(
        "developing-story",
        "developing|check back|more to follow|refresh|more to come|being updated|has been updated|"
        "will be updated|was updated|breaking news|updates to follow|is updating|was last updated|"
        "live updates|as it happens|earlier story",
        r"(?:the )?(?:ap|associated press|reuters)(?:'s)? earlier story (?:is|appears|follows)(?: below)?",
        rf"(?:{_THIS}|this|it) (?:is|remains) (?:a |an |still )*(?:developing|breaking|evolving|ongoing)(?: news)? "
        rf"(?:story|news|"
        r"situation)\b.{0,200}",
        rf"{_THIS} is (?:still )?(?:developing|breaking)\b.{{0,60}}",
        r"(?:developing|breaking)(?: (?:story|news))?(?: story)?(?:\W{0,3}|\s?[:-] (?:more|check|refresh|details|"
        r"updates|stay|"
        r"this).{0,120})",
        r"(?:please )?(?:check back|come back|refresh|reload)(?: (?:this page|here|the page|with us|often|"
        r"regularly|soon|later|"
        r"back))*(?:\W{0,3}| (?:for|to see|to get|as)\b.{0,120})",
        r"(?:more|updates|further details|full story|more details|more information)(?: \w+)? (?:to (?:follow|come)"
        r"|follows?|"
        r"soon|coming soon)",
        rf"(?:{_THIS}|this) (?:has been|was|is being|will be|is|may be|gets) (?:last )?(?:continually |regularly |"
        rf"constantly "
        r"|first )*(?:updated|updating|refreshed)(?: (?:as|with (?:new|additional|more|further)|when|throughout|"
        r"regularly|on|"
        r"at|frequently|soon|shortly|to (?:add|include|reflect new|reflect additional))\b.{0,140})?",
        r"we (?:will|are|shall)(?: be)? (?:update|updating|bring|bringing)\b.{0,100}(?:story|page|post|updates|"
        r"details|article)"
        r"\b.{0,100}",
        r".{0,10}live updates",
    ),
    _rule(
        "live-blog",
        "welcome|live coverage|live blog|liveblog|live page|our coverage|where we leave it|that's all|"
        "that is all|bring you|more from|more on|more follows|more soon|for reading|for joining us|for following|"
        "your company|what we know|a recap|a summary|a quick summary",
        r"(?:(?:hello|hi|good (?:morning|afternoon|evening))(?:,? everyone)?,?(?: and)? )?(?:a (?:very )?warm )?"
        r"welcome (?:back )?to (?:our|today's|this) (?:rolling |continuing |ongoing )*(?:live )?"
        r'(?:coverage|live ?blog|blog|page)\b[^"]{0,160}',
        r"(?:we are|we're|we will be|we'll be|i am|i'm) (?:now )?(?:closing|ending|pausing|wrapping up|winding (?:up|"
        r"down)|finishing)(?: up)? (?:this|our|the|today's) (?:live )?(?:coverage|live ?blog|blog|page)\b"
        r'[^"]{0,120}',
        r"(?:this|our|the) (?:live ?blog|live (?:blog|coverage|page)) (?:is|has been|has|will be) (?:now )?"
        r"(?:clos(?:ed|ing)|end(?:ed|ing)|paused|over|finished)\b[^\"]{0,80}",
        r"(?:and )?(?:that is|that's) (?:where we leave it|all (?:from us|(?:we have time )?for (?:today|tonight|"
        r'this evening)(?: from us)?))(?:,? thank[^"]{0,60})?',
        r"we(?:'ll| will)(?: be)? bring(?:ing)? you (?:more|the latest|updates)(?: (?:details|news|updates|information|"
        r'on (?:this|that)|from (?:him|her|them|there)|here))*(?: (?:as|when|once) [^"]{0,60}| soon| shortly| later)?',
        r"more (?:(?:on (?:this|that)|from (?:him|her|them|there|us)|details) )?(?:soon|shortly|follows|later|"
        r"as we get it)",
        r"(?:thanks|thank you)(?: so much| very much)? for (?:reading|following|joining us|your company)"
        r'(?: [^"]{0,60})?',
        r"here(?:'s| is| are) (?:what we know(?: so far)?|(?:a (?:quick |brief |short )?(?:summary|recap)|the main "
        r"points)(?: of [^:\"]{0,60})?)",
    ),
    _rule(
        "wire-end",
        "ends|end|-30-|###|end of",
        r"ends",
        r"end",
        r"-30-",
        r"30",
        r"###",
        r"end of (?:article|story|story body|document|release|text)",
        scope="short",
    ),
    _rule(
        "wire-advisory",
        "(adds|(recasts|(updates|(writes|(corrects|(refiles|(repeats|(new through|eds:|(with |"
        "eds note",
        r"(?:adds|recasts|updates|refiles|repeats|rewrites|writethru|new throughout|changes|fixes|removes)"
        r"(?:,| with| to| throughout| details| quotes| background| comment| headline| story| byline|"
        r" dateline| graf| paragraph| analyst| shares)\b.{0,200}",
        r"eds(?: note)?:.{0,250}",
    ),
    _rule(
        "update-label",
        "update",
        r"update(?:d)?(?: ?#?\d+| i{1,3}v?)?",
        r"updates",
        r"latest updates?",
        r"updated x?\d+",
        scope="short",
        label=True,
    ),
    _rule(
        "story-label",
        "highlights|key points|at a glance|in brief|summary|what you need to know|key takeaways|"
        "takeaways|in this article|contents|story so far|tl;dr|exclusive",
        r"(?:story |news )?highlights",
        r"key (?:points|takeaways|facts|moments)",
        r"takeaways",
        r"at a glance",
        r"in brief",
        r"in short",
        r"summary",
        r"overview",
        r"table of contents",
        r"contents",
        r"tl;dr",
        r"the story so far",
        r"quick read",
        r"in this article",
        r"exclusive",
        r"what you need to know",
        scope="short",
        label=True,
    ),
    _rule(
        "language-switch",
        "en español|in spanish|auf deutsch|en français|in english|read this in|leer en|lire en|"
        "other languages",
        r"read (?:this|it|in)(?: (?:article|story|page))?(?: in)? [\w ,|/()]{3,60}",
        r"leer en español.{0,40}",
        r"lire (?:cet article )?en .{0,40}",
        r"(?:available|also available|read) in (?:other languages|english|spanish|french|arabic|chinese|"
        r"russian).{0,40}",
        r"auf deutsch",
        r"en français",
        r"en español",
        r"in english",
        scope="short",
        label=True,
    ),
    _rule(
        "language-switch",
        "is everywhere this|view this in our",
        r"(?:e! )?is everywhere this content is available customi[sz]ed for our international audience",
        r"would you like to view this in our [\w ]{2,30} edition\?.{0,160}",
    ),
    _rule(
        "foreign-prompt",
        "lesen sie|mehr zum thema|lire aussi|à lire|lee también|leer más|lea también|abonnieren|"
        "suscríbete|abonnez|inscrivez|newsletter|leggi anche|publicidad|anzeige|publicité|lees ook|"
        "leia também|leia mais|publicidade|pubblicità|compartir|partager|teilen|iscriviti|inscreva|"
        "deel dit|melden sie sich",
        r"(?:lesen sie (?:auch|mehr|hier)|mehr zum thema|lire (?:aussi|également|la suite)|à lire (?:aussi|"
        r"également)|lee (?:también|más)|lea también|leer más|te puede interesar|leggi anche|lees ook|"
        r"leia (?:também|mais))\b.{0,200}",
        r"(?:abonnieren sie|jetzt abonnieren|suscríbete|suscríbase|abonnez-vous|inscrivez-vous|recevez|"
        r"iscriviti|inscreva-se|melden sie sich)\b.{0,200}",
        r"publicidad",
        r"anzeige",
        r"werbung",
        r"publicité",
        r"publicidade",
        r"pubblicità",
        r"compartir",
        r"partager",
        r"teilen",
        r"compartilhar",
    ),
)  # fmt: skip
