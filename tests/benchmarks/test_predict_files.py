"""Predictions on files: gold is never read, the order and the bytes never change, faults are named with their line."""

import gzip
import json
from pathlib import Path
from typing import Any

import predict
import pytest

NOTES: list[dict[str, Any]] = [
    {
        "id": "n1",
        "title": "Convoy hit near Torbal",
        "publisher": "Torbal Courier",
        "url": None,
        "published": "2024-05-03",
        "text": "A roadside bomb killed three soldiers near Torbal on Thursday, police spokesman Karim Vell said.\n\n"
        "Since January at least 40 people have been killed in the province. The group may attack the capital, he warned.",
    },
    {
        "id": "n2",
        "title": None,
        "published": None,
        "text": "Police in Lower Vash arrested two suspects and seized nine rifles. Analysts said the group was in decline.",
        "sentences": [
            "Police in Lower Vash arrested two suspects and seized nine rifles.",
            "Analysts said the group was in decline.",
        ],
    },
    {
        "id": "n3",
        "title": "Market blast",
        "published": "2024-05-04",
        "text": "A car bomb went off in a market in Baghdad on Friday.",
    },
]
GOLD_FIELDS = (
    "claims",
    "entities",
    "uncounted",
    "relations",
    "templates",
    "toponyms",
    "incident",
    "facts",
    "labels",
    "event_type",
)
FALSE_GOLD: dict[str, Any] = {
    field: [{"kind": "incident", "start": 3, "evidence": [[0, 4]], "type": "x"}] for field in GOLD_FIELDS
}


def write(path: Path, documents: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


def predicted(task: str, source: Path, target: Path, jobs: int = 1) -> bytes:
    assert predict.main([task, str(source), str(target), "--jobs", str(jobs)]) == 0
    return target.read_bytes()


@pytest.mark.parametrize("task", predict.TASKS)
def test_gold_fields_make_no_difference(task: str, tmp_path: Path) -> None:
    """The bytes are the same with no gold, with gold of one kind and with false gold of the wrong types."""
    without = predicted(task, write(tmp_path / "without.jsonl", NOTES), tmp_path / "a.jsonl")
    falsified = [note | FALSE_GOLD | {"cluster": 7} for note in NOTES]
    assert predicted(task, write(tmp_path / "false.jsonl", falsified), tmp_path / "b.jsonl") == without
    other = [note | {"incident": f"i{n}", "facts": 3, "claims": None, "labels": ["KILL"]} for n, note in enumerate(NOTES)]
    assert predicted(task, write(tmp_path / "other.jsonl", other), tmp_path / "c.jsonl") == without
    assert [json.loads(line)["id"] for line in without.splitlines()] == ["n1", "n2", "n3"]


def test_labels_of_given_sentences_are_not_read(tmp_path: Path) -> None:
    """A sentence given as an object keeps its id, and what its labels say makes no difference."""

    def notes(**gold: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": 1,
                "text": NOTES[1]["text"],
                "sentences": [{"id": f"s{i}", "text": s, **gold} for i, s in enumerate(NOTES[1]["sentences"])],
            }
        ]

    plain = predicted("police", write(tmp_path / "a.jsonl", notes()), tmp_path / "a.out")
    assert predicted("police", write(tmp_path / "b.jsonl", notes(labels=["KILL"], KILL=1)), tmp_path / "b.out") == plain
    assert [s["id"] for s in json.loads(plain)["sentences"]] == ["s0", "s1"]


@pytest.mark.slow
@pytest.mark.parametrize("task", ["claims", "links"])
def test_the_bytes_do_not_depend_on_the_number_of_jobs(task: str, tmp_path: Path) -> None:
    """One process and three give the same file, in the order of the input."""
    source = write(tmp_path / "in.jsonl", [note | {"id": f"{n}-{note['id']}"} for n in range(4) for note in NOTES])
    assert predicted(task, source, tmp_path / "one.jsonl", 1) == predicted(task, source, tmp_path / "three.jsonl", 3)


def test_packed_files_are_read_and_written(tmp_path: Path) -> None:
    """A .gz goes in and comes out, without the time of packing in it."""
    source = write(tmp_path / "in.jsonl", NOTES)
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    plain = predicted("places", source, tmp_path / "out.jsonl")
    assert gzip.decompress(predicted("places", packed, tmp_path / "out.jsonl.gz")) == plain


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{not json", "in.jsonl:2: not a document"),
        (b'{"id": "n9"}', "in.jsonl:2: not a document"),
        (b'{"id": "n9", "text": "x", "published": "yesterday"}', "in.jsonl:2: not a document"),
        (b'{"id": "n1", "text": "x"}', "in.jsonl:2: second document with id 'n1'"),
    ],
)
def test_a_fault_of_the_input_is_named_with_file_and_line(
    line: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is predicted where a line is no document, and the exit status is 2."""
    source = write(tmp_path / "in.jsonl", NOTES[:1])
    source.write_bytes(source.read_bytes() + line + b"\n")
    assert predict.main(["claims", str(source), str(tmp_path / "out.jsonl"), "--jobs", "1"]) == 2
    assert said in capsys.readouterr().err.replace("\n", "")
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says which."""
    assert predict.main(["claims", str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl")]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err.replace("\n", "")


def test_a_document_that_fails_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is left out, named with its line, and the exit status is 1."""
    import adaptors.places as places
    from adaptors.document import Document
    from adaptors.task import Task

    def answer(document: Document) -> dict[str, Any]:
        if document.id == "n2":
            raise RuntimeError("the engine fell over")
        return {"id": document.id}

    monkeypatch.setattr(places, "TASK", Task("places", answer))
    assert predict.main(["places", str(write(tmp_path / "in.jsonl", NOTES)), str(tmp_path / "out.jsonl"), "--jobs", "1"]) == 1
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["n1", "n3"]
    assert "in.jsonl:2: n2: RuntimeError: the engine fell over" in capsys.readouterr().err.replace("\n", "")
