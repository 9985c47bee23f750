"""Rows of several kinds as one page that needs nothing else: no style sheet, no script, no site."""

from collections.abc import Iterable, Iterator

from django.utils.html import escape

Line = tuple[str, str]  # what, and what is said of it
Kind = tuple[str, Iterable[Iterable[Line]]]  # a heading, and its rows

_STYLE = """body{font:1.1rem/1.5 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
dl{border-top:1px solid;padding-top:.5rem;display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem}
dt{font-weight:bold}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
@media(max-width:30rem){dl{display:block}dd{margin-bottom:.5rem}}"""


class Beside(str):
    """What is said is the path of a file that lies beside the page, which then links to it."""

    __slots__ = ()


def readable(
    title: str, lead: Iterable[str], kinds: Iterable[Kind], after: str = "", last: Iterable[str] = ()
) -> Iterator[str]:
    """The page, line by line. `lead` are paragraphs above the rows, `last` a list below them, headed `after`."""
    yield "<!doctype html>"
    yield '<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(title)}</h1>"
    for paragraph in lead:
        yield f"<p>{escape(paragraph)}</p>"
    for heading, rows in kinds:
        yield f"<h2>{escape(heading)}</h2>"
        for row in rows:
            lines = "".join(f"<dt>{escape(upper(what))}</dt><dd>{_said(said)}</dd>" for what, said in row)
            yield f"<dl>{lines}</dl>"
    if after:
        yield f"<h2>{escape(after)}</h2><ul>"
        for one in last:
            yield f"<li>{escape(upper(one))}.</li>"
        yield "</ul>"
    yield "</body></html>"


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _said(said: str) -> str:
    return f'<a href="{escape(said)}">{escape(said)}</a>' if isinstance(said, Beside) else escape(said)
