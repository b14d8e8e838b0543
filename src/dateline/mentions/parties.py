"""Takes the noun phrase of a speaker apart: name, role, organisation, and the type of source that they make."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from dateline.lexicon.numbers import number_keys
from dateline.lexicon.speakers import role_types, speaker_words
from dateline.mentions.subjects import Phrase, Syntax, chunks_of
from dateline.mentions.words import Found, PhraseTable, Word, words_of
from dateline.model import SourceType, Span, plain_view

_PARTICLES = frozenset("al el ul bin ibn abu abd de del la van von der da dos ben bint ould ag el-din un u di le".split())
_BEFORE_SCENES = frozenset("in on during at after for according with by".split())
_LONGEST_HEAD = 14  # words of a sentence in which its subject is introduced
_SMALL = frozenset("the a an of for and in".split())
_APPOSED = 3  # words besides name, role and organisation in the half of an apposition that stands apart from the verb
_SET_OFF = re.compile(r",\s+(?P<name>[A-Z][\w'-]+(?:\s(?:[A-Z][\w'-]+|al|bin|de|el)){1,4})(?=\s*[,.;\"])")
_ACRONYM = re.compile(r"[A-Z]{2,6}[A-Za-z]?")
_LONGEST_REFERENCE = 4
_BEFORE_SMALL = 3  # words that say which ministry it is
_NAME_STOPS = frozenset(
    (
        "the a an in on at for of and or but to from by with his her their its this that these those as after before during"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
        " october november december he she it they we i some many most all both one two three other others several there"
        " meanwhile however according"
    ).split()
)

_NO_NAMES = frozenset("local state senior western security defence defense health police military".split())
"""Words that begin a sentence, and so have a capital, before a role: "Local officials"."""
_OF = frozenset({"of", "in", "for", "at", "from"})
_ACROSS = frozenset({"of", "for", "and", "the"})
_NEVER_IN_RUNS = frozenset("the a an in on for he she they according".split())


@cache
def role_table() -> PhraseTable[SourceType]:
    return PhraseTable(role_types().items())


@cache
def _small_bodies() -> PhraseTable[bool]:
    return PhraseTable((words, True) for words in speaker_words().small_bodies)


@cache
def outlet_table() -> PhraseTable[bool]:
    return PhraseTable((name, True) for name in speaker_words().outlets)


_ROLE_ORDER: tuple[SourceType, ...] = (
    "analyst", "anonymous", "armed_group", "police", "international", "document", "ngo", "military",
)  # fmt: skip
"""Which role word tells most where a phrase has several: a "police analyst" is an analyst."""
_SOLDIERS = frozenset("gen general lt maj col brig capt adm cpl sgt pte lt-col maj-gen brig-gen lt-gen".split())


class Party(NamedTuple):
    """A noun phrase taken apart: who speaks, in what role, for whom."""

    name: Span | None
    role: Span | None
    organisation: Span | None
    type: SourceType | None
    pronoun: Span | None
    plural: bool
    phrase: Span | None = None  # all of the noun phrase
    doubtful: bool = False  # the name is one word that only a speaker named before makes sure

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
    half = nearest._replace(role=None, organisation=None, type=None) if _is_all_rank(nearest.role, text) else nearest
    if len(chunks) > 1 and not half.pronoun and (half.name is None) != (half.role is None):
        other = _parse_chunk(text, chunks[1])
        completes = other is not None and not other.pronoun and (other.name is None) == (half.name is not None)
        if other is not None and completes and _is_apposition(chunks, half, other):
            return half._replace(
                name=half.name or other.name,
                role=half.role or other.role,
                organisation=half.organisation or other.organisation,
                type=half.type or other.type,
            )
    return nearest


def phrase_party(text: str, phrase: Phrase, syntax: Syntax) -> Party | None:
    """The speaker that a noun phrase names; its appositions give what the half with the head leaves open."""
    whole: Party | None = None
    for span in chunks_of(text, phrase):
        party = _parse_chunk(text, words_of(text, span.start, span.end), syntax)
        if party is None:
            continue
        if whole is None:
            whole = party._replace(phrase=phrase.span)
        elif not whole.pronoun and not party.pronoun:
            if party.role is not None and _is_all_rank(whole.role, text):
                whole = whole._replace(role=None, organisation=None, type=None)
            whole = whole._replace(
                name=whole.name or party.name, role=whole.role or party.role,
                organisation=whole.organisation or party.organisation, type=whole.type or party.type, phrase=phrase.span,
            )  # fmt: skip
    if whole is not None and whole.name is None and whole.role is not None and not whole.plural:
        return whole._replace(name=name_behind(text, phrase.span.end))
    return whole


def _is_all_rank(role: Span | None, text: str) -> bool:
    """Is all that a half says of its person a rank? "The command's spokesman, Brigadier Omar Ba" speaks for the command."""
    words = words_of(text, role.start, role.end) if role is not None else ()
    return bool(words) and all(is_rank(word) for word in words)


def is_rank(word: Word) -> bool:
    """A rank or a title: "Brig.", "Mr"."""
    return word.key.strip(".") in speaker_words().ranks


def name_behind(text: str, end: int) -> Span | None:
    """The name set off behind a role: "said the head of the council, Omar Ba"."""
    found = _SET_OFF.match(plain_view(text), end)
    return Span(found.start("name"), found.end("name")) if found else None


def parse_owner(text: str, words: tuple[Word, ...], syntax: Syntax | None) -> Party | None:
    """Whose view it is: "his", "the centre's own"."""
    owner = next((i for i, w in enumerate(words) if w.text.endswith(("'s", "s'", "\u2019s"))), None)
    if owner is not None:
        last = words[owner]
        bare = last.text.rstrip("s").rstrip("'\u2019")
        plain = last._replace(end=last.start + len(bare), text=bare)
        return _parse_chunk(text, (*words[:owner], plain), syntax)
    word = next((w for w in words if w.key in {"his", "her", "their", "its"}), None)
    return Party(None, None, None, None, word.span, word.key == "their", word.span) if word else None


def parse_heading(text: str, words: tuple[Word, ...], syntax: Syntax | None) -> Party | None:
    """The person with a role, or the body, that stands before a colon at the head of a line."""
    party = _parse_chunk(text, words, syntax)
    if party is None or party.pronoun or not all(w.capital or w.key in _SMALL or w.key in role_types() for w in words):
        return None
    return party


def head_party(text: str, words: tuple[Word, ...]) -> Party | None:
    """The person with a role or rank with whom a row of words begins."""
    head: list[Word] = []
    for word in words[:_LONGEST_HEAD]:
        if not (word.capital or word.key in _SMALL or word.key in role_types() or word.key.split("-")[0] in _PARTICLES):
            break
        head.append(word)
    party = _parse_chunk(text, tuple(head)) if len(head) > 1 else None
    titled = any(is_rank(word) for word in head)
    return party if party is not None and party.name is not None and (party.role is not None or titled) else None


def _is_apposition(chunks: list[tuple[Word, ...]], nearest: Party, other: Party) -> bool:
    """ "X, head of Y" or "Head of Y, X": the role half begins with the role, an article or an adjective of it, and the half
    that stands apart holds little else."""
    role_half = chunks[1] if nearest.name else chunks[0]
    free = [w for w in chunks[1] if w.key not in _SMALL and not any(s.start <= w.start < s.end for s in other.spans)]
    return len(free) <= _APPOSED and role_half[0].key not in _BEFORE_SCENES


def _parse_chunk(text: str, chunk: tuple[Word, ...], syntax: Syntax | None = None) -> Party | None:
    """The parts of one noun phrase; with a tree, only a proper name of a person is a name."""
    if not chunk:
        return None
    if chunk[-1].key in speaker_words().pronouns and len(chunk) <= 3:
        if chunk[-1].key in {"i", "we", "who"} or (chunk[-1].key == "it" and syntax is None):
            return None
        return Party(None, None, None, None, chunk[-1].span, chunk[-1].key == "they", chunk[-1].span)
    chunk = chunk if syntax else _trim(chunk)
    roles = [f for f in role_table().find(chunk) if not _in_capital_organisation(chunk, f)]
    organisation = _organisation(chunk, roles)
    name = _name(chunk, roles, organisation)
    if syntax is not None:
        name, organisation = _judged(text, name, organisation, syntax)
    if not (roles or organisation or name):
        organisation = _reference(chunk)
    if organisation is not None:
        organisation = _whole_name(text, organisation, chunk, syntax)
    if not (roles or organisation or name):
        return None
    role = _role_span(chunk, roles, organisation, name)
    plural = bool(roles) and chunk[roles[-1].last - 1].key.endswith("s") and name is None
    phrase = Span(chunk[0].start, chunk[-1].end)
    doubtful = syntax is not None and name is not None and " " not in name.of(text) and not any(syntax.entities(name, "Person"))
    return Party(name, role, organisation, _role_type(chunk, roles, organisation), None, plural, phrase, doubtful)


def _judged(text: str, name: Span | None, organisation: Span | None, syntax: Syntax) -> tuple[Span | None, Span | None]:
    """Name and organisation after the entities: a run of capitals that is no person is none, or an organisation."""
    if name is None:
        return name, organisation
    if _ACRONYM.fullmatch(name.of(text)):
        return None, organisation or name
    proper = syntax.is_proper(name)
    if proper and any(syntax.entities(name, "Person")):
        return name, organisation
    if not proper or any(e.span.contains(name) for e in syntax.entities(name, "Location", "Nationality", "Temporal", "Quantity")):
        return None, organisation
    if any(syntax.entities(name, "Organisation")):
        return None, organisation or name
    return name, organisation


def _whole_name(text: str, organisation: Span, chunk: tuple[Word, ...], syntax: Syntax | None) -> Span:
    """The whole of a name that the entities know to be longer ("Delta Forum | on Peace"), without "Bamako-based"."""
    phrase = Span(chunk[0].start, chunk[-1].end)
    for entity in syntax.entities(organisation, "Organisation") if syntax is not None else ():
        if entity.span.contains(organisation) and phrase.contains(entity.span):
            organisation = Span(organisation.start, entity.span.end)
    first = next((w for w in words_of(text, organisation.start, organisation.end) if not _is_outside(w)), None)
    return Span(first.start, organisation.end) if first else organisation


def _is_outside(word: Word) -> bool:
    """What goes before the name of a body and is no part of it."""
    return word.key in _NAME_STOPS | {"local"} or word.key.endswith("-based")


def _reference(chunk: tuple[Word, ...]) -> Span | None:
    """ "the institute", "the elite force": a body named before."""
    known = chunk[-1].key in speaker_words().references and chunk[0].key in {"the", "this", "its"}
    return chunk[-1].span if known and len(chunk) <= _LONGEST_REFERENCE else None


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
    runs = [run for run in runs if not _is_service(run, chunk)]
    runs = [run for run in runs if run and any(w.key.strip(".") in bodies for w in run)]
    if runs:
        return Span(runs[-1][0].start, runs[-1][-1].end)
    small = next(_small_bodies().find(chunk), None)
    if small is not None:
        first = small.first
        while first and first > small.first - _BEFORE_SMALL and chunk[first - 1].key not in _NAME_STOPS | _SMALL:
            first -= 1
        return Span(chunk[first].start, chunk[small.last - 1].end)
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


def _is_service(run: tuple[Word, ...], chunk: tuple[Word, ...]) -> bool:
    """ "Navy Capt. X": the service of a rank is no organisation that he speaks for."""
    i = chunk.index(run[-1]) + 1 if run else 0
    return len(run) == 1 and run[0].key in speaker_words().ranks and i < len(chunk) and chunk[i].key in speaker_words().ranks


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
        is_rank = word.key in small.ranks - bodies and not _is_air_force(run, word)
        if out and (is_role or is_rank):
            break
        if is_role or is_rank:
            continue
        out.append(word)
    while out and out[-1].key in _ACROSS:
        out.pop()
    while out and out[0].key in _ACROSS:
        out.pop(0)
    last = max((i for i, w in enumerate(out) if w.key.strip(".") in bodies), default=-1)
    tail = out[last + 1 :]
    return tuple(out if tail and tail[0].key in {"of", "for", "in"} else out[: last + 1]) if last >= 0 else ()


def _is_air_force(run: tuple[Word, ...], word: Word) -> bool:
    i = run.index(word)
    return word.key == "air" and i + 1 < len(run) and run[i + 1].key == "force"


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
    of_role = False
    ranks = speaker_words().ranks
    for i, word in enumerate((*chunk, None)):
        ahead = [w.key for w in chunk[max(0, i - 2) : i] if w.key != "the"]
        goes_on = of_role and word is not None and word.capital and word.start == chunk[i - 1].end + 1  # "for | Foreign Affairs"
        of_role = goes_on or (bool(taken) and not run and i > min(taken) and ahead[-1:] != [] and ahead[-1] in _OF)
        fits = (
            word is not None
            and i not in taken
            and not of_role
            and not (organisation and organisation.start <= word.start < organisation.end)
            and word.key not in _NAME_STOPS | _NO_NAMES
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


def _role_type(chunk: tuple[Word, ...], roles: list[Found[SourceType]], organisation: Span | None) -> SourceType | None:
    """The type that the role words make, those of the organisation's name left out; a rank makes a soldier."""
    own = [r for r in roles if not (organisation and organisation.start <= chunk[r.first].start < organisation.end)]
    kinds = [r.payload for r in own]
    if _is_former(chunk) and any(kind in {"military", "official", "police"} for kind in kinds):
        return "analyst"
    for kind in _ROLE_ORDER:
        if kind in kinds:
            return kind
    if any(w.key.strip(".") in _SOLDIERS for w in chunk):
        return "military"
    row = own[:1]
    for role in own[1:]:  # "local officials": the last of a row is the role
        if role.first == row[-1].last:
            row.append(role)
    return row[-1].payload if row else None


def _is_former(chunk: tuple[Word, ...]) -> bool:
    """ "a former intelligence chief", "a retired colonel"."""
    return any(w.key.split("-")[0] in speaker_words().former for w in chunk)
