"""Measures the exported generator: are object and colour seen that were asked for, for pairs trained and never trained?"""
from pathlib import Path

import numpy as np
import onnxruntime as ort

import export
import metrics
from collection import Collection, evenly
from judged import Judge
from model import COLOURS, LATENT, OBJECTS, SIDE
from pictures import OBJECTS as NAMES


def drawn(graph: ort.InferenceSession, numbers: np.ndarray, seed: int) -> np.ndarray:
    """float32 [n, 3, 32, 32] in -1..1 of the objects and colours in `numbers` [n, 2 or more]; latents even in -1..1, none picked."""
    latents = np.random.default_rng(seed).uniform(-1, 1, (len(numbers), LATENT)).astype(np.float32)
    objects, palette = np.eye(OBJECTS, dtype=np.float32)[numbers[:, 0]], np.eye(COLOURS, dtype=np.float32)[numbers[:, 1]]
    parts = [export.run(graph, latents[i : i + 250], objects[i : i + 250], palette[i : i + 250]) for i in range(0, len(numbers), 250)]
    return np.concatenate(parts)


def everything(graph, judge: Judge, data: Collection, count: int, seed: int, cache: Path) -> dict:
    real = Collection(evenly(count, seed + 50), SIDE, seed + 50, cache)
    found, features = judge(real.scaled())
    training = data.scaled()[:count]
    figures = {"samples": count, "drawn": {**_right(found, real.numbers), "frechet": round(metrics.frechet(features, judge(training)[1]), 3)}}
    for kind, rows in (("seen", real.numbers), ("heldOut", np.array([row.numbers() for row in evenly(count, seed + 60, lambda a: a.held_out())]))):
        images = drawn(graph, rows, seed)
        found, vectors = judge(images)
        figures[kind] = _right(found, rows)
        if kind == "seen":
            figures[kind] |= {"frechet": round(metrics.frechet(features, vectors), 3), **metrics.manifold(features, vectors)}
            figures["objects"] = {name: round(float((found[:, 0] == i)[rows[:, 0] == i].mean()), 3) for i, name in enumerate(NAMES) if (rows[:, 0] == i).any()}
            figures["nearestTrainRatio"] = metrics.nearest_ratio(images[:200], training, real.scaled())
        print(kind, figures[kind], flush=True)
    return figures


def _right(found: np.ndarray, asked: np.ndarray) -> dict:
    same = found[:, :2] == asked[:, :2]
    return {"object": round(float(same[:, 0].mean()), 4), "colour": round(float(same[:, 1].mean()), 4), "both": round(float(same.all(1).mean()), 4)}
