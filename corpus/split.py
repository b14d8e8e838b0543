#!/usr/bin/env python3
"""Part reports into train, dev and test.

    python corpus/split.py FOLDER BUILT.jsonl...

Whole reports, and all reports of a set together; decided by a hash of the set's name (else the report's id), so that reports
that are added later move none of the others; a report that says its part itself goes there. Writes train.jsonl, dev.jsonl and
test.jsonl into FOLDER, in the order of the ids.
"""

import hashlib
import json
import sys
from pathlib import Path

SHARES = {"test": 0.18, "dev": 0.16}  # of the reports; the rest is for training


def part_of(key: str) -> str:
    """The part that reports with this key belong to."""
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") / 2**64
    for part, share in SHARES.items():
        if drawn < share:
            return part
        drawn -= share
    return "train"


def main(argv: list[str]) -> int:
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    lines = [line for path in argv[1:] for line in Path(path).read_text(encoding="utf-8").splitlines() if line]
    parts: dict[str, list[tuple[str, str]]] = {"train": [], "dev": [], "test": []}
    for line in lines:
        report = json.loads(line)
        parts[report.get("part") or part_of(report["set"] or report["id"])].append((report["id"], line))
    for part, found in parts.items():
        Path(argv[0], f"{part}.jsonl").write_text("".join(line + "\n" for _, line in sorted(found)), encoding="utf-8")
        print(f"{part}: {len(found)} reports, {sum(len(json.loads(line)['claims']) for _, line in found)} claims")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
