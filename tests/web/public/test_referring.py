"""The public referral form of a service: for oneself or somebody else; closed, full, followed by a link."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import referrals
from kithwork.caseload.models import Mentee, OneTimeLink, Referral
from kithwork.caseload.queries.referrals import openness
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from tests.running import a_match, a_mentee, a_mentor, a_practice
from tests.web.ids import twice

pytestmark = pytest.mark.django_db

AGENCY = {
    "source": "agency",
    "name": "Cai Rowan",
    "phone": "01632 960001",
    "why": "Lonely since the move.",
    "referrer_name": "Dr Quill",
    "organisation": "Harbour Surgery",
    "referrer_email": "quill@surgery.example",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def unslowed():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today, signposts="The listening line, 01632 960009.")


@pytest.fixture
def url(practice):
    return reverse("refer", args=[practice.service.slug])


def test_the_form_says_first_who_the_service_is_for(client, url, practice):
    answer = client.get(url)
    page = answer.content.decode()
    assert page.index(practice.eligibility[0]) < page.index("Who is this for?")
    assert "The listening line" in page
    assert not twice(answer.content)


def test_an_agency_refers_and_gets_a_link(client, url, practice, people, today):
    answer = client.post(url, AGENCY)
    assert answer.status_code == 303
    assert "Your referral has arrived" in client.get(answer["Location"]).content.decode()
    referral = Referral.objects.get()
    assert (referral.mentee.name, referral.name, referral.agreed) == ("Cai Rowan", "Dr Quill", True)
    assert referral.acknowledged_on == today  # by the message that follows
    told = Message.objects.get(kind="referral-received")
    assert told.email == "quill@surgery.example"
    assert Message.objects.filter(kind="referral-arrived", to=people.ada).exists()
    written = str(list(Record.objects.values_list("facts", flat=True))) + "".join(m.body for m in Message.objects.all())
    assert "Cai" not in written
    assert "Quill" not in written


def test_a_self_referral_needs_no_referrer(client, url):
    said = {"source": "self", "name": "Cai Rowan", "email": "cai@home.example", "why": "I know nobody.", "agreed": "on"}
    assert client.post(url, said).status_code == 303
    referral = Referral.objects.get()
    assert (referral.name, referral.email) == ("", "cai@home.example")


def test_a_relative_becomes_the_one_to_be_told(client, url):
    assert client.post(url, {**AGENCY, "source": "family", "referrer_name": "Nan Rowan"}).status_code == 303
    assert (Mentee.objects.get().carer, Mentee.objects.get().carer_email) == ("Nan Rowan", "quill@surgery.example")


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ("agreed", "agrees to it"),
        ("why", "Why would a mentor help"),
        ("phone", "how else to get in touch"),
        ("referrer_name", "Write your own name"),
        ("referrer_email", "Write your own e-mail address"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(client, url, without, words):
    answer = client.post(url, {name: value for name, value in AGENCY.items() if name != without})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Cai Rowan" in page
    assert not Referral.objects.exists()
    assert "Cai Rowan" not in client.get(url).content.decode()  # nobody after them reads what was typed


def test_a_closed_service_says_so_until_when_and_where_else(client, url, practice, people, today):
    until = today + timedelta(days=30)
    referrals.close_door(practice=practice, because="All mentors are matched.", until=until, by=people.ada, today=today)
    page = client.get(url).content.decode()
    assert "No referrals are taken just now" in page
    assert "All mentors are matched." in page
    assert str(until.year) in page
    assert "The listening line" in page
    assert "<textarea" not in page
    late = client.post(url, AGENCY)
    assert late.status_code == 409
    assert "Cai Rowan" in late.content.decode()
    assert not Referral.objects.exists()


def test_it_opens_on_its_day_and_not_before(practice, people, today):
    until = today + timedelta(days=30)
    referrals.close_door(practice=practice, because="Full.", until=until, by=people.ada, today=today)
    practice.refresh_from_db()
    days = [until - timedelta(days=1), until, until + timedelta(days=1)]
    assert [openness(practice, day).open for day in days] == [False, True, True]


def test_it_closes_itself_when_so_many_wait(client, url, practice, people, today):
    referrals.open_door(practice=practice, waiting_limit=2, by=people.ada)
    a_mentee(people.service, today)
    assert client.post(url, AGENCY).status_code == 303  # one waits, this one makes two
    assert client.post(url, AGENCY).status_code == 409
    assert "As many people wait" in client.get(url).content.decode()


def test_many_from_one_address_are_slowed(client, url, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_form": "1/h/ip"}
    assert client.post(url, {"name": "Cai"}).status_code == 422  # a faulty form does not count
    assert client.post(url, AGENCY).status_code == 303
    slowed = client.post(url, AGENCY)
    assert slowed.status_code == 429
    assert "Lonely since the move." in slowed.content.decode()
    assert Referral.objects.count() == 1


def test_a_service_that_is_not_run_here_is_absent(client, practice, people):
    for name in ("refer", "refer_thanks"):
        assert client.get(reverse(name, args=["nowhere"])).status_code == 404
    assert client.put(reverse("refer", args=[practice.service.slug])).status_code == 405


def _link(kind):
    return re.sub(r"^https?://[^/]+", "", Message.objects.filter(kind=kind).latest("id").secret)


def test_the_link_tells_where_it_stands_and_nothing_of_the_person(client, url, practice, people, today):
    client.post(url, AGENCY)
    followed = _link("referral-received")
    page = client.get(followed).content.decode()
    assert "Your referral is being looked at" in page
    referral = Referral.objects.get()
    Mentee.objects.update(accepted_on=today, waiting_since=today)
    Referral.objects.update(outcome="accepted", decided_on=today, decided_by=people.ada, reason="Fits.")
    assert "The person you referred is on the waiting list" in client.get(followed).content.decode()
    a_match(referral.mentee, a_mentor(people.service, people.ada, today), people.ada, today)
    assert "The person you referred has a mentor" in client.get(followed).content.decode()
    Mentee.objects.update(referrer_involved=False)
    page = client.get(followed).content.decode()
    assert "is on the waiting list" in page
    for secret in ("Cai", "Rowan", "Lonely", "Fits", "Mab"):
        assert secret not in page


def test_who_came_of_themselves_reads_where_else_to_turn_and_a_referrer_does_not(client, url, people, today):
    for form, reads in ((AGENCY, False), ({**AGENCY, "source": "self", "email": "cai@people.example"}, True)):
        Message.objects.all().delete()
        assert client.post(url, form).status_code == 303
        followed = _link("referral-received")
        referral = Referral.objects.order_by("-pk")[0]
        referrals.signpost(referral=referral, on=today, reason="No.", to="The listening line", by=people.ada)
        assert ("The listening line" in client.get(followed).content.decode()) is reads


def test_news_come_with_a_new_link_and_the_old_one_ends(client, url, people, today):
    client.post(url, AGENCY)
    old = _link("referral-received")
    referral = Referral.objects.get()
    referrals.withdraw(referral=referral, on=today, reason="No.", by=people.ada)
    referrals.tell_referrer(referral=referral, on=today, by=people.ada, now=timezone.now(), mail=True)
    assert "The referral is closed" in client.get(_link("referral-news")).content.decode()
    assert client.get(old).status_code == 404
    assert OneTimeLink.objects.filter(stopped_at=None).count() == 1
