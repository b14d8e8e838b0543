"""A codebook of a user's own, as YAML: read with every fault named by its line, and written.

    version: sahel-1                  # shown on report pages
    others: drop                      # Dateline's types that no line takes: keep (default) or drop
    event_types:                      # the gravest first
      - name: cattle_raid
        takes: [robbery, armed_clash]
        verbs: [rustle, steal ... cattle]
        words: [cattle raid]
      - {name: attack, label: attack or clash, takes: [armed_clash, bombing]}
      - arrest

`measures` and `objects` are lists of the same form; a list that is left out is Dateline's own.  PyYAML's own loader is used,
not the faster one in C: that one crashes on brackets nested deep enough, and codebooks are small.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dateline.errors import LexiconError
from dateline.lexicon.codebook import LISTS, Codebook, EventType, ListName, Rule, built_in
from dateline.lexicon.names import fold
from dateline.lexicon.phrases import is_phrase

LARGEST = 256 * 1024  # characters; the codebooks that people work with have some hundred lines
_MOST_TEXTS = 10_000
_SHOWN = 10  # faults told at once
_KEYS = ("version", "others", *LISTS)
_LINE_KEYS = ("name", "label", "takes", "verbs", "words")
_NOUNS: dict[ListName, str] = {"event_types": "event type", "measures": "measure", "objects": "object"}
_NAME = re.compile(r"[^\W\d_](?:[ -]?\w)*")


class _Line(NamedTuple):
    """A line of a list, and where it stands."""

    at: int
    rule: Rule
    label: str | None = None
    acled: str | None = None


Lines = Mapping[ListName, Sequence[_Line]]


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file.  Raises LexiconError with the file, the lines and the way out."""
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.stat().st_size <= 4 * LARGEST else " " * (LARGEST + 1)
    except FileNotFoundError:
        raise LexiconError(f"codebook {path}: no such file or folder") from None
    except UnicodeDecodeError as e:
        raise LexiconError(f"codebook {path}: byte {e.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as e:
        raise LexiconError(f"codebook {path} cannot be read: {e.strerror or e}") from e
    return parse_codebook(text, str(path))


def parse_codebook(text: str, file: str) -> Codebook:
    """The codebook in a text; `file` names it in LexiconError."""
    reader = _Reader()
    found = reader.codebook(_compose(text, file))
    if reader.faults or found is None:
        told = [f"line {at}: {fault}" for at, fault in sorted(reader.faults)[:_SHOWN]]
        more = len(reader.faults) - len(told)
        raise LexiconError(f"codebook {file}, " + "\n".join(told) + (f"\nand {more} more" if more else ""))
    return found


def codebook_yaml(book: Codebook) -> str:
    """The codebook as a file that reads as the same codebook: one to look at, and to begin one's own from."""
    written: dict[str, Any] = {"version": book.version, "others": "drop"}
    for of in LISTS:
        rules = {rule.name: rule for rule in book.rules.get(of, ())}
        written[of] = [_written(name, rules.get(name), book, of) for name in book.names(of)]
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True, default_flow_style=None, width=118)


def _written(name: str, rule: Rule | None, book: Codebook, of: ListName) -> str | dict[str, Any]:
    entry: dict[str, Any] = {"name": name}
    if of == "event_types":
        entry |= next({"label": t.label, "acled": t.acled} for t in book.event_types if t.name == name)
    elif name in book.labels:
        entry["label"] = book.labels[name]
    if rule:
        entry |= {key: list(getattr(rule, key)) for key in ("takes", "verbs", "words") if getattr(rule, key)}
    return entry if len(entry) > 1 else name


def _compose(text: str, file: str) -> yaml.Node:
    """The text's YAML, with the place of everything in it."""
    if len(text) > LARGEST:
        raise LexiconError(f"codebook {file} is larger than {LARGEST // 1024} KB, which no codebook is; is it the right file?")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        raise LexiconError(f"codebook {file}, line {mark.line + 1 if mark else 1}: not YAML: {e.problem}") from e
    except yaml.reader.ReaderError as e:
        at = text.count("\n", 0, e.position) + 1
        raise LexiconError(f"codebook {file}, line {at}: not YAML: the character U+{ord(text[e.position]):04X} in it") from e
    except RecursionError:
        raise LexiconError(f"codebook {file}, line 1: not YAML that can be read: brackets nested too deep") from None
    if node is None:
        raise LexiconError(f"codebook {file}, line 1: nothing in it; {_WAY_IN}")
    return node


_WAY_IN = f"a codebook lists {' or '.join(LISTS)}: see `dateline codebook show`"


class _Reader:
    """Reads the nodes of a file, and keeps every fault with its line, so that a user mends all at once."""

    def __init__(self) -> None:
        self.faults: set[tuple[int, str]] = set()
        self._texts_read = 0

    def codebook(self, root: yaml.Node) -> Codebook | None:
        """The codebook; None, or one that is not to be used, where there are faults."""
        if not isinstance(root, yaml.MappingNode):
            self._fault(root, f"not a codebook; {_WAY_IN}")
            return None
        keys = self._keys(root, _KEYS)
        lines: dict[ListName, list[_Line]] = {of: self._list(keys[of], of) for of in LISTS if of in keys}
        if not lines:
            self._fault(root, f"no list in it; {_WAY_IN}")
        version = self._text(keys["version"], "version") if "version" in keys else "own"
        drops = self._drops(keys["others"], lines) if "others" in keys else frozenset[ListName]()
        if self.faults:
            return None
        for of, some in lines.items():
            self._check_reach(some, of)
        return _codebook(version or "own", lines, drops)

    def _list(self, node: yaml.Node, of: ListName) -> list[_Line]:
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, f"{of} is not a list; begin each of its lines with a dash")
            return []
        if not node.value:
            self._fault(node, f"{of} has no entries; leave it out to keep Dateline's own")
        lines = [line for entry in node.value if (line := self._line(entry, of))]
        first: dict[str, _Line] = {}
        for line in lines:
            same = first.setdefault(_key(line.rule.name), line)
            if same is not line:
                self._say(line.at, f"{_NOUNS[of]} {line.rule.name} stands in line {same.at} already; rename one, or join them")
        return lines

    def _line(self, node: yaml.Node, of: ListName) -> _Line | None:
        if isinstance(node, yaml.ScalarNode):
            name = self._name(node, of)
            if name:
                self._check_known(node, name, of)
            return _Line(_at(node), Rule(name=name)) if name else None
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, f"neither a name nor a mapping with a name: write {{name: ..., takes: [...]}} for {_a(of)}")
            return None
        keys = self._keys(node, (*_LINE_KEYS, "acled") if of == "event_types" else _LINE_KEYS)
        if "name" not in keys:
            self._fault(node, f"{_a(of)} without a name")
            return None
        name = self._name(keys["name"], of)
        rule = Rule(
            name=name or "",
            takes=tuple(self._taken(keys["takes"], of)) if "takes" in keys else (),
            verbs=tuple(self._phrases_of(keys["verbs"], "verbs")) if "verbs" in keys else (),
            words=tuple(self._phrases_of(keys["words"], "words")) if "words" in keys else (),
        )
        label, acled = (self._text(keys[key], key) if key in keys else None for key in ("label", "acled"))
        if name and not keys.keys() & {"takes", "verbs", "words"}:
            self._check_known(keys["name"], name, of)
        return _Line(_at(keys["name"]), rule, label, acled) if name else None

    def _check_known(self, node: yaml.Node, name: str, of: ListName) -> None:
        """A fault where a bare name is none of Dateline's: no claim could ever have it."""
        own = built_in().names(of)
        if name not in own:
            lacks = "the line says neither what it takes nor by which verbs or words it is known"
            self._fault(node, f"Dateline has no {_NOUNS[of]} {name}, and {lacks}{_near(name, own)}")

    def _check_reach(self, lines: Sequence[_Line], of: ListName) -> None:
        """A fault where a line takes what another takes whole: it would never be given that."""
        owner: dict[str, _Line] = {}
        for line in lines:
            for taken in line.rule.takes if not line.rule.worded else ():
                if owner.setdefault(taken, line) is not line:
                    self._say(line.at, f"{taken} is taken by {owner[taken].rule.name} in line {owner[taken].at} already")
        for line in lines:
            taker = owner.get(line.rule.name)
            if taker and taker is not line and not line.rule.takes and not line.rule.worded:
                self._say(
                    line.at, f"{line.rule.name} is taken by {taker.rule.name} in line {taker.at}; take it out here or there"
                )

    def _drops(self, node: yaml.Node, lines: Lines) -> frozenset[ListName]:
        """The lists whose other names are dropped."""
        if isinstance(node, yaml.MappingNode):
            keys = self._keys(node, LISTS)
            for of in keys.keys() - lines.keys():
                self._fault(keys[of], f"others says what becomes of other {of}, and the file does not list {of}")
            return frozenset(of for of in LISTS if of in keys and self._drop(keys[of]))
        return frozenset(lines) if self._drop(node) else frozenset()

    def _drop(self, node: yaml.Node) -> bool:
        if not isinstance(node, yaml.ScalarNode) or node.value not in ("keep", "drop"):
            self._fault(node, "others is keep or drop")
        return bool(node.value == "drop")

    def _taken(self, node: yaml.Node, of: ListName) -> Iterator[str]:
        own = built_in().names(of)
        for entry, name in self._texts(node, "takes"):
            if name not in own:
                self._fault(entry, f"Dateline has no {_NOUNS[of]} {name!r}{_known(name, own)}")
            yield name

    def _phrases_of(self, node: yaml.Node, key: str) -> Iterator[str]:
        for entry, phrase in self._texts(node, key):
            if not is_phrase(phrase):
                self._fault(entry, f"{phrase!r} is no phrase; it begins and ends with a word, as in 'set ... on fire'")
            yield phrase

    def _name(self, node: yaml.Node, of: ListName) -> str | None:
        name = self._text(node, "name")
        if name is not None and (not _NAME.fullmatch(name) or len(name) > 60 or not _key(name)):
            self._fault(
                node, f"{name!r} is no name for {_a(of)}: up to 60 letters, digits, _, - and single blanks, a letter first"
            )
            return None
        return name

    def _texts(self, node: yaml.Node, key: str) -> Iterator[tuple[yaml.Node, str]]:
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, f"{key} is not a list; put it in brackets: {key}: [...]")
            return
        if not node.value:
            self._fault(node, f"{key} has no entries; leave it out, or fill it")
        for entry in node.value:
            self._texts_read += 1
            if self._texts_read > _MOST_TEXTS:  # aliases make many of few characters
                self._fault(entry, f"more than {_MOST_TEXTS:,} names and phrases")
                return
            text = self._text(entry, key)
            if text is not None:
                yield entry, text

    def _text(self, node: yaml.Node, key: str) -> str | None:
        """The text of a node, one line of it that can be shown anywhere."""
        if not isinstance(node, yaml.ScalarNode):
            self._fault(node, f"{key} is not a text")
        elif node.tag != "tag:yaml.org,2002:str":
            self._fault(node, f"{key} is not a text but {node.value or 'nothing'}; put it in quotation marks")
        elif not node.value.strip() or not node.value.isprintable():
            self._fault(node, f"{key} is empty, or has line breaks or invisible characters in it")
        else:
            return str(node.value).strip()
        return None

    def _keys(self, node: yaml.MappingNode, known: Sequence[str]) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "[...]"
            if name not in known:
                self._fault(key, f"no key {name!r}{_known(name, known)}")
            elif name in found:
                self._fault(key, f"{name} stands twice here")
            else:
                found[name] = value
        return found

    def _fault(self, node: yaml.Node, says: str) -> None:
        self._say(_at(node), says)

    def _say(self, at: int, says: str) -> None:
        self.faults.add((at, says))


def _at(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _a(of: ListName) -> str:
    return f"an {_NOUNS[of]}" if _NOUNS[of][0] in "eo" else f"a {_NOUNS[of]}"


def _key(name: str) -> str:
    """A name as filters compare it."""
    return fold(name.replace("_", " "))


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.lower(), list(known), n=1, cutoff=0.7)
    return f"; did you mean {near[0]}?" if near else ""


def _known(name: str, known: Sequence[str]) -> str:
    return f"{_near(name, known) or '.'} Known: {', '.join(known)}"


def _codebook(version: str, lines: Lines, drops: frozenset[ListName]) -> Codebook:
    """The lists as the project will have them: those of the file, and of Dateline's own what is kept."""
    own = built_in()
    names = {of: _names(of, lines[of], of not in drops) if of in lines else own.names(of) for of in LISTS}
    return Codebook(
        version=version,
        event_types=tuple(_event_types(names["event_types"], lines.get("event_types", ()))),
        measures=names["measures"],
        objects=names["objects"],
        units=own.units,
        labels={
            line.rule.name: line.label for of in LISTS if of != "event_types" for line in lines.get(of, ()) if line.label
        },
        rules={
            of: rules for of, some in lines.items() if (rules := tuple(x.rule for x in some if x.rule.takes or x.rule.worded))
        },
    )  # fmt: skip


def _names(of: ListName, lines: Sequence[_Line], keep: bool) -> tuple[str, ...]:
    """Names of Dateline's that other lines take whole are gone, those that are taken by words alone can still be met."""
    listed = [line.rule.name for line in lines]
    gone = {taken for line in lines if not line.rule.worded for taken in line.rule.takes}
    kept = [name for name in built_in().names(of) if name not in gone and name not in listed]
    return (*listed, *(kept if keep else ()))


def _event_types(names: Sequence[str], lines: Sequence[_Line]) -> Iterator[EventType]:
    own = {t.name: t for t in built_in().event_types}
    by_name = {line.rule.name: line for line in lines}
    for name in names:
        line, known = by_name.get(name), own.get(name)
        like = known or next((own[taken] for taken in (line.rule.takes if line else ())), None)
        yield EventType(
            name=name,
            label=(line and line.label) or (known.label if known else name.replace("_", " ")),
            acled=(line and line.acled) or (like.acled if like else "Other"),
        )
