"""What people say of an offering, what the body does about it, and hours that are written down by hand."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.courses.actions.seats import hold_one, log
from kithwork.courses.models import Feed, Feedback, FeedbackResponse, HoursRecord, Offering, Place
from kithwork.courses.queries import may_give_feedback
from kithwork.courses.questions import QUESTIONS, SCALE
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


@transaction.atomic
def give_feedback(
    *, place: Place, ratings: Mapping[str, int], by: User, now: datetime, helped: str = "", change: str = ""
) -> Feedback:
    """What one person says after the last part: every statement rated from 1 to 5, and two free answers.

    Raises Refused before the end of the last part, for anybody but the person, and a second time.
    """
    held = hold_one(place.offering)
    if by.pk != place.person_id:
        raise Refused("Only the person themselves can say this.")
    verdict = may_give_feedback(place, now)
    if not verdict:
        raise Refused(verdict)
    if set(ratings) != {question.id for question in QUESTIONS} or not set(ratings.values()) <= SCALE.keys():
        raise Refused("Answer every statement.")
    row = Feedback.objects.create(
        place=place,
        ratings=dict(ratings),
        helped=helped.strip(),
        change=change.strip(),
        given_on=timezone.localdate(now),
    )
    log(Act.COURSE_FEEDBACK_GIVEN, held, by.actor)
    return row


@transaction.atomic
def answer_feedback(*, offering: Offering, what: str, by: User, today: date) -> FeedbackResponse:
    """Record what the body changed because of the feedback."""
    if not what.strip():
        raise Refused("Say what you changed.")
    held = hold_one(offering)
    row = FeedbackResponse.objects.create(offering=held, what=what.strip(), on=today, by=by)
    log(Act.COURSE_FEEDBACK_ANSWERED, held, by.actor)
    return row


@transaction.atomic
def log_hours(
    *, person: User, day: date, hours: Decimal, what: str, kind: HoursRecord.Kind, today: date
) -> HoursRecord:
    """A person writes down hours of learning of their own. Raises Refused for a day to come, or more than a day has."""
    _sound(day, hours, what, today)
    row = HoursRecord.objects.create(person=person, day=day, hours=hours, what=what.strip(), kind=kind)
    write(act=Act.COURSE_HOURS_LOGGED, actor=person.actor, subject=f"user:{person.ref}", facts={"record": row.ref})
    return row


def _sound(day: date, hours: Decimal, what: str, today: date) -> None:
    if day > today:
        raise Refused("That day is still to come.")
    if not 0 < hours <= 24:
        raise Refused("Hours of one day are more than none and at most 24.")
    if not what.strip():
        raise Refused("Say what it was.")


@transaction.atomic
def change_hours(
    *, record: HoursRecord, day: date, hours: Decimal, what: str, kind: HoursRecord.Kind, today: date
) -> HoursRecord:
    """A person mends a line of their own hours. Raises Refused as `log_hours` does."""
    _sound(day, hours, what, today)
    record.day, record.hours, record.what, record.kind = day, hours, what.strip(), kind
    record.save(update_fields=["day", "hours", "what", "kind"])
    person = record.person
    write(act=Act.COURSE_HOURS_CHANGED, actor=person.actor, subject=f"user:{person.ref}", facts={"record": record.ref})
    return record


@transaction.atomic
def remove_hours(*, record: HoursRecord) -> None:
    """A person takes a line of their own hours out."""
    person = record.person
    HoursRecord.objects.filter(pk=record.pk).delete()
    write(act=Act.COURSE_HOURS_REMOVED, actor=person.actor, subject=f"user:{person.ref}", facts={"record": record.ref})


@transaction.atomic
def renew_feed(*, person: User, now: datetime) -> str:
    """A new secret for a person's calendar address; the one before stops working. The secret is told this once."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    Feed.objects.update_or_create(person=person, defaults={"token_digest": digest, "made_at": now})
    write(act=Act.COURSE_FEED_RENEWED, actor=person.actor, subject=f"user:{person.ref}")
    return token
