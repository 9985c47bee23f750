"""The service's own acts, page by page: apply, the self-check, the form, sending an area, writing a piece, people."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kithwork.accounts.models import User
from kithwork.core.schemes import Role
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Item, Round
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition, Response
from kithwork.journeys.queries import draft_of, read
from kithwork.organisations.models import Invitation, Membership
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import STORY, Cast, Walk, answer
from kithwork.procedures.sample.words import let_go


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def text(page: object) -> str:
    return re.sub(r"\s+", " ", page.content.decode())  # type: ignore[attr-defined]  # a response


def test_from_an_empty_desk_to_a_journey(
    qim: PublishedEdition, people: Cast, as_user: Callable[[User], Client]
) -> None:
    eve, slug = as_user(people.eve), people.elsewhere.slug
    home = reverse("service_home", args=[slug])
    assert "Add your service" in text(eve.get(home))
    new = reverse("new_service", args=[slug])
    assert eve.post(new, {"name": ""}).status_code == 422
    assert eve.post(f"{new}?apply=qim", {"name": "Elsewhere Pairs"}).headers["Location"].endswith("/apply/qim/")
    again = eve.post(new, {"name": "Elsewhere Pairs", "place": "A town we typed"})
    assert again.status_code == 409
    assert "A town we typed" in text(again)
    service = people.elsewhere.services.get()
    began = eve.post(reverse("apply", args=[slug, "qim"]), {"service": service.ref})
    journey = Journey.objects.get(service=service)
    assert began.headers["Location"] == reverse("journey", args=[journey.ref])
    assert eve.post(reverse("apply", args=[slug, "qim"]), {"service": service.ref}).status_code == 409
    assert eve.get(reverse("apply", args=[slug, "no-such"])).status_code == 404
    assert "1 thing needs you" in text(eve.get(home))


def test_the_self_check_is_answered_once(journey_at: Callable[..., Journey], ada: Client) -> None:
    journey = journey_at("begun")
    stage = reverse("journey_stage", args=[journey.ref, "self-check"])
    questions = [q.id for q in edition_of(journey.edition).stage("self-check").questions]  # type: ignore[union-attr]
    half = ada.post(stage, {questions[0]: "yes"})
    assert half.status_code == 422
    assert "Answer the question" in text(half)
    answers = dict.fromkeys(questions, "yes") | {questions[2]: "no"}
    assert ada.post(stage, answers).status_code == 303
    assert "full cycle" in text(ada.get(stage))
    assert ada.post(stage, answers).status_code == 409


def form_data(walk: Walk, page: str) -> dict[str, str]:
    stage = next(s for s in walk.edition.stages if s.id == "application")
    found: dict[str, str] = {}
    for one in stage.fields:  # type: ignore[union-attr]  # the form
        if one.page == page:
            value = answer(one, walk.edition)
            found[one.id] = "yes" if value is True else str(value)
    return found


def test_the_application_keeps_drafts_and_is_handed_in(
    walk_to: Callable[..., Walk], ada: Client, people: Cast, today: date
) -> None:
    walk = walk_to("begun")
    journey = walk.journey
    check = next(s for s in walk.edition.stages if s.id == "self-check")
    answers = {question.id: True for question in check.questions}  # type: ignore[union-attr]
    applying.answer_checklist(journey=journey, stage="self-check", answers=answers, by=people.ada, today=today)
    stage = reverse("journey_stage", args=[journey.ref, "application"])
    form = next(s for s in walk.edition.stages if s.id == "application")
    pages = list(dict.fromkeys(one.page for one in form.fields))  # type: ignore[union-attr]
    kept = ada.post(f"{stage}?page=1&keep=draft", {"service_name": "Half a na"})
    assert kept.json() == {"saved": True}
    assert "Half a na" in text(ada.get(f"{stage}?page=1"))
    wrong = ada.post(f"{stage}?page=3", {"annual_turnover": "a lot"})
    assert wrong.status_code == 422
    assert "a lot" in text(wrong)
    assert "need mending" in text(ada.get(f"{stage}?page=check"))
    for number, title in enumerate(pages, start=1):
        assert ada.post(f"{stage}?page={number}", form_data(walk, title)).status_code == 303, title
    summary = text(ada.get(f"{stage}?page=check"))
    assert "Check your answers" in summary
    assert "£184,000" in summary
    assert ada.post(f"{stage}?page=check").status_code == 303
    response = Response.objects.get(journey=journey, stage="application")
    assert response.answers["annual_turnover"] == 184_000
    assert response.answers["correct"] is True
    assert draft_of(people.ada, f"form:{journey.ref}:application") is None
    assert ada.post(f"{stage}?page=check").status_code == 409
    assert "handed in on" in text(ada.get(stage))
    assert ada.get(f"{stage}?page=99").status_code == 200  # handed in: the answers, whatever the page


def test_a_draft_of_a_colleague_is_not_shown(
    walk_to: Callable[..., Walk], ada: Client, people: Cast, as_user: Callable[[User], Client], today: date
) -> None:
    walk = walk_to("begun")
    check = next(s for s in walk.edition.stages if s.id == "self-check")
    answers = {question.id: True for question in check.questions}  # type: ignore[union-attr]
    applying.answer_checklist(journey=walk.journey, stage="self-check", answers=answers, by=people.ada, today=today)
    stage = reverse("journey_stage", args=[walk.journey.ref, "application"])
    ada.post(f"{stage}?page=1&keep=draft", {"service_name": "Only mine"})
    assert "Only mine" not in text(as_user(people.bea).get(f"{stage}?page=1"))
    assert as_user(people.cid).post(f"{stage}?page=1&keep=draft", {"service_name": "x"}).status_code == 404


def test_an_area_sends_all_that_are_ready(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, today: date
) -> None:
    journey = journey_at("registered")
    for slot in ("1", "2"):
        evidence.add_link(
            journey=journey,
            slots=[slot],
            title="T",
            url="https://example.org",
            dated=today,
            by=people.ada,
            passing=let_go(people.ada),
            today=today,
        )
    address = reverse("area", args=[journey.ref, "the-service"])
    shown = text(ada.get(address))
    assert "Ready to send: 1, 2." in shown
    assert ada.post(address, {"stage": "online", "slots": ["1", "3"]}).status_code == 409
    assert not Round.objects.exists()
    assert ada.post(address, {"stage": "online", "slots": ["1", "2"]}).status_code == 303
    assert set(Round.objects.values_list("slot", flat=True)) == {"1", "2"}
    assert ada.post(address, {"stage": "online", "slots": ["1", "2"]}).status_code == 409


def test_a_case_study_is_written_and_sent(journey_at: Callable[..., Journey], ada: Client) -> None:
    journey = journey_at("registered")
    address = reverse("piece", args=[journey.ref, "mentee-journey"])
    ticks = {"declare-consent": "on", "declare-took-part": "on"}
    short = ada.post(address, {"do": "write", "text": "Too short by far.", **ticks})
    assert short.status_code == 422
    assert "Too short by far." in text(short)
    assert ada.post(address, {"do": "write", "text": STORY}).status_code == 422
    assert ada.post(address, {"do": "write", "text": STORY, **ticks}).status_code == 303
    assert ada.post(address, {"do": "send", "send-note": ""}).status_code == 303
    assert Round.objects.filter(journey=journey, slot="mentee-journey").exists()
    assert "With your assessor since" in text(ada.get(address))
    assert ada.post(address, {"do": "write", "text": STORY, **ticks}).status_code == 409


def test_a_file_comes_through_the_door_alone(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, as_user: Callable[[User], Client], today: date
) -> None:
    journey = journey_at("registered")
    item = evidence.add_file(
        journey=journey,
        slots=["1"],
        title="Notes",
        upload=SimpleUploadedFile("n\u00f6tes.txt", b"Some notes. " * 30),
        dated=today,
        casework=False,
        declared=False,
        by=people.ada,
        passing=let_go(people.ada),
        today=today,
    )
    address = reverse("item_file", args=[journey.ref, item.ref])
    answer = ada.get(f"{address}?view")
    assert b"".join(answer.streaming_content) == b"Some notes. " * 30  # type: ignore[attr-defined]  # a stream
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert as_user(people.eve).get(address).status_code == 404
    assert as_user(people.dot).get(address).status_code == 404
    page = reverse("item", args=[journey.ref, item.ref])
    assert ada.post(page, {"do": "offer", "also-slot": "2"}).status_code == 303
    assert ada.post(page, {"do": "take_back", "slot": "1"}).status_code == 303
    assert ada.post(page, {"do": "take_back", "slot": "2"}).headers["Location"] == reverse("items", args=[journey.ref])
    assert Item.objects.get().removed_at is not None
    assert ada.get(address).status_code == 404


def test_colleagues_are_invited_changed_and_ended_by_a_lead(
    people: Cast, ada: Client, as_user: Callable[[User], Client]
) -> None:
    address = reverse("colleagues", args=[people.provider.slug])
    assert ada.post(address, {"do": "invite", "email": "not an address", "role": "reader"}).status_code == 422
    assert ada.post(address, {"do": "invite", "email": "new@example.org", "role": "reader"}).status_code == 303
    invitation = Invitation.objects.get()
    assert "new@example.org" in text(ada.get(address))
    assert ada.post(address, {"do": "withdraw", "invitation": invitation.ref}).status_code == 303
    bea = f"{people.bea.ref}:contributor"
    assert "Change what Bea" in text(ada.get(f"{address}?change={bea}"))
    assert ada.post(address, {"do": "change", "who": bea, "role": "reader"}).status_code == 303
    assert ada.post(address, {"do": "end", "who": f"{people.bea.ref}:reader"}).status_code == 303
    assert not Membership.objects.filter(user=people.bea, ended_at__isnull=True).exists()
    assert ada.post(address, {"do": "end", "who": f"{people.ada.ref}:lead"}).status_code == 409
    assert Membership.objects.filter(user=people.ada, role=Member.LEAD, ended_at__isnull=True).exists()
    cid = as_user(people.cid)
    assert "Invite a colleague" not in text(cid.get(address))
    assert cid.post(address, {"do": "invite", "email": "x@example.org", "role": "lead"}).status_code == 404
    assert as_user(people.eve).get(address).status_code == 404


def test_withdrawing_asks_first(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, as_user: Callable[[User], Client]
) -> None:
    journey = journey_at("registered")
    address = reverse("withdraw", args=[journey.ref])
    assert "Yes, withdraw" in text(ada.get(address))
    assert as_user(people.cid).get(address).status_code == 404
    assert ada.post(address, {"reason": "We have lost our funding."}).status_code == 303
    assert "withdrawn" in text(ada.get(reverse("journey", args=[journey.ref])))
    assert "We have lost our funding." in text(ada.get(reverse("history", args=[journey.ref])))
    assert ada.get(address).status_code == 409


def test_aiming_higher(journey_at: Callable[..., Journey], ada: Client) -> None:
    journey = journey_at("registered")
    address = reverse("raise_level", args=[journey.ref])
    assert ada.post(address, {"level": ""}).status_code == 422
    assert ada.post(address, {"level": "excellence"}).status_code == 303
    shown = ada.get(reverse("evidence_map", args=[journey.ref]))
    assert "0 of 84 indicators" in text(shown)
    assert len(shown.content) < 60_000
    assert ada.get(address).status_code == 404


def test_the_clock_is_told_in_plain_words(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, today: date
) -> None:
    journey = journey_at("registered")
    page = reverse("journey", args=[journey.ref])
    later = today + timedelta(days=90)
    applying.extend(journey=journey, stage="online", until=later, reason="Illness.", by=people.olu, today=today)
    assert "You have longer for" in text(ada.get(page))
    applying.stop_clock(journey=journey, expected=later, reason="Maternity cover.", by=people.olu, today=today)
    shown = text(ada.get(page))
    assert "The clock stands still since" in shown
    assert "Maternity cover." in shown
    assert "Do this now" not in shown


def test_a_visit_tells_when_and_what(walk_to: Callable[..., Walk], ada: Client, people: Cast, today: date) -> None:
    journey = walk_to("online-done").journey
    at = timezone.make_aware(datetime.combine(today + timedelta(days=7), time(10)))
    assessing.arrange(
        journey=journey, stage="visit", starts_at=at, by=people.dot, role=Role.ASSESSOR, today=today, place="The hall"
    )
    shown = text(ada.get(reverse("journey_stage", args=[journey.ref, "visit"])))
    assert "The visit is on" in shown
    assert "The hall" in shown
    prepared = ada.get(reverse("requirement", args=[journey.ref, "42"]))
    assert "now that the visit is arranged" in text(prepared)
    assert "Send to your assessor" not in text(prepared)


def test_wrong_methods(journey_at: Callable[..., Journey], ada: Client, people: Cast) -> None:
    journey = journey_at("begun")
    for name in ("journey", "evidence_map", "items", "history"):
        assert ada.post(reverse(name, args=[journey.ref])).status_code == 405
    assert ada.post(reverse("service_home", args=[people.provider.slug])).status_code == 405
    assert ada.post(reverse("journey_stage", args=[journey.ref, "eligibility"])).status_code == 404
    assert ada.get(reverse("journey_stage", args=[journey.ref, "no-such"])).status_code == 404


def test_queries(
    journey_at: Callable[..., Journey], ada: Client, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    journey = journey_at("returned")
    ada.get(reverse("journey", args=[journey.ref]))
    pages = [(reverse("journey", args=[journey.ref]), 12), (reverse("evidence_map", args=[journey.ref]), 8)]
    pages += [(reverse("area", args=[journey.ref, "the-service"]), 8), (reverse("items", args=[journey.ref]), 8)]
    # nine at home: which services run their daily work here is asked of the other half
    pages += [(reverse("service_home", args=[people.provider.slug]), 9), (reverse("history", args=[journey.ref]), 8)]
    for address, most in pages:
        with django_assert_max_num_queries(most):
            assert ada.get(address).status_code == 200
    assert read(journey, timezone.localdate()).position.total().confirmed == 5
