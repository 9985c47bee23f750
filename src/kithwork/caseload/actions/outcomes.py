"""Measuring what changes for people: taking up a scale and leaving it off, and what people answered, day by day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Measure, Measurement, Mentee, Mentor, OneTimeLink
from kithwork.caseload.queries.outcomes import Whose, current
from kithwork.core.service.outcomes import TEMPLATES, Scale, Template
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

__all__ = ["Template", "ask", "give", "leave_off", "record", "take_up", "take_up_ready_made"]


@transaction.atomic
def take_up_ready_made(*, service: Service, whose: Measure.Whose, template: Template, by: User, today: date) -> Measure:
    """Measure by one of the scales that are offered, from a day on. See `take_up`."""
    return take_up(service=service, whose=whose, scale=TEMPLATES[template], by=by, today=today)


@transaction.atomic
def take_up(*, service: Service, whose: Measure.Whose, scale: Scale, by: User, today: date) -> Measure:
    """Measure mentees or mentors by a scale, from a day on. Its wording never changes: figures would not compare.

    Writes the ledger. Raises Refused when its span is none, or one of the same name is in use for the same people.
    """
    lowest, highest = scale.span
    if highest <= lowest:
        raise Refused("The highest figure must be above the lowest.")
    named = Measure.objects.filter(service=service, whose=whose, name__iexact=scale.name)
    if named.filter(Q(ended_on=None) | Q(ended_on__gt=today)).exists():
        raise Refused(f"‘{scale.name}’ is in use for {whose.label} already.")
    row = Measure.objects.create(
        service=service,
        whose=whose,
        name=scale.name,
        question=scale.question,
        lowest=lowest,
        highest=highest,
        low_means=scale.low_means,
        high_means=scale.high_means,
        better_low=scale.better_low,
        questions=list(scale.questions),
        options=list(scale.options),
        begun_on=today,
    )
    log(Act.CASELOAD_RECORDED, row, service=service, by=by, whose=whose.value, lowest=lowest, highest=highest)
    return row


@transaction.atomic
def leave_off(*, measure: Measure, service: Service, by: User, today: date) -> Measure:
    """Measure by it no longer, from that day on; its figures stay. Writes the ledger. Raises Refused when it ended."""
    if not Measure.objects.filter(pk=measure.pk, ended_on=None).update(ended_on=today):
        raise Refused("This measure is no longer in use.")
    log(Act.CASELOAD_ENDED, measure, service=service, by=by)
    measure.refresh_from_db()
    return measure


@transaction.atomic
def record(
    *, person: Mentee | Mentor, values: Mapping[Measure, int], on: date, by: User | None, today: date
) -> list[Measurement]:
    """What a person was measured at on a day; of several on one day the last counts, and the others stay as well.

    Writes the ledger, without the figures. Raises Refused for a day to come or before they came, a figure outside the
    scale, nothing at all, and somebody who was erased.
    """
    came = person.applied_on if isinstance(person, Mentor) else person.came_on
    if person.erased_at is not None:
        raise Refused("This person's details were erased. Nothing more is kept about them.")
    if not values:
        raise Refused("Answer at least one question.")
    if on > today:
        raise Refused("This day is still to come.")
    if on < came:
        raise Refused("This day is before they came to the service.")
    if any(not measure.lowest <= value <= measure.highest for measure, value in values.items()):
        raise Refused("A figure lies outside its scale.")
    whose = Whose.MENTOR if isinstance(person, Mentor) else Whose.MENTEE
    rows = [
        Measurement.objects.create(measure=measure, on=on, value=value, by=by, **{whose.value: person})
        for measure, value in values.items()
    ]
    measures = sorted(measure.ref for measure in values)
    log(
        Act.CASELOAD_RECORDED,
        person,
        service=person.service,
        by=by,
        step="measured",
        on=on.isoformat(),
        measures=measures,
    )
    return rows


@transaction.atomic
def ask(*, person: Mentee | Mentor, by: User, now: datetime, mail: bool) -> str:
    """A link by which somebody says how things are, once; the one before stops working. Gives its path.

    `mail` sends it. Writes the ledger. Raises Refused when they have left, nothing is measured, or there is no address.
    """
    whose = Whose.MENTOR if isinstance(person, Mentor) else Whose.MENTEE
    if person.left_on is not None or person.erased_at is not None:
        raise Refused("This person has left.")
    if mail and not person.email:
        raise Refused("No e-mail address is on record.")
    if not current(person.service, whose, timezone.localdate(now)):
        raise Refused(f"The service measures nothing of {whose.label} yet.")
    about: dict[str, Any] = {whose.value: person}
    link, token = links.make(service=person.service, purpose=OneTimeLink.Purpose.MEASURES, now=now, by=by, **about)
    path = f"/link/{token}/measures/"
    if mail:
        links.send(link=link, service=person.service, kind=Mail.MEASURES_ASKED, email=person.email, path=path)
    return path


@transaction.atomic
def give(*, link: OneTimeLink, values: Mapping[Measure, int], now: datetime, today: date) -> list[Measurement]:
    """What somebody says by their own link, which is spent. Writes the ledger. Raises Refused as `record` does."""
    person = link.mentor or link.mentee
    assert person is not None  # the door opens links of this purpose with their person
    links.spend(link=link, now=now)
    return record(person=person, values=values, on=today, by=None, today=today)
