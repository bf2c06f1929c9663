"""Trains the language model: AdamW, warm-up and cosine, an exponential moving average of the weights is what is kept."""
import copy
import time

import torch
from torch.nn import functional as F
from tqdm import tqdm

from dataset import batches
from model import LanguageModel

LEARNING_RATE, WARM_UP, DECAY, AVERAGE = 4e-3, 60, 0.05, 0.99


def loss_of(model: LanguageModel, ids: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy in nats, weighted; only positions with a weight go through the head."""
    targets, weight = ids[:, 1:].reshape(-1), weights[:, 1:].reshape(-1)
    kept = weight > 0
    hidden = model.hidden(ids[:, :-1]).reshape(-1, model.shape.width)[kept]
    losses = F.cross_entropy(hidden @ model.embedding.weight.T, targets[kept], reduction="none")
    return (losses * weight[kept]).sum() / weight.sum()


def optimiser_for(model: LanguageModel) -> torch.optim.Optimizer:
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.95))


def train(model: LanguageModel, encoded: list, steps: int, tokens_per_batch: int, seed: int) -> tuple[LanguageModel, dict]:
    optimiser = optimiser_for(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    average = copy.deepcopy(model).requires_grad_(False)
    started, seen, smooth, epoch, source = time.monotonic(), 0, None, 0, iter(())
    bar = tqdm(range(steps), desc="training", mininterval=5)
    for step in bar:
        batch = next(source, None)
        if batch is None:
            source, epoch = batches(encoded, tokens_per_batch, seed + epoch), epoch + 1
            batch = next(source)
        ids, weights = map(torch.from_numpy, batch)
        loss = loss_of(model, ids, weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        with torch.no_grad():
            keep = min(AVERAGE, step / (step + 10))
            for mean, value in zip(average.parameters(), model.parameters()):
                mean.lerp_(value, 1 - keep)
        seen += ids.numel()
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        bar.set_postfix(loss=f"{smooth:.3f}", refresh=False)
    seconds = time.monotonic() - started
    return average, {"steps": steps, "tokens": seen, "seconds": round(seconds), "passes": epoch, "finalTrainingLoss": round(smooth, 4)}


def _rate(step: int, steps: int) -> float:
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    progress = torch.tensor((step - WARM_UP) / max(1, steps - WARM_UP))
    return float(0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.pi * progress)))
