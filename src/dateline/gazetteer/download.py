"""Fetches country dumps of GeoNames: resumable, limited in size, checked."""

import hashlib
import http.client
import shutil
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from dateline.errors import GazetteerError

DUMPS = "https://download.geonames.org/export/dump"
MOST_BYTES = 300_000_000  # the largest country has less than 100 MB
TIMEOUT = 30.0  # seconds without an answer
_BLOCK = 1 << 16
_PARTIAL, _COMPLETE, _BEYOND = 206, 200, 416

Progress = Callable[[int, int], None]
"""Is told how many of how many bytes are there; 0 where the server does not say how many there are."""
Open = Callable[[urllib.request.Request], http.client.HTTPResponse]


class Download(NamedTuple):
    """A fetched file."""

    path: Path
    sha256: str
    resumed: bool


def open_url(request: urllib.request.Request) -> http.client.HTTPResponse:
    """The server's answer."""
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # always https, see DUMPS
    return answer


def fetch_dump(
    country: str,
    folder: Path,
    progress: Progress = lambda done, total: None,
    *,
    most: int = MOST_BYTES,
    open_: Open = open_url,
) -> Download:
    """The dump of a country ("IQ") as a .zip in `folder`.

    What an earlier try left there is gone on with.  Raises GazetteerError where there is no internet, no such country, more than
    `most` bytes, or a file that its own checksums contradict.
    """
    url, path = f"{DUMPS}/{country.upper()}.zip", folder / f"{country.upper()}.zip"
    part = path.with_suffix(".zip.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _need_room(folder, most)
        resumed = _receive(url, part, progress, most, open_)
    except urllib.error.HTTPError as e:
        raise GazetteerError(_refused(url, e.code)) from e
    except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as e:
        raise GazetteerError(_unreached(url, getattr(e, "reason", None) or e)) from e
    except OSError as e:
        raise GazetteerError(f"{part} cannot be written: {e.strerror or e}") from e
    _check(part, url)
    part.replace(path)
    return Download(path, sha256_of(path), resumed)


def _need_room(folder: Path, most: int) -> None:
    least = min(most, 100_000_000)
    if shutil.disk_usage(folder).free < least:
        raise GazetteerError(f"{folder} has less than {least:,} bytes free; make room, or set DATELINE_DATA to another disk")


def _receive(url: str, part: Path, progress: Progress, most: int, open_: Open) -> bool:
    """Write what the server sends behind what is there; whether there was something."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "dateline"} | ({"Range": f"bytes={have}-"} if have else {}))
    try:
        answer = open_(request)
    except urllib.error.HTTPError as e:
        if e.code != _BEYOND:
            raise
        part.unlink()  # it is there whole, or is of another day
        return _receive(url, part, progress, most, open_)
    with closing(answer):
        resumed = have > 0 and answer.status == _PARTIAL
        done = have if resumed else 0
        total = done + int(answer.headers.get("Content-Length") or 0)
        _not_too_large(url, total, most)
        with part.open("ab" if resumed else "wb") as stream:
            while block := answer.read(_BLOCK):
                done += len(block)
                _not_too_large(url, done, most)
                stream.write(block)
                progress(done, max(total, done))
    if done < total:
        raise ConnectionError("the connection ended early; the same command goes on from there")
    return resumed


def _not_too_large(url: str, size: int, most: int) -> None:
    if size > most:
        raise GazetteerError(f"{url} has more than {most:,} bytes; allow more with --most-mb")


def _check(part: Path, url: str) -> None:
    """Compare the file with the checksums inside it."""
    try:
        with zipfile.ZipFile(part) as archive:
            wrong = archive.testzip()
    except zipfile.BadZipFile:
        wrong = "all of it"
    if wrong:
        part.unlink()
        raise GazetteerError(f"{url} arrived damaged ({wrong}) and was thrown away; try again")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refused(url: str, code: int) -> str:
    if code == http.HTTPStatus.NOT_FOUND:
        return f"there is no {url}; countries are named by their codes, as in IQ SY"
    return f"{url} answered {code} {http.client.responses.get(code, '')}; try again later"


def _unreached(url: str, reason: object) -> str:
    return (
        f"{url} cannot be reached ({reason}). Where there is no internet: fetch the file on another machine, "
        "bring it here, and add it with: dateline gazetteer add FILE"
    )
