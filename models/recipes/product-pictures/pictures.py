"""Product pictures with exact attributes: what is drawn is known, so what a model draws can be judged."""
from dataclasses import dataclass

import numpy as np

import palette
from pen import CANVAS, PATTERNS, Pen
from things import THINGS

OBJECTS = tuple(THINGS)
COLOURS = palette.NAMES


@dataclass(frozen=True)
class Attributes:
    object: str
    colour: str
    background: str
    pattern: str

    def numbers(self) -> tuple[int, int, int, int]:
        return OBJECTS.index(self.object), COLOURS.index(self.colour), COLOURS.index(self.background), PATTERNS.index(self.pattern)

    def held_out(self) -> bool:
        return held_out(self.object, self.colour)


def held_out(thing: str, colour: str) -> bool:
    """One pair of object and colour in five is never trained on, every object in some colours and every colour in some objects."""
    return (2 * OBJECTS.index(thing) + COLOURS.index(colour)) % 5 == 0


def attributes(random, wanted=lambda a: True) -> Attributes:
    """Drawn evenly among those wanted; the background never has the object's colour."""
    while True:
        colour, background = random.sample(COLOURS, 2)
        drawn = Attributes(random.choice(OBJECTS), colour, background, random.choice(PATTERNS))
        if wanted(drawn):
            return drawn


def picture(of: Attributes, random, size: int = 64) -> np.ndarray:
    """uint8 [size, size, 3], anti-aliased; `size` divides 256. The same state of `random` gives the same picture."""
    if CANVAS % size:
        raise ValueError(f"a side of {size} pixels; one that divides {CANVAS} is needed")
    pen = Pen(random, palette.near(palette.COLOURS[of.colour], 9, random), palette.near(palette.COLOURS[of.background], 6, random))
    pen.print(of.pattern, THINGS[of.object](pen))
    return np.asarray(pen.image.reduce(CANVAS // size))
