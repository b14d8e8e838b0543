"""Who may import whom.  The table reads from the bottom up; a package may import itself and what its line names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "dateline"

MAY_IMPORT = {
    "errors": "",
    "model": "",
    "lexicon": "model errors",
    "gazetteer": "model errors lexicon",
    # the stages: each may use what the stage before it makes
    "reports": "model errors lexicon",
    "sentences": "model errors lexicon pipeline reports",
    "mentions": "model errors lexicon pipeline sentences gazetteer",
    "claims": "model errors lexicon pipeline mentions",
    "events": "model errors lexicon claims",
    # the language engine: below the stages that will ask it, above the paragraphs that it cuts in windows
    "engines": "model errors lexicon pipeline sentences",
    "pipeline": "model sentences engines mentions claims",
    # what keeps and writes records never reaches into a stage; a project keeps its codebook, which is of the lexicon
    "store": "model errors lexicon",
    "imports": "model errors store",
    "exports": "model errors lexicon store filters queries captions hidden gazetteer",  # gazetteer: the outlines of places
    "runners": "model errors lexicon gazetteer pipeline reports claims events store",  # claims: read, then renamed
    "evaluation": "model errors lexicon pipeline events",
    "filters": "model errors lexicon",
    "queries": "model errors lexicon store filters captions",
    # decisions of people: they change the record as a stage would, and link what they changed
    "reviews": "model errors lexicon gazetteer mentions claims store runners evaluation",
    # what people see
    "hidden": "",
    "captions": "model lexicon",
    "disagreements": "model captions",
    "trends": "model errors lexicon captions exports",
    # the browser view: pages over all of it, and no stage
    "workbench": "model errors lexicon gazetteer store filters queries captions hidden exports reports runners reviews"
    " disagreements trends",
    "terminal": "model pipeline captions hidden engines gazetteer disagreements trends",
}
FREE = {"cli", "testing", "__init__", "__main__"}  # the front: may import all

EXEMPT: dict[tuple[str, str], str] = {}
"""(file, package) that break the rule, with the reason."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SRC.rglob("*.py")):
        yield path.relative_to(SRC).parts[0].removesuffix(".py"), path


def imported(path: Path) -> set[str]:
    """The packages of dateline that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "dateline" else [f"dateline.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("dateline.") and name != "dateline.__version__"}
    return found


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    """No module imports a package that its line in the table does not name."""
    allowed = {package, *MAY_IMPORT[package].split()}
    wrong = [
        f"{path.relative_to(SRC)} imports {name}"
        for owner, path in modules()
        if owner == package
        for name in sorted(imported(path) - allowed)
        if (str(path.relative_to(SRC)), name) not in EXEMPT
    ]
    assert not wrong


def test_every_package_has_a_line() -> None:
    """A new package cannot slip past the table."""
    assert {owner for owner, _ in modules()} <= MAY_IMPORT.keys() | FREE


def test_exemptions_are_still_needed() -> None:
    """An exemption that no import uses any more is taken out."""
    assert all(name in imported(SRC / file) for file, name in EXEMPT)
