"""A VQ-VAE (van den Oord et al. 2017) and the transformer that draws its codes as the words say."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from blocks import WORD_SIZE, WORDS, Plain

SIDE, GRID, CODES, CODE_SIZE = 32, 8, 256, 24
PLACES = GRID * GRID


class Autoencoder(nn.Module):
    """Pictures [b, 3, 32, 32] in -1..1 to 8x8 codes of 256 and back. The codebook follows the encoder by averages (decay 0.97);
    a code that nothing comes near is put where a picture's is."""

    def __init__(self, a: int = 48, b: int = 96):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(3, a, 4, 2, 1), nn.SiLU(), nn.Conv2d(a, b, 4, 2, 1), Plain(b), nn.Conv2d(b, CODE_SIZE, 1))
        self.decoder = nn.Sequential(nn.Conv2d(CODE_SIZE, b, 3, padding=1), Plain(b), nn.SiLU(), nn.ConvTranspose2d(b, a, 4, 2, 1), Plain(a), nn.SiLU(),
                                     nn.ConvTranspose2d(a, 3, 4, 2, 1))
        self.register_buffer("book", torch.randn(CODES, CODE_SIZE))
        self.register_buffer("count", torch.ones(CODES))
        self.register_buffer("total", self.book.clone())

    def codes(self, image: Tensor) -> Tensor:
        """int64 [b, PLACES]."""
        return self._nearest(self._flat(self.encoder(image))).view(len(image), PLACES)

    def decode(self, codes: Tensor) -> Tensor:
        """Of int64 [b, PLACES]; clamped to -1..1."""
        return self.decoder(self.book[codes].transpose(1, 2).unflatten(2, (GRID, GRID))).clamp(-1, 1)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """(the picture again, how far the encoder is from its codes); moves the codebook."""
        z = self.encoder(image)
        flat = self._flat(z)
        with torch.no_grad():
            chosen = self._nearest(flat)
            self._follow(flat, chosen)
        near = self.book[chosen].view(len(image), PLACES, CODE_SIZE).transpose(1, 2).unflatten(2, (GRID, GRID))
        return self.decoder(z + (near - z).detach()), F.mse_loss(z, near.detach())

    @staticmethod
    def _flat(z: Tensor) -> Tensor:
        return z.flatten(2).transpose(1, 2).reshape(-1, CODE_SIZE)

    def _nearest(self, flat: Tensor) -> Tensor:
        return (self.book.square().sum(1) - 2 * flat @ self.book.T).argmin(1)

    def _follow(self, flat: Tensor, chosen: Tensor) -> None:
        self.count.mul_(0.97).add_(torch.bincount(chosen, minlength=CODES), alpha=0.03)
        self.total.mul_(0.97).index_add_(0, chosen, flat, alpha=0.03)
        idle = torch.nonzero(self.count < 0.05).squeeze(1)
        if len(idle):
            self.total[idle] = flat[torch.randint(len(flat), (len(idle),))]
            self.count[idle] = 1
        self.book.copy_(self.total / self.count[:, None])


class Layer(nn.Module):
    """Attention to the codes before, to the words, and a hidden layer."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.qkv, self.out = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm2, self.query, self.out2 = nn.LayerNorm(width), nn.Linear(width, width), nn.Linear(width, width)
        self.norm3, self.hidden = nn.LayerNorm(width), nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(approximate="tanh"), nn.Linear(4 * width, width))

    def split(self, x: Tensor) -> Tensor:
        """[b, n, width] -> [b, heads, n, size]."""
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, seen: Tensor, memory: tuple[Tensor, Tensor], mask: Tensor, past: Tensor | None) -> tuple[Tensor, Tensor]:
        """`seen`: what is added to the attention's scores; `past` [b, 2, heads, PLACES, size] with this place's still missing, or None where
        x holds all places. Returns x and the keys and values [b, 2, heads, n, size]."""
        q, k, v = (self.split(part) for part in self.qkv(self.norm1(x)).chunk(3, 2))
        kept = torch.stack((k, v), 1)
        if past is not None:
            here = (seen[1] > 0)[:, None, None, :, None]
            kept = torch.where(here, kept, past)
        x = x + self.out(_attend(q, kept[:, 0], kept[:, 1], seen[0]))
        x = x + self.out2(_attend(self.split(self.query(self.norm2(x))), *memory, mask))
        return x + self.hidden(self.norm3(x)), kept


def _attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    weights = torch.softmax(q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + bias, -1)
    return (weights @ v).transpose(1, 2).flatten(2)


class Prior(nn.Module):
    """Logits of the next code. The words' vectors are read once, by keys and values that all layers share."""

    def __init__(self, width: int = 160, layers: int = 4, heads: int = 5):
        super().__init__()
        self.code, self.place = nn.Embedding(CODES + 1, width), nn.Parameter(0.02 * torch.randn(PLACES, width))
        self.gist, self.memory = nn.Linear(WORD_SIZE, width), nn.Linear(WORD_SIZE, 2 * width)
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.norm, self.leave = nn.LayerNorm(width), nn.Linear(width, CODES)
        self.cache = (layers, 2, heads, PLACES, width // heads)
        nn.init.normal_(self.code.weight, 0, 0.02)

    def reading(self, words: Tensor, present: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor], Tensor]:
        gist = self.gist((words * present[..., None]).sum(1) / present.sum(1, keepdim=True))[:, None]
        memory = tuple(self.layers[0].split(part) for part in self.memory(words).chunk(2, 2))
        return gist, memory, ((present - 1) * 1e4)[:, None, None, :]

    def forward(self, codes: Tensor, words: Tensor, present: Tensor) -> Tensor:
        """Logits [b, PLACES, CODES] of all places of int64 [b, PLACES], each of those before it."""
        gist, memory, mask = self.reading(words, present)
        before = torch.cat((torch.full_like(codes[:, :1], CODES), codes[:, :-1]), 1)
        x, causal = self.code(before) + self.place + gist, torch.full((PLACES, PLACES), -1e4).triu(1)
        for layer in self.layers:
            x, _ = layer(x, (causal[None, None], None), memory, mask, None)
        return self.leave(self.norm(x))


class Step(nn.Module):
    """What is exported: one place of each row, with what is kept of the places before as float32 [b, layers * 2 * heads * PLACES * size]."""

    def __init__(self, prior: Prior):
        super().__init__()
        self.prior = prior

    def forward(self, code: Tensor, position: Tensor, words: Tensor, mask: Tensor, past: Tensor) -> tuple[Tensor, Tensor]:
        prior = self.prior
        gist, memory, hidden = prior.reading(words, mask)
        places = torch.arange(PLACES, device=code.device)[None]
        here = (places == position[:, None]).float()
        bias = (places > position[:, None]).float()[:, None, None, :] * -1e4
        x, before, kept = (prior.code(code) + here @ prior.place)[:, None] + gist, past.unflatten(1, prior.cache), []
        for number, layer in enumerate(prior.layers):
            x, both = layer(x, (bias, here), memory, hidden, before[:, number])
            kept.append(both)
        return prior.leave(prior.norm(x))[:, 0], torch.stack(kept, 1).flatten(1)


class Decoder(nn.Module):
    """What is exported: codes int64 [b, PLACES] -> image float32 [b, 3, 32, 32] in -1..1."""

    def __init__(self, autoencoder: Autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, codes: Tensor) -> Tensor:
        return self.autoencoder.decode(codes)
