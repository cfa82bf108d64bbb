"""Words that exclude each other in one place: a table for the comparators of opposites and of denials.

A row is a set, a bar divides its sides. Forms that the stemmer leaves apart are listed. By judgement: pairs that honest
paraphrases put in each other's place ("employer", "employee" under one stem) are left out,
and so are seasons and stretches of time, which are compared as dates and numbers.
"""

from __future__ import annotations

from assistant.facts.swapping import table

OPPOSITES = table(
    line
    for line in """
rise rises rose risen rising climb climbed grow grew grown growth soar increase surge up | fall fell fallen drop decline
 decrease shrink shrank shrunk plunge dip reduce reduction down
more | less fewer
higher highest | lower lowest
bigger larger greater largest biggest | smaller smallest
older oldest elder eldest | younger youngest
longer longest | shorter shortest
better best | worse worst
faster fastest quicker | slower slowest
stronger strongest strengthen | weaker weakest weaken
strong | weak
most | least
high | low
long | short
rich wealthy richest wealthier | poor poorest poorer
hot hotter hottest warm warmer | cold colder coldest cool cooler
early earlier earliest | late later latest
before | after
above over | below under underneath beneath
north northern northwards | south southern southwards | east eastern eastwards | west western westwards
northeast northeastern | northwest northwestern | southeast southeastern | southwest southwestern
left | right
first | last final
open opens opened opening reopened | close closes closed closing closure shut
import imports imported importing | export exports exported exporting
accept accepted accepts acceptance | reject rejected rejects rejection refuse refused
approve approved approves approval | reject rejected rejects rejection block blocked
arrive arrived arrives arrival arrivals | leave left leaves depart departed departure departures
join joined joins | leave left leaves quit
enter entered enters entering entry | leave left leaves exit exited exits
support supported supports supporters backed backs | oppose opposed opposes opponents opposition
win won wins winner winning victory | lose lost loses loser losing defeat
beat defeated | lost
largest | smallest
legal lawful legally lawfully | illegal unlawful illegally unlawfully
regular | irregular
present | absent
include included includes including | exclude excluded excludes excluding
allow allowed allows permit permitted permits | ban banned bans prohibit prohibited prohibits forbid forbidden
start started starts began begin begins begun launch launched | end ended ends ceased cease finish finished stopped
former previous | current present
majority | minority
public | private
domestic home | foreign overseas
internal | external
national | local
urban | rural
men man male males boys boy | women woman female females girls girl
father fathers | mother mothers
brother brothers | sister sisters
son sons | daughter daughters
husband husbands | wife wives
king kings | queen queens
morning | afternoon | evening | night
daytime | nighttime
spend spent spending | save saved saving savings
buy bought buys buyer purchase purchased | sell sold sells seller sale
lend lent lender | borrow borrowed borrower
gain gained gains | loss losses lost
profit profits | loss losses
success successful successfully succeed succeeded | failure unsuccessful unsuccessfully failed fail
positive positively | negative negatively
safe safer safely | unsafe dangerous dangerously
guilty convicted | innocent acquitted cleared
possible | impossible
likely | unlikely
able | unable
known | unknown
employed employment | unemployed unemployment
alive survived survivor | dead died killed
temporary temporarily | permanent permanently
voluntary voluntarily | compulsory mandatory obligatory
mild minor | severe serious major
simple easy easily | complex complicated difficult hard
new | old existing
upper | lower
top | bottom
front | rear back
inside within indoors | outside outdoors
maximum | minimum
increase expand expanded expansion extend extended | cut cuts cutting reduce reduced
praise praised praises | criticise criticised criticises condemn condemned
attack attacked attacks attackers offensive | defend defended defends defenders defensive
confirm confirmed confirms | deny denied denies
appointed hired recruited | dismissed sacked fired removed
created establish established founded formed | abolished abolish dissolved dissolve scrapped
raise raised raises lift lifted | lower lowered lowers cut
encourage encouraged encourages | discourage discouraged discourages
friend friends ally allies | enemy enemies
victim victims | perpetrator perpetrators
tenant tenants | landlord landlords
teacher teachers | pupil pupils student students
doctor doctors | patient patients
parent parents | child children
adult adults | child children
land | sea
direct directly | indirect indirectly
formal formally | informal informally
full fully completely entirely wholly | partial partially partly
agree agreed agrees agreement | disagree disagreed disagrees disagreement
improve improved improves improvement | worsen worsened worsens deteriorate deteriorated
add added adds | remove removed removes subtract
tighten tightened stricter | relax relaxed loosen loosened looser
push pushed | pull pulled
""".replace("\n ", " ")
    .strip()
    .splitlines()
)


def opposites_of(word: str) -> frozenset[str]:
    """Return the stems on the other sides of the sets that a stem belongs to."""
    sides = OPPOSITES.get(word, ())
    return frozenset(
        other
        for other, entries in OPPOSITES.items()
        if any(group == ours and side != our_side for group, side in entries for ours, our_side in sides)
    )
