"""What denoisers are made of: blocks that time and words modulate, and attention to the words. Used by several recipes."""
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WORDS, WORD_SIZE = 24, 384
GROUPS, HEADS, TIME = 8, 4, 160


class Plain(nn.Module):
    """Added to what it is given, with nothing that modulates it: of autoencoders."""

    def __init__(self, channels: int):
        super().__init__()
        self.layers = nn.Sequential(nn.SiLU(), nn.Conv2d(channels, channels, 3, padding=1), nn.SiLU(), nn.Conv2d(channels, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x)


class ResidualBlock(nn.Module):
    def __init__(self, inside: int, outside: int):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(GROUPS, inside), nn.Conv2d(inside, outside, 3, padding=1)
        self.modulation = nn.Linear(TIME, 2 * outside)
        self.norm2, self.conv2 = nn.GroupNorm(GROUPS, outside), nn.Conv2d(outside, outside, 3, padding=1)
        self.skip = nn.Conv2d(inside, outside, 1) if inside != outside else nn.Identity()
        nn.init.zeros_(self.conv2.weight)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.modulation(condition)[:, :, None, None].chunk(2, 1)
        h = self.norm2(self.conv1(F.silu(self.norm1(x)))) * (1 + scale) + shift
        return self.skip(x) + self.conv2(F.silu(h))


class Attention(nn.Module):
    """Of the places to each other (if `own`), then of the places to the words."""

    def __init__(self, channels: int, own: bool):
        super().__init__()
        self.own, self.size = own, channels // HEADS
        if own:
            self.norm1, self.qkv, self.out1 = nn.GroupNorm(GROUPS, channels), nn.Conv2d(channels, 3 * channels, 1), nn.Conv2d(channels, channels, 1)
            nn.init.zeros_(self.out1.weight)
        self.norm2, self.query, self.out2 = nn.GroupNorm(GROUPS, channels), nn.Conv2d(channels, channels, 1), nn.Conv2d(channels, channels, 1)
        self.words = nn.Linear(WORD_SIZE, 2 * channels)
        nn.init.zeros_(self.out2.weight)

    def forward(self, x: Tensor, words: Tensor, mask: Tensor) -> Tensor:
        if self.own:
            q, k, v = (self._heads(part) for part in self.qkv(self.norm1(x)).chunk(3, 1))
            x = x + self.out1(self._places(F.scaled_dot_product_attention(q, k, v), x))
        k, v = (part.unflatten(2, (HEADS, self.size)).transpose(1, 2) for part in self.words(words).chunk(2, 2))
        q = self._heads(self.query(self.norm2(x)))
        return x + self.out2(self._places(F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype)), x))

    def _heads(self, x: Tensor) -> Tensor:
        return x.flatten(2).unflatten(1, (HEADS, self.size)).transpose(2, 3)

    def _places(self, x: Tensor, like: Tensor) -> Tensor:
        return x.transpose(2, 3).flatten(1, 2).unflatten(2, like.shape[2:])


def waves(timestep: Tensor) -> Tensor:
    """[b] in 0..1 as [b, 64] sines and cosines."""
    angle = timestep[:, None] * 1000 * torch.exp(-math.log(10_000) * torch.arange(32, device=timestep.device) / 32)
    return torch.cat([angle.sin(), angle.cos()], 1)


def mean(words: Tensor, present: Tensor) -> Tensor:
    """Of the words that there are: [b, words, 384] and [b, words] of 1 and 0 as [b, 384]."""
    return (words * present[..., None]).sum(1) / present.sum(1, keepdim=True)


def hidden(present: Tensor) -> Tensor:
    """What is added to the attention's scores, so that places without a word have none."""
    return ((present - 1) * 1e4)[:, None, None, :]
