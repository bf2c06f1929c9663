"""A small convolutional classifier of Fashion-MNIST that judges and is used for nothing else."""
from torch import Tensor, nn

FEATURES, CLASSES = 64, 10


class Classifier(nn.Module):
    """image float32 [b, 1, 28, 28] in 0..1 -> logits float32 [b, 10], features float32 [b, 64], which are 0 or more."""

    def __init__(self):
        super().__init__()
        layers = []
        for inside, outside in ((1, 24), (24, 48), (48, 96)):
            layers += [nn.Conv2d(inside, outside, 3, padding=1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(), nn.MaxPool2d(2)]
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.2), nn.Linear(96 * 9, FEATURES), nn.ReLU())
        self.head = nn.Linear(FEATURES, CLASSES)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        features = self.body(image)
        return self.head(features), features
