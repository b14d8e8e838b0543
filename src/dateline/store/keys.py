"""Keys of rows that several claims share: hashes of what the row says, so that equal things are one row."""

import hashlib

import msgspec

from dateline.model import Place, Source


def actor_key(name: str, kind: str) -> str:
    return _key("a", name, kind)


def place_key(place: Place) -> str:
    """Of the whole record: a place that a later gazetteer moves is another row, and old claims keep theirs."""
    return _key("p", *msgspec.structs.astuple(place))


def source_key(source: Source) -> str:
    """Of who speaks; the outlets and the characters belong to the claim."""
    return _key("s", source.speaker, source.role, source.organisation, source.type)


def _key(prefix: str, *values: object) -> str:
    return f"{prefix}-{hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:16]}"
