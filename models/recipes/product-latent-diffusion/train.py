"""Trains the autoencoder and its decoder further, encodes pictures with it, and trains the denoiser of their latents; all can be stopped and go on.

Flow matching (Lipman et al. 2023): x_t = (1 - t) latent + t noise, the target is noise - latent; t logit-normal as in
Stable Diffusion 3 (Esser et al. 2024). One caption in ten is empty, which gives guidance its other half (Ho and Salimans 2022).
"""
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from autoencoder import CHANNELS, GRID, Autoencoder, Encoder
from captions import varied_caption
from collection import evenly
from encoder import Captions
from encoder import Encoder as Words
from manifest import sha256
from model import Denoiser
from pictures import Attributes, attributes, picture
from training import Course, trained

DIVERGENCE, NOISE, PICTURES, BATCH, EMPTY = 0.01, 0.08, 2, 32, 0.1


def drawn(rows: list[Attributes], chance: random.Random) -> torch.Tensor:
    """float32 [rows, 3, 64, 64] in -1..1."""
    return torch.from_numpy(np.stack([picture(row, chance) for row in rows])).permute(0, 3, 1, 2).float() / 127.5 - 1


def autoencoder(steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Autoencoder, int]:
    """Sees pictures of trained pairs of object and colour alone, none twice."""

    def loss(model: Autoencoder) -> torch.Tensor:
        chance = random.Random(torch.initial_seed())
        real = drawn([attributes(chance, lambda a: not a.held_out()) for _ in range(24)], chance)
        again, divergence = model(real.contiguous(memory_format=torch.channels_last), torch.randn(len(real), CHANNELS, GRID, GRID))
        return F.l1_loss(again, real) + F.mse_loss(again, real) + DIVERGENCE * divergence

    model = Autoencoder().to(memory_format=torch.channels_last)
    model, done = trained(model, loss, Course(steps, 2e-3, seed, cool_down=0.4, average=0.98), work / "autoencoder.pt", stop_now)
    with torch.no_grad():
        latents = model.encode(drawn(evenly(500, seed + 60), random.Random(seed + 60)))[:, :CHANNELS]
        model.centre.copy_(latents.mean((0, 2, 3), keepdim=True))
        model.spread.copy_(latents.std((0, 2, 3), keepdim=True))
    return model.to(memory_format=torch.contiguous_format), done


def decoder(coder: Autoencoder, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Autoencoder, int]:
    """Goes on with the decoder alone, at less noise: the latents stay what they are, pictures become sharper."""

    def loss(model: Autoencoder) -> torch.Tensor:
        chance = random.Random(torch.initial_seed() + 1)
        real = drawn([attributes(chance, lambda a: not a.held_out()) for _ in range(24)], chance).contiguous(memory_format=torch.channels_last)
        with torch.no_grad():
            mean = model.encode(real)[:, :CHANNELS]
        again = model.decode(mean + NOISE * torch.randn_like(mean))
        return F.l1_loss(again, real) + F.mse_loss(again, real)

    model = Autoencoder()
    model.load_state_dict(coder.state_dict())
    model = model.to(memory_format=torch.channels_last)
    model.encode.requires_grad_(False)
    model, done = trained(model, loss, Course(steps, 1.5e-3, seed, cool_down=0.7, average=0.99), work / "decoder.pt", stop_now)
    for mine, given in ((model.centre, coder.centre), (model.spread, coder.spread)):
        mine.copy_(given)
    return model.to(memory_format=torch.contiguous_format), done


def captions(count: int, seed: int, words: Words, work: Path) -> tuple[list[Attributes], Captions]:
    """Rows of trained pairs with a caption each."""
    chance = random.Random(seed)
    rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
    return rows, Captions([varied_caption(row, chance) for row in rows], words, work / f"captions-{count}-{seed}.npz")


def latents(rows: list[Attributes], coder: Autoencoder, seed: int, work: Path) -> torch.Tensor:
    """float16 [2 rows, 4, 16, 16]: of two pictures of each row, one after the other; kept for the autoencoder that made them."""
    file = work / f"latents-{len(rows)}-{seed}-{sha256(work / 'autoencoder.pt')[:8]}.npy"
    if not file.exists():
        chance, encode, made = random.Random(seed), Encoder(coder).to(memory_format=torch.channels_last), []
        with torch.no_grad():
            for start in range(0, len(rows), 100):
                some = [row for row in rows[start : start + 100] for _ in range(PICTURES)]
                made.append(encode(drawn(some, chance).contiguous(memory_format=torch.channels_last)).contiguous().half().numpy())
        np.save(file, np.concatenate(made))
    return torch.from_numpy(np.load(file))


def denoiser(data: torch.Tensor, texts: Captions, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Denoiser, int]:
    """The average of the weights."""

    def loss(model: Denoiser) -> torch.Tensor:
        chosen = torch.randint(len(data), (BATCH,))
        real, words, present = data[chosen].float(), texts.words[chosen // PICTURES].float(), texts.present[chosen // PICTURES].float()
        empty = torch.rand(BATCH) < EMPTY
        words[empty], present[empty] = texts.empty
        time_, noise = torch.sigmoid(torch.randn(BATCH)), torch.randn_like(real)
        mixed = torch.lerp(real, noise, time_[:, None, None, None]).contiguous(memory_format=torch.channels_last)
        return F.mse_loss(model(mixed, time_, words, present), noise - real)

    model = Denoiser().to(memory_format=torch.channels_last)
    return trained(model, loss, Course(steps, 1e-3, seed, warm_up=200, cool_down=0.3, average=0.995), work / "denoiser.pt", stop_now)
