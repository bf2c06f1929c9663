"""Trains the classifier on mirrored and shifted pictures, with one learning rate that rises and falls (OneCycle)."""
import torch
import torch.nn.functional as F
from tqdm import tqdm

from fashion_mnist import Pictures
from model import Classifier

BATCH, RATE = 128, 4e-3


def classifier(train: Pictures, epochs: int, seed: int) -> Classifier:
    torch.manual_seed(seed)
    model = Classifier().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=2e-3)
    steps = epochs * (len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    with tqdm(total=steps, desc="classifier", mininterval=10) as bar:
        for _ in range(epochs):
            order = torch.randperm(len(train))
            for start in range(0, len(train) - BATCH + 1, BATCH):
                chosen = order[start : start + BATCH]
                loss = F.cross_entropy(model(_varied(train.images[chosen]))[0], train.labels[chosen], label_smoothing=0.05)
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                optimiser.step()
                schedule.step()
                bar.update()
                bar.set_postfix(loss=f"{loss.item():.3f}", refresh=False)
    return model.to(memory_format=torch.contiguous_format).eval()


def _varied(images: torch.Tensor) -> torch.Tensor:
    """Half of them mirrored; the batch moved by up to a pixel."""
    mirrored = torch.where(torch.rand(len(images), 1, 1, 1) < 0.5, images.flip(3), images)
    return mirrored.roll(tuple(torch.randint(-1, 2, (2,)).tolist()), (2, 3)).contiguous(memory_format=torch.channels_last)
