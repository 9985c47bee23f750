"""Erasing somebody from a service: a rare name is planted in every personal text field of their records, and looked for
in the whole database, the outbox and the files afterwards.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from kithwork.caseload.actions.erasing import REACHES
from kithwork.caseload.models import (
    Concern,
    ConcernStep,
    Contact,
    Ending,
    Import,
    Match,
    OneTimeLink,
    Practice,
    Reference,
    Referral,
    Vetting,
)
from kithwork.core.keeping import ERASED, Then, Whose
from kithwork.core.verdict import Refused
from kithwork.governance.actions.erasing import REACHES as GROUND
from kithwork.governance.models import Complaint, Risk, Staff, StaffSupervision, StaffVetting
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import erasing, importing
from kithwork.procedures.sample import Cast
from kithwork.rights.actions import Right, ask, end_hold, hold
from tests.procedures.erasing.planting import EMAIL, FAMILY, GIVEN, RARE, a_row, files, found_in_database, plant
from tests.running import a_match, a_mentee, a_mentor, a_practice

WORDS = (GIVEN, FAMILY)


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def now(today: date) -> datetime:
    return timezone.make_aware(datetime.combine(today, time(12)))


@pytest.fixture
def ended(practice: Practice, people: Cast, today: date) -> Match:
    """Cai and Mab, whose match is over."""
    service, ada = people.service, people.ada
    cai, mab = a_mentee(service, today), a_mentor(service, ada, today)
    match = a_match(cai, mab, ada, today, ended_on=today - timedelta(days=1))
    Ending.objects.create(match=match, kind="planned", known_on=today, last_day=today, reason="Aims met.", by=ada)
    return match


def one_of_each(match: Match, whose: Whose, people: Cast, today: date) -> list[tuple[Model, set[str]]]:
    """A row of every kind that tells of one side of a match, with the rare name in each personal text of it."""
    person: Any = match.mentee if whose is Whose.MENTEE else match.mentor
    contact = Contact.objects.create(
        service=match.service, kind="meeting", mentee=match.mentee, mentor=match.mentor, match=match, on=today
    )
    referral = Referral.objects.create(mentee=match.mentee, source="agency", came_on=match.mentee.came_on)
    given: dict[str, Any] = {
        "service": match.service, "match": match, "contact": contact, "by": people.ada, "referral": referral,
        "raised_by": people.ada, whose.value: person,
    }  # fmt: skip
    planted = []
    for reach in REACHES:
        if whose not in reach.kept.of or not reach.kept.of[whose] or reach.kept.then is Then.DELETED:
            continue
        first = reach.about(whose, person).first()
        made: Any = first or _made(reach.model, given, today)
        given[reach.model._meta.model_name or ""] = made
        planted.append((made, plant(made, reach)))
    return planted


def _made(model: type[Model], given: dict[str, Any], today: date) -> Model:
    parents = {
        "Goal": {"plan": given.get("plan")}, "Reply": {"contact": given["contact"]},
        "ConcernStep": {"concern": given.get("concern")},
        "Measurement": {"measure": None},
    }.get(model.__name__, {})  # fmt: skip
    if model.__name__ == "Measurement":
        from kithwork.caseload.models import Measure

        parents = {"measure": Measure.objects.create(service=given["service"], name="-", question="-", begun_on=today)}
    if model.__name__ == "Attendance":
        parents = {"session": given["session"]}
    return a_row(model, {**given, **parents}, today)


def closed(today: date) -> None:
    Concern.objects.update(closed_at=timezone.now())


def stays() -> set[str]:
    """Where a name may still stand, and the declaration says why: what was done about somebody's safety."""
    return {"caseload_concern.words", "caseload_concern.outcome", "caseload_concernstep.what",
            "caseload_concernstep.told"}  # fmt: skip


@pytest.mark.parametrize("whose", [Whose.MENTEE, Whose.MENTOR])
def test_nothing_is_left_of_a_name_but_what_is_said_to_stay(
    whose: Whose, ended: Match, people: Cast, today: date, now: datetime
) -> None:
    planted = one_of_each(ended, whose, people, today)
    closed(today)
    assert len(planted) >= (15 if whose is Whose.MENTEE else 14)
    assert sum(len(fields) for _, fields in planted) >= 40
    person: Any = ended.mentee if whose is Whose.MENTEE else ended.mentor
    person.refresh_from_db()
    Message.objects.create(organisation=people.provider, email=person.email, kind="x", subject=RARE, body=RARE)
    OneTimeLink.objects.create(purpose="mentee", token_digest="a" * 64, expires_at=now, **{whose.value: person})
    ask(organisation=people.provider, service=people.service, right=Right.RECTIFY, words=RARE, by=None, today=today,
        subject=f"{whose.value}:{person.ref}")  # fmt: skip
    assert found_in_database(WORDS)
    erasing.erase_person(person=person, by=people.ada, now=now)
    left = found_in_database(WORDS)
    assert set(left) <= stays(), left
    assert left, "a closed concern is kept for its period, and says so"
    assert not [place for place, content in files() if any(word.encode() in content for word in WORDS)]
    person.refresh_from_db()
    assert person.erased_at == now
    assert person.name == ERASED
    assert not OneTimeLink.objects.filter(**{whose.value: person}).exists()
    assert not Message.objects.filter(email=EMAIL).exists()


def test_what_counts_need_stays(ended: Match, people: Cast, today: date, now: datetime) -> None:
    Contact.objects.create(
        service=people.service, kind="meeting", mentee=ended.mentee, mentor=ended.mentor, match=ended, on=today,
        minutes=50, words="Chess.",
    )  # fmt: skip
    erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    ended.refresh_from_db()
    contact = Contact.objects.get()
    assert (contact.words, contact.minutes, contact.on) == ("", 50, today)
    assert ended.introduced_on
    assert (ended.ending.kind, ended.ending.reason) == ("planned", ERASED)
    assert ended.mentee.came_on


def test_of_a_mentor_the_name_alone_goes_from_what_is_the_mentees(
    ended: Match, people: Cast, today: date, now: datetime
) -> None:
    told = Contact.objects.create(
        service=people.service, kind="meeting", mentee=ended.mentee, mentor=ended.mentor, match=ended, on=today,
        words="Mab and Cai played chess. Ring MAB SORREL.",
    )  # fmt: skip
    own = Contact.objects.create(service=people.service, kind="mentor", mentor=ended.mentor, on=today, words="Fine.")
    erasing.erase_person(person=ended.mentor, by=people.ada, now=now)
    told.refresh_from_db()
    own.refresh_from_db()
    assert told.words == f"{ERASED} and Cai played chess. Ring {ERASED}."
    assert own.words == ""
    assert not Vetting.objects.exists()
    assert set(Reference.objects.values_list("name", flat=True)) == {ERASED}
    assert not found_in_database(["Sorrel"])


def test_a_name_goes_from_what_is_written_about_others(ended: Match, people: Cast, today: date, now: datetime) -> None:
    other = a_mentee(people.service, today, "Ola Finch", profile="Walks with Cai  Rowan and Caius.")
    Risk.objects.create(service=people.service, what="x", owner="Cai Rowan", reviewed_on=today)
    complaint = Complaint.objects.create(service=people.service, kind="praise", on=today, what="Cai rowan says thanks.")
    erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    other.refresh_from_db()
    complaint.refresh_from_db()
    assert other.profile == f"Walks with {ERASED} and Caius."
    assert Risk.objects.get().owner == ERASED
    assert complaint.what == f"{ERASED} says thanks."


def test_a_namesakes_name_stays(ended: Match, people: Cast, today: date, now: datetime) -> None:
    twin = a_mentee(people.service, today, "Cai Rowan", profile="I am Cai Rowan.")
    erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    twin.refresh_from_db()
    assert (twin.name, twin.profile) == ("Cai Rowan", "I am Cai Rowan.")


def test_a_spreadsheet_that_names_them_is_thrown_away(ended: Match, people: Cast, now: datetime) -> None:
    for text in ("Name\nCai Rowan\n", "Name\nUna Pike\n"):
        importing.take_up(
            service=people.service, kind="mentees", content=text.encode(), file_name="a.csv", by=people.ada, now=now
        )
    erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    assert Import.objects.count() == 1


def test_what_stands_in_the_way_is_said(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    cai, mab = a_mentee(people.service, today), a_mentor(people.service, people.ada, today)
    match = a_match(cai, mab, people.ada, today)
    concern = Concern.objects.create(
        service=people.service, mentee=cai, urgency="worry", words="x", raised_as="staff", raised_by=people.ada
    )
    hold(organisation=people.provider, service=people.service, subject=f"mentee:{cai.ref}", reason="A claim.",
         by=people.ada, today=today)  # fmt: skip
    held, runs, worry = erasing.plan_for_person(person=cai, now=now).obstacles
    assert (held[:18], runs[:12], worry[:9]) == ("The record is held", "A match runs", "A concern")
    before = Record.objects.count()
    for because, then in (
        ("held", lambda: end_hold(hold=people.service.holds.get(), by=people.ada, today=today)),
        ("match runs", lambda: Match.objects.filter(pk=match.pk).update(ended_on=today - timedelta(days=1))),
        ("is open", lambda: Concern.objects.filter(pk=concern.pk).update(closed_at=now)),
    ):
        with pytest.raises(Refused, match=because):
            erasing.erase_person(person=cai, by=people.ada, now=now)
        then()
    assert Record.objects.count() == before + 1, "the end of the hold alone"
    erasing.erase_person(person=cai, by=people.ada, now=now)
    with pytest.raises(Refused, match="already"):
        erasing.erase_person(person=cai, by=people.ada, now=now)
    assert ConcernStep.objects.get().what.startswith("The record of Cai Rowan was erased")


def test_the_preview_changes_nothing_and_says_the_same(ended: Match, people: Cast, today: date, now: datetime) -> None:
    one_of_each(ended, Whose.MENTEE, people, today)
    closed(today)
    ended.mentee.refresh_from_db()
    records = Record.objects.count()
    before = found_in_database(WORDS)
    plan = erasing.plan_for_person(person=ended.mentee, now=now)
    assert found_in_database(WORDS) == before
    assert Record.objects.count() == records
    assert dict(plan.goes)["contacts"] == 1
    assert ("concerns", "what was done about somebody’s safety must be shown for as long as it may be asked about") in (
        plan.stays
    )
    done = erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    assert sum(one.emptied + one.deleted for one in done) == sum(number for _, number in plan.goes)


def test_the_ledger_has_figures_alone(ended: Match, people: Cast, now: datetime) -> None:
    erasing.erase_person(person=ended.mentee, by=people.ada, now=now)
    record = Record.objects.get(act="caseload.erased")
    assert record.subject == f"mentee:{ended.mentee.ref}"
    assert set(record.facts) == {"service", "emptied", "deleted", "unnamed", "kept"}
    assert record.actor == people.ada.actor


def test_a_referrer(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    first, second = a_mentee(people.service, today, "Cai Rowan"), a_mentee(people.service, today, "Ola Finch")
    rows = [
        Referral.objects.create(
            mentee=one, source="agency", came_on=one.came_on, name=RARE, organisation=f"{FAMILY} Care", email=EMAIL,
            phone="01632 960123", why=f"{GIVEN} thinks they are alone.",
        )
        for one in (first, second)
    ]  # fmt: skip
    link = OneTimeLink.objects.create(purpose="track", token_digest="b" * 64, expires_at=now, referral=rows[0])
    Contact.objects.create(service=people.service, kind="referrer", mentee=first, on=today, words=f"Told {GIVEN}.")
    Complaint.objects.create(service=people.service, kind="complaint", on=today, what="x", whose=RARE)
    plan = erasing.plan_for_referrer(referral=rows[0])
    assert ("referrals", 2) in plan.goes
    erasing.erase_referrer(referral=rows[0], by=people.ada)
    assert not found_in_database(WORDS)
    assert not OneTimeLink.objects.filter(pk=link.pk).exists()
    assert Contact.objects.get().words == f"Told {ERASED}."
    first.refresh_from_db()
    assert first.name == "Cai Rowan"
    with pytest.raises(Refused, match="Nothing is held"):
        erasing.erase_referrer(referral=Referral.objects.get(pk=rows[1].pk), by=people.ada)


def test_a_self_referral_is_the_mentees(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    cai = a_mentee(people.service, today)
    own = Referral.objects.create(mentee=cai, source="self", came_on=cai.came_on, name="Cai Rowan")
    with pytest.raises(Refused, match="erase the mentee"):
        erasing.erase_referrer(referral=own, by=people.ada)


def test_a_staff_file_goes_as_a_whole(practice: Practice, people: Cast, today: date) -> None:
    staff = Staff.objects.create(service=people.service, name=RARE, role="Coordinator", began_on=today)
    other = Staff.objects.create(
        service=people.service, name="Ida Penn", role="Lead", began_on=today, line_manager=RARE, cover=staff
    )
    given = {"staff": staff, "service": people.service, "by": people.ada}
    for reach in GROUND:
        if Whose.STAFF in reach.kept.of and reach.model is not Staff:
            plant(a_row(reach.model, given, today), reach)
    StaffVetting.objects.create(staff=staff, level="enhanced", on=today, by=people.ada)
    StaffSupervision.objects.create(staff=other, on=today, supervisor=RARE, by=people.ada)
    with pytest.raises(Refused, match="They work here"):
        erasing.erase_staff(staff=staff, by=people.ada, today=today)
    Staff.objects.filter(pk=staff.pk).update(ended_on=today - timedelta(days=1))
    erasing.erase_staff(staff=staff, by=people.ada, today=today)
    assert not found_in_database(WORDS)
    assert not Staff.objects.filter(pk=staff.pk).exists()
    other.refresh_from_db()
    assert (other.line_manager, other.cover) == (ERASED, None)
