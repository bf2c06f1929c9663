"""Names: two lists each, and none of the second is ever in the training text, neither as a whole nor as a word of a name."""
import importlib.util
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
PRODUCT_NOUNS = _held_out_nouns | {product.split()[-1].removesuffix("s") for product in PRODUCTS} | {product.split()[-1] for product in PRODUCTS}
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
HELD_OUT_WORDS = {word.lower() for names in (FIRST_HELD_OUT, LAST_HELD_OUT, STREETS_HELD_OUT, CITIES_HELD_OUT, BRANDS_HELD_OUT) for word in names}


def invented(random) -> str:
    """A pronounceable word of one to three syllables that is no held-out name: no list is long enough to teach what a name is."""
    word = "".join(random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS) for _ in range(random.choice((1, 2, 2))))
    word += random.choice(ENDINGS)
    return invented(random) if len(word) < 4 or word in HELD_OUT_WORDS else word.capitalize()


def _check_disjoint() -> None:
    for seen, held_out in ((FIRST, FIRST_HELD_OUT), (LAST, LAST_HELD_OUT), (STREETS, STREETS_HELD_OUT), (GERMAN_STREETS, GERMAN_STREETS_HELD_OUT),
                           (FRENCH_STREETS, FRENCH_STREETS_HELD_OUT), (CITIES, CITIES_HELD_OUT), (BRANDS, BRANDS_HELD_OUT), (PRODUCTS, PRODUCTS_HELD_OUT)):
        both = {each.lower() for each in seen} & {each.lower() for each in held_out}
        if both:
            raise SystemExit(f"names in training and held out: {both}")
    both = {name.lower() for name in FIRST + LAST} & {name.lower() for name in FIRST_HELD_OUT + LAST_HELD_OUT}
    if both:
        raise SystemExit(f"names of persons in training and held out: {both}")


_check_disjoint()
