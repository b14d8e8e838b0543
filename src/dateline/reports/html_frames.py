"""What the guard of HTML pages and its worker process say to each other: frames of a length and a record."""

from datetime import date
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from dateline.model.report import DateOrigin

T = TypeVar("T")
_LENGTH = 8  # bytes, big-endian


class Ask(Struct, frozen=True):
    """A page to read, and its address where that is known from elsewhere."""

    data: bytes
    url: str | None = None


class Page(Struct, frozen=True, kw_only=True, tag=True):
    """What was read from a page."""

    text: str
    encoding: str
    guessed: bool
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: DateOrigin | None = None


class Refused(Struct, frozen=True, tag=True):
    """Why a page was not read.  `last`: the process ends itself, since it can no longer be relied on."""

    reason: str
    last: bool = False


class Ready(Struct, frozen=True, tag=True):
    """The first thing that a worker says."""


Reply = Page | Refused | Ready
ASKS: msgspec.msgpack.Decoder[Ask] = msgspec.msgpack.Decoder(Ask)
REPLIES: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Page | Refused | Ready)


def send(stream: BinaryIO, record: Struct) -> None:
    body = msgspec.msgpack.encode(record)
    stream.write(len(body).to_bytes(_LENGTH, "big"))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    """The next record; None where the other side is gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return decoder.decode(body) if len(body) == size else None
