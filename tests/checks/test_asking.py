"""Rules over sets: all in one query, counted alike on both databases; and the rows behind them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Exists, F, OuterRef, Q
from pytest_django.fixtures import DjangoAssertNumQueries

from kithwork.checks import Rows, Rule, TellRow, There, Told, ask, behind
from kithwork.checks.rows import told
from kithwork.core.days import Period
from kithwork.core.readiness import Answer
from kithwork.governance.models import Risk
from kithwork.procedures.sample import Cast

AT = date(2026, 5, 31)
QUARTER = Period(3, "month")  # from 28 February it has run out on 28 May; from 1 March it has not on 31 May


@pytest.fixture
def risks(people: Cast) -> Rows:
    """Lines of a register: a day and an owner each are all that is asked about here."""
    for what, reviewed, due, owner in (
        ("a", date(2026, 2, 28), None, "Ada"),
        ("b", date(2026, 3, 1), AT, "Ada"),
        ("c", date(2026, 3, 2), AT - timedelta(days=1), ""),
        ("d", date(2026, 5, 31), AT + timedelta(days=30), "Ben"),
        ("e", date(2026, 5, 30), AT + timedelta(days=31), "Ben"),
    ):
        Risk.objects.create(
            service=people.service,
            what=what,
            reviewed_on=reviewed,
            due_on=due,
            owner=owner,
            made_at="2026-01-01T00:00Z",
        )
    return Rows("risks", Risk.objects.filter(service=people.service), label=F("what"))


def names(rule: Rule | Told, failing: bool | None = None) -> list[str]:
    return [row.label for row in told(rule, behind(rule, AT, failing=failing))]


def test_a_period_runs_out_by_months_and_not_by_days(risks: Rows) -> None:
    rule = Rule(risks, day=F("reviewed_on"), lasts=QUARTER)
    assert ask({"it": rule}, AT) == {
        "it": Answer(5, 1, lapsing=(2, 2, 2), until=date(2026, 6, 1)),
    }
    assert names(rule) == ["a", "b", "c", "e", "d"]
    assert names(rule, failing=True) == ["a"]
    assert [row.day for row in told(rule, behind(rule, AT)[:2])] == [date(2026, 5, 28), date(2026, 6, 1)]


def test_a_day_of_its_own_is_in_time_on_that_day(risks: Rows) -> None:
    rule = Rule(risks, day=F("due_on"))
    assert ask({"it": rule}, AT)["it"] == Answer(5, 2, lapsing=(1, 3, 3), until=AT)
    assert names(rule, failing=True) == ["a", "c"]  # never, and yesterday


def test_what_never_ends_does_not_fail_for_want_of_a_day(risks: Rows) -> None:
    rule = Rule(risks, day=F("due_on"), endless=True)
    assert ask({"it": rule}, AT)["it"] == Answer(5, 1, lapsing=(1, 3, 3), until=AT)
    assert names(rule, failing=True) == ["c"]


def test_who_is_asked_about_and_what_holds(risks: Rows) -> None:
    owned = ~Q(owner="")
    rule = Rule(risks, (Q(due_on__isnull=False), Q(what__gt="b")), holds=owned)
    assert ask({"it": rule}, AT)["it"] == Answer(3, 1)
    assert names(rule) == ["c", "d", "e"]
    assert names(rule, failing=False) == ["d", "e"]


def test_a_condition_that_cannot_be_told_does_not_hold(risks: Rows) -> None:
    rule = Rule(risks, holds=Q(due_on__lte=AT))
    assert ask({"it": rule}, AT)["it"] == Answer(5, 3)  # 'a' has no day at all
    assert names(rule, failing=True) == ["a", "d", "e"]
    among = Rule(risks, (Q(due_on__lte=AT),))
    assert ask({"it": among}, AT)["it"] == Answer(2, 0)
    assert names(among) == ["b", "c"]


def test_both_have_to_hold(risks: Rows) -> None:
    rule = Rule(risks, holds=~Q(owner=""), day=F("reviewed_on"), lasts=QUARTER)
    assert ask({"it": rule}, AT)["it"] == Answer(5, 2, lapsing=(1, 1, 1), until=date(2026, 6, 1))
    assert names(rule, failing=True) == ["a", "c"]


def test_what_cannot_be_mended_heals_when_its_year_is_over(risks: Rows) -> None:
    rule = Rule(risks, holds=Q(owner="Ada"), leaves=F("reviewed_on"), window=Period(1, "year"))
    assert ask({"it": rule}, AT)["it"] == Answer(5, 3, heals=date(2027, 5, 31))


def test_all_rules_are_one_query_and_a_shared_day_is_read_once(
    risks: Rows, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = F("reviewed_on")
    rules: dict[str, Rule | Told] = {
        f"{n} months": Rule(risks, day=day, lasts=Period(n, "month")) for n in range(1, 13)
    }
    rules["owned"] = Rule(risks, holds=~Q(owner=""))
    rules["told"] = Told((TellRow("x", "insurance", holds=True, until=AT), TellRow("y", "other", holds=False)))
    rules["nobody"] = Rule(Rows("none", Risk.objects.none(), label=F("what")), day=F("due_on"))
    with django_assert_num_queries(1) as asked:
        found = ask(rules, AT)
    assert asked[0]["sql"].count("reviewed_on") <= 3  # once read, its own name, and no more
    assert [found[f"{n} months"].failing for n in (1, 2, 3, 4, 12)] == [3, 3, 1, 0, 0]
    assert found["told"] == Answer(2, 1, lapsing=(1, 1, 1), until=AT)
    assert found["nobody"] == Answer(0, 0)


def test_nothing_asked_is_no_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert ask({}, AT) == {}
        assert ask({"it": Rule(Rows("none", Risk.objects.none()), day=F("due_on"))}, AT) == {"it": Answer(0, 0)}


def test_what_is_told_has_its_rows_too() -> None:
    rows = (TellRow("x", "liability", True, AT), TellRow("y", "volunteers", True, AT - timedelta(days=1)))
    rule: Any = Told(rows)
    assert ask({"it": rule}, AT)["it"] == Answer(2, 1, lapsing=(1, 1, 1), until=AT)
    assert names(rule) == ["volunteers", "liability"]
    assert names(rule, failing=False) == ["liability"]


def test_more_rules_than_a_query_takes_are_counted_all_the_same(
    risks: Rows, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = F("reviewed_on")
    rules = {n: Rule(risks, day=day, lasts=Period(n, "day")) for n in range(1, 251)}
    with django_assert_num_queries(2):
        found = ask(rules, AT)
    assert len(found) == 250
    assert [found[n].failing for n in (1, 88, 89, 90, 91, 92, 250)] == [3, 3, 3, 2, 1, 0, 0]


def test_small_sets_are_asked_together_and_large_ones_apart(
    risks: Rows, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    heavy = Q()
    for n in range(30):
        heavy |= Q(Exists(Risk.objects.filter(pk=OuterRef("pk"), owner=str(n))))
    sets = {name: Rows(name, risks.rows, label=F("what")) for name in ("a", "b", "c", "d")}
    rules = {
        "a": Rule(sets["a"], holds=~heavy),
        "b": Rule(sets["b"], holds=heavy),
        "c": Rule(sets["c"], holds=~Q(owner="")),
        "d": Rule(sets["d"], day=F("due_on")),
    }
    with django_assert_num_queries(2):
        found = ask(rules, AT)
    assert {name: (one.total, one.failing) for name, one in found.items()} == {
        "a": (5, 0),
        "b": (5, 5),
        "c": (5, 1),
        "d": (5, 2),
    }


def test_what_is_read_once_counts_as_what_is_read_each_time(risks: Rows) -> None:
    owned = Risk.objects.filter(pk=OuterRef("pk"), owner__gt="")
    rows = risks.rows.annotate(owned=There(owned), seen_on=F("reviewed_on"))
    found = [
        ask(
            {
                "of some": Rule(over, (Q(owned=True),), holds=Q(There(owned.filter(on_or_after_seen)))),
                "of all": Rule(over, day=F("seen_on"), lasts=QUARTER),
            },
            AT,
        )
        for over in (Rows("risks", rows), Rows("risks", rows, once=("owned", "seen_on")))
        for on_or_after_seen in [Q(due_on__gte=OuterRef("seen_on"))]
    ]
    assert found[0] == found[1]
    assert found[1]["of some"] == Answer(4, 1)


def test_what_no_rule_asks_of_a_row_is_not_looked_up_for_it(risks: Rows) -> None:
    """Two rules that ask of some rows: what both look up is looked up where both ask alike, and counts as ever."""
    mine, due = Q(owner="Ada"), Q(due_on__isnull=False)
    there = Q(There(Risk.objects.filter(pk=OuterRef("pk"), due_on__gte=AT)))
    one, other = Rule(risks, (mine, due), holds=there), Rule(risks, (due,), holds=there)
    assert ask({1: one, 2: other}, AT) == {1: Answer(1, 0), 2: Answer(4, 1)}
