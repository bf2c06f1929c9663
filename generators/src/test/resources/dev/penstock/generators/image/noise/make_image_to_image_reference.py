"""Writes image-to-image-reference.json: trajectories of the noise schedulers of diffusers that begin at a picture with noise on it.

    pip install diffusers==0.42.1 torch==2.15.0      then   python make_image_to_image_reference.py > image-to-image-reference.json

They begin as in diffusers' StableDiffusionImg2ImgPipeline (get_timesteps, add_noise) and StableDiffusion3Img2ImgPipeline
(scale_noise). Model, start and steps' noise are the formulas of make_scheduler_reference.py.
"""
import contextlib
import io
import json
import math

with contextlib.redirect_stdout(io.StringIO()):
    from make_scheduler_reference import BETAS, COMMON, MAKERS, PREDICTIONS, SIZE, model, start
import diffusers
import numpy as np
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from diffusers.schedulers import scheduling_ddpm


def picture() -> torch.Tensor:
    return torch.tensor([math.sin(1.9 * i + 0.4) * 0.9 for i in range(SIZE)], dtype=torch.float64)


def case(scheduler: str, prediction: str, betas: str | None, steps: int, strength: float) -> dict:
    drawn = []
    if scheduler == "flow-matching":
        made = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=1.0)
        made.set_timesteps(sigmas=np.linspace(1, 1 / steps, steps))
    else:
        first, last = BETAS[betas]
        made = MAKERS[scheduler](beta_start=first, beta_end=last, beta_schedule=betas, prediction_type=PREDICTIONS[prediction], **COMMON)
        made.set_timesteps(steps)

    def noise(shape, **_):
        drawn.append([round(math.sin(1.7 * i + 0.9 * len(drawn)), 6) for i in range(SIZE)])
        return torch.tensor([drawn[-1]], dtype=torch.float64)

    scheduling_ddpm.randn_tensor = noise
    left = steps - min(int(steps * strength), steps)
    timesteps = made.timesteps[left * made.order:]
    if hasattr(made, "set_begin_index"):
        made.set_begin_index(left * made.order)
    begin = timesteps[:1]
    clean, noisy = picture()[None].float(), start()[None].float()
    x = (made.scale_noise(clean, begin, noisy) if scheduler == "flow-matching" else made.add_noise(clean, noisy, begin)).double()
    trajectory = []
    for t in timesteps:
        seen = made.scale_model_input(x, t) if hasattr(made, "scale_model_input") else x
        x = made.step(model(seen.double(), float(t)), t, x, return_dict=False)[0].double()
        trajectory.append([round(float(v), 8) for v in x[0]])
    return {"scheduler": scheduler, "prediction": prediction, "betas": betas, "steps": steps, "strength": strength,
            "timesteps": [round(float(t), 4) for t in timesteps], "trajectory": trajectory, "noise": drawn}


cases = [case(s, "epsilon", "scaled_linear", 20, strength) for s in MAKERS for strength in (0.3, 0.8, 1.0)]
cases += [case("flow-matching", "flow", None, 20, strength) for strength in (0.3, 0.8, 1.0)]
print(json.dumps({"madeWith": f"diffusers {diffusers.__version__}, torch {torch.__version__.split('+')[0]}", "start": start().tolist(),
                  "picture": picture().tolist(), "cases": cases}))
