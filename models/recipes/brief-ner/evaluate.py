"""Measures the exported model: an entity counts when its type, its start and its end are right."""
import hashlib
import json

import numpy as np
from tokenizers import Tokenizer

import dataset
from dataset import CHECKABLE, LABELS, TYPES, Sample, Writer
from export import Session

ROWS = 32
BEFORE, AFTER = tuple("(\"“"), tuple(".,;:!?)\"”|")


def entities(text: str, offsets: list[tuple[int, int]], probabilities: np.ndarray) -> list[tuple[str, int, int, float]]:
    """Runs of tokens of one type, after the tokens of each word voted; B- begins a new one. The score is the mean of the
    tokens' probabilities, 0 for one that was outvoted."""
    labels = [LABELS[int(row.argmax())].partition("-")[::2] for row in probabilities]
    tokens = [[kind, prefix == "B", float(row.max())] for (prefix, kind), row in zip(labels, probabilities)]
    vote(text, offsets, tokens)
    runs, last = [], ""
    for (start, end), (kind, begins, score) in zip(offsets, tokens):
        if kind and kind == last and not begins:
            runs[-1][2] = end
            runs[-1][3].append(score)
        elif kind:
            runs.append([kind.lower(), start, end, [score]])
        last = kind
    return [(kind, start, end, sum(scores) / len(scores)) for kind, start, end, scores in runs]


def vote(text: str, offsets: list[tuple[int, int]], tokens: list[list]) -> None:
    """What stands between white space, without punctuation at its ends, gets one type: a small model that never saw a name is
    often right about most of its pieces."""
    first, is_blank = 0, [text[slice(*offset)].isspace() for offset in offsets]
    while first < len(tokens):
        last = first + 1
        while last < len(tokens) and offsets[last][0] == offsets[last - 1][1] and not is_blank[last] and not is_blank[last - 1]:
            last += 1
        start, end = first, last
        while end - start > 1 and text[slice(*offsets[end - 1])] in AFTER:
            end -= 1
        while end - start > 1 and text[slice(*offsets[start])] in BEFORE:
            start += 1
        votes = {}
        for kind, _, score in tokens[start:end]:
            votes[kind] = votes.get(kind, 0.0) + score
        best = max(votes, key=votes.get)
        for position in range(start, end):
            kind, begins, score = tokens[position]
            tokens[position] = [best, position == start and begins and kind == best, score if kind == best else 0.0]
        first = last


def predicted(session: Session, tokenizer: Tokenizer, samples: list[Sample]) -> list[list[tuple[str, int, int, float]]]:
    encodings, found = tokenizer.encode_batch([sample.text for sample in samples]), []
    for first in range(0, len(samples), ROWS):
        group = encodings[first : first + ROWS]
        ids, mask, _ = dataset.padded([(np.array(e.ids, np.int64), np.zeros(len(e.ids), np.int64)) for e in group])
        logits = session.logits(ids, mask).astype(np.float64)
        probabilities = np.exp(logits - logits.max(2, keepdims=True))
        probabilities /= probabilities.sum(2, keepdims=True)
        found += [entities(sample.text, e.offsets[1:-1], rows[1 : len(e.ids) - 1])
                  for sample, e, rows in zip(samples[first : first + ROWS], group, probabilities)]
    return found


def scores(samples: list[Sample], found: list[list[tuple]]) -> dict:
    """F1 overall, of the checkable types and of each type; precision and recall overall."""
    counts = {kind: np.zeros(3, int) for kind in TYPES}     # right, found, there
    for sample, answers in zip(samples, found):
        said, true = {answer[:3] for answer in answers}, set(sample.entities)
        for kind in TYPES:
            of = lambda entities: {entity for entity in entities if entity[0] == kind}
            counts[kind] += (len(of(said) & of(true)), len(of(said)), len(of(true)))
    f1 = lambda right, told, there: round(float(2 * right / max(1, told + there)), 4)
    total = sum(counts.values())
    return {"texts": len(samples), "entities": int(total[2]), "f1": f1(*total), "precision": round(float(total[0] / max(1, total[1])), 4),
            "recall": round(float(total[0] / max(1, total[2])), 4), "f1OfCheckableTypes": f1(*sum(counts[kind] for kind in CHECKABLE)),
            "f1ByType": {kind: f1(*counts[kind]) for kind in TYPES}}


def fitting(tokenizer: Tokenizer, samples: list[Sample], longest: int) -> list[Sample]:
    """Those that one window holds; longer ones are the server's business."""
    return [sample for sample, tokens in zip(samples, tokenizer.encode_batch([s.text for s in samples])) if len(tokens.ids) <= longest]


SPLITS = {"heldOut": ("held-out", "held-out"), "unseenTemplates": ("held-out", "training"), "unseenNames": ("training", "held-out"),
          "development": ("development", "development")}


def everything(session: Session, tokenizer: Tokenizer, count: int, longest: int, seed: int) -> tuple[dict, list]:
    """(figures, held-out texts with what was found in them)."""
    figures, shown = {}, []
    for name, splits in SPLITS.items():
        samples = fitting(tokenizer, dataset.write(Writer(*splits), count, seed), longest)
        found = predicted(session, tokenizer, samples)
        figures[name] = {**scores(samples, found), "textsSha256": digest(samples)}
        shown = shown or list(zip(samples, found))
    return figures, shown


def digest(samples: list[Sample]) -> str:
    """Tells whether two measurements were of the same texts."""
    return hashlib.sha256(json.dumps([(sample.text, sample.entities) for sample in samples], ensure_ascii=False).encode()).hexdigest()
