"""Writes requests and answers: a seeded grammar over the word lists.

`Grammar.conversation(subject, random)` returns chat messages; the same seed gives the same text.
"""
import random as rnd
import re
from dataclasses import dataclass

import phrases
from audiences import AUDIENCES, Audience
from products import Product
from templates import DESCRIPTIONS, HEADLINES, PARAGRAPHS, REQUESTS, SLOGANS

IRREGULAR = {"have": "has", "do": "does", "go": "goes", "be": "is", "are": "is"}


@dataclass(frozen=True)
class Subject:
    """What one answer is about. `feature` may differ from the product's own: "foldable easel"."""
    product: Product
    name: str
    feature: str
    audience: Audience | None
    brand: str | None = None


def third_person(phrase: str) -> str:
    """"keep the rain out" -> "keeps the rain out"."""
    verb, _, rest = phrase.partition(" ")
    if verb == "never":
        return f"never {third_person(rest)}"
    if verb in IRREGULAR:
        verb = IRREGULAR[verb]
    elif re.search(r"(s|sh|ch|x|z|o)$", verb):
        verb += "es"
    elif re.search(r"[^aeiou]y$", verb):
        verb = verb[:-1] + "ies"
    else:
        verb += "s"
    return f"{verb} {rest}".strip()


def article(words: str) -> str:
    vowel = re.match(r"[aeiou]", words) and not re.match(r"(uni|one|eu|uk)", words)
    return "an" if vowel or re.match(r"(hour|x-)", words) else "a"


def with_article(words: str, unit: str) -> str:
    return f"a {unit} of {words}" if unit else f"{article(words)} {words}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def title_case(text: str) -> str:
    small = {"a", "an", "the", "of", "for", "and", "in", "on", "to", "with", "that", "from", "at"}
    words = text.split(" ")
    return " ".join(w if w in small and i else capital(w) for i, w in enumerate(words))


def brand_name(random: rnd.Random) -> str:
    return capital("".join(random.sample(phrases.SYLLABLES, random.choice((2, 2, 3)))))


class Words:
    """Draws the words for one answer; a phrase comes back only when all others were used."""

    def __init__(self, subject: Subject, random: rnd.Random):
        self.subject, self.random = subject, random
        category = phrases.CATEGORIES[subject.product.category]
        feature = phrases.FEATURES.get(subject.feature)
        self.pools = {}
        for kind in ("does", "you", "gain"):
            pool = list(getattr(category, kind))
            random.shuffle(pool)
            if feature:
                own = list(getattr(feature, kind))
                random.shuffle(own)
                pool = own[:1] + pool[:1] + own[1:] + pool[1:] if random.random() < 0.7 else pool[:1] + own + pool[1:]
            self.pools[kind] = pool + [p for p in getattr(phrases.CATEGORIES["general"], kind) if p not in pool]
        if subject.audience:
            for kind in ("moments", "acts"):
                pool = list(getattr(subject.audience, kind))
                random.shuffle(pool)
                self.pools[kind] = pool

    def slot(self, key: str) -> str:
        text = self._lower(key.lower())
        return capital(text) if key.lstrip("+")[0].isupper() else text

    def _lower(self, key: str) -> str:
        subject = self.subject
        unit, short, plural = subject.product.unit, subject.product.short, subject.product.plural
        if key.startswith("+"):
            return key[1:] if plural else third_person(key[1:])
        fixed = {
            "name": subject.name, "noun": short, "brand": subject.brand or "",
            "a_name": with_article(subject.name, unit), "a_noun": with_article(short, unit),
            "one_noun": f"one {unit} of {short}" if unit else f"one {short}",
            "aud": subject.audience.name if subject.audience else "",
            "is": "are" if plural else "is", "this": "these" if plural else "this",
            "it": "they" if plural else "it", "them": "them" if plural else "it",
        }
        if key in fixed:
            return fixed[key]
        if key == "does":
            phrase = self._draw("does")
            return phrase if plural else third_person(phrase)
        return self._draw({"do": "does", "you": "you", "gain": "gain", "moment": "moments", "act": "acts"}[key])

    def _draw(self, kind: str) -> str:
        phrase = self.pools[kind].pop(0)
        self.pools[kind].append(phrase)
        return phrase


def fill(template: str, words: Words) -> str:
    return re.sub(r"\{(\+?\w+)\}", lambda match: words.slot(match.group(1)), template)


def usable(template: str, subject: Subject) -> bool:
    """Whether the subject has what the template's slots ask for; a brand that was given must be named."""
    slots = {slot.lower() for slot in re.findall(r"\{(\w+)\}", template)}
    needs_audience = bool(slots & {"aud", "moment", "act"})
    return (not needs_audience or subject.audience is not None) and (("brand" in slots) == (subject.brand is not None))


class Grammar:
    def __init__(self, products: list[Product], plain_nouns: list[str] = (), allowed=lambda product, audience: True):
        """`allowed(product, audience)` keeps pairs out of the training text."""
        self.products, self.allowed = products, allowed
        self.plain = [Product(noun.replace("-", " "), noun.replace("-", " "), "general", "") for noun in plain_nouns]

    def subject(self, random: rnd.Random) -> Subject:
        product = random.choice(self.plain) if self.plain and random.random() < 0.12 else random.choice(self.products)
        name, feature = product.name, product.feature
        if random.random() < 0.4:
            feature = random.choice(phrases.EXTRA_FEATURES[product.category].split())
            adjective = phrases.ADJECTIVES.get(feature, feature)
            name, feature = (product.name, product.feature) if adjective in product.name else (f"{adjective} {product.short}", feature)
        audience = random.choice(AUDIENCES)
        if random.random() < 0.12:
            audience = None
        elif not self.allowed(product, audience):
            return self.subject(random)
        return Subject(product, name, feature, audience, brand_name(random) if random.random() < 0.15 else None)

    def conversation(self, random: rnd.Random) -> list[dict]:
        subject = self.subject(random)
        kind = random.choices(("slogan", "headline", "description", "paragraph"), (70, 10, 10, 10))[0]
        messages = []
        if random.random() < 0.1:
            messages.append({"role": "system", "content": random.choice(phrases.SYSTEM_MESSAGES)})
        messages += [{"role": "user", "content": request(kind, subject, random)},
                     {"role": "assistant", "content": answer(kind, subject, random)}]
        if random.random() < 0.05:
            again = random.choice(("Another one, please.", "One more.", "Try again."))
            messages += [{"role": "user", "content": again}, {"role": "assistant", "content": answer(kind, subject, random)}]
        return messages


def request(kind: str, subject: Subject, random: rnd.Random) -> str:
    main, *others = REQUESTS[kind]
    text = main if random.random() < 0.5 else random.choice(others)
    thing = with_article(subject.name, subject.product.unit)
    if subject.product.plural and random.random() < 0.5:
        thing = subject.name
    text = text.replace("{thing}", thing)
    if subject.audience:
        wording = random.choices(("The audience is {aud}.", "The audience: {aud}.", "Write for {aud}.", "It is for {aud}.", "Target audience: {aud}."), (70, 8, 8, 7, 7))[0]
        text += " " + wording.replace("{aud}", subject.audience.name)
    if subject.brand:
        text += f" The brand is {subject.brand}."
    return text[0].lower() + text[1:] if random.random() < 0.03 else text


def answer(kind: str, subject: Subject, random: rnd.Random) -> str:
    words = Words(subject, random)
    if kind == "paragraph":
        return paragraph(subject, words, random)
    table = {"slogan": SLOGANS, "headline": HEADLINES, "description": DESCRIPTIONS}[kind]
    text = fill(random.choice([t for t in table if usable(t, subject)]), words)
    return title_case(text) if kind == "headline" else text


def paragraph(subject: Subject, words: Words, random: rnd.Random) -> str:
    parts = []
    for stage in PARAGRAPHS:
        fitting = [t for t in stage if usable(t, subject)] or [t for t in stage if "{brand}" not in t.lower() and usable(t, _no_brand(subject))]
        parts.append(fill(random.choice(fitting), words))
    parts += [fill(random.choice(table), words) for table in (phrases.DETAILS, phrases.CLOSINGS)]
    return " ".join(parts)


def _no_brand(subject: Subject) -> Subject:
    return Subject(subject.product, subject.name, subject.feature, subject.audience)

