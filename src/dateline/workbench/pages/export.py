"""Exports of a selection, from the page."""

import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dateline.errors import ExportError
from dateline.exports.base import Context, Export
from dateline.exports.known import EXPORTS, export_for
from dateline.exports.write import rows_of, write_rows
from dateline.queries import Selection, selection_sentence, to_query
from dateline.store import Project
from dateline.workbench.access import MayExport, MayRead
from dateline.workbench.accounts import log
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import check_nothing_blind
from dateline.workbench.pages.events import selection_of
from dateline.workbench.rendering import page

router = APIRouter()
IN_MEMORY = 8 * 1024 * 1024  # bytes of a file that are kept out of the disk
PIECE = 256 * 1024


@router.get("/export")
def export_screen(request: Request, user: MayRead, bench: TheBench) -> Response:
    """The files that can be written of a selection."""
    selection = selection_of(request, user, bench.project)
    found = sorted(EXPORTS.values(), key=lambda export: (export.table, export.name))
    chosen = [export for export in found if export.table != "project" or not (selection or selection.hidden)]
    return page(
        request,
        "export.html.j2",
        exports=chosen,
        query=to_query(selection),
        says={table: selection_sentence(table, selection) for table in ("claims", "figures", "events")},
        may=user.may("export"),
        chosen=bool(selection),
    )


@router.get("/export/{name}")
def download(request: Request, user: MayExport, bench: TheBench, name: str) -> Response:
    """One file; with the files that belong beside it as an archive.  Names of private persons are left out."""
    selection = selection_of(request, user, bench.project)
    try:
        export = export_for(name)
    except ExportError as e:
        raise HTTPException(404, str(e)) from e
    if export.table == "project" and selection:
        raise HTTPException(400, f"{name} holds the whole project: leave the filters out")
    if export.table == "project":
        check_nothing_blind(bench.project, user)
    log(bench.project, user.name, "export", f"{name} {to_query(selection)}".strip())
    names = [export.name, *(other for other in export.beside)]
    stream = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed when it is sent
    if len(names) == 1:
        _write(bench.project, selection, export, stream)  # type: ignore[arg-type]  # what binary streams do, it does
        return _sent(stream, export.name, "application/octet-stream")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in names:
            entry = zipfile.ZipInfo(one)  # its date is the format's first day: the same rows give the same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                _write(bench.project, selection, export_for(one), file)  # type: ignore[arg-type]
    return _sent(stream, f"{export.name.split('.')[0]}.zip", "application/zip")


def _write(project: Project, selection: Selection, export: Export, stream: BinaryIO) -> None:
    narrowed = selection or selection.hidden
    told = selection_sentence(export.table, selection) if narrowed and export.table != "project" else None
    context = Context(project.event_of(), told, project, False)
    write_rows(export, rows_of(project, export.table, selection), context, stream)


def _sent(stream: Any, name: str, type: str) -> Response:
    stream.seek(0)

    def pieces() -> Iterator[bytes]:
        with stream:
            while piece := stream.read(PIECE):
                yield piece

    return StreamingResponse(pieces(), media_type=type, headers={"content-disposition": f'attachment; filename="{name}"'})
