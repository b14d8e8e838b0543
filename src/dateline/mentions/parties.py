"""Takes the noun phrase of a speaker apart: name, role, organisation, and the type of source that they make."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import role_types, speaker_words
from dateline.mentions.words import Found, PhraseTable, Word, words_of
from dateline.model import SourceType, Span

_PARTICLES = frozenset("al el ul bin ibn abu abd de del la van von der da dos ben bint ould ag el-din un u di le".split())
_BEFORE_SCENES = frozenset("in on during at after for according with by".split())
_LONGEST_HEAD = 14  # words of a sentence in which its subject is introduced
_SMALL = frozenset("the a an of for and in".split())
_APPOSED = 3  # words besides name, role and organisation in the half of an apposition that stands apart from the verb
_NAME_STOPS = frozenset(
    (
        "the a an in on at for of and or but to from by with his her their its this that these those as after before during"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
        " october november december he she it they we i some many most all both one two three other others several there"
        " meanwhile however according"
    ).split()
)

_ACROSS = frozenset({"of", "for", "and", "the"})
_NEVER_IN_RUNS = frozenset("the a an in on for he she they according".split())


@cache
def role_table() -> PhraseTable[SourceType]:
    return PhraseTable(role_types().items())


@cache
def outlet_table() -> PhraseTable[bool]:
    return PhraseTable((name, True) for name in speaker_words().outlets)


class Party(NamedTuple):
    """A noun phrase taken apart: who speaks, in what role, for whom."""

    name: Span | None
    role: Span | None
    organisation: Span | None
    type: SourceType | None
    pronoun: Span | None
    plural: bool

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(s for s in (self.name, self.role, self.organisation, self.pronoun) if s)


def is_role_half(text: str, chunk: tuple[Word, ...]) -> bool:
    """Is a chunk behind a name its apposition ("X, head of Y") and not the statement ("according to X, the rebels may ...")?"""
    party = _parse_chunk(text, chunk)
    if party is None or party.role is None:
        return False
    return len([w for w in chunk if w.key not in _SMALL and not any(s.start <= w.start < s.end for s in party.spans)]) <= _APPOSED


def parse_party(text: str, chunks: list[tuple[Word, ...]]) -> Party | None:
    """The speaker that the nearest chunk names; an apposition takes its other half from the chunk before."""
    if not chunks:
        return None
    nearest = _parse_chunk(text, chunks[0])
    if nearest is None:
        return None
    if len(chunks) > 1 and not nearest.pronoun and (nearest.name is None) != (nearest.role is None):
        other = _parse_chunk(text, chunks[1])
        completes = other is not None and not other.pronoun and (other.name is None) == (nearest.name is not None)
        if other is not None and completes and _is_apposition(chunks, nearest, other):
            return nearest._replace(
                name=nearest.name or other.name,
                role=nearest.role or other.role,
                organisation=nearest.organisation or other.organisation,
                type=nearest.type or other.type,
            )
    return nearest


def head_party(text: str, words: tuple[Word, ...]) -> Party | None:
    """The person with a role or rank with whom a row of words begins."""
    head: list[Word] = []
    for word in words[:_LONGEST_HEAD]:
        if not (word.capital or word.key in _SMALL or word.key in role_types() or word.key.split("-")[0] in _PARTICLES):
            break
        head.append(word)
    party = _parse_chunk(text, tuple(head)) if len(head) > 1 else None
    titled = any(word.key.strip(".") in speaker_words().ranks for word in head)
    return party if party is not None and party.name is not None and (party.role is not None or titled) else None


def _is_apposition(chunks: list[tuple[Word, ...]], nearest: Party, other: Party) -> bool:
    """ "X, head of Y" or "Head of Y, X": the role half begins with the role, an article or an adjective of it, and the half
    that stands apart holds little else."""
    role_half = chunks[1] if nearest.name else chunks[0]
    free = [w for w in chunks[1] if w.key not in _SMALL and not any(s.start <= w.start < s.end for s in other.spans)]
    return len(free) <= _APPOSED and role_half[0].key not in _BEFORE_SCENES


def _parse_chunk(text: str, chunk: tuple[Word, ...]) -> Party | None:
    if not chunk:
        return None
    if chunk[-1].key in speaker_words().pronouns and len(chunk) <= 3 and chunk[-1].key not in {"it", "i", "we", "who"}:
        return Party(None, None, None, None, chunk[-1].span, chunk[-1].key == "they")
    chunk = _trim(chunk)
    roles = [f for f in role_table().find(chunk) if not _in_capital_organisation(chunk, f)]
    organisation = _organisation(chunk, roles)
    name = _name(chunk, roles, organisation)
    if not (roles or organisation or name):
        return None
    role = _role_span(chunk, roles, organisation, name)
    kind = _type(text, chunk, roles, organisation)
    plural = bool(roles) and chunk[roles[-1].last - 1].key.endswith("s") and name is None
    return Party(name, role, organisation, kind, None, plural)


def _trim(chunk: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without what comes before the noun phrase: "For his part", "Speaking to X", "On Monday"."""
    for i in range(len(chunk) - 1, 0, -1):
        if (
            chunk[i - 1].key in {"day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
            and chunk[i].key == "the"
        ):
            return chunk[i:]
    return chunk


def _in_capital_organisation(chunk: tuple[Word, ...], role: Found[SourceType]) -> bool:
    """ "Joint Operations Command spokesman": "Command" is a part of the organisation's name, not a role."""
    words = chunk[role.first : role.last]
    following = chunk[role.last] if role.last < len(chunk) else None
    is_body = words[-1].key in speaker_words().organisation_words
    return (
        is_body
        and words[-1].capital
        and following is not None
        and (following.key in role_types() or following.capital)
        and bool(role.first)
    )


def _organisation(chunk: tuple[Word, ...], roles: list[Found[SourceType]]) -> Span | None:
    """A run of capitalised words that holds an organisation's word; the one tied to the role where there are several."""
    bodies = speaker_words().organisation_words
    runs = [run for run in _runs(chunk, _ACROSS) if any(w.key.strip(".") in bodies for w in run)]
    runs = [_after_of(_without_role_ends(run, roles)) for run in runs if not _is_adjective(run, chunk)]
    runs = [run for run in runs if run and any(w.key.strip(".") in bodies for w in run)]
    if runs:
        return Span(runs[-1][0].start, runs[-1][-1].end)
    for role, later in pairwise(roles):  # "Anbar provincial council chairman"
        named = any(w.capital for w in chunk[max(0, role.first - 2) : role.first])
        if named and later.first == role.last and chunk[role.last - 1].key in bodies:
            return Span(chunk[max(0, role.first - 2)].start, chunk[role.last - 1].end)
    for role in roles:  # "head of the provincial council"
        rest = chunk[role.last :]
        tail = [w for w in rest[1:8] if w.key != "the"] if len(rest) > 2 and rest[0].key in {"of", "for"} else []
        if any(w.key in bodies for w in tail):
            return Span(tail[0].start, next(w for w in reversed(tail) if w.key in bodies).end)
    return None


def _is_adjective(run: tuple[Word, ...], chunk: tuple[Word, ...]) -> bool:
    """ "Military expert X" at the head of a sentence: one word right before a role says what kind of expert, not whose."""
    i = chunk.index(run[-1])
    return len(run) == 1 and i + 1 < len(chunk) and not chunk[i + 1].capital and chunk[i + 1].key in role_types()


def _after_of(run: tuple[Word, ...]) -> tuple[Word, ...]:
    """ "Amina Ba of the Delta Research Network": the name before "of" is no part of the organisation's."""
    links = [i for i, w in enumerate(run) if w.key == "of"]
    if not links or any(w.key.strip(".") in speaker_words().organisation_words for w in run[: links[0]]) or links[0] < 2:
        return run
    rest = run[links[0] + 1 :]
    return rest[1:] if rest and rest[0].key == "the" else rest


def _without_role_ends(run: tuple[Word, ...], roles: list[Found[SourceType]]) -> tuple[Word, ...]:
    """ "Pentagon Press Secretary Peter Cook" keeps "Pentagon": the run ends where a role word or a rank begins."""
    small = speaker_words()
    bodies = small.organisation_words
    out: list[Word] = []
    for word in run:
        is_role = word.key in role_types() and word.key not in bodies
        if out and (is_role or word.key in small.ranks - bodies):
            break
        if is_role or (word.key in small.ranks and word.key not in bodies):
            continue
        out.append(word)
    while out and out[-1].key in _ACROSS:
        out.pop()
    while out and out[0].key in _ACROSS:
        out.pop(0)
    last = max((i for i, w in enumerate(out) if w.key.strip(".") in bodies), default=-1)
    tail = out[last + 1 :]
    return tuple(out if tail and tail[0].key in {"of", "for", "in"} else out[: last + 1]) if last >= 0 else ()


def _runs(chunk: tuple[Word, ...], across: frozenset[str]) -> list[tuple[Word, ...]]:
    """Runs of capitalised words; one or two small words between two of them (`across`) belong to the run."""
    runs: list[tuple[Word, ...]] = []
    run: list[Word] = []
    gap: list[Word] = []
    for word in chunk:
        if word.capital and word.key not in _NEVER_IN_RUNS:
            run += [*gap, word]
            gap = []
        elif run and word.key in across and len(gap) < 2:
            gap.append(word)
        else:
            runs += [tuple(run)] if run else []
            run, gap = [], []
    return [*runs, tuple(run)] if run else runs


def _name(chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None) -> Span | None:
    """A run of capitalised words that is no organisation, role, rank, place adjective or day; particles belong to it."""
    taken = {i for role in roles for i in range(role.first, role.last)}
    best: list[Word] = []
    run: list[Word] = []
    ranks = speaker_words().ranks
    for i, word in enumerate((*chunk, None)):
        of_role = bool(taken) and not run and i > 0 and chunk[i - 1].key in {"of", "in", "for", "at", "from"} and i > min(taken)
        fits = (
            word is not None
            and i not in taken
            and not of_role
            and not (organisation and organisation.start <= word.start < organisation.end)
            and word.key not in _NAME_STOPS
            and word.key not in ranks
            and word.key not in number_keys()
            and (word.capital or (word.key.split("-")[0] in _PARTICLES and (bool(run) or "-" in word.key)))
            and not word.text.isdigit()
        )
        if fits and word is not None:
            run.append(word)
            continue
        if run and (len(run) >= len(best)):
            best = run
        run = []
    while best and best[-1].key in _PARTICLES:
        best.pop()
    if not best or best[-1].text.endswith("'s") or (len(best) == 1 and _looks_adjective(best[0])):
        return None
    if len(best) > 1 and _looks_adjective(best[0]):
        best = best[1:]
    return Span(best[0].start, best[-1].end) if len(best) <= 6 else None


def _looks_adjective(word: Word) -> bool:
    """Nationalities and the like: "Iraqi", "American", "Kurdish" are no names of persons."""
    return bool(
        re.search(r"(ian|ean|ese|ish|iqi|ani|eni|ali|erian|ican|aqi|aeli|nian|US|U\.S\.|UN|UK)$", word.text)
    ) and not re.search(r"^(Ali|Al-|Hani|Rani)", word.text)


def _role_span(
    chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None, name: Span | None
) -> Span | None:
    """The role words with the adjectives before them: "security and political expert", "chairman"."""
    free = [r for r in roles if not (organisation and organisation.start <= chunk[r.first].start < organisation.end)]
    free = [r for r in free if chunk[r.first].key not in speaker_words().ranks or name is None or r.first == 0]
    if not free:
        return None
    role = free[0]
    for later in free[1:]:  # "military analyst", "provincial council chairman": the last of the row is the role
        if later.first == role.last:
            role = later._replace(first=role.first) if chunk[role.first].key not in speaker_words().organisation_words else later
    first = role.first
    while (
        first
        and (name is None or not chunk[first - 1].capital)
        and chunk[first - 1].key not in _NAME_STOPS - {"and"}
        and first > role.first - 4
    ):
        first -= 1
    while chunk[first].key in {"and", "s"} and first < role.first:
        first += 1
    return Span(chunk[first].start, chunk[role.last - 1].end)


def _type(text: str, chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None) -> SourceType | None:
    """The organisation's words decide, then the rank, then the role."""
    if organisation:
        inside = words_of(text, organisation.start, organisation.end)
        found = [f.payload for f in role_table().find(inside)]
        for kind in ("military", "police", "international", "ngo"):
            if kind in found:
                return kind
        if any(w.key in {"center", "centre", "institute", "university", "studies"} for w in inside):
            return "analyst"
        if any(True for _ in outlet_table().find(inside)):
            return "media"
        if found:
            return found[0]
    kinds = [r.payload for r in roles]
    for kind in ("analyst", "police", "armed_group", "anonymous", "international", "ngo"):
        if kind in kinds:
            return kind
    if "military" in kinds or any(
        w.key.strip(".") in {"gen", "general", "lt", "maj", "col", "brig", "capt", "adm"} for w in chunk
    ):
        return "military"
    if organisation and not kinds:
        return "official"
    return kinds[0] if kinds else None
