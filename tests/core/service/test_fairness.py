"""Rates by group, told only where they tell of nobody; rules that fall much harder on one group."""

from kithwork.core.service.fairness import Fallen, Harder, Seen, age_band, grouped_fairly, harder, suppressed


def people(number: int, matched: int, name: str = "a", **more: object) -> list[Seen]:
    return [Seen({"kind": name}, at < matched, **more) for at in range(number)]  # type: ignore[arg-type]


def test_figures_of_a_group_in_steps_of_five() -> None:
    group = grouped_fairly([*people(7, 7), *people(6, 0, waits=9, proposed=True)])[0]
    assert (group.people, group.matched, group.waiting, group.weeks, group.proposed) == (10, 55, 5, 9, 100)


def test_of_fewer_than_five_nothing_is_told() -> None:
    group = grouped_fairly(people(4, 4, waits=3, proposed=False))[0]
    assert (group.people, group.matched, group.waiting, group.weeks, group.proposed) == (0, None, 0, None, None)
    assert suppressed(4)
    assert not suppressed(5)


def test_who_told_nothing_of_a_kind_is_in_none_of_its_groups() -> None:
    assert grouped_fairly([Seen({}, True)] * 9) == []


def fallen(shares: dict[str, float], number: int = 5) -> list[Fallen]:
    return [Fallen({"kind": name}, "Far.", share) for name, share in shares.items() for _ in range(number)]


def test_a_rule_that_takes_much_more_from_one_group_is_told() -> None:
    assert harder(fallen({"a": 0.9, "b": 0.1, "c": 0.1})) == [Harder("Far.", "kind", "a", 90, 10)]


def test_not_where_the_difference_is_small_or_groups_are() -> None:
    assert harder(fallen({"a": 0.2, "b": 0.05})) == []  # less than 20 in a hundred apart
    assert harder(fallen({"a": 0.9, "b": 0.6})) == []  # less than twice as much
    assert harder(fallen({"a": 0.9, "b": 0.1}, 4)) == []
    assert harder(fallen({"a": 0.9})) == []  # nobody else to compare with


def test_bands_of_age() -> None:
    assert [age_band(years) for years in (17, 18, 24, 25, 64, 65)] == [
        "Under 18", "18 to 24", "18 to 24", "25 to 34", "50 to 64", "65 or over"
    ]  # fmt: skip


def test_what_is_held_back_of_one_group_cannot_be_had_by_difference() -> None:
    """Whoever knows how many were matched in all would have it from the others."""
    alone = grouped_fairly([*people(3, 1), *people(9, 4, "b"), *people(20, 9, "c")])
    assert [(one.name, one.matched) for one in alone] == [("a", None), ("b", None), ("c", 45)]
    two = grouped_fairly([*people(3, 1), *people(4, 4, "b"), *people(20, 9, "c")])
    assert [one.matched for one in two] == [None, None, 45]
    waits = {"waits": 9, "proposed": True}
    waiting = grouped_fairly([*people(3, 0, **waits), *people(9, 0, "b", **waits), *people(20, 0, "c", **waits)])
    assert [one.proposed for one in waiting] == [None, None, 100]
    assert [one.proposed for one in grouped_fairly([*people(9, 9), *people(9, 0, "b", **waits)])] == [None, 100]


def test_ages_stand_by_age() -> None:
    told = grouped_fairly([Seen({"Age": age_band(years)}, True) for years in (70, 20, 16, 40, 55, 30)])
    assert [one.name for one in told] == ["Under 18", "18 to 24", "25 to 34", "35 to 49", "50 to 64", "65 or over"]
