"""A mentee's own page, without an account: who, whom to tell, call me, what may be shared."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from kithwork.caseload.models import Concern, Consent, Mentee, OneTimeLink
from kithwork.caseload.queries.consents import Kind, may
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from tests.running import a_match, a_mentor
from tests.web.ids import twice

pytestmark = pytest.mark.django_db


def test_it_tells_who_the_mentor_is_and_when_they_meet(client, own, cai, people, today):
    assert "We are looking for a mentor for you" in client.get(own).content.decode()
    mab = a_mentor(people.service, people.ada, today, "Mab Sorrel", known_as="Mab", phone="01632 960002")
    a_match(cai, mab, people.ada, today, meets="Saturdays at the allotment")
    page = client.get(own).content.decode()
    assert "Your mentor is Mab" in page
    assert "Saturdays at the allotment" in page
    assert "01632 960002" not in page
    assert "Sorrel" not in page
    assert "Ada on 01632 960000" in page


def test_nothing_keeps_it_and_nobody_learns_its_address(client, own):
    for url in (own, f"{own}wrong/", f"{own}shared/", "/link/not-a-token/"):
        answer = client.get(url)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert not twice(answer.content)


def test_every_dead_link_answers_alike(client, own, anew, cai, today):
    def dead(url):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "This link no longer works" in answer.content.decode()
        return answer.content

    unknown = dead("/link/not-a-token/")
    fresh = anew()
    assert dead(own) == unknown  # replaced by a new one
    OneTimeLink.objects.update(expires_at=timezone.now())
    assert dead(fresh) == unknown
    left = anew()
    Mentee.objects.update(left_on=today - timedelta(days=1))
    assert dead(left) == unknown
    assert client.post(f"{left}call/").status_code == 404
    assert not Message.objects.filter(kind="call-wanted").exists()


def test_what_is_wrong_reaches_whoever_answers_for_safeguarding(client, own, cai, people):
    cache.clear()
    url = f"{own}wrong/"
    short = client.post(url, {"words": "He shouts.", "urgency": ""})
    assert short.status_code == 422
    assert "He shouts." in short.content.decode()
    answer = client.post(url, {"words": "He shouts.", "urgency": "soon"})
    assert answer.status_code == 303
    assert "Somebody will be in touch" in client.get(answer["Location"]).content.decode()
    concern = Concern.objects.get()
    assert (concern.mentee, concern.raised_as, concern.urgency, concern.words) == (cai, "mentee", "soon", "He shouts.")
    assert Record.objects.filter(act="caseload.recorded").latest("id").actor == "visitor"
    assert Message.objects.filter(kind="concern-raised", to=people.ada).exists()


def test_too_many_from_one_address_are_slowed_with_the_words_kept(client, own, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "public_form": "1/h/ip"}
    said = {"words": "He shouts.", "urgency": "soon"}
    assert client.post(f"{own}wrong/", said).status_code == 303
    answer = client.post(f"{own}wrong/", said)
    assert answer.status_code == 429
    assert "He shouts." in answer.content.decode()
    assert Concern.objects.count() == 1
    cache.clear()


def test_call_me_is_heard_once(client, own, cai, people):
    for _ in range(2):
        assert client.post(f"{own}call/").status_code == 303
    cai.refresh_from_db()
    assert cai.call_me_at is not None
    assert Message.objects.filter(kind="call-wanted").count() == 1
    assert "You have asked us to ring you" in client.get(own).content.decode()


def test_what_may_be_shared_is_seen_and_changed(client, own, cai, practice, today):
    url = f"{own}shared/"
    assert "You have not been asked yet" in client.get(url).content.decode()
    assert client.post(url, {"kind": "risk", "answer": "yes"}).status_code == 303
    assert may(cai, Kind.RISK, today)
    assert client.post(url, {"kind": "risk", "answer": "no"}).status_code == 303
    assert not may(cai, Kind.RISK, today)
    given, gone = Consent.objects.order_by("pk")
    assert (given.answer, gone.answer, gone.by, gone.how) == ("given", "withdrawn", None, "by their own link")
    assert gone.wording == practice.words_of_consent["risk"]
    assert Message.objects.filter(kind="consent-changed").count() == 2
    assert client.post(url, {"kind": "anything", "answer": "no"}).status_code == 404
    assert Consent.objects.count() == 2


def test_wrong_methods(client, own):
    assert client.post(own).status_code == 405
    assert client.get(f"{own}call/").status_code == 405
    assert client.put(f"{own}wrong/").status_code == 405


def test_a_link_of_another_purpose_opens_nothing_here(client, own):
    OneTimeLink.objects.update(purpose="review")
    assert client.get(own).status_code == 404
    assert client.get(f"{own}shared/").status_code == 404
