"""How well the engine does on reports that people have coded: `dateline evaluate`, also for a project's own gold data."""

from dateline.evaluation.measures import Evaluation
from dateline.evaluation.render import render, to_json
from dateline.evaluation.run import evaluate

__all__ = ["Evaluation", "evaluate", "render", "to_json"]
