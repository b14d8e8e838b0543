"""The documentation is true: its commands run and print what it shows, and nothing of the command line is missing in it.

In `console` blocks a line `$ dateline ...` is run, and the lines up to the next one are its output; `--update-golden` writes
them anew.  In `bash` blocks the lines that begin with `dateline` are run, and their output is not shown.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dateline.cli import main

ROOT = Path(__file__).parents[1]
WALKS = ["README.md", "docs/tutorial/two-reports-one-event.md"]
PAGES = sorted(str(page.relative_to(ROOT)) for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(console|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ dateline ([^\n]*)\n(?:(?!\$ )[^\n]*\n)*", re.MULTILINE)
COLUMNS = "118"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that looks like a clone in which `run.py demo` was run."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def dateline(arguments: str, folder: Path) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *shlex.split(arguments)],
        cwd=folder, env=os.environ | {"COLUMNS": COLUMNS}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), arguments
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


@pytest.mark.parametrize("page", WALKS)
def test_console_blocks_print_what_they_show(page: str, folder: Path, update_golden: bool) -> None:
    """Every command of the page runs, in order, and its output is the one shown."""
    dateline("code examples --project demo --jobs 1", folder)

    def step(command: re.Match[str]) -> str:
        return f"$ dateline {command[1]}\n{dateline(command[1], folder)}"

    def run(block: re.Match[str]) -> str:
        if block[1] == "console":
            return f"```console\n{STEP.sub(step, block[2])}```"
        for arguments in re.findall(r"^dateline (.*)$", block[2], re.MULTILINE):
            dateline(arguments, folder)
        return block[0]

    text = (ROOT / page).read_text(encoding="utf-8")
    made = BLOCK.sub(run, text)
    if update_golden:
        (ROOT / page).write_text(made, encoding="utf-8")
    else:
        assert made == text


@pytest.mark.parametrize("page", ["README.md", "docs/explanation/language-engine.md"])
def test_python_prints_what_the_page_shows(page: str) -> None:
    """The first lines that a programmer copies work."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == shown


def test_the_reports_quoted_in_the_readme_are_the_examples() -> None:
    """The quoted paragraphs stand in the example reports word for word."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    quotes = [" ".join(quote.replace("> ", "").split()) for quote in re.findall(r"(?:^> [^\n]*\n)+", text, re.MULTILINE)]
    examples = [" ".join(path.read_text(encoding="utf-8").split()) for path in sorted((ROOT / "examples").glob("*.txt"))]
    assert len(quotes) == 2
    assert all(any(quote in example for example in examples) for quote in quotes)


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    """A command has a section of its own that names all its options; the filters have one for all tables."""
    text = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## dateline (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert name in sections
    shared = text.partition("\n## ")[0] + (sections["claims"] if "[filters]" in sections[name] else "")
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            for flag in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{flag}" in sections[name] + shared, f"{flag} of dateline {name}"


def test_the_reference_names_no_command_that_is_gone() -> None:
    """Every section is about a command that there is."""
    text = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## dateline (\w+)", text, re.MULTILINE)) == set(main.commands)


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    """Every link to a file of the repository finds it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", text)
    assert all(((ROOT / page).parent / target).exists() for target in targets), targets


def test_every_page_is_in_the_table_of_contents() -> None:
    """Who begins at docs/README.md finds every page."""
    text = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    linked = {f"docs/{target}" for target in re.findall(r"\]\(([^)#\s]+)", text)}
    assert {page for page in PAGES if page.startswith("docs/")} - {"docs/README.md"} <= linked


@pytest.mark.parametrize("example", sorted(path.name for path in (ROOT / "examples").glob("*.txt")))
def test_examples_say_that_they_are_invented(example: str) -> None:
    """No example can be taken for news: its author is Dateline's examples."""
    side = ROOT / "examples" / example.replace(".txt", ".meta.yaml")
    assert "author: Invented for Dateline's examples" in side.read_text(encoding="utf-8")
