"""The colours a product or a background may have, and shades of them."""

COLOURS = {
    "red": (212, 42, 40), "orange": (244, 130, 30), "yellow": (250, 206, 42), "green": (58, 160, 72), "teal": (22, 150, 150),
    "blue": (42, 102, 212), "navy": (26, 40, 100), "purple": (124, 62, 160), "pink": (240, 122, 172), "brown": (130, 82, 46),
    "black": (34, 34, 38), "white": (246, 246, 244), "grey": (140, 145, 150)}
NAMES = tuple(COLOURS)
INK, PAPER, WOOD, METAL, GLASS = (44, 44, 50), (236, 231, 216), (104, 76, 50), (98, 98, 104), (204, 228, 242)

Colour = tuple[int, int, int]


def shade(colour: Colour, factor: float) -> Colour:
    """Below 1 darker, above 1 nearer to white (2 is white)."""
    return tuple(round(v * factor if factor < 1 else v + (255 - v) * (factor - 1)) for v in colour)


def contrast(colour: Colour) -> Colour:
    """What a pattern is printed in: light on dark and dark on light."""
    return (250, 250, 248) if sum(colour) < 560 else (62, 62, 72)


def near(colour: Colour, spread: int, random) -> Colour:
    """A colour within `spread` of each channel."""
    return tuple(min(255, max(0, v + random.randint(-spread, spread))) for v in colour)
