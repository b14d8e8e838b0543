"""What fields with a closed list can be, as choices with their words."""

from typing import Any, get_args

from dateline import captions
from dateline.lexicon.codebook import codebook
from dateline.model import Certainty, Kind, Precision, Scope, SourceType, Stance
from dateline.model.actor import ActorKind

Choice = dict[str, Any]


def field_choices() -> dict[str, list[Choice]]:
    """The choices of each field; a value may bring along (`also`) fields that have to change with it."""
    book = codebook()
    return {
        "event_type": [_choice(one.name, one.label) for one in book.event_types],
        "certainty": _listed(Certainty),
        "kind": [_choice(kind, kind, **_with_kind(kind)) for kind in get_args(Kind)],
        "background": [_choice(False, "news of this report"), _choice(True, "history, told as background")],
        "scope": _listed(Scope),
        "stance": [*_listed(Stance), _choice(None, "none: a judgement of cause alone")],
        "measure": [_choice(name, captions.coded(name)) for name in book.measures],
        "object": [_choice(name, captions.coded(name)) for name in book.objects],
        "precision": _listed(Precision),
        "source_type": _listed(SourceType),
        "actor_kind": _listed(ActorKind),
    }


def _with_kind(kind: str) -> dict[str, Any]:
    """Fields that a claim of this kind does not have, or must have."""
    if kind == "assessment":
        return {"event_type": None, "scope": None}
    return {"scope": "period" if kind == "tally" else None, "stance": None, "about": None}


def _listed(literal: object) -> list[Choice]:
    return [_choice(name, captions.words(name)) for name in get_args(literal)]


def _choice(value: object, label: str, **also: object) -> Choice:
    return {"value": {"value": value, "also": also}, "label": label}
