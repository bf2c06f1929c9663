"""The judge of `product-diffusion` as a classifier for all models of product pictures; judges and is used for nothing else."""
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pictures import attributes, picture

SIDE, FEATURES, BATCH, RATE = 64, 64, 64, 1e-3


class Classifier(nn.Module):
    """image float32 [b, 3, 64, 64] in 0..1 -> logits float32 [b, objects + patterns], features float32 [b, 64].

    Features are the 64 principal components, over drawn pictures, of the 192 numbers before the logits. The network was taught
    colours too, so they are in the features; it does not say them, they are read by rule (`product-pictures/measured.py`).
    """

    def __init__(self, judge: nn.Module, mean: Tensor, directions: Tensor):
        """mean float32 [192]; directions float32 [192, 64], orthonormal columns."""
        super().__init__()
        self.body, self.objects, self.patterns = judge.body, judge.heads[0], judge.heads[3]
        self.register_buffer("mean", mean)
        self.register_buffer("directions", directions)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.body(image * 2 - 1)
        return torch.cat([self.objects(hidden), self.patterns(hidden)], 1), (hidden - self.mean) @ self.directions


def shown_small(judge: nn.Module, steps: int, seed: int, work: Path) -> nn.Module:
    """Goes on training it, every other batch with pictures drawn at 32x32 and enlarged, as it will see them."""
    file, chance = work / f"classifier-{steps}.pt", random.Random(seed)
    if file.exists():
        judge.load_state_dict(torch.load(file, weights_only=True))
        return judge.eval()
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(judge.train().parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for step in range(steps):
        rows = [attributes(chance) for _ in range(BATCH)]
        images = np.stack([picture(row, chance, SIDE // (1 + step % 2)) for row in rows])
        images = floats(images) * 2 - 1
        images = images + torch.rand(BATCH, 1, 1, 1) * 0.1 * torch.randn_like(images)
        images = F.interpolate(images, SIDE, mode="nearest")
        labels = torch.tensor([row.numbers() for row in rows])
        loss = sum(F.cross_entropy(logits, labels[:, i]) for i, logits in enumerate(judge(images)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"classifier, step {step + 1}: loss {loss.item():.4f}", flush=True)
    torch.save(judge.state_dict(), file)
    return judge.eval()


def with_components(judge: nn.Module, images: Tensor) -> Classifier:
    """Principal components of what the judge makes of `images`."""
    with torch.no_grad():
        hidden = torch.cat([judge.body(part * 2 - 1) for part in images.split(250)])
    mean = hidden.mean(0)
    _, _, directions = torch.linalg.svd(hidden - mean, full_matrices=False)
    return Classifier(judge, mean, directions[:FEATURES].T.contiguous()).eval()


def drawn(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(uint8 [count, 64, 64, 3], attributes uint8 [count, 4]) of the pairs that models are trained on."""
    chance = random.Random(seed)
    rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
    return np.stack([picture(row, chance) for row in rows]), np.array([row.numbers() for row in rows], np.uint8)


def enlarged(images: np.ndarray) -> np.ndarray:
    """32x32 or 64x64 as 64x64, every pixel repeated."""
    times = SIDE // images.shape[1]
    return images.repeat(times, 1).repeat(times, 2)


def floats(images: np.ndarray) -> Tensor:
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
