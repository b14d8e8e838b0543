"""The progress bar: for anything over two seconds, on standard error, where that is a terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from dateline.terminal.layout import console

if TYPE_CHECKING:
    from dateline.runners.local import Progress

T = TypeVar("T")
TOLD_EVERY = 500  # rows
PATIENCE = 2.0  # seconds; what is done by then needs no bar


class _Rate(ProgressColumn):
    """Reports in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def bar(*, shown: bool = True) -> Iterator[Callable[["Progress"], None]]:
    """A function that takes a run's progress and draws it: done of total, rate, time left."""
    to = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    drawn = Bar(*columns, console=to, transient=True)
    task = drawn.add_task("coding")
    begun = monotonic()

    def draw(progress: "Progress") -> None:
        if shown and to.is_terminal and monotonic() - begun > PATIENCE:
            drawn.start()  # does nothing where it has started
        drawn.update(task, description=progress.stage, completed=progress.done, total=progress.total)

    try:
        yield draw
    finally:
        if drawn.live.is_started:
            drawn.stop()


def told(rows: Iterable[T], step: str, total: int, draw: Callable[[str, int, int], None]) -> Iterator[T]:
    """The rows, with `draw` told now and then how many of `total` have come."""
    for n, row in enumerate(rows, 1):
        if n % TOLD_EVERY == 0:
            draw(step, n, total)
        yield row


@contextmanager
def steps() -> Iterator[Callable[[str, int, int], None]]:
    """A function that takes the name of a step and how far of how far it is, and draws it."""
    to = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    drawn = Bar(*columns, console=to, transient=True)
    task = drawn.add_task("")
    begun = monotonic()

    def draw(step: str, done: int, total: int) -> None:
        if to.is_terminal and monotonic() - begun > PATIENCE:
            drawn.start()
        drawn.update(task, description=step, completed=done, total=total or None)

    try:
        yield draw
    finally:
        if drawn.live.is_started:
            drawn.stop()
