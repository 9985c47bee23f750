"""What is due with one match, soonest and worst first: the same sets as the lists, asked of one row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kithwork.caseload.models import Ending, ExtraSupport, Match, Practice, Referral
from kithwork.caseload.queries import due, followups
from kithwork.caseload.queries.logs import missed_lately
from kithwork.caseload.queries.matches import (
    State,
    agreement_of,
    last_day_meant,
    signed_by_all,
    state_of,
)
from kithwork.core.days import Period


class Task(StrEnum):
    """What there is to do with a match."""

    ANSWER = "answer"
    AGREE = "agree"
    INTRODUCE = "introduce"
    FIRST_MET = "first-met"
    FIRST_WEEK = "first-week"
    FIFTH = "fifth"
    CLOSER = "closer"
    REVIEW = "review"
    CONCLUDE = "conclude"
    PLAN = "plan"
    BOUNDARY = "boundary"
    DISPUTE = "dispute"
    DROPOUT = "dropout"
    NEAR_END = "near-end"
    MISSED = "missed"
    TELL = "tell"
    FOLLOWS = "follows"
    LOOK_BACK = "look-back"
    CONFIRM = "confirm"
    SUPPORT = "support"
    EXIT = "exit"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Owed:
    """Something to do, by a day where there is one. `who` is a side, or who is to be told; `ref` a row's reference."""

    task: Task
    by: date | None = None
    who: str = ""
    ref: str = ""


def owed_with(match: Match, practice: Practice, today: date) -> list[Owed]:
    """All that is due with a match, those with the earliest day first and those without one after what is overdue."""
    state = state_of(match, today)
    found: list[Owed] = []
    if state is State.PROPOSED:
        found += _proposed(match, practice)
    if state in (State.RUNNING, State.ENDING):
        found += _running(match, practice, today)
    ending = Ending.objects.filter(match=match).first()
    if ending is not None:
        found += _ending(match, ending, state, today)
    return sorted(found, key=lambda one: one.by or today)


def _proposed(match: Match, practice: Practice) -> Iterator[Owed]:
    for side in ("mentee", "mentor"):
        if not getattr(match, f"{side}_answer"):
            yield Owed(Task.ANSWER, who=side)
    if practice.agreement_first and not signed_by_all(agreement_of(match)):
        yield Owed(Task.AGREE)
    elif match.mentee_answer == match.mentor_answer == Match.Answer.YES:
        yield Owed(Task.INTRODUCE)


def _running(match: Match, practice: Practice, today: date) -> Iterator[Owed]:
    service, mine = match.service, {"pk": match.pk}
    if match.first_met_on is None:
        yield Owed(Task.FIRST_MET, by=match.introduced_on)
    else:
        sides: tuple[followups.Side, ...] = ("mentee", "mentor")
        for side in sides:
            if followups.first_week(service, side, today).filter(**mine).exists():
                yield Owed(Task.FIRST_WEEK, by=match.first_met_on + followups.FIRST_WEEK, who=side)
            elif (row := followups.fifth_meeting(service, side, today).filter(**mine).first()) is not None:
                yield Owed(Task.FIFTH, by=row.fifth, who=side)  # type: ignore[attr-defined]  # annotated
    if (row := followups.closer_contact(practice, today).filter(**mine).first()) is not None:
        yield Owed(Task.CLOSER, by=followups.CLOSER.after(row.base), who="mentor")  # type: ignore[attr-defined]  # annotated
    if (row := due.matches_reviewed(service, today).filter(**mine).first()) is not None:
        yield Owed(Task.REVIEW, by=Period(practice.review_months, "month").after(row.base))  # type: ignore[attr-defined]  # annotated
    for review in match.reviews.filter(outcome=""):
        yield Owed(Task.CONCLUDE, by=review.on, ref=review.ref)
    if not match.plans.exists():
        yield Owed(Task.PLAN, by=match.introduced_on)
    agreement = agreement_of(match)
    if match.kind == Match.Kind.ONE and not signed_by_all(agreement) and match.introduced_on:
        yield Owed(Task.AGREE, by=Period(practice.agreement_months, "month").after(match.introduced_on))
    for change in match.boundary_changes.filter(done_on__isnull=True):
        yield Owed(Task.BOUNDARY, by=change.noticed_on, ref=str(change.pk))
    for dispute in match.disputes.filter(settled_on__isnull=True):
        yield Owed(Task.DISPUTE, by=dispute.raised_on, ref=dispute.ref)
    risk = match.dropout_risks.order_by("on", "pk").last()
    if risk is not None and risk.look_again_on is not None:
        yield Owed(Task.DROPOUT, by=risk.look_again_on)
    meant = last_day_meant(match, agreement, practice)
    if match.ended_on is None and meant is not None and meant <= today + followups.NEAR_END:
        yield Owed(Task.NEAR_END, by=meant)
    if missed_lately(match):
        yield Owed(Task.MISSED, by=today)


def _ending(match: Match, ending: Ending, state: State, today: date) -> Iterator[Owed]:
    told = {
        "mentee": True,
        "mentor": True,
        "carer": bool(match.mentee.carer),
        "referrer": _referred(match),
    }
    for whom, concerned in told.items():
        if concerned and getattr(ending, f"{whom}_told_on") is None:
            yield Owed(Task.TELL, by=ending.known_on, who=whom)
    if ending.looked_back_on is None and ending.kind == Ending.Kind.PLANNED:
        yield Owed(Task.LOOK_BACK, by=ending.last_day)
    if not ending.follows:
        yield Owed(Task.FOLLOWS, by=ending.last_day)
    for side in ("mentee", "mentor"):
        if getattr(ending, f"{side}_confirmed_on") is None:
            yield Owed(Task.CONFIRM, by=ending.last_day + timedelta(days=7), who=side)
    sudden = ending.kind == Ending.Kind.SUDDEN
    if sudden and not ExtraSupport.objects.filter(match=match, on__gte=ending.known_on).exists():
        yield Owed(Task.SUPPORT, by=ending.known_on)
    if state is not State.ENDED:
        return
    if ending.asked_exit_on is None:
        yield Owed(Task.EXIT, by=ending.last_day + timedelta(days=14))
    if _undecided(match, ending, today):
        yield Owed(Task.WAIT, by=ending.last_day)


def _referred(match: Match) -> bool:
    """Whether somebody else referred the mentee and is still to be told how things go."""
    mentee = match.mentee
    return mentee.referrer_involved and mentee.referrals.exclude(source=Referral.Source.SELF).exists()


def _undecided(match: Match, ending: Ending, today: date) -> bool:
    """Whether it is open what becomes of the mentee: still here, not matched, not waiting anew."""
    mentee = match.mentee
    if mentee.left_on is not None:
        return False
    if mentee.waiting_since is not None and mentee.waiting_since >= ending.last_day:
        return False
    later = Match.objects.filter(mentee=mentee, introduced_on__gte=ending.last_day).exclude(pk=match.pk)
    return not later.exists()
