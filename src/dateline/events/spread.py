"""How pieces of work are done: by `map`, or by other processes with the same results."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
Made = TypeVar("Made")


class Spread(Protocol):
    """What `map` is: the results in the order of what is asked.  The function and its input can be sent to other processes."""

    def __call__(self, do: Callable[[T], Made], what: Iterable[T], /) -> Iterator[Made]: ...
