"""Reports that are like others."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.model import COPIES, Copy, Lineage, ReportLink
from dateline.terminal.words import counted, line, short


def lineages_list(found: Sequence[Lineage]) -> RenderableType:
    """Each lineage with its reports by date: the origin, where it is known, and how each of the others is like another."""
    return Group(*(part for lineage in found for part in _lineage(lineage)))


def _lineage(lineage: Lineage) -> list[RenderableType]:
    origin = next((copy for copy in lineage.reports if copy.report_id == lineage.origin), None)
    told = f"first published by {origin.publisher or short(origin.report_id)}" if origin else "nobody knows which was first"
    reports = [Text(f"  {_copy(copy)}: {alike(_best(lineage, copy.report_id), copy.report_id)}") for copy in lineage.reports]
    return ["", Text(f"{counted(len(lineage.reports), 'report')}, {told}", style="bold"), *reports]


def _copy(copy: Copy) -> str:
    when = copy.published.isoformat() if copy.published else "undated"
    return f"{short(copy.report_id)}  {when}  {line(copy.publisher) or 'no publisher'}  {line(copy.title)}".rstrip()


def alike(links: Sequence[ReportLink], report_id: str) -> str:
    """ "copy of 3f2a91bc (92 % of the words), the first; same series as ..."."""
    return "; ".join(_alike(link, report_id) for link in links)


def _alike(link: ReportLink, report_id: str) -> str:
    other = link.other_id if link.report_id == report_id else link.report_id
    first = "" if link.first is None else ", published before this one" if link.first == other else ", published after this one"
    words = f"{link.words:.0%} of its words, {link.facts:.0%} of its names and numbers"
    return f"{link.likeness} {'as' if link.likeness.startswith('same') else 'of or by'} {short(other)} ({words}{first})"


def _best(lineage: Lineage, report_id: str) -> list[ReportLink]:
    """Its closest link."""
    links = [link for link in lineage.links if report_id in (link.report_id, link.other_id) and link.likeness in COPIES]
    return sorted(links, key=lambda link: (-link.words, link.report_id, link.other_id))[:1]
