"""Levels by percentage: the worth of what is confirmed, overall and in each area."""

import pytest

from kithwork.core.journey import ActKind, EntryKind, ItemState, StageState
from kithwork.core.journey.items import Items
from kithwork.core.journey.position import ItemPosition
from kithwork.core.journey.shares import earned, enough, percentages
from kithwork.core.schemes import Edition
from tests.core.journey.road import APPLICANT, ASSESSOR, DAY, OFFICER, Road, areas, days, edition, requirement, stage

K = EntryKind
LEVELS = """
[[levels]]
id = "bronze"
title = "Bronze"
share = { overall = 50, each_area = 25 }
[[levels]]
id = "silver"
title = "Silver"
includes = ["bronze"]
share = { overall = 70, each_area = 50 }
[[levels]]
id = "gold"
title = "Gold"
includes = ["bronze", "silver"]
share = { overall = 90 }
"""
# 10 in all: 6 in the first area, 4 in the second
WORTHS = {"1": ("a", 4), "2": ("a", 1), "3": ("a", 1), "4": ("b", 3), "5": ("b", 1)}
RENEWAL = stage("again", "renewal", 'before = "6 months"', 'asks = "marked"', opens="badge granted")
BY_SHARE = edition(
    stage("online", "evidence", 'assessed = "online"', opens="form submitted") + RENEWAL,
    award="online confirmed",
    levels=LEVELS,
    credential='valid = "3 years"\n',
    parts=areas("a", "b"),
    requirements="".join(
        requirement(name, area, f"worth = {worth}", f"renewal = {str(name == '1').lower()}", level="bronze")
        for name, (area, worth) in WORTHS.items()
    ),
)
ALL = list(WORTHS)


def met(*names: str) -> list[ItemPosition]:
    return [ItemPosition(name, ItemState.CONFIRMED) for name in names]


def items(confirmed: str, rest: ItemState) -> dict[str, ItemPosition]:
    return {name: ItemPosition(name, ItemState.CONFIRMED if name in confirmed.split() else rest) for name in ALL}


@pytest.mark.parametrize(
    ("names", "overall", "each"),
    [
        ("", 0, {"a": 0, "b": 0}),
        ("1 2 3 4 5", 100, {"a": 100, "b": 100}),
        ("1", 40, {"a": 66, "b": 0}),  # two thirds, rounded down
        ("2", 10, {"a": 16, "b": 0}),
        ("1 4", 70, {"a": 66, "b": 75}),
        ("5", 10, {"a": 0, "b": 25}),
    ],
)
def test_percentages_go_by_worth_and_are_rounded_down(names: str, overall: int, each: dict[str, int]) -> None:
    assert percentages(BY_SHARE, ALL, met(*names.split())) == (overall, each)


def test_where_nothing_is_asked_everything_is_met() -> None:
    assert percentages(BY_SHARE, [], []) == (100, {})


@pytest.mark.parametrize(
    ("confirmed", "level"),
    [
        ("", ""),
        ("1", ""),  # 40 per cent
        ("1 2", ""),  # 50, and nothing in b
        ("1 5", "bronze"),  # 50, and exactly 25 in b
        ("1 2 3 5", "bronze"),  # 70, but only 25 in b
        ("2 4 5", ""),  # 50, but only 16 in a
        ("1 4", "silver"),
        ("2 3 4 5", "bronze"),  # 60
        ("1 2 4 5", "gold"),  # 90
        ("1 2 3 4", "gold"),
        ("1 4 5", "silver"),  # 80
    ],
)
def test_the_highest_level_whose_shares_are_met_is_earned(confirmed: str, level: str) -> None:
    for aimed in ("bronze", "silver", "gold"):
        assert earned(BY_SHARE, aimed, [items(confirmed, ItemState.RETURNED)]) == level


def test_each_stage_must_come_to_the_level() -> None:
    high, low = items("1 2 3 4 5", ItemState.RETURNED), items("1 5", ItemState.RETURNED)
    assert earned(BY_SHARE, "gold", [high, low]) == "bronze"
    assert earned(BY_SHARE, "gold", [high, {}]) == "gold", "a stage of which nothing is asked counts for nothing"


def test_no_more_than_what_is_aimed_at_where_only_a_part_is_looked_at() -> None:
    everything = items("1 2 3 4 5", ItemState.RETURNED)
    assert earned(BY_SHARE, "silver", [everything]) == "gold"
    assert earned(BY_SHARE, "silver", [everything], at_most=True) == "silver"
    assert earned(BY_SHARE, "gold", [items("1 5", ItemState.RETURNED)], at_most=True) == "bronze"


@pytest.mark.parametrize(
    ("state", "is_enough"),
    [
        (ItemState.RETURNED, True),  # looked at, and not met: the share makes up for it
        (ItemState.BLANK, False),
        (ItemState.SENT, False),
        (ItemState.BREACHED, False),
    ],
)
def test_everything_is_looked_at_before_a_share_counts(state: ItemState, is_enough: bool) -> None:
    found = Items(ALL)
    found.now = items("1 4", ItemState.RETURNED) | {"2": ItemPosition("2", state)}
    assert enough(BY_SHARE, "silver", found) is is_enough


def aiming(level: str, which: Edition = BY_SHARE) -> Road:
    road = Road(which, level=level).applied()
    for name in ALL:
        road.does(DAY, K.SUBMITTED, APPLICANT, "online", name)
    return road


def judged(road: Road, confirmed: str, day: int = 1) -> Road:
    for name, item in road.at(days(day)).stages["online"].items.items():
        if item.state is ItemState.SENT:
            road.does(days(day), K.CONFIRMED if name in confirmed.split() else K.RETURNED, ASSESSOR, "online", name)
    return road


def test_what_comes_to_more_than_was_aimed_at_is_granted() -> None:
    road = judged(aiming("bronze"), "1 2 4 5")
    seen = road.at(days(1))
    assert (seen.level, seen.earned, seen.stages["online"].state) == ("bronze", "gold", StageState.DONE)
    for level in ("bronze", "silver"):
        assert "the level that was reached" in road.refuses(
            days(1), K.GRANTED, OFFICER, "badge", level=level, until=days(1095)
        )
    granted = road.granted(days(1)).at(days(1)).granted
    assert granted is not None
    assert granted.level == "gold"


def test_when_the_share_is_met_nothing_is_asked_for_any_more() -> None:
    road = judged(aiming("bronze"), "1 4")
    assert road.acts(days(1)) == [(OFFICER, ActKind.GRANT, 1)]
    assert "is done" in road.refuses(days(1), K.SUBMITTED, APPLICANT, "online", "2")


def test_short_of_the_aim_more_is_sent() -> None:
    road = judged(aiming("silver"), "1 5")
    assert road.acts(days(1)) == [(APPLICANT, ActKind.SEND, 3)]
    assert road.at(days(1)).stages["badge"].state is StageState.SHUT
    road.does(days(2), K.SUBMITTED, APPLICANT, "online", "4")
    assert judged(road, "4", 2).at(days(2)).stages["badge"].state is StageState.OPEN


def test_or_the_aim_is_lowered() -> None:
    road = judged(aiming("silver"), "1 5").does(days(2), K.RAISED, APPLICANT, level="bronze")
    seen = road.at(days(2))
    assert (seen.level, seen.earned, seen.stages["badge"].state) == ("bronze", "bronze", StageState.OPEN)
    road.does(days(3), K.RAISED, APPLICANT, level="gold")
    assert road.at(days(3)).stages["badge"].state is StageState.SHUT


def test_nothing_is_granted_for_too_little() -> None:
    road = judged(aiming("bronze"), "1")
    assert road.at(days(1)).earned == ""
    assert "does not come to any level" in road.refuses(days(1), K.GRANTED, OFFICER, "badge", level="bronze")


def test_a_holder_climbs_from_what_is_held_and_never_down() -> None:
    road = judged(aiming("bronze"), "1 4").granted(days(1))  # silver, though bronze was aimed at
    for level in ("bronze", "silver"):
        assert "not above" in road.refuses(days(2), K.RAISED, APPLICANT, level=level)
    road.does(days(2), K.RAISED, APPLICANT, level="gold")
    assert road.acts(days(2), "online") == [(APPLICANT, ActKind.SEND, 3)]
    assert "not above" in road.refuses(days(3), K.RAISED, APPLICANT, level="bronze")


def test_a_lighter_renewal_wins_no_higher_level() -> None:
    road = Road(BY_SHARE, level="silver", detail="renewal", until=days(100)).applied()
    road.does(DAY, K.SUBMITTED, APPLICANT, "online", "1")
    seen = judged(road, "1").at(days(1))
    assert list(seen.stages["online"].items) == ["1"]
    assert seen.earned == "silver"
