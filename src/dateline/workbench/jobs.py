"""Coding jobs of a workbench: one at a time, in the background, each in a process and a folder of its own."""

import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dateline.runners.order import Order, State

REMEMBERED = 50  # jobs; the oldest are forgotten first
OVER = ("done", "failed", "stopped")


class Job:
    """One job: what was given, by whom, and how far it is."""

    def __init__(self, by: str, names: tuple[str, ...]) -> None:
        self.id = secrets.token_urlsafe(12)
        self.by = by
        self.names = names
        self.at = datetime.now(UTC).isoformat()
        self.state = State(stage="waiting", total=len(names))
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def over(self) -> bool:
        return self.state.stage in OVER

    def stop(self) -> None:
        """Stop between two reports: what is coded is kept."""
        with self._lock:
            self._stopped = True
            if self._process is not None and self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)

    def run(self, order: Order, folder: Path) -> None:
        """Carry the order out; returns when it is over, and takes the folder away."""
        try:
            with self._lock:
                if self._stopped:
                    self.state = State(stage="stopped", total=len(self.names))
                    return
                self._process = subprocess.Popen(  # our own interpreter and module, nothing from the client in the command
                    [sys.executable, "-m", "dateline.runners.order"],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder,
                )  # fmt: skip
            self._follow(self._process, order)
        except OSError as e:
            self.state = State(stage="failed", problems=(f"the coding process did not start: {e.strerror or e}",))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _follow(self, process: "subprocess.Popen[bytes]", order: Order) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin as stdin:
            stdin.write(msgspec.json.encode(order))
        for line in process.stdout:
            self.state = msgspec.json.decode(line, type=State)
        process.wait()
        if not self.over:
            stage = "stopped" if self._stopped else "failed"
            problem = (
                "stopped" if self._stopped else f"the coding process ended with {process.returncode}; what was coded is kept"
            )
            self.state = msgspec.structs.replace(self.state, stage=stage, problems=(problem,))


class Jobs:
    """The jobs of one workbench, the latest last."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._one_at_a_time = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coding")

    def start(self, order: Order, folder: Path, by: str, names: tuple[str, ...]) -> Job:
        """Queue a job; it owns `folder` from now on."""
        job = Job(by, names)
        self._jobs[job.id] = job
        while len(self._jobs) > REMEMBERED and next(iter(self._jobs.values())).over:
            self._jobs.popitem(last=False)
        self._one_at_a_time.submit(job.run, order, folder)
        return job

    def get(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def latest(self) -> list[Job]:
        """The latest first."""
        return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """Stop what runs and wait for it."""
        for job in self._jobs.values():
            job.stop()
        self._one_at_a_time.shutdown()


def new_folder() -> Path:
    """A folder for the files of one job, which nobody else can read."""
    return Path(tempfile.mkdtemp(prefix="dateline-coding-"))
