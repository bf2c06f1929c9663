"""A conditional variational autoencoder (Kingma & Welling 2014; Sohn et al. 2015) and the classifier that judges it."""
import torch
from torch import Tensor, nn

LATENT, CLASSES = 16, 10


def one_hot(labels: Tensor) -> Tensor:
    return nn.functional.one_hot(labels, CLASSES).float()


class Encoder(nn.Module):
    """Picture and class -> mean and log variance of the latent, float32 [b, LATENT] each."""

    def __init__(self):
        super().__init__()
        self.picture = nn.Sequential(nn.Conv2d(1, 32, 4, 2, 1), nn.SiLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.SiLU(), nn.Flatten())
        self.hidden = nn.Sequential(nn.Linear(64 * 49 + CLASSES, 128), nn.SiLU())
        self.moments = nn.Linear(128, 2 * LATENT)

    def forward(self, image: Tensor, label: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.hidden(torch.cat((self.picture(image), label), dim=1))
        mean, log_variance = self.moments(hidden).chunk(2, dim=1)
        return mean, log_variance.clamp(-10, 4)


class Decoder(nn.Module):
    """latent float32 [b, LATENT], label float32 [b, 10] one-hot -> picture float32 [b, 1, 28, 28] in 0..1."""

    def __init__(self):
        super().__init__()
        self.start = nn.Linear(LATENT + CLASSES, 64 * 49)
        self.class_at_14 = nn.Linear(CLASSES, 32)
        self.to_14 = nn.ConvTranspose2d(64, 32, 4, 2, 1)
        self.to_28 = nn.ConvTranspose2d(32, 24, 4, 2, 1)
        self.refine = nn.Conv2d(24, 1, 5, 1, 2)
        self.activation = nn.SiLU()

    def logits(self, latent: Tensor, label: Tensor) -> Tensor:
        x = self.activation(self.start(torch.cat((latent, label), dim=1))).view(-1, 64, 7, 7)
        x = self.activation(self.to_14(x) + self.class_at_14(label)[:, :, None, None])
        return self.refine(self.activation(self.to_28(x)))

    def forward(self, latent: Tensor, label: Tensor) -> Tensor:
        return torch.sigmoid(self.logits(latent, label))


class Painter(nn.Module):
    """What is exported: latent float32 [b, LATENT] from N(0, 1) and label float32 [b, 10] one-hot -> picture.

    The encoder does not fill N(0, 1) evenly, and pictures drawn between its regions look like nothing. So a Gaussian is
    fitted to the encoder's latents of each class after training (Ghosh et al. 2020, "ex-post density estimation"), and
    the painter maps the standard latent onto the Gaussian of the class asked for.
    """

    def __init__(self, decoder: Decoder, means: Tensor, factors: Tensor):
        """means float32 [10, LATENT]; factors float32 [10, LATENT, LATENT], lower Cholesky factors of the covariances."""
        super().__init__()
        self.decoder = decoder
        self.register_buffer("means", means)
        self.register_buffer("factors", factors.reshape(CLASSES, -1))

    def forward(self, latent: Tensor, label: Tensor) -> Tensor:
        factor = (label @ self.factors).view(-1, LATENT, LATENT)
        placed = label @ self.means + (factor @ latent.unsqueeze(2)).squeeze(2)
        return self.decoder(placed, label)


class Guide(nn.Module):
    """A small classifier that the decoder learns from; the one that judges is another, trained apart."""

    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(1, 16, 5, 2, 2), nn.BatchNorm2d(16), nn.SiLU())
        self.second = nn.Sequential(nn.Conv2d(16, 32, 3, 1, 1), nn.BatchNorm2d(32), nn.SiLU())
        self.last = nn.Sequential(nn.Conv2d(32, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.SiLU(), nn.AvgPool2d(2, 2, 1), nn.Flatten(), nn.Linear(64 * 16, CLASSES))

    def features(self, image: Tensor) -> tuple[Tensor, Tensor]:
        first = self.first(image)
        return first, self.second(first)

    def forward(self, image: Tensor) -> Tensor:
        return self.last(self.features(image)[1])


class Classifier(nn.Module):
    """Picture float32 [b, 1, 28, 28] in 0..1 -> logits float32 [b, 10]. Judges only: nothing is trained against it."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 24, 3, 1, 1), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(24, 48, 3, 1, 1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(48, 64, 3, 1, 1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 9, 128), nn.ReLU(), nn.Linear(128, CLASSES))

    def forward(self, image: Tensor) -> Tensor:
        return self.layers(image)
