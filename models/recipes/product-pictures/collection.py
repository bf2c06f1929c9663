"""A fixed number of product pictures, drawn once and kept, for recipes that show each picture many times."""
import random
from pathlib import Path

import numpy as np

from pictures import COLOURS, OBJECTS, Attributes, attributes, picture


class Collection:
    """`images` uint8 [count, size, size, 3]; `numbers` int64 [count, 4]: object, colour, background, pattern."""

    def __init__(self, rows: list[Attributes], size: int, seed: int, cache: Path):
        self.rows, self.numbers = rows, np.array([row.numbers() for row in rows])
        file = cache / f"pictures-{size}-{len(rows)}-{seed}.npy"
        if not file.exists():
            chance = random.Random(seed)
            np.save(file, np.stack([picture(row, chance, size) for row in rows]))
        self.images = np.load(file)

    def __len__(self) -> int:
        return len(self.rows)

    def scaled(self) -> np.ndarray:
        """float32 [count, 3, size, size] in -1..1."""
        return self.images.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1


def evenly(count: int, seed: int, wanted=lambda a: not a.held_out()) -> list[Attributes]:
    """Attributes drawn evenly; without another wish only pairs of object and colour that models are trained on."""
    chance = random.Random(seed)
    return [attributes(chance, wanted) for _ in range(count)]


SIZES = (len(OBJECTS), len(COLOURS), len(COLOURS), 3)
