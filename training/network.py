"""The network: the six-layer MiniLM encoder with a shape for each word, and the heads on it."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from dateline.engines.pieces import SHAPES

HIDDEN, INNER, ATTENTION, LAYERS, PLACES = 384, 1536, 12, 6, 512
ARC, LABEL = 192, 64  # sizes of the biaffine spaces (Dozat and Manning 2017)
LINK = 96  # the same for what belongs to a claim
CONTEXT = 4  # heads of attention with which a claim's word looks at its window


class Layer(nn.Module):
    """One layer of BERT (post-norm, exact GELU)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION, HIDDEN // ATTENTION).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        scores = torch.matmul(q * (HIDDEN // ATTENTION) ** -0.5, k.transpose(2, 3))
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        mixed = torch.matmul(torch.softmax(scores, -1, dtype=scores.dtype), v)  # no dropout: it doubles the cost of a step
        mixed = mixed.transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + functional.dropout(self.out(mixed), drop, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    """Pieces and shapes to a vector a piece, from each layer."""

    def __init__(self, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.places = nn.Embedding(PLACES, HIDDEN)
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None) -> list[Tensor]:
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.shapes(shapes)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        states = [x]
        for layer in self.layers:
            x = layer(x, mask)
            states.append(x)
        return states

    def load_bert(self, weights: Mapping[str, Tensor]) -> None:
        """Take the weights of a BERT encoder as Hugging Face names them; all shapes begin at its first token type."""
        w = {k.removeprefix("bert."): v for k, v in weights.items()}
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.shapes.weight.copy_(w["embeddings.token_type_embeddings.weight"][:1].expand(SHAPES, -1))
            _copy(self.norm, w, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                assert isinstance(layer, Layer)
                at = f"encoder.layer.{i}"
                for kind in ("weight", "bias"):
                    parts = [w[f"{at}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                _copy(layer.out, w, f"{at}.attention.output.dense")
                _copy(layer.norm1, w, f"{at}.attention.output.LayerNorm")
                _copy(layer.up, w, f"{at}.intermediate.dense")
                _copy(layer.down, w, f"{at}.output.dense")
                _copy(layer.norm2, w, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, weights: Mapping[str, Tensor], name: str) -> None:
    for kind in ("weight", "bias"):
        getattr(module, kind).copy_(weights[f"{name}.{kind}"])


class Mix(nn.Module):
    """A learned mean of the layers (Peters et al. 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(LAYERS + 1))

    def forward(self, states: Tensor) -> Tensor:
        """[layers, ...] to [...]."""
        return torch.einsum("l,lbwh->bwh", torch.softmax(self.weights, 0), states)


class Context(nn.Module):
    """A word as it stands among the words of its window: itself, and what it attends to in them."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.own = nn.Linear(HIDDEN, HIDDEN)
        self.query, self.key, self.value = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN)
        self.dropout = dropout

    def forward(self, words: Tensor, there: Tensor | None) -> Tensor:
        """[B, W, H] to the same; `there` [B, W]: which words are no padding."""
        b, w, _ = words.shape
        size = HIDDEN // CONTEXT
        query, key, value = (part(words).view(b, w, CONTEXT, size).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = torch.matmul(query * size**-0.5, key.transpose(2, 3))
        if there is not None:
            scores = scores.masked_fill(~there[:, None, None, :], -1e4)
        mixed = torch.matmul(torch.softmax(scores, -1, dtype=scores.dtype), value).transpose(1, 2).reshape(b, w, HIDDEN)
        return functional.dropout(functional.gelu(self.norm(self.own(words) + mixed)), self.dropout, self.training)


class Network(nn.Module):
    """Encoder and heads. `sizes` gives the number of labels of upos, xpos, relations, named, gum, entities and links (what a word
    can be to a claim); `traits` and `figures` those of each trait of a claim, and of a figure's measure and object."""

    def __init__(
        self,
        vocabulary: int,
        sizes: Mapping[str, int],
        traits: Sequence[int],
        figures: Sequence[int],
        dropout: float = 0.1,
        head_dropout: float = 0.25,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, dropout)
        self.syntax, self.spans, self.stops = Mix(), Mix(), Mix()
        self.upos = nn.Linear(HIDDEN, sizes["upos"])
        self.xpos = nn.Linear(HIDDEN, sizes["xpos"])
        self.ends = nn.Linear(2 * HIDDEN, 2)
        self.named = nn.Linear(HIDDEN, sizes["named"])
        self.gum = nn.Linear(HIDDEN, sizes["gum"])
        self.entities = nn.Linear(HIDDEN, sizes["entities"])
        self.arc_dep, self.arc_head = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.rel_dep, self.rel_head = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(LABEL + 1, sizes["relations"], LABEL + 1))
        self.claims = Mix()
        self.trait_sizes, self.figure_sizes = tuple(traits), tuple(figures)
        self.claim_context, self.figure_context = Context(head_dropout), Context(head_dropout)
        self.traits = nn.Linear(HIDDEN, sum(traits))
        self.figures = nn.Linear(HIDDEN, sum(figures))
        self.link_trigger, self.link_word = nn.Linear(HIDDEN, LINK), nn.Linear(HIDDEN, LINK)
        self.link = nn.Parameter(torch.zeros(LINK + 1, sizes["links"], LINK + 1))
        nn.init.normal_(self.link, std=0.05)
        nn.init.xavier_uniform_(self.arc)
        nn.init.normal_(self.rel, std=0.05)
        self.head_dropout = head_dropout

    def words(self, states: list[Tensor], starts: Tensor) -> Tensor:
        """Vectors of first pieces from each layer [L, B, W + 1, H]; row 0 is the window's first piece: the root."""
        first = torch.cat([torch.zeros_like(starts[:, :1]), starts], 1).unsqueeze(-1).expand(-1, -1, HIDDEN)
        return torch.stack([torch.gather(state, 1, first) for state in states])

    def forward(self, ids: Tensor, shapes: Tensor, starts: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """Scores: upos, xpos, ends, named, gum, entities [B, W, labels]; arcs [B, W, W + 1]; label spaces of both ends;
        of claims: traits, figures [B, W, labels], links [B, W, roles, W]."""
        words = self.words(self.encoder(ids, shapes, mask), starts)
        there = None if mask is None else starts > 0
        drop = self.head_dropout
        tree = functional.dropout(self.syntax(words), drop, self.training)
        span = functional.dropout(self.spans(words), drop, self.training)[:, 1:]
        stop = functional.dropout(self.stops(words), drop, self.training)[:, 1:]
        claim = functional.dropout(self.claims(words), drop, self.training)[:, 1:]
        dep = functional.dropout(functional.gelu(self.arc_dep(tree[:, 1:])), drop, self.training)
        head = functional.dropout(functional.gelu(self.arc_head(tree)), drop, self.training)
        rel_dep = functional.dropout(functional.gelu(self.rel_dep(tree[:, 1:])), drop, self.training)
        rel_head = functional.dropout(functional.gelu(self.rel_head(tree)), drop, self.training)
        return {
            "upos": self.upos(tree[:, 1:]),
            "xpos": self.xpos(tree[:, 1:]),
            "ends": self.ends(torch.cat([stop, functional.pad(stop[:, 1:], (0, 0, 0, 1))], -1)),  # the word and the next one
            "named": self.named(span),
            "gum": self.gum(span),
            "entities": self.entities(span),
            "arcs": torch.matmul(torch.matmul(dep, self.arc[:-1]) + self.arc[-1], head.transpose(1, 2)),
            "rel_dep": torch.matmul(_one(rel_dep), self.rel.flatten(1)).unflatten(-1, self.rel.shape[1:]),
            "rel_head": _one(rel_head),
            "traits": self.traits(self.claim_context(claim, there)),
            "figures": self.figures(self.figure_context(claim, there)),
            "links": self._links(claim),
        }

    def _links(self, claim: Tensor) -> Tensor:
        """Log odds [B, W, roles, W] that the last word belongs, in the role, to the claim that hangs on the first."""
        drop = self.head_dropout
        trigger = functional.dropout(functional.gelu(self.link_trigger(claim)), drop, self.training)
        word = functional.dropout(functional.gelu(self.link_word(claim)), drop, self.training)
        spaces = torch.matmul(_one(trigger), self.link.flatten(1)).unflatten(-1, self.link.shape[1:])
        return torch.matmul(spaces, _one(word).transpose(1, 2).unsqueeze(1))


def _one(x: Tensor) -> Tensor:
    """x with a constant 1 behind it, for the linear terms of the biaffine form."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def relation_scores(out: Mapping[str, Tensor], heads: Tensor) -> Tensor:
    """Scores of the relations [B, W, R] of each word to the head that is chosen for it [B, W]."""
    picked = torch.gather(out["rel_head"], 1, heads.unsqueeze(-1).expand(-1, -1, out["rel_head"].shape[-1]))
    return torch.einsum("bwrl,bwl->bwr", out["rel_dep"], picked)
