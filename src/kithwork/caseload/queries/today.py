"""What needs somebody today: every kind of it as a set (`asks`), so that the first page, the list of one kind and the
weekly mail count alike. One query for all of them (see `lines.py`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, TruncDate

from kithwork.caseload.models import (
    Agreement,
    Contact,
    Ending,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Review,
    RiskAssessment,
    Vetting,
)
from kithwork.caseload.queries import due, followups
from kithwork.caseload.queries.keeping import Kept, settings_of
from kithwork.caseload.queries.lines import Ask, Found, Prepared, asked, prepared
from kithwork.caseload.queries.logs import answers_awaited, unread
from kithwork.caseload.queries.matches import PROPOSED, REACHED, places_taken, waiting_for_match
from kithwork.caseload.queries.mentors import (
    exempt,
    exemptions_holding,
    feedback_owed,
    mentors_of,
    unread_references,
)
from kithwork.caseload.queries.referrals import open_referrals, outcomes_to_tell
from kithwork.core.days import Period, still_within
from kithwork.core.service import Missing
from kithwork.organisations.models import Service

AHEAD = timedelta(days=14)  # what falls due so soon is shown already; ours


class Matter(StrEnum):
    """What can need somebody, in the order of harm where it is left undone; closed, so that a page finds its words and
    its address by it.
    """

    VETTING = "vetting-lapsed"
    CALL_MENTEE = "call-mentee"
    CALL_MENTOR = "call-mentor"
    CONTACT_MENTEE = "contact-mentee"
    CONTACT_MENTOR = "contact-mentor"
    REVIEW = "review"
    SUPERVISION = "supervision"
    RISK_ACTION = "risk-action"
    RISK_ACTIVITY = "risk-activity"
    RISK_HOME = "risk-home"
    FIRST_MET = "first-met"
    FIRST_WEEK_MENTEE = "first-week-mentee"
    FIRST_WEEK_MENTOR = "first-week-mentor"
    FIFTH_MENTEE = "fifth-mentee"
    FIFTH_MENTOR = "fifth-mentor"
    CLOSER = "closer-contact"
    PLAN = "plan"
    AGREEMENT = "agreement"
    DISPUTE = "dispute"
    BOUNDARY = "boundary"
    MISSED = "missed"
    DROPOUT = "dropout"
    NEAR_END = "near-end"
    ENDING = "ending"
    SUPPORT = "support"
    WAITS_AGAIN = "waits-again"
    CONCLUDE = "conclude"
    REFERRAL = "referral"
    OUTCOME = "outcome"
    APPLICANT = "applicant"
    REFERENCE = "reference"
    FEEDBACK = "feedback"
    RENEWAL = "vetting-renewal"
    PROPOSED = "proposed"
    WAITING = "waiting"
    ANSWER = "answer"
    UNREAD = "unread"
    EXEMPTION = "exemption"


AS_ONE = frozenset({Matter.WAITING, Matter.UNREAD})  # many rows, one thing to do


def asks(practice: Practice, today: date) -> dict[Matter, Ask]:
    """Every kind of a service, each as a set. `practice` comes with its service. Nothing is asked of the database."""
    found = {
        **dict(_regular(practice, today)),
        **dict(_risks(practice, today)),
        **dict(_checks(practice, today)),
        **dict(_new_matches(practice, today)),
        **dict(_on_the_way(practice, today)),
        **dict(_endings(practice, today)),
        **dict(_coming(practice, today)),
        **dict(_to_decide(practice, today)),
    }
    return {matter: found[matter] for matter in Matter if matter in found}


def needed(practice: Practice, today: date, most: int = 8) -> dict[Matter, Found]:
    """What needs somebody, by kind, in the order of harm: how many, how many overdue, the first `most`. Nobody is to be
    found for those who wait while no place is free. Two queries.
    """
    found = asked(_ready(practice, today, most))
    if Matter.WAITING in found and places_taken(practice.service, today) >= practice.capacity:
        del found[Matter.WAITING]
    return {matter: found[matter] for matter in Matter if matter in found}


_MADE: Kept[Prepared] = Kept()


def _ready(practice: Practice, today: date, most: int) -> Prepared:
    """The query of a service's day, made once for as long as its settings stay the same."""
    return _MADE.get((today, most, *settings_of(practice)), lambda: prepared(dict(asks(practice, today)), most))


def anybody(service: Service) -> bool:
    """Whether somebody was ever referred, or applied to mentor."""
    return Mentee.objects.filter(service=service).exists() or Mentor.objects.filter(service=service).exists()


Asked = Iterator[tuple[Matter, Ask]]
_NAME, _REF = F("name"), F("ref")
_BOTH: dict[str, Any] = {"name": F("mentee__name"), "other": F("mentor__name"), "ref": F("ref")}
_OF_MATCH: dict[str, Any] = {
    "name": F("match__mentee__name"),
    "other": F("match__mentor__name"),
    "ref": F("match__ref"),
}


def _regular(practice: Practice, today: date) -> Asked:
    """What comes round at its interval: shown from two weeks before its day."""
    service, ahead = practice.service, today + AHEAD
    contact, review = Period(practice.contact_months, "month"), Period(practice.review_months, "month")
    supervision = Period(practice.supervision_months, "month")

    def soon(lasts: Period) -> date:
        return still_within(lasts, ahead + timedelta(days=1))

    def late(lasts: Period) -> date:
        return still_within(lasts, today)

    mentees = due.mentees_heard(service, today, soon(contact))
    mentors = due.mentors_heard(service, today, soon(contact))
    reviews = due.matches_reviewed(service, today, soon(review))
    supervised = due.mentors_supervised(service, today, soon(supervision))
    base = F("base")
    yield Matter.CONTACT_MENTEE, Ask(mentees, _NAME, _REF, day=base, lasts=contact, late=late(contact))
    yield Matter.CONTACT_MENTOR, Ask(mentors, _NAME, _REF, day=base, lasts=contact, late=late(contact))
    yield Matter.REVIEW, Ask(reviews, **_BOTH, day=base, lasts=review, late=late(review))
    yield Matter.SUPERVISION, Ask(supervised, _NAME, _REF, day=base, lasts=supervision, late=late(supervision))


def _risks(practice: Practice, today: date) -> Asked:
    service, ahead = practice.service, today + AHEAD
    lasts = Period(practice.risk_months, "month")
    here = Q(mentee__left_on__isnull=True) | Q(mentee__left_on__gte=today)
    actions = RiskAssessment.objects.filter(
        here, Q(actions_due__isnull=True) | Q(actions_due__lte=ahead), mentee__service=service, on__lte=today
    ).filter(actions__gt="", actions_done_on__isnull=True)
    yield (
        Matter.RISK_ACTION,
        Ask(
            actions,
            F("mentee__name"),
            F("mentee__ref"),
            key=_REF,
            day=F("actions_due"),
            late=Q(actions_due__lt=today),
        ),
    )
    kinds = {Matter.RISK_ACTIVITY: RiskAssessment.Kind.ACTIVITY}
    if practice.visits_homes:
        kinds[Matter.RISK_HOME] = RiskAssessment.Kind.HOME
    matched = due.current_mentees(service, today).filter(pk__in=due.running_matches(service, today).values("mentee"))
    for matter, kind in kinds.items():
        done = RiskAssessment.objects.filter(mentee=OuterRef("pk"), kind=kind, on__lte=today).order_by("-on")
        lately = Exists(done.filter(on__gte=still_within(lasts, ahead + timedelta(days=1))))
        rows = matched.filter(~lately).annotate(last=Subquery(done.values("on")[:1]))
        late = Q(last__isnull=True) | Q(last__lt=still_within(lasts, today))
        yield matter, Ask(rows, _NAME, _REF, day=F("last"), lasts=lasts, late=late)


def _checks(practice: Practice, today: date) -> Asked:
    """Checks that have lapsed while somebody meets a mentee, and those to be renewed. `other` is the outcome, `key` the
    check that is awaited already.
    """
    if practice.vetting == Practice.Vetting.NONE:
        return
    of_mentor = Vetting.objects.filter(mentor=OuterRef("pk"))
    made = of_mentor.filter(on__lte=today).exclude(outcome=Vetting.Outcome.ASKED).order_by("-on", "-pk")
    awaited = of_mentor.filter(outcome=Vetting.Outcome.ASKED).order_by("-asked_on", "-pk")
    rows = due.current_mentors(practice.service, today).annotate(
        checked=Coalesce(Subquery(made.values("outcome")[:1]), Value("")),
        until=Subquery(made.values("expires_on")[:1]),
        awaited=Coalesce(Subquery(awaited.values("ref")[:1]), Value("")),
    )
    holds = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
    over = Q(outcome=Vetting.Outcome.UNSUITABLE) | Q(outcome=Vetting.Outcome.CLEAR, expires_on__lt=today)
    # asked of an index first; what follows looks at the latest check of those who are left
    doubtful = ~Exists(of_mentor.filter(holds, outcome=Vetting.Outcome.CLEAR)) | Exists(of_mentor.filter(over))
    clear = Q(checked=Vetting.Outcome.CLEAR)
    lapsed = Q(checked="") | (clear & Q(until__lt=today))
    unfit = Q(checked=Vetting.Outcome.UNSUITABLE)
    held = rows.filter(doubtful, due.is_matched("mentor", today)).filter(
        unfit | (lapsed & ~Q(exempt(Missing.VETTING, today)))
    )
    grace = today - timedelta(days=practice.vetting_grace_days)
    more: dict[str, Any] = {"other": F("checked"), "key": F("awaited"), "day": F("until")}
    yield Matter.VETTING, Ask(held, _NAME, _REF, **more, late=~clear | Q(until__lt=grace))
    # the first day of the window is the last day + 1 - window (core/service/clearance.py)
    window = (today, today + timedelta(days=practice.vetting_window_days - 1))
    ending = Exists(of_mentor.filter(outcome=Vetting.Outcome.CLEAR, expires_on__range=window))
    yield Matter.RENEWAL, Ask(rows.filter(ending).filter(clear, until__range=window), _NAME, _REF, **more)


def _new_matches(practice: Practice, today: date) -> Asked:
    service = practice.service
    week: dict[str, Any] = {
        "day": F("first_met_on"),
        "lasts": Period(7, "day"),
        "late": followups.first_week_overdue(today),
    }
    fifth: dict[str, Any] = {"day": F("fifth"), "late": Q(sixth__isnull=False)}
    closer = followups.closer_contact_overdue(practice, today)
    months = Period(practice.agreement_months, "month")
    soon = still_within(months, today + AHEAD + timedelta(days=1))
    late = Q(introduced_on__lt=still_within(months, today))
    unsigned = followups.unsigned(service, today).filter(introduced_on__lt=soon)
    yield Matter.FIRST_MET, Ask(followups.not_yet_met(service, today), **_BOTH, day=F("introduced_on"))
    yield Matter.FIRST_WEEK_MENTEE, Ask(followups.first_week(service, "mentee", today), **_BOTH, **week)
    yield Matter.FIRST_WEEK_MENTOR, Ask(followups.first_week(service, "mentor", today), **_BOTH, **week)
    yield Matter.FIFTH_MENTEE, Ask(followups.fifth_meeting(service, "mentee", today), **_BOTH, **fifth)
    yield Matter.FIFTH_MENTOR, Ask(followups.fifth_meeting(service, "mentor", today), **_BOTH, **fifth)
    yield Matter.CLOSER, Ask(closer, **_BOTH, day=F("base"), lasts=followups.CLOSER, late=Q(pk__isnull=False))
    yield Matter.PLAN, Ask(followups.without_plan(service, today), **_BOTH, day=F("introduced_on"))
    yield Matter.AGREEMENT, Ask(unsigned, **_BOTH, day=F("introduced_on"), lasts=months, late=late)


def _on_the_way(practice: Practice, today: date) -> Asked:
    """What has gone wrong in a match, or may."""
    service = practice.service
    disputes = followups.open_disputes(service)
    changes = followups.boundaries_to_act_on(service)
    dropout = followups.dropout_to_look_at(service, today)
    reviews = Review.objects.filter(followups.running_through(today), match__service=service, outcome="")
    again: dict[str, Any] = {"day": F("look_again_on"), "late": Q(look_again_on__lt=today)}
    yield Matter.DISPUTE, Ask(disputes, **_OF_MATCH, key=_REF, day=F("raised_on"))
    yield Matter.BOUNDARY, Ask(changes, **_OF_MATCH, key=F("pk"), day=F("noticed_on"))
    yield Matter.DROPOUT, Ask(dropout, **_OF_MATCH, **again)
    yield Matter.CONCLUDE, Ask(reviews, **_OF_MATCH, key=_REF, day=F("on"))
    planned = Contact.objects.filter(match=OuterRef("pk"), kind=Contact.Kind.MEETING, on__lte=today)
    met = planned.filter(reached__in=REACHED).order_by("-on").values("on")[:1]
    missed = planned.filter(reached__in=(False,), on__gt=OuterRef("met")).order_by("-on").values("on")
    rows = (
        due.running_matches(service, today)
        .annotate(met=Coalesce(Subquery(met), F("introduced_on")))
        .annotate(missed=Subquery(missed[1:2]))  # the last but one: two in a row did not take place
        .filter(missed__isnull=False)
    )
    yield Matter.MISSED, Ask(rows, **_BOTH, day=F("missed"))


def _endings(practice: Practice, today: date) -> Asked:
    """Matches near their end, and what is still to be done about those that end. `key` says what is first."""
    service = practice.service
    near = followups.near_end(practice, today)
    yield Matter.NEAR_END, Ask(near, **_BOTH, day=F("meant"), late=Q(meant__lt=today))
    ends = followups.endings_to_finish(service, today)
    first = Case(
        When(mentee_told_on__isnull=True, then=Value("told mentee")),
        When(mentor_told_on__isnull=True, then=Value("told mentor")),
        When(match__mentee__carer__gt="", carer_told_on__isnull=True, then=Value("told carer")),
        When(follows="", then=Value("follows")),
        When(kind=Ending.Kind.PLANNED, looked_back_on__isnull=True, then=Value("look-back")),
        When(mentee_confirmed_on__isnull=True, then=Value("confirm mentee")),
        default=Value("confirm mentor"),
        output_field=TextField(),
    )
    yield Matter.ENDING, Ask(ends, **_OF_MATCH, key=first, day=F("last_day"))
    helped = Match.objects.filter(pk=OuterRef("match"), extra_support__on__gte=OuterRef("known_on"))
    lately = {"kind": Ending.Kind.SUDDEN, "last_day__gte": today - followups.STILL}
    left = Ending.objects.filter(~Exists(helped), followups.of_service(service), **lately)
    yield Matter.SUPPORT, Ask(left, **_OF_MATCH, day=F("last_day"))
    later = Match.objects.filter(mentee=OuterRef("mentee"), introduced_on__gte=OuterRef("ended_on"))
    other = Match.objects.filter(due.running(today), mentee=OuterRef("mentee"))
    over = (
        Match.objects.filter(service=service, ended_on__lt=today, mentee__left_on__isnull=True)
        .filter(Q(mentee__waiting_since__isnull=True) | Q(mentee__waiting_since__lt=F("ended_on")))
        .exclude(Exists(later.exclude(pk=OuterRef("pk"))))
        .exclude(Exists(other))
    )
    yield Matter.WAITS_AGAIN, Ask(over, **_BOTH, day=F("ended_on"))


def _coming(practice: Practice, today: date) -> Asked:
    """People who asked to be rung, who were referred, who offered to mentor; and what mentors logged."""
    service = practice.service
    here, asked = due.here(today), {"call_me_at__isnull": False, "erased_at__isnull": True}
    rung: dict[str, Any] = {"day": TruncDate("call_me_at"), "order": (F("call_me_at"),)}
    yield Matter.CALL_MENTEE, Ask(Mentee.objects.filter(here, service=service, **asked), _NAME, _REF, **rung)
    yield Matter.CALL_MENTOR, Ask(Mentor.objects.filter(here, service=service, **asked), _NAME, _REF, **rung)
    referrals = open_referrals(service).filter(mentee__erased_at__isnull=True)
    yield Matter.REFERRAL, Ask(referrals, F("mentee__name"), _REF, day=F("came_on"))
    decided = outcomes_to_tell(service, today).filter(mentee__erased_at__isnull=True)
    yield Matter.OUTCOME, Ask(decided, F("mentee__name"), _REF, day=F("decided_on"))
    stepped = MentorStep.objects.filter(mentor=OuterRef("pk")).exclude(kind=MentorStep.Kind.APPLICATION)
    applied = mentors_of(service).filter(~Exists(stepped), accepted_on__isnull=True, left_on__isnull=True)
    yield Matter.APPLICANT, Ask(applied, _NAME, _REF, day=F("applied_on"))
    read = unread_references(service)
    yield Matter.REFERENCE, Ask(read, F("mentor__name"), F("mentor__ref"), key=_REF, day=F("received_on"))
    yield Matter.FEEDBACK, Ask(feedback_owed(mentors_of(service)), _NAME, _REF, day=F("decided_on"))
    answers = answers_awaited(service)
    yield Matter.ANSWER, Ask(answers, F("contact__mentor__name"), F("contact__ref"), day=TruncDate("at"))
    yield Matter.UNREAD, Ask(unread(service), "", "", day=F("on"), order=(F("on").asc(),))  # bare, for its index


def _to_decide(practice: Practice, today: date) -> Asked:
    """Proposals, whom to propose somebody to, exemptions that end. `key` is the side to ask, or what comes next."""
    service = practice.service
    signed = Agreement.objects.filter(
        match=OuterRef("pk"), mentee_on__isnull=False, mentor_on__isnull=False, service_on__isnull=False
    )
    first = [When(~Exists(signed), then=Value("agree"))] if practice.agreement_first else []
    following = Case(
        When(mentee_answer="", then=Value("mentee")),
        When(mentor_answer="", then=Value("mentor")),
        *first,
        default=Value("introduce"),
        output_field=TextField(),
    )
    proposed = Match.objects.filter(PROPOSED, service=service)
    yield Matter.PROPOSED, Ask(proposed, **_BOTH, key=following, day=F("proposed_on"))
    order = (F("priority").desc(), F("waits_from").asc())
    yield Matter.WAITING, Ask(waiting_for_match(service, today), _NAME, _REF, day=F("waits_from"), order=order)
    ending = exemptions_holding(service, today).filter(until__lt=today + AHEAD)
    yield Matter.EXEMPTION, Ask(ending, F("mentor__name"), F("mentor__ref"), key=F("missing"), day=F("until"))
