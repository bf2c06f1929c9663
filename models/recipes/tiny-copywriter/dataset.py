"""Training and held-out conversations, and batches of them.

Held out are (a) every product marked so and (b) every tenth (product, audience) pair.
"""
import random
import zlib
from collections.abc import Iterator

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from grammar import Grammar
from products import HELD_OUT, PLAIN_NOUNS, TRAINING
from vocabulary import END, START

PROMPT_WEIGHT = 0.1         # the request counts a little, the answer in full
CONTEXT_LENGTH = 512


def pair_is_held_out(product, audience) -> bool:
    return zlib.crc32(f"{product.name}|{audience.name}".encode()) % 10 == 0


def training_grammar() -> Grammar:
    return Grammar(TRAINING, PLAIN_NOUNS, lambda product, audience: not pair_is_held_out(product, audience))


def held_out_pairs_grammar() -> Grammar:
    return Grammar(TRAINING, allowed=pair_is_held_out)


def held_out_products_grammar() -> Grammar:
    return Grammar(HELD_OUT)


def write(grammar: Grammar, count: int, seed: int, label: str) -> list[list[dict]]:
    source = random.Random(seed)
    return [grammar.conversation(source) for _ in tqdm(range(count), desc=label, leave=False, mininterval=2)]


def encode(tokenizer: Tokenizer, conversations: list[list[dict]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Token ids and, for each, its weight as a prediction target: 1 for what the assistant says, its `<|im_end|>` too."""
    texts, weights = [], []
    for messages in conversations:
        for message in messages:
            answer = message["role"] == "assistant"
            texts += [f"{START}{message['role']}\n", f"{message['content']}{END}", "\n"]
            weights += [PROMPT_WEIGHT, 1.0 if answer else PROMPT_WEIGHT, PROMPT_WEIGHT]
    pieces = iter(zip(tokenizer.encode_batch(texts), weights))
    encoded = []
    for messages in conversations:
        parts = [next(pieces) for _ in range(3 * len(messages))]
        ids = np.concatenate([p.ids for p, _ in parts]).astype(np.int64)
        weight = np.concatenate([np.full(len(p.ids), w, np.float32) for p, w in parts])
        encoded.append((ids[:CONTEXT_LENGTH], weight[:CONTEXT_LENGTH]))
    return encoded


def batches(encoded: list, tokens: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One pass over the conversations: most as rows of like length, every sixth joined into rows of the whole context."""
    order = np.random.default_rng(seed)
    shuffled = [encoded[i] for i in order.permutation(len(encoded))]
    cut = len(shuffled) // 6
    rows = list(_joined(shuffled[:cut]))
    alone = shuffled[cut:]
    alone.sort(key=lambda item: len(item[0]))
    groups = list(_groups(rows, tokens)) + list(_groups(alone, tokens))
    for index in order.permutation(len(groups)):
        yield _padded(groups[index])


def _joined(items: list):
    ids, weights, size = [], [], 0
    for item in items:
        if size + len(item[0]) > CONTEXT_LENGTH:
            yield np.concatenate(ids), np.concatenate(weights)
            ids, weights, size = [], [], 0
        ids.append(item[0]), weights.append(item[1])
        size += len(item[0])


def _groups(items: list, tokens: int):
    group, longest = [], 0
    for item in items:
        longest = max(longest, len(item[0]))
        if group and longest * (len(group) + 1) > tokens:
            yield group
            group, longest = [], len(item[0])
        group.append(item)
    if group:
        yield group


def _padded(group: list) -> tuple[np.ndarray, np.ndarray]:
    longest = max(len(ids) for ids, _ in group)
    ids, weights = np.zeros((len(group), longest), np.int64), np.zeros((len(group), longest), np.float32)
    for row, (row_ids, row_weights) in enumerate(group):
        ids[row, : len(row_ids)], weights[row, : len(row_ids)] = row_ids, row_weights
    return ids, weights
