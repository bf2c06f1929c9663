"""Trains the token classifier, the products of matrices in bfloat16: Muon for the matrices inside the layers, AdamW for the rest,
warm-up and cosine; the average of the weights is what is kept. After SIGTERM it cools down within a few steps and ends."""
import copy
import signal
import time
from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from dataset import IGNORED, batches
from model import TokenClassifier

LEARNING_RATE, MUON_RATE, WARM_UP, DECAY, AVERAGE, COOLING, WATCHED = 3e-3, 0.008, 60, 0.05, 0.985, 80, 500


def optimisers_for(model: TokenClassifier) -> list[torch.optim.Optimizer]:
    """Muon orthogonalises each matrix's step (Jordan et al. 2024)."""
    is_inside = lambda name: name.startswith(("layers", "neighbours")) and "distances" not in name
    inside = [p for name, p in model.named_parameters() if p.dim() == 2 and is_inside(name)]
    tables = [p for name, p in model.named_parameters() if p.dim() == 2 and not is_inside(name)]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    return [torch.optim.Muon(inside, lr=MUON_RATE, weight_decay=DECAY, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW([{"params": tables, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}], lr=LEARNING_RATE, betas=(0.9, 0.98))]


def train(model: TokenClassifier, encoded: list, steps: int, tokens_per_batch: int, seed: int,
          watch: Callable[[int, TokenClassifier], None] = lambda *_: None) -> tuple[TokenClassifier, dict]:
    """`watch` is told the steps done and the averaged weights now and then."""
    optimisers = optimisers_for(model)
    end, asked = steps, []
    signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
    average, random = copy.deepcopy(model).requires_grad_(False).eval(), np.random.default_rng(seed)
    started, seen, smooth, source = time.monotonic(), 0, None, iter(())
    model.train()
    bar = tqdm(range(steps), desc="training", mininterval=20)
    for step in bar:
        batch = next(source, None)
        if batch is None:
            source = batches(encoded, tokens_per_batch, random)
            batch = next(source)
        ids, mask, labels = map(torch.from_numpy, batch)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(ids, mask, torch.zeros_like(ids))
        loss = F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED, label_smoothing=0.02)
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if asked:
            end, asked = min(end, step + COOLING), []
        rate = min(_rate(step, steps), (end - step) / COOLING)
        for each, usual in zip(optimisers, (MUON_RATE, LEARNING_RATE)):
            for group in each.param_groups:
                group["lr"] = usual * rate
            each.step()
        with torch.no_grad():
            keep = min(AVERAGE, step / (step + 10))
            for mean, value in zip(average.parameters(), model.parameters()):
                mean.lerp_(value, 1 - keep)
        seen += int(mask.sum())
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        bar.set_postfix(loss=f"{smooth:.3f}", refresh=False)
        if (step + 1) % WATCHED == 0:
            watch(step + 1, average)
        if step + 1 >= end:
            break
    return average, {"steps": step + 1, "tokens": seen, "seconds": round(time.monotonic() - started), "finalTrainingLoss": round(smooth, 4)}


def _rate(step: int, steps: int) -> float:
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    progress = torch.tensor((step - WARM_UP) / max(1, steps - WARM_UP))
    return float(0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.pi * progress)))
