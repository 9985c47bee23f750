"""A mentor from the application to the leaving: steps alike for all, each by whom and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Consent, Mentor, MentorStep, Practice, Reference
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.consents import words_for
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.service import MISSING_WORDS, Missing
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell, tell_by_link
from kithwork.notices.words import Kind as Mail

Kind = MentorStep.Kind
Outcome = MentorStep.Outcome

NOT_SELECTED = "Not selected"
# what stands between an application and a selection; the rest may follow it
BEFORE_SELECTION = (Missing.ROLE, Missing.INTERVIEW, Missing.REFERENCES, Missing.VETTING, Missing.TRAINING)
_THANKS_WITHIN = timedelta(days=7)
_JUDGED = frozenset({Kind.ROLE, Kind.INTERVIEW})  # end in suitable or not; the others are simply done


@dataclass(frozen=True, slots=True)
class Referee:
    """Whom an applicant names to be asked. One of the two ways to reach them is given."""

    name: str
    relation: str
    email: str = ""
    phone: str = ""


def lasting(mentor: Mentor) -> Mentor:
    """The row, locked, for a write. Raises Refused for somebody whose details were erased."""
    locked = Mentor.objects.select_for_update().get(pk=mentor.pk)
    locked.service = mentor.service
    if locked.erased_at is not None:
        raise Refused("This person's details were erased. Nothing more is kept about them.")
    return locked


def present(mentor: Mentor) -> Mentor:
    """The row, locked, of somebody who is still here. Raises Refused for anybody else."""
    locked = lasting(mentor)
    if locked.left_on is not None:
        raise Refused("This person has left. Take them back first.")
    return locked


@transaction.atomic
def apply(
    *,
    practice: Practice,
    details: Mapping[str, Any],
    answers: Mapping[str, str],
    referees: Sequence[Referee],
    agreed: bool,
    today: date,
    by: User | None,
    how: str = "",
) -> Mentor:
    """Somebody applies to mentor: by the public form (`by` None) or as taken down by staff. `details` are fields of
    `Mentor`, `answers` a question and what was said. The consent is kept with its wording.

    Tells the coordinators of an application that came by itself, and thanks the applicant. Writes the ledger. Raises
    Refused when the service takes no mentors, or a public applicant does not agree.
    """
    service = practice.service
    if by is None and not practice.takes_mentors:
        raise Refused("This service takes no new mentors at present.")
    if by is None and not agreed:
        raise Refused("Without your agreement we cannot keep your details.")
    applied = details.get("applied_on") or today
    if applied > today:
        raise Refused("The day of the application is still to come.")
    mentor = Mentor.objects.create(service=service, **{**details, "applied_on": applied})
    MentorStep.objects.create(
        mentor=mentor, kind=Kind.APPLICATION, on=applied, outcome=Outcome.DONE, answers=dict(answers), by=by
    )
    if agreed:
        keep_consent(mentor, practice, applied, by, how)
    Reference.objects.bulk_create(
        Reference(mentor=mentor, name=one.name, relation=one.relation, email=one.email, phone=one.phone)
        for one in referees
    )
    log(Act.CASELOAD_RECORDED, mentor, service=service, by=by, step="application")
    if by is None:
        tell(
            kind=Mail.MENTOR_APPLIED,
            to=coordinators_of(service),
            organisation=service.organisation,
            path=f"/run/{service.slug}/mentors/{mentor.ref}/",
            about=service.name,
        )
        if mentor.email:
            tell_by_link(
                kind=Mail.MENTOR_THANKED,
                email=mentor.email,
                organisation=service.organisation,
                path=f"/volunteer/{service.slug}/thanks/",
                about=service.name,
                good_until=timezone.now() + _THANKS_WITHIN,
            )
    return mentor


def keep_consent(mentor: Mentor, practice: Practice, on: date, by: User | None, how: str) -> None:
    """That their details may be kept, with the wording asked today."""
    Consent.objects.create(
        mentor=mentor,
        kind=Consent.Kind.DATA,
        answer=Consent.Answer.GIVEN,
        on=on,
        wording=words_for(practice, Consent.Kind.DATA),
        how=how,
        by=by,
    )


@transaction.atomic
def change(*, mentor: Mentor, seen: Mapping[str, Any], by: User, **changes: Any) -> Mentor:
    """Change what is known of a mentor; only what differs is saved. `seen` is what the form showed: where somebody
    else has changed the same field meanwhile, Refused is raised. Writes the ledger, naming the fields.
    """
    locked = lasting(mentor)
    changed = sorted(field for field, value in changes.items() if getattr(locked, field) != value)
    if any(field in seen and getattr(locked, field) != seen[field] for field in changed):
        raise Refused("Somebody else has changed this record meanwhile. Look at it again before you save.")
    for field in changed:
        setattr(locked, field, changes[field])
    if changed:
        locked.changed_at = timezone.now()
        locked.save(update_fields=[*changed, "changed_at"])
        log(Act.CASELOAD_CHANGED, locked, service=mentor.service, by=by, fields=changed)
    return locked


@transaction.atomic
def take_step(
    *,
    mentor: Mentor,
    kind: MentorStep.Kind,
    on: date,
    by: User,
    outcome: MentorStep.Outcome = Outcome.DONE,
    note: str = "",
    answers: Mapping[str, str] | None = None,
) -> MentorStep:
    """Record a step of the road. A new row counts from its day, and the earlier one stays. Writes the ledger.

    Raises Refused for a day to come or before the application, and for what has an action of its own.
    """
    locked = present(mentor)
    if kind in (Kind.SELECTION, Kind.FEEDBACK, Kind.APPLICATION):
        raise Refused("This step is recorded in another way.")
    if outcome != Outcome.DONE and kind not in _JUDGED:
        raise Refused("This step is done or not done; it judges nobody.")
    return _step(locked, kind, on, by, outcome, note, answers=dict(answers or {}))


def _step(
    mentor: Mentor,
    kind: MentorStep.Kind,
    on: date,
    by: User,
    outcome: MentorStep.Outcome,
    note: str,
    **more: Any,
) -> MentorStep:
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if on < mentor.applied_on:
        raise Refused("This day is before the application.")
    step = MentorStep.objects.create(mentor=mentor, kind=kind, on=on, outcome=outcome, note=note, by=by, **more)
    log(
        Act.CASELOAD_DECIDED if kind == Kind.SELECTION else Act.CASELOAD_RECORDED,
        mentor,
        service=mentor.service,
        by=by,
        what="mentor",
        step=str(kind),
        outcome=str(outcome),
        on=on.isoformat(),
    )
    return step


@transaction.atomic
def select(
    *, mentor: Mentor, practice: Practice, chosen: bool, reason: str, on: date, by: User, today: date
) -> MentorStep:
    """Select an applicant, or not; the reason is demanded. Who is selected is a mentor from that day; who is not
    leaves, and is owed feedback. Writes the ledger.

    Raises Refused for a selection while the role assessment, interview, references, vetting or training is missing and
    no exemption stands for it (indicators 47, 48), and for somebody who is matched.
    """
    locked = present(mentor)
    if not reason.strip():
        raise Refused("Give the reason.")
    if chosen:
        lacks = [what for what in cleared([locked], practice, today)[locked.pk].missing if what in BEFORE_SELECTION]
        if lacks:
            raise Refused(f"Still missing: {', '.join(MISSING_WORDS[what] for what in lacks)}.")
    elif locked.matches.filter(introduced_on__isnull=False, ended_on__isnull=True).exists():
        raise Refused("This person has a running match. End it first.")
    step = _step(locked, Kind.SELECTION, on, by, Outcome.YES if chosen else Outcome.NO, reason.strip())
    if chosen:
        locked.accepted_on = locked.accepted_on or on
    else:
        locked.accepted_on, locked.left_on, locked.left_because = None, on, NOT_SELECTED
    locked.save(update_fields=["accepted_on", "left_on", "left_because"])
    return step


@transaction.atomic
def give_feedback(*, mentor: Mentor, said: str, signposted_to: str, on: date, by: User) -> MentorStep:
    """What somebody who was not selected was told, and which other volunteering was named (indicator 51). Writes the
    ledger. Raises Refused for anybody else.
    """
    locked = lasting(mentor)
    latest = locked.steps.filter(kind=Kind.SELECTION).last()
    if latest is None or latest.outcome != Outcome.NO:
        raise Refused("Feedback of this kind is for somebody who was not selected.")
    if on < latest.on:
        raise Refused("This day is before the decision.")
    return _step(locked, Kind.FEEDBACK, on, by, Outcome.DONE, said, signposted_to=signposted_to)
