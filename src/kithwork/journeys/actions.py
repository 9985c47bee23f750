"""Every write to journeys. What may be added to one is asked of `core.journey.may`, under a lock, each time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind, Position, Status, fold, may
from kithwork.core.schemes import Role, digest, load
from kithwork.core.schemes import texts as texts_of
from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Draft, EntryRow, Invoice, Journey, PublishedEdition, Response
from kithwork.journeys.queries import as_entry
from kithwork.journeys.standing import rebuild
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation, Service


@transaction.atomic
def publish(*, folder: Path, body: Organisation, by: User) -> PublishedEdition:
    """Publish the edition in a folder. Raises Mistakes for a faulty one, Refused when another text is published
    under it.

    Publishing the same text again changes nothing. Writes the ledger.
    """
    edition = load(folder)
    texts = texts_of(folder)
    now = digest(texts)
    found = PublishedEdition.objects.filter(slug=edition.scheme.slug, edition=edition.scheme.edition).first()
    if found is not None:
        if found.digest != now:
            raise Refused("This edition is published with another text. Give the new text a new edition name.")
        return found
    published = PublishedEdition.objects.create(
        slug=edition.scheme.slug,
        edition=edition.scheme.edition,
        name=edition.scheme.name,
        body=body,
        texts=texts,
        digest=now,
    )
    write(
        act=Act.JOURNEY_EDITION_PUBLISHED,
        actor=by.actor,
        subject=f"edition:{published.slug}/{published.edition}",
        organisation=body.ref,
        facts={"digest": now},
    )
    return published


@transaction.atomic
def begin(
    *, edition: PublishedEdition, by: User, today: date, service: Service | None = None, level: str = ""
) -> Journey:
    """Begin a journey for a service, or for the person themselves when there is none.

    Raises Refused when the edition is closed or the applicant has a journey of this scheme that is not over.
    """
    if edition.closed_at is not None:
        raise Refused("This edition takes no new applications.")
    applicant = {"service": service} if service else {"person": by}
    # two who begin at once line up here
    if service:
        Service.objects.select_for_update().get(pk=service.pk)
    else:
        User.objects.select_for_update().get(pk=by.pk)
    over = Q(status__in=("refused", "withdrawn", "closed", "revoked", "expired"))
    over |= Q(status__in=("awarded", "suspended"), valid_until__lt=today)  # the row does not know that days go by
    if Journey.objects.filter(edition__slug=edition.slug, **applicant).exclude(over).exists():
        raise Refused("There is an application for this scheme already.")
    model = edition_of(edition)
    if (model.scheme.applicant == "service") != (service is not None):
        raise Refused(f"This scheme is for a {model.scheme.applicant}.")
    journey = Journey.objects.create(edition=edition, service=service, person=None if service else by, created_by=by)
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.OPENED, Role.APPLICANT, level=level or model.levels[0].id)],
        by=by,
        today=today,
    )
    return journey


@transaction.atomic
def record(*, journey: Journey, entries: Sequence[Entry], by: User | None, today: date, reason: str = "") -> Position:
    """Add entries, each only if it may be added after the ones before it; all or none. Gives the position reached.

    Raises Refused with the reason otherwise. Rebuilds the journey's row and writes one ledger record an entry.
    """
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    edition = edition_of(journey.edition)
    rows = list(EntryRow.objects.filter(journey=locked).order_by("seq"))
    known = [
        as_entry(r.on, r.kind, r.by, r.stage, r.item, r.outcome, r.level, r.until, r.amount, r.detail) for r in rows
    ]
    seq = rows[-1].seq if rows else 0
    new: list[EntryRow] = []
    for entry in entries:
        verdict = may(edition, fold(edition, known, today), entry)
        if not verdict:
            raise Refused(verdict)
        known.append(entry)
        seq += 1
        new.append(
            EntryRow(
                journey=locked,
                seq=seq,
                on=entry.on,
                kind=entry.kind.value,
                by=entry.by.value,
                stage=entry.stage,
                item=entry.item,
                outcome=entry.outcome.value if entry.outcome else "",
                level=entry.level,
                until=entry.until,
                amount=entry.amount,
                detail=entry.detail,
                reason=reason,
                signed_by=by,
            )
        )
    EntryRow.objects.bulk_create(new)
    position = fold(edition, known, today)
    rebuild(journey, position)
    for row in new:
        write(
            act=Act.JOURNEY_ENTRY,
            actor=by.actor if by else "system",
            subject=f"journey:{journey.ref}",
            organisation=journey.edition.body.ref,
            facts={"seq": row.seq, "kind": row.kind, "stage": row.stage, "item": row.item, "outcome": row.outcome},
        )
    return position


@transaction.atomic
def keep_response(*, journey: Journey, stage: str, answers: Mapping[str, Any], by: User, today: date) -> Response:
    """Keep the answers handed in to a stage; earlier ones stay."""
    last = Response.objects.filter(journey=journey, stage=stage).aggregate(last=Max("number"))["last"] or 0
    return Response.objects.create(
        journey=journey, stage=stage, number=last + 1, answers=dict(answers), on=today, by=by
    )


def save_draft(*, user: User, key: str, fields: Mapping[str, str], now: datetime) -> Draft:
    """Keep what somebody is typing; a later save replaces it."""
    draft, _ = Draft.objects.update_or_create(user=user, key=key, defaults={"fields": dict(fields), "saved_at": now})
    return draft


def drop_draft(*, user: User, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()


@transaction.atomic
def ask_assessor(*, journey: Journey, assessor: User, by: User, today: date) -> Appointment:
    """Ask an assessor to take a journey; it counts once they have declared no conflict. Raises Refused when one is
    live.
    """
    Journey.objects.select_for_update().get(pk=journey.pk)
    if Status(journey.status).is_over:
        raise Refused("This journey has ended.")
    if Appointment.objects.filter(journey=journey, state__in=Appointment.LIVE).exists():
        raise Refused("An assessor is appointed, or has been asked, already.")
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
def end_appointment(*, journey: Journey, by: User, today: date, reason: str = "") -> None:
    """Take the assessor, or the request to one, back."""
    live = Appointment.objects.select_for_update().filter(journey=journey, state__in=Appointment.LIVE).first()
    if live is None:
        raise Refused("No assessor is appointed or asked.")
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
    if was == Appointment.State.APPOINTED:
        record(
            journey=journey,
            entries=[Entry(today, EntryKind.RELEASED, Role.OFFICER)],
            by=by,
            today=today,
            reason=reason,
        )


@transaction.atomic
def issue_invoice(
    *, journey: Journey, stage: str, what: str, amount: int, refundable: bool, by: User, today: date, by_hand: str = ""
) -> Invoice:
    """Issue the invoice of a fee stage. Numbers run YEAR-0001 up per body, without gaps. Raises Refused when not
    due.
    """
    body = Organisation.objects.select_for_update().get(pk=journey.edition.body_id)
    last = (
        Invoice.objects.filter(body=body, number__startswith=f"{today.year}-").aggregate(last=Max("number"))["last"]
        or f"{today.year}-0000"
    )
    number = f"{today.year}-{int(last.split('-')[1]) + 1:04d}"
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.INVOICED, Role.OFFICER, stage=stage, amount=amount)],
        by=by,
        today=today,
    )
    return Invoice.objects.create(
        journey=journey,
        body=body,
        stage=stage,
        number=number,
        what=what,
        amount=amount,
        by_hand=by_hand,
        refundable=refundable,
        issued_on=today,
    )


@transaction.atomic
def take_payment(*, invoice: Invoice, by: User, today: date, paid_on: date, note: str = "") -> Position:
    """Record that an invoice was paid. Raises Refused when it was, or the day lies ahead or before the invoice."""
    if paid_on > today:
        raise Refused("The payment cannot lie in the future.")
    if paid_on < invoice.issued_on:
        raise Refused("The payment cannot be older than the invoice.")
    position = record(
        journey=invoice.journey,
        entries=[Entry(today, EntryKind.PAID, Role.OFFICER, stage=invoice.stage, amount=invoice.amount)],
        by=by,
        today=today,
    )
    invoice.paid_on = paid_on
    invoice.paid_note = note
    invoice.save(update_fields=["paid_on", "paid_note"])
    return position
