"""Links a project: reads what is new or changed, links it with what it touches, and leaves the rest as it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

import dateline
from dateline.errors import StoreError
from dateline.events.build import build_event
from dateline.events.candidates import Blocks, Keys, changed_by, keys_of
from dateline.events.facts import VERSION, Incident
from dateline.events.identity import traces
from dateline.events.kept import (
    Shared,
    facts_from_bytes,
    facts_to_bytes,
    keys_from_bytes,
    keys_to_bytes,
    numbers_from_bytes,
    numbers_to_bytes,
)
from dateline.events.lineage import Lineages, Text, lineages
from dateline.events.relink import relink
from dateline.events.scenes import incidents_of
from dateline.events.sketch import Sketch, read_text, sketch_of
from dateline.lexicon.codebook import using
from dateline.model import Reading
from dateline.runners.implying import imply
from dateline.store import Project
from dateline.store.linking import (
    LinkedReport,
    Linking,
    LinkState,
    keep_linking,
    load_facts,
    load_read_texts,
    load_some_readings,
    load_state,
)

Tell = Callable[[int, int], None]
"""Takes how much is done of how much."""

_AT_ONCE = 64  # readings in memory
_TRIES = 5  # where other runs change the project meanwhile


def link_project(project: Project, tell: Tell = lambda done, total: None) -> int:
    """Link the claims of all reports of a project into events; how many the project has then.

    Only reports that are new, or were changed by reviews, are read, and only events that they touch are made anew; another
    version's links, and those by another rule of best numbers, are all made anew.  `tell` takes how many incidents have been
    compared.  Raises StoreError where the project cannot be written, or others go on changing it.
    """
    with using(project.codebook()):
        for _ in range(_TRIES):
            state = load_state(project)
            linking = _link(project, state, tell)
            if linking is None:
                return len(state.events)
            imply(project, [report.report_id for report in linking.reports])  # before: after a kill it is done again
            if keep_linking(project, state, linking):
                return len(state.events.keys() - linking.gone) + len(linking.events)
    raise StoreError(f"{project.name} was changed by other runs each time that it was linked; link it when they have ended")


def _link(project: Project, state: LinkState, tell: Tell) -> Linking | None:
    """What linking changes; None where nothing is new."""
    best = project.best_rule()
    rules = {"dateline": dateline.__version__, "facts": VERSION, "best": best}
    anew = {**state.rules, "best": best} != rules
    todo = sorted({*state.new, *(state.reports if anew else state.outdated)})
    if not todo and state.rules == rules:
        return None
    reports = {report.report_id: report for report in map(_read, load_some_readings(project, todo, _AT_ONCE))}
    after = dict(sorted({**state.reports, **reports}.items()))
    line = _lineages(project, state, after, frozenset() if anew else frozenset(state.reports))
    now, before = _Claims(after), _Claims(state.reports)
    everything = anew or state.rules != rules
    dirty = set(range(len(now.ids))) if everything else _dirty(state, now, before, reports.keys(), line.of)
    event_of = {now.position[i]: event for event, claims in state.events.items() for i in claims if i in now.position}
    facts = _Facts(project, now, reports)
    relinked = relink(Blocks(now.keys), facts.load, event_of, dirty, project.link_decisions(), tell)
    gone = {event: claims for event, claims in state.events.items() if not claims or _touched(claims, now, relinked.positions)}
    founded = state.events.keys() | state.past
    events = [build_event(group, line.of, best, founded) for group in relinked.groups]
    return Linking(
        rules=rules,
        reports=list(reports.values()),
        lineages=line.of,
        links=line.links,
        gone=frozenset(gone),
        events=events,
        traces=traces({event: frozenset(claims) for event, claims in gone.items()}, events, now.position),
    )


def _read(reading: Reading) -> LinkedReport:
    incidents = incidents_of(reading)
    sketch = sketch_of(read_text(reading))
    return LinkedReport(
        report_id=reading.report.id,
        claims=tuple(incident.claim.id for incident in incidents),
        blocks=keys_to_bytes([keys_of(incident) for incident in incidents]),
        facts=facts_to_bytes(incidents),
        runs=numbers_to_bytes(sketch.runs),
        turns=numbers_to_bytes(sketch.facts),
    )


def _lineages(project: Project, state: LinkState, reports: Mapping[str, LinkedReport], checked: frozenset[str]) -> Lineages:
    def texts_of(ids: Sequence[str]) -> dict[str, Text]:
        return {i: Text(*text) for i, text in load_read_texts(project, ids).items()}

    sketches = {i: Sketch(numbers_from_bytes(one.runs), numbers_from_bytes(one.turns)) for i, one in reports.items()}
    return lineages(sketches, texts_of, checked, state.links)


class _Claims:
    """The incidents of some reports, by position in the order of their keys."""

    def __init__(self, reports: Mapping[str, LinkedReport]) -> None:
        self.ids = [claim_id for report in reports.values() for claim_id in report.claims]
        self.report_of = [i for i, report in reports.items() for _ in report.claims]
        self.keys: list[Keys] = list(chain.from_iterable(keys_from_bytes(report.blocks) for report in reports.values()))
        self.position = {claim_id: n for n, claim_id in enumerate(self.ids)}


def _dirty(state: LinkState, now: _Claims, before: _Claims, read: Iterable[str], lineage: Mapping[str, str]) -> set[int]:
    """The incidents that are new or changed, those whose candidates are others than before, and those of changed lineages."""
    anew = set(read)
    other_line = {i for i, line in state.lineages.items() if lineage.get(i) != line}
    dirty = {n for n, report_id in enumerate(now.report_of) if report_id in anew or report_id in other_line}
    old = [before.keys[before.position[i]] if i in before.position else None for i in now.ids]
    lost = [before.keys[n] for n, i in enumerate(before.ids) if i not in now.position]
    dirty |= changed_by(old, now.keys, lost, {n for n, report_id in enumerate(now.report_of) if report_id in anew})
    for claims in state.events.values():
        if any(i not in now.position for i in claims):
            dirty |= {now.position[i] for i in claims if i in now.position}
    return dirty


def _touched(claims: Sequence[str], now: _Claims, positions: frozenset[int]) -> bool:
    return any(i not in now.position or now.position[i] in positions for i in claims)


class _Facts:
    """The incidents at positions, from what the project keeps; loaded by reports, and kept."""

    def __init__(self, project: Project, claims: _Claims, read: Mapping[str, LinkedReport]) -> None:
        self._project = project
        self._claims = claims
        self._read = read
        self._known: dict[int, Incident] = {}
        self._shared = Shared()

    def load(self, positions: Iterable[int]) -> Mapping[int, Incident]:
        """The incidents at these positions, and others."""
        wanted = sorted({self._claims.report_of[n] for n in positions if n not in self._known})
        for report_id in wanted:
            if report_id in self._read:
                self._take(self._read[report_id].facts)
        for _, facts in load_facts(self._project, [report_id for report_id in wanted if report_id not in self._read]):
            self._take(facts)
        return self._known

    def _take(self, facts: bytes) -> None:
        for incident in facts_from_bytes(facts, self._shared):
            self._known[self._claims.position[incident.claim.id]] = incident
