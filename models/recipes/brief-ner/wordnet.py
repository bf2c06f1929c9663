"""Common English words and short sentences from WordNet 3.0 (Princeton University, WordNet licence), which Debian packs as
`wordnet-base`. Only the training's texts are made with it; no list of it is in this repository."""
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import debian
import words

PACKAGE = ("wordnet-base", "/usr/share/wordnet", "this recipe needs WordNet there")
ARTIFACT = "06"
# Whoever sells things sells what is below these; of the rest of the artifacts nobody knows.
SOLD = ("instrumentality", "commodity", "covering", "furniture", "plaything", "toiletry", "ornament", "fabric")
NOT_SOLD = ("structure", "weapon", "vessel", "aircraft", "military_vehicle", "system", "medium", "facility", "railway")


@dataclass(frozen=True)
class Lexicon:
    products: list[str]                 # things that are sold, as they are looked up: lower case, one or two words
    nouns: list[str]                    # of no thing that is sold; the more often as texts have them more often
    verbs: list[str]
    adjectives: list[str]
    adverbs: list[str]
    examples: list[str]                 # phrases and sentences that show how a word is used


@cache
def load() -> Lexicon:
    folder = debian.of_package(*PACKAGE)
    counts = _counts(folder)
    synsets, first = _nouns(folder)
    below = defaultdict(list)
    for offset, (_, _, above) in synsets.items():
        for each in above:
            below[each].append(offset)
    named = lambda names: {offset for offset, (kind, lemmas, _) in synsets.items() if kind == ARTIFACT and set(lemmas[:1]) & set(names)}
    sold = _closure(named(SOLD), below) - _closure(named(NOT_SOLD), below)
    products = sorted(word.replace("_", " ") for word, offset in first.items() if offset in sold and _is_plain(word) and _may_be_product(word))
    others = [(word, counts["1", word]) for word, offset in first.items() if synsets[offset][0] != ARTIFACT and synsets[offset][2] and "_" not in word and _is_plain(word)]
    nouns = [word for word, count in others if count and not _is_kept_out(word) for _ in range(1 + int(count**0.5))]
    common = lambda kinds: sorted(word for (kind, word), count in counts.items() if kind in kinds and count > 1 and "_" not in word and _is_plain(word) and not _is_kept_out(word))
    return Lexicon(products, nouns, common("2"), common("35"), common("4"), _examples(folder))


def _lines(folder: Path, name: str) -> list[str]:
    return [line for line in (folder / name).read_text("utf-8").splitlines() if not line.startswith("  ")]


def _counts(folder: Path) -> Counter:
    """(part of speech, word) -> how often it is in the texts that were tagged with senses."""
    counts = Counter()
    for line in _lines(folder, "cntlist.rev"):
        key, _, count = line.split()
        word, _, rest = key.partition("%")
        counts[rest[0], word] += int(count)
    return counts


def _nouns(folder: Path) -> tuple[dict, dict]:
    """synset -> (kind, lemmas, synsets above), and word -> its most frequent synset."""
    synsets, first = {}, {}
    for line in _lines(folder, "data.noun"):
        fields = line.partition(" | ")[0].split()
        lemmas, pointers = int(fields[3], 16), fields[5 + 2 * int(fields[3], 16) :]
        synsets[fields[0]] = (fields[1], fields[4 : 4 + 2 * lemmas : 2], [pointers[i + 1] for i in range(0, len(pointers), 4) if pointers[i] == "@"])
    for line in _lines(folder, "index.noun"):
        fields = line.split()
        first[fields[0]] = fields[6 + int(fields[3])]
    return synsets, first


def _closure(starts: set[str], below: dict) -> set[str]:
    seen, waiting = set(), list(starts)
    while waiting:
        offset = waiting.pop()
        if offset not in seen:
            seen.add(offset)
            waiting += below[offset]
    return seen


def _examples(folder: Path) -> list[str]:
    return [example for part in ("verb", "adj", "noun", "adv") for line in _lines(folder, f"data.{part}")
            for example in re.findall(r'"([^"]+)"', line.partition(" | ")[2])]


def _is_plain(word: str) -> bool:
    return len(word) > 2 and word.count("_") < 2 and re.fullmatch("[a-z_-]+", word) is not None


def _may_be_product(word: str) -> bool:
    last = word.split("_")[-1]
    return last.removesuffix("s") not in words.KEPT_OUT_NOUNS and last not in words.KEPT_OUT_NOUNS and word.replace("_", " ") not in words.NO_PRODUCTS


def _is_kept_out(word: str) -> bool:
    return word in words.KEPT_OUT or word in words.PRODUCT_NOUNS
