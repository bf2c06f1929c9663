"""A training that can be stopped at any step and goes on from its checkpoint. Used by recipes."""
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
from torch import Tensor, nn


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


def trained(model: nn.Module, loss: Callable[[nn.Module], Tensor], course: Course, file: Path, stop_now: bool = False) -> tuple[nn.Module, int]:
    """(the model, or the average of its weights, and how many steps it has had). What a step draws comes from its number,
    so a training that goes on is the one that was stopped. `stop_now`: what the checkpoint has."""
    torch.manual_seed(course.seed)
    smooth = type(model)()
    smooth.load_state_dict(model.state_dict())
    optimiser, done, stop = torch.optim.AdamW(model.parameters(), course.rate, betas=(0.9, 0.99), weight_decay=1e-4, fused=True), 0, Stop()
    if file.exists():
        stored = torch.load(file, weights_only=True)
        model.load_state_dict(stored["model"])
        smooth.load_state_dict(stored["average"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["steps"]
    started, first = time.monotonic(), done
    while done < course.steps and not stop.asked and not stop_now:
        torch.manual_seed(course.seed * 1_000_003 + done)
        for group in optimiser.param_groups:
            group["lr"] = course.rate * min(1, (done + 1) / course.warm_up, max(0.02, (1 - done / course.steps) / course.cool_down))
        value = loss(model)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        done += 1
        with torch.no_grad():
            torch._foreach_lerp_(list(smooth.parameters()), list(model.parameters()), 1 - min(course.average, done / (done + 10)))
        if done % 100 == 0:
            print(f"{type(model).__name__}, step {done}: loss {value.item():.4f}, {(time.monotonic() - started) / (done - first):.2f} s a step", flush=True)
        if done % 250 == 0 or done == course.steps or stop.asked:
            torch.save({"model": model.state_dict(), "average": smooth.state_dict(), "optimiser": optimiser.state_dict(), "steps": done}, file.with_suffix(".new"))
            file.with_suffix(".new").replace(file)
    return (smooth if course.average else model).eval(), done
