"""The ledger: written with the act or not at all, in one unbroken line, and changed by nobody unseen."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import BEGINNING, Link, digest, faulty, follow
from kithwork.ledger.models import Record
from kithwork.ledger.queries import of_subject, verify

GROUPS = {"account", "organisation", "journey", "evidence", "assessment", "award", "course", "keeping", "readiness"}
GROUPS |= {"caseload", "governance", "gate", "rights", "credential", "dossier"}


def some(count: int, subject: str = "journey:ab12") -> list[Record]:
    with transaction.atomic():
        return [write(act=Act.JOURNEY_ENTRY, actor="system", subject=subject, facts={"n": n}) for n in range(count)]


@pytest.mark.django_db
def test_records_follow_each_other_without_gaps() -> None:
    first, second, third = some(3)
    assert [first.seq, second.seq, third.seq] == list(range(first.seq, first.seq + 3))
    assert (second.previous, third.previous) == (first.digest, second.digest)
    found = verify()
    assert (found.count, found.fault) == (Record.objects.count(), None)
    assert list(of_subject("journey:ab12"))[:3] == [third, second, first]


@pytest.mark.django_db(transaction=True)
def test_the_first_record_follows_the_beginning() -> None:
    assert some(1)[0].previous == BEGINNING
    assert verify().count == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        write(act=Act.JOURNEY_ENTRY, actor="system", subject="journey:ab12")
    assert not Record.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_record_goes_with_the_act_that_failed() -> None:
    some(1)

    @transaction.atomic
    def act_and_fail() -> None:
        write(act=Act.JOURNEY_ENTRY, actor="system", subject="journey:ab12")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()
    some(1)
    assert (verify().count, verify().fault) == (2, None)


@pytest.mark.parametrize(
    "value",
    [1.5, {"a": 1}, [[1]], [{"a": 1}], "x" * 101, ["x" * 101], date(2027, 3, 3), b"x", (1,), object()],
)
@pytest.mark.django_db
def test_what_is_no_fact_is_refused(value: object) -> None:
    assert faulty({"k": value}) is not None
    before = Record.objects.count()
    with transaction.atomic(), pytest.raises(ValueError, match="k: "):
        write(act=Act.JOURNEY_ENTRY, actor="system", subject="x", facts={"k": value})  # type: ignore[dict-item]
    assert Record.objects.count() == before


@pytest.mark.parametrize("value", [0, -3, True, None, "", "x" * 100, "2027-03-03", [], [1, 2], ["a", "é"]])
@pytest.mark.django_db
def test_facts_come_back_as_they_went_in(value: object) -> None:
    with transaction.atomic():
        made = write(act=Act.JOURNEY_ENTRY, actor="user:ab", subject="x", facts={"k": value})  # type: ignore[dict-item]
    assert Record.objects.get(pk=made.pk).facts == {"k": value}
    assert verify().fault is None


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete() -> None:
    made = some(2)[0]
    for attempt in (
        lambda: Record.objects.filter(pk=made.pk).update(actor="user:eve"),
        lambda: Record.objects.filter(pk=made.pk).delete(),
        made.delete,
        made.save,
        lambda: _sql("DELETE FROM ledger_record"),
        lambda: _sql("UPDATE ledger_record SET seq = seq + 100"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert verify().fault is None


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_sqlite_does_not_let_a_record_be_replaced() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own")
    made = some(1)[0]
    copy = "id, seq, at, 'user:eve', act, subject, organisation, facts, previous, digest"
    for columns in (copy, copy.replace("id, seq", "id + 50, seq"), copy.replace("id, seq", "id, seq + 50")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            _sql(
                "INSERT OR REPLACE INTO ledger_record (id, seq, at, actor, act, subject, organisation, facts, previous,"
                f" digest) SELECT {columns} FROM ledger_record WHERE seq = {made.seq}"
            )
    assert Record.objects.get(seq=made.seq).actor == "system"


@pytest.mark.django_db
def test_reading_the_whole_ledger_takes_one_query(django_assert_num_queries: object) -> None:
    some(30)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_ledger_and_leaves_it_guarded() -> None:
    some(3)
    call_command("flush", verbosity=0, interactive=False)
    assert not Record.objects.exists()
    made = some(1)[0]
    assert made.previous == BEGINNING
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Record.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_line_up() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory is one connection")
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(10):
                some(2)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert (verify().count, verify().fault) == (80, None)


def links(count: int) -> Iterator[Link]:
    previous = BEGINNING
    for seq in range(1, count + 1):
        at = datetime(2027, 3, 3, tzinfo=UTC) + timedelta(seconds=seq)
        told = {"seq": seq, "at": at, "actor": "system", "act": "journey.entry", "subject": "x", "organisation": ""}
        made = digest(**told, facts={"n": seq}, previous=previous)  # type: ignore[arg-type]
        yield Link(**told, facts={"n": seq}, previous=previous, digest=made)  # type: ignore[arg-type]
        previous = made


def test_every_change_to_a_chain_is_found() -> None:
    good = list(links(5))
    assert follow(good) == (5, None)
    assert follow([]) == (0, None)
    for field, value in (
        ("actor", "user:eve"), ("act", "x"), ("subject", "y"), ("organisation", "z"), ("facts", {"n": 9}),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)), ("digest", "0" * 64), ("previous", "1" * 64), ("seq", 9),
    ):  # fmt: skip
        changed = [*good[:2], good[2]._replace(**{field: value}), *good[3:]]
        count, fault = follow(changed)
        assert fault is not None, field
        assert count == 3, field
    assert follow([*good[:2], *good[3:]])[1] == "record 3 is missing: the next one is 4"
    assert follow(reversed(good))[1] is not None
    assert "does not follow" in (
        follow([*good[:3], *list(links(5))[3:4], good[4]._replace(previous="2" * 64)])[1] or ""
    )


def test_acts_are_a_closed_list_of_known_groups() -> None:
    assert {act.value.partition(".")[0] for act in Act} <= GROUPS
    assert len({act.value for act in Act}) == len(Act)
    longest = Record._meta.get_field("act").max_length
    assert longest is not None
    assert max(len(act.value) for act in Act) <= longest
