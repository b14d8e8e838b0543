"""Makes a layer file of drafts.  The same drafts give the same bytes: no clock and no order of hashes gets into it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from marisa_trie import Trie

from dateline.errors import GazetteerError
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.layer import (
    BARE,
    BEGINS,
    CORE,
    DEGREE,
    EXACT,
    MAGIC,
    RANKS,
    RECORD,
    SKELETON,
    Head,
    Section,
    aligned,
    content_hash,
    id_order,
    mark_of,
    numeric,
)
from dateline.gazetteer.names import bare, core, fold, skeletons

LOOSE_COUNTRIES = frozenset("AE AF BH DJ DZ EG EH ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN TR YE".split())
"""Where names are written in Arabic letters, so that Latin spellings agree on consonants alone."""
LOOSE_POPULATION = 2000
"""In the shipped world layer villages below this size are found by their spelling only; a country pack's by consonants too."""
MARK_BITS = 8
"""At least so many bits for each name: of eight words that are no names, seven are told by their bit."""

Progress = Callable[[int, int], None]
"""Is told how many of how many places are done."""


def keys_of(name: str, *, loose: bool) -> set[str]:
    """The keys that a name is found by; those of its consonants where it is `loose`."""
    folded = fold(name)
    if not folded:
        return set()
    short, plain = core(folded), bare(folded)
    keys = {EXACT + folded}
    keys |= {CORE + short} if short != folded else set()
    if not loose:
        return keys
    keys |= {BARE + plain} if plain != short else set()
    return keys | {SKELETON + key for key in skeletons(folded)}


def write_layer(
    drafts: Iterable[Draft],
    path: Path,
    *,
    name: str,
    title: str,
    sources: Sequence[str],
    loose_population: int = 0,
    progress: Progress = lambda done, total: None,
) -> Head:
    """Write the layer of all drafts, one for each id (the last wins); the file is there whole or not at all."""
    unique = sorted({draft.id: draft for draft in drafts}.values(), key=lambda draft: id_order(draft.id))
    posts: dict[str, list[int]] = {}
    for number, draft in enumerate(unique):
        for key, main in sorted(_keys(draft, loose_population).items()):
            posts.setdefault(key, []).append(number << 1 | (not main))
        if number % 1000 == 0:
            progress(number, len(unique))
    for beginning in {beginning for key in posts for beginning in _beginnings(key)}:
        posts[beginning] = []
    trie = Trie(sorted(posts))
    kinds = tuple(sorted({draft.kind for draft in unique}))
    countries = tuple(sorted({draft.country for draft in unique}))
    admin1 = tuple(sorted({draft.admin1 for draft in unique}))
    parts = _places(unique, kinds, countries, admin1) | _names(trie, posts, len(unique))
    sections, content = _laid_out({"keys": trie.tobytes()} | parts)
    head = Head(
        name=name, title=title, sources=tuple(sources), places=len(unique), names=sum(key[0] == EXACT for key in posts),
        kinds=kinds, countries=countries, admin1=admin1, sections=sections)  # fmt: skip
    head = msgspec.structs.replace(head, hash=content_hash(head, content))
    _replace(path, _with_head(head, content))
    progress(len(unique), len(unique))
    return head


def _keys(draft: Draft, loose_population: int) -> dict[str, bool]:
    """The keys of a place, and whether they are of its main name."""
    loose = draft.country in LOOSE_COUNTRIES and (draft.kind != "settlement" or draft.population >= loose_population)
    keys = dict.fromkeys((key for name in draft.others for key in keys_of(name, loose=loose)), False)
    return keys | dict.fromkeys((key for name in (draft.name, *draft.aliases) for key in keys_of(name, loose=loose)), True)


def _beginnings(key: str) -> Iterator[str]:
    """The keys that say of the first words of a longer name that it goes on."""
    if key[0] in {EXACT, CORE}:
        yield from (BEGINS + key[1:at] for at, character in enumerate(key) if character == " ")


Part = bytes | np.ndarray[Any, np.dtype[Any]]


def _places(drafts: list[Draft], kinds: Sequence[str], countries: Sequence[str], admin1: Sequence[str]) -> dict[str, Part]:
    """The records of the places, their ids and names, and the order of the ids that are numbers."""
    texts = [f"{draft.id}\t{draft.name}".encode() for draft in drafts]
    country_of = {code: n for n, code in enumerate(countries)}
    admin1_of = {code: n for n, code in enumerate(admin1)}
    ids = {value: number for number, draft in enumerate(drafts) if (value := numeric(draft.id)) is not None}
    records = [
        (round(draft.lat * DEGREE), round(draft.lon * DEGREE), draft.population, draft.radius, start, len(text),
         country_of[draft.country], admin1_of[draft.admin1], kinds.index(draft.kind), RANKS.index(draft.rank))
        for draft, text, start in zip(drafts, texts, accumulate(map(len, texts), initial=0), strict=False)
    ]  # fmt: skip
    return {
        "texts": b"".join(texts),
        "records": b"".join(RECORD.pack(*record) for record in records),
        "numeric": np.array(sorted(ids), "<u4"),
        "numeric_places": np.array([ids[value] for value in sorted(ids)], "<u4"),
    }


def _names(trie: Trie, posts: dict[str, list[int]], places: int) -> dict[str, Part]:
    """From keys to places, and from places back to their spellings."""
    by_number = [posts[trie.restore_key(number)] for number in range(len(posts))]
    spellings: list[list[int]] = [[] for _ in range(places)]
    for key, numbers in posts.items():
        if key.startswith(EXACT):
            for post in numbers:
                spellings[post >> 1].append(trie[key])
    return {
        "key_starts": _starts(map(len, by_number)),
        "posts": np.array([post for numbers in by_number for post in numbers], "<u4"),
        "spelling_starts": _starts(map(len, spellings)),
        "spellings": np.array([key for keys in spellings for key in sorted(keys)], "<u4"),
        "name_marks": _marked({key[1:] for key in posts if key[0] in {EXACT, CORE}}),
    }


def _marked(names: set[str]) -> bytes:
    """The bits of `Layer.name_marks`: a power of two of them, so many that at most one in MARK_BITS is set."""
    size = 1 << (len(names) * MARK_BITS).bit_length()
    bits = np.zeros(size, "u1")
    bits[[mark_of(name) & (size - 1) for name in names]] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _starts(lengths: Iterable[int]) -> np.ndarray[Any, np.dtype[Any]]:
    """Where each of several runs begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(list(lengths), dtype="<u4")]).astype("<u4")


def _laid_out(parts: dict[str, Part]) -> tuple[dict[str, Section], bytes]:
    """The sections one after another, each where it may begin."""
    sections: dict[str, Section] = {}
    content = bytearray()
    for name, part in parts.items():
        content += b"\0" * (aligned(len(content)) - len(content))
        data = part if isinstance(part, bytes) else part.tobytes()
        sections[name] = Section(len(content), len(data), "" if isinstance(part, bytes) else part.dtype.str)
        content += data
    return sections, bytes(content)


def _with_head(head: Head, content: bytes) -> bytes:
    told = msgspec.json.encode(head, order="sorted")
    before = MAGIC + len(told).to_bytes(4, "little") + told
    return before + b"\0" * (aligned(len(before)) - len(before)) + content


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file; on the disk before its name is, so that no crash leaves half a layer."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as e:
        raise GazetteerError(f"{path} cannot be written: {e.strerror or e}") from e
    finally:
        with suppress(OSError):
            part.unlink()
