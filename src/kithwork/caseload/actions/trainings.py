"""Training for mentors: set up with an outline and its sessions, people invited, attendance, feedback, acted on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.links import make, send, spend
from kithwork.caseload.models import Attendance, Mentor, OneTimeLink, Session, Training
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

State = Attendance.State


@dataclass(frozen=True, slots=True)
class Mark:
    """How one person stood at one session. `understood` is of the topics covered."""

    state: Attendance.State
    performance: str = ""
    understood: bool | None = None


@transaction.atomic
def set_up(*, service: Service, by: User, **details: Any) -> Training:
    """A training: kind, title, outline, topics, trainer, whether peers come. Its sessions follow. Writes the ledger."""
    row = Training.objects.create(service=service, **details)
    log(Act.CASELOAD_RECORDED, row, service=service, by=by, what="training", kind=str(row.kind))
    return row


def _going(training: Training) -> Training:
    row = Training.objects.select_for_update().get(pk=training.pk)
    if row.cancelled_on is not None:
        raise Refused("This training was cancelled.")
    row.service = training.service
    return row


@transaction.atomic
def change(*, training: Training, by: User, **changes: Any) -> Training:
    """Change what it is; only what differs is saved. Writes the ledger, naming the fields. Raises Refused when it was
    cancelled, or when the kind is to change after somebody was there (it counts for what it was).
    """
    row = _going(training)
    changed = sorted(field for field, value in changes.items() if getattr(row, field) != value)
    if "kind" in changed and Attendance.objects.filter(session__training=row, state=State.PRESENT).exists():
        raise Refused("People have attended it as what it is. Set up another training instead.")
    for field in changed:
        setattr(row, field, changes[field])
    if changed:
        row.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, row, service=training.service, by=by, what="training", fields=changed)
    return row


@transaction.atomic
def add_session(*, training: Training, by: User, **details: Any) -> Session:
    """One more session (day, start, hours, title, place); whoever is invited to the others is invited to it. Writes the
    ledger.
    """
    row = _going(training)
    last = row.sessions.aggregate(last=Max("number"))["last"] or 0
    session = Session.objects.create(training=row, number=last + 1, **details)
    people = Attendance.objects.filter(session__training=row).exclude(state=State.DECLINED)
    Attendance.objects.bulk_create(
        Attendance(session=session, mentor_id=pk) for pk in sorted(set(people.values_list("mentor_id", flat=True)))
    )
    log(Act.CASELOAD_RECORDED, session, service=training.service, by=by, what="session", training=training.ref)
    return session


@transaction.atomic
def change_session(*, session: Session, by: User, **changes: Any) -> Session:
    """Move a session or change it; only what differs is saved. Writes the ledger, naming the fields.

    Raises Refused for a new day in the future once somebody was noted as there.
    """
    _going(session.training)
    row = Session.objects.select_for_update().get(pk=session.pk)
    changed = sorted(field for field, value in changes.items() if getattr(row, field) != value)
    moved = "on" in changed and changes["on"] > timezone.localdate()
    if moved and row.attendance.filter(state=State.PRESENT).exists():
        raise Refused("People were there already. Add another session instead.")
    for field in changed:
        setattr(row, field, changes[field])
    if changed:
        row.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, row, service=session.training.service, by=by, what="session", fields=changed)
    return row


@transaction.atomic
def remove_session(*, session: Session, by: User) -> None:
    """Take out a session at which nobody was. Writes the ledger. Raises Refused when somebody was there."""
    training = _going(session.training)
    row = Session.objects.select_for_update().filter(pk=session.pk).first()
    if row is None:
        raise Refused("This session was taken out already.")
    if row.attendance.exclude(state__in=(State.INVITED, State.DECLINED)).exists():
        raise Refused("Attendance is noted for it, so it stays.")
    log(Act.CASELOAD_ENDED, row, service=training.service, by=by, what="session", training=training.ref)
    row.delete()


@transaction.atomic
def cancel(*, training: Training, on: date, by: User) -> Training:
    """Call it off. Writes the ledger. Raises Refused when somebody attended, or it was cancelled."""
    row = _going(training)
    if Attendance.objects.filter(session__training=row, state=State.PRESENT).exists():
        raise Refused("People have attended it already.")
    row.cancelled_on = on
    row.save(update_fields=["cancelled_on"])
    log(Act.CASELOAD_ENDED, row, service=training.service, by=by, what="training")
    return row


@transaction.atomic
def invite(*, training: Training, mentors: Collection[Mentor], by: User) -> int:
    """Ask mentors, or applicants, to every session. Who is asked already is left as they are; who has left is not
    asked. Gives how many are new. Writes the ledger. Raises Refused without a session.
    """
    row = _going(training)
    sessions = list(row.sessions.all())
    if not sessions:
        raise Refused("Add its first session before you invite anybody.")
    there = set(Attendance.objects.filter(session__training=row).values_list("mentor_id", flat=True))
    new = [
        mentor
        for mentor in mentors
        if mentor.pk not in there and mentor.service_id == training.service_id and mentor.left_on is None
    ]
    Attendance.objects.bulk_create(
        (Attendance(session=session, mentor=mentor) for mentor in new for session in sessions), ignore_conflicts=True
    )
    if new:
        log(Act.CASELOAD_CHANGED, row, service=training.service, by=by, what="training", invited=len(new))
    return len(new)


def _first_rows(training: Training) -> list[Attendance]:
    """One row for each person: that of their first session, to which their feedback and their link belong."""
    found: dict[int, Attendance] = {}
    rows = Attendance.objects.filter(session__training=training, mentor__erased_at__isnull=True)
    for row in rows.select_related("mentor__user", "session").order_by("session__number", "pk"):
        found.setdefault(row.mentor_id, row)
    return list(found.values())


def _mail(row: Attendance, training: Training, kind: Mail, by: User, now: datetime) -> bool:
    address = row.mentor.email or (row.mentor.user.email if row.mentor.user else "")
    if not address:
        return False
    link, token = make(service=training.service, purpose=OneTimeLink.Purpose.TRAINING, now=now, by=by, attendance=row)
    send(link=link, service=training.service, kind=kind, email=address, path=f"/link/{token}/training/")
    return True


@transaction.atomic
def send_outline(*, training: Training, by: User, now: datetime) -> tuple[int, int]:
    """Send the outline, days and places to everybody invited who has an address (indicator 48): gives how many it was
    sent to, and how many have none. Sent again, it is sent to all; the first day stands. Writes the ledger.

    Raises Refused without an outline or topics, without anybody invited, and once the training has begun.
    """
    row = _going(training)
    today = timezone.localdate(now)
    if not row.outline.strip() and not row.topics:
        raise Refused("Write the outline, or its topics, first.")
    people = [one for one in _first_rows(row) if one.state != State.DECLINED and one.mentor.left_on is None]
    if not people:
        raise Refused("Invite somebody first.")
    if row.sessions.filter(on__lt=today).exists():
        raise Refused("The training has begun; the outline goes out beforehand.")
    sent = sum(_mail(one, row, Mail.TRAINING_OUTLINE, by, now) for one in people)
    if sent:
        row.outline_sent_on = row.outline_sent_on or today
        row.save(update_fields=["outline_sent_on"])
        log(Act.CASELOAD_CHANGED, row, service=training.service, by=by, what="training", outline_to=sent)
    return sent, len(people) - sent


@transaction.atomic
def note_outline_given(*, training: Training, on: date, by: User) -> Training:
    """The outline was given out in another way, such as on paper. Writes the ledger.

    Raises Refused for a day to come.
    """
    row = _going(training)
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    row.outline_sent_on = on
    row.save(update_fields=["outline_sent_on"])
    log(Act.CASELOAD_CHANGED, row, service=training.service, by=by, what="training", fields=["outline_sent_on"])
    return row


@transaction.atomic
def note_attendance(*, session: Session, marks: Mapping[str, Mark], seen: Mapping[str, Mark | None], by: User) -> int:
    """Who was there, and how it went, by the mentors' references; `seen` is what the screen showed. Gives how many
    changed. Writes the ledger.

    Raises Refused before the day, and when somebody else has noted otherwise meanwhile.
    """
    _going(session.training)
    if session.on > timezone.localdate():
        raise Refused("Attendance can be noted from the day itself.")
    rows = Attendance.objects.select_for_update().filter(session=session).select_related("mentor")
    changed = 0
    for row in rows:
        mark = marks.get(row.mentor.ref)
        now = Mark(State(row.state), row.performance, row.understood)
        if mark is None or mark == now:
            continue
        if seen.get(row.mentor.ref) != now:
            raise Refused("Somebody else has noted attendance meanwhile. Look at it again before you save.")
        row.state, row.performance, row.understood = mark.state, mark.performance, mark.understood
        row.save(update_fields=["state", "performance", "understood"])
        changed += 1
    if changed:
        log(Act.CASELOAD_CHANGED, session, service=session.training.service, by=by, what="session", noted=changed)
    return changed


@transaction.atomic
def ask_feedback(*, training: Training, by: User, now: datetime) -> tuple[int, int]:
    """Ask everybody who was there, and has not said yet, what they think: gives how many it was sent to, and how many
    have no address. Raises Refused when nobody is left to ask.
    """
    row = _going(training)
    came = set(
        Attendance.objects.filter(session__training=row, state=State.PRESENT).values_list("mentor_id", flat=True)
    )
    people = [one for one in _first_rows(row) if one.mentor_id in came and one.said_on is None]
    if not people:
        raise Refused("Everybody who was there has said what they think, or nobody was there yet.")
    sent = sum(_mail(one, row, Mail.TRAINING_FEEDBACK, by, now) for one in people)
    return sent, len(people) - sent


@transaction.atomic
def say(
    *,
    attendance: Attendance,
    satisfied: int,
    learnt: int,
    said: str,
    on: date,
    by: User | None,
    link: OneTimeLink | None = None,
    now: datetime | None = None,
) -> Attendance:
    """What somebody thinks of the training, from 1 to 5 each and in words; by their own link (`by` None) or typed in
    from paper. Writes the ledger.

    Raises Refused when they have said already, or were not there.
    """
    if link is not None:
        assert now is not None
        spend(link=link, now=now)
    row = Attendance.objects.select_for_update().select_related("session__training__service").get(pk=attendance.pk)
    training = row.session.training
    if row.said_on is not None:
        raise Refused("You have answered this already. Thank you." if by is None else "They have answered already.")
    there = Attendance.objects.filter(session__training=training, mentor=row.mentor_id, state=State.PRESENT)
    if not there.exists():
        raise Refused("This is asked of those who were there.")
    row.satisfied, row.learnt, row.said, row.said_on = satisfied, learnt, said, on
    row.save(update_fields=["satisfied", "learnt", "said", "said_on"])
    log(Act.CASELOAD_ANSWERED, training, service=training.service, by=by, what="training")
    return row


@transaction.atomic
def act_on(*, training: Training, words: str, on: date, by: User) -> Training:
    """What was changed because of what people said (indicator 49). Writes the ledger. Raises Refused without words, or
    for a day to come.
    """
    row = Training.objects.select_for_update().get(pk=training.pk)
    if not words.strip():
        raise Refused("Say what was changed.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    row.acted_on, row.acted_on_day = words.strip(), on
    row.save(update_fields=["acted_on", "acted_on_day"])
    log(Act.CASELOAD_CHANGED, row, service=training.service, by=by, what="training", fields=["acted_on"])
    return row
