"""Every number of a year's report as the set of rows behind it, so that the number and its list cannot disagree."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from kithwork.caseload.models import (
    Attendance,
    Contact,
    Ending,
    Match,
    Mentor,
    MentorStep,
    Practice,
    Referral,
    Review,
    Supervision,
    Training,
)
from kithwork.caseload.queries import due
from kithwork.caseload.queries.lines import Ask
from kithwork.caseload.queries.matches import REACHED


class Figure(StrEnum):
    """What is counted, in the report's order."""

    REFERRED = "referred"
    ACCEPTED = "accepted"
    SIGNPOSTED = "signposted"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    APPLIED = "applied"
    TRAINED = "trained"
    SELECTED = "selected"
    NOT_SELECTED = "not-selected"
    MENTORS = "mentors"
    MATCHED = "matched"
    SUPPORTED = "supported"
    RUNNING = "running"
    PLANNED = "ended-planned"
    SUDDEN = "ended-suddenly"
    UNSAID = "ended-otherwise"
    MEETINGS = "meetings"
    MISSED = "missed"
    MENTEES_HEARD = "mentees-heard"
    MENTORS_HEARD = "mentors-heard"
    REVIEWS = "reviews"
    SUPERVISIONS = "supervisions"


class Record(StrEnum):
    """Whose record a row leads to."""

    REFERRAL = "referral"
    MENTEE = "mentee"
    MENTOR = "mentor"
    MATCH = "match"
    CONTACT = "contact"


def span_of(year: int, today: date) -> tuple[date, date]:
    """The first and the last day of a calendar year; of this one, today is the last."""
    return date(year, 1, 1), min(date(year, 12, 31), today)


def behind(practice: Practice, year: int, today: date) -> dict[Figure, tuple[Record, Ask]]:
    """Each number's rows, and what they lead to. One query, for the mentors who were trained.

    A match is supported in a year in which it ran on any day; a mentor is trained on the day of the session that makes
    up the number the service asks for (indicator 48); 'waiting', 'mentors' and 'running' are as on the last day.
    """
    first, last = span_of(year, today)
    service = practice.service
    in_year = (first, last)
    referrals = Referral.objects.filter(mentee__service=service)
    decided = referrals.filter(decided_on__range=in_year)
    of_referral: dict[str, Any] = {"name": F("mentee__name"), "ref": F("ref")}
    mentors = Mentor.objects.filter(service=service)
    of_mentor: dict[str, Any] = {"name": F("name"), "ref": F("ref")}
    refused = MentorStep.objects.filter(
        mentor__service=service, kind=MentorStep.Kind.SELECTION, outcome="no", on__range=in_year
    )
    matches = Match.objects.filter(service=service)
    of_match: dict[str, Any] = {"name": F("mentee__name"), "other": F("mentor__name"), "ref": F("ref")}
    ran = matches.filter(introduced_on__lte=last).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first))
    over = matches.filter(ended_on__range=in_year)
    contacts = Contact.objects.filter(service=service, on__range=in_year)
    meetings = contacts.filter(kind=Contact.Kind.MEETING)
    by_day: dict[str, Any] = {"day": F("on"), "order": (F("on").asc(),)}  # bare, so that an index serves
    of_meeting: dict[str, Any] = {"name": F("mentee__name"), "other": F("mentor__name"), "ref": F("ref"), **by_day}
    staff_with = {one: contacts.filter(kind=one, reached__in=REACHED) for one in ("mentee", "mentor")}
    reviews = Review.objects.filter(match__service=service, on__range=in_year)
    of_review: dict[str, Any] = {
        "name": F("match__mentee__name"),
        "other": F("match__mentor__name"),
        "ref": F("match__ref"),
    }
    sessions = Supervision.objects.filter(mentor__service=service, on__range=in_year)

    return {
        Figure.REFERRED: (
            Record.REFERRAL,
            Ask(referrals.filter(came_on__range=in_year), **of_referral, day=F("came_on")),
        ),
        Figure.ACCEPTED: (Record.REFERRAL, Ask(decided.filter(outcome="accepted"), **of_referral, day=F("decided_on"))),
        Figure.SIGNPOSTED: (
            Record.REFERRAL,
            Ask(decided.filter(outcome="signposted"), **of_referral, day=F("decided_on")),
        ),
        Figure.WITHDRAWN: (
            Record.REFERRAL,
            Ask(decided.filter(outcome="withdrawn"), **of_referral, day=F("decided_on")),
        ),
        Figure.WAITING: (Record.MENTEE, Ask(due.waiting_mentees(service, last), **of_mentor, day=F("waits_from"))),
        Figure.APPLIED: (
            Record.MENTOR,
            Ask(mentors.filter(applied_on__range=in_year), **of_mentor, day=F("applied_on")),
        ),
        Figure.TRAINED: (Record.MENTOR, _trained(practice, first, last)),
        Figure.SELECTED: (
            Record.MENTOR,
            Ask(mentors.filter(accepted_on__range=in_year), **of_mentor, day=F("accepted_on")),
        ),
        Figure.NOT_SELECTED: (Record.MENTOR, Ask(refused, F("mentor__name"), F("mentor__ref"), day=F("on"))),
        Figure.MENTORS: (Record.MENTOR, Ask(due.current_mentors(service, last), **of_mentor, day=F("accepted_on"))),
        Figure.MATCHED: (
            Record.MATCH,
            Ask(matches.filter(introduced_on__range=in_year), **of_match, day=F("introduced_on")),
        ),
        Figure.SUPPORTED: (Record.MATCH, Ask(ran, **of_match, day=F("introduced_on"))),
        Figure.RUNNING: (Record.MATCH, Ask(due.running_matches(service, last), **of_match, day=F("introduced_on"))),
        Figure.PLANNED: (
            Record.MATCH,
            Ask(over.filter(ending__kind=Ending.Kind.PLANNED), **of_match, day=F("ended_on")),
        ),
        Figure.SUDDEN: (Record.MATCH, Ask(over.filter(ending__kind=Ending.Kind.SUDDEN), **of_match, day=F("ended_on"))),
        Figure.UNSAID: (Record.MATCH, Ask(over.filter(ending__isnull=True), **of_match, day=F("ended_on"))),
        Figure.MEETINGS: (Record.CONTACT, Ask(meetings.filter(reached__in=REACHED), **of_meeting)),
        Figure.MISSED: (Record.CONTACT, Ask(meetings.filter(reached__in=(False,)), **of_meeting)),
        Figure.MENTEES_HEARD: (Record.CONTACT, Ask(staff_with["mentee"], F("mentee__name"), F("ref"), **by_day)),
        Figure.MENTORS_HEARD: (Record.CONTACT, Ask(staff_with["mentor"], F("mentor__name"), F("ref"), **by_day)),
        Figure.REVIEWS: (Record.MATCH, Ask(reviews, **of_review, day=F("on"))),
        Figure.SUPERVISIONS: (Record.MENTOR, Ask(sessions, F("mentor__name"), F("mentor__ref"), day=F("on"))),
    }


def _trained(practice: Practice, first: date, last: date) -> Ask:
    nth = Window(RowNumber(), partition_by=F("mentor"), order_by=(F("session__on"), F("session__number")))
    there = Attendance.objects.filter(
        mentor__service=practice.service,
        session__training__kind=Training.Kind.INITIAL,
        state=Attendance.State.PRESENT,
        session__on__lte=last,
    )
    # which of a person's sessions it was is counted over all years, so the year is asked for afterwards; and before, so
    # that nobody is counted who was at none in it
    lately = there.filter(session__on__gte=first).values("mentor")
    complete = there.filter(mentor__in=lately).annotate(nth=nth).filter(nth=practice.training_sessions or 1)
    rows = Attendance.objects.filter(pk__in=complete.values("pk"), session__on__gte=first)
    return Ask(rows, F("mentor__name"), F("mentor__ref"), day=F("session__on"))
