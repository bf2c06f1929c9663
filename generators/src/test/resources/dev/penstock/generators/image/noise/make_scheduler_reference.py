"""Writes scheduler-reference.json: whole trajectories of the noise schedulers of diffusers, for other implementations.

    pip install diffusers==0.42.1 torch==2.15.0      then   python make_scheduler_reference.py > scheduler-reference.json

The model is a formula: prediction[i] = 0.6 x[i] + 0.3 sin(2 x[i] + t / 200 + i). The noise of DDPM's steps is a formula as well.
"""
import json
import math

import diffusers
import numpy as np
import torch
from diffusers import (DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, FlowMatchEulerDiscreteScheduler,
                       HeunDiscreteScheduler)
from diffusers.schedulers import scheduling_ddpm

SIZE = 6
BETAS = {"linear": (0.0001, 0.02), "scaled_linear": (0.00085, 0.012)}
COMMON = {"num_train_timesteps": 1000, "timestep_spacing": "leading", "steps_offset": 1}
MAKERS = {
    "ddpm": lambda **s: DDPMScheduler(clip_sample=False, variance_type="fixed_small", **s),
    "ddim": lambda **s: DDIMScheduler(clip_sample=False, set_alpha_to_one=False, **s),
    "euler": lambda **s: EulerDiscreteScheduler(**s),
    "heun": lambda **s: HeunDiscreteScheduler(**s),
    "dpm-solver++": lambda **s: DPMSolverMultistepScheduler(algorithm_type="dpmsolver++", solver_order=2, solver_type="midpoint", **s)}
PREDICTIONS = {"epsilon": "epsilon", "velocity": "v_prediction", "sample": "sample"}


def model(x: torch.Tensor, t: float) -> torch.Tensor:
    return 0.6 * x + 0.3 * torch.sin(2 * x + t / 200 + torch.arange(SIZE, dtype=torch.float64))


def start() -> torch.Tensor:
    return torch.tensor([math.cos(2.3 * i + 0.7) * 1.4 for i in range(SIZE)], dtype=torch.float64)


def case(scheduler: str, prediction: str, betas: str | None, steps: int) -> dict:
    x, drawn = start()[None], []
    if scheduler == "flow-matching":
        made = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=1.0)
        made.set_timesteps(sigmas=np.linspace(1, 1 / steps, steps))
    else:
        first, last = BETAS[betas]
        made = MAKERS[scheduler](beta_start=first, beta_end=last, beta_schedule=betas, prediction_type=PREDICTIONS[prediction], **COMMON)
        made.set_timesteps(steps)
        x = x * float(made.init_noise_sigma)

    def noise(shape, **_):
        drawn.append([round(math.sin(1.7 * i + 0.9 * len(drawn)), 6) for i in range(SIZE)])
        return torch.tensor([drawn[-1]], dtype=torch.float64)

    scheduling_ddpm.randn_tensor = noise
    trajectory, timesteps = [], []
    for t in made.timesteps:
        seen = made.scale_model_input(x, t) if hasattr(made, "scale_model_input") else x
        x = made.step(model(seen.double(), float(t)), t, x, return_dict=False)[0].double()
        timesteps.append(round(float(t), 4))
        trajectory.append([round(float(v), 8) for v in x[0]])
    return {"scheduler": scheduler, "prediction": prediction, "betas": betas, "steps": steps, "timesteps": timesteps, "trajectory": trajectory,
            "noise": drawn}


cases = [case(s, p, b, 10) for s in MAKERS for p in PREDICTIONS for b in BETAS if not (s == "heun" and p == "sample")]
cases += [case(s, "epsilon", "scaled_linear", 50) for s in MAKERS] + [case(s, "epsilon", "scaled_linear", 1) for s in MAKERS]
cases += [case("flow-matching", "flow", None, steps) for steps in (1, 10, 20)]
print(json.dumps({"madeWith": f"diffusers {diffusers.__version__}, torch {torch.__version__.split('+')[0]}", "start": start().tolist(), "cases": cases}))
