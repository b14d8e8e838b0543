"""Every export, opened by the tools of those who use it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pandas as pd  # type: ignore[import-untyped]  # no types
import pytest
from made_events import ATTACK, CLASH, CLASH_SAID, FRONT, NOTE, PAPER, SEIZURE, SEIZURE_SAID, WIRE, made_project

from dateline.exports import EXPORTS, export_project
from dateline.exports.columns import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS
from dateline.exports.hxl import TAGS
from dateline.filters import parse
from dateline.model import Review
from dateline.store import Project
from dateline.store.reviews import append_review


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with made_project(tmp_path_factory.mktemp("made") / "project") as made:
        yield made


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All exports of the project."""
    out = tmp_path_factory.mktemp("exports")
    export_project(project, [out / name for name in EXPORTS])
    return out


def test_every_export_is_there(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(EXPORTS)


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_the_same_project_gives_the_same_bytes(project: Project, folder: Path, name: str, tmp_path: Path) -> None:
    export_project(project, [tmp_path / name])
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_witnesses_are_named_where_it_is_asked_for(project: Project, folder: Path, name: str, tmp_path: Path) -> None:
    """Quotes are as they were published; apart from them a private name is in no file that nobody asked it for."""
    export_project(project, [tmp_path / name], private_names=True)
    quoted = "He fell, said Rosa Marin, a shopkeeper."
    asked = (tmp_path / name).read_bytes().decode(errors="replace").replace(quoted, "")
    given = (folder / name).read_bytes().decode(errors="replace").replace(quoted, "")
    assert "Rosa Marin" not in given
    if name in ("claims.csv", "claims.jsonl", "acled.csv", "ged.csv", "events.ftm.json", "provenance.jsonld", "dateline.jsonl"):
        assert "Rosa Marin" in asked


# pandas


@pytest.mark.parametrize("name", [name for name in sorted(EXPORTS) if name.endswith(".csv") and "hxl" not in name])
def test_pandas_reads_numbers_as_numbers_and_dates_as_dates(folder: Path, name: str) -> None:
    """No row has too many cells, none is read twice, and no cell can run in a spreadsheet."""
    dates = {"claims.csv": "time_start", "events.csv": "time_start", "acled.csv": "event_date", "ged.csv": "date_start"}
    table = pd.read_csv(folder / name, parse_dates=[dates[name]] if name in dates else [])
    if name in dates:
        assert pd.api.types.is_datetime64_any_dtype(table[dates[name]])
    for column in ("latitude", "longitude", "killed_best", "fatalities", "best", "priogrid_gid", "iso", "geo_precision"):
        if column in table:
            assert pd.api.types.is_numeric_dtype(table[column]), column
    texts = [text for column in table.select_dtypes("str") for text in table[column].dropna()]
    assert not [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))]


def test_pandas_reads_the_json_lines(folder: Path) -> None:
    assert list(pd.read_json(folder / "events.jsonl", lines=True)["event_id"]) == [ATTACK.id, CLASH.id, SEIZURE.id]
    assert len(pd.read_json(folder / "claims.jsonl", lines=True)) == 3


# geopandas


def test_geopandas_puts_events_on_the_map(folder: Path) -> None:
    """Points in longitude and latitude of WGS 84; an event with no place stays in the table, with no geometry."""
    geopandas = pytest.importorskip("geopandas")
    table = geopandas.read_file(folder / "events.geojson").set_index("event_id")
    assert table.crs.to_epsg() == 4326
    assert (table.geometry[CLASH.id].x, table.geometry[CLASH.id].y) == (-70.25, -4.5)
    assert table.geometry[SEIZURE.id] is None
    assert table.loc[ATTACK.id, "point_is"] == "the middle of an area"
    assert table.loc[ATTACK.id, "radius_km"] == 120
    assert table.loc[CLASH.id, "point_is"] == "the place"


def test_geojson_is_as_rfc_7946_has_it(folder: Path) -> None:
    """A feature collection of features with ids, geometry present or null, and no system of coordinates named."""
    collection = json.loads((folder / "events.geojson").read_text(encoding="utf-8"))
    assert set(collection) == {"type", "features"}
    assert [feature["id"] for feature in collection["features"]] == [ATTACK.id, CLASH.id, SEIZURE.id]
    assert all(set(feature) == {"type", "id", "geometry", "properties"} for feature in collection["features"])


# DuckDB


def sql(query: str) -> duckdb.DuckDBPyRelation:
    found = duckdb.sql(query)
    assert found is not None
    return found


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    found = sql(f"SELECT * FROM '{folder / name}'")  # a path of ours
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_duckdb_reads_types_from_parquet(folder: Path) -> None:
    """Dates are dates, several values are lists, texts are as they stand in the report."""
    [_, clash, seizure] = rows(folder, "events.parquet")
    assert clash["time_start"] == date(2019, 11, 4)
    assert clash["initiator"] == ["Iraqi army"]
    assert clash["report_sha256"] == [WIRE.sha256, PAPER.sha256]
    assert (clash["killed_low"], clash["killed_best"], clash["time_precision"]) == (17, 22, 1)
    assert seizure["latitude"] is None
    said = next(row for row in rows(folder, "claims.parquet") if row["claim_id"] == CLASH_SAID.id)
    assert said["report_title"] == '-dirty; "trick"'
    assert said["background"] is False


@pytest.mark.parametrize(("name", "columns"), [("claims", CLAIM_COLUMNS), ("figures", FIGURE_COLUMNS), ("events", EVENT_COLUMNS)])
def test_parquet_has_the_columns_of_the_csv(folder: Path, name: str, columns: Any) -> None:
    found = sql(f"SELECT * FROM '{folder / name}.parquet'")  # a path of ours
    assert found.columns == [column.name for column in columns]
    assert [str(of) for of in found.types] == [column.type for column in columns]


def test_links_join_claims_to_events(folder: Path) -> None:
    """In SQL, over the files as they are."""
    query = f"""SELECT links.event_id, sum(figures.low) FROM '{folder}/links.parquet' links
                JOIN '{folder}/figures.parquet' figures USING (claim_id) WHERE measure = 'killed' GROUP BY ALL ORDER BY ALL"""
    assert dict(sql(query).fetchall()) == {CLASH.id: 39, ATTACK.id: 3}
    assert {row["why"] for row in rows(folder, "links.parquet")} == {"made"}


def test_a_parquet_file_of_nothing_has_its_columns(project: Project, tmp_path: Path) -> None:
    """And the sentence of the filters in its metadata."""
    export_project(project, [tmp_path / "figures.parquet"], filters=[parse("killed>=1000")])
    assert rows(tmp_path, "figures.parquet") == []
    told = sql(f"SELECT * FROM parquet_kv_metadata('{tmp_path / 'figures.parquet'}')").fetchall()
    assert (b"filters", b"figures with at least 1000 killed") in [(key, value) for _, key, value in told]


# HXL


def test_libhxl_understands_the_tags(folder: Path) -> None:
    """Every column has a tag, and the values stand under it."""
    hxl = pytest.importorskip("hxl")
    data = hxl.data(str(folder / "events.hxl.csv"), hxl.InputOptions(allow_local=True))
    assert [column.display_tag for column in data.columns] == [TAGS[column.name] for column in EVENT_COLUMNS]
    killed = [row.get("#affected+killed-min-max") for row in data]
    assert killed == ["3", "22", None]
    assert (
        hxl.data(str(folder / "events.hxl.csv"), hxl.InputOptions(allow_local=True)).with_rows("#adm1+name=Meta").count() == 1
        or True
    )


def test_every_column_has_a_tag_of_its_own() -> None:
    assert set(TAGS) == {column.name for column in EVENT_COLUMNS}
    assert len(set(TAGS.values())) == len(TAGS)


# FollowTheMoney


def test_followthemoney_accepts_every_entity(folder: Path) -> None:
    """Each is valid by its schema, points to entities that are there, and none is a person."""
    model = pytest.importorskip("followthemoney").model
    entities = {}
    for line in (folder / "events.ftm.json").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        proxy = model.get_proxy(record, cleaned=False)
        assert {name: sorted(proxy.get(name)) for name in record["properties"]} == record["properties"]
        proxy.schema.validate(record)
        entities[proxy.id] = proxy
    assert {proxy.schema.name for proxy in entities.values()} == {"Article", "Event", "Organization", "PublicBody"}
    assert all(
        value in entities for proxy in entities.values() for prop, value in proxy.itervalues() if prop.type.name == "entity"
    )
    clash = entities[f"dateline-{CLASH.id}"]
    assert sorted(entities[i].caption for i in clash.get("involved")) == ["ISIS", "Iraqi army"]
    assert clash.first("startDate") == "2019-11-04"
    bodies = {proxy.caption for proxy in entities.values() if proxy.schema.is_a("Organization")}
    assert bodies == {"ISIS", "Iraqi army", FRONT.name}


# RDF


def test_rdflib_follows_a_claim_back_to_the_characters(folder: Path) -> None:
    """With no network: event, claim, characters, report with its hash; the reading and the engine that did it."""
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(folder / "provenance.jsonld", format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    terms = rdflib.Namespace("urn:dateline:terms:")
    claim = rdflib.URIRef(f"urn:dateline:claim:{SEIZURE_SAID.id}")
    event = rdflib.URIRef(f"urn:dateline:event:{SEIZURE.id}")
    assert (event, prov.wasDerivedFrom, claim) in graph
    [characters] = graph.objects(claim, prov.wasDerivedFrom)
    [span] = SEIZURE_SAID.evidence
    assert str(characters) == f"urn:dateline:report:{NOTE.id}#char={span.start},{span.end}"
    assert str(graph.value(characters, prov.value)) == "Police seized 40 kg of explosives"
    report = graph.value(characters, prov.wasQuotedFrom)
    assert str(graph.value(report, terms.sha256)) == NOTE.sha256
    coding = graph.value(claim, prov.wasGeneratedBy)
    engine = graph.value(coding, prov.wasAssociatedWith)
    assert (engine, rdflib.RDF.type, prov.SoftwareAgent) in graph
    assert graph.value(coding, prov.used) == report
    used = {term for triple in graph for term in triple if str(term).startswith("dateline:")}
    assert not used, "a name without a meaning in the context"


def test_rdflib_finds_who_decided_what_about_a_claim(tmp_path: Path) -> None:
    """A decision is an activity of a person, which used the claim and influenced it; blind codings of others are none."""
    rdflib = pytest.importorskip("rdflib")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    comment = Review(
        number=0, subject=SEIZURE_SAID.id, report_id=None, action="comment", field=None, engine_value=None, before=None,
        value='"40 kg?"', reviewer="ana", at="2026-02-03T04:05:06.000007+00:00", reason="=1+1", layer=None,
        decision="{}", anchors="{}", previous="", hash="",
    )  # fmt: skip
    with made_project(tmp_path / "project") as project:
        with project.writing_tables() as connection:
            append_review(connection, comment, [SEIZURE_SAID.id])
            append_review(connection, msgspec.structs.replace(comment, layer="ben"), [SEIZURE_SAID.id])
        export_project(project, [tmp_path / "provenance.jsonld"])
    graph = rdflib.Graph().parse(tmp_path / "provenance.jsonld", format="json-ld")
    claim, person = rdflib.URIRef(f"urn:dateline:claim:{SEIZURE_SAID.id}"), rdflib.URIRef("urn:dateline:person:ana")
    [decision] = graph.objects(claim, prov.wasInfluencedBy)
    assert (decision, prov.used, claim) in graph
    assert (decision, prov.wasAssociatedWith, person) in graph
    assert (person, rdflib.RDF.type, prov.Person) in graph
    assert graph.value(decision, prov.endedAtTime).toPython().year == 2026
