"""Measures the exported generator beside two baselines: is the class seen that was asked for, and are all real kinds covered?"""
from pathlib import Path

import numpy as np
import onnxruntime as ort

import export
import metrics
from fashion_mnist import Pictures
from model import CLASSES, LATENT

COMPONENTS = 32


class Judge:
    """The bundled classifier of clothes (recipe fashion-classifier), which had no part in this training."""

    def __init__(self, folder: Path):
        self.session = export.session(folder / "judge.onnx")

    def __call__(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(classes, features) of pictures float32 [n, 1, 28, 28] in 0..1."""
        parts = [self.session.run(["logits", "features"], {"image": images[i : i + 500]}) for i in range(0, len(images), 500)]
        logits, features = (np.concatenate(column) for column in zip(*parts))
        return logits.argmax(1), features


def drawn(graph: ort.InferenceSession, count: int, seed: int, latent: int = LATENT, low: float = -1) -> tuple[np.ndarray, np.ndarray]:
    """(`count` pictures in 0..1, their classes in turn); latents from N(0, 1), none picked."""
    latents = np.random.default_rng(seed).standard_normal((count, latent)).astype(np.float32)
    classes = np.arange(count) % CLASSES
    labels = np.eye(CLASSES, dtype=np.float32)[classes]
    made = np.concatenate([export.run(graph, latents[i : i + 500], labels[i : i + 500]) for i in range(0, count, 500)])
    return ((made - low) / (1 - low)).clip(0, 1), classes


def gaussians(training: Pictures, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The first baseline: a Gaussian on the principal components of each class's pixels."""
    random, classes = np.random.default_rng(seed), np.arange(count) % CLASSES
    made = np.empty((count, 1, 28, 28), np.float32)
    for number in range(CLASSES):
        pixels = training.images[training.labels == number].numpy().reshape(-1, 784).astype(np.float64)
        values, vectors = np.linalg.eigh(np.cov(pixels.T))
        basis = vectors[:, -COMPONENTS:] * np.sqrt(values[-COMPONENTS:])
        chosen = classes == number
        made[chosen] = (pixels.mean(0) + random.standard_normal((chosen.sum(), COMPONENTS)) @ basis.T).clip(0, 1).reshape(-1, 1, 28, 28)
    return made, classes


def everything(graph, vae, judge: Judge, training: Pictures, test: Pictures, count: int, seed: int) -> dict:
    """`vae`: the decoder of fashion-cvae, the second baseline."""
    real, labels = test.images.numpy(), test.labels.numpy()
    found, features = judge(real)
    shown = judge(training.images.numpy()[: len(real)])[1]
    figures = {"samples": count, "realTest": {"accuracy": round(float((found == labels).mean()), 4), **_near(features, shown, count)}}
    makers = {"gan": drawn(graph, count, seed), "gaussians": gaussians(training, count, seed), "fashionCvae": drawn(vae, count, seed, 16, 0)}
    for name, (images, asked) in makers.items():
        seen, vectors = judge(images)
        figures[name] = {"accuracy": round(float((seen == asked).mean()), 4), **_near(features, vectors, count)}
        if name == "gan":
            figures[name]["byClass"] = [round(float((seen == asked)[asked == c].mean()), 3) for c in range(CLASSES)]
        print(name, figures[name], flush=True)
    images = makers["gan"][0][:500]
    figures["memorisation"] = {"pictures": len(images), "nearestTrainRatio": metrics.nearest_ratio(images, training.images.numpy(), test.images.numpy())}
    return figures


def _near(real: np.ndarray, made: np.ndarray, count: int) -> dict:
    return {"frechet": round(metrics.frechet(real, made), 3), **metrics.manifold(real[:count], made[:count])}
