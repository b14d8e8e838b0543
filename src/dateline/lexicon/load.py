"""Reads the lexicon: what the engine knows about words, as YAML that a domain expert can amend."""

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml

from dateline.errors import LexiconError

T = TypeVar("T")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, shape: type[T]) -> T:
    """The lexicon file `name` ("codebook.yaml", "en/acts.yaml") as `shape`, a type that msgspec can convert to.

    Raises LexiconError with the file and the path of the fault where the file is not of that shape.
    """
    try:
        return msgspec.convert(_raw(name), shape)
    except msgspec.ValidationError as e:
        raise LexiconError(f"lexicon file {name}: {e}") from e


@cache
def _raw(name: str) -> Any:
    path = files("dateline.lexicon").joinpath(name)
    try:
        if name.endswith(".json"):
            return msgspec.json.decode(path.read_bytes())  # long tables: YAML takes a second for them
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError as e:
        raise LexiconError(f"lexicon file {name} is missing from the installation; reinstall dateline") from e
    except (yaml.YAMLError, msgspec.DecodeError) as e:
        raise LexiconError(f"lexicon file {name}: {e}") from e
