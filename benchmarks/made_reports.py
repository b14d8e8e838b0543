"""Reports made up from templates with a fixed seed, to load the machinery with: nothing in them happened."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2019, 11, 3)
PUBLISHERS = ("River Post", "Highland Wire", "The Daily Beacon")
PLACES = ("Mosul", "Kirkuk", "Baqubah", "Deir ez-Zor", "Gao", "Maiduguri", "Kharkiv", "Tumaco", "Marawi", "Sittwe")
FORCES = ("army troops", "police", "border guards", "soldiers of the 4th Brigade", "security forces")
GROUPS = ("ISIS", "Boko Haram", "gunmen", "insurgents", "the rebels")
SPEAKERS = ("Colonel Amadou Bello, a spokesman for the army", "police chief Rosa Marin", "a local official", "two witnesses")
ACTS = (
    "{Forces} killed {few} militants of {group} near {place} on {day}, {speaker} said.",
    "{Group} attacked a checkpoint in {place} on {day}, killing {few} soldiers and wounding {many}, according to {speaker}.",
    "{Forces} destroyed {few} tunnels and seized {many} rockets in {place} on {day}.",
    "A roadside bomb went off in a market of {place} on {day}; at least {few} civilians were killed.",
    "{Forces} arrested {few} suspects in {place} on {day}, {speaker} told reporters.",
    "An air strike on {place} killed about {many} fighters of {group} on {day}, {speaker} said.",
)
REST = (
    "More than {many} people have been killed in {place} since the beginning of the year.",
    "Analysts say that {group} is growing stronger in the countryside.",
    "{Speaker} denied that any civilian was hurt.",
    "{Forces} will launch a new operation around {place} next month, {speaker} said.",
    "Shops in {place} stayed closed for the rest of the week.",
    "The report could not be confirmed by other sources.",
)


def make_text(dice: random.Random, day: date) -> str:
    """A headline and some paragraphs about one or two acts."""
    lines = [f"Violence in {dice.choice(PLACES)}"]
    for _ in range(dice.randint(2, 5)):
        acts = [_sentence(dice, ACTS, day) for _ in range(dice.randint(1, 2))]
        lines.append(" ".join(acts + [_sentence(dice, REST, day) for _ in range(dice.randint(0, 2))]))
    return "\n\n".join(lines) + "\n"


def _sentence(dice: random.Random, templates: tuple[str, ...], day: date) -> str:
    words = {"place": dice.choice(PLACES), "few": dice.randint(2, 9), "many": dice.randint(10, 90)}
    words["day"] = (day - timedelta(days=dice.randint(0, 4))).strftime("%A")
    for name, choices in (("forces", FORCES), ("group", GROUPS), ("speaker", SPEAKERS)):
        words[name] = dice.choice(choices)
        words[name.capitalize()] = str(words[name])[0].upper() + str(words[name])[1:]
    return dice.choice(templates).format(**words)


def write_reports(folder: Path, count: int, *, seed: int = 7) -> None:
    """`count` reports: four in five as texts with a side file, the others as lines of one table; a copy of one under another
    name, and a file that is no text."""
    dice = random.Random(seed)  # made-up reports are no secret
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number % 140)
        known = {"title": f"Made report {number}", "publisher": dice.choice(PUBLISHERS), "published": day.isoformat()}
        text = make_text(dice, day)
        if number % 5 == 4:
            rows.append(json.dumps({**known, "text": text}))
            continue
        (folder / f"made-{number:04}.txt").write_text(text, encoding="utf-8")
        side = "".join(f"{name}: {json.dumps(value)}\n" for name, value in known.items())
        (folder / f"made-{number:04}.meta.yaml").write_text(side, encoding="utf-8")
    (folder / "table.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "zz-copy.txt").write_bytes((folder / "made-0000.txt").read_bytes())
    (folder / "zz-damaged.txt").write_bytes(b"\x00\x01\x02 no text")
