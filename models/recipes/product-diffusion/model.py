"""The denoiser: a U-Net that looks at the words' vectors, and the judge that tells what is on a picture."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from blocks import GROUPS, TIME, WORD_SIZE, Attention, ResidualBlock, hidden, mean, waves

SIDE = 64


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
        condition = F.silu(self.time(waves(timestep)) + self.gist(mean(words, present)))
        mask = hidden(present)

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
