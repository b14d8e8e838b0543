"""Search: words in reports and claims."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dateline.queries import search
from dateline.queries.search import plain
from dateline.workbench.access import MaySearch
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import blind_reports
from dateline.workbench.rendering import page

router = APIRouter()
Words = Annotated[str, Query(max_length=2000)]


@router.get("/search")
def search_screen(
    request: Request, user: MaySearch, bench: TheBench, words: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    """What was found, the best first."""
    words = plain(words)
    with bench.project.reading_tables() as connection:
        reports, claims = search(connection, words)
    hidden = blind_reports(bench.project, user)
    claims = [hit for hit in claims if hit.report_id not in hidden]
    return page(request, "search.html.j2", words=words, reports=reports, claims=claims)
