"""Who and what may fill the roles of a document's incidents: candidates by role, each with all that is said where it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from adaptors.incident_clues import Scene, clues
from adaptors.incident_phrases import Hedges, Line, Phrase, covers, lines_of
from adaptors.incident_points import Points
from dateline.lexicon.numbers import object_words
from dateline.mentions.noun_phrases import plural_of
from dateline.model import Reading, Span

ROLES = ("perp_individual", "perp_org", "phys_target", "victim", "weapon")
HURT = "hurt"  # persons without a name to whom it happens: no role of the benchmark, but they tell an incident
_NEARLY = 2  # points
_PERSONS = frozenset({"militant", "militant_leader", "supporter", "civilian", "security_force", "person", "prisoner"})
_UNARMED = frozenset({"civilian", "person", "supporter", "people"})
_THINGS = frozenset({"site", "building", "infrastructure", "oil_facility", "vehicle", "aircraft", "position", "hideout"})
_NO_THING = frozenset({"Person", "Temporal", "Quantity", "Weapon", "Money", "Nationality"})


class Words(Struct, frozen=True):
    """Lists of words of the mapping."""

    hedges: Hedges
    nouns: Mapping[str, frozenset[str]]
    people: frozenset[str]
    members: frozenset[str]
    wholes: frozenset[str]
    owned: frozenset[str]
    numbered: frozenset[str]


class Filler(Struct):
    """A string that may fill a role, and what is said of it in each place ((sentence, head word)) where it stands."""

    role: str
    string: str
    said: dict[tuple[int, int], frozenset[str]]

    @property
    def words(self) -> frozenset[str]:
        """Its words, as strings are compared."""
        return frozenset(folded(self.string).split())

    @property
    def named(self) -> bool:
        """Whether it is the name of a person."""
        return any("named" in said for said in self.said.values())

    def best(self, points: Points) -> frozenset[str]:
        """What is said in the place that says most."""
        return max(self.said.values(), key=points.of)

    def points(self, points: Points) -> int:
        """The points of the place that says most, and those of being said so again."""
        best = points.of(self.best(points))
        often = sum(points.of(said) >= best - _NEARLY for said in self.said.values())
        return best + (points.again if often > 1 else 0)


def folded(string: str) -> str:
    """A string as strings are compared: without case, articles and punctuation."""
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", re.sub(r"[^\w\s]", "", string.lower())).split())


@cache
def _objects() -> dict[str, str]:
    """What each noun of the lexicon counts as, in both numbers."""
    found: dict[str, str] = {}
    for thing, nouns in object_words().objects.items():
        for noun in nouns:
            found.setdefault(noun, thing)
            found.setdefault(plural_of(noun), thing)
    return found


def noun_class(string: str, words: Words) -> str:
    """What the head noun of a string is: by the mapping's lists, else by the lexicon's objects."""
    lower = string.lower()
    tails = [lower[m.end() :] for m in re.finditer(r"^|[\s-]+", lower)]
    listed = next((name for name, nouns in words.nouns.items() if any(tail in nouns for tail in tails)), None)
    return listed or next((_objects()[tail] for tail in tails if tail in _objects()), "-")


def fillers_of(reading: Reading, words: Words, scene: Scene) -> list[Filler]:
    """The candidates of every role, each thing by one string."""
    found: dict[tuple[str, str], Filler] = {}
    for line in lines_of(reading):
        for filler in (*_described(line, scene, words), *_persons(line, scene, words), *_organisations(line, scene, words)):
            own = found.setdefault((filler.role, folded(filler.string)), filler)
            own.said |= filler.said
    return _joined([f for f in found.values() if f.words], reading.report.text)


def _described(line: Line, scene: Scene, words: Words) -> Iterator[Filler]:
    """The noun phrases of a sentence, in the roles that their nouns may have."""
    for phrase in line.phrases(words.hedges):
        said = clues(phrase, scene)
        head = line.strings[phrase.head].lower()
        for role in _roles(phrase, words):
            string = _form(phrase, role, scene, words)
            own = {f"noun {noun_class(string, words)}", f"is {head}"} | (set() if " " in string else {f"alone {head}"})
            yield Filler(role, string, {(line.number, phrase.head): said | own})


def _persons(line: Line, scene: Scene, words: Words) -> Iterator[Filler]:
    """The names of persons."""
    for phrase in line.names(lambda word: word in words.hedges.titles or _objects().get(word.lower()) in _PERSONS):
        name = phrase.strings["name"]
        said = clues(phrase, scene) | {"named", f"{len(name.split())} words"}
        for role in ("victim", "perp_individual"):
            yield Filler(role, name, {(line.number, phrase.head): said})


def _form(phrase: Phrase, role: str, scene: Scene, words: Words) -> str:
    """The string of a phrase that the keys have.

    "Two guerrillas of the Red Front" are GUERRILLAS; a noun that says nothing alone goes with what it is of ("a group of armed
    men", "the offices of the mayor"), with its owner or with its number ("two men").
    """
    forms = phrase.strings
    head = phrase.line.strings[phrase.head].lower()
    if head in words.wholes and "of" in forms:
        return forms["of"]
    if " " not in forms["plain"] and role == "phys_target" and head in words.owned:
        return forms.get("of") or forms.get("owned") or forms["plain"]
    if " " not in forms["plain"] and role == "perp_individual" and head in words.numbered:
        return forms.get("counted", forms["plain"])
    if role == "perp_individual" and head in words.members and _of_a_group(phrase, scene):
        return forms.get("common", forms["plain"])
    return forms["plain"]


def _of_a_group(phrase: Phrase, scene: Scene) -> bool:
    """Whether a phrase has the name of an armed group in it, as the lexicon knows it."""
    return any(a.by == "name" and a.kind == "armed_group" and covers(a.span, phrase.word) for a in scene.actors)


def _roles(phrase: Phrase, words: Words) -> list[str]:
    """The roles that a phrase may have by what it is."""
    kind = phrase.entity.type if phrase.entity is not None else "-"
    if kind == "Person" and phrase.word.tag == "PROPN":
        return []
    nouns = {noun_class(string, words) for string in phrase.strings.values()}
    if phrase.line.strings[phrase.head].lower() in words.people:
        nouns.add("people")
    persons = nouns & {*_PERSONS, "attacker"}
    may_be = {
        "weapon": kind == "Weapon" or "weapon" in nouns,
        "perp_individual": bool(persons),
        "perp_org": noun_class(phrase.strings["plain"], words) == "body",
        "phys_target": bool(nouns & _THINGS) or (kind not in _NO_THING and not persons and "weapon" not in nouns),
        HURT: bool(nouns & _UNARMED),
    }
    return [role for role, possible in may_be.items() if possible]


def _organisations(line: Line, scene: Scene, words: Words) -> Iterator[Filler]:
    """The names of organisations: "FMLN guerrillas" has FMLN, "Red Front [RF]" both."""
    for span, how in _bodies(line, scene, words).items():
        inside = [i for i, word in enumerate(line.words) if covers(span, word)]
        if not inside:
            continue
        head = next((i for i in inside if line.words[i].head not in inside), inside[-1])
        said = clues(Phrase(line, head, {}), scene) | how
        governor = line.words[head].head
        if governor >= 0 and line.strings[governor].lower() in words.members:  # what guerrillas do, their group does
            said |= clues(Phrase(line, governor, {}), scene) - {"speaks"}
        proper = any(line.words[i].tag == "PROPN" for i in inside)
        for part in re.split(r"[\[\]()]", " ".join(span.of(line.text).split())):
            name = _without_members(part, words)
            kind = noun_class(name, words)
            if name and not name.isdigit() and (kind == "body" or (proper and kind not in _PERSONS)):
                own = {f"noun {kind}", f"is {name.lower()}"} | ({"proper"} if proper else set())
                yield Filler("perp_org", name, {(line.number, head): said | own})


def _bodies(line: Line, scene: Scene, words: Words) -> dict[Span, set[str]]:
    """What may be organisations in a sentence, and whether the lexicon knows them.

    A party of the lexicon that is all of an entity but its members ("members of the Red Front") goes beside it; one that is a
    part of a longer name ("Liberation Army" in "the People's Liberation Army") goes with that.
    """
    found: dict[Span, set[str]] = {e.span: set() for e in line.sentence.entities if e.type == "Organisation"}
    for actor in scene.actors:
        if actor.by == "name" and line.sentence.span.contains(actor.span):
            found.setdefault(actor.span, set()).add("party")
    for inner in [span for span, how in found.items() if how]:
        outer = next((o for o in found if o != inner and o.contains(inner)), None)
        name = _without_members(outer.of(line.text), words) if outer is not None else ""
        if outer is not None and _one_body(name, words) and folded(name) != folded(inner.of(line.text)):
            found[outer] |= found.pop(inner)
    return found


def _one_body(name: str, words: Words) -> bool:
    """Whether a name is that of one organisation, none in brackets beside another and no list."""
    return noun_class(name, words) == "body" and not re.search(r"[\[(]|\bAND\b", name.upper())


def _without_members(name: str, words: Words) -> str:
    """A name without article, hedges and the members that stand before or behind it."""
    left_off = words.hedges.words | words.hedges.styles
    parts = [part.strip(" ,\"'") for part in name.split()]
    of = parts.index("OF", 1) if "OF" in parts[1:-1] else 0
    if of and parts[of - 1].lower() in words.members:
        parts = parts[of + 1 :]
    while parts and (parts[0].upper() in left_off or parts[0].isdigit()):
        parts.pop(0)
    while len(parts) > 1 and parts[-1].lower() in words.members:
        parts.pop()
    return " ".join(parts)


def _joined(fillers: Sequence[Filler], text: str) -> list[Filler]:
    """The fillers, those that name the same thing as one, by the name that the keys have.

    That is the fullest name of a person, the acronym of an organisation where the text gives one in brackets, and the one longer
    phrase with the same noun as a bare thing ("the bridge").
    """
    view = " ".join(text.upper().split())
    dropped: set[int] = set()
    for short in fillers:
        same_role = [f for f in fillers if f is not short and f.role == short.role]
        if short.named:
            fuller = [f for f in same_role if f.named and short.words < f.words]
            keep = max(fuller, key=lambda f: (len(f.said), f.string), default=None)
            dropped |= _told_to(keep, [short])
        elif short.role == "phys_target" and " " not in short.string:
            longer = [f for f in same_role if folded(f.string).split()[-1] == folded(short.string)]
            dropped |= _told_to(longer[0] if len(longer) == 1 else None, [short])
        elif short.role == "perp_org" and " " not in short.string:
            spelt = [f for f in same_role if any(f"{f.string} {mark}{short.string}".upper() in view for mark in "[(")]
            dropped |= _told_to(short, spelt)
    return [f for f in fillers if id(f) not in dropped]


def _told_to(keep: Filler | None, others: Iterable[Filler]) -> set[int]:
    """Give a filler what is said of others, which are then told of."""
    if keep is None:
        return set()
    told = list(others)
    for other in told:
        keep.said |= other.said
    return {id(other) for other in told}


def chosen(fillers: Iterable[tuple[int, Filler]]) -> list[Filler]:
    """The best of fillers of one role, and none that stands on the words of a better one or has all of its words."""
    kept: list[Filler] = []
    for _, filler in sorted(fillers, key=lambda found: (-found[0], min(found[1].said), found[1].string)):
        if not any(filler.said.keys() & k.said.keys() or filler.words <= k.words or k.words <= filler.words for k in kept):
            kept.append(filler)
    return kept
