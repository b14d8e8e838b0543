"""What reads: the stages, the language model, the layers of the gazetteer and what a name means in them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.engines.card import Card
from dateline.pipeline import StageInfo
from dateline.terminal.layout import Rows, facts_table
from dateline.terminal.words import line

if TYPE_CHECKING:  # numpy is not needed to print
    from dateline.gazetteer.installed import Installed
    from dateline.gazetteer.search import FoundPlace


def stages_table(stages: Iterable[StageInfo]) -> RenderableType:
    """The stages of an engine."""
    table = Rows("stage", "needs", "adds")
    for stage in stages:
        table.add_row(stage.name, ", ".join(sorted(stage.needs)), ", ".join(sorted(stage.adds)))
    return table


def model_card(card: Card) -> RenderableType:
    """What a language model is, what it was trained on, and what it reaches."""
    facts: list[tuple[str, str | Text]] = [
        ("build", f"{card.build}, language {card.language}"),
        ("file", f"{card.file}, {card.bytes / 1e6:.1f} MB, SHA-256 {card.sha256} (checked)"),
        ("encoder", f"{card.encoder}, SHA-256 {card.encoder_sha256}"),
        ("trained on", "\n".join(f"{corpus.name}: {corpus.licence}" for corpus in card.corpora)),
        ("reaches", "\n".join(f"{name}: {value:.1f}" for name, value in card.scores.items())),
    ]
    return Group(Text(f"{card.name} {card.version}", style="bold"), facts_table(facts))


def layers_table(layers: "Sequence[Installed]") -> RenderableType:
    """The layers of the gazetteer, the lowest first."""
    table = Rows("layer", "version", "places", "names", "whose", "from")
    for owner, _, head in layers:
        version, sources = head.hash[:16], "\n".join(map(line, head.sources))
        table.add_row(head.name, version, f"{head.places:,}", f"{head.names:,}", owner, sources)
    return table


def places_table(found: "Sequence[FoundPlace]") -> RenderableType:
    """What a name could mean; places whose names are only like it are marked with ~."""
    table = Rows("", "id", "name", "kind", "province", "country", "point", "people", "layer")
    for entry, province, alike in found:
        people = f"{entry.population:,}" if entry.population else ""
        point, layer = f"{entry.lat:.3f} {entry.lon:.3f}", entry.layer.partition("@")[0]
        table.add_row("~" if alike else "=", entry.id, entry.name, entry.kind, province, entry.country, point, people, layer)
    return table
