"""BERT (Devlin et al. 2019) with a head that labels tokens: post-norm, GELU. Two things are other than there, because they
learn from fewer texts: positions are relative, a number for each distance and head (Raffel et al. 2020), and a token first
sees its neighbours, so that pieces of a word and the words beside it are read together from the start."""
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 4096
    positions: int = 256        # the longest row
    width: int = 160
    layers: int = 4
    heads: int = 5
    feed_forward: int = 640
    farthest: int = 24          # from here on all distances are the same
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
        self.distances = nn.Embedding(2 * shape.farthest + 1, shape.heads)

    def forward(self, x: Tensor, bias: Tensor, apart: Tensor) -> Tensor:
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in self.qkv(x).chunk(3, 2))
        scores = q @ k.transpose(2, 3) * (q.shape[3] ** -0.5) + self.distances(apart).permute(2, 0, 1) + bias
        mixed = (scores.softmax(3) @ v).transpose(1, 2).flatten(2)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class TokenClassifier(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.words, self.types = nn.Embedding(shape.vocabulary, shape.width), nn.Embedding(2, shape.width)
        self.norm, self.dropout = nn.LayerNorm(shape.width, eps=shape.epsilon), nn.Dropout(shape.dropout)
        self.neighbours, self.neighbours_norm = nn.Linear(3 * shape.width, shape.width), nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.classifier = nn.Linear(shape.width, shape.labels)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.05 if "layers" in name or "neighbours" in name else 0.02)
            if "distances" in name:
                nn.init.zeros_(parameter)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """All int64 [batch, length] -> logits float32 [batch, length, labels]."""
        there = attention_mask.to(torch.float32)
        bias = (1 - there[:, None, None]) * torch.finfo(torch.float32).min
        places = torch.arange(input_ids.shape[1])
        apart = (places[None] - places[:, None]).clamp(-self.shape.farthest, self.shape.farthest) + self.shape.farthest
        x = self.dropout(self.norm(self.words(input_ids) + self.types(token_type_ids))) * there[:, :, None]
        around = torch.cat((F.pad(x, (0, 0, 1, 0))[:, :-1], x, F.pad(x, (0, 0, 0, 1))[:, 1:]), 2)
        x = self.neighbours_norm(x + F.gelu(self.neighbours(around)))
        for layer in self.layers:
            x = layer(x, bias, apart)
        return self.classifier(x)

    def rounded(self) -> "TokenClassifier":
        """With every weight as a float16 can hold it, which is how they are stored. In place."""
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(parameter.half().float())
        return self

    def size(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())
