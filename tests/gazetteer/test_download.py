"""Fetching dumps: resumed where it stopped, checked, limited; with a server made of bytes."""

import io
import urllib.error
import urllib.request
import zipfile
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import GazetteerError
from dateline.gazetteer.download import fetch_dump, sha256_of


def zipped(text: str) -> bytes:
    """A .zip with one table."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("IQ.txt", text)
    return stream.getvalue()


class Server:
    """Answers with `data`, whole or from where it is asked; breaks off after `breaks` bytes."""

    def __init__(self, data: bytes, breaks: int | None = None) -> None:
        self.data, self.breaks, self.asked = data, breaks, list[str | None]()

    def __call__(self, request: urllib.request.Request) -> Any:
        said = request.get_header("Range")
        self.asked.append(said)
        start = int(said.removeprefix("bytes=").rstrip("-")) if said else 0
        if start >= len(self.data):
            raise urllib.error.HTTPError(request.full_url, 416, "", Message(), None)
        answer: Any = io.BytesIO(self.data[start : self.breaks])
        answer.status, answer.headers = 206 if said else 200, {"Content-Length": str(len(self.data) - start)}
        self.breaks = None
        return answer


def test_a_broken_download_goes_on_where_it_was(tmp_path: Path) -> None:
    """The second try asks for the rest alone."""
    data = zipped("1\tMosul\n" * 500)
    server = Server(data, breaks=40)
    with pytest.raises(GazetteerError, match="goes on from there"):
        fetch_dump("iq", tmp_path, open_=server)
    fetched = fetch_dump("iq", tmp_path, open_=server)
    assert server.asked == [None, "bytes=40-"]
    assert (fetched.path.name, fetched.path.read_bytes(), fetched.resumed) == ("IQ.zip", data, True)
    assert fetched.sha256 == sha256_of(fetched.path)


def test_remains_of_another_day_are_thrown_away(tmp_path: Path) -> None:
    """What is longer than the server's file cannot be its beginning."""
    data = zipped("new")
    (tmp_path / "IQ.zip.part").write_bytes(b"x" * (len(data) + 5))
    assert fetch_dump("IQ", tmp_path, open_=Server(data)).path.read_bytes() == data


def test_a_damaged_file_is_thrown_away(tmp_path: Path) -> None:
    """The archive's own checksums are compared."""
    data = bytearray(zipped("1\tMosul\n" * 50))
    data[60] ^= 1
    with pytest.raises(GazetteerError, match="damaged"):
        fetch_dump("IQ", tmp_path, open_=Server(bytes(data)))
    assert list(tmp_path.iterdir()) == []


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    """Before it fills the disk."""
    with pytest.raises(GazetteerError, match="more than 10 bytes; allow more with --most-mb"):
        fetch_dump("IQ", tmp_path, open_=Server(zipped("1\tMosul\n")), most=10)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (urllib.error.URLError("Name or service not known"), "Where there is no internet"),
        (TimeoutError("timed out"), "Where there is no internet"),
        (urllib.error.HTTPError("u", 404, "", Message(), None), "named by their codes"),
        (urllib.error.HTTPError("u", 503, "", Message(), None), "answered 503 Service Unavailable; try again later"),
    ],
)
def test_what_stands_in_the_way_is_told(tmp_path: Path, error: Exception, told: str) -> None:
    """And the way out."""

    def fails(request: urllib.request.Request) -> Any:
        raise error

    with pytest.raises(GazetteerError, match=told):
        fetch_dump("IQ", tmp_path, open_=fails)
