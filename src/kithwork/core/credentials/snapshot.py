"""A snapshot of what a service's records show of one requirement, as evidence: definitions, figures and a sample."""

from datetime import UTC, date

from kithwork.core.credentials.typesetting import Json, day, settle, typeset
from kithwork.core.readiness.answers import State
from kithwork.core.readiness.reducing import CheckFacts, Facts

STATES: dict[State, str] = {
    State.MET: "Met",
    State.AT_RISK: "Met, lapses soon",
    State.NOT_RECORDED: "Not recorded",
    State.NOT_MET: "Not met",
}
REDUCED = (
    "People are reduced to an initial and days to months. The rows were drawn by a fixed rule from all that were asked "
    "about; the service did not choose them."
)


def snapshot(facts: Facts, *, requirement: str, signed: str) -> bytes:
    """The snapshot as one PDF (PDF/UA-1 and PDF/A-2a, A4 portrait, en-GB); same facts, same bytes.

    `requirement` is the scheme's word for one; `signed` the words that were signed. Raises ValueError when a text is
    empty or too long (names 300, sentences 2,000 characters).
    """
    counted = facts.counted_at.astimezone(UTC)
    heading = f"{requirement[:1].upper()}{requirement[1:]} {facts.number}: {facts.title}"
    return typeset(
        "snapshot.typ",
        {
            "service": settle(facts.service, 300, what="the service's name"),
            "organisation": settle(facts.organisation, 300, what="the organisation's name"),
            "scheme": settle(f"{facts.scheme} ({facts.edition})", 300, what="the scheme's name"),
            "title": settle(heading, 400, what="the requirement"),
            "counted": f"Counted on {day(facts.at)} at {counted:%H:%M} UTC. Sample {facts.turn}.",
            "state": STATES[facts.state],
            "reduced": REDUCED,
            "signed": settle(signed, 1_000, what="what was signed"),
            "checks": [_check(one) for one in facts.checks],
        },
        facts.at,
    )


def period(first: date, last: date) -> str:
    """'2 March 2026 to 1 March 2027', or 'As it stood on 1 March 2027'."""
    return f"As it stood on {day(last)}" if first == last else f"{day(first)} to {day(last)}"


def sample_of(check: CheckFacts) -> str:
    """'6 of 60, drawn without choice', or how it is said where all are shown, or there are none."""
    shown = len(check.sample)
    if not shown:
        return "There is nothing to draw from."
    if shown >= check.total:
        return "All that was asked about is shown."
    return f"{shown} of {check.total:,}, drawn without choice."


def _check(check: CheckFacts) -> Json:
    rows: list[Json] = [
        {
            "who": settle(row.who, 300, what="a row"),
            "until": row.until or "–",
            "holds": "Holds" if row.holds else "Fails",
        }
        for row in check.sample
    ]
    return {
        "figure": settle(check.figure, 1_000, what="a figure"),
        "definition": settle(check.definition, 2_000, what="a definition"),
        "state": STATES[check.state] if check.state else "Nothing to ask about",
        "period": period(check.first, check.last),
        "says": sample_of(check),
        "dated": any(row.until for row in check.sample),
        "rows": rows,
    }
