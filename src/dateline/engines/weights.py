"""The shipped weights: found, checked against their checksum, and described."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.engines.card import Card
from dateline.errors import ModelError

DEFAULT = "en"


class Weights(Struct, frozen=True):
    """A model's card, its network as the bytes of an ONNX file, and its vocabulary, one piece a number."""

    card: Card
    network: bytes
    vocabulary: tuple[str, ...]


def shipped() -> tuple[str, ...]:
    """The names of the models in this installation."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def read_card(name: str = DEFAULT, folder: Path | None = None) -> Card:
    """The card of a model; ModelError where there is none or it cannot be read."""
    path = (folder or _folder()) / f"{name}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Card)
    except FileNotFoundError:
        known = ", ".join(shipped()) or "none"
        raise ModelError(f"No model '{name}' in {folder or 'this installation'}. Known: {known}") from None
    except (OSError, msgspec.DecodeError) as e:
        raise ModelError(f"{path}: the card of the model cannot be read: {e}. {_WAY_OUT}") from e


def load_weights(name: str = DEFAULT, folder: Path | None = None) -> Weights:
    """A model, after its files were compared with the checksums of its card; ModelError where they differ."""
    card = read_card(name, folder)
    place = folder or _folder()
    network = _checked(place / card.file, card.sha256)
    vocabulary = _checked(place / card.vocabulary, card.vocabulary_sha256).decode("utf-8")
    return Weights(card, network, tuple(vocabulary.removesuffix("\n").split("\n")))


_WAY_OUT = "Install Dateline anew: pip install --force-reinstall --no-deps dateline"


def _checked(path: Traversable, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as e:
        raise ModelError(f"{path}: a file of the model cannot be read: {e.strerror}. {_WAY_OUT}") from e
    if (found := hashlib.sha256(data).hexdigest()) != sha256:
        raise ModelError(
            f"{path}: the file is damaged: it has {len(data):,} bytes and checksum {found[:12]}…, not {sha256[:12]}…. {_WAY_OUT}"
        )
    return data


def _folder() -> Traversable:
    return files("dateline.engines").joinpath("models")
