"""One line for people, built from the fields of a claim."""

from dateline.lexicon.codebook import codebook
from dateline.model import Claim, Figure


def summarise(claim: Claim) -> str:
    """ "alleged armed clash: Iraqi forces -> ISIS; 22 killed (militant); Anbar; last week (Abdul Wahab al-Saadi)"."""
    parts = [_head(claim)]
    parts += [figure_caption(f) for f in claim.figures]
    if claim.places:
        parts.append(", ".join(" ".join(p.words.split()) for p in claim.places))
    if claim.time:
        parts.append(" ".join(claim.time.words.split()))
    speaker = claim.source.speaker or claim.source.organisation or claim.source.role
    return "; ".join(parts) + (f" ({speaker})" if speaker else "")


def _head(claim: Claim) -> str:
    label = next((t.label for t in codebook().event_types if t.name == claim.event_type), claim.event_type or "")
    words = [
        w
        for w in (claim.certainty if claim.certainty != "stated" else "", claim.kind if claim.kind != "incident" else "", label)
        if w
    ]
    if claim.kind == "assessment":
        words = [w for w in (claim.certainty if claim.certainty != "stated" else "", "assessment", claim.stance or "") if w]
    sides = " -> ".join(filter(None, (", ".join(r.name for r in claim.initiator), ", ".join(r.name for r in claim.target))))
    about = f" of {claim.about}" if claim.about else ""
    return " ".join(words) + about + (f": {sides}" if sides else "")


def figure_caption(figure: Figure) -> str:
    """ "22 killed (militant)", "155 or more killed (militant)", "50 kg seized (explosive_material)"."""
    return f"{quantity_caption(figure)} {figure.measure} ({figure.object})"


def quantity_caption(figure: Figure) -> str:
    """The bounds in words: "22", "155 or more", "about 30", "at most 10", "24 to 99"."""
    low, best, high = (_number(x) for x in (figure.low, figure.best, figure.high))
    unit = f" {figure.unit}" if figure.unit else ""
    if low and high:
        return (low if low == high else f"{low} to {high}") + unit
    if low:
        return f"{low} or more{unit}"
    if high:
        return f"{'up to' if best else 'fewer than'} {high}{unit}"
    return f"about {best}{unit}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,g}"
