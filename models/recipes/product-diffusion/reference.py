"""Inputs by formula and what a denoiser makes of them, for other implementations to be compared with. Used by two recipes."""
import numpy as np
import torch
from torch import Tensor, nn

from blocks import WORD_SIZE, WORDS


def inputs(rows: int, shape: tuple[int, int, int]) -> dict[str, Tensor]:
    present = (np.arange(WORDS)[None] < 5 + 3 * np.arange(rows)[:, None]).astype(np.float32)
    words = 0.3 * np.cos(0.23 * np.arange(rows * WORDS * WORD_SIZE)).reshape(rows, WORDS, WORD_SIZE) * present[..., None]
    return {"sample": waves(rows, shape), "timestep": torch.linspace(1, 0.1, rows),
            "encoder_hidden_states": torch.from_numpy(words.astype(np.float32)), "encoder_attention_mask": torch.from_numpy(present)}


def waves(rows: int, shape: tuple[int, int, int]) -> Tensor:
    return torch.from_numpy(np.cos(0.37 * np.arange(rows * int(np.prod(shape)))).reshape(rows, *shape).astype(np.float32))


def cases(model: nn.Module, example: dict[str, Tensor], every: int) -> dict:
    """What belongs into `reference.json`; of each row's velocity every so many numbers."""
    size = example["sample"][0].numel()
    with torch.no_grad():
        velocity = model(*example.values()).numpy()
    return {"madeWith": f"torch {torch.__version__.split('+')[0]} fp32 on CPU", "tolerance": "1e-4",
            "input": f"row r: sample[i] = cos(0.37 ({size} r + i)); 5 + 3 r words, vectors[i] = 0.3 cos(0.23 ({WORDS * WORD_SIZE} r + i)); velocity: every {every}th number",
            "cases": [{"timestep": round(float(t), 6), "velocity": numbers(row, every)} for t, row in zip(example["timestep"], velocity)]}


def numbers(values: np.ndarray, every: int) -> list[float]:
    return [round(float(v), 6) for v in values.ravel()[::every]]
