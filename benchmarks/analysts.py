"""Twenty analysts at one project: locust's users read, review, undo; at the end every review must be in the log, under its maker.

    dateline serve --project big --port 8765 &
    locust -f benchmarks/analysts.py --headless -u 20 -r 5 -t 5m --host http://127.0.0.1:8765 --csv analysts

Each user takes claims from a part of the queue of its own and, one time in five, from everybody's: there two may meet, and the
second must be refused (409), never lost or crossed.  The check at the end reads the history: every number that a user was given
must be there once, with that user's reason.  Without `--auth` all reviews have one signature, so the reason names the user.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from locust import HttpUser, between, events, task

CLAIM = re.compile(r'data-claim="(c-[0-9a-f]+)" data-report="([0-9a-f]+)"\s+data-revision="(\d+)"')
TOKEN = re.compile(r'name="dateline-token" content="([^"]*)"')
_NUMBERS: Iterator[int] = count(1)
acknowledged: dict[int, tuple[str, str]] = {}  # number of the review -> (reason, claim)
HTML = {"accept": "text/html"}


class Analyst(HttpUser):
    """Reads the queue, opens a claim with its text, decides; now and then looks at history and events."""

    wait_time = between(0.5, 2.0)

    def on_start(self) -> None:
        self.name = f"analyst {next(_NUMBERS)}"
        self.token = ""
        self.claims: list[tuple[str, str, int]] = []
        self._queue()

    @task(10)
    def review(self) -> None:
        """Open the next claim and accept it, or correct its certainty."""
        if not self.claims:
            self._queue()
        if not self.claims:
            return
        claim, report, revision = self.claims.pop(0)
        self.client.get(f"/claims/{claim}/card", name="/claims/[id]/card", headers=HTML)
        self.client.get(f"/reports/{report}/text", name="/reports/[id]/text", headers=HTML)
        n = len(acknowledged)
        decision: dict[str, Any] = {"action": "accept", "claim": claim}
        if n % 5 == 0:
            decision = {"action": "correct", "claim": claim, "field": "certainty", "value": "alleged"}
        self._decide(decision, claim, revision)

    @task(1)
    def undo(self) -> None:
        """Take one of one's own reviews back."""
        own = [number for number, (reason, _) in list(acknowledged.items()) if reason.startswith(f"{self.name} accept")]
        if own:
            self._decide({"action": "undo", "number": own[-1]}, acknowledged[own[-1]][1], None)

    @task(2)
    def look(self) -> None:
        """History, reports, events."""
        for path in ("/history", "/reports", "/events"):
            self.client.get(path, headers=HTML)

    def _queue(self) -> None:
        page = self.client.get("/queue", headers=HTML).text
        found = TOKEN.search(page)
        self.token = found[1] if found else ""
        rows = [(claim, report, int(revision)) for claim, report, revision in CLAIM.findall(page)]
        own = [row for row in rows if hash(row[0]) % 5 == hash(self.name) % 5]
        self.claims = own or rows

    def _decide(self, decision: dict[str, Any], claim: str, revision: int | None) -> None:
        reason = f"{self.name} {decision['action']} {claim}"
        body = {"decision": decision, "reason": reason, "based_on": {} if revision is None else {claim: revision}}
        with self.client.post(
            "/api/decisions",
            json=body,
            headers={"x-dateline-token": self.token},
            name=f"decide {decision['action']}",
            catch_response=True,
        ) as answer:
            if answer.status_code == 200:
                acknowledged[answer.json()["number"]] = (reason, claim)
            elif answer.status_code in (409, 422):  # another was first, or has undone it: refused, as it must be
                answer.success()


@events.test_stop.add_listener  # type: ignore[untyped-decorator]
def check(environment: Any, **_: Any) -> None:
    """Every review that was acknowledged is in the history, once, with its own reason."""
    import httpx

    found: dict[int, str] = {}
    before: int | None = None
    with httpx.Client(base_url=environment.host, timeout=60) as client:
        while True:
            page = client.get("/history", params={"before": before} if before else {}, headers=HTML).text
            rows = re.findall(r'<tr id="r(\d+)"(.*?)</tr>', page, re.DOTALL)
            for number, row in rows:
                told = re.search(r"analyst \d+ \w+ c-[0-9a-f]+", row)
                found[int(number)] = told[0] if told else ""
            if 'rel="next"' not in page or not rows:
                break
            before = int(rows[-1][0])
    lost = [number for number in acknowledged if number not in found]
    crossed = [number for number, (reason, _) in acknowledged.items() if number in found and found[number] != reason]
    print(
        f"acknowledged {len(acknowledged)}, lost {len(lost)}, crossed {len(crossed)}, "
        f"failures {environment.stats.total.num_failures}"
    )
    if lost or crossed or environment.stats.total.num_failures:
        environment.process_exit_code = 1
