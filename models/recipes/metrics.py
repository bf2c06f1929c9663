"""How near made pictures are to real ones, on features of a classifier. Used by the recipes of pictures."""
import numpy as np


def frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Distance of two Gaussians fitted to features [n, d] (Dowson and Landau 1982; Heusel et al. 2017)."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    s, t = np.cov(a.T), np.cov(b.T)
    root = _root(s)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(s) + np.trace(t) - 2 * np.trace(_root(root @ t @ root)))


def manifold(real: np.ndarray, made: np.ndarray, k: int = 5) -> dict:
    """Precision and recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020): `real` and `made` [n, d]."""
    between = _distances(real, made)
    of_real, of_made = _radii(real, k), _radii(made, k)
    inside = between <= of_real[:, None]
    return {"precision": round(float(inside.any(0).mean()), 4), "recall": round(float((between <= of_made[None]).any(1).mean()), 4),
            "density": round(float(inside.sum(0).mean() / k), 4), "coverage": round(float(inside.any(1).mean()), 4)}


def nearest(of: np.ndarray, among: np.ndarray) -> np.ndarray:
    """The distance of each vector of `of` to the nearest of `among`."""
    return np.concatenate([_distances(part, among).min(1) for part in np.array_split(of, max(1, len(of) // 250))])


def nearest_ratio(images: np.ndarray, training: np.ndarray, others: np.ndarray) -> float:
    """Mean distance of pixels to the nearest training picture over that to the nearest of as many others: far below 1 is copied."""
    flat = lambda pixels: pixels.reshape(len(pixels), -1)
    count = min(len(training), len(others))
    return round(float(nearest(flat(images), flat(training[:count])).mean() / nearest(flat(images), flat(others[:count])).mean()), 4)


def _root(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return vectors * np.sqrt(values.clip(0)) @ vectors.T


def _distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    a, b = a.astype(np.float32), b.astype(np.float32)
    return np.sqrt(((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T).clip(0))


def _radii(points: np.ndarray, k: int) -> np.ndarray:
    """To the k-th nearest other point."""
    return np.partition(_distances(points, points), k, axis=1)[:, k]
