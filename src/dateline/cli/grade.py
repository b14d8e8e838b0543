"""`dateline grade`: how far a source is trusted, and a claim believed."""

import click

from dateline.cli.options import project_option
from dateline.cli.signed import reviewer_option

SOURCES = "ABCDEF"


@click.command()
@click.argument("name", metavar="ID")
@click.argument("grade", metavar="GRADE", type=click.Choice([*SOURCES, *"123456"], case_sensitive=False))
@project_option
@click.option("--reason", metavar="TEXT", help="Why.")
@reviewer_option
def grade(name: str, grade: str, project: str, reason: str | None, reviewer: str) -> None:
    """Grade a source from A to F, or a claim from 1 to 6, as the Admiralty did.

    A reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged. 1 confirmed by other sources, 2 probably
    true, 3 possibly, 4 doubtful, 5 improbable, 6 cannot be judged. Until a person grades them all are F and 6.

    ID is a claim (for its credibility), or for a letter a source's id, as s-91bc, or a claim: then its source is meant.

    \b
    Examples:
      dateline grade c-3f2a91bc 2 --reason "seen by two reporters"
      dateline grade c-3f2a91bc B --reason "the hospital's own count"
    """
    from dateline.reviews import GradeClaim, GradeSource, decide
    from dateline.reviews.decisions import Decision, from_json
    from dateline.store import open_project
    from dateline.store.keys import source_key

    letter = grade.upper()
    with open_project(project) as opened:
        decision: Decision
        if letter in SOURCES:
            source = name if name.startswith("s-") else source_key(opened.claim(opened.find(name).id).claim.source)
            decision = from_json(f'{{"action":"grade_source","source":"{source}","grade":"{letter}"}}')
        else:
            decision = from_json(f'{{"action":"grade_claim","claim":"{opened.find(name).id}","grade":{int(letter)}}}')
        decided = decide(opened, decision, reviewer=reviewer, reason=reason)
    subject = decision.source if isinstance(decision, GradeSource) else decision.claim if isinstance(decision, GradeClaim) else ""
    click.echo(f"{subject} is graded {letter}: review {decided.number}")
