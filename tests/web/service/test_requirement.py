"""One requirement: adding in three ways, using again, taking out, sending, remarks; and who may not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kithwork.accounts.models import User
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Item, Offer, Remark, Round
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import draft_of, read
from kithwork.notices.models import Message
from kithwork.procedures import assessing
from kithwork.procedures.sample import Cast
from tests.gate.acts import through

TEXT = b"Minutes of the meeting in spring. " * 20


@pytest.fixture
def journey(journey_at: Callable[..., Journey]) -> Journey:
    return journey_at("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def page(journey: Journey, slot: str) -> str:
    return reverse("requirement", args=[journey.ref, slot])


def dated(day: date, prefix: str = "file") -> dict[str, str]:
    return {
        f"{prefix}-dated_day": str(day.day),
        f"{prefix}-dated_month": str(day.month),
        f"{prefix}-dated_year": str(day.year),
    }


def add_file(client: Client, journey: Journey, slot: str, day: date, **more: str) -> int:
    upload = SimpleUploadedFile("minutes.txt", TEXT)
    data = {"do": "file", "file-title": "Minutes", "file-upload": upload, **dated(day), **more}
    return client.post(page(journey, slot), data).status_code


def test_a_file_is_added_with_its_date(ada: Client, journey: Journey, people: Cast, today: date) -> None:
    assert add_file(ada, journey, "1", today - timedelta(days=9)) == 303
    assert not Item.objects.exists(), "first it waits at the gate"
    through(journey, people.ada)
    item = Item.objects.get(journey=journey)
    assert (item.title, item.kind, item.dated) == ("Minutes", "file", today - timedelta(days=9))
    assert "Minutes" in ada.get(page(journey, "1")).content.decode()


def test_a_file_that_is_too_old_is_refused_and_the_words_are_kept(ada: Client, journey: Journey, today: date) -> None:
    data = {"do": "file", "file-title": "Old policy", "file-upload": SimpleUploadedFile("p.txt", TEXT)}
    answer = ada.post(page(journey, "8"), data | dated(today - timedelta(days=4 * 366)))
    assert answer.status_code == 422
    assert "It counted until" in answer.content.decode()
    assert "Old policy" in answer.content.decode()
    assert not Item.objects.exists()


def test_a_broken_file_is_refused_with_a_reason_and_the_words_are_kept(
    ada: Client, journey: Journey, today: date
) -> None:
    data = {"do": "file", "file-title": "Kept words", "file-upload": SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken")}
    answer = ada.post(page(journey, "1"), data | dated(today))
    assert answer.status_code == 409
    assert "Kept words" in answer.content.decode()
    assert "choose the file again" in answer.content.decode()
    assert not Item.objects.exists()


def test_casework_is_declared_at_the_gate(ada: Client, journey: Journey, people: Cast, today: date) -> None:
    assert add_file(ada, journey, "1", today, **{"file-casework": "on"}) == 303
    through(journey, people.ada)
    item = Item.objects.get(journey=journey)
    assert item.redacted_at is not None
    assert item.redacted_wording == evidence.REDACTED


def test_a_link_and_a_statement_are_added(ada: Client, journey: Journey, people: Cast, today: date) -> None:
    link = {"do": "link", "link-title": "Our page", "link-url": "www.example.org/volunteer"}
    assert ada.post(page(journey, "4"), link).status_code == 422, "a page elsewhere cannot be looked through"
    assert ada.post(page(journey, "4"), link | {"link-declared": "on"}).status_code == 303
    key = f"statement:{journey.ref}:4"
    ada.post(f"{reverse('drafts')}?key={key}", {"statement-title": "How", "statement-text": "Half a thought"})
    assert "Half a thought" in ada.get(page(journey, "4")).content.decode()
    said = {"do": "statement", "statement-title": "How we do it", "statement-text": "Like this."}
    assert ada.post(page(journey, "4"), said).status_code == 303
    assert {item.kind for item in Item.objects.filter(journey=journey)} == {"link", "statement"}
    assert Item.objects.get(kind="link").url == "https://www.example.org/volunteer"
    assert draft_of(people.ada, key) is None


def test_one_item_serves_several_requirements(ada: Client, journey: Journey, people: Cast, today: date) -> None:
    add_file(ada, journey, "1", today)
    through(journey, people.ada)
    item = Item.objects.get(journey=journey)
    assert ada.post(page(journey, "2"), {"do": "use", "use-item": item.ref}).status_code == 303
    assert set(Offer.objects.filter(item=item).values_list("slot", flat=True)) == {"1", "2"}
    assert "Also used for" in ada.get(page(journey, "2")).content.decode()
    assert ada.post(page(journey, "1"), {"do": "take_back", "item": item.ref}).status_code == 303
    assert set(Offer.objects.filter(item=item).values_list("slot", flat=True)) == {"2"}


def test_sending_tells_the_assessor_and_closes_it(ada: Client, journey: Journey, people: Cast, today: date) -> None:
    add_file(ada, journey, "1", today)
    through(journey, people.ada)
    Message.objects.all().delete()
    assert ada.post(page(journey, "1"), {"do": "send", "send-note": "Look at page 2."}).status_code == 303
    assert Round.objects.get(journey=journey, slot="1").note == "Look at page 2."
    assert [message.to for message in Message.objects.all()] == [people.dot]
    shown = ada.get(page(journey, "1")).content.decode()
    assert "With your assessor since" in shown
    assert "Add a file" not in shown
    item = Item.objects.get(journey=journey)
    late = ada.post(page(journey, "1"), {"do": "take_back", "item": item.ref})
    assert late.status_code == 409
    assert Offer.objects.filter(item=item).exists()
    assert add_file(ada, journey, "1", today) == 409


def test_sending_nothing_is_refused_with_the_note_kept(ada: Client, journey: Journey) -> None:
    answer = ada.post(page(journey, "1"), {"do": "send", "send-note": "A long note"})
    assert answer.status_code == 409
    assert not Round.objects.exists()


def test_a_remark_reaches_the_thread(ada: Client, journey: Journey) -> None:
    assert ada.post(page(journey, "1"), {"do": "remark", "remark-text": "Would minutes do?"}).status_code == 303
    assert Remark.objects.get(journey=journey).side == "applicant"
    assert "Would minutes do?" in ada.get(page(journey, "1")).content.decode()


def test_feedback_and_breach_are_said_plainly(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, today: date
) -> None:
    journey = journey_at("returned")
    items = read(journey, today).position.stages["online"].items.values()
    returned = next(item.id for item in items if item.state == "returned")
    sent = next(item.id for item in items if item.state == "sent")
    shown = ada.get(page(journey, returned)).content.decode()
    assert "Your assessor asked for more" in shown
    assert "but not who checks" in shown
    item = Round.objects.get(journey=journey, slot=sent).items.get()
    assessing.report_breach(journey=journey, slot=sent, item=item, what="a surname", by=people.dot, today=today)
    shown = ada.get(page(journey, sent)).content.decode()
    assert "The document has been destroyed" in shown
    assert "Make a redacted copy" in shown


@pytest.mark.parametrize("who", ["cid", "eve", "dot", "olu"])
def test_only_those_who_write_may_write(
    who: str, journey: Journey, people: Cast, as_user: Callable[[User], Client]
) -> None:
    client = as_user(getattr(people, who))
    said = {"do": "remark", "remark-text": "Hello"}
    assert client.post(page(journey, "1"), said).status_code == 404
    assert client.get(page(journey, "1")).status_code == (200 if who == "cid" else 404)
    assert not Remark.objects.exists()


def test_a_reader_sees_no_buttons(journey: Journey, people: Cast, as_user: Callable[[User], Client]) -> None:
    shown = as_user(people.cid).get(page(journey, "1")).content.decode()
    assert "Add a file" not in shown
    assert "Write a remark" not in shown


def test_the_rest_is_refused(ada: Client, journey: Journey) -> None:
    assert ada.put(page(journey, "1")).status_code == 405
    assert ada.get(page(journey, "no-such")).status_code == 404
    assert ada.get(page(journey, "e1")).status_code == 404
    assert ada.post(page(journey, "1"), {"do": "nonsense"}).status_code == 404


def test_queries(
    journey_at: Callable[..., Journey], ada: Client, django_assert_max_num_queries: DjangoAssertNumQueries, today: date
) -> None:
    journey = journey_at("returned")
    items = read(journey, today).position.stages["online"].items.values()
    returned = next(item.id for item in items if item.state == "returned")
    ada.post(page(journey, returned), {"do": "remark", "remark-text": "Would minutes do?"})
    ada.get(page(journey, returned))
    with django_assert_max_num_queries(12):
        answer = ada.get(page(journey, returned))
    assert len(answer.content) < 60_000
