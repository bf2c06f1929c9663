"""Plain sentences from a small grammar over common words, for training alone: what they say makes little sense, but entities
stand in them as they stand in English, after many more words than anybody writes templates for."""
import random as rnd
import re

import wordnet
import words

VERBS = """accept add advertise announce answer approve arrange ask begin book bring build buy call cancel carry change charge
check choose collect come compare complain confirm contact copy cost count deliver describe design discuss draft drop end
exchange expect explain fail film find finish fit follow forget get give go handle help hold include introduce invite keep
launch leave lend like list look lose make match meet mention miss move name need note offer open order owe own pack park pay
phone photograph pick place plan post prefer prepare present print promise promote prove publish put quote read receive
recommend refund refuse reject remind remove repair replace reply report reserve return ring save scan search sell send serve
show sign sort spend split start stay stop store suggest supply swap take talk tell test thank think throw touch track try turn
unpack update use visit wait want watch wear wish work wrap write""".split()
PAST = """accepted added announced approved arrived asked began booked bought broke brought called cancelled changed charged
chose collected complained confirmed delivered described designed dropped ended exchanged expected explained failed fell
finished followed forgot found gave got went heard held hoped invited kept launched leaked left listed lost loved made meant
met mentioned missed moved needed noticed offered opened ordered owed paid picked planned posted prepared presented promised
put quoted reached read received refunded refused remembered repaired replaced returned said saw sent served shipped showed
signed sold spent split started stayed stopped suggested swapped talked tested thanked thought told took tried turned used
visited waited wanted watched wore worked wrote""".split()
NOUNS = """account agency answer audience author bill board box brochure budget button campaign catalogue chance choice claim client
clip code colleague colour complaint contract copy corner cost cover customer damage deal decision delay department deposit
design discount door draft editor email family fault feature fee figure film folder form friend gift group guarantee guest help
hotline hour house idea interview invoice issue job label launch layout leaflet letter line list logo magazine mail manager market
meeting member message mistake morning neighbour news newsletter night note number office offer option order owner page parcel part
partner party payment person photo picture pitch place plan poster price problem project proof question quote radio reader reason
receipt refund reminder repair reply report request result review sale sample screen season service shelf shop slogan spot staff
statement station storm story subject team text thing ticket title topic town trip type van version video visit voice voucher
warehouse warranty way website week window winner word work year
ability accident activity addition advice affair afternoon age agent agreement aim air amount animal appeal approach area argument arm
art article aspect assistant attempt attention attitude aunt autumn average back balance bank bar basis beach beginning benefit bit
blood boat body bonus border boss boy branch break brother building bus business cab call cancer capital car career case cash cause
central century chain chairman chapter character charity child church circle city class clerk climate club coast code coin coffee
college company comparison concept concern condition conference confidence connection consumer contact content context control
conversation count country couple courier course court cousin credit crisis crowd culture cup currency customs cycle dad danger data
daughter day debate debt degree demand dentist desire detail development difference dinner direction director disease district doctor
dog dollar dozen dream drink driver duty east economy edge edition education effect effort election employee end energy engineer
entry environment error evening event evidence example exception exercise experience expert expression eye face fact factory
failure faith farm fashion father favour fear field fight figure finger fire firm fish flat flight floor focus food foot force
forest form fortune front fun function fund future game gap garden gas gentleman girl glass goal god gold government grandmother ground
growth guess guide guy habit hair half hall hand harm head health heart heat height hell help hero history hobby hole holiday home
hope horse hospital host hotel hour human hunger husband ice image impact impression inch income increase industry influence
information insurance interest island item journey judge key kid king kitchen knowledge lack lady lake land language law lawyer lead
leader league leg length lesson level library life limit link lip loan location lord loss love luck lunch machine majority male man map
mark marriage mass master match material matter meal meaning measure media medicine memory mind minister minority minute mirror mode
model moment money month mood moon mother motion mouth movement movie mum music mystery name nation nature neck need nerve network
noise north nose novel nurse object occasion ocean officer oil operation opinion opportunity opposite option organ origin outcome
pain pair panel parent park passage passenger past path patient pattern peace people percent period phase philosophy phrase piece pilot
player plenty poem poet point police policy pool population position post pound power practice presence pressure pride prince
principle prison prize process profit programme progress public purpose quality quarter queen race rain range rate reaction reality
record region relation religion rent research respect rest restaurant result return rhythm rice right ring risk river road rock role
roof room root route row rule rumour safety salary sand scale scene schedule school science sea season second secret section sector
security seed self sense sentence series session shape share ship shock side sight sign silence silver sister site situation size
skill skin sky sleep smell smile snow society soil soldier solution son song sort soul sound source south space speech speed spirit
sport spring square stage standard star state station step stomach strategy stream street strength stress strike structure student
studio study stuff style success sugar suit sum summer sun surface surprise survey system talent target task taste tax tea teacher
technique technology television temperature tenant tension term test theme theory threat throat title tone tongue tool top touch
tour tourist tower track trade tradition traffic training transfer transport treat treatment tree trend trial trick trouble truck
trust truth uncle union unit university user value variety victim victory view village visitor volume vote wage wall war waste water wave
weakness wealth weather weekend weight welcome west wheel wife wind wine wing wish witness woman wonder wood world worry worth youth
zone""".split()
NOUNS = [noun for noun in NOUNS if noun not in words.PRODUCT_NOUNS]      # of no product, held out or not
ADJECTIVES = """angry annual big bright broken busy cheap clean clear cold common correct current daily dear different early easy empty exact
extra fair false fast final fine first free fresh friendly full general good great half happy hard high honest important kind large
last late legal light little local long loud main missing modern monthly national new next nice old open other past perfect plain
poor popular possible proper public quick quiet ready real recent red regular right rough sad safe second separate serious short
similar simple slow small soft special strong sure tall tidy tired total true usual valid warm weak whole wide wrong young""".split()
ADVERBS = """again already also always anyway certainly clearly early easily even ever finally gladly hardly honestly just later maybe
merely mostly nearly never now often once only perhaps possibly quickly quite rarely really recently simply sometimes soon still
suddenly then there today together tomorrow twice usually well yesterday yet""".split()
PREPOSITIONS = "about above after against along among around at before behind below beside besides between by concerning despite during except for from in inside into like near of off on onto opposite out over past per since than through to toward under unlike until via with within without".split()
SUBJECTS = "I we you they he she it somebody nobody everybody".split()
DETERMINERS = "a the my our your this that every another one each his her their no any".split()
OPENERS = """and but so because although if when while since as until after before unless once that who whoever what why how where
whether whereas though whatever wherever whenever which whose also even only just still yet then thus therefore hence maybe
perhaps apparently sadly luckily surely obviously today yesterday tomorrow now here there some any many most all both either neither
nobody everybody somebody such like unlike except besides instead no not yes please sorry well look listen suppose imagine""".split()

# What usually stands before a value of each type; `*` is any preposition.
LEADS = {
    "date": ["on", "by", "until", "before", "after", "from", "since", "till", "for", "starting", "due", "dated", "", ":", "*", "("],
    "price": ["for", "at", "of", "over", "costs", "is", "only", "just", "under", "about", "than", "paid", "spend", "worth", "around", "", ":", "*", "("],
    "phone": ["at", "on", "under", "call", "ring", "phone", "tel", "number", "is", "mobile", "try", "dial", "", ":", "*", "("],
    "email": ["to", "at", "via", "from", "mail", "write", "is", "through", "contact", "and", "or", "", ":", "*", "("],
    "address": ["to", "at", "in", "from", "near", "is", "visit", "address", "towards", "behind", "", ":", "*"],
    "card": ["with", "on", "from", "to", "card", "is", "number", "charge", "use", "using", "debit", "typed", "entered", "", ":", "*"],
    "brand": ["from", "by", "at", "with", "for", "of", "about", "is", "and", "or", "than", "to", "*"],
    "person": ["from", "by", "to", "with", "for", "dear", "ask", "told", "says", "and", "is", "meet", "*"],
}
SHAPES = ("date", "price", "phone", "email", "address", "card")      # told apart by what they look like



def _word(own: list[str], of_wordnet: str, random: rnd.Random) -> str:
    """Half of the words are those above, which briefs and customers use; the others are any of the language."""
    return random.choice(own) if random.random() < 0.5 else random.choice(getattr(wordnet.load(), of_wordnet))


def sentence(random: rnd.Random) -> str:
    """With `{type}` where a value comes."""
    text = " ".join(part for part in _clause(random) if part)
    if random.random() < 0.3:
        text = f"{_word(OPENERS, random.choice(('adverbs', 'nouns', 'adjectives', 'verbs')), random)}{random.choice(('', '', '', ',', ':'))} {text}"
    if random.random() < 0.25:
        text += random.choice((", ", ", ", " ", "; ", " - ")) + " ".join(part for part in [random.choice((random.choice(OPENERS), "")), *_clause(random)] if part)
    text = text.replace(" ,", ",").replace(" :", ":").replace("( {", "({")
    text = text[0].upper() + text[1:] if random.random() < 0.9 else text
    return text + random.choices((".", "!", "?", "", ","), (70, 10, 10, 7, 3))[0]


def _clause(random: rnd.Random) -> list[str]:
    kind = random.random()
    if kind < 0.12:
        return [_word(VERBS, "verbs", random), _object(random), *_additions(random)]
    if kind < 0.2:
        return [random.choice(("{person}", "{brand}", "{product}", *(f"{{{shape}}}" for shape in SHAPES))), random.choice((":", ",", "-", "is", "/", "|")), _object(random)]
    if kind < 0.26:
        word = _word(NOUNS, random.choice(("nouns", "verbs", "adjectives")), random)
        value = random.choices(("{person}", "{brand}", "{product}"), (60, 25, 15))[0]
        return [word, random.choice((value, value, f"({value})", f"{value} ({{{random.choice(SHAPES)}}})")), random.choice(("", "and", "but", _present(random))), _object(random)]
    modal = random.choice(("will", "can", "must", "should", "did not", "could", "would", "may", "cannot", "do not", "to"))
    verb = random.choices(([random.choice(PAST)], [_present(random)], [modal, _word(VERBS, "verbs", random)]), (40, 25, 35))[0]
    adverb = _word(ADVERBS, "adverbs", random) if random.random() < 0.25 else ""
    return [_subject(random), adverb, *verb, _object(random), *_additions(random)]


def _present(random: rnd.Random) -> str:
    verb = _word(VERBS, "verbs", random)
    return verb[:-1] + "ies" if re.search("[^aeiou]y$", verb) else verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o", "z")) else "s")


def _noun(random: rnd.Random) -> str:
    adjective = f"{_word(ADJECTIVES, 'adjectives', random)} " if random.random() < 0.3 else ""
    return f"{random.choice(DETERMINERS)} {adjective}{_word(NOUNS, 'nouns', random)}"


def _product(random: rnd.Random) -> str:
    return f"{random.choice(DETERMINERS)} {random.choice(('', '', '', '', '{brand} ', 'new ', 'old '))}{{product}}" + (f" {random.choice(NOUNS)}" if random.random() < 0.08 else "")


def _subject(random: rnd.Random) -> str:
    return random.choices((random.choice(SUBJECTS), "{person}", "{brand}", _product(random), _noun(random), "{person} from {brand}", "{person} and {person}"),
                          (34, 14, 14, 14, 18, 4, 2))[0]


def _object(random: rnd.Random) -> str:
    return random.choices(("", "{person}", "{brand}", _product(random), "{product}", _noun(random), f"{_word(NOUNS, 'nouns', random)} {{number}}", "{price}", "{count} " + _word(NOUNS, "nouns", random)),
                          (14, 8, 10, 24, 5, 24, 4, 7, 4))[0]


def _additions(random: rnd.Random) -> list[str]:
    parts = []
    for _ in range(random.choices((0, 1, 2, 3), (20, 45, 25, 10))[0]):
        drawn = random.random()
        if drawn < 0.62:
            kind = random.choice((*SHAPES, *SHAPES, "brand", "brand", "person"))
            lead = random.choice(LEADS[kind])
            lead = random.choice(PREPOSITIONS) if lead == "*" else lead
            parts.append(f"{lead} {{{kind}}})" if lead == "(" else f"{lead} {{{kind}}}".strip())
            if random.random() < 0.12:
                parts.append(f"{random.choice(('and', 'or', 'to', 'until', ',', '/', '-', '-', '–'))} {{{kind}}}")
        elif drawn < 0.82:
            parts.append(f"{random.choice(PREPOSITIONS)} {random.choice((_product(random), _noun(random), _noun(random)))}")
        elif drawn < 0.9:
            parts.append(random.choice(("at {time}", "on {weekday}", "in {month}", "{count} times", "after {count} days", "{count}%", "no. {number}")))
        else:
            parts.append(_word(ADVERBS, "adverbs", random))
    return parts
