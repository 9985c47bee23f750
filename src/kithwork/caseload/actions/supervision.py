"""Support and supervision sessions with mentors."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import outcomes
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.mentors import present
from kithwork.caseload.models import Measure, Mentor, Supervision
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act


@transaction.atomic
def supervise(
    *,
    mentor: Mentor,
    on: date,
    face_to_face: bool,
    topics: Collection[Supervision.Topic],
    notes: str,
    wellbeing: str,
    learning: str,
    goes_on: bool | None,
    by: User,
    measured: Mapping[Measure, int] | None = None,
) -> Supervision:
    """Record a session (indicator 52), with whatever of the four topics was spoken of, and what the mentor answered on
    the service's scales, where they were asked (excellence 12). Writes the ledger.

    Raises Refused for a day to come, before the selection, when nothing was spoken of, or when the same person has
    recorded one for the same day already.
    """
    locked = present(mentor)
    if locked.accepted_on is None:
        raise Refused("Only somebody who has been selected is supervised.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if on < locked.accepted_on:
        raise Refused("This day is before the selection.")
    if not topics and not notes.strip():
        raise Refused("Say what was spoken of: a topic, or a note.")
    if Supervision.objects.filter(mentor=locked, on=on, by=by).exists():
        raise Refused("You have recorded a session on this day already.")
    chosen = [topic.value for topic in Supervision.Topic if topic in topics]
    row = Supervision.objects.create(
        mentor=locked,
        on=on,
        face_to_face=face_to_face,
        topics=chosen,
        notes=notes,
        wellbeing=wellbeing,
        learning=learning,
        goes_on=goes_on,
        by=by,
    )
    log(
        Act.CASELOAD_RECORDED,
        row,
        service=mentor.service,
        by=by,
        what="supervision",
        mentor=mentor.ref,
        on=on.isoformat(),
        topics=chosen,
    )
    if measured:
        outcomes.record(person=locked, values=measured, on=on, by=by, today=timezone.localdate())
    return row
