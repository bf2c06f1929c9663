"""Draws pictures from captions with the exported graph and lets the judge say what is on them; none is picked."""
import numpy as np
import onnxruntime as ort
import torch

import asked
from encoder import Encoder
from model import SIDE, Judge
from sampling import GUIDANCE, STEPS, samples


def pictures(graph: ort.InferenceSession, encoder: Encoder, captions: list[str], seed: int) -> np.ndarray:
    """float32 [captions, 3, 64, 64] in -1..1."""
    return samples(graph, encoder, captions, (3, SIDE, SIDE), seed).clip(-1, 1)


def judged(judge: Judge, images: np.ndarray) -> np.ndarray:
    """int [images, 4]: object, colour, background and pattern."""
    with torch.no_grad():
        return np.stack([logits.argmax(1).numpy() for logits in judge(torch.from_numpy(images))], 1)


def everything(graph: ort.InferenceSession, judge: Judge, encoder: Encoder, count: int, seed: int) -> dict:
    return {"steps": STEPS, "guidance": GUIDANCE,
            **asked.everything(lambda texts, one: pictures(graph, encoder, texts, one), lambda images: judged(judge, images), count, seed)}
