"""Is a name of the gazetteer used as a place here, and how?  Persons, papers and clubs bear the same names."""

import re
from collections.abc import Iterator
from functools import cache

from dateline.gazetteer.layer import ALIAS
from dateline.gazetteer.lookup import Candidate, find
from dateline.gazetteer.names import fold
from dateline.lexicon.places import demonyms, place_words
from dateline.mentions.place_words import CONTEXT, Row, Spot, Token, Words, last_word, party_names, plain_words
from dateline.model.mention import PlaceUse

KNOWN, FAMOUS, HARDLY = 5.0, 6.0, 3.0
"""Powers of ten of people: a town of 100,000 needs no cue, one of a million none either where persons bear the name too;
a village below 1,000 always needs one."""

_SAID = re.compile(r",? (?:said|says|told|added|stressed|explained|noted|adds|testified|recalled|joked|asked|replied|wrote)\b")
_AGE = re.compile(r",? \(?\d\d?(?:,|\))")  # "Corbin, 26, of ..."
_BEFORE_SAID = frozenset({" ", ","})
_ACRONYM = 4  # letters of a word in capitals that is an abbreviation rather than a place
_OF = re.compile(r"(\w+) +of(?: the)? +$")


def persons_in(view: str, row: Row) -> set[str]:
    """Names of persons by the company they keep: after a given name or a title ("Jordan Smith", "Gen. Logan")."""
    known, found = place_words(), set[str]()
    tokens, starts = row.tokens, row.starts
    pairs = row.behind_capitals()
    for i in pairs:
        previous, token = tokens[i - 1], tokens[i]
        if not previous.herald and previous.size > 1:
            continue
        if previous.glue != " " and view[row.end(i - 1) : starts[i]] != ". ":
            continue
        first = tokens[i - 2] if i > 1 and previous.size == 1 else None  # "Ashley L. Evans"
        initial = first is not None and first.capital and first.glue == " " and first.size > 2
        given = previous.low in known.given_names and not find(f"{previous.text} {token.text}")
        if initial or given or previous.low in known.titles or previous.low in known.name_particles:
            found.add(token.low)
            following = tokens[i + 1] if i + 1 < len(tokens) and token.glue == " " else None
            if following and following.capital and following.low not in plain_words():
                found.add(following.low)
    found.update(_speakers_in(view, row, pairs))
    return found - known.bodies - known.body_words - known.roles if found else found


def _speakers_in(view: str, row: Row, pairs: list[int]) -> Iterator[str]:
    """Second names of who speaks or holds an office: "Amadou Togo, mayor of ..."; also names that are both of known places."""
    for i in pairs:
        first, second = row.tokens[i - 1], row.tokens[i]
        if first.glue != " " or (second.glue not in _BEFORE_SAID and i + 1 < len(row.tokens)) or first.text.isupper():
            continue
        if not _person_after().match(view, row.end(i)):
            continue
        if first.low in plain_words() or first.text in demonyms() or find(first.text) or find(f"{first.text} {second.text}"):
            continue
        yield second.low


def not_places(view: str, low: str, armed: bool) -> frozenset[str]:
    """Names that the report gives to persons and weapons, in lower case: 'alias "Wilmer"', "Iskander missiles".

    `low` is the view in lower case; where it is not `armed`, no weapon is looked for.
    """
    found: set[str] = set()
    for match in _aliases_in(view, low):
        found.update((match.group(1).lower(), *match.group(1).lower().split()))
    for match in _weapon_pattern().finditer(view) if armed else ():
        if max((c.fame for c in find(match.group(1))), default=0.0) < KNOWN:
            found.add(match.group(1).lower())
    return frozenset(found)


@cache
def _person_after() -> re.Pattern[str]:
    """What follows the name of a person: an office, a verb of saying."""
    roles = "|".join(sorted(place_words().roles))
    return re.compile(
        rf",? (?:said|says|told|added|warned|stressed|explained|noted)\b|, (?:the |an? |former )*(?:\w+ )?(?:{roles}) of\b"
    )


def _aliases_in(view: str, low: str) -> Iterator[re.Match[str]]:
    """Few reports have a cue of an alias; outside ASCII letters have more than two cases, which only the pattern knows."""
    if view.isascii() and not any(cue in low for cue in place_words().alias_cues):
        return iter(())
    return _alias_pattern().finditer(view)


@cache
def _alias_pattern() -> re.Pattern[str]:
    """A nom de guerre behind its cue; group 1 is the name."""
    cues = "|".join(re.escape(cue) for cue in sorted(place_words().alias_cues, key=lambda cue: (-len(cue), cue)))
    return re.compile(rf"(?<!\w)(?i:{cues})(?: is| of| as|,)? +[\"']?([A-Z][\w-]+(?: [A-Z][\w-]+)*)")


@cache
def _weapon_pattern() -> re.Pattern[str]:
    """A maker's or maker's model name before a weapon; group 1 is the name."""
    weapons = "|".join(sorted(place_words().weapons))
    fire = "|".join(sorted(place_words().fire))
    return re.compile(rf"([A-Z](?<!\w.)\w+)(?:-\w+)?(?: [a-z-]+)? (?:{weapons})\b(?! (?:{fire}))")


def use_of(words: Words, spot: Spot, first: int, last: int, *, cued: bool) -> PlaceUse | None:
    """How the name of tokens[first:last] is used; None where its neighbours make it the name of a person, club or the like.

    `cued` where a word of place stands before it.
    """
    tokens, known = words.tokens, place_words()
    following = tokens[last] if last < len(tokens) and tokens[last - 1].joined else None
    if last < len(tokens) and tokens[last - 1].glue == " " and words.is_particle(last):
        return None  # "Agusan del Norte" is not Agusan
    if following and spot.words.end <= words.end_of(last - 1) and not words.loud:
        if following.low in known.roles:
            return "speaker"
        if following.low in known.bodies or (following.capital and following.low in known.body_words):
            return "organisation"
        if following.capital and following.low in known.borrowers:
            return None
        if following.capital and not words.title and tokens[last - 1].glue == " " and not _may_follow(following):
            return None
    if _is_part_of_name(words, spot, first):
        return None
    return _use_after_of(words, spot, cued)


def _use_after_of(words: Words, spot: Spot, cued: bool) -> PlaceUse | None:
    """The use by the noun before "of": "governor of Fallujah", "Ministry of ...", "University of ..."."""
    known, before = place_words(), words.before(spot.words.start)
    if last_word(before) == "of" and (match := _OF.search(before)):
        proper = words.view[spot.words.start - len(before) + match.start(1)].isupper()
        if proper and match.group(1) in known.borrowers_of:
            return None
        if match.group(1) in known.roles:
            return "speaker"
        if proper and (match.group(1) in known.bodies or match.group(1) in known.body_words):
            return "organisation"
    return "scene" if cued else "unknown"


def _may_follow(token: Token) -> bool:
    """May this word with a capital follow a place's name without making one name of the two?"""
    return token.low in plain_words() or token.text in demonyms() or token.low in place_words().titles or token.size == 1


def _is_part_of_name(words: Words, spot: Spot, first: int) -> bool:
    """Does a word with a capital before the name make it part of a longer one ("Michael Jordan", "Operation Mosul")?"""
    tokens, known = words.tokens, place_words()
    if first == 0 or spot.words.start < words.starts[first]:
        return False
    previous, gap = tokens[first - 1], words.view[words.end_of(first - 1) : words.starts[first]]
    if previous.article and first > 1 and tokens[first - 2].glue == " ":  # "Aita al-Shaab" is not Shaab
        previous, gap = tokens[first - 2], ""
    if previous.low in known.name_particles and previous.capital:
        return True
    if previous.low in known.titles and gap.strip() in {"", "."} and previous.capital:
        return previous.low not in known.roles or gap == " "
    if not previous.capital or gap.strip() not in {"", "-"} or words.loud or words.title:
        return False
    if previous.low in plain_words() or previous.text in demonyms() or previous.low in known.directions:
        return False
    return not (previous.text.isupper() and len(previous.text) > 3)  # "BREAKING Mosul"


def is_ruled_out(words: Words, i: int, candidates: tuple[Candidate, ...]) -> bool:
    """Is token i, on its own, no place whatever stands around it?  What `is_place` would say, and sooner."""
    token = words.tokens[i]
    acronym = token.size <= _ACRONYM and token.text.isupper() and not words.loud
    person = token.low in words.persons
    if not (acronym or person or token.never or token.plain) or candidates[0].tier == ALIAS:
        return False
    if acronym or token.never:
        return True
    fame = max([candidate.fame for candidate in candidates])
    if token.plain:
        return i == 0 or words.loud or fame < KNOWN
    return fame < FAMOUS and fold(token.text) not in place_words().only_cued


def is_place(words: Words, spot: Spot, first: int, last: int, use: PlaceUse) -> bool:
    """Is there enough for a place: how well known it is, against what else the name could be."""
    known = place_words()
    if spot.candidates and spot.candidates[0].tier == ALIAS:
        return True
    single = last - first == 1 or (last - first == 2 and words.tokens[first].article)
    word = words.tokens[last - 1].low if single else spot.key
    fame = max([candidate.fame for candidate in spot.candidates], default=0.0)
    capitals = single and words.tokens[last - 1].text.isupper() and not words.loud
    if capitals and (len(word) <= _ACRONYM or (fame < KNOWN and words.tokens[last - 1].glue == " ")):
        return False  # an abbreviation; a heading
    if words.tokens[first].low == "the" and last - first == 2:  # "the Mission", "the Plains": towns lose their article
        single = True
    if fame < KNOWN and _begins_party(words, spot):
        return False
    if word in known.stop_names or (single and (len(word) < 3 or word in known.months)) or _is_person(words, spot, last, fame):
        return False
    if spot.key in known.only_cued:
        return spot.cued
    if single and (word in plain_words() or word in known.titles):
        return fame >= KNOWN and spot.cued and first > 0 and not words.loud
    if single and word in words.persons:
        return fame >= FAMOUS and spot.cued
    backed = spot.cued or spot.comma or bool(spot.kinds) or use in {"organisation", "speaker"}
    if single and (word in known.given_names or word in known.family_names):
        return fame >= FAMOUS or (backed and not words.title)
    if words.loud:
        own = max((c.fame for c in spot.candidates if c.main), default=0.0)
        return own >= KNOWN or ((spot.cued or bool(spot.kinds)) and fame >= HARDLY)
    if words.title:
        return fame >= KNOWN or (backed and fame >= HARDLY)
    return fame >= HARDLY or backed or words.is_told(spot.name.of(words.low))


def _begins_party(words: Words, spot: Spot) -> bool:
    """Is the name the beginning of a party's ("Boko Haram", "Rapid Support Forces")?"""
    start, end = spot.name.start, spot.name.end
    parties = party_names().get(words.low[start:end].split()[0], ())
    return any(len(party) > end - start and words.low.startswith(party, start) for party in parties)


def _is_person(words: Words, spot: Spot, last: int, fame: float) -> bool:
    """Does what follows say that it is a person: an age, a verb of saying, a saint's day?"""
    end = words.end_of(last - 1)
    after = words.view[end : end + CONTEXT]
    if _AGE.match(after) or (spot.key.startswith("saint ") and after.startswith("'")):  # "St. Patrick's Day"
        return True
    return fame < FAMOUS and not spot.cued and _SAID.match(words.low, spot.words.end) is not None
