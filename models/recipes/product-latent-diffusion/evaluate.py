"""Draws pictures from captions with the exported graphs and lets the judge say what is on them; none is picked."""
import random

import numpy as np
import onnxruntime as ort

import asked
import export
import train
from autoencoder import CHANNELS, GRID
from collection import evenly
from encoder import Encoder
from judged import Judge
from sampling import GUIDANCE, STEPS, samples


def pictures(graph: ort.InferenceSession, decoder: ort.InferenceSession, encoder: Encoder, captions: list[str], seed: int) -> np.ndarray:
    """float32 [captions, 3, 64, 64] in -1..1."""
    return decoded(decoder, samples(graph, encoder, captions, (CHANNELS, GRID, GRID), seed))


def decoded(decoder: ort.InferenceSession, latents: np.ndarray) -> np.ndarray:
    return np.concatenate([export.run(decoder, part) for part in np.array_split(latents, max(1, len(latents) // 25))])


def encoded(encoder: ort.InferenceSession, images: np.ndarray) -> np.ndarray:
    return np.concatenate([export.run(encoder, part) for part in np.array_split(images, max(1, len(images) // 25))])


def mean_error(images: np.ndarray, real: np.ndarray) -> float:
    """Of a pixel, where 1 is from black to full."""
    return round(float(np.abs(images - real).mean()) / 2, 4)


def again(encoder: ort.InferenceSession, decoder: ort.InferenceSession, judge: Judge, count: int, seed: int) -> dict:
    """What the judge sees of drawn pictures once they have been latents, and of the same before: the most that the denoiser can reach.

    Pairs of object and colour that the autoencoder was never trained on are among them."""
    rows = evenly(count, seed + 50, lambda a: True)
    real = train.drawn(rows, random.Random(seed + 50)).numpy()
    latents = encoded(encoder, real)
    images, numbers = decoded(decoder, latents), np.array([row.numbers() for row in rows])
    return {"drawn": asked.scores(judge(real)[0], numbers), "again": {**asked.scores(judge(images)[0], numbers),
            "meanError": mean_error(images, real), "latentMean": round(float(latents.mean()), 3),
            "latentDeviation": round(float(latents.std()), 3)}}


def everything(graph: ort.InferenceSession, decoder: ort.InferenceSession, judge: Judge, encoder: Encoder, count: int, seed: int) -> dict:
    return {"steps": STEPS, "guidance": GUIDANCE,
            **asked.everything(lambda texts, one: pictures(graph, decoder, encoder, texts, one), lambda images: judge(images)[0], count, seed)}
