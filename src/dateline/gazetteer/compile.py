"""Makes a layer file of drafts.  The same drafts give the same bytes: no clock and no order of hashes gets into it."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from marisa_trie import Trie

from dateline.errors import GazetteerError
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.layer import (
    BARE,
    CORE,
    DEGREE,
    EXACT,
    MAGIC,
    RANKS,
    SKELETON,
    Head,
    Section,
    aligned,
    content_hash,
    id_order,
)
from dateline.gazetteer.names import bare, core, fold, skeletons

LOOSE_COUNTRIES = frozenset("AE AF BH DJ DZ EG EH ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN TR YE".split())
"""Where names are written in Arabic letters, so that Latin spellings agree on consonants alone."""
LOOSE_POPULATION = 2000
"""In the shipped world layer villages below this size are found by their spelling only; a country pack's by consonants too."""

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


Part = bytes | np.ndarray[Any, np.dtype[Any]]


def _places(drafts: list[Draft], kinds: Sequence[str], countries: Sequence[str], admin1: Sequence[str]) -> dict[str, Part]:
    """The columns of the places."""
    texts = [f"{draft.id}\t{draft.name}".encode() for draft in drafts]
    country_of = {code: n for n, code in enumerate(countries)}
    admin1_of = {code: n for n, code in enumerate(admin1)}
    return {
        "texts": b"".join(texts),
        "text_starts": _starts(map(len, texts)),
        "kinds": np.array([kinds.index(draft.kind) for draft in drafts], "u1"),
        "lats": np.array([round(draft.lat * DEGREE) for draft in drafts], "<i4"),
        "lons": np.array([round(draft.lon * DEGREE) for draft in drafts], "<i4"),
        "countries": np.array([country_of[draft.country] for draft in drafts], "<u2"),
        "admin1": np.array([admin1_of[draft.admin1] for draft in drafts], "<u2"),
        "people": np.array([draft.population for draft in drafts], "<u4"),
        "radii": np.array([draft.radius for draft in drafts], "<f4"),
        "ranks": np.array([RANKS.index(draft.rank) for draft in drafts], "u1"),
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
    }


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
