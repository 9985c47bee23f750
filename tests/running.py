"""Quick rows for tests of the service half: a service that runs its work, its people, mentors ready to be matched.

Written straight into the tables, so that a test of one subject does not walk through all the others.
"""

from datetime import date, datetime, timedelta
from typing import Any

from kithwork.accounts.models import User
from kithwork.caseload.actions import practice as practices
from kithwork.caseload.models import (
    Attendance,
    Consent,
    Import,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Reference,
    Session,
    Training,
    Vetting,
)
from kithwork.organisations.models import Service

KINDS = MentorStep.Kind


def a_practice(service: Service, by: User, today: date, **more: Any) -> Practice:
    """The service runs its work here since two years."""
    practice = practices.begin(service=service, by=by, today=today - timedelta(days=730))
    if more:
        practice = practices.change(practice=practice, by=by, **more)
        practice.service = service
    return practice


def a_mentee(service: Service, today: date, name: str = "Cai Rowan", **more: Any) -> Mentee:
    """On the waiting list since 40 days."""
    since = today - timedelta(days=40)
    return Mentee.objects.create(
        **{
            "service": service,
            "name": name,
            "came_on": since - timedelta(days=20),
            "accepted_on": since,
            "waiting_since": since,
            **more,
        }
    )


def a_mentor(
    service: Service, by: User, today: date, name: str = "Mab Sorrel", *, ready: bool = True, **more: Any
) -> Mentor:
    """Accepted 100 days ago, with everything that is asked; or, when not `ready`, one who has just applied."""
    applied = today - timedelta(days=200 if ready else 3)
    accepted = today - timedelta(days=100) if ready else None
    mentor = Mentor.objects.create(
        **{"service": service, "name": name, "applied_on": applied, "accepted_on": accepted, **more}
    )
    if not ready:
        return mentor
    Consent.objects.create(
        mentor=mentor, kind=Consent.Kind.DATA, answer=Consent.Answer.GIVEN, on=applied, wording="You may.", by=by
    )
    for number, kind in enumerate(
        (KINDS.APPLICATION, KINDS.ROLE, KINDS.INTERVIEW, KINDS.SELECTION, KINDS.INDUCTION, KINDS.BADGE)
    ):
        chosen = kind == KINDS.SELECTION
        MentorStep.objects.create(
            mentor=mentor,
            kind=kind,
            on=applied + timedelta(days=10 * number),
            outcome=MentorStep.Outcome.YES if chosen else MentorStep.Outcome.DONE,
            note="Listens well, and is there when she says." if chosen else "",
            by=by,
        )
    for name_of in ("Fern Abbot", "Hal Trevor"):
        Reference.objects.create(
            mentor=mentor, name=name_of, relation="colleague", received_on=applied + timedelta(days=20), suitable=True
        )
    Vetting.objects.create(
        mentor=mentor,
        level=Vetting.Level.ENHANCED,
        asked_on=applied,
        outcome=Vetting.Outcome.CLEAR,
        on=applied + timedelta(days=30),
        expires_on=applied + timedelta(days=30 + 1095),
        by=by,
    )
    training = Training.objects.filter(service=service, kind=Training.Kind.INITIAL).first() or Training.objects.create(
        service=service, kind=Training.Kind.INITIAL, title="Beginning to mentor", outline_sent_on=applied
    )
    for number in (1, 2):
        session, _ = Session.objects.get_or_create(
            training=training, number=number, defaults={"on": applied + timedelta(days=35 + number)}
        )
        Attendance.objects.create(session=session, mentor=mentor, state=Attendance.State.PRESENT)
    return mentor


def a_match(mentee: Mentee, mentor: Mentor, by: User, today: date, *, running: bool = True, **more: Any) -> Match:
    """Introduced 30 days ago; or, when not `running`, proposed today and not yet answered."""
    proposed = today - timedelta(days=40 if running else 0)
    begun: dict[str, Any] = {}
    if running:
        begun = {
            "mentee_told_on": proposed,
            "mentor_told_on": proposed,
            "mentee_answer": "yes",
            "mentor_answer": "yes",
            "mentee_answered_on": proposed,
            "mentor_answered_on": proposed,
            "introduced_on": today - timedelta(days=30),
            "introduced_by": "Ada, who coordinates",
            "first_met_on": today - timedelta(days=30),
        }
    return Match.objects.create(
        **{
            "service": mentee.service,
            "mentee": mentee,
            "mentor": mentor,
            "proposed_on": proposed,
            "proposed_by": by,
            "rationale": "Both love the allotment and are free on Saturdays.",
            **begun,
            **more,
        }
    )


def from_a_table(match: Match, brought_at: datetime) -> Import:
    """As a spreadsheet brought it in: nobody wrote down why, who was told, or who introduced them."""
    Match.objects.filter(pk=match.pk).update(rationale="", mentee_told_on=None, mentor_told_on=None, introduced_by="")
    return Import.objects.create(
        service=match.service, kind="matches", file_name="m.csv", digest="d", made={"Match": [match.pk]},
        brought_at=brought_at,
    )  # fmt: skip
