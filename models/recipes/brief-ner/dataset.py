"""Texts with their entities: a text is one to five sentences, its entities are (type, start, end) in code points."""
import random as rnd
import re
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

import contexts
import everyday
import forms
import names
import sentences
import templates
import vocabulary
import words
from values import Values

TYPES = ("brand", "product", "price", "date", "person", "email", "phone", "address", "card")
CHECKABLE = ("price", "date", "email", "phone", "card")
LABELS = ["O"] + [f"{prefix}-{kind.upper()}" for kind in TYPES for prefix in "BI"]
IGNORED = -100
# Where the sentences of a training text come from.
SOURCES = {"templates": 25, "grammar": 25, "contexts": 33, "forms": 17}
MADE_UP = 0.4       # how many of the names in training are made-up words, 1 for half of them


NAMES = {"training": words.TRAINING, "development": words.DEVELOPMENT, "held-out": words.HELD_OUT}
SENTENCES = {"training": ((templates.BRIEFS, templates.CUSTOMERS), templates.FILLERS),
             "development": ((templates.DEVELOPMENT,), templates.FILLERS_DEVELOPMENT),
             "held-out": ((templates.HELD_OUT,), templates.FILLERS_HELD_OUT)}


@dataclass(frozen=True)
class Sample:
    text: str
    entities: tuple[tuple[str, int, int], ...]


class Writer:
    """`sentences_of` and `names_of` are splits: "training", "development" or "held-out". For what the model is trained with,
    [trainer], other sentences and many more names are mixed in and noise is made."""

    def __init__(self, sentences_of: str, names_of: str, training: bool = False):
        self.training = training
        self.values = Values(names.training(), MADE_UP) if training else Values(NAMES[names_of], float(names_of == "training"))
        kinds, fillers = SENTENCES[sentences_of]
        kinds = (*kinds, everyday.SENTENCES) if training else kinds
        self.kinds, self.fillers = [templates.lines(kind) for kind in kinds], templates.lines(fillers)

    def sample(self, random: rnd.Random) -> Sample:
        chosen = random.sample(random.choice(self.kinds), random.choices((1, 2, 3, 4, 5), (30, 30, 20, 12, 8))[0])
        if self.training:
            chosen = [self._sentence(each, random) for each in chosen]
        if random.random() < 0.3:
            chosen.insert(random.randrange(len(chosen) + 1), random.choice(self.fillers))
        text, entities = "", []
        for sentence in chosen:
            if text:
                text += "\n" if "\n" in sentence or random.random() < 0.1 else " "
            text = self._append(text, sentence, entities, random)
        if self.training and random.random() < 0.07:
            text, entities = _noisy(text, entities, random)
        if random.random() < 0.05:
            text = _same_length(text, str.lower)
        return Sample(text, tuple(entities))

    @staticmethod
    def _sentence(template: str, random: rnd.Random) -> str:
        makers = {"templates": lambda _: template, "grammar": sentences.sentence, "contexts": contexts.sentence, "forms": forms.form}
        return makers[random.choices(tuple(SOURCES), tuple(SOURCES.values()))[0]](random)

    def _append(self, text: str, sentence: str, entities: list, random: rnd.Random) -> str:
        sentence = re.sub(r"\[([^\]]*)\]", lambda match: random.choice(match.group(1).split("|")), sentence)
        sentence = re.sub(r"^ | (?=[ ,.?])", "", sentence)
        if self.training and random.random() < 0.1:
            sentence = sentence.rstrip(".")
        for part in re.split(r"(\{\w+\})", sentence):
            if not part.startswith("{"):
                text += part
                continue
            kind = part[1:-1]
            value = self.values.draw(kind, random)
            if kind in TYPES:
                entities.append((kind, len(text), len(text) + len(value)))
            text += value
        return text


def trainer() -> Writer:
    return Writer("training", "training", training=True)


def _same_length(text: str, change) -> str:
    return "".join(changed if len(changed := change(c)) == 1 else c for c in text)


def _noisy(text: str, entities: list, random: rnd.Random) -> tuple[str, list]:
    """Some words between the entities become made-up ones, so that no single word of a template is relied on."""
    made, moved, position = "", [], 0
    for kind, start, end in [*entities, (None, len(text), len(text))]:
        made += re.sub(r"[a-z]{3,}", lambda match: words.invented(random).lower() if random.random() < 0.2 else match.group(), text[position:start])
        if kind:
            moved.append((kind, len(made), len(made) + end - start))
        made += text[start:end]
        position = end
    return made, moved


def write(writer: Writer, count: int, seed: int) -> list[Sample]:
    random = rnd.Random(seed)
    return [writer.sample(random) for _ in range(count)]


def encode(tokenizer: Tokenizer, samples: list[Sample], longest: int, broken: float = 0.0, seed: int = 0) -> list[tuple[np.ndarray, np.ndarray]]:
    """Token ids with [CLS] and [SEP], and the label of each: B- for the first piece of an entity, I- for its others. A share of
    the pieces is broken into smaller ones, so that short pieces, which new names are made of, are known as well."""
    encoded, random, pieces = [], rnd.Random(seed), vocabulary.Pieces(tokenizer)
    for sample, tokens in zip(samples, tokenizer.encode_batch([sample.text for sample in samples])):
        ids, offsets = pieces.broken(tokens.ids, tokens.offsets, broken, random)
        labels = np.zeros(len(ids), np.int64)
        for position, (start, end) in enumerate(offsets):
            if start == end:
                labels[position] = IGNORED
                continue
            for kind, first, last in sample.entities:
                if start < last and end > first:
                    labels[position] = LABELS.index(f"{'B' if start <= first else 'I'}-{kind.upper()}")
        encoded.append((np.array(ids, np.int64)[:longest], labels[:longest]))
    return encoded


def batches(encoded: list, tokens: int, random: np.random.Generator):
    """One pass in random order, rows of like length together: ids, mask and labels, all int64 [rows, longest row]."""
    order = sorted(random.permutation(len(encoded)), key=lambda index: len(encoded[index][0]) // 8)
    groups, group = [], []
    for index in order:
        if group and len(encoded[index][0]) * (len(group) + 1) > tokens:
            groups.append(group)
            group = []
        group.append(encoded[index])
    for index in random.permutation(len(groups)):
        yield padded(groups[index])


def padded(rows: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    longest = max(len(ids) for ids, _ in rows)
    ids, mask, labels = (np.full((len(rows), longest), fill, np.int64) for fill in (0, 0, IGNORED))
    for row, (row_ids, row_labels) in enumerate(rows):
        ids[row, : len(row_ids)], mask[row, : len(row_ids)], labels[row, : len(row_ids)] = row_ids, 1, row_labels
    return ids, mask, labels
