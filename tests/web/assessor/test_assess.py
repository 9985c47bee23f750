"""One requirement: what was sent, what changed, and the answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Breach, Feedback, Item, Remark
from kithwork.evidence.queries import items_for
from kithwork.journeys.actions import save_draft
from kithwork.journeys.models import Draft
from kithwork.procedures import assessing
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from tests.web.assessor.conftest import send_again, waiting_slots


def picture(shade: int) -> bytes:
    made = BytesIO()
    Image.new("L", (4, 4), shade).save(made, "PNG")
    return made.getvalue()


PNG = picture(40)


def page_of(walk: Walk, slot: str) -> str:
    return reverse("assess", args=[walk.journey.ref, slot])


def test_shows_what_is_asked_beside_what_was_sent(sent: Walk, dot: Client) -> None:
    slot = waiting_slots(sent)[0]
    page = dot.get(page_of(sent, slot)).content.decode()
    assert "A board of trustees or management committee sets the direction" in page
    assert "1 Board of trustees: 1 item sent" in page
    assert "How we meet this" in page
    assert "What changed" not in page  # the first round


def test_confirm_and_next_leads_to_the_next_of_the_case(sent: Walk, dot: Client) -> None:
    first, second = waiting_slots(sent)[:2]
    answer = dot.post(page_of(sent, first), {"outcome": "confirmed", "round": "1", "advice": ""})
    assert (answer.status_code, answer["Location"]) == (303, page_of(sent, second))
    assert Feedback.objects.get(journey=sent.journey, slot=first).outcome == "confirmed"


def test_the_last_of_a_case_leads_to_another_case(
    walk_to: Callable[..., Walk], sent: Walk, people: Cast, dot: Client, today: date
) -> None:
    from kithwork.organisations.actions import open_service

    other = open_service(organisation=people.provider, name="Second Step", by=people.ada)
    elsewhere = walk_to("sent", service=other)
    slots = waiting_slots(sent)
    for slot in slots:
        answer = dot.post(page_of(sent, slot), {"outcome": "confirmed", "round": "1"})
    assert answer["Location"] == page_of(elsewhere, waiting_slots(elsewhere)[0])
    assert "You are now with Second Step" in dot.get(answer["Location"]).content.decode()


def test_nothing_left_leads_back_to_the_case(sent: Walk, dot: Client) -> None:
    for slot in waiting_slots(sent):
        answer = dot.post(page_of(sent, slot), {"outcome": "confirmed", "round": "1"})
    assert answer["Location"] == reverse("case", args=[sent.journey.ref])


def test_asking_for_more_needs_advice_and_keeps_it(sent: Walk, people: Cast, dot: Client) -> None:
    slot = waiting_slots(sent)[0]
    answer = dot.post(page_of(sent, slot), {"outcome": "returned", "round": "1", "advice": "  "})
    assert answer.status_code == 422
    assert b"Say what fell short" in answer.content
    assert not Feedback.objects.exists()
    save_draft(
        user=people.dot,
        key=f"advice:{sent.journey.ref}:{slot}",
        fields={"advice": "Half a thought"},
        now=sent.journey.created_at,
    )
    assert b"Half a thought" in dot.get(page_of(sent, slot)).content
    answer = dot.post(page_of(sent, slot), {"outcome": "returned", "round": "1", "advice": "Send the minutes."})
    assert answer.status_code == 303
    assert Feedback.objects.get().advice == "Send the minutes."
    assert not Draft.objects.exists()


def test_a_second_answer_is_refused_and_the_text_kept(sent: Walk, dot: Client) -> None:
    slot = waiting_slots(sent)[0]
    dot.post(page_of(sent, slot), {"outcome": "confirmed", "round": "1"})
    answer = dot.post(page_of(sent, slot), {"outcome": "returned", "round": "1", "advice": "Too late"})
    assert answer.status_code == 409
    assert b"confirmed already" in answer.content
    assert Feedback.objects.count() == 1


def test_a_page_left_open_does_not_judge_what_it_did_not_show(
    walk_to: Callable[..., Walk], dot: Client, today: date
) -> None:
    walk = walk_to("returned")
    slot = send_again(walk, today)
    answer = dot.post(page_of(walk, slot), {"outcome": "returned", "round": "1", "advice": "My old words"})
    assert answer.status_code == 409
    assert b"Something newer was sent" in answer.content
    assert b"My old words" in answer.content
    assert b'name="round" value="2"' in answer.content
    assert dot.post(page_of(walk, slot), {"outcome": "confirmed", "round": "2"}).status_code == 303


def test_without_a_button_nothing_happens(sent: Walk, dot: Client) -> None:
    answer = dot.post(page_of(sent, waiting_slots(sent)[0]), {"advice": "kept as typed"})
    assert answer.status_code == 422
    assert b"kept as typed" in answer.content


def test_shows_what_changed_since_the_last_round(walk_to: Callable[..., Walk], dot: Client, today: date) -> None:
    walk = walk_to("returned")
    slot = send_again(walk, today)
    page = dot.get(page_of(walk, slot)).content.decode()
    assert "What changed since" in page
    assert "Written anew:" in page
    assert "<ins" in page
    assert "The manager checks it every quarter." in page
    assert "Now with the post." in page
    assert "not who checks that it is done" in page  # the earlier advice


def test_one_requirement_costs_ten_queries_at_most(walk_to: Callable[..., Walk], dot: Client, today: date) -> None:
    walk = walk_to("returned")
    slot = send_again(walk, today)
    dot.get(page_of(walk, slot))
    with CaptureQueriesContext(connection) as queries:
        answer = dot.get(page_of(walk, slot))
    assert len(queries) <= 10
    assert len(answer.content) < 60_000


def test_a_note_reaches_the_thread(sent: Walk, dot: Client) -> None:
    slot = waiting_slots(sent)[0]
    assert dot.post(page_of(sent, slot), {"do": "remark", "text": ""}).status_code == 422
    assert dot.post(page_of(sent, slot), {"do": "remark", "text": "Which year is this?"}).status_code == 303
    assert Remark.objects.get().side == "assessor"
    assert b"Which year is this?" in dot.get(page_of(sent, slot)).content


def test_a_piece_shows_its_words_and_declarations(walk_to: Callable[..., Walk], dot: Client) -> None:
    walk = walk_to("ready")
    page = dot.get(page_of(walk, "mentee-journey")).content.decode()
    assert "who has agreed that their story may be shared" in page
    assert "written piece".capitalize() in page
    assert "At most 800 words" in page


@pytest.fixture
def with_file(walk_to: Callable[..., Walk], today: date) -> tuple[Walk, str, Item]:
    """A requirement sent with a picture."""
    walk = walk_to("returned")
    slot = send_again(walk, today)
    stage = walk.edition.stage_for(walk.edition.requirement(slot))
    assessing.give_feedback(
        journey=walk.journey,
        stage=stage.id,
        slot=slot,
        outcome=Feedback.Outcome.RETURNED,
        advice="More",
        by=walk.assessor,
        today=today,
    )
    item = evidence.add_file(
        journey=walk.journey,
        slots=[slot],
        title="A picture",
        upload=SimpleUploadedFile("board.png", PNG),
        dated=today,
        casework=False,
        declared=False,
        by=walk.lead,
        passing=let_go(walk.lead),
        today=today,
    )
    assessing.send_evidence(journey=walk.journey, stage=stage.id, slots=[slot], by=walk.lead, today=today)
    return walk, slot, item


def test_a_picture_opens_in_place_and_can_do_nothing(with_file: tuple[Walk, str, Item], dot: Client) -> None:
    walk, _, item = with_file
    answer = dot.get(reverse("assess_file", args=[walk.journey.ref, item.ref]))
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "no-store"


def test_what_was_not_sent_cannot_be_fetched(with_file: tuple[Walk, str, Item], dot: Client, today: date) -> None:
    walk, _, _ = with_file
    hidden = evidence.add_file(
        journey=walk.journey,
        slots=["8"],
        title="Not sent",
        upload=SimpleUploadedFile("other.png", picture(90)),
        dated=today,
        casework=False,
        declared=False,
        by=walk.lead,
        passing=let_go(walk.lead),
        today=today,
    )
    assert dot.get(reverse("assess_file", args=[walk.journey.ref, hidden.ref])).status_code == 404


def test_a_breach_destroys_at_once(
    with_file: tuple[Walk, str, Item],
    dot: Client,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    walk, slot, item = with_file
    address = reverse("breach", args=[walk.journey.ref, slot, item.ref])
    page = dot.get(address).content.decode()
    assert "cannot be undone" in page
    assert walk.edition.requirement(slot).title in page
    assert dot.post(address, {}).status_code == 422
    assert not Breach.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = dot.post(address, {"kind": "1", "words": "second page"})
    assert answer.status_code == 303
    assert Breach.objects.get().what == "The name of a mentor. second page"
    item.refresh_from_db()
    assert item.destroyed_at is not None
    assert not item.file
    assert dot.get(reverse("assess_file", args=[walk.journey.ref, item.ref])).status_code == 404
    assert dot.post(address, {"kind": "1"}).status_code == 404
    assert b"destroyed after a data breach" in dot.get(page_of(walk, slot)).content


def test_a_second_document_with_a_name_is_destroyed_too(with_file: tuple[Walk, str, Item], dot: Client) -> None:
    walk, slot, item = with_file
    other = next(one for one in walk.journey.rounds.get(slot=slot, number=3).items.all() if one.pk != item.pk)
    for one in (item, other):
        answer = dot.post(reverse("breach", args=[walk.journey.ref, slot, one.ref]), {"kind": "0"})
        assert answer.status_code == 303
    assert Breach.objects.count() == 2


def test_a_name_in_what_is_prepared_for_the_visit_is_a_breach(
    walk_to: Callable[..., Walk], dot: Client, today: date
) -> None:
    walk = walk_to("online-done")
    walk.offer(walk.edition.requirement("39"))
    (item,) = items_for(walk.journey, "39")
    address = reverse("breach", args=[walk.journey.ref, "39", item.ref])
    assert dot.get(address).status_code == 404  # not to be read before the visit is arranged
    dot.post(
        reverse("arrange", args=[walk.journey.ref, "visit"]),
        {
            "day_day": str(today.day),
            "day_month": str(today.month),
            "day_year": str(today.year),
            "at": "23:50",
            "mode": "by video",
        },
    )
    assert item.title in dot.get(page_of(walk, "39")).content.decode()
    assert dot.post(address, {"kind": "0"}).status_code == 303
    assert b"data breach" in dot.get(page_of(walk, "39")).content
    item.refresh_from_db()
    assert item.text == ""
