"""The denoiser: a U-Net that looks at the words' vectors, and the judge that tells what is on a picture."""
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE, WORDS, WORD_SIZE = 64, 24, 384
GROUPS, HEADS, TIME = 8, 4, 160


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


class Denoiser(nn.Module):
    """The velocity (noise - picture) at `timestep` in 0..1 (1 is noise alone) of x_t = (1 - t) picture + t noise.

    Works on 2x2 pixels as 12 channels at half the side: as many places as a 32x32 picture has.
    """

    def __init__(self, a: int = 32, b: int = 80, c: int = 128):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(64, TIME), nn.SiLU(), nn.Linear(TIME, TIME))
        self.gist = nn.Linear(WORD_SIZE, TIME)
        self.enter = nn.Conv2d(12, a, 3, padding=1)
        self.down1, self.down2, self.down3 = ResidualBlock(a, a), ResidualBlock(a, b), ResidualBlock(b, c)
        self.look2, self.look3 = Attention(b, own=False), Attention(c, own=True)
        self.middle, self.look = ResidualBlock(c, c), Attention(c, own=True)
        self.up3, self.seen3 = ResidualBlock(2 * c, c), Attention(c, own=True)
        self.up2, self.seen2 = ResidualBlock(c + b, b), Attention(b, own=False)
        self.up1 = ResidualBlock(b + a, a)
        self.norm, self.leave = nn.GroupNorm(GROUPS, a), nn.Conv2d(a, 12, 3, padding=1)
        nn.init.zeros_(self.leave.weight)

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor, encoder_attention_mask: Tensor) -> Tensor:
        """`sample` [b, 3, 64, 64], `timestep` [b], `encoder_hidden_states` [b, words, 384], mask [b, words] of 1 and 0."""
        words, present = encoder_hidden_states, encoder_attention_mask
        angle = timestep[:, None] * 1000 * torch.exp(-math.log(10_000) * torch.arange(32, device=sample.device) / 32)
        gist = (words * present[..., None]).sum(1) / present.sum(1, keepdim=True)
        condition = F.silu(self.time(torch.cat([angle.sin(), angle.cos()], 1)) + self.gist(gist))
        mask = ((present - 1) * 1e4)[:, None, None, :]

        h1 = self.down1(self.enter(F.pixel_unshuffle(sample, 2)), condition)
        h2 = self.look2(self.down2(F.avg_pool2d(h1, 2), condition), words, mask)
        h3 = self.look3(self.down3(F.avg_pool2d(h2, 2), condition), words, mask)
        u = self.look(self.middle(h3, condition), words, mask)
        u = self.seen3(self.up3(torch.cat([u, h3], 1), condition), words, mask)
        u = self.seen2(self.up2(torch.cat([F.interpolate(u, scale_factor=2.0), h2], 1), condition), words, mask)
        u = self.up1(torch.cat([F.interpolate(u, scale_factor=2.0), h1], 1), condition)
        return F.pixel_shuffle(self.leave(F.silu(self.norm(u))), 2)


class Judge(nn.Module):
    """Object, colour, background and pattern of a picture, each as logits; used to evaluate and for nothing else."""

    def __init__(self, sizes: tuple[int, ...]):
        super().__init__()
        layers = []
        for inside, outside, side, stride in ((3, 24, 5, 2), (24, 48, 3, 2), (48, 96, 3, 2), (96, 128, 3, 2)):
            layers += [nn.Conv2d(inside, outside, side, stride, side // 2, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 16, 192), nn.ReLU())
        self.heads = nn.ModuleList(nn.Linear(192, size) for size in sizes)

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """`image` [b, 3, 64, 64] in -1..1."""
        h = self.body(image)
        return tuple(head(h) for head in self.heads)
