"""Phrases that name or describe a party, found at a word: the grammar behind the lexicon of actors."""

import re
from typing import Literal, NamedTuple

from dateline.lexicon.actors import Country, actors
from dateline.mentions import actor_names as names
from dateline.mentions.actor_names import Words
from dateline.model.actor import ActorKind, ReadBy
from dateline.sentences.words import date_words, starters

Resolve = Literal["body", "group", "enemy", "militants", "the_militants", "coalition", "regime"]
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_NUMBER = re.compile(r"\d[\d,.]*$|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|dozens|some)$")
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


def phrase_at(words: Words, i: int) -> Phrase | None:
    """The longest phrase that begins at word i; of two as long, the one with a name."""
    found = [p for find in _FINDERS if (p := find(words, i))]
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
    if words.key(i) not in actors().party_nouns:
        return None
    last = _with_party_nouns(words, i + 1)
    if words.key(last) != "of":
        return None
    last += 1
    while words.key(last) in {"the", "so-called", "terrorist", "extremist", "this"} and not _reference(words, last):
        last += 1
    inner = _party(words, last) or _reference(words, last)
    if inner is None or inner.kind != "armed_group" or not words.joined(i, last):
        return None
    return inner._replace(first=i)


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
    return found


def _nationals(words: Words, i: int) -> Phrase | None:
    """ "two Moroccans": persons, not a state."""
    found = names.nationals().at(words, i)
    if found is None or not _NUMBER.match(words.key(i - 1)):
        return None
    return Phrase(i, found[0], "civilians", "civilians", "description")


def _country(words: Words, i: int) -> Phrase | None:
    """A country that acts ("Turkey launched") or is acted against ("by Israel")."""
    found = names.country_nouns().at(words, i)
    if found is None:
        return None
    last, country = found
    before, after = words.key(i - 1), words.key(last)
    if words.words[last - 1].text.endswith("'s") or before in actors().place_words:
        return None
    if _listed_with_nations(words, i):
        return Phrase(i, last, country.name, "government")
    acts = after in actors().country_verbs or (after.endswith("ed") and len(after) > 4)
    if not acts and before not in {"by", "against"}:
        return None
    if acts and not words.joined(last - 1, last + 1):
        return None
    return Phrase(i, last, country.name, "government")


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
    articles = {"the", "this", "our", "its", "their", "and", "these"}
    if spoken in actors().needs_article and words.key(i - 1) not in articles:
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
    """ "The forces", "our forces"; "the services" where security was spoken of."""
    if words.key(i) not in {"forces", "services"} or words.key(i - 1) not in {"the", "these", "our", "those"}:
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
    if not description.group:
        return Phrase(i, last, description.name, description.kind, "description")
    before = words.key(i - 1)
    if before in {"its", "their", "our", "his"}:
        return None
    resolve: Resolve = "the_militants" if before in {"the", "these", "those"} else "militants"
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
    return Phrase(i, _with_party_nouns(words, at + 1), "group", "armed_group", "reference", "enemy" if at > i + 1 else "group")


_FINDERS = (
    _party, _part_of_party, _national, _nationals, _country, _local, _bare_unit, _coalition, _reference, _enemy, _regime, _body,
    _definite_forces, _described,
)  # fmt: skip


def country_at(words: Words, i: int) -> tuple[int, Country] | None:
    """A country named or meant by its adjective at word i."""
    return names.countries().at(words, i)
