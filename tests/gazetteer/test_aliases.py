"""Names that an analyst gave a meaning."""

from pathlib import Path

import pytest

from dateline.errors import GazetteerError, StoreError
from dateline.gazetteer import using
from dateline.gazetteer.aliases import alias_for
from dateline.gazetteer.data import shipped_layers
from dateline.mentions.places import places_in
from dateline.store import open_project
from dateline.store.aliases import add_alias, aliases_of, remove_alias

TEXT = "Police searched Zelworth Heights on Monday. Kirkuk was calm."
HAMRIN, RAQQA = "iqsy-hamrin-mountains", "172955"


def test_an_alias_wins_over_all_choosing() -> None:
    """A name that the gazetteer lacks has a place, and one that it has means another; case and accents do not matter."""
    with using(shipped_layers()):
        aliases = [alias_for("ZELWORTH HEIGHTS", HAMRIN), alias_for("Kirkúk", RAQQA)]
    with using(shipped_layers(), aliases) as gazetteer:
        found = {m.words: m.place.id if m.place else None for m in places_in(TEXT)}
        stamp = gazetteer.stamps[-1]
    assert found == {"Zelworth Heights": HAMRIN, "Kirkuk": RAQQA}
    assert stamp.startswith("aliases@")
    with using(shipped_layers()) as gazetteer:
        assert RAQQA not in {m.place.id for m in places_in(TEXT) if m.place}
        assert not any(stamp.startswith("aliases") for stamp in gazetteer.stamps)


def test_a_place_that_no_layer_holds_is_refused() -> None:
    """None is invented: the message says how to find ids and how to add places."""
    with using(shipped_layers()), pytest.raises(GazetteerError, match="gazetteer find"):
        alias_for("Zelworth", "no-such-id")
    with pytest.raises(GazetteerError, match="no name"):
        alias_for("--", HAMRIN)


def test_a_project_keeps_its_aliases_and_gives_them_up(tmp_path: Path) -> None:
    """The last word on a name counts; what is taken away is gone, and taking it away twice is an error that lists the rest."""
    with open_project(tmp_path / "p", create=True) as project, using(shipped_layers()):
        assert aliases_of(project) == ()
        add_alias(project, alias_for("Zelworth", HAMRIN))
        add_alias(project, alias_for("Kirkuk", RAQQA))
        add_alias(project, alias_for("Zelworth", RAQQA))
        assert {a.name: a.place_id for a in aliases_of(project)} == {"kirkuk": RAQQA, "zelworth": RAQQA}
        remove_alias(project, "zelworth")
        with pytest.raises(StoreError, match="kirkuk"):
            remove_alias(project, "zelworth")
        remove_alias(project, "kirkuk")
        assert aliases_of(project) == ()
