"""Assessors asked, declared, and their appointments ended."""

from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.journey import ActKind, Entry, EntryKind, Status
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.journeys.actions.recording import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation


@transaction.atomic
def ask_assessor(*, journey: Journey, assessor: User, by: User, today: date) -> Appointment:
    """Ask an assessor to take a journey; it counts once they have declared no conflict. Raises Refused when as many
    as the edition lets judge one journey are live, this one is among them, or they may not judge it.
    """
    Journey.objects.select_for_update().get(pk=journey.pk)
    if Status(journey.status).is_over:
        raise Refused("This journey has ended.")
    live = Appointment.objects.filter(journey=journey, state__in=Appointment.LIVE)
    if live.filter(assessor=assessor).exists():
        raise Refused("This assessor is appointed, or has been asked, already.")
    most = edition_of(journey.edition).most_assessors
    if live.count() >= most:
        raise Refused(
            "An assessor is appointed, or has been asked, already."
            if most == 1
            else f"{most} assessors are appointed, or have been asked, already."
        )
    if Appointment.objects.filter(journey=journey, assessor=assessor, state=Appointment.State.CONFLICT).exists():
        raise Refused("This assessor has declared a conflict of interest on this journey.")
    if journey.person_id == assessor.pk:
        raise Refused("Nobody assesses their own application.")
    if journey.service and journey.service.organisation.memberships.filter(user=assessor).exists():
        raise Refused("This assessor belongs, or belonged, to the organisation that applies.")
    appointment = Appointment.objects.create(journey=journey, assessor=assessor, asked_by=by, asked_on=today)
    write(
        act=Act.JOURNEY_ASSESSOR_ASKED,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts={"assessor": assessor.ref},
    )
    return appointment


@transaction.atomic
def declare(*, appointment: Appointment, conflict: bool, wording: str, today: date) -> Appointment:
    """The assessor's answer. Without a conflict the appointment counts from now, and the journey says so."""
    locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if locked.state == Appointment.State.ENDED:
        raise Refused("This request was taken back.")
    if locked.state != Appointment.State.ASKED:
        raise Refused("You have answered this request already.")
    locked.state = Appointment.State.CONFLICT if conflict else Appointment.State.APPOINTED
    locked.declared_on = today
    locked.declaration = wording
    locked.save(update_fields=["state", "declared_on", "declaration"])
    write(
        act=Act.JOURNEY_ASSESSOR_DECLARED,
        actor=appointment.assessor.actor,
        subject=f"journey:{appointment.journey.ref}",
        organisation=appointment.journey.edition.body.ref,
        facts={"conflict": conflict},
    )
    if not conflict:
        record(
            journey=appointment.journey,
            entries=[Entry(today, EntryKind.APPOINTED, Role.OFFICER)],
            by=appointment.asked_by,
            today=today,
        )
    return locked


@transaction.atomic
def drop_request(*, journey: Journey, by: User, today: date) -> None:
    """Take back a request that an assessor has not answered; nothing happens without one. Writes the ledger."""
    asked = Appointment.objects.select_for_update().filter(journey=journey, state=Appointment.State.ASKED)
    for one in asked.select_related("assessor"):
        one.state = Appointment.State.ENDED
        one.ended_on = today
        one.save(update_fields=["state", "ended_on"])
        write(
            act=Act.JOURNEY_ASSESSOR_ENDED,
            actor=by.actor,
            subject=f"journey:{journey.ref}",
            organisation=journey.edition.body.ref,
            facts={"assessor": one.assessor.ref},
        )


@transaction.atomic
def end_appointments_of(*, assessor: User, body: Organisation, by: User, today: date, reason: str) -> list[Journey]:
    """End every appointment of an assessor, and every request to them, at one body. Gives the journeys that need
    another assessor now. Writes the ledger; `reason` stands in each journey's history.
    """
    theirs = Appointment.objects.select_for_update().filter(
        journey__edition__body=body, assessor=assessor, state__in=Appointment.LIVE
    )
    left = []
    for appointment in theirs.order_by("pk"):
        journey = Journey.objects.select_related("edition__body").get(pk=appointment.journey_id)
        _end(appointment, journey, by, today, reason)
        acts = read(journey, today).position.acts
        if any(act.what is ActKind.APPOINT or act.role is Role.ASSESSOR for act in acts):
            left.append(journey)
    return left


@transaction.atomic
def end_appointment(*, journey: Journey, by: User, today: date, reason: str = "", ref: str = "") -> None:
    """Take an assessor, or the request to one, back; `ref` says which appointment where there are several. A journey
    that is over keeps its entries as they are.
    """
    rows = Appointment.objects.select_for_update().filter(journey=journey, state__in=Appointment.LIVE).order_by("pk")
    live = list(rows.filter(ref=ref) if ref else rows)
    if not live:
        raise Refused("No assessor is appointed or asked." if not ref else "This appointment has ended already.")
    if len(live) > 1:
        raise Refused("Say whose appointment ends.")
    _end(live[0], journey, by, today, reason)


def _end(live: Appointment, journey: Journey, by: User, today: date, reason: str) -> None:
    was = live.state
    live.state = Appointment.State.ENDED
    live.ended_on = today
    live.save(update_fields=["state", "ended_on"])
    write(
        act=Act.JOURNEY_ASSESSOR_ENDED,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts={"assessor": live.assessor.ref},
    )
    if was == Appointment.State.APPOINTED and not read(journey, today).position.status.is_over:
        record(
            journey=journey,
            entries=[Entry(today, EntryKind.RELEASED, Role.OFFICER)],
            by=by,
            today=today,
            reason=reason,
        )
