"""HTML pages, read in a guarded process: no parser of pages runs in ours.

The guard keeps one worker process for many pages (it takes half a second to start), kills it where a page takes too long,
and starts another for the next page.
"""

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO, BinaryIO, Self, cast

from msgspec import UNSET

from dateline.errors import ReportError
from dateline.reports.decode import disguised
from dateline.reports.files import name_of, read_bytes
from dateline.reports.html_frames import REPLIES, Ask, Page, Ready, Refused, Reply, receive, send
from dateline.reports.known import make_report, prefer
from dateline.reports.records import MB, Failure, Known, Outcome, ReadOptions, SourceFile

_LOG = logging.getLogger(__name__)
_START_SECONDS = 120.0  # for the worker's imports, on a busy machine


class HtmlGuard:
    """Reads pages one after another in a worker process with limits of time and memory.  Close it, or use `with`."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._worker: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, url: str | None = None) -> Page | Refused:
        """What the page says, or why it was not read; `data` is what was received."""
        if len(data) > self._options.max_html_bytes:
            return Refused(f"it has more than {self._options.max_html_bytes / MB:g} MB, the limit for a page")
        if kind := disguised(data):
            return Refused(f"it is {kind}, not a page")
        worker = self._worker or self._start()
        reply, timed_out = _exchange(worker, Ask(data, url), self._options.html_seconds)
        if reply is None or timed_out or (isinstance(reply, Refused) and reply.last):
            self.close()
        if isinstance(reply, Page | Refused):
            return reply
        if timed_out:
            return Refused(f"it took more than {self._options.html_seconds:g} seconds to read")
        return Refused(f"the process that read it ended (exit status {worker.returncode}): the page breaks the HTML parser")

    def close(self) -> None:
        """End the worker process.  The next page starts another."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            with suppress(OSError):  # what was not flushed was for a process that is gone
                cast(BinaryIO, self._worker.stdin).close()
            cast(BinaryIO, self._worker.stdout).close()
            self._worker = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        with tempfile.TemporaryFile() as complaints:
            self._worker = _spawn(self._options, complaints)
            reply, _ = _exchange(self._worker, None, _START_SECONDS)
            if isinstance(reply, Ready):
                return self._worker
            self.close()
            complaints.seek(0)
            last = complaints.read().decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ReportError(f"the process that reads HTML does not start: {''.join(last) or 'no message'}")


def read_html(source: SourceFile, side: Known | None, options: ReadOptions, guard: HtmlGuard) -> Iterator[Outcome]:
    """The one report of an .html file: the article's text, and what the page says about itself."""
    name = name_of(source.path)
    try:
        raw = read_bytes(source.path, options.max_html_bytes)
    except ReportError as e:
        yield Failure(name, None, str(e))
        return
    stated = prefer(options.known(), side)
    page = guard.read(raw, stated.url)
    if isinstance(page, Refused):
        yield Failure(name, None, page.reason)
        return
    if page.guessed:
        _LOG.warning("%s: read as %s, by guess: it is not UTF-8 and declares no other", name, page.encoding)
    yield make_report(page.text, prefer(stated, _known(page)), options, path=name, raw=raw)


def _known(page: Page) -> Known:
    return Known(
        title=page.title, publisher=page.publisher, author=page.author, url=page.url,
        published=page.published or UNSET, published_from=page.published_from,
    )  # fmt: skip


def _spawn(options: ReadOptions, complaints: IO[bytes]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "dateline.reports.html_worker"]  # -P: nothing is imported from the working folder
    limits = [str(options.html_seconds), str(options.html_memory_bytes)]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder),
        "PYTHONHASHSEED": "0",  # so that no order of a library's set shows in a text
    }
    return subprocess.Popen(
        command + limits, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=environment
    )  # fmt: skip


def _exchange(worker: "subprocess.Popen[bytes]", ask: Ask | None, seconds: float) -> tuple[Reply | None, bool]:
    """The worker's reply, and whether it was killed for taking longer than `seconds`.

    A timer kills the worker, and that unblocks the pipes on every system; no reply means that the worker is gone.
    """
    expired = threading.Event()

    def end() -> None:
        expired.set()
        worker.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        if ask is not None:
            send(cast(BinaryIO, worker.stdin), ask)
        reply = receive(cast(BinaryIO, worker.stdout), REPLIES)
    except (OSError, ValueError):
        reply = None
    finally:
        timer.cancel()
        timer.join()
    return reply, expired.is_set()
