"""Links a project: reads what is new or changed, links it with what it touches, and leaves the rest as it is."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

import dateline
from dateline.errors import StoreError
from dateline.events.build import build_event
from dateline.events.candidates import NO_PAIRS, Blocks, Keys, Pairs, changed_by, is_crowd, keys_of
from dateline.events.cluster import Linked, decided_of
from dateline.events.facts import VERSION
from dateline.events.identity import traces
from dateline.events.kept import (
    PackedEvents,
    event_to_bytes,
    facts_to_bytes,
    keys_from_bytes,
    keys_to_bytes,
    numbers_from_bytes,
    numbers_to_bytes,
)
from dateline.events.lineage import Lineages, Text, lineages
from dateline.events.relink import Positions, relink
from dateline.events.scenes import incidents_of
from dateline.events.sketch import Sketch, read_text, sketch_of
from dateline.lexicon.codebook import Codebook, codebook, using
from dateline.model import BestRule, Grades, Reading, event_id
from dateline.runners.hands import Hands
from dateline.runners.implying import imply
from dateline.runners.shelf import Shelf
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

Tell = Callable[[str, int, int], None]
"""Takes the name of a step, and how much of it is done of how much."""

Rules = dict[str, Any]
"""By which a project is linked: the version, that of the facts, and the rule of best numbers."""

_AT_ONCE = 128  # readings in one piece of work
_FEW = 1000  # reports that are new or changed, from which on other processes are worth their beginning
_TRIES = 5  # where other runs change the project meanwhile


def link_project(project: Project, tell: Tell = lambda step, done, total: None, jobs: int = 1) -> int:
    """Link the claims of all reports of a project into events; how many the project has then.

    Only reports that are new, or were changed by reviews, are read, and only events that they touch are made anew; another
    version's links, and those by another rule of best numbers, are all made anew.  `tell` takes how far the
    work is; `jobs` is the number of processes that work, where there is much to do.  Raises StoreError where the project
    cannot be written, or others go on changing it.
    """
    with using(project.codebook()):
        for _ in range(_TRIES):
            state = load_state(project)
            rules = {"dateline": dateline.__version__, "facts": VERSION, "best": project.best_rule()}
            todo = _todo(state, rules)
            if not todo and state.rules == rules:
                return len(state.events)
            load = partial(load_facts, project)
            with Shelf(load) as shelf, Hands(jobs if len(todo) >= _FEW else 1) as hands:
                linking = _Run(project, state, rules, todo, shelf, hands).link(tell)
                imply(project, todo)  # before: after a kill it is done again
                if keep_linking(project, state, linking):
                    return len(state.events.keys() - linking.gone) + len(linking.events)
    raise StoreError(f"{project.name} was changed by other runs each time that it was linked; link it when they have ended")


def _todo(state: LinkState, rules: Rules) -> list[str]:
    """The reports to be read: all of them where the rules are others, but for that of best numbers."""
    anew = {**state.rules, "best": None} != {**rules, "best": None}
    return sorted({*state.new, *(state.reports if anew else state.outdated)})


class _Run:
    """One linking of a project, from what was kept of the last one."""

    def __init__(self, project: Project, state: LinkState, rules: Rules, todo: Sequence[str], shelf: Shelf, hands: Hands) -> None:
        self._project = project
        self._state = state
        self._rules = rules
        self._todo = todo
        self._shelf = shelf
        self._hands = hands

    def link(self, tell: Tell) -> Linking:
        """What linking changes."""
        state = self._state
        read = {report.report_id: report for report in self._read(tell)}
        after = dict(sorted({**state.reports, **read}.items()))
        line = self._lineages(after, frozenset() if state.reports.keys() <= read.keys() else frozenset(state.reports))
        now = _Claims(after)
        blocks = Blocks(now.keys)
        anew = state.rules != self._rules
        dirty = set(range(len(now.ids))) if anew else _dirty(state, now, read.keys(), line.of)
        event_of = {now.position[i]: event for event, claims in state.events.items() for i in claims if i in now.position}
        founded = state.events.keys() | state.past
        grades = self._project.graded_claims()
        relinked = relink(
            blocks,
            lambda positions: self._shelf.some(*now.reports_at(positions)),
            event_of,
            dirty,
            NO_PAIRS if anew else _changed(state, now, blocks, read.keys()),
            decided_of(self._project.link_decisions(), now.position),
            lambda positions: _making(now, positions, line.of, self._rules["best"], founded, grades),
            now.crowds(),
            self._hands,
            tell,
        )
        gone = {
            event: claims for event, claims in state.events.items() if not claims or _touched(claims, now, relinked.positions)
        }
        events = PackedEvents(relinked.made)
        return Linking(
            rules=self._rules,
            reports=(replace(report, facts=self._shelf.facts(i)) for i, report in read.items()),
            lineages=line.of,
            links=line.links,
            gone=frozenset(gone),
            events=events,
            traces=traces({event: frozenset(claims) for event, claims in gone.items()}, events, now.position),
        )

    def _read(self, tell: Tell) -> Iterator[LinkedReport]:
        """What is new or changed; its facts are put on the shelf."""
        book, done = codebook(), 0
        readings = load_some_readings(self._project, self._todo, _AT_ONCE)
        for some in self._hands(partial(_read, book), readings):
            for report in some:
                self._shelf.put(report.report_id, report.facts)
                yield replace(report, facts=b"")
            done += len(some)
            tell("reading reports", done, len(self._todo))

    def _lineages(self, reports: Mapping[str, LinkedReport], checked: frozenset[str]) -> Lineages:
        def texts_of(ids: Sequence[str]) -> dict[str, Text]:
            return {i: Text(*text) for i, text in load_read_texts(self._project, ids).items()}

        sketches = {i: Sketch(numbers_from_bytes(one.runs), numbers_from_bytes(one.turns)) for i, one in reports.items()}
        return lineages(sketches, texts_of, checked, self._state.links, self._hands)


def _read(book: Codebook, readings: Sequence[Reading]) -> list[LinkedReport]:
    with using(book):
        return [_read_one(reading) for reading in readings]


def _read_one(reading: Reading) -> LinkedReport:
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


class _Making(Struct, frozen=True):
    """Makes events, as bytes; `lineage` and `founded` are those of the incidents at hand."""

    book: Codebook
    lineage: Mapping[str, str]
    best: BestRule
    founded: frozenset[str]
    grades: Mapping[str, Grades]

    def __call__(self, linked: Sequence[Linked]) -> bytes:
        with using(self.book):
            return event_to_bytes(build_event(linked, self.lineage, self.best, self.founded, self.grades))


class _Claims:
    """The incidents of some reports, by position in the order of their keys."""

    def __init__(self, reports: Mapping[str, LinkedReport]) -> None:
        self.ids = [claim_id for report in reports.values() for claim_id in report.claims]
        self.reports = list(reports)
        self.keys: list[Keys] = list(chain.from_iterable(keys_from_bytes(report.blocks) for report in reports.values()))
        self.position = {claim_id: n for n, claim_id in enumerate(self.ids)}
        counts = np.array([len(report.claims) for report in reports.values()], dtype=np.int64)
        self._firsts = np.cumsum(counts) - counts
        self.report_numbers = np.repeat(np.arange(len(counts)), counts)

    def reports_at(self, positions: Positions) -> tuple[list[str], list[int]]:
        """The reports of these incidents, and the position of the first incident of each."""
        numbers = np.unique(self.report_numbers[positions])
        return [self.reports[n] for n in numbers.tolist()], self._firsts[numbers].tolist()

    def of_reports(self, report_ids: Container[str]) -> set[int]:
        """The incidents of these reports."""
        chosen = np.array([i in report_ids for i in self.reports], dtype=np.bool_)
        return set(np.flatnonzero(chosen[self.report_numbers]).tolist())

    def crowds(self) -> Iterator[tuple[int, int]]:
        """Incidents of a report of so many that not all are compared: they are looked at together though no edge may tie them."""
        for first, after in zip(self._firsts.tolist(), [*self._firsts[1:].tolist(), len(self.ids)], strict=True):
            if is_crowd(after - first):
                yield from ((first, n) for n in range(first + 1, after))


def _making(
    now: _Claims,
    positions: Positions,
    lineage: Mapping[str, str],
    best: BestRule,
    founded: Container[str],
    grades: Mapping[str, Grades],
) -> _Making:
    reports, _ = now.reports_at(positions)
    ids = [now.ids[n] for n in positions.tolist()]
    return _Making(
        codebook(),
        {i: lineage[i] for i in reports},
        best,
        frozenset(name for name in map(event_id, ids) if name in founded),
        {i: grades[i] for i in ids if i in grades} if grades else {},
    )


def _dirty(state: LinkState, now: _Claims, read: Iterable[str], lineage: Mapping[str, str]) -> set[int]:
    """The incidents that are new or changed, those of changed lineages, and those that were in an event with one that is gone."""
    other_line = {i for i, line in state.lineages.items() if lineage.get(i) != line}
    dirty = now.of_reports({*read, *other_line})
    for claims in state.events.values():
        if any(i not in now.position for i in claims):
            dirty |= {now.position[i] for i in claims if i in now.position}
    return dirty


def _changed(state: LinkState, now: _Claims, blocks: Blocks, read: Container[str]) -> Pairs:
    """Pairs of incidents of other reports that are candidates now and were none before, or the other way round."""
    before = _Claims(state.reports)
    old = [before.keys[before.position[i]] if i in before.position else None for i in now.ids]
    lost = [before.keys[n] for n, i in enumerate(before.ids) if i not in now.position]
    return changed_by(old, blocks, lost, now.of_reports(read))


def _touched(claims: Sequence[str], now: _Claims, positions: frozenset[int]) -> bool:
    return any(i not in now.position or now.position[i] in positions for i in claims)
