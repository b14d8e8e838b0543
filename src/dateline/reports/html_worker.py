"""The process that reads HTML pages: `python -m dateline.reports.html_worker SECONDS BYTES`, frames on stdin and stdout.

It bounds itself where the system can (POSIX): its address space, and for each page an alarm a little after the guard's own
limit, so that it ends even if the guard was killed meanwhile.
"""

import logging
import os
import signal
import sys
from typing import BinaryIO

GRACE = 2.0  # seconds after the guard's limit


def main() -> None:
    seconds, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    _limit_memory(memory_bytes)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the frames
    from dateline.reports.html_extract import extract_page
    from dateline.reports.html_frames import ASKS, Ready, Refused, receive, send

    logging.disable(logging.CRITICAL)  # libraries log to stderr what the guard says better
    send(replies, Ready())
    while (ask := receive(_stdin(), ASKS)) is not None:
        _alarm(seconds + GRACE)
        try:
            reply = extract_page(ask)
        except MemoryError:
            reply = Refused(f"it needs more than {memory_bytes / 1_000_000:g} MB of memory", last=True)
        except Exception as e:  # noqa: BLE001  # whatever a page does to a parser is said of the page
            reply = Refused(f"the HTML parser failed on it ({type(e).__name__}: {e})", last=True)
        _alarm(0)
        send(replies, reply)
        if isinstance(reply, Refused) and reply.last:
            return


def _stdin() -> BinaryIO:
    return sys.stdin.buffer


def _limit_memory(size: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such limit and macOS does not keep it; time and size limits hold there


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # with no handler the signal ends the process, in C code too


if __name__ == "__main__":
    main()
