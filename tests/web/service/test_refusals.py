"""A form left open past its moment: what was typed stays, the reason stands on top, the journey is one click away."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from kithwork.accounts.models import User
from kithwork.core.journey import Answer, ItemState
from kithwork.core.schemes import CaseStudyStage, EvidenceStage
from kithwork.evidence.models import Item, Remark, Round
from kithwork.journeys.models import Journey, Response
from kithwork.journeys.queries import draft_of
from kithwork.organisations.models import Membership
from kithwork.procedures import applying
from kithwork.procedures.sample import STORY, Cast, Walk
from kithwork.web.account.drafts import draft_url
from tests.web.refusals import refused_with, typed


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def stage_of(journey: Journey, stage: str) -> str:
    return reverse("journey_stage", args=[journey.ref, stage])


def home(journey: Journey) -> str:
    return reverse("journey", args=[journey.ref])


def test_a_checklist_left_open_past_its_answers(walk_to: Callable[..., Walk], ada: Client) -> None:
    walk = walk_to("applied")
    questions = [one.id for one in walk.edition.stage("self-check").questions]  # type: ignore[union-attr]
    given = dict.fromkeys(questions, "yes") | {questions[1]: "no"}
    page = refused_with(ada.post(stage_of(walk.journey, "self-check"), given), "answered", home(walk.journey))
    assert {name: typed(page, name) for name in questions} == given
    assert not page.xpath("//main//button[contains(@class, 'govuk-button')]")
    assert Response.objects.filter(journey=walk.journey, stage="self-check").count() == 1


def test_a_checklist_with_half_its_answers_loses_none(walk_to: Callable[..., Walk], ada: Client) -> None:
    """Faults of shape are not spoken of: mending them would not help."""
    walk = walk_to("applied")
    question = walk.edition.stage("self-check").questions[0].id  # type: ignore[union-attr]
    page = refused_with(ada.post(stage_of(walk.journey, "self-check"), {question: "no"}), "answered")
    assert typed(page, question) == "no"
    assert not page.xpath("//p[@class='govuk-error-message']")


def test_a_form_left_open_past_a_decision(walk_to: Callable[..., Walk], ada: Client, today: date) -> None:
    journey = walk_to("eligible").journey
    address = stage_of(journey, "application")
    answer = ada.post(f"{address}?page=1", {"service_name": "A better name"})
    page = refused_with(answer, "handed in, or is not open", home(journey))
    assert typed(page, "service_name") == "A better name"
    assert not page.xpath("//form[@data-draft]"), "it would save what nobody can hand in"
    kept = ada.post(f"{address}?page=1&keep=draft", {"service_name": "A better name"})
    assert (kept.status_code, "handed in" in kept.json()["because"]) == (409, True)


def test_answers_handed_in_by_a_colleague_meanwhile(
    walk_to: Callable[..., Walk], people: Cast, as_user: Callable[[User], Client], today: date
) -> None:
    """Bea has a draft of her own; what she checks and hands in stays in front of her, and her draft is kept."""
    walk = walk_to("applied")
    olu = {"by": people.olu, "today": today}
    more = {"journey": walk.journey, "stage": "eligibility", "outcome": Answer.MORE, "reason": "Which town?"}
    applying.decide_eligibility(**more, **olu)  # type: ignore[arg-type]  # the form is asked for again
    bea, address = as_user(people.bea), stage_of(walk.journey, "application")
    assert bea.post(f"{address}?page=1&keep=draft", {"service_name": "Bea's name for it"}).status_code == 200
    answers = Response.objects.filter(journey=walk.journey, stage="application").latest("id").answers
    applying.hand_in_form(journey=walk.journey, stage="application", answers=answers, by=people.ada, today=today)
    page = refused_with(bea.post(f"{address}?page=check"), "handed in, or is not open", home(walk.journey))
    assert "Bea's name for it" in page.text_content()
    assert not page.xpath("//a[contains(@href, 'from=check')]"), "nothing of it can be changed now"
    assert draft_of(people.bea, f"form:{walk.journey.ref}:application") is not None
    assert Response.objects.filter(journey=walk.journey, stage="application").count() == 2


def test_withdrawing_what_is_withdrawn(journey_at: Callable[..., Journey], ada: Client, people: Cast) -> None:
    journey = journey_at("registered")
    address = reverse("withdraw", args=[journey.ref])
    ada.post(address, {"reason": "No money."})
    page = refused_with(ada.post(address, {"reason": "We have lost our funding."}), "withdrawn", home(journey))
    assert typed(page, "reason") == "We have lost our funding."
    assert ada.get(address).status_code == 409


def test_aiming_where_one_aims_already(journey_at: Callable[..., Journey], ada: Client) -> None:
    journey = journey_at("registered")
    address = reverse("raise_level", args=[journey.ref])
    ada.post(address, {"level": "excellence"})
    page = refused_with(ada.post(address, {"level": "excellence"}), "not above the one you have", home(journey))
    assert typed(page, "level") == "excellence"
    assert ada.post(address, {"level": "no-such"}).status_code == 404


def test_an_area_sent_twice(walk_to: Callable[..., Walk], ada: Client) -> None:
    walk = walk_to("sent")
    stage = walk.stages(EvidenceStage)[0]
    slot = walk.wanted(stage, ItemState.SENT)[0]
    area = walk.edition.requirement(slot).area
    answer = ada.post(reverse("area", args=[walk.journey.ref, area]), {"stage": stage.id, "slots": [slot]})
    refused_with(answer, "Nothing was sent. This is with the assessor", home(walk.journey))


FORMS: list[tuple[str, dict[str, Any]]] = [
    ("link", {"link-title": "Our page", "link-url": "https://www.example.org/us", "link-declared": "on"}),
    ("statement", {"statement-title": "How we do it", "statement-text": "A long statement of ours."}),
    ("send", {"send-note": "Look at page two first."}),
]


@pytest.mark.parametrize(("do", "given"), FORMS, ids=[do for do, _ in FORMS])
def test_evidence_for_what_a_colleague_has_sent(
    do: str, given: dict[str, Any], walk_to: Callable[..., Walk], ada: Client
) -> None:
    walk = walk_to("sent")
    slot = walk.wanted(walk.stages(EvidenceStage)[0], ItemState.SENT)[0]
    items, rounds = Item.objects.count(), Round.objects.count()
    day = {f"{do}-dated_day": "1", f"{do}-dated_month": "May", f"{do}-dated_year": str(date.today().year - 1)}
    answer = ada.post(reverse("requirement", args=[walk.journey.ref, slot]), {"do": do} | given | day)
    page = refused_with(answer, "with the assessor")
    for name, text in given.items():
        assert name == "link-declared" or typed(page, name) == text
    assert (Item.objects.count(), Round.objects.count()) == (items, rounds)


def test_a_file_for_what_a_colleague_has_sent(walk_to: Callable[..., Walk], ada: Client) -> None:
    walk = walk_to("sent")
    slot = walk.wanted(walk.stages(EvidenceStage)[0], ItemState.SENT)[0]
    given = {"do": "file", "file-title": "The minutes", "file-upload": SimpleUploadedFile("m.txt", b"Minutes. " * 40)}
    given |= {"file-dated_day": "1", "file-dated_month": "May", "file-dated_year": str(date.today().year - 1)}
    page = refused_with(ada.post(reverse("requirement", args=[walk.journey.ref, slot]), given), "with the assessor")
    assert typed(page, "file-title") == "The minutes"


def test_a_case_study_that_a_colleague_has_sent(walk_to: Callable[..., Walk], ada: Client, today: date) -> None:
    walk = walk_to("registered")
    piece = walk.stages(CaseStudyStage)[0].pieces[0].id
    address = reverse("piece", args=[walk.journey.ref, piece])
    ticks = {"declare-consent": "on", "declare-took-part": "on"}
    ada.post(address, {"do": "write", "text": STORY, **ticks})
    ada.post(address, {"do": "send", "send-note": ""})
    better = f"Another beginning. {STORY}"
    page = refused_with(
        ada.post(address, {"do": "write", "text": better, **ticks}), "with the assessor", home(walk.journey)
    )
    assert typed(page, "text").startswith("Another beginning.")
    again = ada.post(address, {"do": "send", "send-note": "The ending is new."})
    page = refused_with(again, "with the assessor", home(walk.journey))
    assert typed(page, "send-note") == "The ending is new."
    assert Round.objects.filter(journey=walk.journey, slot=piece).count() == 1
    assert not Remark.objects.exists()


def test_a_case_study_that_a_colleague_has_kept(
    walk_to: Callable[..., Walk], people: Cast, as_user: Callable[[User], Client], ada: Client
) -> None:
    """Both began with an empty page. The second is shown the first's text beside their own, and then decides."""
    walk = walk_to("registered")
    piece = walk.stages(CaseStudyStage)[0].pieces[0].id
    address = reverse("piece", args=[walk.journey.ref, piece])
    ticks = {"do": "write", "declare-consent": "on", "declare-took-part": "on", "seen": ""}
    ada.post(address, {"text": f"Ada wrote this. {STORY}", **ticks})
    bea = as_user(people.bea)
    page = refused_with(bea.post(address, {"text": f"Bea wrote this. {STORY}", **ticks}), "A colleague has kept")
    assert typed(page, "text").startswith("Bea wrote this.")
    assert "The text that Ada Marsh kept" in page.text_content()
    assert "Ada wrote this." in page.text_content()
    assert Item.objects.get(removed_at__isnull=True).text.startswith("Ada wrote this.")
    (seen,) = page.xpath("//form[@id='write']//input[@name='seen']/@value")
    answer = bea.post(address, {"text": f"Both wrote this. {STORY}", **ticks, "seen": seen})
    assert answer.status_code == 303
    assert Item.objects.get(removed_at__isnull=True).text.startswith("Both wrote this.")


def test_a_draft_of_a_case_study_older_than_a_colleagues_text(
    walk_to: Callable[..., Walk], people: Cast, as_user: Callable[[User], Client], ada: Client
) -> None:
    walk = walk_to("registered")
    piece = walk.stages(CaseStudyStage)[0].pieces[0].id
    address = reverse("piece", args=[walk.journey.ref, piece])
    bea = as_user(people.bea)
    bea.post(draft_url(f"piece:{walk.journey.ref}:{piece}"), {"do": "write", "seen": "", "text": "Bea began"})
    ticks = {"do": "write", "declare-consent": "on", "declare-took-part": "on", "seen": ""}
    ada.post(address, {"text": f"Ada wrote this. {STORY}", **ticks})
    page = html.document_fromstring(bea.get(address).content)
    assert typed(page, "text") == "Bea began"
    assert "Ada wrote this." in page.text_content()
    assert page.xpath("//form[@id='write']//input[@name='seen']/@value") == [""], "sending it is asked about once more"


def test_a_role_that_cannot_be_changed(people: Cast, ada: Client) -> None:
    address = reverse("colleagues", args=[people.provider.slug])
    who = f"{people.ada.ref}:lead"
    page = refused_with(ada.post(address, {"do": "change", "who": who, "role": "reader"}), "Somebody else must")
    (chosen,) = page.xpath("//form[.//input[@value='change']]//input[@type='radio' and @checked]/@value")
    assert chosen == "reader"
    assert Membership.objects.get(user=people.ada, ended_at__isnull=True).role == "lead"
    page = refused_with(ada.post(address, {"do": "end", "who": who}), "Somebody else must")
    invited = ada.post(address, {"do": "invite", "email": people.bea.email, "role": "contributor"})
    assert typed(refused_with(invited, "has that role already"), "email") == people.bea.email


def test_an_application_begun_twice(people: Cast, ada: Client, journey_at: Callable[..., Journey]) -> None:
    journey = journey_at("begun")
    slug = people.provider.slug
    assert journey.service is not None
    answer = ada.post(reverse("apply", args=[slug, "qim"]), {"service": journey.service.ref})
    page = refused_with(answer, "There is an application", reverse("service_home", args=[slug]))
    assert typed(page, "service") == journey.service.ref
