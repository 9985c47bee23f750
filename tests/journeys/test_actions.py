"""Writes to journeys: beginning, recording all or nothing, appointing, invoicing, drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DataError, transaction
from django.utils import timezone

from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.journeys import actions
from kithwork.journeys.models import Appointment, Draft, EntryRow, Journey, PublishedEdition
from kithwork.journeys.queries import draft_of, entries_of, live_appointment, read
from kithwork.ledger.models import Record
from kithwork.ledger.queries import verify
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Membership
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, sample
from kithwork.procedures.sample import DECLARED, Cast, Walk, person
from tests.journeys.short import folder_in, texts

Walking = Callable[..., Walk]


def written() -> tuple[int, int]:
    """How many entries there are, and how many records of the ledger."""
    return EntryRow.objects.count(), Record.objects.count()


# Beginning


def test_a_service_has_one_application_for_a_scheme_at_a_time(
    people: Cast, short_walk: Walking, tmp_path: Path
) -> None:
    way = short_walk("begun")
    newer = sample.publish(folder_in(tmp_path / "newer", "next"), people)
    for edition in (way.journey.edition, newer):
        with pytest.raises(Refused, match="already"):
            applying.begin(edition=edition, service=people.service, by=people.bea, today=way.today)
    assert Journey.objects.count() == 1
    other = organisations.open_service(organisation=people.provider, name="Another", by=people.ada)
    assert applying.begin(edition=newer, service=other, by=people.ada, today=way.today).service == other


def test_after_withdrawal_a_service_may_begin_again(people: Cast, short_walk: Walking) -> None:
    way = short_walk("registered")
    applying.withdraw(journey=way.journey, by=people.ada, today=way.today)
    again = applying.begin(edition=way.journey.edition, service=people.service, by=people.ada, today=way.today)
    assert again.status == "active"
    assert Journey.objects.count() == 2


def test_a_holder_begins_again_once_the_award_has_run_out(people: Cast, short_walk: Walking, today: date) -> None:
    way = short_walk("awarded")
    until = Journey.objects.get(pk=way.journey.pk).valid_until
    assert until is not None
    edition = way.journey.edition
    with pytest.raises(Refused, match="already"):
        applying.begin(edition=edition, service=people.service, by=people.ada, today=until)
    again = applying.begin(edition=edition, service=people.service, by=people.ada, today=until + timedelta(days=1))
    assert again.status == "active"


def test_a_level_that_is_not_the_schemes_begins_nothing(people: Cast, short: PublishedEdition, today: date) -> None:
    with pytest.raises(Refused, match="no such level"):
        actions.begin(edition=short, service=people.service, by=people.ada, today=today, level="platinum")
    assert not Journey.objects.exists()


@pytest.fixture
def for_persons(people: Cast, tmp_path: Path) -> PublishedEdition:
    """A scheme that people apply to themselves."""
    folder = folder_in(tmp_path / "persons", "persons")
    scheme = texts("persons")["scheme.toml"].replace('applicant = "service"', 'applicant = "person"')
    (folder / "scheme.toml").write_text(scheme)
    return sample.publish(folder, people)


def test_a_scheme_is_for_services_or_for_persons(
    people: Cast, short: PublishedEdition, for_persons: PublishedEdition, today: date
) -> None:
    with pytest.raises(Refused, match="for a person"):
        actions.begin(edition=for_persons, service=people.service, by=people.ada, today=today)
    mine = actions.begin(edition=for_persons, by=people.ada, today=today)
    assert (mine.person, mine.service) == (people.ada, None)
    with pytest.raises(Refused, match="already"):
        actions.begin(edition=for_persons, by=people.ada, today=today)
    Journey.objects.update(status="withdrawn")
    with pytest.raises(Refused, match="for a service"):
        actions.begin(edition=short, by=people.ada, today=today)


# Recording


def test_entries_are_kept_all_or_none(short_walk: Walking, people: Cast) -> None:
    way = short_walk("begun")
    before, row = written(), Journey.objects.filter(pk=way.journey.pk).values().get()
    entries = [
        Entry(way.today, EntryKind.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES),
        Entry(way.today, EntryKind.PAID, Role.OFFICER, "registration"),
    ]
    with pytest.raises(Refused, match="not open yet"):
        actions.record(journey=way.journey, entries=entries, by=people.ada, today=way.today)
    assert written() == before
    assert Journey.objects.filter(pk=way.journey.pk).values().get() == row
    actions.record(journey=way.journey, entries=entries[:1], by=people.ada, today=way.today)
    assert written() == (before[0] + 1, before[1] + 1)


def test_each_entry_is_asked_after_the_ones_before_it(short_walk: Walking, people: Cast) -> None:
    way = short_walk("begun")
    entry = Entry(way.today, EntryKind.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES)
    with pytest.raises(Refused, match="is done"):
        actions.record(journey=way.journey, entries=[entry, entry], by=people.ada, today=way.today)


def test_the_ledger_is_written_with_the_entry_and_goes_with_it(short_walk: Walking, people: Cast) -> None:
    way = short_walk("begun")
    before = written()

    @transaction.atomic
    def answer_and_fail() -> None:
        applying.answer_checklist(
            journey=way.journey,
            stage="self-check",
            answers=dict.fromkeys(
                ("vulnerable-or-isolated", "mentoring-role", "full-cycle", "funding", "membership"), True
            ),
            by=people.ada,
            today=way.today,
        )
        assert written() == (before[0] + 1, before[1] + 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer_and_fail()
    assert written() == before
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_recording_is_one_transaction_by_itself(short_walk: Walking, people: Cast) -> None:
    way = short_walk("begun")
    before = written()
    entry = Entry(way.today, EntryKind.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES)
    with pytest.raises((ValueError, DataError)):  # too long for the ledger, or for PostgreSQL's own table
        actions.record(journey=way.journey, entries=[replace(entry, item="x" * 101)], by=people.ada, today=way.today)
    assert written() == before
    assert Journey.objects.get().stage == "self-check"
    actions.record(journey=way.journey, entries=[entry], by=people.ada, today=way.today)
    assert written() == (before[0] + 1, before[1] + 1)


def test_the_ledger_holds_the_entry_and_never_its_reason(short_walk: Walking, people: Cast) -> None:
    way = short_walk("registered")
    applying.stop_clock(
        journey=way.journey,
        expected=way.today + timedelta(days=9),
        reason="Quentin is ill.",
        by=people.olu,
        today=way.today,
    )
    record = Record.objects.latest("seq")
    row = EntryRow.objects.filter(journey=way.journey).latest("seq")
    assert (record.act, record.subject, record.actor) == (
        "journey.entry", f"journey:{way.journey.ref}", people.olu.actor,
    )  # fmt: skip
    assert record.facts == {"seq": row.seq, "kind": "stopped", "stage": "", "item": "", "outcome": ""}
    assert (row.reason, row.signed_by) == ("Quentin is ill.", people.olu)
    assert record.organisation == people.body.ref


def test_entries_are_numbered_without_gaps_and_read_back_as_they_went_in(short_walk: Walking) -> None:
    way = short_walk("returned")
    rows = EntryRow.objects.filter(journey=way.journey).order_by("seq")
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [(entry.kind, entry.on) for entry in entries_of(way.journey)] == [(row.kind, row.on) for row in rows]


def test_a_checklist_is_answered_whole(people: Cast, short_walk: Walking) -> None:
    way = short_walk("begun")
    with pytest.raises(Refused, match="Answer every question"):
        applying.answer_checklist(
            journey=way.journey, stage="self-check", answers={"funding": True}, by=people.ada, today=way.today
        )
    with pytest.raises(Refused, match="no questions"):
        applying.answer_checklist(journey=way.journey, stage="visit", answers={}, by=people.ada, today=way.today)
    assert not way.journey.responses.exists()


def test_a_form_refused_keeps_no_response(people: Cast, short_walk: Walking) -> None:
    way = short_walk("applied")
    fields = way.edition.stage("application").fields  # type: ignore[union-attr]
    answers = {one.id: sample.answer(one, way.edition) for one in fields}
    kept = way.journey.responses.count()
    for change, because in (
        ({"contact_name": ""}, "is missing"),
        ({"cycle_completed": False}, "full cycle"),
        ({}, "is done"),  # it was handed in already
    ):
        with pytest.raises(Refused, match=because):
            applying.hand_in_form(
                journey=way.journey, stage="application", answers={**answers, **change}, by=people.ada, today=way.today
            )
    assert way.journey.responses.count() == kept


def test_what_is_asked_for_again_is_handed_in_again_and_both_are_kept(people: Cast, short_walk: Walking) -> None:
    way = short_walk("applied", annual_turnover=90_000)
    applying.decide_eligibility(
        journey=way.journey,
        stage="eligibility",
        outcome=Answer.MORE,
        reason="Which year is the turnover of?",
        by=people.olu,
        today=way.today,
    )
    fields = way.edition.stage("application").fields  # type: ignore[union-attr]
    answers = {one.id: sample.answer(one, way.edition, annual_turnover=120_000) for one in fields}
    applying.hand_in_form(journey=way.journey, stage="application", answers=answers, by=people.ada, today=way.today)
    figures = way.journey.responses.filter(stage="application").order_by("number")
    assert [one.answers["annual_turnover"] for one in figures] == [90_000, 120_000]
    assert applying.price(journey=way.journey, stage="assessment")[0] == 550, "the newer figure counts"


# Appointing


def ask(way: Walk, people: Cast) -> Appointment:
    return applying.ask_assessor(journey=way.journey, assessor=people.dot, by=people.olu, today=way.today)


def test_an_appointment_counts_from_the_declaration_on(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    appointment = ask(way, people)
    assert not read(way.journey, way.today).position.assessor
    applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=way.today)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.declaration) == ("appointed", DECLARED)
    assert read(way.journey, way.today).position.assessor


def test_a_conflict_appoints_nobody_and_that_assessor_is_not_asked_again(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    applying.declare(appointment=ask(way, people), conflict=True, wording="My sister works there.", today=way.today)
    assert live_appointment(way.journey) is None
    assert not read(way.journey, way.today).position.assessor
    with pytest.raises(Refused, match="declared a conflict"):
        ask(way, people)
    ivo = person("Ivo Brandt", "ivo@assessors.example")
    organisations.join(organisation=people.body, user=ivo, role=Member.ASSESSOR, by=people.olu)
    asked = applying.ask_assessor(journey=way.journey, assessor=ivo, by=people.olu, today=way.today)
    assert live_appointment(way.journey) == asked


def test_one_is_asked_at_a_time(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    appointment = ask(way, people)
    for _ in ("while asked", "while appointed"):
        with pytest.raises(Refused, match="asked, already"):
            ask(way, people)
        if appointment.state == "asked":
            appointment = applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=way.today)
    assert Appointment.objects.count() == 1


def test_a_declaration_is_made_once(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    appointment = ask(way, people)
    applying.declare(appointment=appointment, conflict=True, wording="We are neighbours.", today=way.today)
    with pytest.raises(Refused, match="answered"):
        applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=way.today)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.declaration) == ("conflict", "We are neighbours.")
    assert not read(way.journey, way.today).position.assessor


@pytest.mark.parametrize("tie", ["belongs", "belonged"])
def test_who_has_ties_to_the_applicant_is_not_asked(people: Cast, short_walk: Walking, tie: str) -> None:
    way = short_walk("eligible")
    mine = organisations.join(organisation=people.provider, user=people.dot, role=Member.READER, by=people.ada)
    if tie == "belonged":
        organisations.leave(membership=mine, by=people.ada, now=timezone.now())
    with pytest.raises(Refused, match=tie):
        ask(way, people)
    assert not Appointment.objects.exists()


def test_nobody_assesses_their_own_application(people: Cast, for_persons: PublishedEdition, today: date) -> None:
    mine = actions.begin(edition=for_persons, by=people.dot, today=today)
    with pytest.raises(Refused, match="their own"):
        applying.ask_assessor(journey=mine, assessor=people.dot, by=people.olu, today=today)


@pytest.mark.parametrize("who", ["olu", "eve", "ada"])
def test_only_the_bodys_assessors_are_asked(people: Cast, short_walk: Walking, who: str) -> None:
    way = short_walk("eligible")
    with pytest.raises(Refused, match="not one of your assessors"):
        applying.ask_assessor(journey=way.journey, assessor=getattr(people, who), by=people.olu, today=way.today)


def test_an_assessor_who_has_left_is_not_asked(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    mine = Membership.objects.get(user=people.dot)
    organisations.leave(membership=mine, by=people.olu, now=timezone.now())
    with pytest.raises(Refused, match="not one of your assessors"):
        ask(way, people)


def test_an_appointment_ended_makes_room_for_another(people: Cast, short_walk: Walking) -> None:
    way = short_walk("registered")
    actions.end_appointment(journey=way.journey, by=people.olu, today=way.today, reason="Dot moves away.")
    assert not read(way.journey, way.today).position.assessor
    with pytest.raises(Refused, match="No assessor"):
        actions.end_appointment(journey=way.journey, by=people.olu, today=way.today)
    assert ask(way, people).state == "asked", "the same one may be asked anew"


def test_a_request_taken_back_cannot_be_answered(people: Cast, short_walk: Walking) -> None:
    way = short_walk("eligible")
    appointment = ask(way, people)
    entries = EntryRow.objects.count()
    actions.end_appointment(journey=way.journey, by=people.olu, today=way.today)
    assert EntryRow.objects.count() == entries, "nobody was appointed, so nobody is released"
    with pytest.raises(Refused):
        applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=way.today)


# Drafts


def test_a_draft_is_ones_own_and_the_last_one_saved(people: Cast) -> None:
    now = timezone.now()
    actions.save_draft(user=people.ada, key="form:x", fields={"aims": "one"}, now=now)
    actions.save_draft(user=people.bea, key="form:x", fields={"aims": "hers"}, now=now)
    actions.save_draft(user=people.ada, key="form:x", fields={"aims": "two"}, now=now)
    draft = draft_of(people.ada, "form:x")
    assert draft is not None
    assert draft.fields == {"aims": "two"}
    actions.drop_draft(user=people.ada, key="form:x")
    assert draft_of(people.ada, "form:x") is None
    assert draft_of(people.bea, "form:x") is not None
    actions.drop_draft(user=people.ada, key="form:x")


def test_what_is_handed_in_leaves_no_draft(people: Cast, short_walk: Walking) -> None:
    way = short_walk("begun")
    key = f"form:{way.journey.ref}:application"
    actions.save_draft(user=people.ada, key=key, fields={"aims": "…"}, now=timezone.now())
    way.to("applied")
    assert not Draft.objects.filter(key=key).exists()
