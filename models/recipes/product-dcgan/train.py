"""Trains the guide and then the GAN; a stopped training goes on from its checkpoint."""
import copy
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from collection import SIZES, Collection
from model import COLOURS, LATENT, OBJECTS, Features, Generator, Guide, Pixels
from training import Course, follow, walked

BATCH, RATE, BETAS, AVERAGE = 64, 2e-4, (0.5, 0.999), 0.995
RECOGNITION = 0.25      # weight of the guide's own word on object and colour
NOISE = 0.1             # on the pixels that a discriminator sees, fading out over the first half


def guide(data: Collection, steps: int, seed: int, file: Path) -> Guide:
    torch.manual_seed(seed)
    model = Guide(SIZES)
    if file.exists():
        model.load_state_dict(torch.load(file, weights_only=True))
        return model.requires_grad_(False).eval()
    images, numbers = torch.from_numpy(data.scaled()), torch.from_numpy(data.numbers)
    optimiser = torch.optim.AdamW(model.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for _ in range(steps):
        chosen = torch.randint(len(images), (BATCH,))
        found = model(images[chosen] + 0.15 * torch.rand(BATCH, 1, 1, 1) * torch.randn(BATCH, *images.shape[1:]))[1]
        loss = sum(F.cross_entropy(logits, numbers[chosen, i]) for i, logits in enumerate(found))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    print(f"guide: loss {loss.item():.3f}", flush=True)
    torch.save(model.state_dict(), file)
    return model.requires_grad_(False).eval()


class Networks(nn.Module):
    """Generator and discriminators, and the generator's average, which is what is exported."""

    def __init__(self):
        super().__init__()
        self.generator = Generator()
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.judges = nn.ModuleList((Pixels(), Features(Guide.SIZE)))


def gan(data: Collection, eye: Guide, steps: int, seed: int, file: Path) -> tuple[Generator, int]:
    """(the average of the generator's weights, steps trained); fewer than `steps` if it was asked to stop."""
    torch.manual_seed(seed)
    nets, seen, course = Networks(), Seen(data, eye), Course(steps, RATE, seed, warm_up=1, average=AVERAGE)
    drawing = torch.optim.Adam(nets.generator.parameters(), RATE, BETAS, fused=True)
    judging = torch.optim.Adam(nets.judges.parameters(), RATE, BETAS, fused=True)

    def step(done: int) -> str:
        judged, drawn = _step(nets, eye, drawing, judging, seen, NOISE * max(0, 1 - 2 * done / steps))
        follow(nets.average, nets.generator, course, done)
        return f"discriminators {judged:.3f}, generator {drawn:.3f}"

    done = walked(course, {"nets": nets, "drawing": drawing, "judging": judging}, step, file)
    return nets.average.eval(), done


class Seen:
    """Real pictures in -1..1, what the guide makes of them, and their object and colour."""

    def __init__(self, data: Collection, eye: Guide):
        self.images = torch.from_numpy(data.scaled())
        self.numbers = torch.from_numpy(data.numbers[:, :2])
        with torch.no_grad():
            self.features = torch.cat([eye(part)[0].bfloat16() for part in self.images.split(500)])


def one_hot(numbers: Tensor) -> tuple[Tensor, Tensor]:
    """int64 [b, 2 or more], object and colour first."""
    return F.one_hot(numbers[:, 0], OBJECTS).float(), F.one_hot(numbers[:, 1], COLOURS).float()


def latents(count: int) -> Tensor:
    return torch.rand(count, LATENT) * 2 - 1


def _step(nets: Networks, eye: Guide, drawing, judging, seen: Seen, noise: float) -> tuple[float, float]:
    chosen = torch.randint(len(seen.images), (BATCH,))
    label = one_hot(seen.numbers[chosen])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        drawn = nets.generator(latents(BATCH), *label)
        images, features = torch.cat((seen.images[chosen], drawn.float())), torch.cat((seen.features[chosen], eye(drawn)[0]))
    sign, twice = torch.cat((torch.ones(BATCH), -torch.ones(BATCH))), torch.cat(label, 1).repeat(2, 1)
    with torch.autocast("cpu", torch.bfloat16):
        scores = [judge(x, twice) for judge, x in zip(nets.judges, (_noisy(images, noise), features))]
    loss_judging = sum(2 * F.relu(1 - sign * score.float()).mean() for score in scores)      # hinge (Lim and Ye 2017)
    judging.zero_grad()
    loss_judging.backward()
    judging.step()

    numbers = seen.numbers[torch.randint(len(seen.images), (BATCH,))]
    label = one_hot(numbers)
    nets.judges.requires_grad_(False).eval()
    with torch.autocast("cpu", torch.bfloat16):
        drawn = nets.generator(latents(BATCH), *label)
        features, found = eye(drawn)
        scores = [judge(x, torch.cat(label, 1)) for judge, x in zip(nets.judges, (_noisy(drawn, noise), features))]
    loss = RECOGNITION * sum(F.cross_entropy(found[i].float(), numbers[:, i]) for i in (0, 1)) - sum(score.float().mean() for score in scores)
    drawing.zero_grad()
    loss.backward()
    drawing.step()
    nets.judges.requires_grad_(True).train()
    return loss_judging.item(), loss.item()


def _noisy(images: Tensor, noise: float) -> Tensor:
    return images + noise * torch.randn_like(images)
