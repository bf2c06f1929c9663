"""Trains, in this order: the judging classifier, the autoencoder, the guide, and the decoder once more under the guide."""
import copy
import math

import torch
from torch import Tensor, nn
from tqdm import tqdm

from fashion_mnist import Pictures
from model import CLASSES, Classifier, Decoder, Encoder, Guide, Painter, one_hot

BATCH = 128
BETA = 1.0              # weight of the Kullback-Leibler term, in nats, against the reconstruction's
PIXEL_DEVIATION = 0.14  # of the Gaussian around each reconstructed pixel: smaller is sharper, larger keeps closer to the prior
AVERAGE = 0.995
FEATURES, RECOGNITION = 100.0, 250.0     # weights of the guide's two losses against the reconstruction's nats
NOISE = 0.05            # on what the guide sees, so that it does not hang on single pixels


def classifier(train: Pictures, epochs: int, seed: int) -> Classifier:
    torch.manual_seed(seed)
    model = Classifier()

    def loss(images: Tensor, labels: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model(_shifted(_mirrored(images))), labels, label_smoothing=0.05)

    _optimise([model], loss, train, epochs, 3e-3, "classifier")
    return model.eval()


def guide(train: Pictures, epochs: int, seed: int) -> Guide:
    torch.manual_seed(seed)
    model = Guide()

    def loss(images: Tensor, labels: Tensor) -> Tensor:
        return nn.functional.cross_entropy(model(_noisy(_shifted(_mirrored(images)))), labels)

    _optimise([model], loss, train, epochs, 3e-3, "guide")
    return model.requires_grad_(False).eval()


def autoencoder(train: Pictures, epochs: int, seed: int) -> tuple[Encoder, Decoder]:
    torch.manual_seed(seed)
    encoder, decoder = Encoder(), Decoder()
    average = Average([encoder, decoder])

    def loss(images: Tensor, labels: Tensor) -> Tensor:
        label = one_hot(labels)
        mean, log_variance = encoder(images, label)
        latent = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return reconstruction(decoder(latent, label), images) + BETA * divergence(mean, log_variance)

    _optimise([encoder, decoder], loss, train, epochs, 2e-3, "autoencoder", average)
    return tuple(average.parts)


def finished(encoder: Encoder, painter: Painter, guide: Guide, train: Pictures, epochs: int, seed: int) -> Painter:
    """Trains the decoder alone: pictures drawn from the class Gaussians must be taken for their class by the guide,
    reconstructions must stay near the picture and near it in the guide's features."""
    torch.manual_seed(seed)
    decoder = painter.decoder.requires_grad_(True)
    average = Average([decoder])

    def loss(images: Tensor, labels: Tensor) -> Tensor:
        label = one_hot(labels)
        with torch.no_grad():
            mean, log_variance = encoder(images, label)
            latent = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        rebuilt, drawn = decoder(latent, label), painter(torch.randn_like(mean), label)
        apart = sum((a - b).square().mean() / b.square().mean() for a, b in zip(guide.features(rebuilt), guide.features(images)))
        missed = nn.functional.cross_entropy(guide(_noisy(_shifted(drawn))), labels)
        return reconstruction(rebuilt, images) + FEATURES * apart + RECOGNITION * missed

    _optimise([decoder], loss, train, epochs, 1e-3, "finishing", average)
    return Painter(average.parts[0], painter.means, painter.factors).eval()


class Average:
    """Exponential moving average of weights; gives calmer pictures than the last step's."""

    def __init__(self, parts: list[nn.Module]):
        self.source, self.parts = parts, [copy.deepcopy(part).requires_grad_(False).eval() for part in parts]

    def __call__(self, step: int) -> None:
        keep = min(AVERAGE, step / (step + 10))
        for smooth, part in zip(self.parts, self.source):
            for target, value in zip(smooth.parameters(), part.parameters()):
                target.lerp_(value, 1 - keep)


@torch.no_grad()
def painter(encoder: Encoder, decoder: Decoder, train: Pictures) -> Painter:
    """Fits a Gaussian to what the encoder makes of each class's training pictures."""
    means, factors = [], []
    for number in range(CLASSES):
        images = train.images[train.labels == number]
        mean, log_variance = encoder(images, one_hot(torch.full((len(images),), number)))
        covariance = torch.cov(mean.T) + torch.diag(log_variance.exp().mean(0))
        means.append(mean.mean(0))
        factors.append(torch.linalg.cholesky(covariance))
    return Painter(decoder, torch.stack(means), torch.stack(factors)).eval()


def reconstruction(image: Tensor, target: Tensor) -> Tensor:
    """Negative log likelihood in nats a picture, less a constant."""
    return (image - target).square().sum(dim=(1, 2, 3)).mean() / (2 * PIXEL_DEVIATION ** 2)


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL(q(z | x, y) || N(0, 1)) in nats a picture."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(dim=1).mean()


def _optimise(parts: list[nn.Module], loss, data: Pictures, epochs: int, rate: float, label: str, after_step=lambda step: None) -> None:
    optimiser = torch.optim.AdamW([p for part in parts for p in part.parameters()], lr=rate, weight_decay=1e-4)
    steps = epochs * (len(data) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / 100) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * s / steps))))
    with tqdm(total=steps, desc=label, mininterval=5) as bar:
        for _ in range(epochs):
            order, smooth = torch.randperm(len(data)), 0.0
            for start in range(0, len(data) - BATCH + 1, BATCH):
                chosen = order[start : start + BATCH]
                value = loss(data.images[chosen], data.labels[chosen])
                optimiser.zero_grad(set_to_none=True)
                value.backward()
                optimiser.step()
                schedule.step()
                with torch.no_grad():
                    after_step(bar.n)
                smooth = 0.98 * smooth + 0.02 * value.item() if smooth else value.item()
                bar.set_postfix(loss=f"{smooth:.3f}", refresh=False)
                bar.update()


def _mirrored(images: Tensor) -> Tensor:
    return torch.where(torch.rand(len(images), 1, 1, 1) < 0.5, images.flip(3), images)


def _noisy(images: Tensor) -> Tensor:
    return images + NOISE * torch.randn_like(images)


def _shifted(images: Tensor) -> Tensor:
    down, right = torch.randint(-2, 3, (2,)).tolist()
    return images.roll((down, right), (2, 3))
