"""The closed vocabularies of the codebook.

Kinds, certainties, scopes and the like are part of the grammar of a claim and stand here.  Event types, measures and
objects are lists that a project can extend: they are data (`lexicon/codebook.yaml`) and plain strings in the records.
"""

from typing import Literal

Kind = Literal["incident", "tally", "assessment", "forecast"]
Certainty = Literal["stated", "alleged", "denied"]
Scope = Literal["period", "since", "stock"]
Precision = Literal["day", "week", "month", "year", "period", "unknown"]
Stance = Literal["rising", "falling", "unchanged", "present", "absent", "mixed"]
SourceType = Literal[
    "official",
    "military",
    "police",
    "armed_group",
    "analyst",
    "witness",
    "media",
    "ngo",
    "international",
    "anonymous",
    "document",
]
