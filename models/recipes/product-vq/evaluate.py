"""Draws pictures from captions with the exported graphs and lets the judge say what is on them; none is picked."""
import numpy as np
import onnxruntime as ort
import torch
import torch.nn.functional as F

import asked
from encoder import Encoder
from judged import Judge
from model import CODES, PLACES, Prior

TEMPERATURE, TOP_K, GUIDANCE, AT_ONCE = 0.8, 0, 2.0, 50
PARAMETERS = {"temperature": {"type": "number", "minimum": 0, "maximum": 2, "default": TEMPERATURE, "description": "how freely codes are drawn; 0 = always the likeliest"},
              "guidance": {"type": "number", "minimum": 1, "maximum": 10, "default": GUIDANCE, "description": "how strongly the words pull; 1 = no guidance"},
              "size": {"type": "integer", "minimum": 16, "maximum": 1024, "default": 256, "description": "longer side of the picture in pixels, made larger from 32"}}


def pictures(prior: ort.InferenceSession, decoder: ort.InferenceSession, encoder: Encoder, captions: list[str], seed: int) -> np.ndarray:
    """float32 [captions, 3, 32, 32] in -1..1, code by code, with guidance."""
    none, made = encoder(""), []
    for start in range(0, len(captions), AT_ONCE):
        texts = captions[start : start + AT_ONCE]
        words, mask = (np.concatenate([wanted, np.repeat(nothing[None], len(texts), 0)]) for wanted, nothing in zip(encoder.all(texts), none))
        chance, codes = np.random.default_rng((seed, start)), np.full((len(texts), PLACES + 1), CODES)
        kept = np.zeros((2 * len(texts), prior.get_inputs()[4].shape[1]), np.float32)
        for place in range(PLACES):
            before = np.tile(codes[:, place - 1 if place else PLACES], 2)
            logits, kept = prior.run(["logits", "present"], {"code": before, "position": np.full(len(before), place), "words": words, "mask": mask, "past": kept})
            wanted, unwanted = np.split(logits, 2)
            codes[:, place] = drawn(unwanted + GUIDANCE * (wanted - unwanted), chance.random(len(texts)))
        made.append(decoder.run(["image"], {"codes": codes[:, :PLACES]})[0])
    return np.concatenate(made)


def drawn(logits: np.ndarray, chance: np.ndarray) -> np.ndarray:
    weights = np.exp((logits - logits.max(1, keepdims=True)) / TEMPERATURE)
    return (weights.cumsum(1) / weights.sum(1, keepdims=True) <= chance[:, None]).sum(1).clip(0, CODES - 1)


@torch.no_grad()
def bits(model: Prior, codes: torch.Tensor, words: torch.Tensor, present: torch.Tensor) -> float:
    """How many the prior needs for a code beside these words."""
    losses = [float(F.cross_entropy(model(c, w.float(), p.float()).reshape(-1, CODES), c.reshape(-1), reduction="sum"))
              for c, w, p in zip(codes.split(50), words.split(50), present.split(50))]
    return sum(losses) / codes.numel() / float(np.log(2))


def everything(prior, decoder, judge: Judge, encoder: Encoder, count: int, seed: int) -> dict:
    return {"temperature": TEMPERATURE, "guidance": GUIDANCE,
            **asked.everything(lambda texts, one: pictures(prior, decoder, encoder, texts, one), lambda images: judge(images)[0], count, seed)}
