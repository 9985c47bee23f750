"""The self-check before registering."""

import pytest
from django.test import Client

from kithwork.core.schemes import ChecklistStage
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Draft, Journey, PublishedEdition, Response
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(qim: PublishedEdition) -> ChecklistStage:
    stage = edition_of(qim).stages[0]
    assert isinstance(stage, ChecklistStage)
    return stage


def answers(stage: ChecklistStage, *no: str) -> dict[str, str]:
    return {question.id: "no" if question.id in no else "yes" for question in stage.questions}


def test_the_only_scheme_needs_no_choice(client: Client, qim: PublishedEdition) -> None:
    assert client.get("/check/")["Location"] == "/check/qim/"


def test_several_schemes_are_offered(client: Client, qim: PublishedEdition, plain: PublishedEdition) -> None:
    text = client.get("/check/").content.decode()
    assert 'href="/check/qim/"' in text
    assert 'href="/check/plain/"' in text


def test_every_question_is_asked_of_anybody(client: Client, stage: ChecklistStage) -> None:
    text = client.get("/check/qim/").content.decode()
    assert text.count('type="radio"') == 2 * len(stage.questions)


def test_all_yes_shows_how_to_start(client: Client, stage: ChecklistStage) -> None:
    page = client.post("/check/qim/", answers(stage))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Your service looks eligible" in text
    assert "/accounts/signup/?next=%2Fstart%2Fqim%2F" in text
    assert "/accounts/login/?next=%2Fstart%2Fqim%2F" in text


def test_somebody_signed_in_goes_straight_on(as_user, people: Cast, stage: ChecklistStage) -> None:
    text = as_user(people.ada).post("/check/qim/", answers(stage)).content.decode()
    assert 'href="/start/qim/"' in text


def test_a_no_gives_its_advice_and_what_else_there_is(client: Client, stage: ChecklistStage) -> None:
    from django.utils.html import escape

    page = client.post("/check/qim/", answers(stage, "full-cycle", "membership"))
    text = page.content.decode()
    assert "Your service looks not eligible yet" in text
    asked = {question.id: question for question in stage.questions}
    for one in ("full-cycle", "membership"):
        assert escape(asked[one].asks) in text
        assert escape(asked[one].advice) in text
    assert escape(asked["funding"].advice) not in text
    assert escape(stage.otherwise) in text


def test_an_answer_left_out_keeps_the_others(client: Client, stage: ChecklistStage) -> None:
    given = answers(stage)
    del given["funding"]
    page = client.post("/check/qim/", given)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Question 4: choose yes or no" in text
    assert text.count(" checked") == len(stage.questions) - 1


def test_answers_can_be_changed(client: Client, stage: ChecklistStage) -> None:
    page = client.post("/check/qim/", answers(stage, "funding") | {"again": "yes"})
    assert page.status_code == 200
    assert page.content.decode().count(" checked") == len(stage.questions)


def test_nothing_is_kept(client: Client, stage: ChecklistStage) -> None:
    client.post("/check/qim/", answers(stage, "funding"))
    assert not any(table.objects.exists() for table in (Journey, Response, Draft))
    assert "sessionid" not in client.cookies


def test_an_answer_made_up_is_none(client: Client, stage: ChecklistStage) -> None:
    page = client.post("/check/qim/", answers(stage) | {"funding": "<script>"})
    assert page.status_code == 422
    assert "<script>" not in page.content.decode().replace("<script src", "").replace("<script type", "")


def test_a_scheme_for_persons_speaks_to_them(client: Client, plain: PublishedEdition) -> None:
    asked = client.get("/check/plain/").content.decode()
    assert "<b>sure</b>" not in asked
    assert "<i>you</i>" not in asked
    text = client.post("/check/plain/", {"sure": "yes"}).content.decode()
    assert "You look eligible" in text
    assert "/start/" not in text
    assert "Read &lt;more&gt; first." in client.post("/check/plain/", {"sure": "no"}).content.decode()


def test_a_form_from_elsewhere_is_refused(stage: ChecklistStage) -> None:
    assert Client(enforce_csrf_checks=True).post("/check/qim/", answers(stage)).status_code == 403


def test_other_methods_are_refused(client: Client, stage: ChecklistStage) -> None:
    assert client.put("/check/qim/").status_code == 405
    assert client.post("/check/").status_code == 405
