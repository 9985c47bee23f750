"""What a person is told on their own pages: papers, replies, what more is asked for, an offered place, extra work."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import Answer
from kithwork.courses import actions as courses
from kithwork.courses.models import Offering
from kithwork.evidence.models import Feedback
from kithwork.notices.models import Message
from kithwork.procedures import applying, assessing, attending, sample
from kithwork.procedures.sample import Cast
from tests.conftest import SCHEMES
from tests.procedures.test_people_apply import Road, approved, attend, offering
from tests.walking import publish
from tests.web.service.test_yourself import begun

AsUser = Callable[[User], Client]


@pytest.fixture
def pia(people: Cast) -> User:
    return sample.person("Pia Lindqvist", "pia@independent.example")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reply_to_a_form_and_the_papers_that_go_with_it(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "qms/2019")
    stage = f"/journeys/{road.journey.ref}/stages/interest/"
    assert "There are two levels." in text(as_user(pia), stage), "the handbook can be read before"
    assert "Here are the handbook" not in text(as_user(pia), stage), "the reply comes with the answers"
    road.fill_in("interest")
    assert "Here are the handbook" in text(as_user(pia), stage)
    assert stage in Message.objects.filter(to=pia).latest("pk").body, "the mail leads to them"
    assert as_user(people.eve).get(stage).status_code == 404
    assert "There are two levels." in text(Client(), "/schemes/qms/")


def test_what_more_is_asked_for_stands_where_it_is_to_be_mended(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "hwstpa/2009")
    road.fill_in("application")
    road.decide("selection", Answer.MORE)
    reason = text(as_user(pia), f"/journeys/{road.journey.ref}/stages/application/")
    assert "More was asked for on" in reason


def test_an_offered_place_needs_its_person(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "hwstpa/2009")
    road.fill_in("application")
    road.decide("selection")
    asked, other = offering(road, "programme", 20), offering(road, "programme", 40)
    now = timezone.now()
    attending.choose(journey=road.journey, stage="programme", offerings=[asked], by=pia, now=now)
    assert "Nothing needs you today" in text(as_user(pia), "/applying/")
    attending.offer_alternative(place=road.place(), offering=other, by=people.olu, now=now)
    home = text(as_user(pia), "/applying/")
    assert f"Answer the offer of a place: {other.title}" in home
    assert "1 thing needs you" in home
    assert "Apply for something else" not in home, "the only scheme is begun already"


def test_dates_are_seen_before_they_can_be_chosen(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "hwstpa/2009")
    held = offering(road, "programme", 20)
    page = text(as_user(pia), f"/journeys/{road.journey.ref}/stages/programme/")
    assert held.title in page
    assert "Send my choice" not in page
    courses.cancel(offering=held, reason="Too few.", by=people.olu, now=timezone.now())
    assert held.title not in text(as_user(pia), f"/journeys/{road.journey.ref}/stages/programme/")
    assert Offering.objects.count() == 1


def test_extra_work_needs_its_person_though_nothing_is_sent_for_it(people: Cast, as_user: AsUser) -> None:
    def begin(folder: str) -> Road:
        edition = publish(SCHEMES / folder, people)
        person = sample.person("Pia Lindqvist", "pia@independent.example")
        day = timezone.localdate() - timedelta(days=20)
        return Road(people, person, applying.begin_yourself(edition=edition, by=person, today=day), day)

    road = approved(begin)
    road.day = timezone.localdate() - timedelta(days=1)
    held = offering(road, "course", 1, 1, 1, 1)
    now = timezone.now() - timedelta(days=1)
    attending.choose(journey=road.journey, stage="course", offerings=[held], by=road.person, now=now)
    attending.confirm(place=road.place(), by=people.olu, now=now)
    attend(road, held)
    today = timezone.localdate()
    asked = applying.ask_assessor(journey=road.journey, assessor=people.dot, by=people.olu, today=today)
    applying.declare(appointment=asked, conflict=False, wording=sample.DECLARED, today=today)
    assessing.give_feedback(
        journey=road.journey, stage="assessment", slot="written", outcome=Feedback.Outcome.RETURNED,
        advice="Two pages more.", by=people.dot, today=today,
    )  # fmt: skip
    assert "Do the extra work: Written assessment" in text(as_user(road.person), "/applying/")
    piece = text(as_user(road.person), f"/journeys/{road.journey.ref}/pieces/written/")
    assert "Two pages more." in piece
    assert "Keep this text" not in piece, "it is shown on a day, not written here"
