"""What a holder keeps up: when it is due, early and late, in leap years, to the end of the term."""

from datetime import date

import pytest

from kithwork.core.journey import ActKind, EntryKind, Status
from kithwork.core.journey.position import DutyPosition
from kithwork.core.schemes import Edition
from tests.core.journey.road import APPLICANT, ASSESSOR, OFFICER, Road, days, edition, stage

K = EntryKind
GRANTED = date(2026, 3, 2)
DUE = date(2027, 3, 2)
RENEWAL = stage("again", "renewal", 'before = "6 months"', 'grace = "1 month"', opens="badge granted")


def duty(name: str, kind: str, *lines: str) -> str:
    return f'[[duties]]\nid = "{name}"\nkind = "{kind}"\ntitle = "T"\nsays = "S."\n' + "\n".join(lines) + "\n"


MEMBER = duty("member", "keep", 'every = "1 year"', 'by = "officer"')
DUTIES = (
    MEMBER
    + duty("hours", "hours", 'every = "1 year"', "hours = 30")
    + duty("meet", "gather", 'every = "1 year"', "required = false")
    + duty("changes", "report", 'of = ["name"]')
    + duty("words", "show")
)
ENDLESS = edition("", parts=DUTIES)
MEMBERS = edition(RENEWAL, parts=MEMBER, credential='valid = "3 years"\n')


def holder(which: Edition = ENDLESS, granted: date = GRANTED) -> Road:
    return Road(which, granted).applied(granted).granted(granted)


def of(road: Road, day: date, name: str = "member") -> DutyPosition:
    return next(one for one in road.at(day).duties if one.id == name)


def kept(road: Road, *on: date, name: str = "member") -> Road:
    for day in on:
        road.does(day, K.KEPT, OFFICER, item=name)
    return road


@pytest.mark.parametrize(("day", "overdue"), [(-1, False), (0, False), (1, True)])
def test_it_is_overdue_the_day_after_it_is_due(day: int, overdue: bool) -> None:
    found = of(holder(), days(day, DUE))
    assert (found.due, found.overdue, found.kept) == (DUE, overdue, None)


@pytest.mark.parametrize(("day", "asked"), [(date(2027, 2, 1), False), (date(2027, 2, 2), True), (DUE, True)])
def test_it_is_something_to_do_from_a_month_before(day: date, asked: bool) -> None:
    acts = [act for act in holder().at(day).acts if act.item == "member"]
    assert [(act.what, act.role, act.due) for act in acts] == ([(ActKind.KEEP, OFFICER, DUE)] if asked else [])


def test_nobody_has_duties_before_the_award() -> None:
    assert Road(ENDLESS).applied().at(DUE).duties == ()


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ([], date(2027, 3, 2)),
        ([GRANTED], date(2028, 3, 2)),  # what was done on the way there counts for the first year
        ([date(2026, 6, 1)], date(2028, 3, 2)),  # early: not a day is lost
        ([date(2026, 6, 1), date(2026, 12, 1)], date(2028, 3, 2)),  # twice in a year is once
        ([DUE], date(2028, 3, 2)),
        ([date(2027, 2, 2), DUE], date(2028, 3, 2)),  # the last day is still of the first year
        ([date(2027, 2, 2), days(1, DUE)], date(2029, 3, 2)),
        ([date(2027, 4, 1)], date(2028, 3, 2)),  # late: the next year ends when it would have
        ([date(2028, 2, 1)], date(2028, 3, 2)),  # very late: the year that is running is still to be kept
        ([date(2028, 3, 2)], date(2029, 3, 2)),
        ([date(2029, 5, 1)], date(2030, 3, 2)),
    ],
)
def test_the_years_follow_each_other_whenever_it_is_kept(on: list[date], due: date) -> None:
    road = kept(holder(), *on)
    found = of(road, max([GRANTED, *on]))
    assert (found.due, found.kept) == (due, max(on, default=None))


def test_leap_years() -> None:
    road = holder(granted=date(2028, 2, 29))
    seen = []
    for _ in range(5):
        due = of(road, road.entries[-1].on).due
        assert due is not None
        seen.append(due)
        kept(road, due)
    assert seen == [date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), date(2032, 2, 29), date(2033, 2, 28)]


def test_what_is_only_advised_is_never_overdue() -> None:
    road = holder()
    assert not of(road, date(2029, 1, 1), "meet").overdue
    assert (APPLICANT, ActKind.KEEP, 1) in road.acts(date(2029, 1, 1))


def test_what_is_reported_or_shown_has_no_day() -> None:
    road = holder().does(date(2026, 5, 1), K.REPORTED, APPLICANT, item="changes")
    found = of(road, date(2029, 1, 1), "changes")
    assert (found.due, found.overdue, found.kept) == (None, False, date(2026, 5, 1))
    assert of(road, date(2029, 1, 1), "words").due is None
    assert "no such duty" in road.refuses(date(2026, 5, 1), K.KEPT, APPLICANT, item="changes")
    assert "no such report" in road.refuses(date(2026, 5, 1), K.REPORTED, APPLICANT, item="words")


def test_each_duty_has_its_own_days_and_people() -> None:
    road = kept(holder(), date(2026, 9, 1), name="hours")
    assert of(road, DUE, "hours").due == date(2028, 3, 2)
    assert of(road, DUE, "member").due == DUE
    road.does(date(2026, 9, 2), K.KEPT, APPLICANT, item="hours")
    assert "not yours" in road.refuses(date(2026, 9, 2), K.KEPT, APPLICANT, item="member")
    assert "not yours" in road.refuses(date(2026, 9, 2), K.KEPT, ASSESSOR, item="hours")


def test_it_is_due_while_the_award_is_suspended() -> None:
    road = holder().does(date(2026, 9, 1), K.SUSPENDED, OFFICER)
    assert of(road, days(1, DUE)).overdue
    kept(road, days(1, DUE))
    assert not of(road, days(1, DUE)).overdue


def test_nothing_is_kept_once_the_award_is_gone() -> None:
    road = holder().does(date(2026, 9, 1), K.REVOKED, OFFICER)
    assert road.acts(days(1, DUE)) == []
    assert "was withdrawn" in road.refuses(DUE, K.KEPT, OFFICER, item="member")


# the end of the term: 1 March 2029


def test_the_last_year_is_kept_and_nothing_beyond_it() -> None:
    road = kept(holder(MEMBERS), DUE, date(2028, 3, 2))
    assert of(road, date(2028, 3, 2)).due == date(2029, 3, 2)
    kept(road, date(2029, 2, 5))
    assert of(road, date(2029, 2, 5)).due is None
    assert (OFFICER, ActKind.KEEP, 1) not in road.acts(date(2029, 3, 1))


def test_after_the_end_nothing_is_to_be_kept() -> None:
    seen = kept(holder(MEMBERS), DUE).at(date(2029, 3, 2))
    assert seen.status is Status.EXPIRED
    assert [act.what for act in seen.acts] == [ActKind.RENEW]


@pytest.mark.parametrize(
    ("granted", "due"),
    [
        (date(2028, 11, 6), date(2030, 3, 2)),  # granted early: the new years begin with the new term
        (date(2029, 3, 20), date(2030, 3, 2)),  # in the days of grace
        (date(2029, 4, 2), date(2030, 4, 2)),  # after them
    ],
)
def test_a_renewed_award_counts_its_years_from_the_new_term(granted: date, due: date) -> None:
    road = Road(MEMBERS, date(2028, 10, 2), detail="renewal", until=date(2029, 3, 1)).applied(date(2028, 10, 2))
    road.granted(granted)
    assert of(road, granted).due == due


def test_what_is_kept_before_the_new_term_begins_is_of_the_old_one() -> None:
    road = Road(MEMBERS, date(2028, 10, 2), detail="renewal", until=date(2029, 3, 1)).applied(date(2028, 10, 2))
    kept(road.granted(date(2028, 11, 6)), date(2029, 2, 20))
    assert of(road, date(2029, 2, 20)).due == date(2030, 3, 2)
