"""Measures the exported decoder: is the class that was asked for seen, how sharp and how varied are the pictures?"""
import numpy as np
import onnxruntime as ort

import export
from fashion_mnist import LABELS, Pictures
from model import CLASSES, LATENT


def drawn(decoder: ort.InferenceSession, count: int, seed: int, truncation: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """(`count` pictures, their classes in turn): latents from N(0, 1) times the truncation, none picked."""
    latents = (np.random.default_rng(seed).standard_normal((count, LATENT)) * truncation).astype(np.float32)
    classes = np.arange(count) % CLASSES
    return export.run(decoder, latents, np.eye(CLASSES, dtype=np.float32)[classes]), classes


def everything(decoder: ort.InferenceSession, classifier: ort.InferenceSession, test: Pictures, count: int, seed: int) -> dict:
    real, classes = test.images.numpy(), test.labels.numpy()
    figures = {"classifierAccuracyOnTest": round(float((seen(classifier, real) == classes).mean()), 4)}
    for truncation in (1.0, 0.8):
        images, asked = drawn(decoder, count, seed, truncation)
        found = seen(classifier, images)
        figures[f"truncation{truncation}"] = {
            "samples": count, "classAskedIsSeen": round(float((found == asked).mean()), 4),
            "byClass": {label: round(float((found == asked)[asked == c].mean()), 3) for c, label in enumerate(LABELS)},
            "sharpnessToReal": round(sharpness(images) / sharpness(real), 3),
            "varietyToReal": round(variety(images, asked) / variety(real, classes), 3)}
    return figures


def seen(classifier: ort.InferenceSession, images: np.ndarray) -> np.ndarray:
    return np.concatenate([export.run(classifier, images[i : i + 500]).argmax(1) for i in range(0, len(images), 500)])


def sharpness(images: np.ndarray) -> float:
    """Mean absolute Laplacian: how much detail there is."""
    p = images[:, 0]
    laplacian = 4 * p[:, 1:-1, 1:-1] - p[:, :-2, 1:-1] - p[:, 2:, 1:-1] - p[:, 1:-1, :-2] - p[:, 1:-1, 2:]
    return float(np.abs(laplacian).mean())


def variety(images: np.ndarray, classes: np.ndarray) -> float:
    """Mean standard deviation of a pixel within a class."""
    return float(np.mean([images[classes == c].std(0).mean() for c in range(CLASSES)]))
