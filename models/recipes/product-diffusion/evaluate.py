"""Draws pictures from captions with the exported graph and lets the judge say what is on them; none is picked."""
import random

import numpy as np
import onnxruntime as ort
import torch

import export
from captions import complete_caption, paraphrase
from encoder import Encoder
from model import SIDE, Judge
from pictures import OBJECTS, Attributes, attributes

STEPS, GUIDANCE, AT_ONCE = 12, 3.0, 25


def pictures(graph: ort.InferenceSession, encoder: Encoder, captions: list[str], seed: int, steps: int = STEPS,
             guidance: float = GUIDANCE) -> np.ndarray:
    """float32 [captions, 3, 64, 64] in -1..1, by Euler's method for flow matching with guidance."""
    none, made = encoder(""), []
    for start in range(0, len(captions), AT_ONCE):
        texts = captions[start : start + AT_ONCE]
        words, present = (np.concatenate([wanted, np.repeat(nothing[None], len(texts), 0)]) for wanted, nothing in
                          zip(encoder.all(texts), none))
        x = np.random.default_rng((seed, start)).standard_normal((len(texts), 3, SIDE, SIDE), np.float32)
        for step in range(steps):
            t = np.full(2 * len(texts), 1 - step / steps, np.float32)
            wanted, unwanted = np.split(export.run(graph, np.concatenate([x, x]), t, words, present), 2)
            x -= (unwanted + guidance * (wanted - unwanted)) / steps
        made.append(x)
    return np.concatenate(made).clip(-1, 1)


def judged(judge: Judge, images: np.ndarray, asked: list[Attributes]) -> np.ndarray:
    """bool [images, 4]: object, colour, background and pattern as asked."""
    with torch.no_grad():
        found = np.stack([logits.argmax(1).numpy() for logits in judge(torch.from_numpy(images))], 1)
    return found == np.array([row.numbers() for row in asked])


def scores(right: np.ndarray) -> dict:
    parts = dict(zip(("object", "colour", "background", "pattern"), right.mean(0).round(4).tolist()))
    return {"captions": len(right), **parts, "objectColourBackground": round(float(right[:, :3].all(1).mean()), 4),
            "allFour": round(float(right.all(1).mean()), 4)}


def everything(graph: ort.InferenceSession, judge: Judge, encoder: Encoder, count: int, seed: int) -> dict:
    kinds = {"seen": (complete_caption, lambda a: not a.held_out()), "heldOut": (complete_caption, lambda a: a.held_out()),
             "paraphrases": (paraphrase, lambda a: not a.held_out())}
    figures = {"steps": STEPS, "guidance": GUIDANCE}
    for number, (kind, (words, wanted)) in enumerate(kinds.items()):
        chance = random.Random(seed + number)
        asked = [attributes(chance, wanted) for _ in range(count)]
        right = judged(judge, pictures(graph, encoder, [words(row, chance) for row in asked], seed + number), asked)
        figures[kind] = scores(right)
        if kind == "seen":
            figures["objects"] = {name: round(float(right[[row.object == name for row in asked], 0].mean()), 3) for name in OBJECTS
                                  if any(row.object == name for row in asked)}
        print(kind, figures[kind], flush=True)
    return figures
