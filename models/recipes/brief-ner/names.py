"""Many names for the training: those of the package Faker (MIT licence), and names put together from parts. No word of a name
that is kept out (words.py) is in them."""
import importlib
import pkgutil
import random as rnd
import re
from functools import cache

import wordnet
import words

COUNT = 30_000      # of brands and of products
PERSONS, CITIES = 9_000, 7_000
LATIN = re.compile(r"[A-ZÀ-Ž][A-Za-zÀ-ɏ'-]+( [A-ZÀ-Ž][A-Za-zÀ-ɏ'-]+)?")
STREET_KINDS = """Alley Approach Arcade Bank Bay Boulevard Brae Broadway Bypass Causeway Chase Circle Circus Common Corner Croft Cross
Dale Edge Embankment End Esplanade Field Fold Garth Glen Green Heights Highway Junction Landing Loop Mall Meadow Mount Oval Parkway Pass
Passage Path Pike Place Plaza Point Quay Reach Ridge Side Square Strand Terrace Trail Turn Union Vale View Villas Way Wynd Yard
Rd. Ave. Blvd Dr Ln Ct Pl Sq Ter Pkwy Hwy""".split()
GERMAN_ROOTS = """Acker Ahorn Amsel Apfel Auer Bach Bäcker Bahn Berg Birken Blumen Brunnen Buchen Dom Drossel Eichen Eisen Erlen Eschen Falken
Feld Fisch Flieder Forst Freiheits Friedens Garten Glocken Goten Graben Grün Hafen Hasel Heide Herren Hirsch Hof Holz Insel Kaiser Kapellen
Kirsch Klee Kloster Kohl König Korn Kreuz Kurfürsten Lerchen Lilien Linden Löwen Mai Markt Mauer Meisen Mittel Moor Morgen Mühlen Münster Nelken
Neu Nord Nuss Ober Ost Park Pappel Post Quell Rathaus Reh Rhein Ring Römer Rosen Sand Schiller Schloss Schmiede Schul See Sonnen Spital
Stein Stern Süd Tannen Tal Teich Tor Turm Ulmen Unter Veilchen Vogel Wald Wall Wasser Weiden Wein West Wiesen Winkel Ziegel""".split()
GERMAN_KINDS = "straße weg gasse platz allee ring damm ufer steig pfad graben berg hof tor wall markt str. chaussee stieg kamp feld anger zeile".split()
GERMAN_BEFORE = ["Am", "An der", "Im", "Zum", "Zur", "Auf dem", "In der", "Beim", "Hinter dem", "Unter den", "Alte", "Neue"]
FRENCH_KINDS = "rue rue avenue boulevard place quai allée chemin cours route impasse square passage sentier montée".split()
FRENCH_ROOTS = """Église Gare Mairie École Liberté République Victoire Fontaine Forêt Chapelle Colline Rivière Plage Tour Prairie Pins Tilleuls
Roses Acacias Cerisiers Écoles Vignes Oliviers Marronniers Prés Jardins Bois Pont Port Parc Lac Stade Canal Général Maréchal Docteur Soleil
Puits Verger Vieux Ruisseau Marronnier Faubourg Commerce Temple Lavoir Midi Nord Capitaine Couvent""".split()
MADE_OF = """wood birch leaf stone river lake hill brook moss fern oak ash elm sun moon star sky cloud rain snow frost wind storm sea wave tide
shore sand rock iron steel copper gold silver amber ruby jade pearl crystal glass fire ember flame spark light bright dark blue red green
white black grey rose lily clover thyme sage mint honey maple cedar pine willow hazel fox wolf bear hawk raven swan heron otter lynx stag
owl wren finch robin swift bold true wild free pure fair good high north south east west mill forge craft bridge gate tower field meadow
garden orchard farm barn cabin lodge harbour port bay cove cliff crest peak summit ridge dale glen ford well spring pond home hearth stitch
thread loom velvet cotton linen silk feather down wing paper ink quill anchor sail compass lantern candle clock wheel cart coach path trail
way step stride leap jump run urban metro nova terra aqua luna sola vita eco bio techno smart quick easy happy lucky little grand royal""".split()
BRAND_ENDS = """a o ia io ora ana ina ella etta ux ix ex on en an is us um ar or er ique ique ette elle eon ium ara iva ova alia ero elo
ano ico eko aro well ton ley field mere dale ford wick worth combe ham stead bury gate haven ridge view land mark smith way max tec tech
ly ify able kin ling y""".split()
TOWN_ENDS = "ton ville bury ham field mouth ford borough haven port stead wick by minster pool dale ley worth don cester chester land view burg".split()
MATERIALS = """wooden steel glass cotton leather wool silk bamboo plastic rubber ceramic cast-iron copper linen paper stone felt denim oak
folding portable electric cordless solar wireless digital inflatable waterproof reusable adjustable mini travel camping garden kitchen
bathroom office desk bedroom baby kids dog cat pet bike car beach ski running hiking fishing cycling yoga sports gaming party picnic
winter summer rain organic vegan fresh roasted stainless insulated foldable stackable foam velvet quilted knitted striped""".split()


@cache
def training() -> words.Names:
    """What the training's names are drawn from: those of words.py several times, so that they are not lost among the others."""
    random, hand = rnd.Random(5), words.TRAINING
    first, last = (_real("person", [f"{kind}_names{sex}" for sex in ("", "_female", "_male")]) for kind in ("first", "last"))
    cities = _real("address", ["cities", "city_names"])
    thinned = lambda names, count: random.sample(names, min(count, len(names)))
    first, last = thinned(first, PERSONS) + 6 * hand.first, thinned(last, PERSONS) + 6 * hand.last
    cities = thinned(cities, CITIES) + 30 * hand.cities + _kept(lambda: _town(random, last), 3_000)
    streets = 20 * hand.streets + thinned(last, 1_500) + [word.capitalize() for word in MADE_OF if word not in words.KEPT_OUT]
    kinds = 4 * hand.street_kinds + 2 * [kind for kind in STREET_KINDS if kind.lower() not in words.KEPT_OUT_KINDS]
    german = 8 * hand.german_streets + _kept(lambda: _german(random, last), 2_500)
    french = 20 * hand.french_streets + _kept(lambda: _french(random, last), 1_500)
    brands = 60 * hand.brands + _kept(lambda: _brand(random, last), COUNT)
    products = 10 * hand.products + _kept(lambda: _product(random), COUNT, _is_product)
    return words.Names(first, last, streets, kinds, german, french, cities, products, brands)


def _real(kind: str, attributes: list[str]) -> list[str]:
    package, found = importlib.import_module(f"faker.providers.{kind}"), set()
    for each in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{each.name}").Provider
        for attribute in attributes:
            listed = vars(provider).get(attribute)
            found.update(name for name in listed if isinstance(name, str)) if isinstance(listed, (tuple, list, dict)) else None
    return sorted(name for name in found if LATIN.fullmatch(name) and _is_new(name))


def _is_new(name: str) -> bool:
    return not set(re.split("[ '-]", name.lower())) & words.KEPT_OUT and name.lower() not in words.KEPT_OUT


def _is_product(name: str) -> bool:
    return _is_new(name) and name.split()[-1].removesuffix("s") not in words.KEPT_OUT_NOUNS and name.split()[-1] not in words.KEPT_OUT_NOUNS


def _kept(draw, count: int, is_new=_is_new) -> list[str]:
    made = (draw() for _ in range(count))
    return [name for name in made if is_new(name)]


def _town(random: rnd.Random, last: list[str]) -> str:
    root = random.choice((random.choice(MADE_OF).capitalize(), words.invented(random)[:5], random.choice(last)[:6]))
    name = root + random.choice(TOWN_ENDS)
    return random.choices((name, f"{random.choice(('New', 'Saint', 'Fort', 'Port', 'Great', 'Upper', 'North', 'East'))} {name}"), (8, 1))[0]


def _german(random: rnd.Random, last: list[str]) -> str:
    root = random.choice(GERMAN_ROOTS) + random.choice(("", "", "", "er", "n", "s"))
    if random.random() < 0.15:
        return f"{random.choice(GERMAN_BEFORE)} {random.choice((root, root + random.choice(GERMAN_KINDS)))}"
    if random.random() < 0.15:
        return f"{random.choice(last)}-{random.choice(('Straße', 'Platz', 'Allee', 'Ring', 'Weg'))}"
    return (root if random.random() < 0.7 else random.choice((words.invented(random), random.choice(last)))) + random.choice(GERMAN_KINDS)


def _french(random: rnd.Random, last: list[str]) -> str:
    root = random.choice(FRENCH_ROOTS + [words.invented(random)] * 15)
    of = "de l'" if root[0] in "ÉEA" else random.choice(("de la ", "du ", "des ", "de "))
    return f"{random.choice(FRENCH_KINDS)} {random.choice((of + root, of + root, 'Saint-' + words.invented(random), random.choice(last), random.choice(words.FIRST) + ' ' + random.choice(last)))}"


def _brand(random: rnd.Random, last: list[str]) -> str:
    lexicon, kind = wordnet.load(), random.random()
    part = lambda: random.choice(MADE_OF)
    if kind < 0.3:
        return (part() + random.choice((part(), part(), random.choice(BRAND_ENDS)))).capitalize()
    if kind < 0.5:
        return words.invented(random)[:6].rstrip("aeiouy") + random.choice(BRAND_ENDS)
    if kind < 0.65:
        word = random.choice((random.choice(lexicon.nouns), random.choice(lexicon.adjectives)))
        return random.choice((word, word, word[: random.randrange(3, 6)] + random.choice(BRAND_ENDS))).capitalize()
    if kind < 0.75:
        return random.choice(last)
    if kind < 0.85:
        return f"{part().capitalize()} {part().capitalize()}" if random.random() < 0.6 else part().capitalize() + part().capitalize()
    return words.invented(random)


def _product(random: rnd.Random) -> str:
    lexicon = wordnet.load()
    head = random.choice((random.choice(words.PRODUCTS), random.choice(lexicon.products)))
    if random.random() < 0.15:
        head = words.invented(random).lower()
    if random.random() < 0.55:
        before = random.choice((random.choice(MATERIALS), random.choice(MATERIALS), random.choice(lexicon.nouns), random.choice(words.PRODUCTS).split()[0],
                                random.choice(lexicon.products).split()[0], words.invented(random).lower()))
        head = f"{before} {head.split()[-1]}"
    if random.random() < 0.2 and not head.endswith("s"):
        head += "es" if head.endswith(("sh", "ch", "x")) else "s"
    return head
