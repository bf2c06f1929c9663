"""A generator and discriminators of fully connected layers (Goodfellow et al. 2014), conditional on the class (Mirza and Osindero 2014)."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

LATENT, CLASSES, SIDE, PACK = 100, 10, 28, 2
PLACES = SIDE * SIDE


def one_hot(labels: Tensor) -> Tensor:
    return F.one_hot(labels, CLASSES).float()


class Generator(nn.Module):
    """latent float32 [b, LATENT] from N(0, 1), label float32 [b, 10] one-hot -> picture float32 [b, 1, 28, 28] in -1..1."""

    def __init__(self, widths: tuple[int, ...] = (256, 512, 640)):
        super().__init__()
        layers, inside = [], LATENT + CLASSES
        for width in widths:
            layers += [nn.Linear(inside, width, bias=False), nn.BatchNorm1d(width), nn.LeakyReLU(0.2)]
            inside = width
        self.layers = nn.Sequential(*layers, nn.Linear(inside, PLACES), nn.Tanh())

    @torch.no_grad()
    def widened(self, factor: float) -> "Generator":
        """For latents `factor` times as far from 0 as those that it was trained with."""
        self.layers[0].weight[:, :LATENT] *= factor
        return self

    def forward(self, latent: Tensor, label: Tensor) -> Tensor:
        return self.layers(torch.cat((latent, label), 1)).view(-1, 1, SIDE, SIDE)


class Spectral(nn.Linear):
    """A layer divided by its largest singular value (Miyato et al. 2018), one round of power iteration a training step."""

    def __init__(self, inside: int, outside: int):
        super().__init__(inside, outside)
        self.register_buffer("left", F.normalize(torch.randn(outside), dim=0))
        self.register_buffer("right", F.normalize(torch.randn(inside), dim=0))

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            with torch.no_grad():
                self.right = F.normalize(self.weight.T @ self.left, dim=0)
                self.left = F.normalize(self.weight @ self.right, dim=0)
        return F.linear(x, self.weight) / (self.left @ self.weight @ self.right) + self.bias


class Discriminator(nn.Module):
    """Judges PACK vectors of one class together (Lin et al. 2018): pictures that are too alike betray themselves.

    The class enters by its product with the last layer (Miyato and Koyama 2018).
    """

    def __init__(self, size: int, width: int):
        super().__init__()
        self.layers = nn.Sequential(Spectral(PACK * size, width), nn.LeakyReLU(0.2), Spectral(width, width // 2), nn.LeakyReLU(0.2),
                                    Spectral(width // 2, width // 2), nn.LeakyReLU(0.2))
        self.real, self.of_class = Spectral(width // 2, 1), Spectral(CLASSES, width // 2)

    def forward(self, vectors: Tensor, labels: Tensor) -> Tensor:
        """`vectors` [b, size], neighbours in packs of one class; `labels` int64 [b]. [b / PACK], higher is more real."""
        h = self.layers(vectors.reshape(len(vectors) // PACK, -1))
        return self.real(h).squeeze(1) + (self.of_class(one_hot(labels[::PACK])) * h).sum(1)


class Guide(nn.Module):
    """A small classifier whose fixed features a second discriminator looks at (Sauer et al. 2021, "projected GAN");
    the one that judges the result is another, of another layout, trained apart."""

    SIZE = 32 * 49 + 64 * 16

    def __init__(self):
        super().__init__()
        self.near = nn.Sequential(nn.Conv2d(1, 16, 5, 2, 2), nn.BatchNorm2d(16), nn.SiLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.SiLU())
        self.far = nn.Sequential(nn.Conv2d(32, 48, 3, 1, 1), nn.BatchNorm2d(48), nn.SiLU(), nn.Conv2d(48, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.SiLU())
        self.last = nn.Linear(64 * 16, CLASSES)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """(features [b, SIZE], logits [b, 10]) of pictures in -1..1."""
        near = self.near(image)
        far = self.far(near).flatten(1)
        return torch.cat((near.flatten(1), far), 1), self.last(far)
