"""Files to bytes within limits."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase

from dateline.errors import ReportError
from dateline.reports.records import MB, SourceFile


@contextmanager
def opened(source: SourceFile) -> Iterator[BufferedIOBase]:
    """The bytes of a file as a stream, unpacked.  Any trouble with the file inside the block is a ReportError."""
    try:
        with source.path.open("rb") as packed:
            yield gzip.GzipFile(fileobj=packed) if source.packed else packed
    except (gzip.BadGzipFile, EOFError, zlib.error) as e:
        raise ReportError(f"it is no sound gzip file ({e})") from e
    except OSError as e:
        raise ReportError(f"it cannot be opened: {e.strerror or e}") from e


def read_whole(source: SourceFile, limit: int) -> bytes:
    """All bytes of a file, unpacked.  Raises ReportError where there are none, or more than `limit`."""
    with opened(source) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReportError(f"it has more than {limit / MB:g} MB, the limit for a {source.format} file")
    if not data:
        raise ReportError("it is empty")
    return data
