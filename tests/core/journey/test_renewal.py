"""Renewals: when a term begins, what is asked again, when it is too late."""

from datetime import date

import pytest

from kithwork.core.journey import ActKind, Entry, EntryKind, StageState, Status, fold, may
from kithwork.core.schemes import Edition, Role
from tests.core.journey.road import APPLICANT, ASSESSOR, OFFICER, Road, areas, days, edition, requirement, stage

K = EntryKind
END = date(2028, 3, 1)  # of the old term, which began on 2 March 2025
GRACE = date(2028, 5, 1)
RENEWAL = stage("again", "renewal", 'before = "6 months"', 'grace = "2 months"', opens="badge granted")
VALID = 'valid = "3 years"\n'
PLAIN = edition(RENEWAL, credential=VALID)
UNGRACED = edition(RENEWAL.replace('grace = "2 months"', ""), credential=VALID)


def renewing(on: date, which: Edition = PLAIN, **more: object) -> Road:
    return Road(which, on, detail="renewal", until=END, **more)


# the new term


@pytest.mark.parametrize(
    ("granted", "until"),
    [
        (date(2027, 9, 1), date(2031, 3, 1)),  # long before the end: no day is lost
        (END, date(2031, 3, 1)),
        (days(1, END), date(2031, 3, 1)),  # in the days of grace: no day is won
        (GRACE, date(2031, 3, 1)),
        (days(1, GRACE), date(2031, 5, 1)),  # after them: there is a gap
    ],
)
def test_a_new_term_begins_when_the_old_one_ends(granted: date, until: date) -> None:
    road = renewing(date(2027, 9, 1)).applied(date(2027, 9, 1)).granted(granted)
    given = road.at(granted).granted
    assert given is not None
    assert given.until == until


@pytest.mark.parametrize(("late", "until"), [(0, date(2031, 3, 1)), (1, date(2031, 3, 1)), (2, date(2031, 3, 2))])
def test_without_days_of_grace_it_begins_on_the_day_it_is_granted(late: int, until: date) -> None:
    """The day after the end is no gap yet: the new term follows the old one without a day between."""
    road = renewing(END, UNGRACED).applied(END).granted(days(late, END))
    given = road.at(days(late, END)).granted
    assert given is not None
    assert given.until == until


# when it can be begun


@pytest.mark.parametrize(
    ("on", "which", "because"),
    [
        (GRACE, PLAIN, ""),
        (days(1, GRACE), PLAIN, "could be renewed until 1 May 2028"),
        (END, UNGRACED, ""),
        (days(1, END), UNGRACED, "could be renewed until 1 March 2028"),
        (END, edition("", credential=VALID), "is not renewed"),
    ],
)
def test_a_renewal_begins_in_time_or_not_at_all(on: date, which: Edition, because: str) -> None:
    entry = Entry(on, K.OPENED, APPLICANT, detail="renewal", until=END)
    verdict = may(which, fold(which, [], on), entry)
    assert bool(verdict) is (not because)
    assert because in verdict.because


def test_a_renewal_says_what_it_renews() -> None:
    entry = Entry(END, K.OPENED, APPLICANT, detail="renewal")
    assert "what is renewed ends" in may(PLAIN, fold(PLAIN, [], END), entry).because


# asking for it, on the journey that is held


@pytest.fixture
def holder() -> Road:
    """Granted on 2 March 2025."""
    start = date(2025, 3, 2)
    return Road(PLAIN, start).applied(start).granted(start)


@pytest.mark.parametrize(
    ("day", "open_", "late"),
    [
        (date(2027, 8, 31), False, False),
        (date(2027, 9, 1), True, False),  # 6 months before
        (END, True, False),
        (days(1, END), True, True),
        (GRACE, True, True),
        (days(1, GRACE), False, False),
    ],
)
def test_a_holder_is_asked_from_the_invitation_to_the_end_of_grace(
    holder: Road, day: date, open_: bool, late: bool
) -> None:
    seen = holder.at(day).stages["again"]
    assert (seen.state is StageState.OPEN, seen.overdue) == (open_, late)
    assert [act.what for act in holder.at(day).acts] == ([ActKind.RENEW] if open_ else [])
    if open_:
        holder.does(day, K.SUBMITTED, APPLICANT, "again")
        assert holder.at(day).stages["again"].done == day
    elif day > END:
        assert "no longer be renewed" in holder.refuses(day, K.SUBMITTED, APPLICANT, "again")
    else:
        assert "not open yet" in holder.refuses(day, K.SUBMITTED, APPLICANT, "again")


def test_what_was_withdrawn_is_not_renewed(holder: Road) -> None:
    holder.does(date(2027, 10, 1), K.REVOKED, OFFICER)
    assert holder.acts(END) == []
    assert "was withdrawn" in holder.refuses(END, K.SUBMITTED, APPLICANT, "again")


# what is asked again

EVIDENCE = stage("online", "evidence", 'assessed = "online"', 'within = "6 months"', opens="form submitted")
VISIT = stage("visit", "visit", 'assessed = "seen"', 'supplementary_within = "1 month"', opens="online submitted")
LIGHT = edition(
    EVIDENCE + VISIT + RENEWAL + 'asks = "marked"\n',
    award="visit confirmed",
    scheme='assessor_from = "form submitted"\n',
    credential=VALID,
    parts=areas("a", "b"),
    requirements=requirement("1", "a", "renewal = true")
    + requirement("2", "a")
    + requirement("3", "b")
    + requirement("v", "b", assessed="seen"),
)


def light() -> Road:
    return renewing(date(2027, 10, 1), LIGHT).applied(date(2027, 10, 1)).does(date(2027, 10, 1), K.APPOINTED, OFFICER)


def test_a_lighter_renewal_asks_only_for_what_is_marked() -> None:
    assert list(light().at(END).stages["online"].items) == ["1"]
    first = Road(LIGHT).applied()
    assert list(first.at(END).stages["online"].items) == ["1", "2", "3"]


def test_a_full_renewal_asks_for_everything() -> None:
    parts = {name: getattr(LIGHT, name) for name in Edition.model_fields}
    parts["stages"] = tuple(
        one.model_copy(update={"asks": "all"}) if one.id == "again" else one for one in LIGHT.stages
    )
    assert list(renewing(END, Edition(**parts)).at(END).stages["online"].items) == ["1", "2", "3"]


def test_what_was_recommended_last_time_is_asked_as_well() -> None:
    road = (
        light().does(date(2027, 10, 2), K.ASKED, OFFICER, item="3").does(date(2027, 10, 2), K.ASKED, OFFICER, item="v")
    )
    seen = road.at(date(2027, 10, 2))
    assert list(seen.stages["online"].items) == ["1", "3"]
    assert list(seen.stages["visit"].items) == ["v"]
    assert seen.total().total == 3


def test_a_stage_of_which_nothing_is_asked_is_met_at_once() -> None:
    road = light()
    day = date(2027, 11, 1)
    road.does(day, K.SUBMITTED, APPLICANT, "online", "1").does(day, K.CONFIRMED, ASSESSOR, "online", "1")
    assert road.at(day).stages["badge"].state is StageState.OPEN, "nothing is asked at the visit"
    assert road.at(day).stages["visit"].items == {}


def test_asking_for_more_later_shuts_nothing_that_was_open() -> None:
    road = light().does(date(2027, 10, 2), K.ASKED, OFFICER, item="v")
    day, later = date(2027, 11, 1), date(2027, 11, 2)
    road.does(day, K.SUBMITTED, APPLICANT, "online", "1")
    assert road.at(day).stages["visit"].state is StageState.OPEN
    road.does(later, K.ASKED, OFFICER, item="2")
    seen = road.at(later)
    assert seen.stages["visit"].state is StageState.OPEN
    assert [item.id for item in seen.stages["online"].items.values() if not item.since] == ["2"]


def test_what_was_confirmed_is_open_again_when_more_is_asked_for() -> None:
    road, day = light(), date(2027, 11, 1)
    road.does(day, K.SUBMITTED, APPLICANT, "online", "1").does(day, K.CONFIRMED, ASSESSOR, "online", "1")
    assert road.at(day).stages["online"].state is StageState.DONE
    road.does(day, K.ASKED, OFFICER, item="3")
    assert road.at(day).stages["online"].state is StageState.OPEN
    assert road.acts(day, "online") == [(APPLICANT, ActKind.SEND, 1)]


def test_it_is_asked_before_the_new_term_is_granted() -> None:
    road, day = light(), date(2027, 11, 1)
    road.does(day, K.SUBMITTED, APPLICANT, "online", "1").does(day, K.CONFIRMED, ASSESSOR, "online", "1")
    road.does(day, K.ARRANGED, ASSESSOR, "visit", until=day).granted(day)
    assert "before it is granted" in road.refuses(day, K.ASKED, OFFICER, item="2")


# who is wanted

JUDGED = edition(
    stage("first", "decision", 'decides = "application"', 'when = "first"', opens="form submitted")
    + stage("online", "evidence", 'assessed = "online"', opens="first yes")
    + RENEWAL,
    award="online confirmed",
    scheme='assessor_from = "first yes"\n',
    credential=VALID,
    parts=areas("a"),
    requirements=requirement("1", "a"),
)


def test_an_assessor_is_wanted_from_the_start_when_the_stage_that_says_so_is_not_on_the_road() -> None:
    road = renewing(END, JUDGED)
    assert (OFFICER, ActKind.APPOINT, 1) in road.acts(END)
    assert (OFFICER, ActKind.APPOINT, 1) not in Road(JUDGED).acts(END)


def test_no_assessor_is_wanted_where_nothing_is_judged() -> None:
    stages = stage("first", "decision", 'decides = "application"', 'when = "first"', opens="form submitted")
    judged = stage("talk", "meeting", 'when = "first"', opens="first yes")
    which = edition(stages + judged + RENEWAL, scheme='assessor_from = "first yes"\n', credential=VALID)
    assert [role for role, _, _ in renewing(END, which).acts(END)] == [Role.APPLICANT]


def test_a_renewed_award_can_be_renewed_again() -> None:
    road = renewing(END).applied(END).granted(END)
    seen = road.at(date(2030, 9, 1))
    assert seen.status is Status.AWARDED
    assert [act.what for act in seen.acts] == [ActKind.RENEW]
