"""The report of a decision: who was judged by what, how it was judged, what was decided and why, A4 portrait."""

import re
from dataclasses import dataclass
from datetime import date

from kithwork.core.credentials.report import Table, tables_of
from kithwork.core.credentials.typesetting import Json, day, settle, typeset


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody said: `title` what it came to ('Yes'), `who` said it when, `words` in paragraphs."""

    title: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Voices:
    """What was said in one stage."""

    title: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What the report says. `finding` is the decision in a sentence, `rows` the rest in short: (what, which).
    `issued_on` is its date and the only time in the file.
    """

    body: str
    applicant: str
    organisation: str  # '' where a person applies
    scheme: str
    finding: str
    rows: tuple[tuple[str, str], ...]
    parts: tuple[Voices, ...]
    tables: tuple[Table, ...]  # of each the first column is short, the second takes what room there is
    issued_on: date


def decision_report(facts: DecisionFacts) -> bytes:
    """The report as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    Raises ValueError when a text that is needed is empty, or one is too long (names and cells 300, a paragraph 8,000
    characters).
    """
    by = f"{facts.organisation}. " if facts.organisation.strip() else ""
    parts: list[Json] = [
        {"title": _line(part.title), "voices": [_voice(one) for one in part.voices]}
        for part in facts.parts
        if part.voices
    ]
    return typeset(
        "decision.typ",
        {
            "body": settle(facts.body, 300, what="the awarding body's name"),
            "applicant": settle(facts.applicant, 300, what="the applicant's name"),
            "title": "Decision on " + settle(facts.scheme, 300, what="the scheme's name"),
            "below": settle(f"{by}{facts.body}. Made on {day(facts.issued_on)}.", 700, what="the names"),
            "finding": settle(facts.finding, 1_000, what="the finding"),
            "rows": [{"what": _line(what), "said": _line(said)} for what, said in facts.rows],
            "parts": parts,
            "tables": tables_of(facts.tables),
        },
        facts.issued_on,
    )


def _line(text: str) -> str:
    return settle(text, 500, what="a text") if text.strip() else "–"


def _voice(one: Voice) -> Json:
    found = [part for part in re.split(r"\n+", one.words) if part.strip()]
    words: list[Json] = [settle(part, 8_000, what="a paragraph") for part in found]
    return {"title": _line(one.title), "who": _line(one.who) if one.who else "", "words": words}
