"""Runs the exported graph with ONNX Runtime: prefill, decode, sampling; and holds it against torch."""
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch

from model import LanguageModel, Shape

TOLERANCE = 1e-4


class Session:
    def __init__(self, path: Path, shape: Shape, threads: int = 2):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.shape, self.names = shape, [o.name for o in self.session.get_outputs()]

    def empty_cache(self, batch: int) -> dict[str, np.ndarray]:
        shape = self.shape
        return {f"past_key_values.{layer}.{kind}": np.zeros((batch, shape.key_value_heads, 0, shape.head_size), np.float32)
                for layer in range(shape.layers) for kind in ("key", "value")}

    def step(self, ids: np.ndarray, cache: dict[str, np.ndarray]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """ids int64 [batch, s], every row as long as the others -> logits float32 [batch, vocabulary] and the grown cache."""
        total = next(iter(cache.values())).shape[2] + ids.shape[1]
        feed = {"input_ids": ids.astype(np.int64), "seqlens_k": np.full(len(ids), total - 1, np.int32),
                "total_sequence_length": np.array(total, np.int32), **cache}
        logits, *present = self.session.run(self.names, feed)
        return logits[:, 0], {name.replace("present", "past_key_values"): value for name, value in zip(self.names[1:], present)}

    def sample(self, prompt: list[int], stop: int, limit: int, temperature: float, top_p: float, random: np.random.Generator) -> list[int]:
        """Tokens after the prompt, without the stop token; temperature 0 is greedy."""
        logits, cache = self.step(np.array([prompt]), self.empty_cache(1))
        tokens = []
        while len(tokens) < limit:
            token = pick(logits[0], temperature, top_p, random)
            if token == stop:
                break
            tokens.append(token)
            logits, cache = self.step(np.array([[token]]), cache)
        return tokens


def pick(logits: np.ndarray, temperature: float, top_p: float, random: np.random.Generator) -> int:
    if temperature == 0:
        return int(logits.argmax())
    scaled = logits.astype(np.float64) / temperature
    probabilities = np.exp(scaled - scaled.max())
    probabilities /= probabilities.sum()
    order = np.argsort(-probabilities)
    kept = order[: int(np.searchsorted(np.cumsum(probabilities[order]), top_p)) + 1]
    return int(random.choice(kept, p=probabilities[kept] / probabilities[kept].sum()))


def difference_from_torch(model: LanguageModel, session: Session, sequences: list[list[int]]) -> float:
    """Largest difference in any logit: each sequence whole, then in two chunks and token by token, then batches of two."""
    largest = 0.0
    for ids in sequences:
        with torch.no_grad():
            expected = model(torch.tensor([ids]))[0].numpy()
        whole, _ = session.step(np.array([ids]), session.empty_cache(1))
        largest = max(largest, float(abs(whole[0] - expected[-1]).max()))
        half = len(ids) // 2
        logits, cache = session.step(np.repeat([ids[:half]], 2, axis=0), session.empty_cache(2))
        for position in range(half, len(ids)):
            largest = max(largest, float(abs(logits - expected[position - 1]).max()))
            logits, cache = session.step(np.full((2, 1), ids[position]), cache)
    return largest
