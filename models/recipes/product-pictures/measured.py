"""The colours of a product picture by rule, without a network: the same rule judges in Java (`ProductColours`).

Background: the palette's colour nearest to the border's median. Colour of the product: of the pixels that lie within 25 of a
palette's colour (Euclidean, 8 bits a channel) and further than 30 from the border's median, the colour that most have; white
counts half, for dials and the ink of patterns are white as well.
"""
import numpy as np

from palette import COLOURS, NAMES

REACH, APART, WHITE = 25, 30, 0.5
_PALETTE = np.array(list(COLOURS.values()), np.int64)
_WEIGHTS = np.array([WHITE if name == "white" else 1.0 for name in NAMES])


def colours(picture: np.ndarray) -> tuple[int, int]:
    """(colour of the product or -1, colour of the background) of uint8 [side, side, 3], as numbers in the palette."""
    pixels, edge = picture.astype(np.int64), max(1, picture.shape[0] // 32)
    border = np.concatenate([pixels[:edge].reshape(-1, 3), pixels[-edge:].reshape(-1, 3),
                             pixels[edge:-edge, :edge].reshape(-1, 3), pixels[edge:-edge, -edge:].reshape(-1, 3)])
    median = np.sort(border, 0)[len(border) // 2]
    background = int(((_PALETTE - median) ** 2).sum(1).argmin())
    flat = pixels.reshape(-1, 3)
    distance = ((flat[:, None] - _PALETTE) ** 2).sum(2)
    nearest = distance.argmin(1)
    counted = (distance.min(1) < REACH ** 2) & (((flat - median) ** 2).sum(1) > APART ** 2) & (nearest != background)
    votes = np.bincount(nearest[counted], minlength=len(NAMES)) * _WEIGHTS
    return (int(votes.argmax()) if votes.any() else -1), background
