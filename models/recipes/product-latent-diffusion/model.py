"""The denoiser of latents: a U-Net of two levels that looks at the words' vectors."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autoencoder import CHANNELS, GRID
from blocks import GROUPS, TIME, WORD_SIZE, Attention, ResidualBlock, hidden, mean, waves


class Denoiser(nn.Module):
    """The velocity (noise - latent) at `timestep` in 0..1 (1 is noise alone) of x_t = (1 - t) latent + t noise."""

    def __init__(self, a: int = 64, b: int = 128):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(64, TIME), nn.SiLU(), nn.Linear(TIME, TIME))
        self.gist = nn.Linear(WORD_SIZE, TIME)
        self.enter = nn.Conv2d(CHANNELS, a, 3, padding=1)
        self.down1, self.look1 = ResidualBlock(a, a), Attention(a, own=False)
        self.place = nn.Parameter(0.02 * torch.randn(1, b, GRID // 2, GRID // 2))
        self.down2, self.look2 = ResidualBlock(a, b), Attention(b, own=True)
        self.middle, self.look = ResidualBlock(b, b), Attention(b, own=True)
        self.up2, self.seen2 = ResidualBlock(2 * b, b), Attention(b, own=True)
        self.narrow = nn.Conv2d(b, a, 1)
        self.up1, self.seen1 = ResidualBlock(2 * a, a), Attention(a, own=False)
        self.norm, self.leave = nn.GroupNorm(GROUPS, a), nn.Conv2d(a, CHANNELS, 3, padding=1)
        nn.init.zeros_(self.leave.weight)

    def forward(self, sample: Tensor, timestep: Tensor, encoder_hidden_states: Tensor, encoder_attention_mask: Tensor) -> Tensor:
        """`sample` [b, 4, 16, 16], `timestep` [b], `encoder_hidden_states` [b, words, 384], mask [b, words] of 1 and 0."""
        words, present = encoder_hidden_states, encoder_attention_mask
        condition = F.silu(self.time(waves(timestep)) + self.gist(mean(words, present)))
        mask = hidden(present)

        h1 = self.look1(self.down1(self.enter(sample), condition), words, mask)
        h2 = self.look2(self.down2(F.avg_pool2d(h1, 2), condition) + self.place, words, mask)
        u = self.look(self.middle(h2, condition), words, mask)
        u = self.seen2(self.up2(torch.cat([u, h2], 1), condition), words, mask)
        u = torch.cat([F.interpolate(self.narrow(u), scale_factor=2.0), h1], 1)
        u = self.seen1(self.up1(u, condition), words, mask)
        return self.leave(F.silu(self.norm(u)))
