"""Several who decide, and must agree; a panel that recommends, and a chair who decides."""

import pytest

from kithwork.core.journey import ActKind, Answer, EntryKind, StageState, Status
from kithwork.core.schemes import Outcome, Role
from tests.core.journey.road import (
    APPLICANT,
    CHAIR,
    DAY,
    OFFICER,
    PANEL,
    Road,
    areas,
    days,
    edition,
    requirement,
    stage,
)

K = EntryKind
YES, NO, MORE = Answer.YES, Answer.NO, Answer.MORE
TWO = edition(
    stage(
        "decision", "decision", 'decides = "application"', "deciders = 2", 'reopens = "form"', opens="form submitted"
    ),
    award="decision yes",
)


@pytest.fixture
def road() -> Road:
    return Road(TWO).applied()


def left(road: Road, day: int) -> int:
    return road.act(days(day), ActKind.DECIDE, OFFICER).count


def test_one_voice_is_not_yet_a_decision(road: Road) -> None:
    assert left(road, 0) == 2
    road.decided(days(1), YES)
    assert left(road, 1) == 1
    assert not road.at(days(1)).stages["decision"].reached
    assert road.at(days(1)).stages["badge"].state is StageState.SHUT


def test_two_who_agree_have_decided(road: Road) -> None:
    road.decided(days(1), YES).decided(days(2), YES)
    seen = road.at(days(2))
    assert (seen.stages["decision"].done, seen.stages["decision"].disagreed) == (days(2), False)
    assert seen.stages["badge"].opened == days(2)
    assert "is done" in road.refuses(days(2), K.DECIDED, OFFICER, "decision", outcome=YES)


@pytest.mark.parametrize(("one", "other"), [(YES, NO), (NO, YES), (YES, MORE), (MORE, NO)])
def test_two_who_disagree_begin_anew(road: Road, one: Answer, other: Answer) -> None:
    road.decided(days(1), one).decided(days(2), other)
    seen = road.at(days(2))
    assert seen.status is Status.ACTIVE
    assert seen.stages["decision"].disagreed
    assert seen.stages["form"].state is StageState.DONE, "one who wants more does not open it again"
    assert left(road, 2) == 2
    road.decided(days(3), one)
    assert road.at(days(3)).stages["decision"].disagreed, "until they have agreed"
    assert left(road, 3) == 1
    road.decided(days(4), one)
    assert not road.at(days(4)).stages["decision"].disagreed
    assert left_or_done(road, one)


def left_or_done(road: Road, outcome: Answer) -> bool:
    seen = road.at(days(4))
    return {
        YES: seen.stages["decision"].holds(Outcome.YES),
        NO: seen.status is Status.REFUSED,
        MORE: seen.stages["form"].state is StageState.OPEN,
    }[outcome]


def test_one_no_refuses_nobody(road: Road) -> None:
    road.decided(days(1), NO)
    assert road.at(days(1)).status is Status.ACTIVE
    road.decided(days(2), NO)
    assert road.at(days(2)).status is Status.REFUSED
    assert road.at(days(1)).status is Status.ACTIVE, "looking back"


def test_both_want_more(road: Road) -> None:
    road.decided(days(1), MORE)
    assert road.at(days(1)).stages["form"].state is StageState.DONE
    assert road.acts(days(1)) == [(OFFICER, ActKind.DECIDE, 1)]
    road.decided(days(2), MORE)
    assert road.acts(days(2)) == [(APPLICANT, ActKind.FILL_IN, 1)]
    assert road.act(days(2), ActKind.FILL_IN, APPLICANT).since == days(2)
    road.does(days(5), K.SUBMITTED, APPLICANT, "form")
    assert left(road, 5) == 2, "both decide again"


@pytest.mark.parametrize("by", [role for role in Role if role is not Role.OFFICER])
def test_only_those_who_decide_have_a_voice(road: Road, by: Role) -> None:
    assert "not yours" in road.refuses(DAY, K.DECIDED, by, "decision", outcome=YES)


# a panel


def panel(agree: str, members: int = 3) -> Road:
    stages = stage("portfolio", "portfolio", 'assessed = "folder"', 'judged_by = "panel"', opens="form submitted")
    says = (f"members = {members}", f'agree = "{agree}"', 'reopens = ["portfolio"]')
    seat = stage("panel", "panel", *says, opens="portfolio submitted")
    which = edition(
        stages + seat, award="panel yes", parts=areas("a"), requirements=requirement("1", "a", assessed="folder")
    )
    return Road(which).applied().does(DAY, K.SUBMITTED, APPLICANT, "portfolio")


def said(road: Road, day: int, *outcomes: Answer) -> Road:
    for outcome in outcomes:
        road.does(days(day), K.RECOMMENDED, PANEL, "panel", outcome=outcome)
    return road


def test_every_member_is_heard_before_the_chair_decides() -> None:
    road = panel("chair")
    assert road.acts(DAY) == [(PANEL, ActKind.RECOMMEND, 3)]
    said(road, 1, YES, NO)
    assert road.acts(days(1)) == [(PANEL, ActKind.RECOMMEND, 1)]
    assert "before it has been recommended" in road.refuses(days(1), K.DECIDED, CHAIR, "panel", outcome=YES)
    said(road, 2, YES)
    assert road.acts(days(2)) == [(CHAIR, ActKind.DECIDE, 1)]
    assert road.at(days(2)).stages["panel"].voices == (YES, NO, YES)
    assert "No recommendation is awaited" in road.refuses(days(2), K.RECOMMENDED, PANEL, "panel", outcome=YES)


@pytest.mark.parametrize(
    ("agree", "voices", "because"),
    [
        ("all", (YES, YES, YES), ""),
        ("all", (YES, YES, MORE), "Every member"),
        ("all", (YES, NO, YES), "Every member"),
        ("majority", (YES, YES, NO), ""),
        ("majority", (YES, MORE, NO), "More than half"),
        ("majority", (NO, NO, NO), "More than half"),
        ("chair", (NO, NO, NO), ""),
        ("chair", (YES, YES, YES), ""),
    ],
)
def test_whose_yes_a_yes_needs(agree: str, voices: tuple[Answer, ...], because: str) -> None:
    road = said(panel(agree), 1, *voices)
    if because:
        assert because in road.refuses(days(1), K.DECIDED, CHAIR, "panel", outcome=YES)
    else:
        assert road.decided(days(1), YES, CHAIR, "panel").at(days(1)).stages["badge"].state is StageState.OPEN


def test_half_is_not_a_majority() -> None:
    assert "More than half" in said(panel("majority", 2), 1, YES, NO).refuses(
        days(1), K.DECIDED, CHAIR, "panel", outcome=YES
    )


@pytest.mark.parametrize("agree", ["all", "majority", "chair"])
@pytest.mark.parametrize(("outcome", "status"), [(NO, Status.REFUSED), (MORE, Status.ACTIVE)])
def test_a_no_or_more_needs_nobodys_yes(agree: str, outcome: Answer, status: Status) -> None:
    road = said(panel(agree), 1, YES, YES, YES).decided(days(1), outcome, CHAIR, "panel")
    assert road.at(days(1)).status is status


def test_a_panel_that_wants_more_hears_everybody_again() -> None:
    road = said(panel("all"), 1, YES, YES, NO).decided(days(1), MORE, CHAIR, "panel")
    assert road.acts(days(1)) == [(APPLICANT, ActKind.SEND, 1)]
    assert "not open yet" in road.refuses(days(1), K.RECOMMENDED, PANEL, "panel", outcome=YES)
    road.does(days(1), K.SUBMITTED, APPLICANT, "portfolio")
    assert road.at(days(1)).stages["panel"].voices == ()
    assert road.acts(days(1)) == [(PANEL, ActKind.RECOMMEND, 3)]


def test_wanting_more_twice_on_one_day_is_twice() -> None:
    """Two entries that say the same are still two."""
    road = panel("all", 1)
    for _ in range(2):
        said(road, 1, YES).decided(days(1), MORE, CHAIR, "panel")
        road.does(days(1), K.SUBMITTED, APPLICANT, "portfolio")
    assert road.acts(days(1)) == [(PANEL, ActKind.RECOMMEND, 1)]
