"""The words of this room: how a mentor stands, what is missing, what vetting is worth."""

from datetime import date

from kithwork.caseload.queries.mentors import Standing, VettingOutcome
from kithwork.core.service import MISSING_WORDS, Cleared, Vetted
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate

STANDS = {
    Standing.APPLIED: StateTag("Applied", Kind.PURPLE),
    Standing.TRAINING: StateTag("In training", Kind.PURPLE),
    Standing.MISSING: StateTag("Something missing", Kind.AMBER),
    Standing.READY: StateTag("Ready", Kind.GREEN),
    Standing.MATCHED: StateTag("Matched", Kind.BLUE),
    Standing.PAUSED: StateTag("Away", Kind.GREY),
    Standing.LEFT: StateTag("Left", Kind.GREY),
    Standing.NOT_SELECTED: StateTag("Not selected", Kind.GREY),
}
# what the list's filter offers, in the order of the road
FILTERS = (
    ("here", "All who are here"),
    ("applied", "Applied"),
    ("training", "In training"),
    ("ready", "Ready for a match"),
    ("room", "With room for a match"),
    ("matched", "Matched"),
    ("paused", "Away"),
    ("lacking", "Something missing"),
    ("vetting", "Vetting ends or has ended"),
    ("champions", "Champions"),
    ("feedback", "Not selected, feedback to give"),
    ("not-selected", "Not selected"),
    ("left", "Left"),
    ("all", "Everybody"),
)


def missing(cleared: Cleared, most: int = 99) -> str:
    """'references, vetting'; '' when nothing is; beyond `most`, '... and 6 more'."""
    words = [MISSING_WORDS[what] for what in cleared.missing]
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"


def vetting_words(state: Vetted, until: date | None) -> str:
    """How vetting stands, in a few words and with its day."""
    day = longdate(until)
    match state:
        case Vetted.UNNEEDED:
            return "None needed"
        case Vetted.NEVER:
            return "No outcome yet"
        case Vetted.UNSUITABLE:
            return "May not mentor"
        case Vetted.CLEAR:
            return f"Until {day}" if until else "Clear"
        case Vetted.ENDING:
            return f"Ends {day}: renew"
        case Vetted.GRACE:
            return f"Ended {day}: in grace"
        case Vetted.LAPSED:
            return f"Ended {day}"


def outcome_words(outcome: str) -> str:
    """A check's outcome as it stands on the record."""
    return {
        VettingOutcome.ASKED: "asked for, no outcome yet",
        VettingOutcome.CLEAR: "may mentor",
        VettingOutcome.UNSUITABLE: "may not mentor",
    }[VettingOutcome(outcome)]
