"""A deep convolutional GAN (Radford et al. 2016), conditional on object and colour, and the networks around it."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

LATENT, SIDE, OBJECTS, COLOURS = 100, 32, 24, 13


class Generator(nn.Module):
    """latent float32 [b, LATENT] even in -1..1, object [b, 24] and colour [b, 13] one-hot -> picture [b, 3, 32, 32] in -1..1."""

    def __init__(self, a: int = 144, b: int = 80, c: int = 48):
        super().__init__()
        self.start = nn.Sequential(nn.Unflatten(1, (LATENT + OBJECTS + COLOURS, 1, 1)),
                                   nn.ConvTranspose2d(LATENT + OBJECTS + COLOURS, a, 4, 1, 0, bias=False), nn.BatchNorm2d(a), nn.ReLU())
        self.layers = nn.Sequential(
            nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU(),
            nn.ConvTranspose2d(b, c, 4, 2, 1, bias=False), nn.BatchNorm2d(c), nn.ReLU(),
            nn.ConvTranspose2d(c, 3, 4, 2, 1), nn.Tanh())
        for layer in self.modules():
            if isinstance(layer, nn.ConvTranspose2d):
                nn.init.normal_(layer.weight, 0, 0.02)

    def forward(self, latent: Tensor, object: Tensor, colour: Tensor) -> Tensor:
        return self.layers(self.start(torch.cat((latent, object, colour), 1)))


class _Spectral(nn.Module):
    """A layer divided by its weight's largest singular value (Miyato et al. 2018), one round of power iteration a training step."""

    def __init__(self, layer: nn.Module):
        super().__init__()
        self.layer = layer
        rows = layer.weight.shape[0]
        self.register_buffer("left", F.normalize(torch.randn(rows), dim=0))
        self.register_buffer("right", F.normalize(torch.randn(layer.weight.numel() // rows), dim=0))

    def forward(self, x: Tensor) -> Tensor:
        matrix = self.layer.weight.flatten(1)
        if self.training:
            with torch.no_grad():
                self.right = F.normalize(matrix.T @ self.left, dim=0)
                self.left = F.normalize(matrix @ self.right, dim=0)
        return self.layer(x) / (self.left @ matrix @ self.right)


class Projection(nn.Module):
    """The last layer, and object and colour by their product with what it sees (Miyato and Koyama 2018)."""

    def __init__(self, size: int):
        super().__init__()
        self.real, self.of_label = _Spectral(nn.Linear(size, 1)), _Spectral(nn.Linear(OBJECTS + COLOURS, size, bias=False))

    def forward(self, h: Tensor, label: Tensor) -> Tensor:
        return self.real(h).squeeze(1) + (self.of_label(label) * h).sum(1)


class Pixels(nn.Module):
    """The discriminator of pictures: strided convolutions as in the DCGAN, spectral normalisation for its batch normalisation."""

    def __init__(self, a: int = 32, b: int = 64, c: int = 128):
        super().__init__()
        self.layers = nn.Sequential(
            _Spectral(nn.Conv2d(3, a, 4, 2, 1)), nn.LeakyReLU(0.2), _Spectral(nn.Conv2d(a, b, 4, 2, 1)), nn.LeakyReLU(0.2),
            _Spectral(nn.Conv2d(b, c, 4, 2, 1)), nn.LeakyReLU(0.2), nn.Flatten(), _Spectral(nn.Linear(16 * c, 160)), nn.LeakyReLU(0.2))
        self.last = Projection(160)

    def forward(self, image: Tensor, label: Tensor) -> Tensor:
        return self.last(self.layers(image), label)


class Features(nn.Module):
    """The discriminator of what the guide sees (Sauer et al. 2021, "projected GAN")."""

    def __init__(self, size: int, width: int = 224):
        super().__init__()
        self.layers = nn.Sequential(_Spectral(nn.Linear(size, width)), nn.LeakyReLU(0.2), _Spectral(nn.Linear(width, 160)), nn.LeakyReLU(0.2))
        self.last = Projection(160)

    def forward(self, features: Tensor, label: Tensor) -> Tensor:
        return self.last(self.layers(features), label)


class Guide(nn.Module):
    """Object, colour, background and pattern of a picture [b, 3, 32, 32] in -1..1: its fixed features and its word on object
    and colour teach the generator. The judge is another network, trained apart."""

    SIZE = 64 * 16 + 96 * 4

    def __init__(self, sizes: tuple[int, ...]):
        super().__init__()
        layers = []
        for inside, outside, side in ((3, 24, 5), (24, 40, 3), (40, 64, 3), (64, 96, 3)):
            layers.append(nn.Sequential(nn.Conv2d(inside, outside, side, 2, side // 2, bias=False), nn.BatchNorm2d(outside), nn.SiLU()))
        self.near, self.far = nn.Sequential(*layers[:3]), layers[3]
        self.heads = nn.ModuleList(nn.Linear(96 * 4, size) for size in sizes)

    def forward(self, image: Tensor) -> tuple[Tensor, list[Tensor]]:
        near = self.near(image)
        far = self.far(near).flatten(1)
        return torch.cat((near.flatten(1), far), 1), [head(far) for head in self.heads]
