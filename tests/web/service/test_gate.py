"""The gate's pages: bringing a file, deciding, approving; typed words that name somebody; what was never looked at."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kithwork.accounts.models import User
from kithwork.evidence.actions import hold_back
from kithwork.evidence.models import Breach, Item, Remark
from kithwork.gate.models import Original
from kithwork.gate.scans import Choice
from kithwork.procedures.gating.working import work
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import breach as report
from tests.evidence.acts import say, send
from tests.gate.acts import NOTES, bring, look

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def page(original: Original, name: str = "gate_one", *more: Any) -> str:
    return reverse(name, args=[original.journey, original.ref, *more])


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def fields(shown: str, head: str) -> list[str]:
    return sorted(set(re.findall(rf'name="({head}[^"]*)"', shown)))


def version(shown: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', shown)
    assert found is not None
    return found[1]


def add(client: Client, way: Walk) -> Any:
    data = {"do": "file", "file-title": "Notes", "file-upload": SimpleUploadedFile("notes.txt", NOTES)}
    return client.post(reverse("requirement", args=[way.journey.ref, "1"]), data)


def test_from_upload_to_the_assessor(ada: Client, way: Walk, people: Cast, as_user: Callable[[User], Client]) -> None:
    address = add(ada, way)["Location"]
    assert "Your file is being read" in text(ada.get(address))
    work()
    shown = text(ada.get(address))
    assert "<mark" in shown
    assert "Quenby Yarrow" in shown
    data = dict.fromkeys(fields(shown, "all-"), "reduce")
    assert ada.post(address, {"do": "decide", "seen": version(shown), **data}).status_code == 303
    shown = text(ada.get(address))
    assert "places will be reduced" in shown
    approved = {"do": "approve", "seen": version(shown), "approved": "on", "read": "0"}
    assert ada.post(address, {**approved, "approved": ""}).status_code == 422
    assert ada.post(address, approved).status_code == 303
    work()
    assert ada.get(address).status_code == 302, "it is evidence now, and its page is where it is used"
    send(way, "1")
    item = Item.objects.get()
    dot = as_user(people.dot)
    for where in (
        reverse("assess", args=[way.journey.ref, "1"]),
        reverse("assess_file", args=[way.journey.ref, item.ref]),
    ):
        answer = dot.get(where)
        seen = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert answer.status_code == 200
        assert b"Yarrow" not in seen
        assert b"900123" not in seen


def test_what_waits_is_listed_and_shown_where_it_is_for(ada: Client, way: Walk) -> None:
    assert "Nothing waits at the gate" in text(ada.get(reverse("gate", args=[way.journey.ref])))
    bring(way)
    assert "1 file waits at the privacy gate" in text(ada.get(reverse("gate", args=[way.journey.ref])))
    assert "Look through it" in text(ada.get(reverse("requirement", args=[way.journey.ref, "1"])))
    assert "1 file waits at the privacy gate" in text(ada.get(reverse("items", args=[way.journey.ref])))


def test_progress_is_told_to_scripts(ada: Client, way: Walk) -> None:
    original = bring(way)
    assert ada.get(page(original, "gate_progress")).json()["over"] is True
    Original.objects.update(state=Original.State.SCANNING, done=2, of=9, held_until="2999-01-01T00:00Z")
    told = ada.get(page(original, "gate_progress")).json()
    assert (told["over"], told["said"]) == (False, "Page 3 of 9.")
    assert 'http-equiv="refresh"' in text(ada.get(page(original))), "and without scripts the page looks again by itself"


def test_a_file_that_could_not_be_read_says_what_to_do(ada: Client, way: Walk) -> None:
    original = bring(way)
    Original.objects.update(state=Original.State.FAILED, reason="Save it as a PDF, and upload that.")
    shown = text(ada.get(page(original)))
    assert "could not be read" in shown
    assert "Save it as a PDF" in shown
    assert ada.post(page(original), {"do": "withdraw"}).status_code == 303
    assert ada.get(page(original)).status_code == 404


def test_what_was_missed_is_marked_and_taught(ada: Client, way: Walk) -> None:
    original = bring(way)
    assert ada.post(page(original), {"do": "mark", "words": "", "kind": "person"}).status_code == 422
    assert ada.post(page(original), {"do": "mark", "words": "kingfisher", "kind": "person"}).status_code == 409
    data = {"do": "mark", "words": "the meeting", "kind": "web", "teach": "on"}
    assert ada.post(page(original), data).status_code == 303
    assert "the meeting" in text(ada.get(page(original)))


@pytest.mark.parametrize("do", ["mark", "decide"], ids=["the button", "Enter"])
def test_whoever_marks_what_was_missed_keeps_what_they_had_ticked(ada: Client, way: Walk, do: str) -> None:
    original = bring(way)
    document = look(original)
    choices = {f"all-{document.key(mark)}": "keep" for mark in document.living}
    data = {"do": do, "seen": "1", **choices, "words": "the meeting", "kind": "person"}
    assert ada.post(page(original), data).status_code == 303
    after = look(original)
    outcomes = {after.text(mark): mark.outcome for mark in after.living}
    assert outcomes.pop("the meeting") is Choice.REDUCE
    assert set(outcomes.values()) == {Choice.KEEP}
    again = ada.post(page(original), {**data, "words": "in spring"})
    assert again.status_code == 409, "a colleague was quicker"
    assert 'value="in spring"' in again.content.decode(), "and what was typed is still there"


def test_a_colleague_was_quicker(ada: Client, way: Walk) -> None:
    original = bring(way)
    first = {"do": "decide", "seen": "1"}
    assert ada.post(page(original), first).status_code == 303
    assert ada.post(page(original), first).status_code == 409


def test_who_may_not(way: Walk, people: Cast, as_user: Callable[[User], Client]) -> None:
    original = bring(way)
    pages = [page(original), page(original, "gate_progress"), page(original, "gate_picture", 1)]
    pages.append(reverse("gate", args=[way.journey.ref]))
    for user in (people.eve, people.dot, people.olu):
        assert {as_user(user).get(one).status_code for one in pages} == {404}
        assert as_user(user).post(page(original), {"do": "withdraw"}).status_code == 404
    reader = as_user(people.cid)
    assert reader.get(page(original)).status_code == 200
    assert "Approve" not in text(reader.get(page(original)))
    assert reader.post(page(original), {"do": "withdraw"}).status_code == 404
    assert reader.post(pages[-1]).status_code == 405
    assert Client().get(page(original)).status_code == 302


def test_typed_words_come_back_with_what_was_found(ada: Client, way: Walk) -> None:
    address = reverse("requirement", args=[way.journey.ref, "1"])
    said = {"do": "statement", "statement-title": "How", "statement-text": "Mrs Quenby Yarrow rang on 07700 900123."}
    answer = ada.post(address, said)
    shown = text(answer)
    assert answer.status_code == 409
    assert "Mrs Quenby Yarrow rang" in shown, "what was typed is kept"
    assert not Item.objects.exists()
    asked = [one for one in fields(shown, "statement-gate-") if not one.endswith("seen")]
    assert len(asked) >= 2
    kept = {**said, **dict.fromkeys(asked, "reduce")}
    assert ada.post(address, kept).status_code == 409, "somebody has to say that they have looked"
    assert ada.post(address, {**kept, "statement-gate-seen": "on"}).status_code == 303
    item = Item.objects.get()
    assert "Yarrow" not in item.text
    assert "900123" not in item.text
    assert item.passed_by is not None


def test_a_remark_and_a_note_go_the_same_way(ada: Client, way: Walk) -> None:
    address = reverse("requirement", args=[way.journey.ref, "1"])
    assert ada.post(address, {"do": "remark", "remark-text": "Ask Mrs Quenby Yarrow."}).status_code == 409
    assert not Remark.objects.exists()
    assert ada.post(address, {"do": "remark", "remark-text": "Is a list enough?"}).status_code == 303


def test_feedback_goes_the_same_way(way: Walk, people: Cast, as_user: Callable[[User], Client]) -> None:
    say(way, "1")
    send(way, "1")
    address = reverse("assess", args=[way.journey.ref, "1"])
    advice = {"advice": "Leave out Mrs Quenby Yarrow, please.", "outcome": "returned", "round": "1"}
    answer = as_user(people.dot).post(address, advice)
    assert answer.status_code == 409
    assert 'name="gate-seen"' in text(answer)


def test_what_was_never_looked_through_has_a_way_to_the_gate(ada: Client, way: Walk) -> None:
    item = say(way, "1", passing=None)
    own, gate = (
        reverse("item", args=[way.journey.ref, item.ref]),
        reverse("gate_item", args=[way.journey.ref, item.ref]),
    )
    assert gate in text(ada.get(own))
    assert ada.get(gate).status_code == 200
    assert ada.post(gate, {"do": "pass", "title": "How we do it", "text": "The board meets."}).status_code == 303
    item.refresh_from_db()
    assert item.passed_at is not None
    assert ada.get(gate).status_code == 404, "it is through"


def test_the_list_asks_as_much_of_the_database_for_thirty_as_for_one(
    ada: Client, way: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    original = bring(way)
    rows = [
        Original(**{f.name: getattr(original, f.name) for f in Original._meta.fields if f.name not in {"id", "ref"}})
        for _ in range(29)
    ]
    for row in rows:
        row.sealed = b""
    address = reverse("gate", args=[way.journey.ref])
    with django_assert_max_num_queries(14) as one:
        ada.get(address)
    for row in rows:
        from kithwork.gate.sealing import seal_json

        row.sealed = seal_json({"file_name": "x", "title": "x", "text": ""}, f"words:{row.ref}")
    Original.objects.bulk_create(rows)
    with django_assert_max_num_queries(len(one)):
        assert "30 files wait" in text(ada.get(address))


def test_the_service_keeps_a_register_of_breaches(
    ada: Client, way: Walk, people: Cast, as_user: Callable[[User], Client], today: Any
) -> None:
    address = reverse("service_breaches", args=[people.provider.slug])
    assert "No data breach" in text(ada.get(address))
    item = say(way, "1")
    send(way, "1")
    report(way, item, "1")
    row = Breach.objects.get()
    assert "1 data breach; 1 to settle" in text(ada.get(address))
    assert f'href="{address}"' in text(ada.get(reverse("requirement", args=[way.journey.ref, "1"])))
    one = reverse("service_breach", args=[people.provider.slug, row.ref])
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert ada.post(one, {"kind": "not-reported", "text": "", **day}).status_code == 409
    assert ada.post(one, {"kind": "not-reported", "text": "One initial, known to nobody.", **day}).status_code == 303
    assert "1 data breach" in text(ada.get(address))
    assert "to settle" not in text(ada.get(address))
    body = reverse("body_breach", args=[people.body.slug, row.ref])
    olu = as_user(people.olu)
    assert "known to nobody" not in text(olu.get(body)), "each side has its own register"
    assert olu.post(body, {"kind": "reported", "text": "By telephone.", **day}).status_code == 303
    assert "Settled" in text(olu.get(reverse("breaches", args=[people.body.slug])))
    for user in (people.eve, people.dot):
        assert as_user(user).get(one).status_code == as_user(user).get(body).status_code == 404
    assert as_user(people.cid).post(one, {"kind": "told", **day}).status_code == 404


def test_what_is_held_back_is_let_through_again_or_reported(ada: Client, way: Walk) -> None:
    item = say(way, "1")
    send(way, "1")
    gate = reverse("gate_item", args=[way.journey.ref, item.ref])
    for do, left in (
        ({"do": "pass", "title": item.title, "text": item.text, "declared": "on"}, 0),
        ({"do": "report"}, 1),
    ):
        hold_back(item=item, now=timezone.now())
        assert "is held back" in text(ada.get(gate))
        assert ada.post(gate, do).status_code == 303
        assert Breach.objects.count() == left
    item.refresh_from_db()
    assert item.destroyed_at is not None


def test_what_is_reduced_and_not_saved_goes_with_the_approval(ada: Client, way: Walk) -> None:
    address = page(bring(way))
    first = text(ada.get(address))
    keep, reduce = (dict.fromkeys(fields(first, "all-"), one) for one in ("keep", "reduce"))
    ada.post(address, {"do": "decide", "seen": version(first), **keep})
    shown = text(ada.get(address))
    assert "All that was found in" in shown
    assert re.search(r'<button[^>]* form="decide"[^>]* value="approve"', shown), "the decisions are sent along"
    for name in ("read", "approved"):
        assert re.search(rf'<input[^>]* name="{name}"[^>]* form="decide"', shown)
    late = {"do": ["decide", "approve"], "read": "0", **reduce}
    unsaid = ada.post(address, {**late, "seen": version(shown)})
    assert unsaid.status_code == 422
    assert ada.post(address, {**late, "seen": version(text(unsaid)), "approved": "on"}).status_code == 303
    work()
    with Item.objects.get().file.open() as copy:
        said = copy.read()
    assert b"Yarrow" not in said
    assert b"900123" not in said


def test_words_that_were_written_and_not_marked_stop_the_approval(ada: Client, way: Walk) -> None:
    address = page(bring(way))
    shown = text(ada.get(address))
    ada.post(address, {"do": "decide", "seen": version(shown), **dict.fromkeys(fields(shown, "all-"), "reduce")})
    approved = {"do": "approve", "seen": version(text(ada.get(address))), "approved": "on", "read": "0"}
    assert ada.post(address, {**approved, "words": "meeting", "kind": "person"}).status_code == 303
    assert Original.objects.get().state == Original.State.READY, "marked, and to be approved as it is now"
