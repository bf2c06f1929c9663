"""Draws what entities are written like. Names are those of one split of words.py; numbers are always new.

Cards are of the ranges that payment providers give out for tests, telephone numbers of the ranges kept for fiction
(US 555-01xx, Ofcom's and Bundesnetzagentur's drama numbers, Arcep's 01 99 00), so no number is anybody's.
"""
import random as rnd
import unicodedata
from datetime import date, timedelta

import words

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TEST_CARDS = ("4242424242", "4000056655", "411111111", "5555555555", "520082828", "510510510", "222300312", "6011111111", "601100099")
TEST_AMEX = ("378282246", "371449635", "37873449")
GENERIC_DOMAINS = "example.com example.org example.net mail.example post.example inbox.test".split()
ENDINGS = "com org net de co.uk io fr eu shop example test".split()


class Values:
    def __init__(self, names: words.Names, invented: float = 0.0):
        """`invented`: how many names are made-up words, 1 for half of them, 0 for none."""
        self.names, self.invented = names, invented

    def draw(self, kind: str, random: rnd.Random) -> str:
        return getattr(self, kind)(random)

    def _name(self, names: list[str], random: rnd.Random, share: float = 0.5) -> str:
        return words.invented(random) if self.invented and random.random() < share * self.invented else random.choice(names)

    def brand(self, random: rnd.Random) -> str:
        name = self._name(self.names.brands, random, 0.75)
        if random.random() < 0.12:
            name += random.choice((" & ", " and ")) + self._name(self.names.brands, random, 0.75)
        elif random.random() < 0.1:
            name += self._name(self.names.brands, random, 0.75).lower()[-4:].capitalize()
        return name.upper() if random.random() < 0.05 else name + random.choice(words.BRAND_TAILS)

    def product(self, random: rnd.Random) -> str:
        if random.random() < 0.12:
            line = random.choice(words.PRODUCT_LINES)
            return f"{self._name(self.names.brands, random)} {line}{random.choice(('', f' {random.randrange(2, 990)}'))}"
        name = random.choice(self.names.products)
        if self.invented and random.random() < 0.3 * self.invented:
            noun = words.invented(random).lower()
            name = random.choice((noun, f"{name.split()[0]} {noun}", f"{noun} {name.split()[-1]}"))
        return name.title() if random.random() < 0.07 else name

    def person(self, random: rnd.Random) -> str:
        first, last = self._name(self.names.first, random, 0.35), self._name(self.names.last, random, 0.35)
        middle = random.choice((f"{random.choice('ABCDEFGHJKLMNPRSTW')}. ", "")) if random.random() < 0.12 else ""
        return random.choices((f"{first} {middle}{last}", first, f"{first[0]}. {last}", last), (72, 14, 6, 8))[0].replace("de-V", "de V").replace("van-D", "van D")

    def price(self, random: rnd.Random) -> str:
        whole = random.choice((random.randrange(1, 100), random.randrange(1, 1000), random.randrange(1000, 60_000)))
        cents = random.choice((0, 99, 95, 50, random.randrange(100)))
        english = f"{whole:,}" if random.random() < 0.7 else str(whole)
        continental = f"{whole:,}".replace(",", random.choice(". ")) if random.random() < 0.5 else str(whole)
        sign, code = random.choice("$€£"), random.choice(("EUR", "USD", "GBP", "CHF"))
        plain = english if random.random() < 0.5 else f"{english}.{cents:02d}"
        foreign = continental if random.random() < 0.4 else f"{continental},{cents:02d}"
        word = random.choice(("dollars", "euros", "pounds", "francs"))
        return random.choices((f"{sign}{plain}", f"{foreign} €", f"{foreign}€", f"{plain} {code}", f"{code} {plain}", f"{english} {word}", f"€ {foreign}", f"${whole % 1000 + 1}k"),
                              (45, 14, 4, 10, 8, 12, 4, 3))[0]

    def date(self, random: rnd.Random) -> str:
        day = date(2019, 1, 1) + timedelta(days=random.randrange(4300))
        month = MONTHS[day.month - 1]
        if random.random() < 0.2 and len(month) > 4:
            month = month[:3] + random.choice(("", "."))
        ordinal = f"{day.day}{'th' if 10 < day.day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}"
        year, short = day.year, f"{day.year % 100:02d}"
        weekday = WEEKDAYS[day.weekday()]
        forms = (f"{day.day} {month} {year}", f"{month} {day.day}, {year}", f"{day.day} {month}", f"{month} {day.day}", f"{month} {ordinal}", f"{ordinal} {month}",
                 f"{ordinal} of {month}", f"{month} {ordinal}, {year}", day.isoformat(), f"{day.day:02d}/{day.month:02d}/{year}", f"{day.month}/{day.day}/{short}",
                 f"{day.day:02d}.{day.month:02d}.{year}", f"{day.day}.{day.month}.{short}", f"{weekday}, {day.day} {month}", f"{weekday}, {month} {day.day}, {year}",
                 f"{ordinal} {month} {year}", f"{day.day}-{month[:3]}-{year}")
        return random.choice(forms)

    def email(self, random: rnd.Random) -> str:
        first, last = (_ascii(self._name(names, random)) for names in (self.names.first, self.names.last))
        word = _ascii(self._name(self.names.brands, random))
        number = random.choice(("", "", str(random.randrange(1, 100)), str(random.randrange(1950, 2010))))
        role = random.choice("info hello support sales orders press contact office team service newsletter jobs".split())
        local = random.choice((f"{first}.{last}", f"{first}{number}", f"{first[0]}.{last}", f"{first}_{last}{number}", f"{last}{number}", role, f"{first}+{role}", f"{first}-{last}", f"{word}.{role}"))
        domain = random.choice(GENERIC_DOMAINS) if random.random() < 0.35 else f"{random.choice(('', '', '', 'mail.', 'shop-'))}{word}.{random.choice(ENDINGS)}"
        return f"{local}@{domain}"

    def phone(self, random: rnd.Random) -> str:
        digits = lambda count: "".join(random.choice("0123456789") for _ in range(count))
        area, fiction = f"{random.randrange(201, 990)}", f"555{random.choice('- ')}01{digits(2)}"
        forms = (f"+1 ({area}) {fiction}", f"({area}) {fiction}", f"{area}-555-01{digits(2)}", f"+1 {area} {fiction}", f"{fiction}", f"+1-{area}-555-01{digits(2)}", f"{area}.555.01{digits(2)}",
                 f"020 7946 0{digits(3)}", f"+44 20 7946 0{digits(3)}", f"07700 900{digits(3)}", f"+44 7700 900{digits(3)}", f"01632 960{digits(3)}", f"(0161) 496 0{digits(3)}",
                 f"030 23125 {digits(3)}", f"+49 30 23125 {digits(3)}", f"+49 (0)89 99998 {digits(3)}", f"0221/4710{digits(3)}", f"069 90009-{digits(3)}", f"+493023125{digits(3)}",
                 f"01 99 00 {digits(2)} {digits(2)}", f"+33 6 39 98 {digits(2)} {digits(2)}", f"0639 98 {digits(2)} {digits(2)}", f"07700900{digits(3)}", f"+1{area}55501{digits(2)}")
        return random.choice(forms)

    def address(self, random: rnd.Random) -> str:
        digits = lambda count: str(random.randrange(10 ** (count - 1), 10**count))
        number, city = digits(random.choice((1, 2, 2, 3, 4))), self._name(self.names.cities, random, 0.3)
        street = f"{self._name(self.names.streets, random, 0.4)} {random.choice(self.names.street_kinds)}"
        letters = lambda: random.choice("ABCDEFGHJKLMNPRSTUVWXYZ")
        postcode = f"{letters()}{letters()}{digits(1)} {digits(1)}{letters()}{letters()}"
        flat = random.choice((f"Apt {digits(1)}, ", f"Flat {digits(2)}, ", f"Suite {digits(3)}, ", "", "", ""))
        home = f"{number}{random.choice(('', '', '', 'a', 'B'))}"
        forms = (f"{home} {street}", f"{home} {street}, {city}", f"{home} {street}, {flat}{city} {postcode}", f"{number} {street}, {flat}{city}, {random.choice(words.STATES)} {digits(5)}",
                 f"{random.choice(self.names.german_streets)} {home}, {digits(5)} {city}", f"{random.choice(self.names.german_streets)} {home}", f"{number} {random.choice(self.names.french_streets)}, {digits(5)} {city}",
                 f"PO Box {digits(3)}, {city}", f"{home} {street}, {postcode}", f"{random.choice(self.names.german_streets)} {home} in {digits(5)} {city}")
        return random.choices(forms, (14, 20, 16, 16, 12, 5, 7, 3, 4, 3))[0]

    def card(self, random: rnd.Random) -> str:
        amex = random.random() < 0.2
        start = random.choice(TEST_AMEX if amex else TEST_CARDS)
        body = start + "".join(random.choice("0123456789") for _ in range((14 if amex else 15) - len(start)))
        number = body + str(_luhn_digit(body))
        groups = [number[:4], number[4:10], number[10:]] if amex else [number[i : i + 4] for i in range(0, 16, 4)]
        return random.choices((" ".join(groups), "-".join(groups), number), (60, 15, 25))[0]

    # What looks like an entity and is none.

    def number(self, random: rnd.Random) -> str:
        digits = lambda count: "".join(random.choice("0123456789") for _ in range(count))
        letters = lambda count: "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(count))
        return random.choice((digits(random.randrange(4, 11)), f"#{digits(random.randrange(4, 8))}", f"{letters(2)}-{digits(5)}", f"{letters(1)}{digits(6)}", f"{letters(3)}{digits(8)}",
                              f"{digits(3)}-{digits(7)}-{digits(7)}", f"2026-{digits(4)}", f"1Z{letters(3)}{digits(12)}"))

    def count(self, random: rnd.Random) -> str:
        return str(random.choice((random.randrange(2, 12), random.randrange(2, 12), random.randrange(12, 400))))

    def time(self, random: rnd.Random) -> str:
        return random.choice((f"{random.randrange(1, 12)} {random.choice(('am', 'pm'))}", f"{random.randrange(24):02d}:{random.choice((0, 15, 30, 45)):02d}", f"{random.randrange(1, 12)}:30 pm"))

    def weekday(self, random: rnd.Random) -> str:
        return random.choice(WEEKDAYS)

    def month(self, random: rnd.Random) -> str:
        return random.choice([month for month in MONTHS if month not in ("May", "March")])


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("Ł", "l"))
    return "".join(c for c in plain.lower() if c.isascii() and c.isalnum())


def _luhn_digit(body: str) -> int:
    """The digit that makes the whole number pass the check of ISO/IEC 7812-1, annex B."""
    doubled = [int(c) * 2 if i % 2 == 0 else int(c) for i, c in enumerate(reversed(body))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10
