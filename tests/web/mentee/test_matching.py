"""Behind a link, without an account: whether to meet, the agreement, a review, the questionnaire at the end."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kithwork.caseload.actions import agreements, endings, matches, reviews
from kithwork.caseload.models import Agreement, Ending, OneTimeLink, Questionnaire, Review
from kithwork.notices.actions import send_waiting
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(people, today):
    practice = a_practice(people.service, people.ada, today)
    cai = a_mentee(people.service, today, "Cai Rowan", email="cai@people.example")
    mab = a_mentor(people.service, people.ada, today, "Mab Sorrel", email="mab@people.example")

    def make(running=True):
        match = a_match(cai, mab, people.ada, today, running=running)
        match.service = people.service
        match.service.practice = practice
        return match

    return make


def link_of():
    """The address in the mail that was sent last."""
    send_waiting(now=timezone.now())
    found = re.search(r"https?://[^/\s]+(/link/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def dead(url):
    answer = Client().get(url)
    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()


def test_a_mentee_says_yes_and_the_link_is_spent(two, people, today):
    match = two(running=False)
    matches.ask_by_link(match=match, side=matches.Side.MENTEE, by=people.ada, now=timezone.now(), today=today)
    url = link_of()
    page = Client().get(url)
    text = page.content.decode()
    assert "Would you like to meet Mab?" in text
    assert match.rationale in text
    assert "Sorrel" not in text
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "strict-origin"
    assert Client().post(url, {}).status_code == 422
    assert Client().put(url).status_code == 405
    assert Client().post(url, {"answer": "yes"}).status_code == 303
    match.refresh_from_db()
    assert (match.mentee_answer, match.mentee_told_on) == ("yes", today)
    dead(url)
    send_waiting(now=timezone.now())
    assert mail.outbox[-1].to == [people.ada.email]


def test_a_mentor_without_an_account_declines_without_a_reason(two, people, today):
    match = two(running=False)
    matches.ask_by_link(match=match, side=matches.Side.MENTOR, by=people.ada, now=timezone.now(), today=today)
    url = link_of()
    text = Client().get(url).content.decode()
    assert "Would you like to meet Cai?" in text
    assert "Rowan" not in text
    assert Client().post(url, {"answer": "no"}).status_code == 303
    match.refresh_from_db()
    assert (match.mentor_answer, match.declined_because) == ("no", "")


def test_a_link_to_a_withdrawn_proposal_is_dead(two, people, today):
    match = two(running=False)
    matches.ask_by_link(match=match, side=matches.Side.MENTEE, by=people.ada, now=timezone.now(), today=today)
    url = link_of()
    matches.withdraw(match=match, because="Moved", by=people.ada, today=today)
    dead(url)
    assert Client().post(url, {"answer": "yes"}).status_code == 404


def test_links_run_out_and_strange_ones_are_dead(two, people, today):
    match = two(running=False)
    matches.ask_by_link(match=match, side=matches.Side.MENTEE, by=people.ada, now=timezone.now(), today=today)
    url = link_of()
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    dead(url)
    for page in ("meet", "agreement", "review", "exit"):
        dead(f"/link/nonsense/{page}/")


def test_the_four_questions_of_a_review(two, people, today):
    match = two()
    reviews.ask(match=match, by=people.ada, now=timezone.now(), today=today)
    url = link_of()
    assert "Four questions" in Client().get(url).content.decode()
    given = {"achieved": "mostly", "goes_on": "yes", "needed": "no", "of_service": "Grand."}
    half = Client().post(url, {**given, "achieved": ""})
    assert half.status_code == 422
    assert "Grand." in half.content.decode()
    assert Client().post(url, given).status_code == 303
    review = Review.objects.get()
    assert (review.achieved, review.goes_on, review.needed, review.by, review.outcome) == (
        "mostly",
        True,
        False,
        None,
        "",
    )
    dead(url)


def test_an_agreement_is_signed_as_it_was_read(two, people, today):
    match = two()
    old = Agreement.objects.create(match=match, drawn_up_on=today, time="2 hours", by=people.ada)
    agreements.ask_to_sign(agreement=old, match=match, side=matches.Side.MENTEE, by=people.ada, now=timezone.now())
    url = link_of()
    new = Agreement.objects.create(match=match, drawn_up_on=today, time="3 hours", by=people.ada)
    assert Client().post(url, {"agreement": old.ref}).status_code == 409
    assert "3 hours" in Client().get(url).content.decode()
    assert Client().post(url, {"agreement": new.ref}).status_code == 303
    new.refresh_from_db()
    assert new.mentee_on == today
    dead(url)


def test_family_answers_at_the_end(two, people, today):
    match = two()
    ending = endings.end(
        match=match, practice=match.service.practice, kind=Ending.Kind.SUDDEN, known_on=today, last_day=today,
        reason="Moved.", short_because="", bad=False, by=people.ada, today=today,
    )  # fmt: skip
    endings.ask_exit(
        ending=ending, match=match, whom=endings.ExitFrom.FAMILY, email="kin@people.example", by=people.ada,
        now=timezone.now(), today=today,
    )  # fmt: skip
    url = link_of()
    page = Client().get(url).content.decode()
    assert not [name for name in ("Cai", "Mab") if name in page]
    assert Client().post(url, {"changed": "much"}).status_code == 422
    assert Client().post(url, {"changed": "much", "well": "He laughs.", "again": "yes"}).status_code == 303
    found = Questionnaire.objects.get()
    assert (found.whose, found.match) == ("family", match)
    assert found.answers["What went well?"] == "He laughs."
    dead(url)
