"""The stages in which the body itself acts, as officers go through them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kithwork.assessment.models import Decision
from kithwork.awards.models import Award
from kithwork.core.journey import ActKind
from kithwork.core.schemes import Role as Acting
from kithwork.courses.models import Place
from kithwork.journeys.models import Draft, EntryRow, Journey, Response
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast, Walk
from tests.web.body import lantern
from tests.web.body.stages.ground import FILLED, RECORD, RISK, VOICE, YES, As, At, Road, When, came


def test_the_whole_road_by_the_bodys_own_pages(
    road: Road, olu: Client, pat: Client, quin: Client, cleo: Client, at: At, people: Cast, today: date
) -> None:
    journey = road("panel")
    for client in (pat, quin):
        assert client.post(at("body_stage", journey.ref, "panel"), VOICE).status_code == 303
    assert cleo.post(at("panel_record", journey.ref, "panel"), RECORD).status_code == 303
    assert cleo.post(at("decide", journey.ref, "panel"), YES).status_code == 303
    position = read(journey, today).position
    assert [(act.what, act.role) for act in position.acts] == [(ActKind.GRANT, Acting.OFFICER)]
    assert olu.post(at("body_stage", journey.ref, "grant")).status_code == 303
    award = Award.objects.get(journey=journey)
    assert (award.level_title, award.holder) == ("Bright", "Lanternside Mentoring")
    assert Message.objects.filter(kind="awarded", to=people.ada).exists()
    assert "Lantern Mark" in Client().get(f"/awards/{award.ref}/").content.decode()


@pytest.mark.parametrize("stage", ["papers", "risk", "agreed", "tea", "evening", "watch", "panel", "grant"])
def test_what_is_open_for_the_body_is_linked_from_where_it_is_looked_for(
    stage: str, road: Road, olu: Client, pat: Client, cleo: Client, at: At, today: date
) -> None:
    """Each open act of an officer is a link on the application's page; each of the panel's, on the panel's list."""
    journey = road(stage if stage != "grant" else "panel")
    if stage == "grant":
        for _ in range(2):
            EntryRow.objects.create(
                journey=journey, seq=EntryRow.objects.count() + 100, on=today, kind="recommended", by="panel",
                stage="panel", outcome="yes",
            )  # fmt: skip
        cleo.post(at("panel_record", journey.ref, "panel"), RECORD)
        cleo.post(at("decide", journey.ref, "panel"), YES)
    acts = read(journey, today).position.acts
    assert acts
    for act in acts:
        name = "decide" if act.what is ActKind.DECIDE else "body_stage"
        address = at(name, journey.ref, stage)
        client, page = (olu, at("body_journey", journey.ref))
        if act.role is not Acting.OFFICER:
            client, page = (pat, at("panel")) if act.role is Acting.PANEL else (cleo, at("panel"))
        if act.role is Acting.APPLICANT:
            continue
        assert f'href="{address}"' in client.get(page).content.decode(), act
        assert client.get(address).status_code == 200


def test_an_officers_checklist_is_kept_and_done_once(
    journey: Journey, olu: Client, at: At, people: Cast, as_user: As
) -> None:
    url = at("body_stage", journey.ref, "papers")
    assert "Is it dated?" in olu.get(url).content.decode()
    faulty = olu.post(url, {"signed": "yes"})
    assert faulty.status_code == 422
    assert "checked" in faulty.content.decode(), "what was answered stays"
    assert olu.post(url, FILLED).status_code == 303
    kept = Response.objects.get(stage="papers")
    assert (kept.answers, kept.by) == ({"signed": True, "dated": False}, people.olu)
    assert EntryRow.objects.get(stage="papers").by == "officer"
    again = olu.post(url, FILLED)
    assert again.status_code == 409
    assert "handed in, or is not open" in again.content.decode()
    assert "Is it dated?" in olu.get(url).content.decode(), "what was handed in can be read"
    theirs = as_user(people.ada).get(f"/journeys/{journey.ref}/stages/papers/").content.decode()
    assert "Olu Fenn" not in theirs


def test_an_officers_form_starts_from_its_draft_and_keeps_what_was_typed(
    road: Road, olu: Client, at: At, people: Cast
) -> None:
    journey = road("risk")
    url = at("body_stage", journey.ref, "risk")
    key = f"form:{journey.ref}:risk"
    assert olu.post(f"/drafts/?key={key}", {"risk": "Half a thought"}).status_code == 200
    assert "Half a thought" in olu.get(url).content.decode()
    faulty = olu.post(url, RISK | {"visits": "some"})
    assert faulty.status_code == 422
    assert "It may go out." in faulty.content.decode()
    Message.objects.all().delete()
    assert olu.post(url, RISK).status_code == 303
    assert Response.objects.get(stage="risk").answers == {"risk": "It may go out.", "visits": 2}
    assert not Draft.objects.filter(key=key).exists()
    assert not Message.objects.exists(), "the body's own form is nobody else's news"
    late = olu.post(url, RISK | {"risk": "Words typed too late"})
    assert late.status_code == 409
    assert "Words typed too late" in late.content.decode()


def test_what_the_body_writes_for_itself_the_applicant_does_not_read(road: Road, people: Cast, as_user: As) -> None:
    journey = road("agreed")
    ada = as_user(people.ada)
    for stage in ("papers", "risk"):
        page = ada.get(f"/journeys/{journey.ref}/stages/{stage}/")
        assert page.status_code == 200
        assert "It may go out." not in page.content.decode()
        assert "Answered by" not in page.content.decode()
    assert ada.post(f"/journeys/{journey.ref}/stages/papers/", FILLED).status_code == 409


def test_two_officers_decide_together_each_once(road: Road, olu: Client, una: Client, at: At, today: date) -> None:
    journey = road("agreed")
    url = at("decide", journey.ref, "agreed")
    yes = YES
    assert "Counts once all 2" in olu.get(url).content.decode()
    Message.objects.all().delete()
    assert olu.post(url, yes).status_code == 303
    twice = olu.post(url, yes)
    assert twice.status_code == 409
    assert "waits for the others" in twice.content.decode()
    assert not Message.objects.exists(), "one voice is not yet a decision"
    no = {"outcome": "no", "reason": "The lamp is broken.", "sure": "yes"}
    assert una.post(url, no).status_code == 303
    assert read(journey, today).position.status == "active", "they disagree, so nothing is decided"
    assert "different things" in olu.get(url).content.decode()
    assert "The lamp is broken." in olu.get(url).content.decode(), "both have spoken, so both are heard"
    told = set(Message.objects.values_list("kind", "to__name"))
    assert told == {("voices-differ", "Olu Fenn"), ("voices-differ", "Una Second")}, "the applicant hears nothing"
    assert una.post(url, yes).status_code == 303
    assert olu.post(url, yes).status_code == 303
    assert Message.objects.filter(kind="eligibility-decided").exists()
    assert Decision.objects.filter(journey=journey).count() == 4
    assert "tea" in read(journey, today).position.open_stages


def test_a_meeting_of_the_bodys_own_is_arranged_moved_and_held(
    road: Road, olu: Client, at: At, people: Cast, today: date, when: When
) -> None:
    journey = road("tea")
    url = at("body_stage", journey.ref, "tea")
    assert olu.post(url, {"do": "hold"}).status_code == 409
    typed = when | {"day_year": today.year - 1, "place": "The old hall"}
    past = olu.post(url, {"do": "arrange"} | typed)
    assert past.status_code == 409
    assert "The old hall" in past.content.decode()
    assert olu.post(url, {"do": "arrange", "at": "late", **typed}).status_code in {409, 422}
    later = today + timedelta(days=9)
    Message.objects.all().delete()
    day = {"day_day": later.day, "day_month": later.month, "day_year": later.year}
    assert olu.post(url, {"do": "arrange"} | when | day).status_code == 303
    assert Message.objects.filter(kind="meeting-arranged", to=people.ada).exists()
    assert "still lies ahead" in olu.get(url).content.decode()
    assert olu.post(url, {"do": "arrange"} | when).status_code == 303
    assert "10:00" in olu.get(url).content.decode() or "10am" in olu.get(url).content.decode()
    assert olu.post(url, {"do": "hold"}).status_code == 303
    assert EntryRow.objects.get(journey=journey, kind="held").by == "officer"
    assert olu.post(url, {"do": "hold"}).status_code == 409


def test_an_officer_moves_what_the_assessor_holds_but_does_not_hold_it(
    olu: Client, at: At, short_walk: Callable[..., Walk]
) -> None:
    way = short_walk("registered", start=None)
    meeting = next(stage for stage in way.edition.stages if stage.kind == "meeting")
    url = at("body_stage", way.journey.ref, meeting.id)
    assert f'href="{url}"' in olu.get(at("body_journey", way.journey.ref)).content.decode()
    page = olu.get(url).content.decode()
    assert "Arrange a time" in page
    assert "It has taken place" not in page
    assert olu.post(url, {"do": "hold"}).status_code == 409
    assert not EntryRow.objects.filter(kind="held").exists()


def test_a_place_booked_here_is_one_of_the_courses_and_attendance_comes_from_there(
    road: Road, olu: Client, at: At, people: Cast, today: date
) -> None:
    journey = road("evening")
    url = at("body_stage", journey.ref, "evening")
    page = olu.get(url).content.decode()
    assert "Set up a date" in page
    assert "serves=lantern/evening" in page
    held = lantern.evening(people, today)
    assert "2 of 2 places free" in olu.get(url).content.decode()
    assert olu.post(url, {}).status_code == 422
    assert olu.post(url, {"offering": "nonsense"}).status_code == 422
    assert olu.put(url).status_code == 405
    assert olu.post(url, {"offering": held.ref}).status_code == 303
    place = Place.objects.get()
    assert (place.state, place.purpose, place.person) == ("confirmed", journey.ref, people.ada)
    again = olu.post(url, {"offering": held.ref})
    assert again.status_code == 409
    assert "booked already" in again.content.decode()
    page = olu.get(url).content.decode()
    assert at("course_place", held.ref, place.ref) in page
    assert at("attendance", held.ref, 2) in page
    assert "Book it and tell" not in page
    came(olu, at, 1)
    came(olu, at, 2)
    assert EntryRow.objects.filter(journey=journey, kind="attended").count() == 2
    assert "Evening course: attended" in olu.get(url).content.decode()


def test_a_booking_is_not_for_others(
    road: Road, turned_away: Callable[..., None], pat: Client, at: At, people: Cast, today: date
) -> None:
    journey = road("evening")
    turned_away(at("body_stage", journey.ref, "evening"), "post", offering=lantern.evening(people, today).ref)
    assert pat.get(at("body_stage", journey.ref, "evening")).status_code == 404
    assert not Place.objects.exists()
