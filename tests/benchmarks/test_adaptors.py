"""Each adaptor turns records into what its benchmark's scorer reads."""

from datetime import date

import msgspec
from adaptors import claims, entities, event_type, incidents, links, places, police
from adaptors.document import Document
from made_readings import TORBAL, Made

from dateline.events.scenes import incidents_of
from dateline.model import Claim, Event, EventFigure, Source


def test_entities_are_the_language_engines() -> None:
    """Offsets count characters of the text as it was given; the types are those of the benchmark."""
    text = "The Red Guard of Torbal burned two old depots on Monday, Colonel Karim Vell said."
    found = entities.answer(Document(id="d", text=text))
    assert found["id"] == "d"
    assert {(text[e["start"] : e["end"]], e["type"]) for e in found["entities"]} >= {
        ("two", "Quantity"),
        ("Monday", "Temporal"),
    }


def test_places_keep_unresolved_spans_and_add_no_coordinates() -> None:
    """A place that the gazetteer lacks is a span alone; a GeoNames number goes with its point."""
    made = Made("Shells fell on Torbal and on Upper Nowhere.")
    reading = made.reading(made.place("Upper Nowhere"), made.place("Torbal", TORBAL))
    assert places.toponyms_of(reading) == [
        {"start": 15, "end": 21, "lat": 4.5, "lon": -70.5, "geonameid": 9001},
        {"start": 29, "end": 42},
    ]


def test_claims_keep_an_unknown_date_of_publication_null() -> None:
    """`published` is the document's own, and evidence is given as pairs of offsets."""
    made = Made("Rebels shot a driver.")
    reading = made.reading(claims=(made.claim("Rebels shot a driver", event_type="attack_on_civilians", source=Source()),))
    line = msgspec.to_builtins(claims.claims_of(reading, Document(id="d1", text=made.text)))
    assert (line["id"], line["published"]) == ("d1", None)
    assert line["claims"][0]["evidence"] == [(0, 20)]
    assert line["claims"][0]["event"]


def event_of(claim: Claim, **more: object) -> Event:
    return Event(id="e-1", claims=(claim.id,), event_type=claim.event_type or "other", **more)  # type: ignore[arg-type]


def test_a_battle_between_armed_sides_is_no_incident_there() -> None:
    """The keys of MUC leave out clashes of soldiers and rebels, and what was denied."""
    made = Made("THE ARMY FOUGHT THE REBELS.")
    army = made.actor_ref("THE ARMY", "Army", "state_force")
    rebels = made.actor_ref("THE REBELS", "rebels", "armed_group", by="description")
    clash = made.claim("THE ARMY FOUGHT THE REBELS", event_type="armed_clash", initiator=(army,), target=(rebels,))
    denied = made.claim("THE ARMY FOUGHT", event_type="attack_on_civilians", certainty="denied")
    reading = made.reading(claims=(clash, denied))
    assert incidents.templates_of(reading, [event_of(clash), event_of(denied)]) == []


def test_a_report_goes_to_its_main_event_with_its_facts() -> None:
    """The event that the report is about gives cluster, date, city and casualties; what nobody says is left out."""
    made = Made("Two men were shot dead in Torbal on Friday. One died at the scene. Last year a shop was robbed.")
    first = made.claim("Two men were shot dead in Torbal on Friday", event_type="attack_on_civilians")
    second = made.claim("One died at the scene", event_type="attack_on_civilians")
    other = made.claim("a shop was robbed", event_type="robbery", background=True)
    killed = EventFigure(
        measure="killed", object="person", unit=None, of=None, low=2, best=2, high=2, rule="", claims=(first.id,)
    )
    day = date(2024, 5, 3)
    shooting = Event(
        id="e-1",
        claims=(first.id, second.id),
        event_type="attack_on_civilians",
        place=TORBAL,
        time_start=day,
        time_end=day,
        time_precision=1,
        figures=(killed,),
    )
    robbery = Event(id="e-2", claims=(other.id,), event_type="robbery")
    events = {first.id: shooting, second.id: shooting, other.id: robbery}
    main = links.main_event(incidents_of(made.reading(claims=(other, first, second))), events)
    facts = {"killed": 2, "wounded": 0, "date": "2024-05-03", "city": "Torbal"}
    assert links.line(Document(id=1, text=made.text), main, {}) == {"id": 1, "cluster": "e-1", "facts": facts}
    assert links.line(Document(id=1, text=made.text), None, {}) == {"id": 1}


def test_a_note_has_the_gravest_type_of_its_news() -> None:
    """Background and denied claims come last, a tally after an incident; a note with no claim is `other`."""
    made = Made("Police arrested ten. Shells hit a camp. No bomb went off.")
    arrest = made.claim("Police arrested ten", event_type="arrest")
    shelling = made.claim("Shells hit a camp", event_type="shelling")
    denied = made.claim("No bomb went off", event_type="bombing", certainty="denied")
    total = made.claim("Police arrested ten", kind="tally", event_type="attack_on_civilians")
    assert event_type.event_type_of(made.reading(claims=(arrest, shelling, denied, total))) == "shelling"
    assert event_type.event_type_of(made.reading(claims=(denied,))) == "bombing"
    assert event_type.event_type_of(made.reading()) == "other"


def test_police_labels_follow_claims_and_words() -> None:
    """Killing by police implies force; an arrest with nobody named is one by police; a killing by others is none."""
    made = Made("Police shot dead two rioters. Ten were arrested. Rioters killed a clerk. Officers stood by.")
    shot, arrest, clerk, idle = police.place_sentences(
        made.text, ["Police shot dead two rioters.", "Ten were arrested.", "Rioters killed a clerk.", "Officers  stood by."]
    )
    officers = made.actor_ref("Police", "police", "police", by="description")
    rioters = made.actor_ref("Rioters", "rioters", "people", by="description")
    reading = made.reading(
        made.actor("Police", "police", "police"),
        made.act("shot dead", "kill", "armed_clash", "killed"),
        made.act("killed", "kill", "armed_clash", "killed"),
        claims=(
            made.claim("Police shot dead two rioters", event_type="attack_on_civilians", initiator=(officers,)),
            made.claim("Ten were arrested", event_type="arrest"),
            made.claim("Rioters killed a clerk", event_type="attack_on_civilians", initiator=(rioters,)),
        ),
    )
    assert police.labels_of(reading, shot) == ["KILL", "FORCE", "ANY_ACTION"]
    assert police.labels_of(reading, arrest) == ["ARREST", "ANY_ACTION"]
    assert police.labels_of(reading, clerk) == []
    assert police.labels_of(reading, idle) == ["FAIL"]


def test_a_sentence_that_is_not_in_the_text_covers_nothing() -> None:
    """The sentences after it are still found."""
    assert [s.of("A b. C d.") for s in police.place_sentences("A b. C d.", ["A\n b.", "not there", "C d."])] == [
        "A b.",
        "",
        "C d.",
    ]


def test_links_read_the_headline_above_the_text() -> None:
    """It was published there; a text that has its headline keeps it once."""
    document = Document(id=1, title="Two dead in Torbal", text="Police are looking for a gunman.")
    assert links.answer(document).report.text == "Two dead in Torbal\n\nPolice are looking for a gunman."
    whole = Document(id=1, title="Two dead in Torbal", text="Two dead in Torbal\n\nPolice are looking for a gunman.")
    assert links.answer(whole).report.text == whole.text
