"""Another project's categories, as data: `mappings/NAME.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

FOLDER = Path(__file__).resolve().parents[1] / "mappings"
T = TypeVar("T")


def load(name: str, shape: type[T]) -> T:
    """The mapping as `shape`; msgspec.ValidationError names the path of a fault."""
    return msgspec.convert(_raw(name), shape)


@cache
def _raw(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
