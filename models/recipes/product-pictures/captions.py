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
