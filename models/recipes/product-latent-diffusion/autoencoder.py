"""The autoencoder: pictures to latents of a quarter of the side, and back (Kingma and Welling 2014; Rombach et al. 2022)."""
import torch
from torch import Tensor, nn

from blocks import Plain

SIDE, CHANNELS, GRID = 64, 4, 16


class Autoencoder(nn.Module):
    """Pictures [b, 3, 64, 64] in -1..1 to the mean and the logarithm of the variance of latents [b, 4, 16, 16], and latents to pictures.

    `centre` and `spread` are the latents' mean and standard deviation a channel, measured after the training: `Encoder` and
    `Decoder` apply them, so that what the denoiser sees has mean 0 and variance 1.
    """

    def __init__(self, a: int = 24, b: int = 64, c: int = 32):
        super().__init__()
        self.encode = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, a, 3, padding=1), nn.SiLU(), nn.Conv2d(a, b, 4, 2, 1), Plain(b), Plain(b),
                                    nn.SiLU(), nn.Conv2d(b, 2 * CHANNELS, 1))
        self.decode = nn.Sequential(nn.Conv2d(CHANNELS, b, 3, padding=1), Plain(b), Plain(b), Plain(b), nn.SiLU(), nn.Conv2d(b, 4 * c, 1),
                                    nn.PixelShuffle(2), Plain(c), Plain(c), nn.SiLU(), nn.Conv2d(c, 12, 3, padding=1), nn.PixelShuffle(2))
        self.register_buffer("centre", torch.zeros(1, CHANNELS, 1, 1))
        self.register_buffer("spread", torch.ones(1, CHANNELS, 1, 1))

    def forward(self, image: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """(the picture again, from a latent drawn with `noise` [b, 4, 16, 16]; the divergence from a normal distribution, a number of the latent)."""
        mean, logarithm = self.encode(image).float().chunk(2, 1)
        logarithm = logarithm.clamp(-12, 4)
        divergence = (mean.square() + logarithm.exp() - 1 - logarithm).mean() / 2
        return self.decode(mean + (logarithm / 2).exp() * noise), divergence


class Encoder(nn.Module):
    """What is exported: image float32 [b, 3, 64, 64] in -1..1 -> latent float32 [b, 4, 16, 16], the mean."""

    def __init__(self, autoencoder: Autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, image: Tensor) -> Tensor:
        return (self.autoencoder.encode(image)[:, :CHANNELS] - self.autoencoder.centre) / self.autoencoder.spread


class Decoder(nn.Module):
    """What is exported: latent float32 [b, 4, 16, 16] -> image float32 [b, 3, 64, 64] in -1..1."""

    def __init__(self, autoencoder: Autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, latent: Tensor) -> Tensor:
        return self.autoencoder.decode(latent * self.autoencoder.spread + self.autoencoder.centre).clamp(-1, 1)
