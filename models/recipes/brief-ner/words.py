"""Names in three splits: those of the development and held-out lists are never in a training text, neither as a whole nor as a
word of a name. The recipe is developed on the second; the third is only measured."""
import importlib.util
from dataclasses import dataclass
from pathlib import Path

_spec = importlib.util.spec_from_file_location("copywriter_products", Path(__file__).resolve().parents[1] / "tiny-copywriter" / "products.py")
_products = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_products)

FIRST = """Anna Ben Carla David Elena Felix Greta Hugo Irene Jonas Katrin Leo Maria Noah Olivia Paul Quentin Rosa Simon Tanya
Uwe Vera Walter Xenia Yusuf Zoe Aaron Bianca Chen Dmitri Emily Fatima George Hannah Ivan Julia Kenji Laura Mohammed Nina Oscar
Priya Rahul Sarah Thomas Ursula Victor Wendy Yuki Zara Adam Brigitte Colin Deborah Edward Frances Gordon Helen Ian Joanna Keith
Linda Martin Nora Owen Peter Rachel Stefan Teresa Umar Valerie William Amelia Bruno Cecilia Diego Eva Francois Gloria Henrik Ines
Jack Kofi Lena Miguel Natalia Omar Patricia Ramon Sofia Tim Vincent Aisha Bjorn Clara Daniel Esther Frank Grace Hamid Ingrid James
Karen Lars Mei Niklas Pia Robert Sandra Tariq Wei Andrea Bernd Chloe Derek Elisa Fiona Gustav Heidi Isaac Jasmine Kurt Lucia
Marco Nadia Otto Paula Rita Sven Tina Ulrich Veronica Wolfgang Alice Boris Charlotte Dennis Erik Florence Gerald Hilda Igor Jane
José Zoë André Renée Björn Søren Łukasz Małgorzata""".split()
LAST = """Smith Müller Garcia Johnson Schmidt Rossi Brown Nowak Dubois Jones Weber Silva Davis Kowalski Moreau Miller Fischer Santos
Wilson Novak Laurent Taylor Wagner Costa Anderson Horvat Bernard Thomas Becker Ferreira White Hansen Petit Martin Schulz Lopez
Clark Larsen Roux Lewis Hoffmann Gonzalez Walker Nilsson Fournier Hall Koch Perez Young Berg Girard King Richter Sanchez Wright
Lindqvist Bonnet Scott Klein Romero Green Virtanen Mercier Baker Wolf Torres Adams Korhonen Blanc Nelson Neumann Ruiz Hill Jensen
Carter Schwarz Vargas Mitchell Zimmermann Castro Roberts Krüger Ortiz Turner Hartmann Delgado Phillips Lange Morales Campbell Werner
Parker Krause Mendez Evans Lehmann Rojas Edwards Köhler Collins Herrmann Stewart König Morris Walter Rogers Kaiser Reed Fuchs Cook
Lang Morgan Scholz Bell Peters Murphy Möller Bailey Huber Cooper Kaur Singh Patel Khan Chen Wang Li Zhang Tanaka Sato Suzuki Kim
Park Nguyen Tran Ali Hassan Ahmed Ibrahim Okafor Mensah Diallo O'Brien O'Connor McDonald MacLeod Fitzgerald van-Dijk de-Vries""".split()
FIRST_HELD_OUT = """Agnes Matteo Freya Rafael Ottilie Emeka Saskia Callum Beatriz Ravi Imogen Tobias Leyla Anton Philippa Kwame
Mirjam Stanley Rosalind Takeshi Yvonne Desmond Aurelia Cyril Hadiya Elliot Marlene Joaquin Sunita Nikolai Gwen Ferdinand
Oksana Rupert Delphine Ingmar Bronwyn Luca Annika Percival Zainab Theodor Margot Eamon Sybille Arjun Josephine Caspar Ludmila Wilbur""".split()
LAST_HELD_OUT = """Abernathy Bianchi Holloway Petrov Winterbottom Adeyemi Lindholm Castellano Whitfield Brandt Okonkwo Delacroix
Thornton Yamamoto Pemberton Vogel Marchetti Ashworth Kozlov Radcliffe Engström Bachmann Oyelaran Sinclair Fontaine Kessler Albright
Moreira Haverford Stein Rasmussen Choudhury Montgomery Zielinski Pfeiffer Wainwright Iyer Lombardi Gallagher Schuster Thackeray
Villanueva Nakamura Osei Bergström Hathaway Dvořák Ellsworth Reinhardt Quigley""".split()

STREETS = """Oak Maple Church High Station Park Mill Victoria Green King Queen Bridge School London Elm Cedar Lake Hill River Main
Washington Lincoln Market Chapel Garden Rose Spring Forest North South Sunset Pine Castle Meadow Cherry Willow Orchard York Manor
Stanley George Albert Jefferson Franklin Highland Valley Walnut Chestnut Birch""".split()
STREET_KINDS = "Street Road Avenue Lane Drive Close Way Court Place Square Boulevard Terrace St Rd Ave St.".split()
GERMAN_STREETS = """Hauptstraße Bahnhofstraße Gartenstraße Schulstraße Lindenstraße Bergstraße Kirchgasse Goethestraße Schillerstraße
Mozartweg Waldweg Ringstraße Dorfstraße Feldweg Marktplatz Mühlenweg""".split()
FRENCH_STREETS = ["rue de la Paix", "rue Victor Hugo", "avenue de la Gare", "rue des Fleurs", "place du Marché", "rue Pasteur", "boulevard Voltaire"]
CITIES = """London Manchester Bristol Leeds Boston Chicago Portland Denver Austin Seattle Springfield Dublin Edinburgh Cardiff Toronto
Sydney Berlin Hamburg München Köln Frankfurt Zürich Wien Basel Paris Lyon Marseille Bordeaux Madrid Milano Amsterdam Brussels Oslo
Stockholm Copenhagen Oxford Cambridge Brighton Nottingham Phoenix Dallas Atlanta Miami""".split()
STREETS_HELD_OUT = """Juniper Harbour Windmill Magnolia Abbey Lavender Kensington Copper Foxglove Heather Lantern Sycamore Quarry Priory
Cliff Poplar Monument Hawthorne Paddock Weaver""".split()
STREET_KINDS_HELD_OUT = "Crescent Street Road Avenue Lane Grove Parade Drive Row Walk".split()
GERMAN_STREETS_HELD_OUT = ["Rosenweg", "Beethovenstraße", "Kastanienallee", "Am Stadtpark", "Burgstraße", "Wiesengrund", "Sonnenallee", "Fichtenweg"]
FRENCH_STREETS_HELD_OUT = ["rue du Moulin", "avenue Jean Jaurès", "quai des Brumes", "rue Saint-Michel"]
CITIES_HELD_OUT = """Norwich Exeter Tucson Savannah Galway Aberdeen Ottawa Perth Leipzig Stuttgart Graz Bern Lille Nantes Sevilla Torino
Utrecht Antwerp Bergen Malmö Aarhus Plymouth Boise Spokane""".split()
STATES = "OR MA IL TX WA CO CA NY FL GA AZ OH".split()

_ALL_PRODUCTS = [p.name for p in _products.TRAINING] + [noun.replace("-", " ") for noun in _products.PLAIN_NOUNS] + """laptop stand|phone case
|smartwatch|winter jacket|standing desk|dining table|bedside lamp|gaming chair|coffee beans|protein bars|dog food|baby monitor
|garden hose|tool set|paint brushes|bookshelf|bath towels|face cream|lipstick|perfume|hair dryer|electric razor|sunglasses|ski goggles
|tennis balls|fishing rod|car seat|bike rack|snow tyres|dash cam|printer|ink cartridges|router|tablet|graphics card|sofa bed
|wine glasses|tea set|kitchen scales|rice cooker|ice cream maker|vacuum cleaner|steam iron|curtains|rug|mirror|wall clock|candles
|birthday card set|puzzle|board game|toy train|doll house|scooter|skateboard|guitar strings|piano stool|notebook|fountain pen
|travel adapter|suitcase|umbrella|wallet|belt|socks|jeans|t-shirt|blazer|raincoat|trainers|slippers""".replace("\n", "").split("|")
PRODUCTS_HELD_OUT = [p.name for p in _products.HELD_OUT] + """espresso cups|wetsuit|badminton set|garlic press|ottoman|fleece pullover
|bread knife|humidifier filter|leather satchel|metal detector|paddle board|duffel bag|yoghurt maker|glass carafe|pepper mill
|cat tree|hedge trimmer|pressure washer|ukulele case|ring light|dartboard|electric toothbrush|sunscreen|waffle maker|snow boots
|garden gnome|spice rack|clothes airer|wireless doorbell|bar stool|denim skirt|silk tie|swim fins|camp cot|portable heater
|picture hooks|cordless drill|ceiling fan|memory card|beard trimmer|fruit bowl|pasta machine|knee brace|cycling jersey""".replace("\n", "").split("|")
_held_out_nouns = {product.split()[-1].removesuffix("s") for product in PRODUCTS_HELD_OUT}
PRODUCTS = [product for product in _ALL_PRODUCTS if product.split()[-1].removesuffix("s") not in _held_out_nouns]
PRODUCT_LINES = "Pro Plus Max Mini Air Lite Ultra One Go Sport Classic Neo".split()

BRANDS = """Nordlicht Velora Pinebrook Kitano Bluecrest Fernhill Zentara Luminex Wildmark Brightside Terrafit Hearthly Solvio Everpeak
Mosswood Quillon Aquaria Tidewell Cobalt Larkspur Ironleaf Marigold Stonebridge Feathertop Kavado Rivoli Sunmere Maplewear Novatek
Greenwise Orbello Calypso Redfern Tamarind Vistara Wolfpack Zephyr Amberline Birchbox Cloudnine Driftwood Embercraft Foxtrail
Goldleaf Harborlight Inkwell Juniperra Kestrel""".split()
BRANDS_HELD_OUT = """Altaroma Brindleway Castanova Dunmere Elvaro Fennwick Glimmerstone Hollin Isarco Jadewater Kromvik Lunaridge
Merrowdale Nimbusa Oakhaven Pellucid Quorra Rowansea Silvercombe Thistledown Umbrio Valdenza Wexley Yarrow Zindara Boreal Cindermill
Duskfield Ellipsa Frostwick""".split()
BRAND_TAILS = ["", "", "", "", " Home", " Sports", " & Co", " Labs", " Outdoor", " Foods", " Studio", " Design", " Group", " GmbH", " Ltd", " Inc."]

ONSETS = "b bl br c ch cl cr d dr f fl g gl gr h j k l m n p pl pr qu r s sc sh sl sm sn sp st t th tr v w z".split()
VOWELS = "a e i o u a e i o ai ea ee oo ou y".split()
CODAS = "ck d g l m n nd nt p r rd s sh st t x".split() + [""] * 12
ENDINGS = "er le el on et a o in y ock ia um is ex ora".split() + [""] * 8
# The development split.
_DEVELOPMENT_FIRST = """Alistair Bettina Conrad Dagmar Ewan Filippa Gideon Henrietta Ilka Jerome Kirsten Leopold Maeve Nigel Odette
Piotr Quinn Romy Sigrid Thaddeus Una Viktor Wanda Xavier Yasmin Zoltan Adaeze Benedikt Camille Darius Esme Farid Gunnar Hiroshi
Isolde Jamal Keira Linnea Mustafa Nadine""".split()
_DEVELOPMENT_LAST = """Abbott Bauer Cavendish Dvorsky Eriksen Farrell Grünwald Hargreaves Ivanov Jankowski Kirchner Lefebvre Mortensen
Nyberg Ogilvie Papadopoulos Quist Rutherford Sokolov Tennant Urbina Vasquez Whitlock Xu Yilmaz Zanetti Armitage Bello Crawford
Donnelly Eastwood Fonseca Goldberg Hwang Ishikawa Jovanović Kavanagh Lindgren Moretti Nkosi""".split()
_DEVELOPMENT_BRANDS = """Aldermoor Bellavera Crestwick Domaro Evenlight Falkenrath Grovely Hazelton Ivorine Jorvik Karnova Lindenau
Mirabelle Northwyn Ostara Primavelle Quartzline Rillstone Sablewood Tarnhold Ulvera Velbrook Windhale Xantia Zephora""".split()
_DEVELOPMENT_PRODUCTS = """hiking gaiters|salad spinner|bath sponge|heat pack|lunch tin|shower liner|tea cosy|ice skates|yoga bolster
|gimbal|laminator|pitchfork|birdcage|swimsuit|balaclava|pocket multitool|desk organiser|punch pad|baby sling|cheese grater|shoe horn
|camping toilet|megaphone|hip flask|cutting wheel|hair straightener|rain barrel|bicycle pump|paper shredder|soap dispenser|nail clippers
|extension lead|handbag|flower pot|air freshener|wool mittens|leather clogs|face serum|plant mister|bed frame""".replace("\n", "").split("|")
_DEVELOPMENT_STREETS = """Acorn Beacon Canal Dove Fountain Granary Holly Ivy Jubilee Larch Mulberry Nelson Primrose Regent Swan
Tanner""".split()
_DEVELOPMENT_KINDS = "Gardens Mews Hill Gate Street Road Lane Avenue Rise Wharf".split()
_DEVELOPMENT_GERMAN = ["Tulpenweg", "Kantstraße", "Ulmenallee", "Im Wiesental", "Klosterstraße", "Uferpromenade", "Talgasse", "An der Mühle"]
_DEVELOPMENT_FRENCH = ["rue du Château", "avenue Foch", "impasse des Lilas", "rue Sainte-Anne"]
_DEVELOPMENT_CITIES = """Ipswich Dundee Tampa Omaha Cork Swansea Halifax Hobart Dresden Hannover Linz Luzern Reims Dijon Bilbao Verona
Eindhoven Ghent Trondheim Uppsala Odense Southampton Tulsa Fresno""".split()


@dataclass(frozen=True)
class Names:
    first: list[str]
    last: list[str]
    streets: list[str]
    street_kinds: list[str]
    german_streets: list[str]
    french_streets: list[str]
    cities: list[str]
    products: list[str]
    brands: list[str]

    def nouns(self) -> set[str]:
        """The last words of the products, without an s of the plural."""
        return {product.split()[-1].removesuffix("s") for product in self.products}

    def words(self) -> set[str]:
        """Every word of the other names, in lower case, without the kinds of streets, which all splits share in part."""
        names = self.first + self.last + self.streets + self.german_streets + self.french_streets + self.cities + self.brands
        return {word.lower() for name in names for word in name.replace("-", " ").split()}


TRAINING = Names(FIRST, LAST, STREETS, STREET_KINDS, GERMAN_STREETS, FRENCH_STREETS, CITIES, PRODUCTS, BRANDS)
DEVELOPMENT = Names(_DEVELOPMENT_FIRST, _DEVELOPMENT_LAST, _DEVELOPMENT_STREETS, _DEVELOPMENT_KINDS, _DEVELOPMENT_GERMAN,
                    _DEVELOPMENT_FRENCH, _DEVELOPMENT_CITIES, _DEVELOPMENT_PRODUCTS, _DEVELOPMENT_BRANDS)
HELD_OUT = Names(FIRST_HELD_OUT, LAST_HELD_OUT, STREETS_HELD_OUT, STREET_KINDS_HELD_OUT, GERMAN_STREETS_HELD_OUT, FRENCH_STREETS_HELD_OUT,
                 CITIES_HELD_OUT, PRODUCTS_HELD_OUT, BRANDS_HELD_OUT)
_SMALL = set("am an der du des im rue avenue quai impasse".split())
KEPT_OUT = (DEVELOPMENT.words() | HELD_OUT.words()) - _SMALL
KEPT_OUT_NOUNS = DEVELOPMENT.nouns() | HELD_OUT.nouns()
KEPT_OUT_KINDS = {kind.lower() for kind in _DEVELOPMENT_KINDS + STREET_KINDS_HELD_OUT} - {kind.lower() for kind in STREET_KINDS}
PRODUCT_NOUNS = {noun for names in (TRAINING, DEVELOPMENT, HELD_OUT) for noun in names.nouns()}
PRODUCT_NOUNS |= {product.split()[-1] for names in (TRAINING, DEVELOPMENT, HELD_OUT) for product in names.products}
# Things that texts speak of without meaning a product.
NO_PRODUCTS = set("""account advertisement album ballot banner bill billboard book box brochure catalogue cheque clip code copy counter cover
design document draft exchange flyer form hotline instrument invoice item key label layout leaflet letter line list logo magazine mail
manual medium newsletter newspaper note page paper parcel part photo photograph picture piece poster print product proof receipt sample
screen shelf shop sign spot stage stamp stand statement station store system telephone thing ticket trade video voucher web window""".split())


def invented(random) -> str:
    """A pronounceable word of one to three syllables that is no name kept out: no list is long enough to teach what a name is."""
    word = "".join(random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS) for _ in range(random.choice((1, 2, 2))))
    word += random.choice(ENDINGS)
    return invented(random) if len(word) < 4 or word in KEPT_OUT else word.capitalize()


def _check_disjoint() -> None:
    persons = lambda names: {name.lower() for name in names.first + names.last}
    lists = {name: lambda names, name=name: {each.lower() for each in getattr(names, name)} for name in Names.__dataclass_fields__ if name != "street_kinds"}
    lists |= {"names of persons": persons, "nouns of products": lambda names: {noun.lower() for noun in names.nouns()}}
    for what, of in lists.items():
        for one, other in ((TRAINING, DEVELOPMENT), (TRAINING, HELD_OUT), (DEVELOPMENT, HELD_OUT)):
            if both := of(one) & of(other):
                raise SystemExit(f"{what} in two splits: {both}")


_check_disjoint()
