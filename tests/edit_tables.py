"""The patterns of :mod:`edits`: what can be edited in a sentence, and what takes its place.

A table holds one rule a line: a pattern, and what replaces it. Lists of names and verbs are samples, by judgement.
"""

from __future__ import annotations

import re

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SEASONS = "spring summer autumn winter".split()
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
WORDS |= {"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_MONTH_NAME = "|".join(MONTHS)
REFERENCE = re.compile(  # "paragraphs 3 and 4": what stands behind these names something, and counts nothing
    r"\b(?:section|sub-?section|regulation|article|para(?:graph)?|schedule|part|chapter|annex|appendix|table|fig(?:ure)?"
    r"|chart|no|number|level|page|p|question|form|type|tier|class|version|grade|stage|step|module|phase|box|rule|order"
    r"|code|act|c|document|band|category|item|option|column|line|note|recommendation|vol(?:ume)?|port|room|route|mark"
    r"|[A-Z][A-Za-z]+)s?\.?\s*(?:[\d().,a-z–-]+,?\s+(?:and|or|to)\s+)*\(?$"
)
AT_LEAST = re.compile(
    r"\b(?:(?:more|larger|longer|older|greater) than|over|at least|not? (?:less|fewer) than) [£$€]?$", re.IGNORECASE
)
AT_MOST = re.compile(
    r"\b(?:up to|(?:less|fewer) than|under|within|below|at most|not? more than|as \w+ as) [£$€]?$", re.IGNORECASE
)
OR_MORE = re.compile(r"^[^.;]{0,20} or (?:more|longer|over|above|older)\b")
RESTRICTED = re.compile(r"\b(?:if|when|where|unless|any|all|each|every|only|who\w*|that|which)\b", re.IGNORECASE)
DATED_ONLY = [  # behind these only a later (1) or an earlier (-1) date is plainly wrong, or neither
    (re.compile(r"\b(?:before|after|prior to)\b[^,;.]{0,20}$", re.IGNORECASE), ()),
    (re.compile(r"\b(?:since|by)\b[^,;.]{0,20}$", re.IGNORECASE), (-1,)),
    (re.compile(r"\buntil\b[^,;.]{0,20}$", re.IGNORECASE), (1,)),
]
OR_LESS = re.compile(r"^[^.;]{0,20} or (?:less|fewer|under|below|younger|shorter)\b")
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
PERCENT = re.compile(rf"(?<![\w.,-]){_FIGURE}(?=\s?%| per ?cent\b| percentage points?\b)")
MONEY = re.compile(rf"(?<=[£$€])(?P<figure>{_FIGURE})(?P<scale>\s?(?:million|billion|trillion|bn|m|k)\b)?(?![\d/])")
SCALES = {"million": "billion", "billion": "million", "trillion": "billion", "m": "bn", "bn": "m", "k": "m"}
GROWING = ("million", "m", "k")  # the other scales become smaller ones
NUMBER = re.compile(
    rf"(?<![\w.,/£$€:–-]){_FIGURE}(?= (?!(?:and|or|to|of|in|for|is|are|was|were|as|above|below|the|on|at|by|with|per"
    r"|applies|million|billion|trillion)\b)(?:[a-z]|[A-Z][a-z]+ns\b))"
)
NUMBER_WORD = re.compile(
    rf"(?<![-\w])(?<!or )(?:{'|'.join(WORDS)})\b(?! or | to |-?thirds|-?fifths| of th)", re.IGNORECASE
)
YEAR = re.compile(r"(?<![^\s(])(?:1[6-9]|20)\d\d(?![\w/%–-]|[,.]\d| (?:Act|Order|Regulations|Rules|c\.))")
BEFORE_YEAR = re.compile(
    rf"(?:^|\b(?:in|since|by|until|before|after|during|from|to|early|late|of|summer|{_MONTH_NAME}) )$", re.IGNORECASE
)
LAW = re.compile(r"\b(?:Acts?|Orders?|Regulations?|Rules|Directive|Code|\(EU\)|No)\b[^.;]{0,30}$")
DATE = re.compile(rf"(?<![\d.,])(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?P<month>{_MONTH_NAME})\b")
MONTH = re.compile(rf"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=by )|(?<=[Uu]ntil )|(?<=of )|(?<=from ))(?:{_MONTH_NAME})\b")
DAY = re.compile(rf"(?<![(\w])(?:{'|'.join(DAYS)})\b")
SEASON = re.compile(rf"(?<=[Ii]n the )(?:{'|'.join(SEASONS)})\b")

_FIRST_NAMES = (
    "Keir|Boris|Edi|Martin|Angela|Emmanuel|David|Theresa|George|Gordon|Tony|Margaret|John|James|Michael|Philip|Andrea|"
    "Amber|Jeremy|Nick|Vince|Danny|Iain|Andrew|Robert|William|Richard|Sarah|Jane|Mary|Elizabeth|Anne|Paul|Peter|Simon"
)
_CAPITAL = r"[A-Z][\w’'-]+"
_BODIES = (
    "Office|Agency|Department|Ministry|Council|Commission|Police|Court|Committee|Authority|Party|Service|Bank|Board|"
    "Parliament|Inspectorate|Association|Inquiry|Tribunal|Force|Trust|Foundation|University|Army|Government|Command"
)
_OFFICES = "Secretary|Minister|Chancellor|President|Commissioner|Mayor|Registrar|Governor|Ombudsman|Speaker"
_TAIL = rf"(?: (?:of|for) (?:the )?{_CAPITAL}(?:(?:,? and |, | ){_CAPITAL})*)?(?! (?:and |of |for )?[A-Z])\b"
SORTS = {  # of names; one of the second and third sort follows "the"
    "person": rf"\b(?:(?:Sir|Lord|Dame|Mr|Mrs|Ms|Dr) (?!Justice|Ch){_CAPITAL}(?: {_CAPITAL})?"
    rf"|(?:{_FIRST_NAMES}) (?!I)(?:{_CAPITAL}))",
    "body": rf"(?<=[Tt]he )(?:(?:{_CAPITAL} )+(?:{_BODIES}){_TAIL}|(?:{_BODIES}) (?:of|for) {_CAPITAL}{_TAIL})",
    "office": rf"(?<=[Tt]he )(?:(?:(?!Mr){_CAPITAL} )+(?:{_OFFICES})|(?:{_OFFICES}) of {_CAPITAL}){_TAIL}",
}
PLACES = [
    "Albania|Kosovo|Montenegro|North Macedonia|Serbia|Croatia|Slovenia|Greece|Bulgaria|Italy|France|Germany|Spain|"
    "Belgium|Portugal|Austria|Hungary|Poland|Denmark|Sweden|Norway|Finland|Ireland|Turkey|Russia|Ukraine|Belarus|"
    "Romania|China|India|Japan|Canada|Australia|Brazil|Mexico|Kenya|Ghana|Ecuador|Iraq|Syria|Egypt|Estonia|Britain",
    "England|Wales|Scotland|Northern Ireland",
    "Tirana|Pristina|Skopje|Podgorica|Sarajevo|Belgrade|Paris|Berlin|Brussels|Madrid|Rome|Vienna|Budapest|Prague|"
    "Warsaw|Athens|Kyiv|Moscow|Lisbon|Trieste|Strasbourg|Manila|Thessaloniki|Bari|Calais|Dunkirk",
    "London|Dover|Manchester|Birmingham|Leeds|Liverpool|Glasgow|Edinburgh|Cardiff|Belfast|Bristol|Newcastle|Sheffield",
    "Kent|Surrey|Essex|Cornwall|Devon|Norfolk|Suffolk|Cumbria|Lancashire|Durham",
    "Europe|Asia|Africa",
    "northern|southern|eastern|western",
]
_LITTLE = "and|or|to|in|for|on|by|with|at|is|has|was|will|who|from|into|of|are|were|may|must|can|not|that|which|when|as"
THE_UK = re.compile(rf"\b[Tt]he (?:UK|United Kingdom)(?=[.,;:)]| (?:{_LITTLE})\b)")

_PLAIN = (
    rf"(?!(?:{_LITTLE}|about|under|over|through|between|against|within|than|per|be|been|have|had|should|would|could|where"
    r"|shall|if|while|there|it|they|what|how|also)\b)[\w’'-]+"
)
DETERMINERS = "The A An Our Your Their Its Each Another Two".split()
_NOUN = (
    rf"(?:(?:{'|'.join([*DETERMINERS, *map(str.lower, DETERMINERS)])}) (?:{_PLAIN} ){{0,2}}?{_PLAIN}"
    rf"|(?!(?:It|He|She|We|You|They|I|These|This|Those|To|When|While|If|As|In|At|On|For|There|What|Who|How|Please|I[’']\w+)\b)"
    rf"{_CAPITAL}(?: (?:of )?{_CAPITAL})*)"
)
_OPEN = r"(?:^|(?<=, )|(?<=that )|(?<=if )|(?<=[Ww]hen )|(?<=where )|(?<=because )|(?<=; ))"
_SHUT = rf"(?=[.,;:)]| (?!of\b|and\b)(?:{_LITTLE}|before|after|because|until|since|through|against|under|if)\b)"
_DOES = (
    "support|help|advis|fund|inform|tell|told|ask|notif|consult|appoint|train|inspect|regulat|assess|protect|represent|"
    "replac|requir|invit|contact|approv|assist|warn|examin|monitor|lead|led|defeat|charg|attack|follow|precede|control|"
    "own|contain|includ|exceed|affect|caus|influenc|govern|pay|paid|employ|review|visit|doubl|cover|set"
)
_MODAL = "(?:will|may|must|can|should|would|could|shall|has|have|had) (?:not )?"
ROLES = [
    re.compile(rf"{_OPEN}(?P<a>{_NOUN})(?P<mid> {pattern})(?P<b>{_NOUN}){_SHUT}")
    for pattern in (
        rf"(?:{_MODAL})?(?:{_DOES})(?:e?s|e?d|ies|ied|y|e|t)? ",
        rf"(?:(?:is|are|was|were) |{_MODAL}(?:be|been) )(?:[a-z]+ )?[a-z]+(?:ed|en|wn|ld|nt|de|ught|led|set|put) by "
        r"(?!the (?:end|time|date|way|law|beginning|year|day|means|same))",
        r"(?:is|are|was|were|looks?) (?:\w+er|more \w+|less \w+) than ",
        r"(?:is|are|was|were) (?:\w+ )?(?:part of|responsible (?:to|for)|accountable to|based on|subject to|owned by) ",
        r"(?:report|replie|respond|belong|appli|refer|appeal|object|relate|lead|le|contribute|add)(?:s|ed|d|es)? to ",
        r"(?:is|are|was|were|has been|have been|will be) (?:\w+ )?(?:sent|given|told|shown|sold|lent|moved|added) to ",
    )
] + [
    re.compile(rf"(?<=\bfrom )(?P<a>{_NOUN})(?P<mid> to )(?P<b>{_NOUN}){_SHUT}"),
    re.compile(rf"(?<=\bby )(?P<a>{_NOUN})(?P<mid> (?:to|against|on behalf of) )(?P<b>{_NOUN}){_SHUT}"),
    re.compile(
        rf"\b(?:(?<=between )|(?<=for ))(?P<a>{_NOUN})(?P<mid> (?:against|rather than|but not) )(?P<b>{_NOUN}){_SHUT}"
    ),
    re.compile(r"\b(?P<a>[a-z]+(?P<e>s|ing|al))(?P<mid> (?:rather than|instead of) )(?P<b>[a-z]+(?P=e))(?=[.,; ])"),
]

TURNED = re.compile(  # and "from" in place of "to"
    r"\b(?P<verb>sent|send|moved?|returned|transferred|travel(?:led)?|exported|deported|taken|brought) to"
    r"(?= (?:the|their|our|its|[A-Z]))"
)

# Rules match words in lower case, and the first word of a sentence too.
_THEN = "about|only|just|necessarily|all|every|yet|any|simply|always|to|also|so|less|more|than|be any|no|not|never|well"
NEGATION_REMOVED = rf"""
\b(is|are|was|were|will|should|must|would|could|do|does|did|ha[sd]|have)(?: not|n[’']t) (?!(?:{_THEN})\b)(\w+) => \1 \2
\b(?:cannot|can not|can[’']t) (?!(?:{_THEN})\b)(\w+) => can \1
\bno longer (\w+) => still \1
\bwithout (?!\w+ing\b|any\b)(\w+) => with \1
\bnever (\w+) => always \1
\b(is|are|was|were|has|have) no (?!(?:longer|one|other|doubt|fewer|{_THEN})\b)(\w+) => \1 some \2
\bunless (\w+) => if \1
\bun(able|likely) to (\w+) => \1 to \2"""
NEGATION_ADDED = rf"""
(?<!here )(?<!that )(?<!so )\b(is|are|was|were|will|must|should|would|could) (?!(?:{_THEN}|will)\b)([a-z]+) => \1 not \2
\bcan (?!(?:{_THEN})\b)([a-z]+) => cannot \1
\b(has|have|had) (been|made|taken|given|shown|put|led|become|begun|kept|held|(?!need|seed)[a-z]{{3,}}ed)\b => \1 not \2
\b(include|require|provide|contain|allow|depend|belong|follow|give|bring|describe)s (?!in\b)(\w+) => does not \1 \2"""
MODALITY = r"""
(?<!the )(?<!a )(?<!their )(?<!his )(?<!her )(?<!and )\bwill(?= (?!or\b|of\b)[a-z]) => may
\b(?:may|might|could|can)(?= (?!or\b|have\b|well\b|not\b|only\b)[a-z]) => will
\b(?:must|shall)(?= (?!have\b|not\b)[a-z]) => may
\bshould(?= (?!have\b)[a-z]) => must
\b(?:is|are) (?:expected|likely|due|set) to\b(?= [a-z]) => will"""
STATUS = r"""
\bannounced\b => discussed
\bannounce\b => discuss
\bdiscuss(ed)\b => announc\1
\bagreed to(?= [a-z]) => offered to
\bagree to(?= [a-z]) => offer to
\b(?:(?<=was )|(?<=were )|(?<=been ))agreed\b => discussed
\bagreed that\b => suggested that
\bagreed on\b => talked about
\bagree on\b => talk about
\b(?:launched|introduced|implemented|established|created|developed)\b => proposed
\b(?:launch|introduce|implement|establish)(?= (?:a|an|the|new|its|our)\b) => propose
\bproposed\b => introduced
\b(?:signed|published)\b => drafted
\b(?:approved|adopted)\b => considered
\bcompleted\b => started
\bdecided to\b => hoped to
\bis (?:expected )?to be\b => has been
\bare (?:expected )?to be\b => have been
\b(?:plans|intends|proposes) to\b => has begun to
(?<=we )(?:plan|intend|propose) to\b => have begun to
\bhas been(?= [a-z]+ed\b) => is to be
(?:(?<=[^u]s )|(?<=people ))have been(?= [a-z]+ed\b) => are to be
\b(?:awarded|granted|delivered|achieved)\b => promised
\bconfirmed\b => suggested
\breceived\b => requested
\bbegan(?= (?:in|on|with|at)\b) => was due to begin
\bcommitted to\b => thinking about
(?<=was )(?:set up|founded)\b => proposed
\brequested\b => received
\brecommended\b => ordered"""

QUANTIFIER = r"""
\ball of\b => some of
\b(?:most|each|several) of(?= (?:the|our|these|those|their|its)\b) => none of
(?<!how )\b(?:some|many) of(?= [a-z]) => all of
(?<!at )(?<!after )(?<!above )(?<!for )(?<!in )(?<!not )\ball(?= (?:the|our|their|its|these|those|your) ) => some of
(?<!at )(?<!not )\ball(?= (?!(?:is|was|this|has|across|times|ways|nationalities)\b)[a-z]+s\b) => some
\bsome(?= (?!(?:times|days|weeks|months|years|others)\b)[a-z]+s\b) => all
\bmost(?= (?:people\b|[a-z]+s (?:are|have|of|in|who)\b)) => few
(?<!how )(?<!as )(?<!so )(?<!too )(?<!very )\bmany(?= (?:people\b|[a-z]+s\b)) => few
(?<!a )(?<!very )\bfew(?= (?:people\b|[a-z]+s\b)) => many
(?<!not )\bevery(?= (?!(?:year|month|week|day|time|other|two|three|one|effort)\b)[a-z]+\b) => almost no
\beach(?= (?!(?:year|month|week|day|time|of)\b)[a-z]+ (?:is|was|has|had|must|will|may|can)\b) => almost no
\bnone of\b => one of
(?<!until )\bat least(?= (?:[£$€\d]|a\b|one\b|two\b|three\b|five\b|ten\b)) => at most
\b(?:more than|up to)(?= [£$€\d]) => less than
\b(?:less|fewer) than(?= [£$€\d]) => more than
\b(?:always|never)\b => sometimes
\bsometimes\b => always
\brarely\b => often
(?<!as )(?<!how )(?<!most )(?<!more )(?<!very )\b(?:usually|often|normally|generally|frequently)\b => rarely"""
OPPOSITES = r"""
\bmore\b => less
\bless\b => more
\bnew\b => old
\b(?:good|great)\b => poor
\bbetter\b => worse
\b(?:strong|high|big|large)(?=er\b|\b) => weak
\bfirst\b => last
\bincreas(es?|ed|ing)\b => reduc\1
\breduc(es?|ed|ing)\b => increas\1
\bimportant\b => minor
\bright\b => wrong
\bsafe\b => dangerous
\bpublic\b => private
\b(?!section|question|mention|relation|addition|regulation|portion)[a-z]{4,}tion\b => reduction
\b[a-z]{3,}(?<!docu)ment\b => settlement
\b[a-z]{3,}ity\b => authority
\b[a-z]{3,}ive\b(?= [a-z]) => passive
^[a-z]{4,}ing\b(?= [a-z]) => closing
^[a-z]{4,}ed\b(?= [a-z]) => rejected
\b(?!profession|approv|propos|individu|appe)[a-z]{3,}al\b(?= [a-z]{4,}) => local"""
QUOTATION = re.compile(r"“([^“”]{8,300})”|(?<!\w)\"([^\"]{8,300})\"(?!\w)")
URL = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S+\.(?:uk|com|org|net)\b\S*")
