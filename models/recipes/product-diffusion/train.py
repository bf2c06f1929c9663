"""Trains the denoiser by flow matching, and the judge; the denoiser's training can be stopped at any step and goes on from its checkpoint."""
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import flow
from captions import caption
from encoder import Captions, Encoder
from model import Denoiser, Judge
from pen import PATTERNS
from pictures import COLOURS, OBJECTS, attributes, picture
from training import Course, trained

BATCH, RATE = 40, 8e-4


class Shown(Captions):
    """Attributes with an encoded caption each; pictures are drawn anew whenever they are shown."""

    def __init__(self, count: int, seed: int, encoder: Encoder, cache: Path):
        chance = random.Random(seed)
        self.rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
        super().__init__([caption(row, chance) for row in self.rows], encoder, cache / f"captions-{count}-{seed}.npz")

    def batch(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(pictures, their words' vectors, which words there are); one caption in ten is empty."""
        chosen, chance = torch.randint(len(self), (count,)), random.Random(torch.initial_seed())
        images = torch.from_numpy(np.stack([picture(self.rows[i], chance) for i in chosen.tolist()]))
        return images.permute(0, 3, 1, 2).float() / 127.5 - 1, *self.shown(chosen)


def denoiser(data, steps: int, seed: int, work: Path, stop_now: bool = False) -> tuple[Denoiser, int]:
    """(the average of the weights, how many steps it has had). `data.batch(count)`: pictures with their words, as of `Shown`."""
    model = Denoiser().to(memory_format=torch.channels_last)
    # Compiled, a step is several times as fast; the compilation takes a minute or more, and a C++ compiler.
    network = torch.compile(model) if steps >= 200 else model

    def loss(_: Denoiser) -> torch.Tensor:
        return flow.loss(network, *data.batch(BATCH), low=True)

    return trained(model, loss, Course(steps, RATE, seed, warm_up=200), work / "denoiser.pt", stop_now)


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
