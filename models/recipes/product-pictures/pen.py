"""Draws in a square of 100 x 100 units whatever the picture's size: shapes stretched, moved and mirrored as one."""
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from palette import Colour, contrast, shade

CANVAS = 256                    # pixels drawn; the picture is reduced from there, which smooths its edges
PATTERNS = ("plain", "striped", "dotted")


class Pen:
    """`colour` is the product's. `wobble(k)` is a random length in -k..k for the shape drawn."""

    def __init__(self, random, colour: Colour, background: Colour):
        self.image = Image.new("RGB", (CANVAS, CANVAS), background)
        self.draw = ImageDraw.Draw(self.image)
        self.random, self.colour = random, colour
        size = random.uniform(0.86, 1.08)
        self.scale_x, self.scale_y = size * random.uniform(0.94, 1.06), size * random.uniform(0.94, 1.06)
        self.left, self.top = random.uniform(-5, 5), random.uniform(-5, 5)
        self.mirrored = random.random() < 0.5

    def wobble(self, k: float) -> float:
        return self.random.uniform(-k, k)

    def shade(self, factor: float) -> Colour:
        return shade(self.colour, factor)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x = 100 - x if self.mirrored else x
        return ((50 + self.left + (x - 50) * self.scale_x) * CANVAS / 100, (50 + self.top + (y - 50) * self.scale_y) * CANVAS / 100)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> list[float]:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return [min(a, c), b, max(a, c), d]

    def length(self, units: float) -> int:
        return max(1, round(units * (self.scale_x + self.scale_y) / 2 * CANVAS / 100))

    def polygon(self, points, fill=None) -> None:
        self.draw.polygon([self.point(*p) for p in points], fill=fill or self.colour)

    def oval(self, x0, y0, x1, y1, fill=None) -> None:
        self.draw.ellipse(self.box(x0, y0, x1, y1), fill=fill or self.colour)

    def block(self, x0, y0, x1, y1, fill=None, round=0.0) -> None:
        self.draw.rounded_rectangle(self.box(x0, y0, x1, y1), self.length(round) if round else 0, fill=fill or self.colour)

    def line(self, points, width, fill=None) -> None:
        self.draw.line([self.point(*p) for p in points], fill=fill or self.colour, width=self.length(width), joint="curve")

    def slice(self, x0, y0, x1, y1, start, end, fill=None) -> None:
        """Degrees clockwise from the right."""
        self.draw.pieslice(self.box(x0, y0, x1, y1), *self._turned(start, end), fill=fill or self.colour)

    def arc(self, x0, y0, x1, y1, start, end, width, fill=None) -> None:
        self.draw.arc(self.box(x0, y0, x1, y1), *self._turned(start, end), fill=fill or self.colour, width=self.length(width))

    def _turned(self, start, end) -> tuple[float, float]:
        return (180 - end, 180 - start) if self.mirrored else (start, end)

    def print(self, pattern: str, area) -> None:
        """Prints the pattern on `area`, a list of points."""
        if pattern == "plain":
            return
        mask = Image.new("L", (CANVAS, CANVAS))
        ImageDraw.Draw(mask).polygon([self.point(*p) for p in area], fill=255)
        ink = _tile(pattern, self.random.randrange(4), self.random.randrange(4))
        self.image.paste(contrast(self.colour), mask=ImageChops.multiply(mask, ink))


@lru_cache(maxsize=64)
def _tile(pattern: str, across: int, down: int) -> Image.Image:
    """Horizontal stripes, or dots in a lattice, over the whole canvas, in one of 16 places."""
    period, tile = 28, Image.new("L", (CANVAS, CANVAS))
    pen = ImageDraw.Draw(tile)
    for row, y in enumerate(range(down * period // 4 - period, CANVAS + period, period)):
        if pattern == "striped":
            pen.rectangle([0, y, CANVAS, y + 10], fill=255)
        else:
            for x in range(across * period // 4 - period + row % 2 * period // 2, CANVAS + period, period):
                pen.ellipse([x - 6, y - 6, x + 6, y + 6], fill=255)
    return tile
