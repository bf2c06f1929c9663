"""Trains the denoiser by flow matching, and the judge. Both can be stopped at any step and go on from their checkpoint.

Flow matching (Lipman et al. 2023): x_t = (1 - t) picture + t noise, the target is noise - picture; t logit-normal as in
Stable Diffusion 3 (Esser et al. 2024). One caption in ten is empty, which gives guidance its other half (Ho and Salimans 2022).
"""
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from captions import caption
from encoder import Captions, Encoder
from model import Denoiser, Judge
from pen import PATTERNS
from pictures import COLOURS, OBJECTS, attributes, picture
from training import Stop

BATCH, RATE, WARM_UP, COOL_DOWN, AVERAGE = 40, 8e-4, 200, 0.25, 0.99
EMPTY = 0.1


class Shown(Captions):
    """Attributes with an encoded caption each; pictures are drawn anew whenever they are shown."""

    def __init__(self, count: int, seed: int, encoder: Encoder, cache: Path):
        chance = random.Random(seed)
        self.rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
        super().__init__([caption(row, chance) for row in self.rows], encoder, cache / f"captions-{count}-{seed}.npz")

    def batch(self, chance: random.Random, size: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        chosen = [chance.randrange(len(self.rows)) for _ in range(size)]
        images = torch.from_numpy(np.stack([picture(self.rows[i], chance) for i in chosen]))
        words, present = self.words[chosen].float(), self.present[chosen].float()
        for i in range(size):
            if chance.random() < EMPTY:
                words[i], present[i] = self.empty
        return images.permute(0, 3, 1, 2).float() / 127.5 - 1, words, present


def denoiser(data: Shown, steps: int, seed: int, work: Path) -> Denoiser | None:
    """The exponential average of the weights after `steps` steps, or None if it was asked to stop before."""
    torch.manual_seed(seed)
    model, average = Denoiser(), Denoiser()
    average.load_state_dict(model.state_dict())
    model = model.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, betas=(0.9, 0.99), weight_decay=1e-4)
    file, done, stop = work / "denoiser.pt", 0, Stop()
    if file.exists():
        stored = torch.load(file, weights_only=True)
        model.load_state_dict(stored["model"])
        average.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["steps"]
    # Compiled, a step is several times as fast; the compilation takes a minute or more, and a C++ compiler.
    network = torch.compile(model) if steps >= 200 else model
    started, shown, running = time.monotonic(), done, None
    while done < steps and not stop.asked:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (done + 1) / WARM_UP, max(0.01, (1 - done / steps) / COOL_DOWN))
        loss = _step(network, model, optimiser, data, seed, done)
        done += 1
        running = loss if running is None else 0.98 * running + 0.02 * loss
        with torch.no_grad():
            keep = min(AVERAGE, done / (done + 10))
            torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), 1 - keep)
        if done % 50 == 0:
            print(f"step {done}: loss {running:.4f}, {(time.monotonic() - started) / (done - shown):.2f} s a step", flush=True)
        if done % 250 == 0 or done == steps or stop.asked:
            torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "steps": done},
                       file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    return average.eval() if done >= steps else None


def _step(network, model, optimiser, data: Shown, seed: int, number: int) -> float:
    """Everything drawn in a step comes from its number, so a training that goes on is the one that was stopped."""
    images, words, present = data.batch(random.Random(seed * 1_000_003 + number), BATCH)
    generator = torch.Generator().manual_seed(seed * 1_000_003 + number)
    time_ = torch.sigmoid(torch.randn(BATCH, generator=generator))
    noise = torch.randn(images.shape, generator=generator)
    mixed = torch.lerp(images, noise, time_[:, None, None, None]).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        velocity = network(mixed, time_, words, present)
    loss = F.mse_loss(velocity.float(), noise - images)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def judge(steps: int, seed: int, work: Path) -> Judge:
    """Learns from pictures of all pairs; soft noise, so that it does not hang on single pixels."""
    torch.manual_seed(seed)
    model, file = Judge((len(OBJECTS), len(COLOURS), len(COLOURS), len(PATTERNS))), work / f"judge-{steps}.pt"
    if file.exists():
        model.load_state_dict(torch.load(file, weights_only=True))
        return model.eval()
    optimiser = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    chance = random.Random(seed)
    for step in range(steps):
        images, labels = drawn(64, chance)
        images = images + torch.rand(64, 1, 1, 1) * 0.1 * torch.randn_like(images)
        loss = sum(F.cross_entropy(logits, labels[:, i]) for i, logits in enumerate(model(images)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"judge, step {step + 1}: loss {loss.item():.4f}", flush=True)
    torch.save(model.state_dict(), file)
    return model.eval()


def drawn(count: int, chance: random.Random) -> tuple[torch.Tensor, torch.Tensor]:
    """(pictures [count, 3, 64, 64] in -1..1, attributes [count, 4])."""
    rows = [attributes(chance) for _ in range(count)]
    images = torch.from_numpy(np.stack([picture(row, chance) for row in rows])).permute(0, 3, 1, 2).float() / 127.5 - 1
    return images, torch.tensor([row.numbers() for row in rows])
