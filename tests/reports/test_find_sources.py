"""Which files of the paths named are read, left out, or reported."""

import os
from pathlib import Path

import pytest

from dateline.reports import Failure, Ignored, SourceFile, find_sources, read_source


def names(paths: list[Path]) -> list[str]:
    return [Path(found.path).name for found in find_sources(paths) if isinstance(found, SourceFile)]


def write(folder: Path, *files: str) -> None:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("Gunmen raided a village at dawn.", encoding="utf-8")


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    """All formats, folders within, any case of the extension, sorted, hidden files left out."""
    write(
        tmp_path,
        "b.txt",
        "a.MD",
        "c/d.HTML",
        "c/a.htm",
        "z.jsonl",
        "y.json",
        "x.csv",
        "w.jsonl.gz",
        "v.json.gz",
        ".hidden.txt",
        ".git/a.txt",
    )
    assert names([tmp_path]) == ["a.MD", "b.txt", "a.htm", "d.HTML", "v.json.gz", "w.jsonl.gz", "x.csv", "y.json", "z.jsonl"]


def test_other_files_of_a_folder_are_ignored_with_a_reason(tmp_path: Path) -> None:
    """They are listed, so that nobody wonders where a PDF went."""
    write(tmp_path, "scan.pdf", "README", "a.txt.gz", "a.txt")
    ignored = [found for found in find_sources([tmp_path]) if isinstance(found, Ignored)]
    assert [Path(found.path).name for found in ignored] == ["README", "a.txt.gz", "scan.pdf"]
    assert ".pdf" in ignored[2].reason
    assert list(read_source(ignored[0])) == []


@pytest.mark.parametrize("name", ["scan.pdf", "README", "missing.txt"])
def test_what_was_named_and_cannot_be_read_is_a_failure(tmp_path: Path, name: str) -> None:
    """A path that the user typed is never passed over."""
    write(tmp_path, "scan.pdf", "README")
    (found,) = find_sources([tmp_path / name])
    assert isinstance(found, Failure)
    assert found.path == str(tmp_path / name)
    assert list(read_source(found)) == [found]


def test_a_hidden_file_that_was_named_is_read(tmp_path: Path) -> None:
    """Only in folders are hidden files left out."""
    write(tmp_path, ".draft.txt")
    assert names([tmp_path / ".draft.txt"]) == [".draft.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """By itself and in its folder, by other spellings of its path: one source, at its first place."""
    write(tmp_path, "a.txt", "b.txt")
    assert names([tmp_path / "b.txt", tmp_path, tmp_path / "." / "a.txt"]) == ["b.txt", "a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """A named pipe would be waited on for ever: in a folder it is ignored, named it is a failure."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert isinstance(find_sources([tmp_path])[0], Ignored)
    assert isinstance(find_sources([tmp_path / "pipe.txt"])[0], Failure)


def test_a_link_back_to_the_folder_ends(tmp_path: Path) -> None:
    """Links to folders are not followed, so no folder is walked twice."""
    write(tmp_path, "a.txt")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert names([tmp_path]) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="needs file names of any bytes")
def test_a_name_that_is_no_utf8_can_be_written_down(tmp_path: Path) -> None:
    """The path of a report is text that any store takes."""
    name = os.fsdecode(b"r\xe9port.txt")
    try:
        write(tmp_path, name)
    except OSError:
        pytest.skip("this file system refuses such names")
    (report,) = read_source(find_sources([tmp_path])[0])
    assert report.path is not None
    assert report.path.encode("utf-8").endswith(b"r\\udce9port.txt")
