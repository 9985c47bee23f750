"""Which tests PostgreSQL is spared: none by which a statement would go unasked."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import IntegrityError, connection, transaction

from kithwork.organisations.models import Organisation
from tests import statements

ASKED = {
    "all-of-it": {"a", "b", "c"},
    "two-of-it": {"a", "b"},
    "one-of-its-own": {"a", "d"},
    "with-commits": {"e"},
    "nothing": set[str](),
}
SECONDS = {"all-of-it": 9.0, "two-of-it": 1.0, "one-of-its-own": 1.0, "with-commits": 1.0, "nothing": 0.0}


def test_every_statement_is_asked_by_the_quickest_and_nothing_is_asked_for_nothing() -> None:
    chosen = statements.cover(ASKED, SECONDS, {"with-commits", "not-noted"})
    assert set().union(*(ASKED.get(name, set()) for name in chosen)) == {"a", "b", "c", "d", "e"}
    assert chosen == {"all-of-it", "one-of-its-own", "with-commits", "not-noted"}
    assert statements.cover({"slow": {"a"}, "quick": {"a"}}, {"slow": 2.0, "quick": 0.1}, set()) == {"quick"}


@pytest.mark.django_db
def test_statements_are_told_apart_by_what_a_database_judges_them_by() -> None:
    noting = statements.Noting()
    noting._now = asked = set()

    def told(ask: Any) -> set[str]:
        before = {*asked}
        with connection.execute_wrapper(noting._note):
            ask()
        return asked - before

    kinds = Organisation.Kind
    assert told(lambda: list(Organisation.objects.filter(pk__in=[1, 2])))
    assert not told(lambda: list(Organisation.objects.filter(pk__in=[3, 4, 5]))), "as many as somebody asked for"
    assert told(lambda: list(Organisation.objects.filter(name="A"))), "another text"
    assert told(lambda: Organisation.objects.filter(name="A").update(name="B")), "one that finds nothing to write to"
    first = Organisation.objects.create(name="A", slug="a", kind=kinds.PROVIDER)
    assert told(lambda: Organisation.objects.filter(name="A").update(name="B")), "the same, and it finds one"
    assert not told(lambda: Organisation.objects.filter(name="B").update(name="C"))

    def again() -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(name="A", slug=first.slug, kind=kinds.PROVIDER)

    assert told(lambda: Organisation.objects.create(name="D", slug="d", kind=kinds.PROVIDER))
    assert told(again), "one that the database refuses"


def test_tests_of_which_nothing_was_noted_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "KEPT", tmp_path)
    (tmp_path / "gw0.json").write_text(json.dumps({"seen": [1.0, ["a"]], "same": [2.0, ["a"]], "none": [0.1, []]}))
    left_out: list[str] = []
    hook = SimpleNamespace(pytest_deselected=lambda items: left_out.extend(one.nodeid for one in items))
    found = [
        SimpleNamespace(nodeid=name, iter_markers=lambda name: iter(()), fixturenames=fixtures)
        for name, fixtures in (("seen", ()), ("same", ()), ("none", ()), ("new", ()))
    ]
    committing = SimpleNamespace(nodeid="same", iter_markers=lambda name: iter(()), fixturenames=("transactional_db",))
    items = cast("list[pytest.Item]", found)
    statements.Choosing().pytest_collection_modifyitems(cast("pytest.Config", SimpleNamespace(hook=hook)), items)
    assert [one.nodeid for one in items] == ["seen", "new"]
    assert left_out == ["same", "none"]
    items = cast("list[pytest.Item]", [committing])
    statements.Choosing().pytest_collection_modifyitems(cast("pytest.Config", SimpleNamespace(hook=hook)), items)
    assert len(items) == 1
