"""Flow matching (Lipman et al. 2023): x_t = (1 - t) real + t noise, the target is noise - real; t is logit-normal as in
Stable Diffusion 3 (Esser et al. 2024), but moved to where there is nearly only noise: there it is decided which of the
colours is the product's and which the background's. Used by two recipes.
"""
from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

MEAN, DEVIATION = 0.8, 1.2        # of the logit of t
ROUNDS, AT_ONCE = 4, 50


def loss(denoiser: Callable, real: Tensor, words: Tensor, present: Tensor, low: bool = False) -> Tensor:
    """Mean squared error of the velocity; `low`: in bfloat16 where torch's autocast allows."""
    time, noise = torch.sigmoid(MEAN + DEVIATION * torch.randn(len(real))), torch.randn(real.shape)
    mixed = torch.lerp(real, noise, time[:, None, None, None]).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16, enabled=low):
        velocity = denoiser(mixed, time, words, present)
    return F.mse_loss(velocity.float(), noise - real)


@torch.no_grad()
def error(denoiser: Callable, real: Tensor, words: Tensor, present: Tensor) -> float:
    """The same of many, the average of some rounds; the same noise whatever the words."""
    total = 0.0
    for part in range(0, len(real), AT_ONCE):
        rows = slice(part, part + AT_ONCE)
        torch.manual_seed(part)
        values = [loss(denoiser, real[rows], words[rows].float(), present[rows].float()).item() for _ in range(ROUNDS)]
        total += sum(values) / ROUNDS * len(real[rows])
    return total / len(real)
