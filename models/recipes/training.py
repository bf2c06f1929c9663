"""A training that can be stopped at any step and goes on from its checkpoint. Used by recipes."""
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
from torch import Tensor, nn
from torch.optim import Optimizer


class Stop:
    """Set by SIGTERM or SIGINT: the step is finished, the checkpoint written."""

    def __init__(self):
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "asked", True))


@dataclass(frozen=True)
class Course:
    """`cool_down`: the last share of the steps, in which the rate falls to nearly nothing. `average`: how much of the weights'
    exponential average a step keeps; 0 for none."""
    steps: int
    rate: float
    seed: int
    warm_up: int = 100
    cool_down: float = 0.25
    average: float = 0.99

    def rate_after(self, done: int) -> float:
        return self.rate * min(1, (done + 1) / self.warm_up, max(0.02, (1 - done / self.steps) / self.cool_down))


def trained(model: nn.Module, loss: Callable[[nn.Module], Tensor], course: Course, file: Path, stop_now: bool = False) -> tuple[nn.Module, int]:
    """(the model, or the average of its weights, and how many steps it has had). `stop_now`: what the checkpoint has."""
    torch.manual_seed(course.seed)
    average = type(model)()
    average.load_state_dict(model.state_dict())
    optimiser = torch.optim.AdamW(model.parameters(), course.rate, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)

    def step(done: int) -> str:
        value = loss(model)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        follow(average, model, course, done)
        return f"loss {value.item():.4f}"

    done = walked(course, {"model": model, "average": average, "optimiser": optimiser}, step, file, stop_now)
    return (average if course.average else model).eval(), done


def walked(course: Course, parts: dict[str, nn.Module | Optimizer], step: Callable[[int], str], file: Path, stop_now: bool = False) -> int:
    """How many steps the `parts` have had, which the checkpoint keeps under these names; too few if it was asked to stop.

    `step` takes the number of steps before it and says how it went. What it draws comes from that number, so a training that
    goes on is the one that was stopped."""
    if not file.exists() and (stop_now or course.steps == 0):
        raise SystemExit(f"there is no checkpoint {file} yet, so nothing to export")
    done, stop = 0, Stop()
    if file.exists():
        stored = torch.load(file, weights_only=True)
        done = stored.pop("steps")
        for name, state in stored.items():
            parts[name].load_state_dict(state)
    started, first = time.monotonic(), done
    while done < course.steps and not stop.asked and not stop_now:
        torch.manual_seed(course.seed * 1_000_003 + done)
        for part in parts.values():
            for group in part.param_groups if isinstance(part, Optimizer) else ():
                group["lr"] = course.rate_after(done)
        went = step(done)
        done += 1
        if done % 100 == 0:
            print(f"{file.stem}, step {done}: {went}, {(time.monotonic() - started) / (done - first):.2f} s a step", flush=True)
        if done % 250 == 0 or done == course.steps or stop.asked:
            torch.save({**{name: part.state_dict() for name, part in parts.items()}, "steps": done}, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    return done


@torch.no_grad()
def follow(average: nn.Module, model: nn.Module, course: Course, done: int) -> None:
    """Moves the exponential average after a step that had `done` before it; sooner in the beginning."""
    share = 1 - min(course.average, (done + 1) / (done + 11))
    torch._foreach_lerp_(list(average.parameters()), list(model.parameters()), share)
    for smooth, value in zip(average.buffers(), model.buffers()):
        if value.is_floating_point():
            smooth.lerp_(value, share)
