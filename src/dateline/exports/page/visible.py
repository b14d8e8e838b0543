"""Hidden characters made visible in a page."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from dateline.hidden import code, is_hidden, name


def chips(text: str) -> Markup:
    """`text` as safe HTML in which hidden characters stand as labelled chips."""
    return Markup("").join(_pieces(text))


def _pieces(text: str) -> Iterator[Markup]:
    start = 0
    for at, character in enumerate(text):
        if is_hidden(text, at):
            yield escape(text[start:at])
            yield Markup('<span class="chip" title="{}">{}</span>').format(name(character), code(character))
            start = at + 1
    yield escape(text[start:])
