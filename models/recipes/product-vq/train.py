"""Trains the autoencoder and then the prior; a stopped training goes on from its checkpoint."""
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from captions import caption
from encoder import Captions, Encoder
from model import CODES, Autoencoder, Prior
from pictures import Attributes, attributes
from training import Course, trained

RATE = 1e-3


def drawn_captions(count: int, seed: int, encoder: Encoder, cache: Path) -> tuple[list[Attributes], Captions]:
    """Rows with a caption each; the same that `product-diffusion` makes of the same count and seed."""
    chance = random.Random(seed)
    rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
    return rows, Captions([caption(row, chance) for row in rows], encoder, cache / f"captions-{count}-{seed}.npz")


def both(autoencoder_steps: int, prior_steps: int, stop_now: bool, captions: Captions, data, seed: int, work: Path) -> tuple[Autoencoder, Prior, int]:
    """`data` has `images` uint8 [count, 32, 32, 3], in the order of the captions. Returns both and the prior's steps."""
    coder, done = autoencoder(data, 0 if stop_now else autoencoder_steps, seed, work / "autoencoder.pt")
    if done < autoencoder_steps:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on")
    with torch.no_grad():
        codes = torch.cat([coder.codes(torch.from_numpy(part).permute(0, 3, 1, 2).float() / 127.5 - 1) for part in np.array_split(data.images, max(1, len(data) // 500))])
    model, done = prior(codes, captions, 0 if stop_now else prior_steps, seed, work / "prior.pt")
    if done < prior_steps and not stop_now:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
    return coder, model, done


def autoencoder(data, steps: int, seed: int, file: Path) -> tuple[Autoencoder, int]:
    images = torch.from_numpy(data.images)

    def loss(model: Autoencoder) -> torch.Tensor:
        real = images[torch.randint(len(images), (64,))].permute(0, 3, 1, 2).float() / 127.5 - 1
        again, apart = model(real)
        return F.l1_loss(again, real) + F.mse_loss(again, real) + 0.25 * apart

    return trained(Autoencoder(), loss, Course(steps, RATE, seed, average=0), file)


def prior(codes: torch.Tensor, captions: Captions, steps: int, seed: int, file: Path) -> tuple[Prior, int]:
    """The average of the weights."""

    def loss(model: Prior) -> torch.Tensor:
        chosen = torch.randint(len(codes), (48,))
        words, present = captions.shown(chosen)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(codes[chosen], words, present)
        return F.cross_entropy(logits.float().reshape(-1, CODES), codes[chosen].reshape(-1))

    return trained(Prior(), loss, Course(steps, RATE, seed), file)
