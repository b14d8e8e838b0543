"""Adding reports: dropped files or pasted text, coded in the background, with progress that a reload does not lose."""

import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from dateline.reports import ReadOptions
from dateline.reports.find import FORMATS
from dateline.runners.order import Order
from dateline.workbench.access import MayAdd
from dateline.workbench.bench import Bench, TheBench
from dateline.workbench.jobs import Job, new_folder
from dateline.workbench.rendering import page

router = APIRouter()
SUFFIXES = tuple(FORMATS)
"""Of files that can be sent.  The whole suffix must be one of these: "a.txt.exe" is none, packed files are none."""

_FIELDS = ("title", "publisher", "author", "url", "published", "language")
_LONGEST = 500
_UNSAFE = re.compile(r"[^\w.-]+")


@router.get("/add")
def add_page(request: Request, user: MayAdd, bench: TheBench) -> Response:
    """Files to drop, a text to paste, and the jobs of this workbench."""
    return page(
        request, "add.html.j2",
        jobs=[told(job, names=user.may("names")) for job in bench.jobs.latest()], suffixes=SUFFIXES,
        limit=bench.settings.upload_limit, files=bench.settings.upload_files,
    )  # fmt: skip


@router.post("/api/reports")
async def add_reports(request: Request, user: MayAdd, bench: TheBench) -> dict[str, Any]:
    """Code the files of a form: `files`, with what is known of all of them (publisher, published, language)."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "Send the files as multipart/form-data.")
    async with request.form(max_files=bench.settings.upload_files, max_fields=20, max_part_size=64 * 1024) as form:
        job = await run_in_threadpool(_start, form, user.name, bench)
    return told(job, names=True)


@router.get("/api/jobs")
def jobs(user: MayAdd, bench: TheBench) -> list[dict[str, Any]]:
    """The jobs of this workbench, the latest first."""
    return [told(job, names=user.may("names")) for job in bench.jobs.latest()]


@router.post("/api/jobs/{job_id}/stop")
def stop_job(job_id: str, user: MayAdd, bench: TheBench) -> dict[str, Any]:
    """Stop a job between two reports; those that are coded stay.  Coders stop their own."""
    job = bench.jobs.get(job_id)
    if job is None:
        raise HTTPException(404, "no such job")
    if job.by != user.name and not user.may("bulk"):
        raise HTTPException(403, "That job is another analyst's; editors stop those.")
    job.stop()
    return told(job, names=True)


def told(job: Job, *, names: bool) -> dict[str, Any]:
    """A job as pages show it."""
    state: dict[str, Any] = msgspec.to_builtins(job.state)
    shown = job.names[:5]
    more = len(job.names) - len(shown)
    return {
        "id": job.id, "by": job.by if names else "an analyst", "at": job.at, "over": job.over, **state,
        "names": ", ".join(shown) + (f" and {more} more" if more > 0 else ""),
    }  # fmt: skip


def _start(form: FormData, by: str, bench: Bench) -> Job:
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
    if not files:
        raise HTTPException(422, "No file is there: drop some, or paste a text.")
    for file in files:
        if _suffix(file) not in SUFFIXES:
            raise HTTPException(415, f"{(file.filename or '')[:80]!r} is of a kind that is not read. Read: {', '.join(SUFFIXES)}")
    known = {name: value.strip()[:_LONGEST] for name in _FIELDS if isinstance(value := form.get(name), str) and value.strip()}
    single = known if len(files) == 1 else {}
    options = ReadOptions(
        published=_day(known.get("published")), publisher=known.get("publisher"), language=known.get("language"),
        title=single.get("title"), url=single.get("url"), author=single.get("author"),
    )  # fmt: skip
    folder = new_folder()
    names = tuple(_keep(file, n, folder) for n, file in enumerate(files, 1))
    project = bench.settings.project
    place = project if "://" in project else str(Path(project).absolute())
    order = Order(project=place, files=names, options=options)
    return bench.jobs.start(
        order, folder, by, tuple((file.filename or name)[:80] for file, name in zip(files, names, strict=True))
    )


def _suffix(file: UploadFile) -> str:
    return PurePosixPath((file.filename or "").replace("\\", "/")).suffix.lower()


def _keep(file: UploadFile, n: int, folder: Path) -> str:
    """Write a file under a name of our own making: its number and what is harmless of its own name.  The name."""
    stem = _UNSAFE.sub("-", PurePosixPath((file.filename or "").replace("\\", "/")).stem).strip(".-")[:60]
    name = f"{n:03}-{stem or 'report'}{_suffix(file)}"
    with (folder / name).open("xb") as stream:
        while block := file.file.read(1 << 20):
            stream.write(block)
    return name


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise HTTPException(422, f"{words!r} is no date of publication. Write it as 2019-10-05") from None
