#!/usr/bin/env python3
"""Makes `lexicon/en/rarity.yaml`: in how many documents a word stands, by classes.

    python scripts/build_rarity.py [--treebank gum-train.conllu.gz]

Counted in the train part of Dateline's own corpus and, where it is at hand, in the permitted genres of the GUM treebank
(training/README.md).  The words that are `usual` in such reports are kept from the file as it is: they are chosen by hand.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "dateline" / "lexicon" / "en" / "rarity.yaml"
CLASSES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48)  # a word in more documents than the last is as common as it
HEAD = """\
# In how many of `documents` texts a word stands, by classes: what two reports share tells the more the rarer it is (read by
# events/signs.py).  Made by scripts/build_rarity.py; a word that is not here stands in one text at most.  `usual` words are
# rare in general and in every report of such acts; they are chosen by hand.
"""


def texts(treebank: Path | None) -> Iterator[str]:
    """The documents that words are counted in."""
    for line in (ROOT / "corpus" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield f"{row['title'] or ''} {row['text']}"
    if treebank:
        documents = gzip.decompress(treebank.read_bytes()).decode().split("# newdoc")
        yield from (" ".join(re.findall(r"^# text = (.*)$", document, re.MULTILINE)) for document in documents[1:])


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebank", type=Path)
    args = parser.parse_args(argv)
    holders: Counter[str] = Counter()
    documents = 0
    for text in texts(args.treebank):
        documents += 1
        holders.update({w for w in re.findall(r"[a-z]+(?:['-][a-z]+)*", text.lower().replace("’", "'")) if len(w) > 2})
    classes: dict[int, list[str]] = defaultdict(list)
    for word, count in sorted(holders.items()):
        if count >= CLASSES[0]:
            classes[max(c for c in CLASSES if c <= count)].append(word)
    usual = yaml.safe_load(TARGET.read_text(encoding="utf-8"))["usual"]
    body = {"documents": documents, "usual": usual, "found_in": {c: " ".join(classes[c]) for c in CLASSES}}
    TARGET.write_text(HEAD + yaml.safe_dump(body, sort_keys=False, width=150), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {sum(map(len, classes.values()))} words of {documents} documents", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
