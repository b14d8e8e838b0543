"""`dateline models` and `dateline parse`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.engines import weights

TEXT = "Army troops killed 22 militants near Torbal on Monday."


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given, env={"COLUMNS": "200"})


def test_models_tells_what_is_loaded() -> None:
    """Build, checksum, data with licences, and what was measured."""
    shown = run("models")
    card = weights.read_card()
    assert shown.exit_code == 0
    for words in (card.build, card.sha256, card.encoder, *(corpus.name for corpus in card.corpora), *card.scores):
        assert words in " ".join(shown.output.split())
    assert json.loads(run("models", "--json").output)["sha256"] == card.sha256


def test_a_damaged_model_ends_with_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, the fault and the way out, with exit status 1."""
    card = weights.read_card()
    (tmp_path / "en.json").write_bytes(Path(str(weights._folder() / "en.json")).read_bytes())
    (tmp_path / card.file).write_bytes(b"half a file")
    monkeypatch.setattr(weights, "_folder", lambda: tmp_path)
    weights.read_card.cache_clear()
    shown = run("models")
    assert shown.exit_code == 1
    assert shown.output.startswith(f"dateline: {tmp_path / card.file}: the file is damaged")
    assert shown.output.count("\n") == 1


def test_parse_prints_conllu(tmp_path: Path) -> None:
    """The report's id, then ten columns a word."""
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    shown = run("parse", str(report))
    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert lines[0].startswith("# newdoc id = ")
    words = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert [w[1] for w in words] == [*TEXT[:-1].split(), "."]


def test_parse_reads_standard_input_and_writes_json() -> None:
    """A JSON line for each sentence, spans as pairs."""
    (line,) = run("parse", "-", "-f", "jsonl", given=TEXT).output.splitlines()
    sentence = json.loads(line)["sentence"]
    assert sentence["span"] == [0, len(TEXT)]
    assert [e["type"] for e in sentence["entities"] if e["span"] == [19, 21]] == ["Quantity"]


def test_parse_names_a_file_that_is_no_report(tmp_path: Path) -> None:
    """One line, exit status 1."""
    page = tmp_path / "photo.png"
    page.write_bytes(b"\x89PNG")
    shown = run("parse", str(page))
    assert shown.exit_code == 1
    assert str(page) in shown.output
