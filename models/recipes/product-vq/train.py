"""Trains the autoencoder and then the prior; a stopped training goes on from its checkpoint."""
import random
import signal
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from captions import caption
from encoder import Encoder
from model import CODES, Autoencoder, Prior
from pictures import Attributes, attributes

RATE, COOL_DOWN, AVERAGE = 1e-3, 0.25, 0.99
EMPTY = 0.1


class Captions:
    """Texts, encoded once and kept in `file`."""

    def __init__(self, texts: list[str], encoder: Encoder, file: Path):
        self.empty = tuple(torch.from_numpy(part) for part in encoder(""))
        if not file.exists():
            words, present = encoder.all(texts)
            np.savez(file, words=words.astype(np.float16), present=present.astype(np.uint8))
        with np.load(file) as stored:
            self.words, self.present = torch.from_numpy(stored["words"]), torch.from_numpy(stored["present"])


def drawn_captions(count: int, seed: int, encoder: Encoder, cache: Path) -> tuple[list[Attributes], Captions]:
    """Rows with a caption each; the same that `product-diffusion` makes of the same count and seed."""
    chance = random.Random(seed)
    rows = [attributes(chance, lambda a: not a.held_out()) for _ in range(count)]
    return rows, Captions([caption(row, chance) for row in rows], encoder, cache / f"captions-{count}-{seed}.npz")


class Stop:
    """Set by SIGTERM or SIGINT: the step is finished, the checkpoint written."""

    def __init__(self):
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "asked", True))


def both(autoencoder_steps: int, prior_steps: int, stop_now: bool, captions: Captions, data, seed: int, work: Path) -> tuple[Autoencoder, Prior, int]:
    """`data` has `images` uint8 [count, 32, 32, 3], in the order of the captions. Returns both and the prior's steps."""
    coder, done = autoencoder(data, 0 if stop_now else autoencoder_steps, seed, work / "autoencoder.pt")
    if done < autoencoder_steps:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on")
    with torch.no_grad():
        codes = torch.cat([coder.codes(torch.from_numpy(part).permute(0, 3, 1, 2).float() / 127.5 - 1) for part in np.array_split(data.images, max(1, len(data) // 500))])
    model, done = prior(codes, captions, 0 if stop_now else prior_steps, seed, work / "prior.pt")
    if done < prior_steps and not stop_now:
        raise SystemExit(f"stopped; the checkpoint is in {work}, start again to go on or with --stop-now to use it")
    return coder, model, done


def autoencoder(data, steps: int, seed: int, file: Path) -> tuple[Autoencoder, int]:
    images = torch.from_numpy(data.images)

    def loss(model: Autoencoder) -> torch.Tensor:
        real = images[torch.randint(len(images), (64,))].permute(0, 3, 1, 2).float() / 127.5 - 1
        again, apart = model(real)
        return F.l1_loss(again, real) + F.mse_loss(again, real) + 0.25 * apart

    return _trained(Autoencoder(), loss, steps, seed, file, average=False)


def prior(codes: torch.Tensor, captions: Captions, steps: int, seed: int, file: Path) -> tuple[Prior, int]:
    """The average of the weights."""

    def loss(model: Prior) -> torch.Tensor:
        chosen = torch.randint(len(codes), (48,))
        words, present = captions.words[chosen].float(), captions.present[chosen].float()
        empty = torch.rand(len(chosen)) < EMPTY
        words[empty], present[empty] = captions.empty
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(codes[chosen], words, present)
        return F.cross_entropy(logits.float().reshape(-1, CODES), codes[chosen].reshape(-1))

    return _trained(Prior(), loss, steps, seed, file, average=True)


def _trained(model, loss, steps: int, seed: int, file: Path, average: bool):
    torch.manual_seed(seed)
    smooth = type(model)()
    smooth.load_state_dict(model.state_dict())
    optimiser, done, stop = torch.optim.AdamW(model.parameters(), RATE, betas=(0.9, 0.99), weight_decay=1e-4, fused=True), 0, Stop()
    if file.exists():
        stored = torch.load(file, weights_only=True)
        model.load_state_dict(stored["model"])
        smooth.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["steps"]
    started, first = time.monotonic(), done
    while done < steps and not stop.asked:
        torch.manual_seed(seed * 1_000_003 + done)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (done + 1) / 100, max(0.02, (1 - done / steps) / COOL_DOWN))
        value = loss(model)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        done += 1
        with torch.no_grad():
            torch._foreach_lerp_(list(smooth.parameters()), list(model.parameters()), 1 - min(AVERAGE, done / (done + 10)))
        if done % 100 == 0:
            print(f"{type(model).__name__}, step {done}: loss {value.item():.4f}, {(time.monotonic() - started) / (done - first):.2f} s a step", flush=True)
        if done % 250 == 0 or done == steps or stop.asked:
            torch.save({"model": model.state_dict(), "average": smooth.state_dict(), "optimiser": optimiser.state_dict(), "steps": done}, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    return (smooth if average else model).eval(), done
