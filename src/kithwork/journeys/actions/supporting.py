"""Third parties asked by a one-time link: a head, a line manager, a partnership tutor."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import FormStage, Role, faults, form_at
from kithwork.core.verdict import Refused
from kithwork.journeys.actions.recording import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, Response, Support
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.actions import digest_of

LASTS = timedelta(days=30)


@transaction.atomic
def ask_support(
    *, journey: Journey, stage: str, name: str, email: str, by: User, today: date, now: datetime
) -> tuple[Support, str]:
    """Ask a third party to fill in a form; the link works once, for 30 days. An earlier request for it is withdrawn.

    Gives the request and the link's secret. Raises Refused when nobody can be asked now, or people would ask
    themselves.
    """
    email = email.strip().lower()
    if not name.strip() or not email:
        raise Refused("Say whom to ask: a name and an e-mail address.")
    if email == by.email or (journey.person is not None and email == journey.person.email):
        raise Refused("Somebody else has to sign this.")
    record(journey=journey, entries=[Entry(today, EntryKind.INVITED, Role.APPLICANT, stage=stage)], by=by, today=today)
    _open(journey, stage).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    support = Support.objects.create(
        journey=journey,
        stage=stage,
        name=name.strip(),
        email=email,
        token_digest=digest_of(token),
        asked_by=by,
        asked_on=today,
        expires_at=now + LASTS,
    )
    _log(Act.JOURNEY_SUPPORT_ASKED, support, by.actor)
    return support, token


@transaction.atomic
def give_support(*, support: Support, answers: Mapping[str, Any], today: date) -> Position:
    """The third party's form, handed in. Raises Refused with what is missing, or when it is not awaited any more."""
    journey, locked = _locked(support)
    edition = edition_of(journey.edition)
    stage = edition.stage(locked.stage)
    assert isinstance(stage, FormStage)  # `ask_support` has refused any other
    wrong = faults(form_at(edition, stage, read(journey, today).position.level), answers, today)
    if wrong:
        raise Refused(wrong[0].says)
    last = Response.objects.filter(journey=journey, stage=stage.id).aggregate(last=Max("number"))["last"] or 0
    Response.objects.create(
        journey=journey, stage=stage.id, number=last + 1, answers=dict(answers), on=today, support=locked
    )
    locked.answered_on = today
    locked.save(update_fields=["answered_on"])
    _log(Act.JOURNEY_SUPPORT_ANSWERED, locked, f"support:{locked.ref}", agreed=True)
    return record(
        journey=journey,
        entries=[Entry(today, EntryKind.SUBMITTED, Role.SUPPORTER, stage=stage.id)],
        by=None,
        today=today,
    )


@transaction.atomic
def decline_support(*, support: Support, reason: str, today: date) -> Position:
    """The third party says no, with a reason that the applicant reads; somebody else can then be asked."""
    if not reason.strip():
        raise Refused("Say why, in a sentence; the applicant will read it.")
    journey, locked = _locked(support)
    locked.declined_on = today
    locked.reason = reason.strip()
    locked.save(update_fields=["declined_on", "reason"])
    _log(Act.JOURNEY_SUPPORT_ANSWERED, locked, f"support:{locked.ref}", agreed=False)
    return record(
        journey=journey,
        entries=[Entry(today, EntryKind.DECLINED, Role.SUPPORTER, stage=locked.stage)],
        by=None,
        today=today,
        reason=reason.strip(),
    )


def _open(journey: Journey, stage: str) -> Any:
    return Support.objects.filter(journey=journey, stage=stage, answered_on=None, declined_on=None, withdrawn_at=None)


def _locked(support: Support) -> tuple[Journey, Support]:
    """The request under a lock, while it still waits for its answer."""
    locked = Support.objects.select_for_update().get(pk=support.pk)
    if locked.answered_on or locked.declined_on:
        raise Refused("You have answered this already. Thank you.")
    if locked.withdrawn_at:
        raise Refused("This request was taken back.")
    return Journey.objects.select_related("edition__body", "service", "person").get(pk=locked.journey_id), locked


def _log(act: Act, support: Support, actor: str, **facts: bool) -> None:
    write(
        act=act,
        actor=actor,
        subject=f"journey:{support.journey.ref}",
        organisation=support.journey.edition.body.ref,
        facts={"support": support.ref, "stage": support.stage, **facts},
    )
