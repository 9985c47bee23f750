"""How an award stands, as a small picture for other people's web sites: plain SVG, no script, drawn anew each time."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from kithwork.core.credentials.typesetting import settle

STANDING_SIZE = WIDTH, HEIGHT = 320, 96  # pixels


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What the picture says. `word` is how it stands ('Valid until 3 March 2027'), `holds` whether that is good."""

    title: str
    holder: str
    body: str
    word: str
    holds: bool


def standing_picture(facts: StandingFacts) -> bytes:
    """The SVG. Its title says the same in words, for who cannot see it. Raises ValueError when a text is empty."""
    title, holder = settle(facts.title, 300, what="what is held"), settle(facts.holder, 300, what="the holder's name")
    body, word = settle(facts.body, 300, what="the awarding body's name"), settle(facts.word, 120, what="how it stands")
    colour = "#00625a" if facts.holds else "#942514"  # GOV.UK's dark green and red on white: contrast above 7
    lines = (
        (24, 13, "#3b2f63", "700", title, 42),
        (44, 12, "#1d1a26", "400", holder, 48),
        (62, 11, "#524d61", "400", f"Awarded by {body}", 52),
        (84, 12, colour, "700", word, 44),
    )
    texts = "".join(
        f'<text x="18" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(_cut(text, most))}</text>"
        for y, size, fill, weight, text, most in lines
    )
    said = escape(f"{title}: {holder}. {word}. Awarded by {body}.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-labelledby="t" font-family="system-ui, sans-serif"><title id="t">{said}</title>'
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" rx="8" fill="#fff" stroke="#3b2f63"/>'
        f'<rect x="1" y="8" width="6" height="{HEIGHT - 16}" fill="{colour}"/>{texts}</svg>'
    ).encode()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
