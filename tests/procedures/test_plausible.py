"""A made-up service keeps every rule, throughout its years; each fault put in breaks one rule and no other."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from kithwork.caseload.actions import practice as practices
from kithwork.caseload.actions import sampling
from kithwork.caseload.models import Contact, Gathering, Match, Measure, Mentee, Mentor, Practice, Referral, Sample
from kithwork.caseload.queries import due, followups
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.mentors import feedback_owed, listed
from kithwork.caseload.queries.referrals import lacks
from kithwork.caseload.queries.trainings import not_refreshed
from kithwork.core.days import Period, add_months, still_within
from kithwork.core.verdict import Refused
from kithwork.governance import due as ground
from kithwork.governance.models import Insurance, Outcome, Policy, Resource, Staff
from kithwork.ledger.models import Record
from kithwork.procedures.plausible import Wanted, draw, load
from kithwork.procedures.plausible.book import Book
from kithwork.procedures.plausible.faults import BREAKERS, put_in
from kithwork.procedures.sample import Cast
from tests.procedures.rulebook import Broken, broken
from tests.running import a_mentee

# what the lists of what is due call each kind of fault; the other kinds are not a matter of dates
IN_LISTS = {
    "mentees heard": {"mentee-not-heard"},
    "mentors heard": {"mentor-not-heard"},
    "supervised": {"supervision-late"},
    "reviewed": {"review-late"},
    "activity risk": {"activity-risk-old", "activity-risk-missing"},
    "first week": {"first-week-missed"},
    "fifth meeting": {"fifth-meeting-missed"},
    "closer contact": {"difficult-match-not-followed"},
    "no plan": {"plan-missing"},
    "unsigned": {"agreement-not-signed"},
    "boundaries": {"boundary-not-acted-on"},
    "endings": {"not-looked-back", "ending-not-explained", "ending-not-confirmed"},
    "not told why": {"unsuccessful-not-told"},
    "no refresher": {"refresher-not-offered"},
    "referrals": {"eligibility-not-checked", "risk-not-assessed", "form-incomplete"},
    "missing consent": {"mentor-consent-missing"},
    "missing role": {"role-not-assessed"},
    "missing interview": {"interview-missing"},
    "missing references": {"reference-missing"},
    "missing vetting": {"vetting-lapsed"},
    "missing training": {"training-too-short"},
    "missing badge": {"mentor-without-badge"},
    "policy": {"policy-out-of-date", "policy-never-approved"},
    "told": {"policy-change-not-told"},
    "risk": {"risk-action-late"},
    "change-told": {"change-not-told"},
    "staff-references": {"staff-reference-missing"},
    "staff-vetting": {"staff-vetting-lapsed"},
    "staff-training": {"staff-not-trained"},
    "staff-supervision": {"staff-supervision-late"},
    "staff-appraisal": {"appraisal-late"},
}


def in_lists(practice: Practice, at: date) -> dict[str, set[str]]:
    """What the product's own lists say is overdue or missing: references, by list."""
    service = practice.service
    quarter, half = practice.contact_months, practice.supervision_months
    risk_edge = still_within(Period(practice.risk_months, "month"), at)
    found: dict[str, set[str]] = {
        "mentees heard": refs(due.overdue(due.mentees_heard(service, at), quarter, at)),
        "mentors heard": refs(due.overdue(due.mentors_heard(service, at), quarter, at)),
        "supervised": refs(due.overdue(due.mentors_supervised(service, at), half, at)),
        "reviewed": refs(due.overdue(due.matches_reviewed(service, at), practice.review_months, at)),
        "activity risk": {
            one.ref
            for one in due.matches_risk_assessed(service, "activity", at)
            if one.last is None or one.last < risk_edge  # type: ignore[attr-defined]  # annotated
        },
        "first week": {
            ref
            for side in ("mentee", "mentor")
            for ref in refs(followups.first_week(service, side, at).filter(followups.first_week_overdue(at)))  # type: ignore[arg-type]
        },
        "fifth meeting": {
            ref
            for side in ("mentee", "mentor")
            for ref in refs(followups.fifth_meeting(service, side, at))  # type: ignore[arg-type]
        },
        "closer contact": refs(followups.closer_contact_overdue(practice, at)),
        "no plan": refs(followups.without_plan(service, at)),
        "unsigned": refs(followups.unsigned_overdue(practice, at)),
        "boundaries": {one.match.ref for one in followups.boundaries_to_act_on(service)},
        "endings": {one.match.ref for one in followups.endings_to_finish(service, at) if one.last_day < at},
        "not told why": refs(feedback_owed(listed(service, practice, at))),
        "no refresher": refs(not_refreshed(service, at)),
        "referrals": {
            one.ref
            for one in Referral.objects.filter(mentee__service=service, outcome="accepted").select_related("mentee")
            if lacks(one, practice)
        },
        "others": {
            *refs(followups.not_yet_met(service, at).filter(introduced_on__lt=at - timedelta(days=7))),
            *(one.ref for one in followups.dropout_to_look_at(service, at)),
            *(one.ref for one in followups.open_disputes(service)),
        },
    }
    mentors = {one.pk: one for one in due.current_mentors(service, at)}
    for pk, standing in cleared(mentors.values(), practice, at).items():
        for what in standing.missing:
            found.setdefault(f"missing {what}", set()).add(mentors[pk].ref)
    for matter in [*ground.ground_due(service, at, practice.begun_on), *ground.staff_due(service, at)]:
        if matter.overdue(at):
            found.setdefault(matter.matter.value, set()).add(matter.ref)
    return {name: some for name, some in found.items() if some}


def refs(rows: object) -> set[str]:
    return {one.ref for one in rows}  # type: ignore[attr-defined]


def run_by(people: Cast, at: date, years: int = 2) -> Practice:
    return practices.begin(service=people.service, by=people.ada, today=add_months(at, -12 * years))


@pytest.mark.parametrize(
    ("size", "years", "seed", "at"),
    [
        (60, 2, 1, date(2026, 11, 22)),
        (45, 1, 2, date(2028, 2, 29)),
        (40, 5, 3, date(2027, 5, 31)),
        (50, 3, 4, date(2025, 12, 26)),
    ],
)
def test_without_faults_every_rule_holds_on_the_day_and_throughout(
    people: Cast, size: int, years: int, seed: int, at: date
) -> None:
    practice = run_by(people, at, years)
    load(practice=practice, wanted=Wanted(size, years, seed, at), faulty=0, by=people.ada)
    practice = Practice.objects.select_related("service").get()
    assert broken(practice, at) == set()
    assert in_lists(practice, at) == {}


def test_where_homes_are_visited_and_written_agreements_come_first_the_rules_hold_too(
    people: Cast, today: date
) -> None:
    practice = run_by(people, today)
    practices.change(practice=practice, by=people.ada, visits_homes=True, agreement_first=True, contact_months=1)
    practice = Practice.objects.select_related("service").get()
    load(practice=practice, wanted=Wanted(40, 2, 5, today), faulty=0, by=people.ada)
    practice.refresh_from_db()
    assert broken(practice, today) == set()
    assert in_lists(practice, today) == {}


@pytest.mark.parametrize(("size", "years", "seed", "number"), [(170, 3, 7, 90), (60, 2, 8, 40)])
def test_each_fault_breaks_one_rule_and_is_found_where_it_is_listed(
    people: Cast, today: date, size: int, years: int, seed: int, number: int
) -> None:
    practice = run_by(people, today, years)
    done = load(practice=practice, wanted=Wanted(size, years, seed, today), faulty=number, by=people.ada)
    practice = Practice.objects.select_related("service").get()
    listed_faults: set[Broken] = {(one.indicator, one.ref) for one in done.faults}
    assert broken(practice, today) == listed_faults
    assert len(done.faults) == len(listed_faults) == number
    assert len({one.kind for one in done.faults}) > (50 if number > 50 else 25)

    said = in_lists(practice, today)
    uninsured = said.pop("insurance", set())  # a cover has no reference of its own
    assert bool(uninsured) == any(one.kind == "volunteers-not-insured" for one in done.faults)
    for name, kinds in IN_LISTS.items():
        assert said.pop(name, set()) == {one.ref for one in done.faults if one.kind in kinds}, name
    assert said == {}


def test_there_are_dozens_of_kinds_and_a_few_faults_are_of_different_ones(people: Cast, today: date) -> None:
    book = draw(run_by(people, today), Wanted(40, 2, 1, today), people.ada, [people.ada])
    put_in(book, 20)
    kinds = Counter(one.kind for one in book.faults)
    assert len(BREAKERS) >= 50
    assert set(kinds.values()) == {1}
    assert {one.ref for one in book.faults} <= references(book)


def references(book: Book) -> set[str]:
    lives = [*book.mentees, *book.mentors, *book.matches, *book.courses]
    rows = [*(one.row for one in lives), *book.ground, *(one.referral for one in book.mentees)]
    rows += [one for match in book.matches for one in match.reviews]
    rows += [one for mentor in book.mentors for one in mentor.supervisions]
    return {getattr(row, "ref", "") for row in rows}


def test_the_same_seed_and_day_give_the_same_service_and_another_seed_another(people: Cast, today: date) -> None:
    practice = run_by(people, today)

    def told(seed: int) -> list[object]:
        book = draw(practice, Wanted(20, 2, seed, today), people.ada, [people.ada, people.bea])
        put_in(book, 10)
        return [
            book.faults,
            sorted(references(book)),
            [(one.row.name, one.row.phone, one.row.came_on, one.heard) for one in book.mentees],
            [(one.row.proposed_on, one.row.rationale, one.meetings) for one in book.matches],
        ]

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_everybody_is_made_up(people: Cast, today: date) -> None:
    book = draw(run_by(people, today), Wanted(30, 1, 1, today), people.ada, [people.ada])
    for one in [*(life.row for life in book.mentees), *(life.row for life in book.mentors)]:
        assert one.email == "" or one.email.endswith("@people.example")
        assert one.phone.startswith(("07700 900", "01632 960"))
        assert one.postcode.startswith("XX")
        assert one.number.startswith("sample ")


def test_a_service_with_people_is_left_alone(people: Cast, today: date) -> None:
    practice = run_by(people, today)
    a_mentee(people.service, today)
    with pytest.raises(Refused, match="on record here already"):
        load(practice=practice, wanted=Wanted(5, 1, 1, today), faulty=0, by=people.ada)
    assert Mentee.objects.count() == 1
    assert not Sample.objects.exists()


@pytest.mark.parametrize(("size", "years"), [(4, 1), (50_001, 1), (10, 0), (10, 13)])
def test_a_size_that_cannot_be_made_is_refused(people: Cast, today: date, size: int, years: int) -> None:
    with pytest.raises(Refused):
        load(practice=run_by(people, today), wanted=Wanted(size, years, 1, today), faulty=0, by=people.ada)


def test_thrown_away_nothing_of_it_is_left_and_what_is_real_stays(people: Cast, today: date) -> None:
    practice = run_by(people, today)
    before = rows()
    done = load(practice=practice, wanted=Wanted(60, 2, 1, today), faulty=10, by=people.ada)
    assert Practice.objects.get().capacity >= practice.capacity
    assert Practice.objects.get().waiting_limit > practice.waiting_limit == 0
    real = a_mentee(people.service, today, "Cai Rowan")
    mentor = Mentor.objects.filter(accepted_on__isnull=False).first()
    assert mentor is not None
    Match.objects.create(
        service=people.service, mentee=real, mentor=mentor, proposed_on=today, proposed_by=people.ada, rationale="Both."
    )
    Contact.objects.create(service=people.service, kind="mentee", mentee=real, on=today, by=people.ada)

    sampling.throw_away(sample=done.sample, by=people.ada, now=timezone.now())
    after = rows()
    assert after.pop("caseload.mentee") == before.pop("caseload.mentee") + 1
    assert after.pop("caseload.contact") == before.pop("caseload.contact") + 1
    assert after.pop("caseload.sample") == before.pop("caseload.sample") + 1
    assert after == before
    assert Practice.objects.get().capacity == practice.capacity
    assert Practice.objects.get().waiting_limit == 0
    with pytest.raises(Refused, match="already"):
        sampling.throw_away(sample=done.sample, by=people.ada, now=timezone.now())


def test_what_a_service_has_written_down_about_itself_stays_and_is_not_mixed(people: Cast, today: date) -> None:
    practice = run_by(people, today)
    service, ada = people.service, people.ada
    own = [
        Policy.objects.create(service=service, subject="driving", title="Driving"),
        Insurance.objects.create(service=service, cover="both", insurer="Oak", begins=today, ends=today),
        Staff.objects.create(service=service, name="Cora Lyle", role="Coordinator", began_on=today),
        Gathering.objects.create(service=service, kind="peers", on=today, title="Tea", by=ada),
        Measure.objects.create(service=service, name="Courage", question="How brave?", begun_on=today),
        Resource.objects.create(service=service, kind="link", title="A list"),
    ]
    done = load(practice=practice, wanted=Wanted(20, 1, 1, today), faulty=20, by=ada)
    for row in own:
        assert type(row)._base_manager.filter(service=service).count() == 1, row
    assert Outcome.objects.filter(service=service).exists(), "registers that were empty are filled"
    sampling.throw_away(sample=done.sample, by=ada, now=timezone.now())
    for row in own:
        assert type(row)._base_manager.filter(service=service).count() == 1, row


def rows() -> dict[str, int]:
    return {
        model._meta.label_lower: model._base_manager.count()
        for app in ("caseload", "governance")
        for model in apps.get_app_config(app).get_models()
    }


def test_one_line_in_the_ledger_holds_figures_and_no_names(people: Cast, today: date) -> None:
    practice = run_by(people, today)
    before = Record.objects.count()
    load(practice=practice, wanted=Wanted(10, 1, 1, today), faulty=0, by=people.ada)
    assert Record.objects.count() == before + 1
    line = Record.objects.latest("pk")
    assert line.act == "caseload.imported"
    assert line.facts["mentees"] == 10
