"""Reviews with the mentee: four questions, what follows, with whom it is shared (indicators 41, 44)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import links, outcomes
from kithwork.caseload.actions.following import not_to_come
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import running_now
from kithwork.caseload.models import Consent, Match, Measure, OneTimeLink, Review
from kithwork.caseload.queries.consents import may
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail


class With(StrEnum):
    """With whom a review is shared."""

    MENTOR = "mentor"
    REFERRER = "referrer"


@transaction.atomic
def record(
    *,
    match: Match,
    on: date,
    mentor_there: bool,
    achieved: Review.Degree,
    aims: str,
    goes_on: bool,
    needed: bool,
    of_service: str,
    outcome: str,
    how: str,
    by: User,
    today: date,
    measured: Mapping[Measure, int] | None = None,
) -> Review:
    """A review that staff held with the mentee: the four answers, and what follows; and what they answered on the
    service's scales, where they were asked. Writes the ledger.

    Raises Refused without an outcome, when the match does not run, or when the day is before the introduction or still
    to come.
    """
    fresh = running_now(match, today)
    not_to_come(on, today)
    if fresh.introduced_on is not None and on < fresh.introduced_on:
        raise Refused("A review comes after the introduction.")
    if not outcome.strip():
        raise Refused("Say what follows from the review, be it only that all goes on as it is.")
    row = Review.objects.create(
        match=match,
        on=on,
        mentor_there=mentor_there,
        achieved=achieved,
        aims=aims,
        goes_on=goes_on,
        needed=needed,
        of_service=of_service,
        outcome=outcome,
        how=how,
        by=by,
    )
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, on=on.isoformat())
    if measured:
        outcomes.record(person=match.mentee, values=measured, on=on, by=by, today=today)
    return row


@transaction.atomic
def ask(*, match: Match, by: User, now: datetime, today: date) -> OneTimeLink:
    """Send the mentee a link to the four questions. Raises Refused without an address, or when it does not run."""
    running_now(match, today)
    if not match.mentee.email:
        raise Refused("There is no e-mail address for them. Ask the four questions yourself.")
    link, token = links.make(
        service=match.service, purpose=OneTimeLink.Purpose.REVIEW, now=now, by=by, side="mentee", match=match
    )
    links.send(
        link=link,
        service=match.service,
        kind=Mail.REVIEW_ASKED,
        email=match.mentee.email,
        path=f"/link/{token}/review/",
    )
    return link


@transaction.atomic
def give(
    *,
    link: OneTimeLink,
    achieved: Review.Degree,
    aims: str,
    goes_on: bool,
    needed: bool,
    of_service: str,
    now: datetime,
    today: date,
    measured: Mapping[Measure, int] | None = None,
) -> Review:
    """The mentee's own answers by their link, which is spent; and how things are with them, where they say so. Tells
    staff. Writes the ledger.
    """
    match = link.match
    assert match is not None  # the door opens links of this purpose with their match
    links.spend(link=link, now=now)
    running_now(match, today)
    row = Review.objects.create(
        match=match,
        on=today,
        achieved=achieved,
        aims=aims,
        goes_on=goes_on,
        needed=needed,
        of_service=of_service,
        how="by their own link",
    )
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=None, match=match.ref)
    if measured:
        outcomes.record(person=match.mentee, values=measured, on=today, by=None, today=today)
    tell(
        kind=Mail.REVIEW_GIVEN,
        to=[match.looks_after or match.proposed_by],
        organisation=match.service.organisation,
        path=f"/run/{match.service.slug}/matches/{match.ref}/reviews/{row.ref}/",
        about=match.service.name,
    )
    return row


@transaction.atomic
def conclude(*, review: Review, match: Match, outcome: str, by: User) -> Review:
    """Say what follows from answers that came by link. Writes the ledger. Raises Refused when somebody has already."""
    if not outcome.strip():
        raise Refused("Say what follows from the review, be it only that all goes on as it is.")
    if not Review.objects.filter(pk=review.pk, outcome="").update(outcome=outcome.strip()):
        raise Refused("Somebody has said already what follows from this review.")
    log(Act.CASELOAD_CHANGED, review, service=match.service, by=by, match=match.ref, fields=["outcome"])
    review.refresh_from_db()
    return review


@transaction.atomic
def share(*, review: Review, match: Match, whom: With, by: User, today: date) -> Review:
    """Share what was said with the mentor, who then sees it on their desk, or note that the referrer was told.

    Raises Refused where the mentee has not agreed to that, or does no longer. Writes the ledger.
    """
    if not may(match.mentee, Consent.Kind.REVIEWS, today):
        raise Refused("The mentee has not agreed that feedback from reviews is shared. Ask them first.")
    field = f"{whom}_shared_on"
    if not Review.objects.filter(pk=review.pk, **{f"{field}__isnull": True}).update(**{field: today}):
        raise Refused("This was shared with them already.")
    log(Act.CASELOAD_CHANGED, review, service=match.service, by=by, match=match.ref, shared=whom.value)
    review.refresh_from_db()
    return review
