"""How one requirement stands, said in a sentence."""

from dataclasses import dataclass

from kithwork.core.journey import ItemPosition, ItemState
from kithwork.core.schemes import Stage, VisitStage
from kithwork.evidence.queries import ThreadEvent
from kithwork.web.service.doors import Seen
from kithwork.web.templatetags.kit import longdate


@dataclass(frozen=True, slots=True)
class Standing:
    """How the requirement stands, in one sentence and, where something was said, the words of it."""

    text: str
    kind: str  # of the kit's notice
    said: str = ""
    by: str = ""


def state_words(seen: Seen, stage: Stage, item: ItemPosition, events: list[ThreadEvent]) -> Standing | None:
    """What to read before anything else on a requirement's page; `stage` is where it is assessed."""
    assessor = seen.edition.words.assessor
    since = longdate(item.since)
    due = seen.position.stages[stage.id].due
    by_when = f" Send it by {longdate(due)}." if due and not seen.position.clock.stopped else ""
    last = next((e for e in reversed(events) if e.kind == item.state.value), None)
    said = (last.text, last.who) if last else ("", "")
    match item.state:
        case ItemState.SENT:
            return Standing(
                f"With your {assessor} since {since}. Nothing can be changed until there is feedback.", "info"
            )
        case ItemState.CONFIRMED:
            return Standing(f"Confirmed on {since}. Nothing more is needed.", "success", *said)
        case ItemState.RETURNED:
            return Standing(f"Your {assessor} asked for more on {since}.{by_when}", "warning", *said)
        case ItemState.BREACHED:
            return Standing(
                f"A document that you sent named somebody, or showed who they are. This was reported on {since}. "
                f"The document has been destroyed. Make a redacted copy, with every name down to one initial, "
                f"add it below and send it again.{by_when}",
                "error",
            )
        case ItemState.BLANK if isinstance(stage, VisitStage):
            shared = (
                "once the visit is arranged"
                if not seen.position.stages[stage.id].planned
                else "now that the visit is arranged"
            )
            return Standing(
                f"This is looked at during the visit. What you prepare here is shared with your {assessor} {shared}.",
                "info",
            )
        case _:
            return None
