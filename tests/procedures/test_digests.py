"""The weekly mail: counts to those who coordinate, what waits for themselves to mentors, once a week, no names."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from kithwork.accounts.actions import choose_reminders
from kithwork.caseload.models import (
    Attendance,
    Concern,
    Contact,
    Gathering,
    Invited,
    Match,
    Pause,
    Reply,
    Training,
)
from kithwork.governance.models import Insurance
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import daily, digests, sample
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)


@pytest.fixture
def practice(people):
    made = a_practice(people.service, people.ada, MONDAY)
    Insurance.objects.create(service=made.service, cover="both", insurer="Oak", begins=MONDAY, ends=MONDAY,
                             volunteers=True)  # fmt: skip
    return made


@pytest.fixture
def cora(people):
    user = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=user, role=Role.COORDINATOR, by=people.ada)
    return user


@pytest.fixture
def mab(people, practice):
    user = sample.person("Mab Sorrel", "mab@mentors.example")
    return a_mentor(people.service, people.ada, MONDAY, user=user)


@pytest.fixture
def match(people, mab):
    """Introduced thirty days before the Monday, last met the day before it."""
    made = a_match(a_mentee(people.service, MONDAY), mab, people.ada, MONDAY)
    Contact.objects.create(service=people.service, kind="meeting", match=made, mentee=made.mentee, mentor=mab,
                           on=MONDAY - timedelta(days=1), read_at=timezone.now())  # fmt: skip
    return made


def mails(kind: str) -> dict[str, str]:
    """Address -> text, of one kind."""
    return {message.to.email: message.body for message in Message.objects.filter(kind=kind) if message.to}


def test_those_who_coordinate_are_told_in_counts_once_a_week(people, practice, cora, match):
    """Three mentees and the mentor have not heard from staff."""
    long = MONDAY - timedelta(days=200)
    for number in range(3):
        a_mentee(people.service, MONDAY, f"Tam Gill {number}", came_on=long, accepted_on=long, waiting_since=long)
    assert digests.run(MONDAY)["week-of-service"] == 2
    told = mails("week-of-service")
    assert set(told) == {"ada@lanternside.example", "cora@lanternside.example"}
    for text in told.values():
        assert "- 4 contacts are overdue" in text
        assert "people wait for a mentor" in text
        assert f"/run/{people.service.slug}/" in text
        assert "/account/reminders/" in text
        assert not any(name in text for name in ("Tam", "Cai", "Mab"))
    for day in (MONDAY, MONDAY + timedelta(days=6)):
        assert digests.run(day)["week-of-service"] == 0
    assert digests.run(MONDAY + timedelta(days=7))["week-of-service"] == 2


def test_a_round_that_comes_late_in_the_week_tells_of_it_still(people, practice, match):
    assert digests.run(MONDAY + timedelta(days=4))["week-of-service"] == 1


def test_where_nothing_waits_nobody_is_written_to(people, practice, cora):
    assert not digests.run(MONDAY).total()
    assert not Message.objects.filter(kind="week-of-service").exists()


def test_whoever_switched_it_off_is_left_alone(people, practice, cora, match):
    choose_reminders(user=cora, wanted=False)
    choose_reminders(user=match.mentor.user, wanted=False)
    Match.objects.update(introduced_on=MONDAY - timedelta(days=90))
    digests.run(MONDAY + timedelta(days=60))
    assert set(mails("week-of-service")) == {"ada@lanternside.example"}
    assert mails("week-of-mentor") == {}


def test_concerns_are_told_to_those_who_answer_for_them_alone(people, practice, cora, match):
    Concern.objects.create(service=people.service, urgency="worry", words="A bruise", raised_as="staff", raised_by=cora)
    digests.run(MONDAY)
    told = mails("week-of-service")
    assert "1 concern about safety is open" in told["ada@lanternside.example"]
    assert "concern" not in told["cora@lanternside.example"]
    assert "bruise" not in told["ada@lanternside.example"]


def test_a_mentor_is_told_to_log_after_four_weeks_of_silence(match):
    last = MONDAY - timedelta(days=1)
    assert digests.run(last + timedelta(days=28))["week-of-mentor"] == 0
    assert digests.run(last + timedelta(days=29))["week-of-mentor"] == 1
    text = mails("week-of-mentor")["mab@mentors.example"]
    assert "- it is time to log when you last met" in text
    assert "/mentoring/" in text
    assert "Cai" not in text


def test_a_mentor_who_is_away_is_left_in_peace(match, people):
    Pause.objects.create(mentor=match.mentor, begins=MONDAY, reason="Abroad", by=people.ada)
    assert digests.run(MONDAY + timedelta(days=40))["week-of-mentor"] == 0


def test_a_mentor_is_told_of_supervision_and_of_questions(match, people):
    """Accepted a hundred days before: six months are over on 8 February, and two weeks before that they hear of it."""
    contact = Contact.objects.get()
    Reply.objects.create(contact=contact, text="How long did you walk?", flagged=True, by=people.ada)
    digests.run(MONDAY)
    text = mails("week-of-mentor")["mab@mentors.example"]
    assert "- a question about what you logged" in text
    assert "walk" not in text
    Reply.objects.update(closed_at=timezone.now())
    Message.objects.all().delete()
    Contact.objects.update(on=date(2027, 1, 20))
    digests.run(date(2027, 1, 24))
    assert "mab@mentors.example" not in mails("week-of-mentor")
    digests.run(date(2027, 1, 25))
    assert "- a supervision session is due" in mails("week-of-mentor")["mab@mentors.example"]


def test_a_mentor_is_told_of_trainings_and_gatherings_near(people, match, mab):
    """Within two weeks, where they are asked and nothing is called off; what it is, their pages say."""
    last, later = MONDAY + timedelta(days=14), MONDAY + timedelta(days=15)
    training = Training.objects.create(service=people.service, kind="refresher", title="Hearing loss")
    for number, on in ((1, MONDAY), (2, later)):
        Attendance.objects.create(session=training.sessions.create(number=number, on=on), mentor=mab)
    for kind, on in (("peers", last), ("social", last), ("peers", later), ("newsletter", MONDAY)):
        held = Gathering.objects.create(service=people.service, kind=kind, on=on, title="Tea", by=people.ada)
        Invited.objects.create(gathering=held, mentor=mab)
    digests.run(MONDAY)
    text = mails("week-of-mentor")["mab@mentors.example"]
    assert "- a training session within two weeks" in text
    assert "- 2 things for mentors within two weeks" in text
    assert "Tea" not in text
    assert "Hearing" not in text
    Message.objects.all().delete()
    Training.objects.update(cancelled_on=MONDAY)
    Gathering.objects.all().delete()
    digests.run(MONDAY + timedelta(days=7))
    assert "mab@mentors.example" not in mails("week-of-mentor")


def test_the_daily_round_writes_it(people, practice, match):
    done = dict(daily.run(now=timezone.make_aware(datetime.combine(MONDAY, time(9))), send=False).done)
    assert done["weekly letters to coordinators"] == 1
    assert "weekly letters to coordinators" not in dict(
        daily.run(now=timezone.make_aware(datetime.combine(MONDAY, time(18))), send=False).done
    )


def test_it_is_switched_off_and_on_in_ones_account(people, as_user):
    client = as_user(people.ada)
    page = client.get("/account/reminders/")
    assert page.status_code == 200
    assert client.post("/account/reminders/", {"wanted": ""}).status_code == 422
    assert client.post("/account/reminders/", {"wanted": "no"}).status_code == 303
    people.ada.refresh_from_db()
    assert people.ada.reminders is False
    assert "Weekly mail of what is due" in client.get("/account/").content.decode()
    client.post("/account/reminders/", {"wanted": "yes"})
    people.ada.refresh_from_db()
    assert people.ada.reminders is True
