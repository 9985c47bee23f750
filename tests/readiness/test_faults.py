"""Made-up services against the whole edition: without faults nothing fails; each fault put in fails the check that is
meant, on its row, and no other check and no other row does.
"""

from datetime import date

import pytest

from kithwork.caseload.models import Practice, Review, Supervision
from kithwork.checks import behind
from kithwork.checks.rows import told
from kithwork.core.readiness import State
from kithwork.core.schemes import load as load_edition
from kithwork.procedures.plausible import Fault, Wanted, load
from kithwork.procedures.plausible.faults import BREAKERS
from kithwork.procedures.sample import Cast
from kithwork.readiness.counting import Answering, standings
from tests.journeys.short import QIM
from tests.procedures.test_plausible import run_by

FOUND_BY: dict[str, tuple[str, ...]] = {  # kind of fault -> keys of the checks of its indicator that fail
    # papers, registers, staff
    "volunteers-not-insured": ("insurance.current",),
    "risk-action-late": ("risks.assessed/service",),
    "risk-without-owner": ("risks.assessed/service",),
    "policy-out-of-date": ("policies.reviewed",),
    "policy-never-approved": ("policies.reviewed",),
    "lone-working-without-volunteers": ("policies.reviewed",),
    "policy-change-not-told": ("policies.notified/mentees", "policies.notified/mentors"),
    "change-not-told": ("changes.notified/mentees",),
    "evaluation-without-baseline": ("evaluations.completed",),
    "staff-reference-missing": ("references.taken/staff",),
    "staff-vetting-lapsed": ("vetting.cleared/staff",),
    "staff-not-trained": ("training.completed/staff",),
    "staff-supervision-late": ("supervision.held/staff",),
    "appraisal-late": ("appraisals.held/staff", "training_needs.assessed/staff"),
    "training-needs-not-assessed": ("training_needs.assessed/staff",),
    "staff-without-badge": ("id_badges.issued/staff",),
    # mentees
    "referrer-not-told": ("referrals.tracked",),
    "waits-without-day": ("waiting_list.timed",),
    "equalities-not-asked": ("equalities.monitored/mentees",),
    "change-not-measured": ("outcomes.compared",),
    "form-incomplete": ("referrals.completed",),
    "eligibility-not-checked": ("referrals.assessed",),
    "risk-not-assessed": ("referrals.assessed",),
    "consent-not-asked": ("consents.given/mentees",),
    "mentee-not-heard": ("mentees.contacted",),
    "referrer-not-heard": ("referrers.contacted",),
    "mentee-without-profile": ("profiles.completed/mentees",),
    # mentors
    "application-missing": ("applications.completed/mentors",),
    "attendance-not-noted": ("mentors.counted",),
    "role-not-assessed": ("applications.assessed/mentors",),
    "interview-missing": ("mentors.interviewed",),
    "reference-missing": ("references.taken/mentors",),
    "vetting-lapsed": ("vetting.cleared/mentors",),
    "mentor-consent-missing": ("consents.given/mentors",),
    "training-too-short": ("training.completed/mentors",),
    "outline-not-sent": ("training.outlined/mentors",),
    "feedback-not-gathered": ("training_feedback.gathered/mentors",),
    "feedback-not-acted-on": ("training_feedback.acted_on/mentors",),
    "performance-not-noted": ("training.observed/mentors",),
    "unsuccessful-not-told": ("applicants.answered/mentors",),
    "unsuccessful-not-signposted": ("applicants.signposted/mentors",),
    "supervision-late": ("supervision.held/mentors",),
    "supervision-not-quarterly": ("supervision.held/mentors",),
    "supervision-without-topic": ("supervision.held/mentors",),
    "mentor-not-heard": ("mentors.contacted",),
    "refresher-not-offered": ("training.offered/mentors",),
    "mentor-without-profile": ("profiles.completed/mentors",),
    "mentor-without-badge": ("id_badges.issued/mentors",),
    "no-talk-after-training": ("mentors.interviewed",),
    # matches
    "activity-risk-old": ("risks.reviewed/activities",),
    "activity-risk-missing": ("risks.assessed/activities",),
    "plan-missing": ("plans.agreed/mentees",),
    "review-late": ("mentees.reviewed",),
    "review-question-missing": ("mentees.reviewed",),
    "reasons-missing": ("matches.reasoned",),
    "reasons-not-told": ("matches.explained",),
    "answered-after-introduction": ("matches.agreed",),
    "introducer-missing": ("matches.introduced",),
    "first-week-missed": ("matches.followed_up",),
    "fifth-meeting-missed": ("matches.followed_up",),
    "boundary-not-acted-on": ("boundaries.acted_on",),
    "difficult-match-not-followed": ("mentors.followed_up",),
    "agreement-not-signed": ("agreements.signed",),
    "notice-too-short": ("endings.planned",),
    "not-looked-back": ("endings.reflected_on",),
    "no-support-after": ("endings.supported",),
    "ending-not-explained": ("endings.explained",),
    "ending-not-told-to-referrer": ("endings.explained",),
    "ending-not-confirmed": ("endings.confirmed",),
    "exit-not-asked": ("endings.surveyed",),
}
Failing = tuple[str, str, str]  # requirement, key of the check, reference of the row


def made_up(people: Cast, size: int, years: int, seed: int, at: date, faulty: int) -> tuple[Practice, list[Fault]]:
    practice = run_by(people, at, years)
    done = load(practice=practice, wanted=Wanted(size, years, seed, at), faulty=faulty, by=people.ada)
    return Practice.objects.select_related("service").get(), list(done.faults)


def failing(practice: Practice, at: date) -> set[Failing]:
    """Every row that fails; of what nobody could be asked about, though somebody should be, no reference."""
    service = Answering(practice, at)
    found: set[Failing] = set()
    for one in standings(practice, load_edition(QIM), at):
        for answered in one.checks:
            place = one.requirement, answered.asked.key()
            if answered.state is State.NOT_RECORDED:
                found.add((*place, ""))
            elif answered.state is State.NOT_MET:
                rule = service.rule(answered.asked)
                found |= {(*place, row.ref) for row in told(rule, behind(rule, at, failing=True))}
    return found


def expected(fault: Fault) -> set[Failing]:
    """What a fault fails. A review is found by its match, a session by its mentor; and who has had no supervision for
    half a year has had none for a quarter.
    """
    ref = fault.ref
    if fault.kind == "review-question-missing":
        ref = Review.objects.select_related("match").get(ref=ref).match.ref
    if fault.kind == "supervision-without-topic":
        ref = Supervision.objects.select_related("mentor").get(ref=ref).mentor.ref
    found = {(fault.indicator, key, ref) for key in FOUND_BY[fault.kind]}
    if fault.kind == "supervision-late":
        found.add(("e16", "supervision.held/mentors", ref))
    return found


@pytest.mark.parametrize(
    ("size", "years", "seed", "at"),
    [
        (26, 2, 28, date(2026, 11, 22)),
        pytest.param(60, 3, 22, date(2028, 2, 29), marks=pytest.mark.slow),
        pytest.param(40, 1, 23, date(2027, 3, 1), marks=pytest.mark.slow),
        pytest.param(90, 4, 24, date(2027, 5, 31), marks=pytest.mark.slow),
        pytest.param(30, 2, 25, date(2027, 1, 1), marks=pytest.mark.slow),
    ],
)
def test_without_faults_no_check_of_the_edition_fails(people: Cast, size: int, years: int, seed: int, at: date) -> None:
    practice, _ = made_up(people, size, years, seed, at, 0)
    assert failing(practice, at) == set()


@pytest.mark.parametrize(
    ("size", "years", "seed", "at", "faulty"),
    [
        (24, 2, 31, date(2026, 11, 22), 24),
        pytest.param(120, 3, 32, date(2026, 11, 22), len(BREAKERS), marks=pytest.mark.slow),
        pytest.param(90, 2, 33, date(2028, 2, 29), len(BREAKERS), marks=pytest.mark.slow),
        pytest.param(40, 4, 34, date(2027, 5, 31), 40, marks=pytest.mark.slow),
        pytest.param(150, 3, 35, date(2027, 3, 1), 2 * len(BREAKERS), marks=pytest.mark.slow),
    ],
)
def test_each_fault_fails_its_check_on_its_row_and_nothing_else(
    people: Cast, size: int, years: int, seed: int, at: date, faulty: int
) -> None:
    practice, faults = made_up(people, size, years, seed, at, faulty)
    assert len(faults) > faulty * 0.7  # not every kind fits into every service
    assert failing(practice, at) == {row for fault in faults for row in expected(fault)}
