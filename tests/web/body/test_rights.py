"""Rights at a body: what applicants asked, the answer, their copy, the register of processing. Officers alone."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kithwork.core.days import Period
from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures.asking import addressees, ask
from kithwork.procedures.sample.statuses import Statuses
from kithwork.rights.actions import Right
from kithwork.rights.models import Asked, Hold
from tests.evidence.acts import say

pytestmark = pytest.mark.django_db
SCHEMES = Path(__file__).parents[3] / "schemes"


@pytest.fixture
def asked(olu, at, people, today):
    """Dot, who assesses for the body, says that something is wrong."""
    return ask(to=addressees(people.dot)[0], right=Right.RECTIFY, words="My address.", by=people.dot, today=today)


def test_a_request_waits_is_answered_and_the_person_reads_it(olu, at, asked, people, as_user):
    mail = Message.objects.get(kind="rights-asked")
    assert mail.to == people.olu
    assert at("body_right_asked", asked.ref) in mail.body
    page = olu.get(at("body_rights")).content.decode()
    assert "1 request about somebody’s data waits" in page
    assert "Dot Lindqvist says that something held about them is wrong" in page
    url = at("body_right_asked", asked.ref)
    assert "My address." in olu.get(url).content.decode()
    assert olu.post(url, {"outcome": "done", "words": ""}).status_code == 422
    assert olu.post(url, {"outcome": "partly", "words": "Half of it."}).status_code == 303
    late = olu.post(url, {"outcome": "done", "words": "All of it."})
    assert late.status_code == 409
    assert "All of it." in late.content.decode()
    assert "Half of it." in olu.get(url).content.decode()
    assert "Half of it." in as_user(people.dot).get(reverse("my_rights")).content.decode()
    assert "Nobody waits for an answer" in olu.get(at("body_rights")).content.decode()


def test_officers_alone(at, asked, people, as_user):
    for name, args in (("body_rights", ()), ("body_right_asked", (asked.ref,)), ("body_register_of_processing", ())):
        for user in (people.ada, people.dot, people.eve):
            assert as_user(user).get(at(name, *args)).status_code == 404
    assert as_user(people.dot).post(at("body_right_asked", asked.ref), {"outcome": "done"}).status_code == 404
    assert Asked.objects.get().answered_on is None


def test_the_register_of_processing(olu, at):
    page = olu.get(at("body_register_of_processing")).content.decode()
    assert "Register of awards" in page
    assert "Mentees" not in page
    answer = olu.get(at("body_register_of_processing") + "?format=csv")
    assert answer["Content-Type"].startswith("text/csv")


def test_the_copy_of_an_applicant(today, as_user, people):
    statuses = Statuses(SCHEMES / "qms" / "2019", today)
    way = statuses.person("Una Pike", 60)
    win, body = as_user(statuses.house.officer), statuses.house.body.slug
    url = reverse("body_everything", args=[body, way.journey.ref])
    assert url in win.get(reverse("body_journey", args=[body, way.journey.ref])).content.decode()
    assert "Give Una Pike all that is held about them?" in win.get(url).content.decode()
    answer = win.post(url)
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        told = json.loads(archive.read("everything.json"))
    assert told["held_by"] == statuses.house.body.name
    assert "Journeys" in {section["title"] for section in told["sections"]}
    assert Record.objects.get(act="rights.handed_over").actor == statuses.house.officer.actor
    assert as_user(people.olu).get(url).status_code == 404
    assert as_user(way.person).post(url).status_code == 404
    assert win.put(url).status_code == 405


def test_a_services_application_has_no_person_to_give_it_to(olu, at, journey_at):
    journey = journey_at("registered")
    assert olu.get(at("body_everything", journey.ref)).status_code == 404
    assert Journey.objects.get(pk=journey.pk).person is None


def test_as_many_queries_at_30_rows(olu, at, people, asked, today):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert olu.get(at("body_rights")).status_code == 200
        return len(seen)

    first = count()
    Asked.objects.bulk_create(
        Asked(organisation=people.body, right="copy", subject=f"user:{people.dot.ref}", came_on=today, due_on=today)
        for _ in range(29)
    )
    assert count() == first


def test_an_applicant_is_held_and_let_go(today, as_user, people):
    statuses = Statuses(SCHEMES / "qms" / "2019", today)
    way = statuses.person("Una Pike", 60)
    win, body, una = as_user(statuses.house.officer), statuses.house.body.slug, as_user(way.person)
    url = reverse("body_right_hold", args=[body, way.journey.ref])
    assert "No record is held" in win.get(reverse("body_right_holds", args=[body])).content.decode()
    assert url in win.get(reverse("body_journey", args=[body, way.journey.ref])).content.decode()
    assert win.post(url, {"reason": ""}).status_code == 422
    assert win.post(url, {"reason": "A claim."}).status_code == 303
    assert win.post(url, {"reason": "Another."}).status_code == 409
    assert "The record is held" in una.get(reverse("my_rights_erase")).content.decode()
    listed = win.get(reverse("body_right_holds", args=[body])).content.decode()
    assert "1 record is held" in listed
    assert "A claim." in listed
    end = reverse("body_right_hold_end", args=[body, Hold.objects.get().ref])
    for client in (as_user(people.olu), una):
        assert {client.get(one).status_code for one in (url, end)} == {404}
        assert client.post(end).status_code == 404
    assert win.post(end).status_code == 303
    assert win.post(end).status_code == 409
    assert "The record is held" not in una.get(reverse("my_rights_erase")).content.decode()


def test_a_service_is_not_held_by_a_body(olu, at, journey_at):
    assert olu.get(at("body_right_hold", journey_at("registered").ref)).status_code == 404


def test_what_goes_soon_is_shown_a_month_before(olu, at, short_walk, monkeypatch):
    way = short_walk("registered")
    say(way, "1")
    record(
        journey=way.journey, entries=[Entry(way.today, EntryKind.WITHDRAWN, Role.APPLICANT)], by=way.cast.ada,
        today=way.today,
    )  # fmt: skip
    assert "Nothing is at the end of its period" in olu.get(at("body_right_going")).content.decode()
    ends = Period(6, "year").after(way.today)
    monkeypatch.setattr(timezone, "localdate", lambda *_: ends - timedelta(days=20))
    page = olu.get(at("body_right_going")).content.decode()
    assert "0 records go tonight" in page
    assert "Evidence" in page
    assert olu.post(at("body_right_going")).status_code == 405
