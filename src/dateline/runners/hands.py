"""Who does pieces of work: this process, or several, with the same results in the same order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from dateline.runners.processes import new_pool

T = TypeVar("T")
Made = TypeVar("Made")
_WAITING = 2  # pieces under way for each process: none waits for work, and few results wait in memory


class Hands:
    """`jobs` processes, begun when there is something to do; a context, that ends them.

    Called as `map` is.  What is done and what it is done with are sent to other processes.  Where one of them dies (the system
    had no memory left), this process does the rest.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def __call__(self, do: Callable[[T], Made], what: Iterable[T], /) -> Iterator[Made]:
        """What is made of each, in their order."""
        under_way: deque[tuple[T, Future[Made] | None]] = deque()
        for piece in what:
            under_way.append((piece, self._begin(do, piece)))
            if len(under_way) >= self._jobs * _WAITING or self._jobs < 2:
                yield self._end(do, *under_way.popleft())
        while under_way:
            yield self._end(do, *under_way.popleft())

    def _begin(self, do: Callable[[T], Made], piece: T) -> Future[Made] | None:
        if self._jobs < 2:
            return None
        try:
            self._pool = self._pool or new_pool(self._jobs)
            return self._pool.submit(do, piece)
        except BrokenProcessPool:
            self._jobs = 1
            return None

    def _end(self, do: Callable[[T], Made], piece: T, future: Future[Made] | None) -> Made:
        if future is not None:
            try:
                return future.result()
            except BrokenProcessPool:
                self._jobs = 1
        return do(piece)
