"""Files to bytes within limits."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

from dateline.errors import ReportError
from dateline.reports.records import MB


def name_of(path: Path) -> str:
    """A path as people read it and stores keep it; bytes of it that are no UTF-8 are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def opened(path: Path, *, packed: bool = False) -> Iterator[BufferedIOBase]:
    """The bytes of a file as a stream, unpacked.  Any trouble with the file inside the block is a ReportError."""
    try:
        with path.open("rb") as stream:
            yield gzip.GzipFile(fileobj=stream) if packed else stream
    except (gzip.BadGzipFile, EOFError, zlib.error) as e:
        raise ReportError(f"it is no sound gzip file ({e})") from e
    except OSError as e:
        raise ReportError(f"it cannot be opened: {e.strerror or e}") from e


def read_bytes(path: Path, limit: int, *, packed: bool = False) -> bytes:
    """All bytes of a file, unpacked.  Raises ReportError where there are none, or more than `limit`."""
    with opened(path, packed=packed) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReportError(f"it has more than {limit / MB:g} MB, the limit for such a file")
    if not data:
        raise ReportError("it is empty")
    return data
