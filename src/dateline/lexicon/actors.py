"""The lexicon of parties (`actors.yaml`): who is called how, in which country, and what refers to whom."""

import re
from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load
from dateline.model.actor import ActorKind


class Party(Struct, frozen=True, forbid_unknown_fields=True):
    """A party with a name of its own."""

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    local: dict[str, tuple[str, ...]] = {}  # ISO code -> names that mean it in reports that speak of that country


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """A country: `adjective` makes the canonical names of its bodies, `forces` where its forces are called otherwise."""

    code: str  # ISO 3166 alpha-2
    name: str
    adjective: str
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    forces: str | None = None
    soldiers_of: str | None = None  # whose forces "soldiers" are there, where they are another country's

    def body_name(self, body: str) -> str:
        """ "Malian army"; the forces' own name where they have one."""
        return self.forces if body == "forces" and self.forces else f"{self.adjective} {body}"


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """What a state has: its forces, police, government."""

    name: str
    kind: ActorKind
    words: tuple[str, ...]
    bare: tuple[str, ...]


class Description(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for a party with no name; with `group` they can mean the armed group that the report is about, with `definite`
    where an article stands before them.  `nominal` words are a party only as nouns ("the wounded")."""

    name: str
    kind: ActorKind
    words: tuple[str, ...]
    group: bool = False
    definite: bool = False
    nominal: bool = False


class Actors(Struct, frozen=True, forbid_unknown_fields=True):
    """actors.yaml; each list is explained there."""

    parties: tuple[Party, ...]
    countries: tuple[Country, ...]
    bodies: tuple[Body, ...]
    body_nouns: frozenset[str]
    needs_article: frozenset[str]
    after_military: frozenset[str]
    modifiers: frozenset[str]
    acts_of_forces: tuple[str, ...]
    before_acts: frozenset[str]
    party_nouns: frozenset[str]
    party_adjectives: frozenset[str]
    compound_endings: frozenset[str]
    own_words: dict[str, ActorKind]
    own_words_of: frozenset[str]
    short_nouns: frozenset[str]
    their_people: frozenset[str]
    our_forces: frozenset[str]
    reference_nouns: frozenset[str]
    reference_articles: frozenset[str]
    terror_words: frozenset[str]
    enemy: tuple[str, ...]
    enemy_in: dict[str, str]
    not_militants: frozenset[str]
    descriptions: tuple[Description, ...]
    not_before: frozenset[str]
    gear: frozenset[str]
    bombs_worn: frozenset[str]
    speaking: frozenset[str]
    in_capitals: frozenset[str]
    coalitions: dict[str, str]
    coalitions_against: dict[str, str]
    coalition_words: tuple[str, ...]
    local_bodies: dict[str, ActorKind]
    rival_armies: frozenset[str]
    own_words_small: frozenset[str]
    units: frozenset[str]
    units_alone: frozenset[str]
    place_words: frozenset[str]
    country_verbs: frozenset[str]
    capitals: dict[str, str]


@cache
def actors() -> Actors:
    return load("actors.yaml", Actors)


@cache
def country_by_code() -> dict[str, Country]:
    return {country.code: country for country in actors().countries}


@cache
def country_names() -> frozenset[str]:
    return frozenset(country.name for country in actors().countries)


@cache
def party_by_name() -> dict[str, Party]:
    return {name: party for party in actors().parties for name in (party.name, *party.aliases)}


@cache
def local_parties() -> dict[str, dict[str, Party]]:
    """A name that depends on the country -> ISO code -> the party that it means there."""
    found: dict[str, dict[str, Party]] = {}
    for party in actors().parties:
        for code, names in party.local.items():
            for name in names:
                found.setdefault(name, {})[code] = party
    return found


@cache
def kind_of() -> dict[str, ActorKind]:
    """Canonical name of a party -> its kind."""
    return {party.name: party.kind for party in actors().parties}


class PartyWords(Struct, frozen=True):
    """The file `en/parties.yaml`: words round the names of parties, and words that stand for them."""

    before_names: frozenset[str]
    relatives: frozenset[str]
    speaking: frozenset[str]
    owning: frozenset[str]
    own_people: frozenset[str]
    offices: frozenset[str]
    speaks_for: dict[str, str]
    persons: frozenset[str]
    pronouns: frozenset[str]
    both: frozenset[str]
    headless: frozenset[str]
    acts_of_civilians: frozenset[str]
    acts_of_protesters: frozenset[str]
    helping: frozenset[str]
    acts_of_force: frozenset[str]
    allusions: frozenset[str]
    acts_on_civilians: frozenset[str]
    force_words: frozenset[str]
    police_words: frozenset[str]
    group_words: frozenset[str]
    suffering: frozenset[str]
    escaping: frozenset[str]
    asides: frozenset[str]
    judging: frozenset[str]

    @property
    def references(self) -> frozenset[str]:
        """All words that stand for a party named elsewhere."""
        return self.relatives | self.speaking | self.persons | self.pronouns


@cache
def _country_forms() -> tuple[tuple[str, Country], ...]:
    """The names and adjectives of countries, the longest first."""
    forms = ((form, c) for c in actors().countries for form in (c.name, *c.nouns, c.adjective, *c.adjectives))
    return tuple(sorted(forms, key=lambda row: (-len(row[0]), row[0])))


def country_named(name: str) -> Country | None:
    """The country in the name of a body: "Turkish Ministry of National Defence", "Government of Canada"."""
    return next((c for form, c in _country_forms() if re.search(rf"\b{re.escape(form)}\b", name)), None)


@cache
def party_words() -> PartyWords:
    return load("en/parties.yaml", PartyWords)
