"""Writes evaluation-reference.json: what scipy, numpy, prdc and nltk say about fixed inputs, for MetricsTest.

    pip install numpy==2.4.6 scipy nltk prdc scikit-learn && python evaluation_reference.py ../resources/evaluation-reference.json
"""
import importlib.metadata
import json
import sys

import numpy as np
import prdc
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist

random = np.random.default_rng(11)
mixing = random.standard_normal((5, 5))
real = np.round(random.standard_normal((60, 5)) @ mixing, 3)
fake = np.round(random.standard_normal((50, 5)) @ mixing * 0.7 + 0.4, 3)


def frechet(a, b):
    c1, c2 = np.cov(a.T), np.cov(b.T)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(c1 + c2 - 2 * sqrtm(c1 @ c2).real))


texts = ["light as air , bright as day .", "light as a feather and bright as the day .", "a lamp for every day .", "a lamp for every night and every day ."]
words = [text.split() for text in texts]
smooth = SmoothingFunction().method1
bleus = [sentence_bleu(words[:i] + words[i + 1:], words[i], smoothing_function=smooth) for i in range(len(words))]


def distinct(n):
    grams = [tuple(w[i : i + n]) for w in words for i in range(len(w) - n + 1)]
    return len(set(grams)) / len(grams)


k3, k5 = prdc.compute_prdc(real, fake, 3), prdc.compute_prdc(real, fake, 5)
json.dump({
    "madeWith": {name: importlib.metadata.version(name) for name in ("numpy", "scipy", "prdc", "scikit-learn", "nltk")},
    "tolerance": 1e-9, "real": real.tolist(), "fake": fake.tolist(), "frechet": frechet(real, fake),
    "precision": float(k3["precision"]), "recall": float(k3["recall"]), "density": float(k5["density"]), "coverage": float(k5["coverage"]),
    "meanNearest": float(cdist(fake, real).min(1).mean()), "eigenvalues": sorted(np.linalg.eigvalsh(np.cov(real.T)).tolist()),
    "texts": texts, "bleus": [float(b) for b in bleus], "distinct1": distinct(1), "distinct2": distinct(2),
}, open(sys.argv[1], "w"), indent=1)
