"""Trains the guide and then the pair of generator and discriminators; a stopped training goes on from its checkpoint."""
import copy
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fashion_mnist import Pictures
from model import CLASSES, LATENT, PACK, PLACES, Discriminator, Generator, Guide, one_hot
from training import Course, follow, walked

BATCH, RATE, BETAS, AVERAGE = 128, 2e-4, (0.5, 0.999), 0.999
RECOGNITION, SPREAD = 0.3, 10       # weights: of the guide's own word on the class, of pictures of a class being as far apart as real ones
PULL, AROUND = 15, 0.05             # weight of real pictures that pull the nearest drawn one, noise on its latent
CANDIDATES, PULLED, POOL = 256, 64, 512     # real pictures, those of them that pull, drawn ones to choose from
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
        self.variance = self.features[:2000].float().var()
        self.members = [torch.nonzero(data.labels == c).squeeze(1) for c in range(CLASSES)]

    def of_classes(self, labels: Tensor) -> Tensor:
        """The number of one picture of each class."""
        return torch.stack([self.members[c][torch.randint(len(self.members[c]), ())] for c in labels.tolist()])


def gan(data: Pictures, eye: Guide, steps: int, seed: int, file: Path) -> tuple[Generator, int]:
    """(the average of the generator's weights, steps trained); fewer than `steps` if it was asked to stop."""
    torch.manual_seed(seed)
    # The rate stays: cooled down, the average of the weights loses kinds of pictures again.
    pair, course = Pair(), Course(steps, RATE, seed, warm_up=1, cool_down=1e-6, average=AVERAGE)
    drawing = torch.optim.Adam(pair.generator.parameters(), RATE, BETAS, fused=True)
    judging = torch.optim.Adam(pair.discriminators(), RATE, BETAS, fused=True)
    seen = Seen(data, eye)

    def step(done: int) -> str:
        labels = _labels()
        judged, features = _judging_step(pair, eye, judging, seen, labels, NOISE * max(0, 1 - 2 * done / steps))
        drawn, spread = _drawing_step(pair, eye, drawing, seen, _far_apart(features), NOISE * max(0, 1 - 2 * done / steps))
        follow(pair.average, pair.generator, course, done)
        return f"discriminators {judged:.3f}, generator {drawn:.3f}, spread {spread:.2f}"

    done = walked(course, {"pair": pair, "drawing": drawing, "judging": judging}, step, file)
    return pair.average.eval(), done


def _judging_step(pair: Pair, eye: Guide, optimiser, data: Seen, labels: Tensor, noise: float) -> tuple[float, Tensor]:
    """(loss, features of the real pictures)."""
    chosen = data.of_classes(labels)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        drawn = pair.generator(torch.randn(BATCH, LATENT), one_hot(labels))
        images = torch.cat((data.images[chosen], drawn.float()))
        features = torch.cat((data.features[chosen], eye(drawn)[0]))
    sign = torch.cat((torch.ones(BATCH // PACK), -torch.ones(BATCH // PACK)))
    with torch.autocast("cpu", torch.bfloat16):
        twice = labels.repeat(2)
        scores = pair.pixels(_noisy(images, noise), twice), pair.features(features, twice)
    loss = sum(2 * F.relu(1 - sign * score.float()).mean() for score in scores)      # hinge (Lim and Ye 2017)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item(), features[:BATCH]


def _drawing_step(pair: Pair, eye: Guide, optimiser, data: Seen, real_spread: Tensor, noise: float) -> tuple[float, float]:
    """(loss, how far two pictures of a class are apart: real ones 1)."""
    labels = _labels()
    near, of_near, wanted = _nearest(pair, eye, data)
    pair.pixels.requires_grad_(False), pair.features.requires_grad_(False)
    pair.pixels.eval(), pair.features.eval()
    with torch.autocast("cpu", torch.bfloat16):
        drawn = pair.generator(torch.cat((torch.randn(BATCH, LATENT), near)), one_hot(torch.cat((labels, of_near))))
        features, logits = eye(drawn)
        scores = pair.pixels(_noisy(drawn[:BATCH], noise), labels), pair.features(features[:BATCH], labels)
    spread = (_far_apart(features[:BATCH]) / real_spread).sqrt()
    loss = (RECOGNITION * F.cross_entropy(logits[:BATCH].float(), labels) - sum(score.float().mean() for score in scores)
            + SPREAD * F.relu(1 - spread) + PULL * F.mse_loss(features[BATCH:].float(), wanted) / data.variance)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    pair.pixels.requires_grad_(True).train(), pair.features.requires_grad_(True).train()
    return loss.item(), spread.item()


def _far_apart(features: Tensor) -> Tensor:
    """Mean squared distance of neighbours, which are of one class."""
    return (features[0::2].float() - features[1::2].float()).square().sum(1).mean()


@torch.no_grad()
def _nearest(pair: Pair, eye: Guide, data: Seen) -> tuple[Tensor, Tensor, Tensor]:
    """(latents [PULLED, LATENT], their classes, the guide's features of real pictures of one class): of some real pictures those that the generator
    draws worst, each with the latent of a pool whose picture is nearest to it. Pulled there, pictures leave no real one alone (Li and
    Malik 2018, "implicit maximum likelihood estimation")."""
    number = int(torch.randint(CLASSES, ()))
    members = data.members[number]
    real = data.features[members[torch.randint(len(members), (CANDIDATES,))]].float()
    pool, labels = torch.randn(POOL, LATENT), torch.full((POOL,), number)
    pair.generator.eval()
    with torch.autocast("cpu", torch.bfloat16):
        drawn = eye(pair.generator(pool, one_hot(labels)))[0].float()
    pair.generator.train()
    distance, nearest = torch.cdist(real, drawn).min(1)
    worst = distance.topk(PULLED).indices
    return pool[nearest[worst]] + AROUND * torch.randn(PULLED, LATENT), labels[:PULLED], real[worst]


def _labels() -> Tensor:
    """Packs of one class."""
    return torch.randint(CLASSES, (BATCH // PACK,)).repeat_interleave(PACK)


def _noisy(images: Tensor, noise: float) -> Tensor:
    return (images + noise * torch.randn_like(images)).flatten(1)
