"""The products: each function draws one in the pen's colour and returns the outline that a pattern is printed on.

Coordinates are units of 100; every shape wobbles, so that no two pictures of a thing are the same.
"""
from palette import GLASS, INK, METAL, PAPER, WOOD
from pen import Pen


def mug(p: Pen):
    w, h = 19 + p.wobble(3), 24 + p.wobble(4)
    p.arc(44 + w - 10, 52 - h * 0.55, 44 + w + 14, 52 + h * 0.55, -100, 100, 6, p.shade(0.75))
    p.block(44 - w, 52 - h, 44 + w, 52 + h, round=6)
    p.oval(44 - w, 46 - h, 44 + w, 58 - h, p.shade(0.6))
    return [(46 - w, 60 - h), (42 + w, 60 - h), (42 + w, 48 + h), (46 - w, 48 + h)]


def bottle(p: Pen):
    w, top = 14 + p.wobble(2), 12 + p.wobble(3)
    p.block(43, top, 57, top + 8, p.shade(0.55), round=1.5)
    p.block(44.5, top + 8, 55.5, 40)
    p.polygon([(44.5, top + 16), (55.5, top + 16), (50 + w, 44), (50 - w, 44)])
    p.block(50 - w, 42, 50 + w, 92, round=4)
    return [(50 - w, 48), (50 + w, 48), (50 + w, 86), (50 - w, 86)]


def shirt(p: Pen):
    w, s = 20 + p.wobble(2), 8 + p.wobble(3)
    body = [(38, 20), (62, 20), (50 + w + 18, 32 + s), (50 + w + 8, 46 + s), (50 + w, 40), (50 + w, 84), (50 - w, 84), (50 - w, 40),
            (50 - w - 8, 46 + s), (50 - w - 18, 32 + s)]
    p.polygon(body)
    p.slice(41, 11, 59, 29, 0, 180, p.shade(0.6))
    return [(52 - w, 34), (48 + w, 34), (48 + w, 80), (52 - w, 80)]


def sneaker(p: Pen):
    y, toe = 58 + p.wobble(3), p.wobble(3)
    p.polygon([(10, y - 22), (26, y - 26), (36, y - 20), (58, y - 4 + toe), (80, y + 2), (90, y + 10), (90, y + 16), (10, y + 16)])
    p.block(8, y + 14, 93, y + 23, PAPER if sum(p.colour) < 640 else METAL, round=4)
    for i in range(3):
        p.line([(36 + 7 * i, y - 19 + 5 * i), (29 + 7 * i, y - 10 + 5 * i)], 2.4, p.shade(1.75) if sum(p.colour) < 600 else INK)
    p.block(10, y - 26, 17, y - 10, p.shade(0.65), round=2)
    return [(19, y - 6), (52, y - 1), (78, y + 6), (86, y + 13), (12, y + 13), (12, y - 6)]


def backpack(p: Pen):
    w = 24 + p.wobble(3)
    p.arc(38, 8, 62, 32, 180, 360, 4.5, p.shade(0.6))
    p.block(50 - w - 5, 48, 50 - w + 4, 78, p.shade(0.6), round=4)
    p.block(50 + w - 4, 48, 50 + w + 5, 78, p.shade(0.6), round=4)
    p.block(50 - w, 18, 50 + w, 90, round=16)
    p.block(54 - w, 58 + p.wobble(3), 46 + w, 84, p.shade(0.7), round=6)
    p.line([(54 - w, 66), (46 + w, 66)], 2, p.shade(1.5))
    return [(56 - w, 28), (44 + w, 28), (48 + w, 54), (52 - w, 54)]


def lamp(p: Pen):
    top, w = 13 + p.wobble(3), 30 + p.wobble(3)
    p.block(47.5, 50, 52.5, 86, METAL)
    p.oval(32, 81, 68, 92, METAL)
    p.polygon([(37, top), (63, top), (50 + w, 54), (50 - w, 54)])
    return [(38, top + 6), (62, top + 6), (46 + w, 50), (54 - w, 50)]


def book(p: Pen):
    w, h = 24 + p.wobble(3), 34 + p.wobble(3)
    p.block(54 - w, 54 - h, 54 + w, 54 + h, PAPER, round=2)
    p.block(54 - w, 54 + h - 3, 54 + w, 54 + h, p.shade(0.55), round=1)
    p.block(50 - w, 49 - h, 48 + w, 48 + h, round=2.5)
    p.block(50 - w, 49 - h, 57 - w, 48 + h, p.shade(0.6))
    return [(60 - w, 54 - h), (45 + w, 54 - h), (45 + w, 44 + h), (60 - w, 44 + h)]


def hat(p: Pen):
    h, w = 34 + p.wobble(4), 23 + p.wobble(2)
    p.oval(6, 58, 94, 80, p.shade(0.8))
    p.slice(50 - w, 66 - h, 50 + w, 66 + h, 180, 360)
    p.block(50 - w, 57, 50 + w, 67, p.shade(0.45))
    return [(54 - w, 44), (46 + w, 44), (49 + w, 56), (51 - w, 56)] if h < 30 else [(44, 38), (56, 38), (48 + w, 56), (52 - w, 56)]


def umbrella(p: Pen):
    top = 14 + p.wobble(3)
    p.line([(50, 48), (50, 84)], 3.5, WOOD)
    p.arc(39, 76, 51.8, 92, 0, 180, 3.5, WOOD)
    p.slice(10, top, 90, top + 76, 180, 360)
    y = top + 38
    for x in (10, 30, 50, 70):
        p.slice(x, y - 4, x + 20, y + 6, 180, 360, p.shade(0.62))
    p.line([(50, top - 5), (50, top + 1)], 3, WOOD)
    return [(38, top + 6), (62, top + 6), (80, top + 30), (20, top + 30)]


def apple(p: Pen):
    w = 25 + p.wobble(2)
    p.oval(50 - w - 6, 30, 58, 84)
    p.oval(42, 30, 50 + w + 6, 84)
    p.oval(50 - w + 4, 44, 50 + w - 4, 90)
    p.line([(50, 36), (52, 26), (55, 17)], 3.5, WOOD)
    p.polygon([(55, 25), (63, 16), (76, 16), (68, 26)], (86, 172, 72) if sum(abs(a - b) for a, b in zip(p.colour, (58, 160, 72))) > 90
              else (44, 100, 44))
    return [(54 - w, 46), (46 + w, 46), (44 + w, 72), (60, 84), (40, 84), (56 - w, 72)]


def car(p: Pen):
    y, roof = 54 + p.wobble(2), 20 + p.wobble(3)
    p.polygon([(22, y), (33, y - roof), (64, y - roof), (80, y)], p.shade(0.82))
    p.polygon([(29, y - 1), (36, y - roof + 4), (47, y - roof + 4), (47, y - 1)], GLASS)
    p.polygon([(51, y - 1), (51, y - roof + 4), (62, y - roof + 4), (73, y - 1)], GLASS)
    p.block(6, y - 2, 94, y + 20, round=7)
    p.block(88, y + 2, 94, y + 8, (252, 226, 130))
    for x in (26, 74):
        p.oval(x - 11, y + 9, x + 11, y + 31, INK)
        p.oval(x - 5, y + 15, x + 5, y + 25, (188, 188, 192))
    return [(12, y + 1), (86, y + 1), (86, y + 8), (70, y + 7), (62, y + 17), (38, y + 17), (30, y + 7), (12, y + 8)]


def phone(p: Pen):
    w, h = 20 + p.wobble(2), 40 + p.wobble(2)
    p.block(50 - w, 50 - h, 50 + w, 50 + h, round=6)
    p.block(54 - w, 58 - h, 46 + w, 40 + h, GLASS)
    p.oval(46.5, 41 + h, 53.5, 48 + h, p.shade(1.55))
    p.line([(45, 54 - h), (55, 54 - h)], 1.8, p.shade(1.55))
    # The picture on the screen carries the pattern, in the case's colour.
    p.block(58 - w, 64 - h, 42 + w, 34 + h)
    return [(58 - w, 64 - h), (42 + w, 64 - h), (42 + w, 34 + h), (58 - w, 34 + h)]


def chair(p: Pen):
    w, seat = 21 + p.wobble(2), 56 + p.wobble(2)
    for x in (50 - w + 1, 50 + w - 6):
        p.block(x, seat, x + 5, 93, WOOD)
    for x in (50 - w + 9, 50 + w - 13):
        p.block(x, seat, x + 4, 85, WOOD)
    p.block(50 - w + 1, 14, 50 + w - 1, 50, round=4)
    p.block(50 - w, 44, 50 - w + 5, seat + 2, WOOD)
    p.block(50 + w - 5, 44, 50 + w, seat + 2, WOOD)
    p.polygon([(50 - w, seat - 3), (50 + w, seat - 3), (50 + w + 5, seat + 9), (50 - w - 5, seat + 9)], p.shade(0.78))
    return [(54 - w, 18), (46 + w, 18), (46 + w, 47), (54 - w, 47)]


def sofa(p: Pen):
    top = 32 + p.wobble(3)
    for x in (14, 80):
        p.block(x, 76, x + 6, 86, WOOD)
    p.block(13, top, 87, 72, round=7)
    p.block(14, 56, 86, 78, p.shade(0.85), round=3)
    p.line([(50, 57), (50, 70)], 1.6, p.shade(0.55))
    p.block(5, 46 + p.wobble(2), 20, 79, p.shade(0.7), round=6)
    p.block(80, 46 + p.wobble(2), 95, 79, p.shade(0.7), round=6)
    return [(22, top + 3), (78, top + 3), (78, 54), (22, 54)]


def teapot(p: Pen):
    w, h = 25 + p.wobble(2), 20 + p.wobble(2)
    p.arc(66 + w - 25, 38, 66 + w, 70, -110, 110, 5, p.shade(0.72))
    p.polygon([(50 - w + 5, 50), (50 - w + 6, 66), (8, 40), (15, 34)], p.shade(0.86))
    p.oval(50 - w, 56 - h, 50 + w, 56 + h)
    p.slice(50 - w * 0.6, 47 - h, 50 + w * 0.6, 67 - h, 180, 360, p.shade(0.65))
    p.oval(46, 39 - h, 54, 48 - h, p.shade(0.5))
    p.block(50 - w * 0.55, 54 + h, 50 + w * 0.55, 59 + h, p.shade(0.65))
    return [(56 - w, 48), (62 - w, 44), (38 + w, 44), (44 + w, 48), (44 + w, 64), (38 + w, 70), (62 - w, 70), (56 - w, 64)]


def vase(p: Pen):
    w = 18 + p.wobble(2)
    for x, y, petal in ((38, 16, (232, 84, 110)), (50, 9, (250, 214, 80)), (62, 16, (238, 150, 200))):
        p.line([(50, 46), (x, y)], 2, (70, 140, 70))
        p.oval(x - 6, y - 6, x + 6, y + 6, petal)
        p.oval(x - 2, y - 2, x + 2, y + 2, INK)
    p.polygon([(39, 36), (61, 36), (56, 48), (50 + w, 64), (50 + w - 1, 74), (60, 92), (40, 92), (50 - w + 1, 74), (50 - w, 64), (44, 48)])
    p.oval(38, 33, 62, 39, p.shade(0.55))
    return [(45, 52), (55, 52), (48 + w, 66), (47 + w, 73), (58, 89), (42, 89), (53 - w, 73), (52 - w, 66)]


def handbag(p: Pen):
    w, top = 31 + p.wobble(3), 42 + p.wobble(2)
    p.arc(33, top - 27, 67, top + 22, 180, 360, 4, p.shade(0.6))
    p.polygon([(50 - w + 5, top), (50 + w - 5, top), (50 + w, 86), (50 - w, 86)])
    p.polygon([(50 - w + 5, top), (50 + w - 5, top), (50 + w - 9, top + 13), (50 - w + 9, top + 13)], p.shade(0.7))
    p.block(46, top + 8, 54, top + 18, (226, 190, 90), round=1.5)
    return [(55 - w, top + 20), (45 + w, top + 20), (47 + w, 82), (53 - w, 82)]


def sock(p: Pen):
    toe = 18 + p.wobble(3)
    p.polygon([(46, 12), (70, 12), (70, 62), (66, 76), (52, 86), (toe + 12, 90), (toe + 2, 84), (toe, 74), (toe + 6, 66), (46, 54)])
    p.block(44, 10, 72, 21, p.shade(0.68), round=2)
    p.oval(toe, 66, toe + 19, 90, p.shade(0.68))
    return [(47, 25), (69, 25), (69, 62), (64, 74), (52, 82), (toe + 18, 86), (toe + 16, 66), (47, 55)]


def dress(p: Pen):
    w = 29 + p.wobble(3)
    for x in (40, 56):
        p.block(x, 10, x + 4, 26, p.shade(0.7))
    p.polygon([(37, 23), (63, 23), (59, 46), (41, 46)])
    p.polygon([(41, 46), (59, 46), (50 + w, 90), (50 - w, 90)])
    p.block(40, 43, 60, 49, p.shade(0.5))
    return [(41, 52), (59, 52), (47 + w, 88), (53 - w, 88)]


def candle(p: Pen):
    w, top = 13 + p.wobble(2), 40 + p.wobble(4)
    p.oval(22, 82, 78, 95, METAL)
    p.block(50 - w, top, 50 + w, 89)
    p.oval(50 - w, top - 4, 50 + w, top + 4, p.shade(1.4))
    p.line([(50, top), (50, top - 7)], 2, INK)
    p.polygon([(50, top - 30), (57, top - 14), (55, top - 7), (50, top - 4), (45, top - 7), (43, top - 14)], (252, 176, 40))
    p.oval(46.5, top - 16, 53.5, top - 5, (255, 236, 150))
    return [(50 - w, top + 7), (50 + w, top + 7), (50 + w, 86), (50 - w, 86)]


def cupcake(p: Pen):
    w = 27 + p.wobble(2)
    p.polygon([(50 - w, 56), (50 + w, 56), (42 + w, 90), (58 - w, 90)], WOOD)
    for i in range(-2, 3):
        p.line([(50 + i * w * 0.38, 58), (50 + i * w * 0.3, 89)], 2, (156, 122, 84))
    p.oval(45 - w, 40, 55 + w, 64)
    p.oval(52 - w, 27, 48 + w, 52)
    p.oval(37, 16, 63, 38)
    p.oval(44.5, 8, 55.5, 19, (216, 36, 60) if sum(abs(a - b) for a, b in zip(p.colour, (212, 42, 40))) > 120 else (120, 16, 40))
    return [(42, 22), (58, 22), (64, 38), (46 + w, 50), (44 + w, 60), (56 - w, 60), (54 - w, 50), (36, 38)]


def guitar(p: Pen):
    lean = 7 + p.wobble(2)
    p.line([(50, 58), (50 + lean * 1.5, 14)], 5, WOOD)
    p.polygon([(46 + lean * 1.5, 17), (55.5 + lean * 1.5, 18), (58 + lean * 1.6, 5), (48 + lean * 1.6, 4)], INK)
    p.oval(34, 44, 68, 70)
    p.oval(26, 56, 72, 95)
    p.oval(43, 56, 57, 70, INK)
    p.block(39, 79, 58, 83, INK)
    return [(32, 66), (40, 72), (60, 72), (67, 68), (69, 78), (62, 90), (36, 90), (29, 78)]


def camera(p: Pen):
    top = 34 + p.wobble(2)
    p.block(36, top - 11, 62, top + 4, p.shade(0.7), round=2)
    p.block(72, top - 6, 84, top + 2, (206, 60, 56) if p.colour[0] < 180 else INK, round=1)
    p.block(9, top, 91, 82, round=5)
    p.oval(32, top + 5, 72, top + 45, INK)
    p.oval(37, top + 10, 67, top + 40, METAL)
    p.oval(43, top + 16, 61, top + 34, GLASS)
    p.block(78, top + 5, 87, top + 11, (250, 244, 200))
    return [(10, top + 6), (30, top + 6), (30, 78), (74, 80), (74, top + 14), (90, top + 14), (90, 80), (10, 80)]


def clock(p: Pen):
    r = 35 + p.wobble(3)
    for x in (26, 66):
        p.polygon([(x, 86), (x + 8, 86), (54, 62), (46, 62)], p.shade(0.55))
    p.oval(24, 6, 44, 24, p.shade(0.7))
    p.oval(56, 6, 76, 24, p.shade(0.7))
    p.oval(50 - r, 50 - r, 50 + r, 50 + r)
    q = r - 14
    p.oval(50 - q, 50 - q, 50 + q, 50 + q, (252, 252, 250))
    p.line([(50, 50), (50, 50 - q * 0.82)], 2.6, INK)
    p.line([(50, 50), (50 + q * 0.62, 50 + p.wobble(9))], 2.6, INK)
    return [(50 + x * (r - 2), 50 + y * (r - 2)) for x, y in _RING] + [(50 + x * (q + 1), 50 + y * (q + 1)) for x, y in reversed(_RING)]


_RING = ((0, -1), (0.38, -0.92), (0.71, -0.71), (0.92, -0.38), (1, 0), (0.92, 0.38), (0.71, 0.71), (0.38, 0.92), (0, 1), (-0.38, 0.92),
         (-0.71, 0.71), (-0.92, 0.38), (-1, 0), (-0.92, -0.38), (-0.71, -0.71), (-0.38, -0.92), (0, -1))

# The palette's colours of large parts that are the same whatever the product's colour: the dial, the paper cup.
FIXED_PARTS = {"clock": "white", "cupcake": "brown"}

THINGS = {f.__name__: f for f in (mug, bottle, shirt, sneaker, backpack, lamp, book, hat, umbrella, apple, car, phone, chair, sofa, teapot,
                                  vase, handbag, sock, dress, candle, cupcake, guitar, camera, clock)}
