"""The colours of a product picture by rule, without a network: the same rule judges in Java (`ProductColours`).

Background: the palette's colour nearest to the border's median. Colour of the product: of the pixels that lie within 25 of a
palette's colour (Euclidean, 8 bits a channel) and further than 30 from the border's median, the colour that most have. White
counts half, for the ink of patterns is white as well, and so does the colour of a part that an object has whatever the product's.
"""
import numpy as np

from palette import COLOURS, NAMES
from things import FIXED_PARTS

REACH, APART, HALF = 25, 30, 0.5
_PALETTE = np.array(list(COLOURS.values()), np.int64)


def _weights(thing: str | None) -> np.ndarray:
    return np.array([(HALF if name == "white" else 1) * (HALF if name == FIXED_PARTS.get(thing) else 1) for name in NAMES])


_WEIGHTS = {thing: _weights(thing) for thing in (None, *FIXED_PARTS)}


def colours(picture: np.ndarray, thing: str) -> tuple[int, int]:
    """(colour of the product or -1, colour of the background) of uint8 [side, side, 3] that shows a thing, as numbers in the palette."""
    pixels, edge = picture.astype(np.int64), max(1, picture.shape[0] // 32)
    border = np.concatenate([pixels[:edge].reshape(-1, 3), pixels[-edge:].reshape(-1, 3),
                             pixels[edge:-edge, :edge].reshape(-1, 3), pixels[edge:-edge, -edge:].reshape(-1, 3)])
    median = np.sort(border, 0)[len(border) // 2]
    background = int(((_PALETTE - median) ** 2).sum(1).argmin())
    flat = pixels.reshape(-1, 3)
    distance = ((flat[:, None] - _PALETTE) ** 2).sum(2)
    nearest = distance.argmin(1)
    counted = (distance.min(1) < REACH ** 2) & (((flat - median) ** 2).sum(1) > APART ** 2) & (nearest != background)
    votes = np.bincount(nearest[counted], minlength=len(NAMES)) * _WEIGHTS.get(thing, _WEIGHTS[None])
    return (int(votes.argmax()) if votes.any() else -1), background
