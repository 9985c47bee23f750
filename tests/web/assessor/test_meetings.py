"""Arranging, holding, the visit's checklist, the interviews, and the recommendation."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from kithwork.assessment.models import Arrangement, Finding, Interview, Recommendation
from kithwork.core.journey import StageState
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast, Walk
from tests.web.ids import twice


def to(walk: Walk, name: str, *args: str) -> str:
    return reverse(name, args=[walk.journey.ref, *args])


def at(day: date, **more: str) -> dict[str, str]:
    return {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year), "at": "2.30pm", **more}


@pytest.fixture
def online(walk_to: Callable[..., Walk]) -> Walk:
    return walk_to("online-done")


@pytest.fixture
def held(online: Walk, dot: Client, today: date) -> Walk:
    """The visit is held; nothing is found yet."""
    dot.post(to(online, "arrange", "visit"), at(today, mode="on site", place="The old pier", at="23:30"))
    dot.post(to(online, "hold", "visit"), {"mode": "on site"})
    return online


def test_arranges_a_meeting(online: Walk, dot: Client, today: date) -> None:
    day = today + timedelta(days=9)
    answer = dot.post(to(online, "arrange", "first-meeting"), at(day, place="https://example.org/call"))
    assert (answer.status_code, answer["Location"]) == (303, to(online, "case"))
    row = Arrangement.objects.get()
    assert (row.starts_at.date(), row.place) == (day, "https://example.org/call")
    assert b"https://example.org/call" in dot.get(to(online, "case")).content
    page = dot.get(to(online, "arrange", "first-meeting")).content  # moving it starts from what is arranged
    assert b"Move it to another time" in page
    assert b'value="14:30"' in page


def test_a_day_gone_by_is_refused_and_the_text_kept(online: Walk, dot: Client, today: date) -> None:
    answer = dot.post(to(online, "arrange", "first-meeting"), at(today - timedelta(days=1), place="The old pier"))
    assert answer.status_code == 409
    assert b"The old pier" in answer.content
    assert not Arrangement.objects.exists()


@pytest.mark.parametrize("wrong", [{"at": "half past"}, {"day_day": "32"}, {"mode": "by pigeon"}, {"at": ""}])
def test_what_cannot_be_read_is_said(wrong: dict[str, str], online: Walk, dot: Client, today: date) -> None:
    answer = dot.post(to(online, "arrange", "visit"), at(today, mode="on site") | wrong)
    assert answer.status_code == 422
    assert not Arrangement.objects.exists()


def test_a_visit_takes_the_schemes_own_modes(online: Walk, dot: Client) -> None:
    page = dot.get(to(online, "arrange", "visit")).content
    assert b"On site" in page
    assert b"By video" in page


def test_holds_the_first_meeting(online: Walk, dot: Client) -> None:
    assert dot.post(to(online, "hold", "first-meeting")).status_code == 303
    again = dot.post(to(online, "hold", "first-meeting"))
    assert again.status_code == 409
    assert EntryRow.objects.filter(kind="held").count() == 1


def test_a_visit_is_arranged_before_it_is_held(online: Walk, dot: Client) -> None:
    assert dot.post(to(online, "hold", "visit"), {"mode": "on site"}).status_code == 409
    assert b"Arrange the visit" in dot.get(to(online, "visit", "visit")).content


def test_the_checklist_asks_to_mark_the_visit_as_held_first(online: Walk, dot: Client, today: date) -> None:
    dot.post(to(online, "arrange", "visit"), at(today, mode="by video", at="23:30"))
    page = dot.get(to(online, "visit", "visit")).content.decode()
    assert "Mark the visit as held" in page
    assert "Save findings" not in page
    answer = dot.post(to(online, "visit", "visit"), {"found-39": "met-live"})
    assert answer.status_code == 409
    assert not Finding.objects.exists()


def test_saves_what_is_filled_in_and_leaves_the_rest(held: Walk, dot: Client) -> None:
    answer = dot.post(
        to(held, "visit", "visit") + "?area=mentee-journey",
        {
            "found-39": "met-live",
            "found-40": "met-explained",
            "note-40": "Shown on last year's form.",
            "found-41": "more-nothing",
            "note-41": "Please send the consent form.",
        },
    )
    assert answer.status_code == 303
    assert answer["Location"].endswith("?area=mentee-journey")
    assert dict(Finding.objects.values_list("slot", "outcome")) == {"39": "met", "40": "met", "41": "more"}
    page = dot.get(answer["Location"]).content.decode()
    assert "3 of 23 indicators seen" in page
    assert "Shown on last year&#x27;s form." in page


def test_all_or_nothing_and_every_word_kept(held: Walk, dot: Client) -> None:
    answer = dot.post(
        to(held, "visit", "visit") + "?area=mentee-journey",
        {"found-39": "met-live", "found-40": "more-nothing", "note-41": "A note without a finding"},
    )
    assert answer.status_code == 422
    assert not Finding.objects.exists()
    page = answer.content.decode()
    assert "note what is to be sent" in page
    assert "A note without a finding" in page
    assert "checked" in page


def test_an_empty_checklist_records_nothing(held: Walk, dot: Client) -> None:
    answer = dot.post(to(held, "visit", "visit"), {})
    assert answer.status_code == 422
    assert b"Nothing has been filled in yet" in answer.content


def test_the_applicant_is_told_once_of_many_findings(held: Walk, dot: Client) -> None:
    before = Message.objects.filter(kind="feedback-given").count()
    more = {f"found-{n}": "more-nothing" for n in (39, 40, 41)} | {f"note-{n}": "Please send it." for n in (39, 40, 41)}
    dot.post(to(held, "visit", "visit") + "?area=mentee-journey", more)
    told = Message.objects.filter(kind="feedback-given").count() - before
    assert told == 2  # the lead and the contributor, once each


def test_the_checklist_is_light_and_asks_the_database_little(held: Walk, dot: Client) -> None:
    dot.get(to(held, "visit", "visit"))  # the message about the visit is shown once
    for area in ("mentee-journey", "mentor-journey", "matching-and-ending"):
        with CaptureQueriesContext(connection) as queries:
            answer = dot.get(to(held, "visit", "visit") + f"?area={area}")
        assert len(queries) <= 10
        assert len(answer.content) < 60_000


INTERVIEW = {
    "form": "individual",
    "people": "1",
    "mode": "by video",
    "minutes": "18",
    "eligible": "on",
    "note-1": "Well.",
}


def test_records_an_interview(online: Walk, dot: Client) -> None:
    address = to(online, "interview", "interviews", "mentors")
    page = dot.get(address).content.decode()
    assert "How were you introduced to the service" in page
    assert "Each mentor has been in a match" in page
    answer = dot.post(address, INTERVIEW)
    assert answer.status_code == 303
    row = Interview.objects.get()
    assert (row.minutes, row.notes, row.eligible) == (18, {"1": "Well."}, True)
    assert "1 more wanted" in dot.get(address).content.decode()


@pytest.mark.parametrize(("departs", "says"), [({"minutes": "35"}, "35 minutes"), ({"eligible": ""}, "were kept")])
def test_an_interview_that_departs_from_the_scheme_counts_with_its_reason(
    departs: dict[str, str], says: str, online: Walk, dot: Client
) -> None:
    address = to(online, "interview", "interviews", "mentors")
    asked = html.fromstring(dot.post(address, INTERVIEW | departs).content)
    assert says in asked.xpath("string(//div[@id='id_reason_error'])")
    assert not Interview.objects.exists()
    answer = dot.post(address, INTERVIEW | departs | {"reason": "They had a lot to say."}, follow=True)
    row = Interview.objects.get()
    assert (row.reason, row.eligible) == ("They had a lot to say.", "eligible" not in departs)
    assert b"Why it counts: They had a lot to say." in answer.content
    assert b"Why it counts: They had a lot to say." in dot.get(address).content


@pytest.mark.parametrize(
    "wrong", [{"minutes": "0"}, {"minutes": ""}, {"people": "3"}, {"people": "0"}, {"mode": ""}, {"form": "crowd"}]
)
def test_an_interview_that_does_not_add_up_is_not_kept(wrong: dict[str, str], online: Walk, dot: Client) -> None:
    answer = dot.post(to(online, "interview", "interviews", "mentors"), INTERVIEW | wrong)
    assert answer.status_code == 422
    assert b"Well." in answer.content
    assert not Interview.objects.exists()


def test_staff_are_not_interviewed_as_a_group(online: Walk, dot: Client) -> None:
    address = to(online, "interview", "interviews", "staff")
    assert b"A group" not in dot.get(address).content
    assert dot.post(address, INTERVIEW | {"form": "group", "people": "4"}).status_code == 422


def test_agrees_an_alternative(online: Walk, dot: Client) -> None:
    address = to(online, "interview", "interviews", "mentees")
    assert dot.post(address, {"do": "alternative", "words": ""}).status_code == 422
    assert (
        dot.post(address, {"do": "alternative", "words": "All are too ill; a wider sample of paperwork."}).status_code
        == 303
    )
    assert Interview.objects.get().form == "alternative"
    assert dot.post(address, INTERVIEW).status_code == 409  # complete


def test_recommends_only_when_all_is_in_place(walk_to: Callable[..., Walk], dot: Client) -> None:
    walk = walk_to("visited")
    address = to(walk, "recommend", "decision")
    page = dot.get(address).content.decode()
    assert "3 things are still open before you can recommend" in page
    assert "Send my recommendation" not in page
    answer = dot.post(address, {"outcome": "yes", "summary": "Kept as typed"})
    assert answer.status_code == 409
    assert b"Kept as typed" in answer.content
    assert not Recommendation.objects.exists()


def test_recommends(walk_to: Callable[..., Walk], dot: Client, today: date) -> None:
    walk = walk_to("ready")
    address = to(walk, "recommend", "decision")
    assert b"All is in place" in dot.get(address).content
    assert dot.post(address, {"outcome": "yes", "summary": ""}).status_code == 422
    said = {"outcome": "yes", "summary": "All is met.", "strengths": "Matching.", "next_time": "Write it down."}
    assert dot.post(address, said).status_code == 303
    row = Recommendation.objects.get()
    assert (row.outcome, row.strengths, row.next_time) == ("yes", "Matching.", "Write it down.")
    assert dot.post(address, said).status_code == 409
    assert read(walk.journey, today).position.stages["decision"].state is StageState.OPEN
    page = dot.get(to(walk, "case")).content.decode()
    assert "Matching." in page


@pytest.mark.slow
@pytest.mark.parametrize("point", ["registered", "sent", "online-done", "visited", "ready", "recommended", "awarded"])
def test_the_case_page_at_every_point(point: str, walk_to: Callable[..., Walk], dot: Client) -> None:
    walk = walk_to(point)
    dot.get(to(walk, "case"))
    with CaptureQueriesContext(connection) as queries:
        answer = dot.get(to(walk, "case"))
    assert answer.status_code == 200
    assert len(queries) <= 12
    for form in (answer, dot.get(to(walk, "case") + "?map=table")):
        assert len(form.content) < 60_000
        assert not twice(form.content)
    for row in answer.context["acts"]:
        assert not row.href or (dot.get(row.href).status_code, twice(dot.get(row.href).content)) == (200, [])


def test_a_holder_who_climbs_is_assessed_again(
    walk_to: Callable[..., Walk], people: Cast, dot: Client, today: date
) -> None:
    from kithwork.procedures import applying

    walk = walk_to("awarded")
    applying.raise_level(journey=walk.journey, level="excellence", by=people.ada, today=today)
    answer = dot.get(to(walk, "case"))
    assert "61 of 84" in answer.content.decode()
    assert len(answer.content) < 60_000
    assert [row.name for row in dot.get(reverse("queue")).context["rows"]] == ["Lanternside Mentoring"]
