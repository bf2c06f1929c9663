"""Sentences of WordNet's examples with entities in their places: "he" becomes a person, "the firm" a brand, "a chair" a
product, and dates, prices and the like are added. So entities stand among words that no template has."""
import random as rnd
import re
from functools import cache

import wordnet
import words
from sentences import LEADS, SHAPES

LONGEST, SHORTEST = 100, 14
PLAIN = re.compile(r"(I |I'm )?[a-z' ,-]+[.!?]?")
SUBJECT = re.compile(r"^(he|she|the (man|woman|boy|girl|doctor|lawyer|teacher|manager|president|child|boss|director|artist|driver|student|author)) (?=[a-z])")
PERSON = re.compile(r"\b(him|himself|her mother|his father|my (brother|sister|boss|friend|uncle|aunt|wife|husband))\b")
BRAND = re.compile(r"\b(the|this|that|his|her|our|their) (company|firm|store|shop|business|corporation|bank|agency|hotel|restaurant|airline|newspaper|team|organization|factory|party|government)\b")
DETERMINER = r"\b(a|an|the|my|your|his|her|our|their|this|that|another|no|each|every) "


@cache
def _prepared() -> dict[str, list[str]]:
    """By what stands in them: "person", "brand", "product" or "nothing"."""
    lexicon = wordnet.load()
    things = set(lexicon.products)
    known = things | words.PRODUCT_NOUNS
    plural = lambda word: word in known or word.removesuffix("s") in known or word.removesuffix("es") in known
    by = {"person": [], "brand": [], "product": [], "nothing": []}
    for example in lexicon.examples:
        if not SHORTEST <= len(example) <= LONGEST or not PLAIN.fullmatch(example):
            continue
        text = re.sub(DETERMINER + "([a-z]+)\\b", lambda match: f"{'a' if match[1] == 'an' else match[1]} {{product}}" if match[2] in things else match[0], example)
        found = {"product"} if text != example else set()
        for kind, pattern, slot in (("brand", BRAND, "{brand}"), ("person", SUBJECT, "{person} "), ("person", PERSON, "{person}")):
            changed = pattern.sub(slot, text, count=1)
            found |= {kind} if changed != text else set()
            text = changed
        others = re.findall("[a-z]+", re.sub(r"\{\w+\}", "", text))
        if any(plural(word) or word in words.KEPT_OUT for word in others):
            continue        # it may be a product that stands there, or it is kept out
        by["person" if "person" in found else "brand" if "brand" in found else "product" if found else "nothing"].append(text)
    return by


def sentence(random: rnd.Random) -> str:
    """With `{type}` where a value comes."""
    by = _prepared()
    text = random.choice(by[random.choices(tuple(by), (30, 12, 30, 28))[0]])
    if text.startswith("{person}") and random.random() < 0.25:
        text = random.choice(("{brand}", "{person} and {person}", "{person} from {brand}", "{brand} and {brand}")) + text.removeprefix("{person}")
    text = text.rstrip(".!?")
    if random.random() < 0.35:
        text += " " + _shape(random)
    if random.random() < 0.1:
        text = f"{_shape(random)}{random.choice((',', '', ':'))} {text}"
    if random.random() < 0.08:
        text = f"{random.choice(('{person}', '{brand}', 'the {product}', '{person}', 'well', 'yes', 'sorry'))}, {text}"
    text = text[0].upper() + text[1:] if random.random() < 0.9 else text
    return text.replace("( {", "({") + random.choices((".", "!", "?", ""), (75, 8, 10, 7))[0]


def _shape(random: rnd.Random) -> str:
    kind = random.choice((*SHAPES, "date", "price", "person", "brand"))
    lead = random.choice([lead for lead in LEADS[kind] if lead not in ("*", ":")])
    return f"({{{kind}}})" if lead == "(" else f"{lead} {{{kind}}}".strip()
