"""What is over its period goes, by kind, and nothing else; who is held stays; each run is in the ledger as counts."""

import csv
import io
import json
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.models import (
    Concern,
    Contact,
    Mentee,
    Mentor,
    MentorStep,
    OneTimeLink,
    Practice,
    Referral,
    Vetting,
)
from kithwork.cli import main
from kithwork.core.days import Period
from kithwork.core.keeping import ERASED, Kind
from kithwork.core.verdict import Refused
from kithwork.governance.models import Complaint, Loan, Resource, Staff, StaffVetting, Trustee
from kithwork.journeys.models import Draft
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import retaining
from kithwork.procedures.daily import run as daily
from kithwork.procedures.processing import COLUMNS, lines
from kithwork.procedures.sample import Cast
from kithwork.rights.actions import hold, set_period
from kithwork.rights.queries import periods_of
from tests.running import a_match, a_mentee, a_mentor, a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def now(today: date) -> datetime:
    return timezone.make_aware(datetime.combine(today, time(12)))


def ago(today: date, period: str, days: int = 0) -> date:
    return Period.parse(period).before(today) - timedelta(days=days)


def left(people: Cast, today: date, name: str, period: str, days: int) -> Mentee:
    """A mentee who came a year before they left, so long ago and so many days more."""
    gone = ago(today, period, days)
    came = gone - timedelta(days=365)
    return a_mentee(people.service, today, name, came_on=came, accepted_on=came, waiting_since=None, left_on=gone)


def test_a_record_ends_on_the_day_after_its_period(
    practice: Practice, people: Cast, today: date, now: datetime
) -> None:
    over, last = left(people, today, "Cai Rowan", "6 years", 1), left(people, today, "Ola Finch", "6 years", 0)
    coming = left(people, today, "Una Pike", "6 years", -20)
    assert [(one.kind, one.number) for one in retaining.plan(practice=practice, day=today)] == [(Kind.MENTEE, 1)]
    in_a_month = retaining.plan(practice=practice, day=today + timedelta(days=30))
    assert [(one.kind, one.number) for one in in_a_month] == [(Kind.MENTEE, 3)]
    done = retaining.run_service(practice=practice, now=now)
    assert [(one.kind, one.number) for one in done] == [(Kind.MENTEE, 1)]
    for row in (over, last, coming):
        row.refresh_from_db()
    assert (over.name, last.name, coming.name) == (ERASED, "Ola Finch", "Una Pike")
    record = Record.objects.get(act="rights.periods_run")
    assert (record.facts, record.actor) == ({"mentee": 1}, "system")
    assert retaining.run_service(practice=practice, now=now) == []
    assert Record.objects.filter(act="rights.periods_run").count() == 1


def test_the_service_says_how_long(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    left(people, today, "Cai Rowan", "2 years", 1)
    assert retaining.plan(practice=practice, day=today) == []
    set_period(service=people.service, kind=Kind.MENTEE, months=24, by=people.ada)
    assert [one.months for one in retaining.plan(practice=practice, day=today)] == [24]
    set_period(service=people.service, kind=Kind.MENTEE, months=72, by=people.ada)
    assert retaining.plan(practice=practice, day=today) == []
    assert Record.objects.filter(act="rights.period_set").count() == 2
    for kind, months in ((Kind.MENTEE, 2), (Kind.VETTING, 37), (Kind.LEDGER, 12)):
        with pytest.raises(Refused):
            set_period(service=people.service, kind=kind, months=months, by=people.ada)


def test_the_older_setting_counts_until_a_period_is_set(practice: Practice, people: Cast) -> None:
    assert periods_of(people.service, 3)[Kind.MENTOR] == 36
    set_period(service=people.service, kind=Kind.MENTOR, months=48, by=people.ada)
    assert periods_of(people.service, 3)[Kind.MENTOR] == 48
    assert periods_of(people.service, 3)[Kind.MENTEE] == 36


def test_whoever_is_held_or_has_an_open_concern_stays(
    practice: Practice, people: Cast, today: date, now: datetime
) -> None:
    cai, ola = left(people, today, "Cai Rowan", "7 years", 0), left(people, today, "Ola Finch", "7 years", 0)
    for one in (cai, ola):
        Contact.objects.create(
            service=people.service, kind="mentee", mentee=one, on=ago(today, "7 years"), words="Talk."
        )
    hold(organisation=people.provider, service=people.service, subject=f"mentee:{cai.ref}", reason="A claim.",
         by=people.ada, today=today)  # fmt: skip
    Concern.objects.create(service=people.service, mentee=ola, urgency="worry", words="x", raised_as="staff")
    assert retaining.plan(practice=practice, day=today) == []
    assert retaining.run_service(practice=practice, now=now) == []
    assert set(Contact.objects.values_list("words", flat=True)) == {"Talk."}


def test_those_who_were_not_taken_on_go_sooner(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    service, ada = people.service, people.ada
    then = ago(today, "1 year", 1)
    signposted = a_mentee(service, today, "Cai Rowan", came_on=then, accepted_on=None, waiting_since=None)
    Referral.objects.create(mentee=signposted, source="self", came_on=then, outcome="withdrawn", decided_on=then)
    undecided = a_mentee(service, today, "Ola Finch", came_on=then, accepted_on=None, waiting_since=None)
    Referral.objects.create(mentee=undecided, source="self", came_on=then)
    turned = a_mentor(service, ada, today, "Una Pike", ready=False, applied_on=then)
    MentorStep.objects.create(mentor=turned, kind="selection", outcome="no", note="No time.", on=then, by=ada)
    a_mentor(service, ada, today, "Mab Sorrel", ready=False, applied_on=then)
    done = retaining.run_service(practice=practice, now=now)
    assert {one.kind: one.number for one in done} == {Kind.REFERRAL: 1, Kind.APPLICANT: 1}
    assert Mentee.objects.get(erased_at__isnull=False) == signposted
    assert Mentor.objects.get(erased_at__isnull=False) == turned


def test_each_kind_by_its_own_day(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    service, ada = people.service, people.ada
    mab = a_mentor(service, ada, today, left_on=None)
    cai = a_mentee(service, today)
    match = a_match(cai, mab, ada, today)
    Mentor.objects.filter(pk=mab.pk).update(
        applied_on=ago(today, "3 years"), accepted_on=ago(today, "3 years"), left_on=ago(today, "6 months", 1)
    )
    old = ago(today, "7 years")
    for on, words in ((old, "Long ago."), (today, "Now.")):
        Contact.objects.create(service=service, kind="mentee", mentee=cai, match=match, on=on, words=words, minutes=9)
    worry = Concern.objects.create(
        service=service, mentee=cai, urgency="worry", words="Bruises.", raised_as="staff",
        closed_at=now - timedelta(days=26 * 366),
    )  # fmt: skip
    OneTimeLink.objects.create(
        purpose="mentee", mentee=cai, token_digest="a" * 64, expires_at=now - timedelta(days=400)
    )
    Complaint.objects.create(service=service, kind="praise", on=old, what="Thanks.", whose="Gwen", answered_on=old)
    Trustee.objects.create(service=service, name="Pat Holm", since=old, until=ago(today, "10 years", 1))
    book = Resource.objects.create(service=service, kind="thing", title="A game")
    Loan.objects.create(resource=book, borrower="Gwen", lent_on=old, back_on=old, by=ada)
    left_long_ago = Staff.objects.create(
        service=service, name="Ida Penn", role="Lead", began_on=old, ended_on=ago(today, "6 years", 1)
    )
    lately = Staff.objects.create(
        service=service, name="Ivo Penn", role="Lead", began_on=old, ended_on=ago(today, "7 months")
    )
    for staff in (left_long_ago, lately):
        StaffVetting.objects.create(staff=staff, level="enhanced", on=old, by=ada)
    planned = {one.kind: one.number for one in retaining.plan(practice=practice, day=today)}
    done = {one.kind: one.number for one in retaining.run_service(practice=practice, now=now)}
    assert planned == done | {Kind.STAFF_VETTING: 2}, "the one with the file goes with the file"
    assert set(done) == {
        Kind.VETTING, Kind.CONTACT, Kind.CONCERN, Kind.LINK, Kind.COMPLAINT, Kind.BOARD, Kind.LOAN, Kind.STAFF,
        Kind.STAFF_VETTING,
    }  # fmt: skip
    assert set(done.values()) == {1}
    assert not Vetting.objects.exists()
    assert sorted(Contact.objects.values_list("words", "minutes")) == [("", 9), ("Now.", 9)]
    worry.refresh_from_db()
    assert worry.words == ERASED
    assert Complaint.objects.get().whose == ""
    assert Loan.objects.get().borrower == ERASED
    assert list(Staff.objects.values_list("name", flat=True)) == ["Ivo Penn"]


def test_mail_and_drafts_belong_to_no_service(practice: Practice, people: Cast, now: datetime) -> None:
    for days in (800, 10):
        for state in ("sent", "waiting"):
            made = Message.objects.create(organisation=people.provider, kind="x", subject="A", body="", state=state)
            Message.objects.filter(pk=made.pk).update(created_at=now - timedelta(days=days))
        Draft.objects.create(user=people.ada, key=str(days), fields={"a": "b"}, saved_at=now - timedelta(days=days))
    assert {one.kind: one.number for one in retaining.run_site(now=now)} == {Kind.MAIL: 1, Kind.DRAFT: 1}
    assert (Message.objects.count(), Draft.objects.count()) == (3, 1), "what waits is not thrown away"


def test_the_daily_round_does_it(practice: Practice, people: Cast, today: date, now: datetime) -> None:
    left(people, today, "Cai Rowan", "6 years", 1)
    assert dict(daily(now=now, send=False).done)["records at the end of their period"] == 1


def test_the_command_previews_and_runs(
    practice: Practice, people: Cast, today: date, capsys: pytest.CaptureFixture[str]
) -> None:
    left(people, today, "Cai Rowan", "6 years", 1)
    asked = ["retention", "--service", people.service.slug]
    assert main([*asked, "--preview", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["today"] == told["within 30 days"]
    assert (told["today"][0]["kind"], told["today"][0]["number"]) == ("mentee", 1)
    assert Mentee.objects.filter(erased_at=None).count() == 1
    assert main(asked) == 0
    assert "1 Mentees, after 72 months" in capsys.readouterr().out
    assert not Mentee.objects.filter(erased_at=None).exists()


def test_the_register_says_every_kind(practice: Practice, people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["processing", "--service", people.service.slug]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    assert ["Mentees", "72"][0] in {row[0] for row in rows}
    kept = {row[0]: row[7] for row in rows}
    assert kept["Mentees"] == "6 years after they left"
    body = {row[0] for row in lines(None)}
    assert "Register of awards" in body
    assert "Mentees" not in body
    assert all(row[1] and row[2] and row[4] for row in rows[1:])
