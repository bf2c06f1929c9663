"""What models of product pictures are asked in their evaluation, and how much of it they get right; none is picked."""
import random
from pathlib import Path
from typing import Callable

import numpy as np

import contact_sheet
from captions import complete_caption, paraphrase
from pictures import OBJECTS, attributes

KINDS = {"seen": (complete_caption, lambda a: not a.held_out()), "heldOut": (complete_caption, lambda a: a.held_out()),
         "paraphrases": (paraphrase, lambda a: not a.held_out())}
Paint = Callable[[list[str], int], np.ndarray]      # captions and a seed -> float32 [captions, 3, side, side] in -1..1


def scores(found: np.ndarray, asked: np.ndarray) -> dict:
    """Shares of int [pictures, 4] that are right: object, colour, background and pattern, and several at once."""
    right = found == asked
    parts = dict(zip(("object", "colour", "background", "pattern"), right.mean(0).round(4).tolist()))
    return {"captions": len(right), **parts, "objectColourBackground": round(float(right[:, :3].all(1).mean()), 4),
            "allFour": round(float(right.all(1).mean()), 4)}


def everything(paint: Paint, judge: Callable[[np.ndarray], np.ndarray], count: int, seed: int) -> dict:
    """Of so many captions of each kind; `judge` says int [pictures, 4] of pictures. Of the seen pairs, the share right of each object as well."""
    figures = {}
    for number, (kind, (words, wanted)) in enumerate(KINDS.items()):
        chance = random.Random(seed + number)
        asked = [attributes(chance, wanted) for _ in range(count)]
        found, numbers = judge(paint([words(row, chance) for row in asked], seed + number)), np.array([row.numbers() for row in asked])
        figures[kind] = scores(found, numbers)
        if kind == "seen":
            figures["objects"] = {name: round(float((found == numbers)[numbers[:, 0] == i, 0].mean()), 3) for i, name in enumerate(OBJECTS)
                                  if (numbers[:, 0] == i).any()}
        print(kind, figures[kind], flush=True)
    return figures


def sheet(file: Path, paint: Paint) -> None:
    """Samples of seed 3 as they came, with what was asked; a star marks pairs of object and colour that were never trained."""
    chance = random.Random(3)
    asked = [attributes(chance) for _ in range(40)]
    texts = [complete_caption(row, chance) for row in asked]
    contact_sheet.of_captioned_images(file, [text + " *" * row.held_out() for text, row in zip(texts, asked)], paint(texts, 3))
