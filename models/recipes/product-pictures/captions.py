"""What a customer would write: several phrasings of the same attributes, and others that are kept for the evaluation."""
from pictures import Attributes

SYNONYMS = {
    "mug": ("mug", "mug", "cup", "coffee mug", "coffee cup"), "bottle": ("bottle", "bottle", "water bottle"),
    "shirt": ("shirt", "shirt", "t-shirt", "tee"), "sneaker": ("sneaker", "sneaker", "running shoe", "trainer", "shoe"),
    "backpack": ("backpack", "backpack", "rucksack"), "lamp": ("lamp", "lamp", "table lamp"), "book": ("book", "book", "notebook"),
    "hat": ("hat", "hat", "sun hat"), "umbrella": ("umbrella",), "apple": ("apple",), "car": ("car", "car", "toy car"),
    "phone": ("phone", "phone", "smartphone", "mobile phone"), "chair": ("chair",), "sofa": ("sofa", "sofa", "couch"),
    "teapot": ("teapot", "teapot", "tea pot"), "vase": ("vase", "vase", "vase of flowers", "flower vase"),
    "handbag": ("handbag", "handbag", "purse"), "sock": ("sock",), "dress": ("dress", "dress", "summer dress"), "candle": ("candle",),
    "cupcake": ("cupcake", "cupcake", "muffin"), "guitar": ("guitar",), "camera": ("camera", "camera", "photo camera"),
    "clock": ("clock", "clock", "alarm clock")}
BEFORE = {"plain": ("", "", "", "plain "), "striped": ("striped ", "striped ", "stripy "), "dotted": ("dotted ", "dotted ", "spotted ", "polka-dot ")}
AFTER = {"plain": ("",), "striped": (" with stripes",), "dotted": (" with dots", " with spots")}

# {p} a pattern before, {w} a pattern after, {c} the colour, {o} the object, {b} the background.
TRAINED = (
    "a {p}{c} {o} on a {b} background", "a {p}{c} {o} on a {b} background", "{p}{c} {o}, {b} background", "a {c} {o}{w} on {b}",
    "{c} {p}{o} on {b}", "a picture of a {p}{c} {o} in front of a {b} background", "{o} in {c}{w}, {b} backdrop",
    "a {p}{c} {o} against a {b} wall", "on a {b} background, a {c} {o}{w}", "the {o} is {c}{w}, the background is {b}",
    "an advert for a {p}{c} {o} on a {b} backdrop", "a {o} that is {c}{w} on a {b} background", "{b} background with a {p}{c} {o}",
    "Draw a {c} {p}{o} before a {b} background.", "our new {p}{c} {o}, shown on {b}")
WITHOUT_BACKGROUND = ("a {p}{c} {o}", "{c} {p}{o}", "a {c} {o}{w}")
PARAPHRASES = (
    "show me a {c} coloured {o}{w}, with {b} behind it", "product photo: {p}{c} {o}, backdrop in {b}",
    "we need a {p}{c} {o} for our shop, put it against {b}", "Please make an image of one {p}{o} in {c} on a plain {b} surface",
    "banner with a {b} backdrop and a {p}{c} {o} in the middle")

# Parts that make captions no phrasing above has: {s} a subject. None has a wording of the paraphrases.
OPENINGS = ("", "", "", "a picture of ", "an icon of ", "draw ", "paint ", "create ", "I want ", "I would like ", "can you draw ", "poster of ", "advert: ",
            "for the catalogue: ", "summer sale, ", "a simple drawing of ", "new this week: ", "sketch ")
SUBJECTS = ("a {p}{c} {o}", "a {p}{c} {o}", "the {p}{c} {o}", "{p}{c} {o}", "a {o} in {c}{w}", "a {c} {o}{w}", "a {c} {p}{o}", "a {p}{o} in {c}", "a {o}, {c}{w}",
            "a {p}{o} that is {c}", "the new {c} {o}{w}")
GROUNDS = ("{s} on a {b} background", "{s}, {b} background", "{s} on {b}", "{s} in front of a {b} background", "{s}, {b} backdrop", "{s} against a {b} wall",
           "{s} with a {b} background", "{s} before {b}", "{s} over a {b} backdrop", "{s}, background: {b}", "{s} with {b} all around", "{s}, and {b} around it",
           "{s} standing on {b} ground", "{s} on {b} paper", "{s}. The background is {b}", "{s} (background {b})", "{s}, placed on {b}", "{s} in front of {b}")
GROUNDS_FIRST = ("on {b}: {s}", "{b} background, {s}", "in front of {b}, {s}", "a {b} background with {s}", "on a {b} backdrop, {s}", "{b} all around, {s} at the centre",
                 "background {b}, {s}", "a {b} wall and before it {s}")
ENDINGS = ("", "", "", "", ".", "!", ", flat style", " for our campaign", ", simple", ", centred", " for the spring catalogue", ", for the website")


def varied_caption(of: Attributes, random) -> str:
    """One in two like `caption`, the others put together from parts: for models that shall understand phrasings never seen."""
    if random.random() < 1 / 2:
        return caption(of, random)
    frame = random.choice(GROUNDS if random.random() < 2 / 3 else GROUNDS_FIRST)
    phrase = random.choice(OPENINGS) + frame.replace("{s}", random.choice(SUBJECTS)) + random.choice(ENDINGS)
    return _filled(phrase, of, random)


def caption(of: Attributes, random) -> str:
    """One in twelve leaves the background out."""
    return _filled(random.choice(WITHOUT_BACKGROUND if random.random() < 1 / 12 else TRAINED), of, random)


def complete_caption(of: Attributes, random) -> str:
    return _filled(random.choice(TRAINED), of, random)


def paraphrase(of: Attributes, random) -> str:
    """A phrasing that no training caption has."""
    return _filled(random.choice(PARAPHRASES), of, random)


def _filled(phrase: str, of: Attributes, random) -> str:
    words = phrase.format(p=random.choice(BEFORE[of.pattern]), w=random.choice(AFTER[of.pattern]), c=of.colour,
                          o=random.choice(SYNONYMS[of.object]), b=of.background)
    return words.replace("a orange", "an orange").replace("a apple", "an apple").replace("a umbrella", "an umbrella")
