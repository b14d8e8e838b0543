"""The codebook of a project."""

from pathlib import Path

import pytest

from dateline.errors import StoreError
from dateline.lexicon.codebook import built_in
from dateline.lexicon.codebook_file import parse_codebook
from dateline.store import Project, open_project
from dateline.testing import make_reading

OWN = parse_codebook("version: a\nevent_types: [{name: raid, label: a raid, takes: [robbery], words: [cow]}]\nothers: drop", "f")
OTHER = parse_codebook("version: b\nobjects: [{name: cow, words: [cow]}]", "f")


def test_a_project_keeps_the_codebook_of_its_first_run(project: Project, where: Path | str) -> None:
    """As it was, also for those who open it later; later runs need not name it."""
    assert project.settle_codebook(OWN) == OWN
    assert project.settle_codebook() == project.settle_codebook(OWN) == OWN
    with open_project(where) as again:
        assert again.codebook() == OWN


def test_a_project_without_one_has_dateline_s(project: Project) -> None:
    """Settled too: what is coded in Dateline's names cannot go on in others."""
    assert project.codebook() == built_in()
    assert project.settle_codebook() == project.settle_codebook(built_in()) == built_in()
    with pytest.raises(StoreError, match="is coded with Dateline's own codebook, not this one"):
        project.settle_codebook(OWN)


def test_another_codebook_is_refused_with_the_way_out(project: Project) -> None:
    """Also where the file was changed and kept its version."""
    project.settle_codebook(OWN)
    with pytest.raises(StoreError, match=r"version a, not this one. Leave --codebook out .* code into a new project"):
        project.settle_codebook(OTHER)
    changed = parse_codebook("version: a\nobjects: [{name: cow, words: [cow]}]", "f")
    with pytest.raises(StoreError, match=r"version a, not quite this file"):
        project.settle_codebook(changed)
    assert project.codebook() == OWN


def test_reports_of_an_older_version_settle_it(project: Project) -> None:
    """A project from before codebooks could be chosen has no setting, and is coded with Dateline's."""
    project.save([make_reading()])
    with pytest.raises(StoreError, match="Dateline's own codebook"):
        project.settle_codebook(OWN)
    assert project.settle_codebook() == built_in()
