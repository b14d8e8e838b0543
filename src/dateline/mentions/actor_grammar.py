"""Phrases that name or describe a party, found at a word: the grammar behind the lexicon of actors."""

import re
from functools import cache
from typing import Literal, NamedTuple

from dateline.lexicon.actors import Country, actors
from dateline.mentions import actor_names as names
from dateline.mentions.actor_names import Named, NameTable, Words
from dateline.model.actor import ActorKind, ReadBy
from dateline.sentences.words import date_words, starters

Resolve = Literal["body", "group", "enemy", "militants", "the_militants", "coalition", "regime", "short", "theirs", "unit"]
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_NUMBER = re.compile(r"\d[\d,.]*$|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|dozens|some)$")
_ARTICLES = frozenset({"the", "this", "our", "its", "their", "and", "these"})
_BEFORE_NAMES = frozenset({"", "by", "against", "between", "with"})  # "Army kills two", "between army and rebels"
_LIST_GAP = re.compile(r"[ ,]*")
_CARRYING = frozenset({"in", "with", "wearing", "carrying", "on", "aboard", "brandishing", "wielding", "riding", "dressed"})
_MEN = frozenset({"man", "men", "youths"})
_SPECIAL = frozenset({"royal", "regime", "forces", "services", "the", "this", "its", "his", "their"})
_LONGEST_GEAR = 5  # words up to what they carry
_LONGEST_PLACE = 3  # words of a place before "police"


class Phrase(NamedTuple):
    """words[first:last] name a party, or describe one that the whole report tells (`resolve` says by which rule)."""

    first: int
    last: int
    name: str
    kind: ActorKind
    by: ReadBy = "name"
    resolve: Resolve | None = None
    short: int = 0  # characters to leave out at the end: the "-held" of "ISIL-held"
    noun: str = ""  # "the Front": the word that the full name holds


def phrase_at(words: Words, i: int, own: NameTable[Named] | None = None) -> Phrase | None:
    """The longest phrase that begins at word i; of two as long, the one with a name.

    `own` are names as this report means them ("the Wadi Shield Forces (WSF)"): they go first.
    """
    found = [p for find in _FINDERS if (p := find(words, i))] if _may_begin(words, i) else []
    if own and (given := _own(words, i, own)):
        found.insert(0, given)
    return max(found, key=lambda p: p.last, default=None)


def _may_begin(words: Words, i: int) -> bool:
    """Whether a phrase can begin at word i; most words in small letters are settled by one look-up."""
    word = words.words[i]
    return word.capital or word.text[0].isdigit() or "-" in word.key or words.key(i) in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """The words in small letters that the finders below begin with."""
    lexicon = actors()
    tables = (names.parties(), names.countries(), names.bare_bodies(), names.descriptions(), names.coalition_words())
    listed = frozenset().union(names.enemy_words().first_words, *(table.first_words for table in tables))
    return listed | lexicon.party_nouns | lexicon.reference_articles | lexicon.our_forces | _SPECIAL | _MEN


def _own(words: Words, i: int, own: NameTable[Named]) -> Phrase | None:
    """A name of the report's own, or a part of that party: "fighters of the Abu Surra brigade"."""
    at = _behind_of(words, i)
    found = own.at(words, i if at is None else at)
    if found is None:
        return None
    last, (name, kind) = found
    regular = kind == "state_force" or words.key(i) in {"troops", "soldiers"}
    resolve: Resolve | None = "unit" if regular and words.key(last - 1) in actors().units else None
    end = _with_party_nouns(words, last) if kind == "armed_group" else last
    return Phrase(i, end, name, kind, resolve=resolve)


def is_body(words: Words, first: int, last: int) -> bool:
    """Whether words[first:last] are a body that every country has ("the National Guard") and no name."""
    found = names.bare_bodies().at(words, first)
    return found is not None and found[0] >= last


def lexicon_name_at(words: Words, i: int) -> Phrase | None:
    """The longest phrase at word i that names a party which the lexicon knows, or a body of a country."""
    found = [p for find in (_party, _national) if (p := find(words, i)) and p.by == "name"]
    return max(found, key=lambda p: p.last, default=None)


def _party(words: Words, i: int) -> Phrase | None:
    if found := names.parties().at(words, i):
        last, party = found
        if party.kind == "armed_group":
            last = _with_party_nouns(words, last)
        return Phrase(i, last, party.name, party.kind)
    return _compound(words, i)


def _compound(words: Words, i: int) -> Phrase | None:
    """ "ISIL-held": the party is the first half."""
    if i >= len(words.words):
        return None
    word = words.words[i]
    head, dash, ending = word.key.rpartition("-")
    if not dash or ending not in actors().compound_endings:
        return None
    short = len(ending) + 1
    half = word._replace(end=word.end - short, text=word.text[:-short], key=head)
    alone = Words(words.view, (half,), words.shouted)
    if found := names.parties().at(alone, 0):
        return Phrase(i, i + 1, found[1].name, found[1].kind, short=short)
    if described := names.descriptions().at(alone, 0):
        description = described[1]
        return Phrase(
            i, i + 1, description.name, description.kind, "description", "militants" if description.group else None, short
        )
    return None


def _part_of_party(words: Words, i: int) -> Phrase | None:
    """ "remnants of the so-called ISIS", "leaders of the group"."""
    at = _behind_of(words, i)
    inner = (_party(words, at) or _reference(words, at)) if at is not None else None
    return inner._replace(first=i) if inner and inner.kind == "armed_group" else None


def _behind_of(words: Words, i: int) -> int | None:
    """The number of the word that a party's name can begin with behind "fighters and leaders of the so-called"."""
    if words.key(i) not in actors().party_nouns:
        return None
    at = _with_party_nouns(words, i + 1)
    if words.key(at) != "of":
        return None
    at += 1
    while words.key(at) in {"the", "so-called", "terrorist", "extremist", "this"} and not _reference(words, at):
        at += 1
    return at if words.joined(i, at) else None


def _with_party_nouns(words: Words, last: int) -> int:
    """The number of the word behind the persons that follow a party's name: "ISIS | sleeper cells and leaders"."""
    lexicon = actors()
    end = last
    while end < len(words.words):
        skip = end
        while words.key(skip) in lexicon.party_adjectives and words.key(skip) not in lexicon.party_nouns:
            skip += 1
        if words.key(skip) == "and" and end > last:
            skip += 1
        if words.key(skip) not in lexicon.party_nouns or not words.joined(last - 1, skip + 1):
            break
        end = skip + 1
    return end


def _national(words: Words, i: int) -> Phrase | None:
    """ "Iraqi federal police", "Turkey's army", "U.S. air strikes", "Syrian civilians"."""
    royal = words.key(i) == "royal" and i + 1 < len(words.words)
    found = names.countries().at(words, i + royal)
    if found is None:
        return None
    after, country = found
    if body := _body_after(words, after):
        last, name, kind = body
        if royal:
            return Phrase(i, last, " ".join(word.text for word in words.words[i:last]), kind)
        return Phrase(i, last, country.body_name(name), kind)
    at = after
    while words.key(at) in actors().before_acts and names.acts_of_forces().at(words, at) is None:
        at += 1
    if names.acts_of_forces().at(words, at) and words.joined(i, at + 1):
        return Phrase(i, after, country.body_name("forces"), "state_force")
    if (described := names.descriptions().at(words, after)) and words.joined(i, after + 1):
        last, description = described
        return Phrase(i, last, description.name, description.kind, "description", "militants" if description.group else None)
    return _unit(words, i, after)


def _shared_body(words: Words, i: int) -> Phrase | None:
    """The "Congolese" of "Congolese and Ugandan armies": the body behind the second country is the first one's too."""
    found = names.countries().at(words, i)
    if found is None or words.key(found[0]) not in {"and", "or"} or not words.joined(i, found[0] + 2):
        return None
    second = names.countries().at(words, found[0] + 1)
    body = _body_after(words, second[0]) if second else None
    if body is None:
        return None
    return Phrase(i, found[0], found[1].body_name(body[1]), body[2])


def _body_after(words: Words, after: int) -> tuple[int, str, ActorKind] | None:
    """The body of a state that begins at word `after`, words like "federal" left out."""
    for at in range(after, min(after + 4, len(words.words))):
        if (found := names.bodies().at(words, at)) and words.joined(after - 1, found[0]):
            last, body = found
            while (more := names.bodies().at(words, last)) and words.joined(after - 1, more[0]):
                last = more[0]  # "army soldiers", "military forces": the last word decides what it is, unless it is a force
                body = more[1] if more[1].name != "forces" else body
            if words.key(last) in actors().speaking and body.name not in {"government", "forces"}:
                return None
            return last, body.name, body.kind
        if words.key(at) not in actors().modifiers:
            return None
    return None


def _unit(words: Words, i: int, after: int) -> Phrase | None:
    """ "Jordanian 71st Counter Terrorism Battalion", "the 110th Brigade"."""
    if not _ORDINAL.match(words.key(after)):
        return None
    for at in range(after + 1, min(after + 6, len(words.words))):
        if words.key(at) in actors().units and words.joined(i, at + 1):
            name = " ".join(word.text for word in words.words[i : at + 1])
            return Phrase(i, at + 1, name, "state_force")
        if not words.words[at].capital:
            return None
    return None


def _bare_unit(words: Words, i: int) -> Phrase | None:
    found = _unit(words, i, i)
    if found is None or (found.last == i + 2 and words.key(i + 1) not in actors().units_alone):
        return None
    return found._replace(resolve="unit")


def _nationals(words: Words, i: int) -> Phrase | None:
    """ "two Moroccans": persons, not a state; "the Russians" are the forces."""
    found = names.nationals().at(words, i)
    if found and _NUMBER.match(words.key(i - 1)):
        return Phrase(i, found[0], "civilians", "civilians", "description")
    found = found or names.plural_adjectives().at(words, i)
    if found is None or words.key(i - 1) != "the" or not _stands_alone(words, found[0]):
        return None
    return Phrase(i, found[0], found[1].body_name("forces"), "state_force")


def _country(words: Words, i: int) -> Phrase | None:
    """A country that acts ("Turkey launched") or is acted against ("by Israel")."""
    found = names.country_nouns().at(words, i)
    if found is None:
        return None
    last, country = found
    before = words.key(i - 1)
    if words.words[last - 1].text.endswith("'s") or before in actors().place_words:
        return None
    if _listed_with_nations(words, i):
        return Phrase(i, last, country.name, "government")
    if not _acts(words, _last_of_countries(words, last)) and before not in {"by", "against"}:
        return None
    return Phrase(i, last, country.name, "government")


def _acts(words: Words, last: int) -> bool:
    """Whether a verb of acting follows at word `last`."""
    after = words.key(last)
    acts = after in actors().country_verbs or (after.endswith("ed") and len(after) > 4)
    return acts and words.joined(last - 1, last + 1)


def _last_of_countries(words: Words, last: int) -> int:
    """The number of the word behind a row of countries: "Mali, Burkina Faso and Niger | quit"."""
    while True:
        following = last + (words.key(last) == "and")
        found = names.country_nouns().at(words, following)
        if found is None or not words.joined(last - 1, following + 1, _LIST_GAP):
            return last
        last = found[0]


def _capital(words: Words, i: int) -> Phrase | None:
    """ "Ankara denies": the seat stands for the government."""
    found = names.capitals().at(words, i)
    if found is None or words.words[found[0] - 1].text.endswith("'s") or words.key(i - 1) in actors().place_words:
        return None
    if not _acts(words, found[0]):
        return None
    return Phrase(i, found[0], found[1].body_name("government"), "government")


def _listed_with_nations(words: Words, i: int) -> bool:
    """ "Nations which have conducted strikes include Canada, Denmark and France"."""
    at = i - 1
    while at > 0 and (words.words[at].capital or words.key(at) in {"and", "the"}):
        at -= 1
    return words.key(at) in {"include", "includes", "included"} and any(
        words.key(n) in {"nations", "countries"} for n in range(at)
    )


def _local(words: Words, i: int) -> Phrase | None:
    """ "Kirkuk police", "Anbar Operations Command": a body of a place, named as it stands."""
    if not _place_like(words, i):
        return None
    for last in range(i + 1, min(i + 1 + _LONGEST_PLACE, len(words.words))):
        found = names.local_bodies().at(words, last)
        if found and words.joined(i, found[0]):
            if words.key(found[0]) in actors().speaking:
                return None
            name = " ".join(word.text for word in words.words[i : found[0]])
            return Phrase(i, found[0], name, "police" if found[1] == "police" else "state_force")
        if not _place_like(words, last):
            return None
    return None


def _place_like(words: Words, i: int) -> bool:
    key = words.key(i)
    if words.shouted or not words.words[i].capital or key in starters() or key in date_words():
        return False
    return key not in actors().modifiers and key not in {"police", "joint", "if", "deputy", "chief", "officer", "then", "when"}


def _body(words: Words, i: int) -> Phrase | None:
    """ "Security forces", "the army", "police in Iraq": a body of the country that the report is about."""
    found = names.bare_bodies().at(words, i)
    if found is None:
        return None
    last, (spoken, body) = found
    if words.key(last) in actors().body_nouns and words.joined(i, last + 1):
        return Phrase(i, last + 1, body.name, body.kind, "description", "body")
    alone = words.key(i - 1) in _BEFORE_NAMES and _stands_alone(words, last)
    if spoken in actors().needs_article and words.key(i - 1) not in _ARTICLES and not alone:
        return None
    if spoken == "military" and not _stands_alone(words, last):
        return None
    if words.key(last) in actors().speaking:
        return None
    at = last + 2 if words.key(last + 1) == "the" else last + 1
    if words.key(last) in {"of", "in"} and (country := names.country_nouns().at(words, at)):
        return Phrase(i, country[0] if words.key(last) == "of" else last, country[1].body_name(body.name), body.kind)
    return Phrase(i, last, body.name, body.kind, "description", "body")


def _stands_alone(words: Words, last: int) -> bool:
    key = words.key(last)
    return not key or key in actors().after_military or key.endswith("ed") or not words.joined(last - 1, last + 1)


def _definite_forces(words: Words, i: int) -> Phrase | None:
    """ "The forces", "our forces", "our drones"; "the services" where security was spoken of."""
    before = words.key(i - 1) if words.key(i - 1) != "own" else words.key(i - 2)
    if before == "our" and words.key(i) in actors().our_forces:
        return Phrase(i, i + 1, "forces", "state_force", "reference", "body")
    if words.key(i) == "forces" and (before in {"", "and"} or not words.joined(i - 1, i + 1)) and _stands_alone(words, i + 1):
        return Phrase(i, i + 1, "forces", "state_force", "reference", "body")
    if words.key(i) not in {"forces", "services"} or before not in {"the", "these", "those"}:
        return None
    if words.key(i) == "services" and words.key(i - 2) not in {"by", ""}:
        return None
    return Phrase(i, i + 1, "forces", "state_force", "reference", "body")


def _described(words: Words, i: int) -> Phrase | None:
    found = names.descriptions().at(words, i)
    if found is None:
        return None
    last, description = found
    if words.key(last) in actors().not_before and words.joined(i, last + 1):
        return None
    before = words.key(i - 1)
    if description.nominal and not (words.key(i - 1) == "the" and _stands_alone(words, last)):
        return None
    if not description.group and not (description.definite and words.key(i - 1) in {"the", "these", "those"}):
        return Phrase(i, last, description.name, description.kind, "description")
    if before == "our":
        return None
    resolve: Resolve = "the_militants" if before in {"the", "these", "those", "its", "their", "his"} else "militants"
    return Phrase(i, last, description.name, description.kind, "description", resolve)


def _coalition(words: Words, i: int) -> Phrase | None:
    found = names.coalition_words().at(words, i)
    if (
        found is None
        or words.key(i - 1) in {"ruling", "opposition", "political", "governing"}
        or words.key(found[0]) == "government"
    ):
        return None
    return Phrase(i, found[0], "coalition", "coalition", "description", "coalition")


def _regime(words: Words, i: int) -> Phrase | None:
    """ "The regime": the government named last."""
    if words.key(i) != "regime" or words.key(i - 1) != "the" or words.key(i + 1) == "of":
        return None
    return Phrase(i, i + 1, "government", "government", "reference", "regime")


def _enemy(words: Words, i: int) -> Phrase | None:
    found = names.enemy_words().at(words, i)
    return Phrase(i, found[0], "enemy", "armed_group", "reference", "enemy") if found else None


def _reference(words: Words, i: int) -> Phrase | None:
    """ "The group", "this terrorist organisation": the armed group named before."""
    lexicon = actors()
    if words.key(i) not in lexicon.reference_articles:
        return None
    at = i + 1
    while words.key(at) in lexicon.terror_words:
        at += 1
    noun = words.key(at)
    plural_alone = at == i + 1 and noun.endswith("s")
    if noun not in lexicon.reference_nouns or plural_alone or words.key(at + 1) == "of" or not words.joined(i, at + 1):
        return None
    resolve: Resolve = "enemy" if at > i + 1 else "group"
    return Phrase(i, _with_party_nouns(words, at + 1), "group", "armed_group", "reference", resolve, noun=noun)


def _short(words: Words, i: int) -> Phrase | None:
    """ "The Front", "the brigade": the party named before whose name holds the word."""
    noun = words.key(i + 1)
    if words.key(i) not in {"the", "this"} or noun not in actors().short_nouns or not words.joined(i, i + 2):
        return None
    if words.key(i + 2) == "of" or (words.key(i + 2) in actors().own_words and words.joined(i, i + 3)):
        return None
    described = names.descriptions().at(words, i + 1)
    name = described[1].name if described else ""
    return Phrase(i, i + 2, name, "armed_group", "reference", "short", noun=noun)


def _theirs(words: Words, i: int) -> Phrase | None:
    """ "Its fighters", "his men": the people of the armed party spoken of last."""
    if words.key(i) not in {"its", "his", "their"}:
        return None
    at = i + 1
    while words.key(at) in {"own", "other", "remaining"} or words.key(at) in actors().party_adjectives - actors().their_people:
        at += 1
    if words.key(at) not in actors().their_people or not words.joined(i, at + 1):
        return None
    name = "forces" if words.key(at) in {"forces", "troops", "soldiers"} else ""
    return Phrase(i, at + 1, name, "armed_group", "reference", "theirs")


def _armed_men(words: Words, i: int) -> Phrase | None:
    """ "Men in fatigues", "a man wearing an explosive vest": what they carry tells that they are no civilians."""
    if words.key(i) not in _MEN or words.key(i + 1) not in _CARRYING:
        return None
    for last in range(i + 2, min(i + 2 + _LONGEST_GEAR, len(words.words))):
        if not words.joined(i, last + 1):
            return None
        if words.key(last) in actors().bombs_worn:
            return Phrase(i, last + 1, "suicide bomber", "armed_group", "description")
        if words.key(last) in actors().gear:
            return Phrase(i, last + 1, "unidentified armed group", "armed_group", "description")
    return None


_FINDERS = (
    _party, _part_of_party, _national, _shared_body, _nationals, _country, _capital, _local, _bare_unit, _coalition, _reference,
    _short, _theirs, _enemy, _regime, _body, _definite_forces, _armed_men, _described,
)  # fmt: skip


def country_at(words: Words, i: int) -> tuple[int, Country] | None:
    """A country named or meant by its adjective at word i."""
    return names.countries().at(words, i)
