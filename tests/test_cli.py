"""The command line: what it prints, where, and with which exit status."""

import csv
import io
import os
import re
import shlex
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dateline
from dateline.cli import main
from dateline.model import (
    ActorRef,
    Claim,
    Event,
    Figure,
    Interval,
    Place,
    PlaceRef,
    Reading,
    Source,
    Span,
    claim_id,
    event_id,
    report_of,
)
from dateline.store import open_project
from dateline.terminal.words import visible

TEXT = (
    "Police in Kirkuk arrested two suspects on Monday.\n\n"
    "More than 155 [bold]militants[/bold] were killed, \x1b[2Jsaid an army spokesman."
)
KIRKUK = Place(id="1", name="Kirkuk", kind="settlement", lat=35.5, lon=44.4, country="IQ", admin1="Kirkuk")
SRC = {"PYTHONPATH": str(Path(dateline.__file__).parents[1])}
ARREST, TOLL = Span(0, 49), Span(51, len(TEXT))


def reading() -> Reading:
    """A report with an arrest and a running total, made by hand."""
    report = report_of(
        TEXT, title="Two held in Kirkuk", publisher="Tigris Wire", published=date(2019, 11, 6), published_from="given"
    )
    arrest = Claim(
        id=claim_id(report.id, "incident", (ARREST,)), report_id=report.id, kind="incident", event_type="arrest",
        initiator=(ActorRef(name="Iraqi police", kind="police", words="Police", span=Span(0, 6)),),
        places=(PlaceRef(words="Kirkuk", span=Span(10, 16), place=KIRKUK),),
        time=Interval(span=Span(39, 48), words="on Monday", start=date(2019, 11, 4), end=date(2019, 11, 4), precision="day"),
        figures=(_figure(2, 2, "arrested", "person", Span(26, 38)),), evidence=(ARREST,), summary="arrest in Kirkuk",
    )  # fmt: skip
    toll = Claim(
        id=claim_id(report.id, "tally", (TOLL,)), report_id=report.id,
        kind="tally", event_type="armed_clash", certainty="alleged",
        figures=(_figure(155, None, "killed", "militant", Span(51, 65)),), evidence=(TOLL,),
        source=Source(role="army spokesman", organisation="=army", type="military"), summary="toll",
    )  # fmt: skip
    return Reading(report=report, claims=(arrest, toll))


def _figure(best: float, high: float | None, measure: str, counted: str, span: Span) -> Figure:
    return Figure(
        low=best, best=best, high=high, measure=measure, object=counted, unit=None, of=None, part_of=None,
        words=span.of(TEXT), span=span,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> str:
    """A project that holds `reading()` and the event of its arrest."""
    made = reading()
    arrest = made.claims[0]
    event = Event(
        id=event_id(arrest.id), claims=(arrest.id,), event_type="arrest", initiator=("Iraqi police",), place=KIRKUK,
        time_start=date(2019, 11, 4), time_end=date(2019, 11, 4), time_precision=1, sources=1, lineages=1, summary="arrest",
    )  # fmt: skip
    folder = tmp_path / "project"
    with open_project(folder, create=True) as opened:
        opened.save([made])
        opened.replace_events([event])
    return str(folder)


def run(*arguments: str, columns: int = 200) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": str(columns)})


def test_claims_are_listed_with_what_is_shown_in_words(project: str) -> None:
    """The sentence says what the filters let through; the table shows just that, with bounds and source."""
    done = run("claims", "-p", project, "--kind", "tally", "--source", "military")
    assert done.exit_code == 0
    assert done.output.startswith("tallies, told by military sources: 1\n")
    assert "≥ 155 killed" in done.output
    assert "army spokesman" in done.output
    assert "alleged" in done.output
    assert "arrest" not in done.output


def test_filters_that_are_wrong_end_with_one_line(project: str) -> None:
    """An unknown value is told with the known ones, on standard error, without a traceback."""
    done = run("claims", "-p", project, "--kind", "rumour")
    assert done.exit_code == 1
    assert done.stderr == "dateline: no kind 'rumour'. Known: incident, tally, assessment, forecast\n"
    assert done.stdout == ""
    assert "Near it: Iraqi police" in run("events", "-p", project, "--actor", "iraqi polic").stderr


def test_a_date_filter_says_what_it_left_out(project: str) -> None:
    """A claim without a date is neither before nor after; the reader is told that there is one."""
    done = run("claims", "-p", project, "--since", "2019-11")
    assert "Kirkuk" in done.output
    assert "without a date, and left out: 1" in done.output


def test_words_of_reports_cannot_steer_the_terminal(project: str) -> None:
    """Markup and escape sequences of a report are printed as characters."""
    done = run("show", "-p", project, reading().report.id[:8])
    assert "[bold]militants[/bold]" in done.output
    assert "\x1b" not in done.output
    assert "\ufffd[2Jsaid" in done.output


@pytest.mark.parametrize("words", ["a\r\nb", "a\x1b[0m", "\u202eabc", "plain\ttext\n", "سلام\u200cها"])
def test_visible_words_keep_their_length(words: str) -> None:
    """Offsets of evidence hold in what is shown, and nothing in it moves the cursor or turns the direction."""
    shown = visible(words)
    assert len(shown) == len(words)
    assert not re.search(r"[\r\x1b\u202e]", shown)


def test_show_marks_and_numbers_the_claims_of_a_report(project: str) -> None:
    """Each piece of evidence is followed by the number that its claim has in the table."""
    done = run("show", "-p", project, reading().report.id)
    assert "suspects on Monday.[1]" in done.output
    assert "army spokesman.[2]" in done.output
    assert "[1] c-" in done.output
    assert "Two held in Kirkuk · Tigris Wire · 2019-11-06" in done.output


def test_show_takes_the_beginning_of_an_id(project: str) -> None:
    """A claim by the id that tables print: its fields and the paragraph that says it."""
    arrest = reading().claims[0]
    done = run("show", "-p", project, arrest.id[:10])
    assert done.exit_code == 0
    assert "Iraqi police" in done.output
    assert "Police in Kirkuk arrested two suspects on Monday." in done.output
    assert "155" not in done.output


def test_show_an_event_with_its_claims(project: str) -> None:
    """An event by its id: what, where, when, and the claims that tell of it."""
    done = run("show", "-p", project, event_id(reading().claims[0].id))
    assert "1 source, 1 independent" in done.output
    assert "Kirkuk, IQ" in done.output
    assert reading().claims[0].id[:10] in done.output


def test_show_refuses_what_is_not_there(project: str) -> None:
    """An id that names nothing ends with one line."""
    done = run("show", "-p", project, "c-000000")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("dateline: no report, claim or event")


def test_csv_of_a_table_is_safe_for_spreadsheets(project: str) -> None:
    """The filtered rows, in the columns of the export; a cell that a spreadsheet could run is made harmless."""
    done = run("claims", "-p", project, "--kind", "tally", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["kind"] == "tally"
    assert "'=army" in row.values()


def test_tables_can_be_written_to_files(project: str, tmp_path: Path) -> None:
    """`-o` writes what would be printed, as a table too."""
    for format_ in ("table", "csv", "jsonl"):
        target = tmp_path / f"figures.{format_}"
        done = run("figures", "-p", project, "--format", format_, "-o", str(target))
        assert (done.exit_code, done.output) == (0, "")
        assert "155" in target.read_text(encoding="utf-8")


def test_tables_make_the_folder_that_they_are_written_to(project: str, tmp_path: Path) -> None:
    """In every form, as `export` and `report` do; where that cannot be done, one line says why."""
    for format_ in ("table", "csv"):
        target = tmp_path / format_ / "new" / "claims.txt"
        assert run("claims", "-p", project, "-f", format_, "-o", str(target)).exit_code == 0
        assert "Kirkuk" in target.read_text(encoding="utf-8")
        beneath_a_file = run("claims", "-p", project, "-f", format_, "-o", str(target / "x"))
        assert (beneath_a_file.exit_code, beneath_a_file.stderr.count("\n")) == (1, 1)
        assert "cannot be written" in beneath_a_file.stderr


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("table", ["claims", "figures", "events"])
def test_a_narrow_terminal_breaks_no_words(table: str, columns: int, project: str) -> None:
    """Where a table would cut words in two, its rows are lists of names and values, and no line is too long."""
    done = run(table, "-p", project, columns=columns)
    assert max(map(len, done.output.splitlines())) <= columns
    assert {"arrest" if table == "events" else "arrested", "Kirkuk", "2019-11-04"} <= set(done.output.replace(",", " ").split())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and /dev/full of POSIX systems")
@pytest.mark.parametrize("arguments", [["claims"], ["claims", "-f", "csv"], ["figures", "-f", "jsonl"], ["stages"]])
def test_output_that_nobody_takes_ends_without_a_traceback(arguments: list[str], project: str) -> None:
    """A closed pipe (`| head`) ends in silence, a full disk with one line."""
    command = [sys.executable, "-m", "dateline", *arguments, *([] if arguments == ["stages"] else ["-p", project])]
    kept_back = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # as in a user's shell
    piped = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept_back)
    assert piped.stdout is not None
    piped.stdout.close()
    _, said = piped.communicate(timeout=60)
    assert said == ""
    if Path("/dev/full").exists():
        with open("/dev/full", "w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=kept_back)
        assert (done.returncode, done.stderr) == (1, "dateline: No space left on device\n")


def test_export_names_what_it_wrote(project: str, tmp_path: Path) -> None:
    """Several files in one go, counted; a wrong name writes none of them."""
    out = tmp_path / "out"
    done = run("export", "-p", project, "--to", str(out / "claims.csv"), "--to", str(out / "events.jsonl"))
    assert done.exit_code == 0
    assert f"{out / 'claims.csv'}: 2 rows" in done.output
    assert f"{out / 'events.jsonl'}: 1 row" in done.output
    wrong = run("export", "-p", project, "--to", str(out / "figures.csv"), "--to", "claims.xml")
    assert wrong.exit_code == 1
    assert "no export 'claims.xml'. Known: acled.csv, " in wrong.stderr
    assert not (out / "figures.csv").exists()


def test_report_writes_one_page(project: str, tmp_path: Path) -> None:
    """The page is written and its numbers are said."""
    page = tmp_path / "report.html"
    done = run("report", "-p", project, "-o", str(page))
    assert done.output == f"{page}: 1 report, 2 claims, 1 event\n"
    assert "Two held in Kirkuk" in page.read_text(encoding="utf-8")


def test_a_project_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Looking at a project never makes one; the way to make one is said."""
    done = run("claims", "-p", str(tmp_path / "none"))
    assert done.exit_code == 1
    assert "dateline code" in done.stderr
    assert not (tmp_path / "none").exists()


def test_code_reads_what_it_can_and_names_the_rest(tmp_path: Path) -> None:
    """One good report, one that is empty, one file of another kind: exit status 1, and each is accounted for."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Police in Kirkuk arrested two suspects on Monday.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"PK")
    project = str(tmp_path / "project")
    done = run("code", str(folder), "-p", project, "--published", "2019-11-06", "--jobs", "1")
    assert done.exit_code == 1
    assert done.stdout.startswith("1 report coded, 1 not read;")
    assert "left out, of other kinds:" in done.stdout
    assert re.fullmatch(r"not read: .*empty\.txt: .*\n", done.stderr)
    again = run("code", str(folder / "good.txt"), "-p", project, "--jobs", "1")
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.startswith("0 reports coded, 1 there already;")
    assert "2019-11-04" in run("claims", "-p", project).output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--published", "03/11/2019"], "not an ISO date"),
        (["--column", "text"], "'text' is not FIELD=NAME"),
        (["--column", "colour=red"], "colour"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_wrong_usage_of_code_exits_2(options: list[str], says: str, tmp_path: Path) -> None:
    """Wrong options are usage errors and make no project."""
    done = run("code", "x.txt", "-p", str(tmp_path / "p"), *options)
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "p").exists()


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped run exits 130 with the line that says that the same command goes on."""
    from dateline.runners import local

    def stopped(*_: object, **__: object) -> None:
        raise local.CodingStopped("stopped; 3 reports were coded. The same command goes on from here")

    monkeypatch.setattr(local, "code_project", stopped)
    done = run("code", "x.txt", "-p", str(tmp_path))
    assert done.exit_code == 130
    assert "The same command goes on from here" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("entry", [["-m", "dateline"], ["-c", "from dateline.__main__ import main; main()"]])
def test_ctrl_c_while_starting_is_one_line(entry: list[str], tmp_path: Path) -> None:
    """A real SIGINT that comes while the first part is being imported ends the program as later ones do: 130, no traceback."""
    (tmp_path / "click.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, *entry], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "dateline: interrupted\n")


def test_the_program_starts_at_the_entry_that_minds_ctrl_c() -> None:
    """`dateline` as installed is `python -m dateline`, and importing the package loads no more than the entry needs."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"dateline": "dateline.__main__:main"}
    code = "import sys, dateline.__main__; print(sorted(m for m in sys.modules if m in ('typing', 'click', 'msgspec', 'enum')))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=os.environ | SRC)
    assert done.stdout == "[]\n"


def test_the_nouns_can_be_asked_for() -> None:
    """Every promised name is there, though the records are loaded late; another is an AttributeError as of any module."""
    assert all(getattr(dateline, name) is not None for name in dateline.__all__)
    assert dateline.Claim is Claim
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # noqa: B018  # type: ignore[attr-defined]


def test_every_help_has_an_example() -> None:
    """`--help` of every command shows how it is called."""
    for name in (None, *main.commands):
        done = run(*([name] if name else []), "--help")
        assert done.exit_code == 0
        assert re.search(rf"Examples?:\n +dateline {name or 'code'}", done.output), name


def test_the_examples_of_every_help_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As printed, each gets as far as its files or its project, which are not there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").touch()
    for name in main.commands:
        examples = re.findall(rf"^ +dateline ({name}\b.*?)(?: > \S+)?$", run(name, "--help").output, re.MULTILINE)
        assert examples, name
        for example in examples:
            # tests stay off the internet, and open no workbench that would wait for somebody
            if example.startswith("gazetteer fetch") or "--new" in example or "--certificate" in example:
                continue
            said = run(*shlex.split(example)).stderr
            told = "no Dateline project in|nothing to read|holds no coded report|no such file or folder|No such file"
            assert name in ("stages", "models", "codebook", "gazetteer") or re.search(told, said), example


def test_version_and_module() -> None:
    """`python -m dateline --version` is the package's version."""
    done = subprocess.run([sys.executable, "-m", "dateline", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"dateline {dateline.__version__}\n"


def test_help_loads_nothing_heavy() -> None:
    """`--help` answers at once: neither the database nor the HTML reader nor the drawing of tables is loaded for it."""
    heavy = ("sqlalchemy", "trafilatura", "rich", "jinja2", "yaml")
    code = f"import sys, dateline.cli; print([m for m in {heavy} if m in sys.modules])"
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "[]\n"
    assert time.perf_counter() - begun < 5, "importing the command line alone takes seconds"


def test_stages_are_listed_in_order() -> None:
    """The table of contents of the engine, from its own declaration."""
    done = run("stages")
    assert done.exit_code == 0
    assert done.output.index("split_sentences") < done.output.index("assemble_claims")
