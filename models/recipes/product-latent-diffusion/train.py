"""Trains the autoencoder and its decoder further, encodes pictures with it, and trains the denoiser of their latents; all can be stopped and go on.

Pictures come from `Drawn`, or from whatever else has its methods and captions.
"""
import random
from pathlib import Path
from typing import Iterator

import numpy as np
import torch
import torch.nn.functional as F

import flow
from autoencoder import CHANNELS, GRID, Autoencoder, Encoder
from captions import varied_caption
from collection import evenly
from encoder import Captions
from encoder import Encoder as Words
from manifest import sha256
from model import Denoiser
from pictures import Attributes, attributes, picture
from training import Course, trained

DIVERGENCE, NOISE, BATCH = 0.01, 0.08, 32


def drawn(rows: list[Attributes], chance: random.Random) -> torch.Tensor:
    """float32 [rows, 3, 64, 64] in -1..1."""
    return torch.from_numpy(np.stack([picture(row, chance) for row in rows])).permute(0, 3, 1, 2).float() / 127.5 - 1


class Drawn(Captions):
    """Attributes of trained pairs of object and colour with an encoded caption each; `mark` names them in file names."""

    def __init__(self, count: int, seed: int, words: Words, work: Path):
        chance = random.Random(seed)
        self.rows, self.seed, self.mark = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)], seed, f"{count}-{seed}"
        super().__init__([varied_caption(row, chance) for row in self.rows], words, work / f"captions-{self.mark}.npz")

    def some(self, count: int) -> torch.Tensor:
        """Pictures drawn anew, of trained pairs alone."""
        chance = random.Random(torch.initial_seed())
        return drawn([attributes(chance, lambda a: not a.held_out()) for _ in range(count)], chance)

    def sample(self) -> torch.Tensor:
        """500 of them, always the same."""
        return drawn(evenly(500, self.seed + 60), random.Random(self.seed + 60))

    def each(self) -> Iterator[torch.Tensor]:
        """Two pictures of each row, in the captions' order."""
        chance = random.Random(self.seed)
        for start in range(0, len(self.rows), 100):
            yield drawn([row for row in self.rows[start : start + 100] for _ in range(2)], chance)


def autoencoder(data, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Autoencoder, int]:

    def loss(model: Autoencoder) -> torch.Tensor:
        real = data.some(24)
        again, divergence = model(real.contiguous(memory_format=torch.channels_last), torch.randn(len(real), CHANNELS, GRID, GRID))
        return F.l1_loss(again, real) + F.mse_loss(again, real) + DIVERGENCE * divergence

    model = Autoencoder().to(memory_format=torch.channels_last)
    model, done = trained(model, loss, Course(steps, 2e-3, seed, cool_down=0.4, average=0.98), work / "autoencoder.pt", stop_now)
    with torch.no_grad():
        latents = model.encode(data.sample())[:, :CHANNELS]
        model.centre.copy_(latents.mean((0, 2, 3), keepdim=True))
        model.spread.copy_(latents.std((0, 2, 3), keepdim=True))
    return model.to(memory_format=torch.contiguous_format), done


def decoder(data, coder: Autoencoder, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Autoencoder, int]:
    """Goes on with the decoder alone, at less noise: the latents stay what they are, pictures become sharper."""

    def loss(model: Autoencoder) -> torch.Tensor:
        real = data.some(24).contiguous(memory_format=torch.channels_last)
        with torch.no_grad():
            mean = model.encode(real)[:, :CHANNELS]
        again = model.decode(mean + NOISE * torch.randn_like(mean))
        return F.l1_loss(again, real) + F.mse_loss(again, real)

    model = Autoencoder()
    model.load_state_dict(coder.state_dict())
    model = model.to(memory_format=torch.channels_last)
    model.encode.requires_grad_(False)
    model, done = trained(model, loss, Course(steps, 1.5e-3, seed + 1, cool_down=0.7, average=0.99), work / "decoder.pt", stop_now)
    for mine, given in ((model.centre, coder.centre), (model.spread, coder.spread)):
        mine.copy_(given)
    return model.to(memory_format=torch.contiguous_format), done


def latents(data, coder: Autoencoder, work: Path) -> torch.Tensor:
    """float16 [pictures, 4, 16, 16] of the data's pictures; kept for the autoencoder that made them."""
    file = work / f"latents-{data.mark}-{sha256(work / 'autoencoder.pt')[:8]}.npy"
    if not file.exists():
        encode = Encoder(coder).to(memory_format=torch.channels_last)
        with torch.no_grad():
            made = [encode(part.contiguous(memory_format=torch.channels_last)).contiguous().half().numpy() for part in data.each()]
        np.save(file, np.concatenate(made))
    return torch.from_numpy(np.load(file))


def denoiser(encoded: torch.Tensor, texts: Captions, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Denoiser, int]:
    """The average of the weights. Each caption has as many latents as the next, one after the other."""
    each = len(encoded) // len(texts)

    def loss(model: Denoiser) -> torch.Tensor:
        chosen = torch.randint(len(encoded), (BATCH,))
        return flow.loss(model, encoded[chosen].float(), *texts.shown(chosen // each))

    model = Denoiser().to(memory_format=torch.channels_last)
    return trained(model, loss, Course(steps, 1e-3, seed, warm_up=200, cool_down=0.3, average=0.995), work / "denoiser.pt", stop_now)
