"""Signing, the panel and its chair, and who may not come in."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from kithwork.assessment.models import Recommendation
from kithwork.core.schemes import Role as Acting
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast, Walk
from tests.web.body.stages.ground import RECORD, SEEN, VOICE, YES, At, Road, When


def test_an_officer_signs_once_and_in_their_own_name(
    road: Road, olu: Client, at: At, people: Cast, today: date, when: When
) -> None:
    journey = road("watch")
    url = at("body_stage", journey.ref, "watch")
    assert olu.post(url, {"do": "sign"}).status_code == 409
    assert olu.post(url, {"do": "arrange"} | when).status_code == 303
    assert "A lamp is lit" in olu.get(url).content.decode()
    assert olu.post(url, {"do": "sign"}).status_code == 409, "there is nothing to sign before it is written up"
    assert olu.post(url, {"do": "hold", "seen": ""}).status_code == 422
    assert olu.post(url, {"do": "hold"} | SEEN).status_code == 303
    assert "at the first try" in olu.get(url).content.decode()
    assert olu.post(url, {"do": "sign"}).status_code == 303
    row = EntryRow.objects.get(journey=journey, kind="signed")
    assert (row.by, row.signed_by) == ("officer", people.olu)
    assert olu.post(url, {"do": "sign"}).status_code == 409
    assert [act.role for act in read(journey, today).position.acts] == [Acting.APPLICANT]


def test_a_panels_members_speak_once_each_and_the_chair_decides(
    road: Road, pat: Client, quin: Client, cleo: Client, olu: Client, at: At, today: date
) -> None:
    journey = road("panel")
    stage, decide = at("body_stage", journey.ref, "panel"), at("decide", journey.ref, "panel")
    page = pat.get(stage).content.decode()
    assert "The oil" in page, "the points of the record"
    assert "To be seen." in page, "what was handed in"
    assert pat.post(stage, VOICE | {"summary": ""}).status_code == 422
    assert cleo.post(decide, YES).status_code == 409, "before the members"
    assert pat.post(stage, VOICE).status_code == 303
    twice = pat.post(stage, VOICE | {"summary": "Typed a second time"})
    assert twice.status_code == 409
    assert "Typed a second time" in twice.content.decode()
    listed = pat.get(at("panel")).content.decode()
    assert "You have spoken" in listed
    assert "Nothing waits for you" in listed
    assert "1 application waits for you" in quin.get(at("panel")).content.decode()
    assert "1 application waits for the panel" in olu.get(at("panel")).content.decode()
    assert "It burns." not in quin.get(stage).content.decode(), "everybody makes up their own mind first"
    assert quin.post(stage, VOICE | {"outcome": "no", "summary": "It smokes."}).status_code == 303
    page = cleo.get(decide).content.decode()
    assert "It burns." in page
    assert "It smokes." in page
    assert "record first" in cleo.post(decide, YES).content.decode()
    assert cleo.post(at("panel_record", journey.ref, "panel"), RECORD).status_code == 303
    halves = cleo.post(decide, YES)
    assert halves.status_code == 409, "a yes needs the majority"
    assert cleo.post(decide, {"outcome": "more", "reason": "Look again."}).status_code == 303
    for client in (pat, quin):
        assert client.post(stage, VOICE).status_code == 303, "after a decision all speak anew"
    assert cleo.post(decide, YES).status_code == 409, "and the record is of this round"
    assert cleo.post(at("panel_record", journey.ref, "panel"), RECORD).status_code == 303
    assert cleo.post(decide, YES).status_code == 303
    assert Recommendation.objects.filter(stage="panel").count() == 4
    assert Message.objects.filter(kind="decided").exists()
    assert "grant" in read(journey, today).position.open_stages


def test_the_panel_sees_its_own_stage_and_nothing_else_of_the_body(
    road: Road, pat: Client, cleo: Client, at: At, people: Cast
) -> None:
    journey = road("agreed")
    own = [at("body_stage", journey.ref, "panel"), at("decide", journey.ref, "panel")]
    shut = [
        at("body_journey", journey.ref),
        at("body_stage", journey.ref, "risk"),
        at("body_stage", journey.ref, "grant"),
        at("body_answers", journey.ref, "ask"),
        at("decide", journey.ref, "agreed"),
        at("clock", journey.ref),
        at("body_home"),
        at("invoices"),
        at("body_people"),
        at("outbox"),
    ]
    for client in (pat, cleo):
        assert client.get(at("panel")).status_code == 200
        assert client.get("/home/")["Location"] == at("panel")
        for url in (*own, *shut):
            assert client.get(url).status_code == 404, f"{url}: the panel has not opened yet"
    road("panel")
    for client in (pat, cleo):
        for url in own:
            assert client.get(url).status_code == 200
        for url in shut:
            assert client.get(url).status_code == 404, url


def test_only_officers_and_the_panel_come_in(road: Road, turned_away: Callable[..., None], at: At) -> None:
    journey = road("tea")
    turned_away(at("body_stage", journey.ref, "tea"))
    turned_away(at("body_stage", journey.ref, "tea"), "post", do="hold")
    turned_away(at("keep_duty", journey.ref, "oil"))
    turned_away(at("panel"))


def test_stages_that_are_not_the_bodys_have_no_page_here(
    road: Road, olu: Client, at: At, short_walk: Callable[..., Walk]
) -> None:
    journey = road("tea")
    assert olu.get(at("body_stage", journey.ref, "ask")).status_code == 404
    assert olu.get(at("body_stage", journey.ref, "none")).status_code == 404
    way = short_walk("registered", start=None)
    for stage in ("online", "registration", "decision"):
        assert olu.get(at("body_stage", way.journey.ref, stage)).status_code == 404


def test_a_duty_is_confirmed_by_the_body(
    road: Road, olu: Client, pat: Client, quin: Client, cleo: Client, at: At, today: date
) -> None:
    journey = road("panel")
    url = at("keep_duty", journey.ref, "oil")
    assert olu.post(url).status_code == 409, "nothing is held yet"
    for client in (pat, quin):
        client.post(at("body_stage", journey.ref, "panel"), VOICE)
    cleo.post(at("panel_record", journey.ref, "panel"), RECORD)
    cleo.post(at("decide", journey.ref, "panel"), YES)
    olu.post(at("body_stage", journey.ref, "grant"))
    assert "The lamp is filled every year." in olu.get(url).content.decode()
    assert olu.post(url).status_code == 303
    duty = next(one for one in read(journey, today).position.duties if one.id == "oil")
    assert duty.kept == today
    assert olu.get(at("keep_duty", journey.ref, "none")).status_code == 404


def test_an_optional_fee_is_invoiced_when_the_body_likes(road: Road, olu: Client, at: At) -> None:
    journey = road("agreed")
    url = at("issue_invoice", journey.ref, "bulbs")
    assert "is not due yet" in olu.get(url).content.decode()
    road("tea")
    assert f'href="{url}"' in olu.get(at("body_journey", journey.ref)).content.decode()
    assert "£15" in olu.get(url).content.decode()
    assert olu.post(url, {"how": "known"}).status_code == 303
    assert f'href="{url}"' not in olu.get(at("body_journey", journey.ref)).content.decode()
