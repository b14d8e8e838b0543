"""Codes files into a project in a process of its own, so that whoever gives the order goes on answering.

    python -m dateline.runners.order < job.json

The job comes as one JSON object on standard input (a database's URL may hold a password, which a command line would show);
progress and the result go out as lines of JSON.
"""

import signal
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError
from dateline.reports import ReadOptions
from dateline.runners.local import CodingStopped, Progress, code_project


class Order(Struct, frozen=True, kw_only=True):
    """What is to be coded, and into which project."""

    project: str
    files: tuple[str, ...]  # relative to the folder that the process is started in
    options: ReadOptions
    jobs: int = 1


class State(Struct, frozen=True, kw_only=True):
    """How far a job is: one line."""

    stage: str  # waiting, coding, linking, done, failed, stopped
    done: int = 0
    total: int = 0
    coded: int = 0
    already: int = 0
    events: int = 0
    problems: tuple[str, ...] = ()


_PROBLEMS = 100  # told of one job


def main() -> None:
    """Read one order from standard input and carry it out; Ctrl-C (SIGINT) stops it between reports."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started us may have been told to ignore it
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    try:
        _say(_carried_out(order))
    except CodingStopped as e:
        _say(State(stage="stopped", problems=(str(e),)))
    except (DatelineError, OSError) as e:
        _say(State(stage="failed", problems=(str(e),)))


def _carried_out(order: Order) -> State:
    def progress(now: Progress) -> None:
        _say(State(stage=now.stage, done=now.done, total=now.total))

    summary = code_project([Path(name) for name in order.files], order.options, order.project, jobs=order.jobs, progress=progress)
    problems = [str(failure) for failure in summary.failures] + [f"{one.path}: of another kind" for one in summary.ignored]
    read = summary.coded + summary.already
    return State(
        stage="done", done=read, total=read + len(problems), coded=summary.coded, already=summary.already,
        events=summary.events, problems=tuple(problems[:_PROBLEMS]),
    )  # fmt: skip


def _say(state: State) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(state) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
