"""One case in the queue."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from kithwork.core.schemes import Edition
from kithwork.journeys.editions import edition_of
from kithwork.web.assessor.cards.slots import applicant_name
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate, state_tag, waited

if TYPE_CHECKING:
    from kithwork.journeys.models import Journey


def relative(day: date | None, today: date) -> str:
    """'in 3 days', 'today', '2 weeks late'."""
    if day is None:
        return ""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {waited(days)}" if days > 0 else f"{waited(-days)} late"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the queue, from the journey's row alone. Its words are finished, so that fifty rows stay quick."""

    href: str
    name: str
    under: str  # organisation, and the level aimed at
    clocks: tuple[StateTag, ...]
    stage: str
    count: int
    since: date | None
    due: date | None
    turn: SafeString  # the clocks as tags
    with_you: str
    since_words: str
    waited: str
    due_date: str
    due_words: str
    late: bool
    progress: str


@cache
def _tag(tag: StateTag) -> SafeString:
    return state_tag(tag)


YOU = StateTag("You", Kind.PURPLE)
APPLIES = {"service": "Service", "person": "Applicant"}
OTHERS = (
    (" officer ", StateTag("Awarding body", Kind.GREY)),
    (" panel ", StateTag("Panel", Kind.GREY)),
    (" chair ", StateTag("Panel", Kind.GREY)),
)
OVER = {
    "awarded": StateTag("Holds the award", Kind.GREEN),
    "suspended": StateTag("Suspended", Kind.RED),
    "expired": StateTag("Ended", Kind.GREY),
    "lapsed": StateTag("Lapsed", Kind.GREY),
    "refused": StateTag("Decided: no", Kind.GREY),
    "withdrawn": StateTag("Withdrawn", Kind.GREY),
    "closed": StateTag("Closed", Kind.GREY),
    "revoked": StateTag("Award withdrawn", Kind.GREY),
}


def _clocks(journey: "Journey", edition: Edition, today: date) -> tuple[StateTag, ...]:
    """Whose clock is running; for a case that is over, how it ended."""
    if journey.stopped:
        return (StateTag("Clock stopped", Kind.AMBER),)
    found = [YOU] if " assessor " in journey.waiting_on else []
    if " applicant " in journey.waiting_on:
        found.append(StateTag(APPLIES[edition.scheme.applicant], Kind.GREY))
    if not found:
        found = [tag for word, tag in OTHERS if word in journey.waiting_on]
    past = journey.valid_until is not None and journey.valid_until < today  # the row does not change on that day
    status = "expired" if past and journey.status in {"awarded", "suspended"} else journey.status
    return tuple(found) or ((OVER[status],) if status in OVER else ())


def case_row(journey: "Journey", today: date) -> CaseRow:
    edition = edition_of(journey.edition)
    clocks = _clocks(journey, edition, today)
    since = journey.oldest_sent
    due = journey.assessor_due or (None if journey.stopped else journey.next_due)
    yours_ = journey.assessor_due is not None
    whose = ""
    if due is not None and not yours_:
        whose = " (awarding body)" if due == journey.officer_due else f" ({APPLIES[edition.scheme.applicant].lower()})"
    organisation = journey.service.organisation.name if journey.service is not None else ""
    level = edition.level(journey.level).title if journey.level and len(edition.levels) > 1 else ""
    return CaseRow(
        href=reverse("case", args=[journey.ref]),
        name=applicant_name(journey),
        under=" · ".join(filter(None, (organisation, level))),
        clocks=clocks,
        stage=edition.stage(journey.stage).title if journey.stage else "",
        count=journey.to_assess,
        since=since,
        due=due,
        turn=SafeString(" ".join(_tag(tag) for tag in clocks)),
        with_you=str(journey.to_assess or "–"),
        since_words=longdate(since),
        waited=waited((today - since).days) if since else "",
        due_date=longdate(due),
        due_words=relative(due, today) + whose,
        late=yours_ and due is not None and due < today,
        progress=f"{journey.confirmed} of {journey.total}" if journey.total else "–",
    )
