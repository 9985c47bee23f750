"""The one writer of entries: what may be added is asked of `core.journey.may`, under a lock, each time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, Position, fold, may
from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import EntryRow, Journey, Response
from kithwork.journeys.queries import as_entry, read
from kithwork.journeys.standing import project, rebuild
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


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
def refresh(*, journey: Journey, today: date) -> bool:
    """Bring a journey's row into step with the day, as lists need it; whether anything had changed.

    Nothing is written on the journey: a lapse or an end follows from its entries and the day.
    """
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    locked.edition = journey.edition
    position = read(locked, today).position
    if all(getattr(locked, name) == value for name, value in project(position).items()):
        return False
    rebuild(locked, position)
    return True


@transaction.atomic
def keep_response(*, journey: Journey, stage: str, answers: Mapping[str, Any], by: User, today: date) -> Response:
    """Keep the answers handed in to a stage; earlier ones stay."""
    last = Response.objects.filter(journey=journey, stage=stage).aggregate(last=Max("number"))["last"] or 0
    return Response.objects.create(
        journey=journey, stage=stage, number=last + 1, answers=dict(answers), on=today, by=by
    )
