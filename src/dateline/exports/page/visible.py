"""Hidden characters made visible in a page."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from dateline.hidden import code, hidden_places, name


def chips(text: str) -> Markup:
    """`text` as safe HTML in which hidden characters stand as labelled chips."""
    return Markup("").join(_pieces(text))


def _pieces(text: str) -> Iterator[Markup]:
    start = 0
    for at in hidden_places(text):
        yield escape(text[start:at])
        yield chip(text[at])
        start = at + 1
    yield escape(text[start:])


def chip(character: str) -> Markup:
    """A hidden character as a label."""
    return Markup('<span class="chip" title="{}">{}</span>').format(name(character), code(character))
