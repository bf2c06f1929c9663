"""Trains the guide and then the pair; a stopped training goes on from its checkpoint."""
import copy
import signal
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fashion_mnist import Pictures
from model import CLASSES, LATENT, PACK, PLACES, Discriminator, Generator, Guide, one_hot

BATCH, RATE, BETAS, AVERAGE, COOL_DOWN = 128, 2e-4, (0.5, 0.999), 0.998, 0.25
RECOGNITION = 0.1       # weight of the guide's own word on the class
NOISE = 0.1             # on the pixels that a discriminator sees, fading out over the first half


def guide(data: Pictures, epochs: int, seed: int, file: Path) -> Guide:
    torch.manual_seed(seed)
    model = Guide()
    if file.exists():
        model.load_state_dict(torch.load(file, weights_only=True))
        return model.requires_grad_(False).eval()
    steps = epochs * (len(data) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    for step in range(steps):
        chosen = torch.randint(len(data), (BATCH,))
        images = data.images[chosen] * 2 - 1
        images = torch.where(torch.rand(BATCH, 1, 1, 1) < 0.5, images.flip(3), images)
        loss = F.cross_entropy(model(images + NOISE * torch.randn_like(images))[1], data.labels[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    print(f"guide: loss {loss.item():.3f}", flush=True)
    torch.save(model.state_dict(), file)
    return model.requires_grad_(False).eval()


class Pair(nn.Module):
    """Generator and both discriminators, and the generator's average, which is what is exported."""

    def __init__(self):
        super().__init__()
        self.generator = Generator()
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.pixels, self.features = Discriminator(PLACES, 512), Discriminator(Guide.SIZE, 320)

    def discriminators(self) -> list[nn.Parameter]:
        return [*self.pixels.parameters(), *self.features.parameters()]


class Seen:
    """Real pictures in -1..1 and what the guide makes of them."""

    def __init__(self, data: Pictures, eye: Guide):
        self.images = data.images * 2 - 1
        with torch.no_grad():
            self.features = torch.cat([eye(part)[0].bfloat16() for part in self.images.split(500)])
        self.members = [torch.nonzero(data.labels == c).squeeze(1) for c in range(CLASSES)]

    def of_classes(self, labels: Tensor) -> Tensor:
        """The number of one picture of each class."""
        return torch.stack([self.members[c][torch.randint(len(self.members[c]), ())] for c in labels.tolist()])


class Stop:
    """Set by SIGTERM or SIGINT: the step is finished, the checkpoint written."""

    def __init__(self):
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "asked", True))


def gan(data: Pictures, eye: Guide, steps: int, seed: int, file: Path) -> tuple[Generator, int]:
    """(the average of the generator's weights, steps trained); fewer than `steps` if it was asked to stop."""
    torch.manual_seed(seed)
    pair, done, stop = Pair(), 0, Stop()
    drawing = torch.optim.Adam(pair.generator.parameters(), RATE, BETAS, fused=True)
    judging = torch.optim.Adam(pair.discriminators(), RATE, BETAS, fused=True)
    if file.exists():
        stored = torch.load(file, weights_only=True)
        pair.load_state_dict(stored["pair"])
        drawing.load_state_dict(stored["drawing"])
        judging.load_state_dict(stored["judging"])
        done = stored["steps"]
    seen = Seen(data, eye)
    started, first = time.monotonic(), done
    while done < steps and not stop.asked:
        torch.manual_seed(seed * 1_000_003 + done)
        rate = RATE * min(1, max(0.02, (1 - done / steps) / COOL_DOWN))
        for group in (*drawing.param_groups, *judging.param_groups):
            group["lr"] = rate
        losses = _step(pair, eye, drawing, judging, seen, NOISE * max(0, 1 - 2 * done / steps))
        done += 1
        _follow(pair, done)
        if done % 500 == 0:
            print(f"step {done}: discriminators {losses[0]:.3f}, generator {losses[1]:.3f}, {(time.monotonic() - started) / (done - first):.3f} s a step", flush=True)
        if done % 500 == 0 or done == steps or stop.asked:
            torch.save({"pair": pair.state_dict(), "drawing": drawing.state_dict(), "judging": judging.state_dict(), "steps": done}, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    return pair.average.eval(), done


def _step(pair: Pair, eye: Guide, drawing, judging, data: Seen, noise: float) -> tuple[float, float]:
    labels = _labels()
    chosen = data.of_classes(labels)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        drawn = pair.generator(torch.randn(BATCH, LATENT), one_hot(labels))
        images = torch.cat((data.images[chosen], drawn.float()))
        features = torch.cat((data.features[chosen], eye(drawn)[0]))
    sign = torch.cat((torch.ones(BATCH // PACK), -torch.ones(BATCH // PACK)))
    with torch.autocast("cpu", torch.bfloat16):
        twice = labels.repeat(2)
        scores = pair.pixels(_noisy(images, noise), twice), pair.features(features, twice)
    loss_judging = sum(2 * F.relu(1 - sign * score.float()).mean() for score in scores)      # hinge (Lim and Ye 2017)
    judging.zero_grad()
    loss_judging.backward()
    judging.step()

    labels = _labels()
    pair.pixels.requires_grad_(False), pair.features.requires_grad_(False)
    pair.pixels.eval(), pair.features.eval()
    with torch.autocast("cpu", torch.bfloat16):
        drawn = pair.generator(torch.randn(BATCH, LATENT), one_hot(labels))
        features, logits = eye(drawn)
        scores = pair.pixels(_noisy(drawn, noise), labels), pair.features(features, labels)
    loss = RECOGNITION * F.cross_entropy(logits.float(), labels) - sum(score.float().mean() for score in scores)
    drawing.zero_grad()
    loss.backward()
    drawing.step()
    pair.pixels.requires_grad_(True).train(), pair.features.requires_grad_(True).train()
    return loss_judging.item(), loss.item()


def _labels() -> Tensor:
    """Packs of one class."""
    return torch.randint(CLASSES, (BATCH // PACK,)).repeat_interleave(PACK)


def _noisy(images: Tensor, noise: float) -> Tensor:
    return (images + noise * torch.randn_like(images)).flatten(1)


@torch.no_grad()
def _follow(pair: Pair, step: int) -> None:
    keep = min(AVERAGE, step / (step + 10))
    torch._foreach_lerp_(list(pair.average.parameters()), list(pair.generator.parameters()), 1 - keep)
    for smooth, value in zip(pair.average.buffers(), pair.generator.buffers()):
        if value.is_floating_point():
            smooth.lerp_(value, 1 - keep)
