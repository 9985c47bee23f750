"""The rules with a figure (domain, section 1), read off a service's rows and over all its time: what is broken, where.

Written apart from the generator and from the product's own lists of what is due, so that each can be held against it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from kithwork.caseload.models import (
    Attendance,
    Consent,
    Contact,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Referral,
    Supervision,
    Training,
)
from kithwork.core.days import add_months
from kithwork.governance.models import Change, Evaluation, Insurance, Policy, Risk, Staff
from kithwork.governance.policies import INDICATOR, REPEATED

Broken = tuple[str, str]  # indicator, reference of the row


def broken(practice: Practice, at: date) -> set[Broken]:
    """Every rule that does not hold on that day, or did not on some day before."""
    return {
        *_referrals(practice),
        *_mentees(practice, at),
        *_mentors(practice, at),
        *_trainings(practice, at),
        *_matches(practice, at),
        *_followed(practice, at),
        *_endings(practice, at),
        *_papers(practice, at),
        *_staff(practice, at),
        *_ground(practice, at),
    }


def gaps(start: date, days: Iterable[date], end: date, months: int) -> bool:
    """Whether more than so many months ever passed from one to the next, or to the end."""
    last = start
    for day in [*sorted(day for day in days if start <= day <= end), end]:
        if day > add_months(last, months):
            return True
        last = day
    return False


def _said(practice: Practice, kind: str, field: str) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = Contact.objects.filter(service=practice.service, kind=kind, reached=True).order_by("on")
    for key, on in rows.values_list(f"{field}_id", "on"):
        found[key].append(on)
    return found


def _last(person: Mentee | Mentor, at: date) -> date:
    return min(person.left_on or at, at)


def _referrals(practice: Practice) -> Iterator[Broken]:
    for one in Referral.objects.filter(mentee__service=practice.service).select_related("mentee"):
        if one.outcome and (one.told_on is None or one.acknowledged_on is None):
            yield "39", one.ref
        if one.outcome != Referral.Outcome.ACCEPTED:
            continue
        mentee = one.mentee
        if not all(one.eligible.get(asked) is True for asked in practice.eligibility) or not mentee.needs:
            yield "40", one.ref
        if not one.why or not one.agreed:
            yield "40", one.ref
        if not mentee.risk_assessments.filter(kind="person", on__lte=mentee.accepted_on).exists():
            yield "40", one.ref


def _mentees(practice: Practice, at: date) -> Iterator[Broken]:
    heard = _said(practice, "mentee", "mentee")
    told = _said(practice, "referrer", "mentee")
    for one in Mentee.objects.filter(service=practice.service, accepted_on__isnull=False):
        assert one.accepted_on is not None
        asked = set(one.consents.filter(on__lte=one.accepted_on).values_list("kind", flat=True))
        if not {"data", "third-parties", "risk", "reviews"} <= asked:
            yield "41", one.ref
        if gaps(one.accepted_on, heard[one.pk], _last(one, at), 3):
            yield "42", one.ref
        if one.referrer_involved and gaps(one.accepted_on, told[one.pk], _last(one, at), 3):
            yield "42", one.ref
        if one.equalities_asked_on is None:
            yield "36", one.ref
        if one.left_on is None and one.waiting_since is None:
            yield "39", one.ref
        if one.matches.exists() and not (one.profile and one.interests and one.availability):
            yield "55", one.ref


def _mentors(practice: Practice, at: date) -> Iterator[Broken]:
    heard = _said(practice, "mentor", "mentor")
    kind = MentorStep.Kind
    for one in Mentor.objects.filter(service=practice.service):
        steps = {step.kind: step for step in one.steps.all()}
        if not one.consents.filter(kind=Consent.Kind.DATA, answer="given", on__lte=one.applied_on).exists():
            yield "46", one.ref
        if kind.APPLICATION not in steps:
            yield "46", one.ref
        open_still = one.attendance.filter(session__training__kind="initial", state="invited")
        if open_still.filter(session__on__lt=at - timedelta(days=7)).exists():
            yield "45", one.ref
        chosen = steps.get(kind.SELECTION)
        if chosen and chosen.outcome == "no":
            told = steps.get(kind.FEEDBACK)
            if told is None or not told.signposted_to:
                yield "51", one.ref
        if one.accepted_on is None:
            continue
        accepted, last = one.accepted_on, _last(one, at)
        if {kind.ROLE, kind.INTERVIEW} - steps.keys():
            yield "47", one.ref
        if one.references.filter(suitable=True, received_on__lte=accepted).count() < 2:
            yield "47", one.ref
        checks = [(v.on, v.expires_on) for v in one.vettings.filter(outcome="clear").order_by("on")]
        if not _covered(checks, accepted, last):
            yield "47", one.ref
        there = one.attendance.filter(session__training__kind="initial", state="present", session__on__lte=accepted)
        if there.count() < 2:
            yield "48", one.ref
        if one.attendance.filter(state="present", performance="").exists() or not (chosen and chosen.note):
            yield "50", one.ref
        if practice.badges and kind.BADGE not in steps:
            yield "32", one.ref
        if kind.POST_TRAINING not in steps:
            yield "e15", one.ref
        supervised = list(one.supervisions.values_list("on", flat=True))
        if gaps(accepted, supervised, last, 6):
            yield "52", one.ref
        elif gaps(accepted, supervised, last, 3):
            yield "e16", one.ref
        for session in one.supervisions.all():
            if set(session.topics) < {topic.value for topic in Supervision.Topic}:
                yield "52", session.ref
        if gaps(accepted, heard[one.pk], last, 3):
            yield "53", one.ref
        offered = one.attendance.filter(session__training__kind="refresher").values_list("session__on", flat=True)
        if gaps(accepted, offered, last, 12):
            yield "54", one.ref
        if one.matches.exists() and not (one.profile and one.interests and one.availability):
            yield "55", one.ref


def _covered(checks: list[tuple[date | None, date | None]], start: date, end: date) -> bool:
    """Whether one clear check after the other holds on every day."""
    day = start
    for on, until in checks:
        if on is not None and on <= day:
            if until is None or until >= end:
                return True
            day = max(day, until + timedelta(days=1))
    return False


def _trainings(practice: Practice, at: date) -> Iterator[Broken]:
    for one in Training.objects.filter(service=practice.service):
        days = sorted(one.sessions.values_list("on", flat=True))
        came = Attendance.objects.filter(session__training=one, state="present")
        if days[0] <= at and (one.outline_sent_on is None or one.outline_sent_on >= days[0]):
            yield "48", one.ref
        if days[-1] < at - timedelta(days=30) and came.exists():
            yield from [("49", one.ref)] * (not one.acted_on or not came.filter(satisfied__isnull=False).exists())


def _matches(practice: Practice, at: date) -> Iterator[Broken]:
    for one in Match.objects.filter(service=practice.service).select_related("mentee", "mentor"):
        if not one.rationale:
            yield "56", one.ref
        if one.introduced_on is None:
            continue
        introduced, last = one.introduced_on, min(one.ended_on or at, at)
        told = (one.mentee_told_on, one.mentor_told_on)
        if None in told or max(day for day in told if day) > introduced:
            yield "56", one.ref
        assert one.mentee_answer == one.mentor_answer == "yes"
        answered = (one.mentee_answered_on, one.mentor_answered_on)
        if None in answered or max(day for day in answered if day) > introduced:
            yield "56", one.ref
        assert one.mentor.accepted_on is not None
        assert one.mentor.accepted_on <= one.proposed_on
        if not one.introduced_by:
            yield "57", one.ref
        for kind in ("activity", "home") if practice.visits_homes else ("activity",):
            looked = sorted(one.mentee.risk_assessments.filter(kind=kind).values_list("on", flat=True))
            first = [day for day in looked if day <= introduced]
            if not first or gaps(first[0], looked, last, 12):
                yield "43", one.ref
        measured = list(one.mentee.measurements.order_by("on").values_list("on", flat=True))
        known = bool(measured) and measured[0] < measured[-1] and add_months(measured[-1], 12) >= last
        if one.ended_on is None and last > add_months(introduced, 6) and not known:
            yield "37", one.ref
        if not one.plans.filter(on__lte=introduced + timedelta(days=14), aims__gt="").exists():
            yield "44", one.ref
        reviews = list(one.reviews.all())
        if gaps(introduced, [review.on for review in reviews], last, 3):
            yield "44", one.ref
        for review in reviews:
            answered = review.achieved and review.goes_on is not None and review.needed is not None
            if not (answered and review.of_service and review.outcome):
                yield "44", review.ref
        if any(change.done_on is None for change in one.boundary_changes.all()):
            yield "58", one.ref
        signed = [a for a in one.agreements.all() if a.mentee_on and a.mentor_on and a.service_on]
        if last > add_months(introduced, 2):
            days = [max(a.mentee_on, a.mentor_on, a.service_on) for a in signed]  # type: ignore[type-var]
            if not days or min(days) > add_months(introduced, 2):  # type: ignore[operator,arg-type,type-var]
                yield "e22", one.ref


def _followed(practice: Practice, at: date) -> Iterator[Broken]:
    """Contact within a week of the first meeting and again by the fifth; closer while new or difficult."""
    heard = {side: _said(practice, side, side) for side in ("mentee", "mentor")}
    met = _said(practice, "meeting", "match")
    for one in Match.objects.filter(service=practice.service, introduced_on__isnull=False):
        assert one.introduced_on is not None
        last = min(one.ended_on or at, at)
        mentor_heard = heard["mentor"][one.mentor_id]
        new = (one.introduced_on, min(last, one.introduced_on + timedelta(weeks=practice.new_weeks)))
        hard = (one.difficult_since, last)
        if one.difficult_since != one.introduced_on or one.difficult_since is None:
            for start, end in (new, hard):
                if start is not None and _four_weeks_pass(start, mentor_heard, end):
                    yield "53", one.ref
        first = one.first_met_on
        if first is None:
            continue
        for side, key in (("mentee", one.mentee_id), ("mentor", one.mentor_id)):
            since = [day for day in heard[side][key] if first <= day <= last]
            week = first + timedelta(days=7)
            missed = last > week and not [day for day in since if day <= week]
            if missed or (len(met[one.pk]) > 5 and len([day for day in since if day <= met[one.pk][5]]) < 2):
                yield "58", one.ref


def _four_weeks_pass(start: date, days: list[date], end: date) -> bool:
    last = start
    for day in [*(day for day in days if start <= day <= end), end]:
        if day > last + timedelta(days=28):
            return True
        last = day
    return False


def _endings(practice: Practice, at: date) -> Iterator[Broken]:
    rows: Any = Match.objects.filter(service=practice.service, ended_on__isnull=False)
    for one in rows.select_related("ending", "mentee"):
        ending = one.ending
        planned = ending.kind == "planned"
        notice = (ending.last_day - ending.known_on).days >= practice.notice_days
        if planned and not notice and not ending.short_because:
            yield "59", one.ref
        if None in (ending.mentee_told_on, ending.mentor_told_on):
            yield "61", one.ref
        if one.ended_on > at - timedelta(days=7):
            continue
        if planned and ending.looked_back_on is None:
            yield "59", one.ref
        if one.mentee.carer and ending.carer_told_on is None:
            yield "61", one.ref
        if one.mentee.referrer_involved and ending.referrer_told_on is None:
            yield "61", one.ref
        if None in (ending.mentee_confirmed_on, ending.mentor_confirmed_on) or not ending.follows:
            yield "61", one.ref
        if not planned and not one.extra_support.filter(on__gte=ending.known_on).exists():
            yield "60", one.ref
        if ending.asked_exit_on is None and one.ended_on < at - timedelta(days=14):
            yield "e9", one.ref


def _papers(practice: Practice, at: date) -> Iterator[Broken]:
    live = Policy.objects.filter(service=practice.service, ended_on__isnull=True)
    asked = {subject.value for subject in Policy.Subject} - {subject.value for subject in REPEATED}
    assert asked == set(live.values_list("subject", flat=True))
    for one in live:
        number = INDICATOR[one.subject].replace("excellence ", "e") if one.subject in INDICATOR else "4"
        versions = list(one.versions.order_by("approved_on"))
        if not _covered([(version.approved_on, version.review_due) for version in versions], practice.begun_on, at):
            yield number, one.ref
        if one.subject == Policy.Subject.LONE_WORKING and not one.covers_volunteers:
            yield number, one.ref
        for version in versions:
            groups = set(version.told.values_list("group", flat=True))
            if version.affects_people and not {"mentees", "mentors"} <= groups:
                yield "38", one.ref


def _staff(practice: Practice, at: date) -> Iterator[Broken]:
    for one in Staff.objects.filter(service=practice.service):
        if one.references.filter(satisfactory=True).count() < 2:
            yield "27", one.ref
        checks = [(v.on, v.expires_on) for v in one.vettings.filter(clear=True).order_by("on")]
        if not _covered(checks, one.began_on, at):
            yield "27", one.ref
        if not {"protection", "risk", "volunteers"} <= set(one.trainings.values_list("topic", flat=True)):
            yield "28", one.ref
        if gaps(one.began_on, one.supervisions.filter(minuted=True).values_list("on", flat=True), at, 3):
            yield "29", one.ref
        appraised = one.appraisals.filter(needs_assessed=True).values_list("on", flat=True)
        if gaps(one.began_on, appraised, at, 12):
            yield "30", one.ref
        if one.badge_on is None:
            yield "32", one.ref


def _ground(practice: Practice, at: date) -> Iterator[Broken]:
    service, begun = practice.service, practice.begun_on
    rows = list(Insurance.objects.filter(service=service).order_by("begins"))
    for held in ([r for r in rows if r.cover == "both"], [r for r in rows if r.volunteers and r.cover == "public"]):
        if not held or not _covered([(r.begins, r.ends) for r in held], max(begun, held[0].begins), at):
            yield "3", held[-1].ref if held else ""
    for risk in Risk.objects.filter(service=service, closed_on__isnull=True):
        late = risk.done_on is None and (risk.due_on is None or risk.due_on < at)
        if not risk.owner or late:
            yield "7", risk.ref
    evaluations = list(Evaluation.objects.filter(service=service).order_by("on"))
    if gaps(begun, [one.on for one in evaluations], at, 36):
        yield "37", service.ref
    whole = [one.on for one in evaluations if one.baseline and one.figures and one.words and len(one.groups) == 5]
    if evaluations and not any(add_months(on, 36) >= at for on in whole):
        yield "37", evaluations[-1].ref
    for change in Change.objects.filter(service=service, affects_people=True, changed_on__isnull=False):
        if None in (change.mentees_told_on, change.mentors_told_on):
            yield "38", change.ref
    kinds = dict.fromkeys(("social", "newsletter", "peers"), 0)
    for gathering in service.gatherings.all():
        kinds[gathering.kind] += gathering.on > add_months(at, -12)
    if kinds["social"] < 1:
        yield "e19", service.ref
    if kinds["newsletter"] < 2:
        yield "e20", service.ref
    live = Match.objects.filter(service=service, introduced_on__lte=at, ended_on__isnull=True).count()
    if live > practice.capacity:
        yield "26", service.ref
