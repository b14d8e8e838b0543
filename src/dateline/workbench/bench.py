"""What all requests of one workbench share."""

import hashlib
import hmac
import secrets
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from dateline.lexicon.codebook import Codebook
from dateline.store import Project
from dateline.workbench.jobs import Jobs
from dateline.workbench.relinking import Relinking
from dateline.workbench.settings import Settings
from dateline.workbench.tries import Tries


class Bench:
    """The open project, the settings, and the secret of this process."""

    def __init__(self, settings: Settings, project: Project) -> None:
        self.settings = settings
        self.project = project
        self.tries = Tries()
        self.jobs = Jobs()
        self.relinking = Relinking(project)
        self._secret = secrets.token_bytes(32)

    def close(self) -> None:
        """End what runs in the background."""
        self.jobs.close()
        self.relinking.close()

    def codebook(self) -> Codebook:
        return self.project.codebook()

    def token_for(self, session: str) -> str:
        """The token that forms of a session must send back."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()


def bench_of(request: HTTPConnection) -> Bench:
    """The bench that a request is made at; also a FastAPI dependency."""
    bench: Bench = request.app.state.bench
    return bench


TheBench = Annotated[Bench, Depends(bench_of)]
