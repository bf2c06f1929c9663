"""BERT (Devlin et al. 2019) with a head that labels tokens: learnt positions, post-norm, GELU."""
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 4096
    positions: int = 256
    width: int = 128
    layers: int = 3
    heads: int = 4
    feed_forward: int = 512
    labels: int = 19
    epsilon: float = 1e-12
    dropout: float = 0.05


class Layer(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads, self.dropout = shape.heads, nn.Dropout(shape.dropout)
        self.qkv, self.output = nn.Linear(shape.width, 3 * shape.width), nn.Linear(shape.width, shape.width)
        self.up, self.down = nn.Linear(shape.width, shape.feed_forward), nn.Linear(shape.feed_forward, shape.width)
        self.attention_norm, self.norm = (nn.LayerNorm(shape.width, eps=shape.epsilon) for _ in range(2))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in self.qkv(x).chunk(3, 2))
        scores = q @ k.transpose(2, 3) * (q.shape[3] ** -0.5) + bias
        mixed = (scores.softmax(3) @ v).transpose(1, 2).flatten(2)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class TokenClassifier(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.words, self.positions = nn.Embedding(shape.vocabulary, shape.width), nn.Embedding(shape.positions, shape.width)
        self.types = nn.Embedding(2, shape.width)
        self.norm, self.dropout = nn.LayerNorm(shape.width, eps=shape.epsilon), nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.classifier = nn.Linear(shape.width, shape.labels)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02 if "layers" not in name else 0.05)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """All int64 [batch, length] -> logits float32 [batch, length, labels]."""
        bias = (1 - attention_mask[:, None, None].to(torch.float32)) * torch.finfo(torch.float32).min
        x = self.words(input_ids) + self.types(token_type_ids) + self.positions.weight[: input_ids.shape[1]]
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        return self.classifier(x)

    def size(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())
