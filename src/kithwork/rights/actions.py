"""Every write to requests, holds and periods."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.days import Period as Length
from kithwork.core.keeping import ERASED, RECORDS, Kind
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation, Service
from kithwork.rights.models import Asked, Hold, Period

MONTH = Length(1, "month")  # article 12(3)
Right = Asked.Right
Outcome = Asked.Outcome


@transaction.atomic
def ask(
    *,
    organisation: Organisation,
    service: Service | None,
    right: Asked.Right,
    subject: str,
    words: str,
    by: User | None,
    today: date,
) -> Asked:
    """A request, to be answered within a month. `by` None is whoever holds the person's link. Raises Refused while one
    of the same kind waits. Writes the ledger, without the words.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Asked.objects.filter(organisation=organisation, subject=subject, right=right, answered_on=None).exists():
        raise Refused("You have asked this already. You get an answer within a month of the day you asked.")
    made = Asked.objects.create(
        organisation=organisation, service=service, right=right, subject=subject, words=words.strip(), by=by,
        came_on=today, due_on=MONTH.after(today),
    )  # fmt: skip
    _log(Act.RIGHTS_ASKED, made.organisation, f"request:{made.ref}", by, right=right.value, about=subject)
    return made


@transaction.atomic
def answer(*, asked: Asked, outcome: Asked.Outcome, words: str, by: User, today: date) -> Asked:
    """What was done about a request, or why not. Raises Refused when it was answered. Writes the ledger."""
    held = Asked.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=asked.pk)
    if held.answered_on is not None:
        raise Refused("Somebody has answered this already.")
    held.outcome, held.answer, held.answered_by, held.answered_on = outcome, words.strip(), by, today
    held.save(update_fields=["outcome", "answer", "answered_by", "answered_on"])
    _log(
        Act.RIGHTS_ANSWERED,
        held.organisation,
        f"request:{held.ref}",
        by,
        right=held.right,
        outcome=outcome.value,
        late=today > held.due_on,
    )
    return held


@transaction.atomic
def hold(
    *, organisation: Organisation, service: Service | None, subject: str, reason: str, by: User, today: date
) -> Hold:
    """Keep somebody's record whatever is asked. Raises Refused while it is held. Writes the ledger."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held(organisation, subject):
        raise Refused("This record is held already.")
    made = Hold.objects.create(
        organisation=organisation, service=service, subject=subject, reason=reason.strip(), by=by, since=today
    )
    _log(Act.RIGHTS_HELD, organisation, subject, by, hold=made.ref)
    return made


@transaction.atomic
def end_hold(*, hold: Hold, by: User, today: date) -> None:
    """Let a record go its way again. Raises Refused when the hold has ended. Writes the ledger."""
    if not Hold.objects.filter(pk=hold.pk, ended_on=None).update(ended_on=today):
        raise Refused("This hold has ended already.")
    _log(Act.RIGHTS_HOLD_ENDED, hold.organisation, hold.subject, by, hold=hold.ref)


def held(organisation: Organisation, subject: str) -> Hold | None:
    """The hold on somebody's record at an organisation, if there is one."""
    return Hold.objects.filter(organisation=organisation, subject=subject, ended_on=None).first()


@transaction.atomic
def set_period(*, service: Service, kind: Kind, months: int, by: User) -> None:
    """How long a service keeps a kind of record. Nothing happens when it is so already. Raises Refused for a kind that
    nobody sets, and outside its bounds. Writes the ledger.
    """
    record = RECORDS[kind]
    if not record.settable:
        raise Refused(f"How long this is kept nobody sets: {record.title}.")
    if not record.least <= months <= record.most:
        raise Refused(f"{record.title}: from {record.least} to {record.most} months. {record.because}.")
    before = Period.objects.filter(service=service, kind=kind).values_list("months", flat=True).first()
    if before == months:
        return
    Period.objects.update_or_create(service=service, kind=kind, defaults={"months": months})
    _log(Act.RIGHTS_PERIOD_SET, service.organisation, f"service:{service.ref}", by, kind=kind.value, months=months)


@transaction.atomic
def set_periods(*, service: Service, months: Mapping[Kind, int], by: User) -> None:
    """Several at once, all of them or none: see `set_period`."""
    for kind, number in months.items():
        set_period(service=service, kind=kind, months=number, by=by)


@transaction.atomic
def forget(*, organisation: Organisation | None, subject: str) -> int:
    """Empty the words of requests and holds about somebody who is erased, at one organisation or at all. Gives how
    many there were.
    """
    asked = Asked.objects.filter(subject=subject)
    holds = Hold.objects.filter(subject=subject)
    if organisation is not None:
        asked, holds = asked.filter(organisation=organisation), holds.filter(organisation=organisation)
    return asked.exclude(words="", answer="").update(words="", answer="") + holds.exclude(reason=ERASED).update(
        reason=ERASED
    )


def _log(act: Act, organisation: Organisation, subject: str, by: User | None, **facts: str | int | bool) -> None:
    write(act=act, actor=by.actor if by else "visitor", subject=subject, organisation=organisation.ref, facts=facts)
