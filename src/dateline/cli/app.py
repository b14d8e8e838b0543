"""The command group, and what becomes of errors."""

import errno
import os
import re
import sys
from typing import Any

import click

import dateline
from dateline.cli.audit import audit
from dateline.cli.checks import evaluate, stages
from dateline.cli.code import code
from dateline.cli.codebook import codebook
from dateline.cli.coders import agreement, gold
from dateline.cli.contradictions import contradictions
from dateline.cli.export import export
from dateline.cli.gazetteer import gazetteer
from dateline.cli.grade import grade
from dateline.cli.history import history
from dateline.cli.imports import import_
from dateline.cli.link import lineages, link
from dateline.cli.models import models, parse
from dateline.cli.options import INTERRUPTED
from dateline.cli.recode import recode
from dateline.cli.report import report
from dateline.cli.serve import accounts, serve
from dateline.cli.show import explain, show
from dateline.cli.tables import claims, events, figures
from dateline.cli.trends import timeline, trend
from dateline.errors import DatelineError


class Commands(click.Group):
    """A group that tells errors in one line (also the system's: disk full), and lists its commands in the order of work."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()  # a full disk shows itself when the last lines are written
            return done
        except DatelineError as e:
            self._tell(ctx, str(e))
        except OSError as e:
            if e.errno in {errno.EPIPE, errno.ENOSPC} and sys.stdout is sys.__stdout__:
                _give_output_up()
            if e.errno == errno.EPIPE:  # whoever reads the output has had enough; click ends quietly
                raise
            self._tell(ctx, f"{e.strerror or e}{f': {e.filename}' if e.filename else ''}")
        except KeyboardInterrupt:
            click.echo("dateline: interrupted", err=True)
            ctx.exit(INTERRUPTED)

    def _tell(self, ctx: click.Context, fault: str) -> None:
        """One line on standard error, whatever a library's message holds."""
        told = re.sub(r"\s*\n\s*", "; ", fault.strip())
        click.echo(f"dateline: {told}", err=True)
        ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _give_output_up() -> None:
    """What standard output did not take is not tried again when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(dateline.__version__, message="dateline %(version)s")
def main() -> None:
    """Reads conflict reporting into sourced claims and events: who did what to whom, when, where, and who says so.

    \b
    Examples:
      dateline code articles/                          read a folder of reports
      dateline claims --kind tally --actor ISIS        running totals about ISIS
      dateline show c-3f2a91bc                         a claim with its evidence
      dateline report -o report.html                   one page with map and texts
    """


for command in (
    code,
    link,
    codebook,
    claims,
    figures,
    events,
    contradictions,
    lineages,
    timeline,
    trend,
    show,
    explain,
    serve,
    accounts,
    report,
    export,
    import_,
    evaluate,
    gazetteer,
    stages,
    models,
    parse,
    recode,
    history,
    audit,
    grade,
    agreement,
    gold,
):
    main.add_command(command)
