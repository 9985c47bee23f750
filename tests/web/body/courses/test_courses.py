"""The list of courses, and one course from draft to cancelled."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pypdf
import pytest
from django.test import Client
from icalendar import Calendar

from kithwork.courses import actions
from kithwork.courses.models import Offering, Place
from kithwork.ledger.models import Record
from kithwork.procedures.sample import Cast
from tests.web.body.courses.conftest import moment

pytestmark = pytest.mark.django_db

DETAILS = {
    "kind": "course", "title": "Mentor course", "outline": "What mentors do", "capacity": "12", "serves": "",
    "price_note": "Free", "offer_days": "5",
}  # fmt: skip


def day(when: date, name: str = "day") -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def part(when: date, **more: object) -> dict[str, object]:
    return {"title": "", "starts": "09:30", "ends": "4.30pm", "place": "The Hall", "link": "", "hours_taught": "6",
            "hours_self_study": "", "homework": "", **day(when), **more}  # fmt: skip


def test_from_nothing_to_published(olu: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    page = olu.get(at("courses")).content.decode()
    assert "No courses or meetings are to come" in page
    answer = olu.post(at("course_new"), DETAILS)
    offering = Offering.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, at("part_new", offering.ref))
    assert (offering.title, offering.capacity, offering.offer_days, offering.made_by) == (
        "Mentor course", 12, 5, people.olu,
    )  # fmt: skip
    assert "is a draft without days" in olu.get(at("course", offering.ref)).content.decode()
    first = today + timedelta(days=30)
    answer = olu.post(at("part_new", offering.ref), {**part(first), "then": "another"})
    assert answer["Location"] == at("part_new", offering.ref)
    page = olu.get(at("part_new", offering.ref)).content.decode()
    assert 'value="16:30"' in page, "a new part begins as a copy of the last"
    assert f'value="{(first + timedelta(days=1)).day}"' in page
    answer = olu.post(at("part_new", offering.ref), {**part(first + timedelta(days=14)), "then": "done"})
    assert answer["Location"] == at("course", offering.ref)
    assert offering.parts.count() == 2
    assert "Publish ‘Mentor course’?" in olu.get(at("course_publish", offering.ref)).content.decode()
    assert olu.post(at("course_publish", offering.ref)).status_code == 303
    offering.refresh_from_db()
    assert offering.published_on == today
    assert "published already" in olu.get(at("course_publish", offering.ref)).content.decode()
    assert olu.post(at("course_publish", offering.ref)).status_code == 409
    assert "0 of 12 places are taken" in olu.get(at("course", offering.ref)).content.decode()


def test_faulty_forms_keep_what_was_typed(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], today: date
) -> None:
    answer = olu.post(at("course_new"), {**DETAILS, "title": "", "price_note": "£450 a head"})
    assert answer.status_code == 422
    assert "£450 a head" in answer.content.decode()
    assert not Offering.objects.exists()
    offering = offer()
    for wrong in ({"ends": "09:00"}, {"starts": "half nine"}, {"place": "", "link": ""}, {"day_month": "13"}):
        answer = olu.post(at("part_new", offering.ref), {**part(today), "homework": "Read me", **wrong})
        assert answer.status_code == 422, wrong
        assert "Read me" in answer.content.decode()
    answer = olu.post(at("part_new", offering.ref), part(today, hours_taught="9", title="Kept title"))
    assert answer.status_code == 409
    assert "More hours are taught than it lasts" in answer.content.decode()
    assert "Kept title" in answer.content.decode()
    assert offering.parts.count() == 2


def test_serves_a_stage_of_a_published_scheme(olu: Client, at: Callable[..., str], qim: object) -> None:
    page = olu.get(at("course_new")).content.decode()
    stage = re.findall(r'value="(qim/[a-z-]+)"', page)[0]
    assert olu.post(at("course_new"), {**DETAILS, "serves": stage}).status_code == 303
    offering = Offering.objects.get()
    assert f"{offering.scheme}/{offering.stage}" == stage
    assert olu.post(at("course_new"), {**DETAILS, "serves": "qim/nothing"}).status_code == 422
    page = olu.get(at("body_schemes")).content.decode()
    assert "1 to come" in page
    assert f"{at('courses')}?scheme=qim" in page
    Offering.objects.update(stage="gone")
    assert olu.post(at("course_change", offering.ref), {**DETAILS, "serves": "qim/gone"}).status_code == 303


def test_the_list_is_searched_narrowed_sorted_and_exported(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    later, gone = offer(title="Later", days=(40, 54)), offer(title="Called off")
    offer(title="=Sooner", days=(20,), kind="briefing")
    offer(title="Bygone", days=(-3,))
    offer(title="Sketch", published=False)
    actions.cancel(offering=gone, reason="No tutor", by=people.olu, now=moment(gone.parts.all()[0].day))
    ask(later, people.ada)
    page = olu.get(at("courses")).content.decode()
    assert "1 request for a place waits for your answer" in page
    assert page.index("=Sooner") < page.index("Sketch") < page.index("Later")
    assert "Bygone" not in page
    assert "Called off" not in page

    def titles(query: str) -> list[str]:
        text = olu.get(at("courses") + f"?format=csv&{query}").content.decode("utf-8-sig")
        return [row["Title"] for row in csv.DictReader(io.StringIO(text))]

    assert titles("when=past") == ["Bygone"]
    assert titles("when=cancelled") == ["Called off"]
    assert titles("kind=briefing") == ["'=Sooner"]
    assert titles("needs=asked") == ["Later"]
    assert titles("q=later hall") == ["Later"], "two parts in the same place, one row"
    assert titles("sort=-title") == ["Sketch", "Later", "'=Sooner"]
    assert len(titles("when=all")) == 5
    text = olu.get(at("courses") + "?format=csv&q=hall").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Parts"] for row in rows if row["Title"] == "Later"] == ["2"]


def test_confirms_and_says_who_waits(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering = offer(capacity=1)
    ada, bea = ask(offering, people.ada), ask(offering, people.bea)
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "2 requests wait for your answer" in page
    answer = olu.post(at("course_confirm", offering.ref, ada.ref))
    assert answer.status_code == 303
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "Ada Marsh has a confirmed place" in page
    assert "1 request went on the waiting list" in page
    assert "1 of 1 place is taken" in page
    answer = olu.post(at("course_confirm", offering.ref, bea.ref))
    assert answer.status_code == 409
    assert "1 of 1 place is taken" in answer.content.decode()
    bea.refresh_from_db()
    assert bea.state == "waiting"


def test_more_room_moves_up(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering = offer(capacity=1)
    ask(offering, people.ada, confirmed=True)
    ask(offering, people.bea)
    given = {**DETAILS, "title": "Renamed", "capacity": "2"}
    assert olu.post(at("course_change", offering.ref), given).status_code == 303
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "Bea Okoro moved up" in page
    assert "Renamed" in page
    answer = olu.post(at("course_change", offering.ref), {**given, "capacity": "1", "price_note": "Typed"})
    assert answer.status_code == 409
    assert "Typed" in answer.content.decode()


def test_offers_that_ran_out_are_taken_back(
    olu: Client,
    at: Callable[..., str],
    offer: Callable[..., Offering],
    ask: Callable[..., Place],
    people: Cast,
    today: date,
) -> None:
    offering = offer(capacity=1)
    ada = ask(offering, people.ada, confirmed=True)
    bea, cid = ask(offering, people.bea), ask(offering, people.cid)
    assert olu.get(at("course_offers", offering.ref)).status_code == 405
    actions.withdraw(place=ada, by=people.ada, now=moment(today - timedelta(days=20)))
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "1 offer has run out without an answer" in page
    assert olu.post(at("course_offers", offering.ref)).status_code == 303
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "1 offer taken back. Cid Pryce moved up" in page
    assert Place.objects.get(pk=bea.pk).end == "lapsed"
    assert Place.objects.get(pk=cid.pk).state == "offered"


def test_closes_and_takes_requests_again(olu: Client, at: Callable[..., str], offer: Callable[..., Offering]) -> None:
    offering = offer()
    assert olu.post(at("course_close", offering.ref), {"reason": "Enough"}).status_code == 303
    assert "Enough" in olu.get(at("course", offering.ref)).content.decode()
    assert "again?" in olu.get(at("course_close", offering.ref)).content.decode()
    assert olu.post(at("course_close", offering.ref)).status_code == 303
    offering.refresh_from_db()
    assert offering.closed_on is None


def test_cancels_with_a_reason_and_then_offers_alternatives(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering, other = offer(title="First"), offer(title="Second", days=(60,))
    ada = ask(offering, people.ada, confirmed=True)
    page = olu.get(at("course_cancel", offering.ref)).content.decode()
    assert "1 of 3 places are taken; 1 person is concerned" in page
    assert olu.post(at("course_cancel", offering.ref), {"reason": ""}).status_code == 422
    assert olu.post(at("course_cancel", offering.ref), {"reason": "The tutor is ill"}).status_code == 303
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "First is cancelled" in page
    assert "The tutor is ill" in page
    assert "Nothing yet" in page
    assert olu.post(at("course_cancel", offering.ref), {"reason": "Again"}).status_code == 409
    url = at("course_alternative", offering.ref, ada.ref)
    assert "3 of 3 places free" in olu.get(url).content.decode()
    assert olu.post(url, {"offering": offering.ref}).status_code == 422
    assert olu.post(url, {"offering": other.ref}).status_code == 303
    assert other.places.get().state == "offered"
    assert "Was offered ‘Second’" in olu.get(at("course", offering.ref)).content.decode()
    answer = olu.post(url, {"offering": other.ref})
    assert answer.status_code == 409
    assert "offered already" in answer.content.decode()


def test_moves_and_changes_a_part(
    olu: Client,
    at: Callable[..., str],
    offer: Callable[..., Offering],
    ask: Callable[..., Place],
    people: Cast,
    today: date,
) -> None:
    offering = offer()
    ask(offering, people.ada)
    url = at("part_move", offering.ref, 2)
    assert "People have places" in olu.get(url).content.decode()
    given = {k: v for k, v in part(today + timedelta(days=50)).items() if k not in {"title", "homework"}}
    assert olu.post(url, {**given, "place": "", "link": ""}).status_code == 422
    assert olu.post(url, given).status_code == 303
    page = olu.get(at("course", offering.ref)).content.decode()
    assert "It concerns 1 person" in page
    assert offering.parts.get(number=2).day == today + timedelta(days=50)
    assert olu.post(url, given).status_code == 409
    url = at("part_change", offering.ref, 1)
    about = {
        "title": "Listening",
        "hours_taught": "5.5",
        "hours_self_study": "2",
        "homework": "Write",
        **day(today, "homework_due"),
    }
    assert olu.post(url, about).status_code == 303
    assert "Part 1: Listening" in olu.get(at("course", offering.ref)).content.decode()
    assert olu.post(url, {**about, "homework": ""}).status_code == 409
    assert olu.post(url, {**about, "hours_taught": "many"}).status_code == 422


def test_takes_a_part_out_of_a_draft(olu: Client, at: Callable[..., str], offer: Callable[..., Offering]) -> None:
    draft = offer(published=False)
    assert "Take out" in olu.get(at("course", draft.ref)).content.decode()
    assert olu.post(at("part_remove", draft.ref, 1)).status_code == 303
    assert draft.parts.count() == 1
    assert olu.post(at("part_remove", offer().ref, 1)).status_code == 409
    assert olu.get(at("part_remove", draft.ref, 1)).status_code == 405


def test_gives_its_outline_and_its_days(
    today: date, olu: Client, at: Callable[..., str], offer: Callable[..., Offering], people: Cast
) -> None:
    offering = offer(outline="What mentors do")
    answer = olu.get(at("course_calendar", offering.ref))
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 2
    answer = olu.get(at("course_outline", offering.ref))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "What mentors do" in text
    assert "secret-room" not in text
    bare = actions.make(
        body=people.body,
        kind=Offering.Kind.BRIEFING,
        title="Bare",
        capacity=1,
        by=people.olu,
        now=moment(today),
    )
    assert olu.get(at("course_outline", bare.ref)).status_code == 404


def test_the_pages_cost_the_same_for_one_and_thirty(
    queries: Callable[[str], int], at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place]
) -> None:
    offering = offer(capacity=10)
    ask(offering, "First Person")
    ask(offering, "Second Person", confirmed=True)
    first = {name: queries(url) for name, url in (("courses", at("courses")), ("course", at("course", offering.ref)))}
    for n in range(30):
        more = offer(title=f"Another {n:02d}")
        ask(offering, f"Person {n:02d}", more, confirmed=n < 8)
    assert queries(at("courses")) == first["courses"] <= 10
    assert queries(at("course", offering.ref)) == first["course"] <= 16


SEEN = ("course", "course_outline", "course_calendar", "course_register")
WRITTEN = ("course_change", "course_publish", "course_close", "course_cancel", "part_new", "course_feedback")


@pytest.mark.parametrize(
    ("name", "method"),
    [
        *((name, "get") for name in (*SEEN, *WRITTEN)),
        *((name, "post") for name in (*WRITTEN, "course_offers")),
    ],
)
def test_a_course_is_for_officers_of_its_body_alone(
    name: str,
    method: str,
    turned_away_here: Callable[..., None],
    at: Callable[..., str],
    offer: Callable[..., Offering],
) -> None:
    offering = offer()
    before = Offering.objects.values().get(), Record.objects.count()
    turned_away_here(at(name, offering.ref), method)
    # the other body and its officer were set up by the check itself
    assert (Offering.objects.values().get(), Record.objects.exclude(act__startswith="organisation.").count()) == (
        before[0],
        Record.objects.filter(seq__lte=before[1]).exclude(act__startswith="organisation.").count(),
    )


@pytest.mark.parametrize("name", ["part_change", "part_move", "attendance"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_part_is_for_officers_of_its_body_alone(
    name: str,
    method: str,
    turned_away_here: Callable[..., None],
    at: Callable[..., str],
    offer: Callable[..., Offering],
) -> None:
    turned_away_here(at(name, offer().ref, 1), method)


def test_taking_a_part_out_is_for_officers_alone(
    turned_away_here: Callable[..., None], at: Callable[..., str], offer: Callable[..., Offering]
) -> None:
    draft = offer(published=False)
    turned_away_here(at("part_remove", draft.ref, 1), "post")
    assert draft.parts.count() == 2


@pytest.mark.parametrize("name", ["courses", "course_new"])
def test_the_list_is_for_officers_alone(name: str, turned_away: Callable[..., None], at: Callable[..., str]) -> None:
    turned_away(at(name))


def test_making_one_is_for_officers_alone(turned_away: Callable[..., None], at: Callable[..., str]) -> None:
    turned_away(at("course_new"), "post", **DETAILS)
    assert not Offering.objects.exists()


def test_wrong_methods_and_absent(olu: Client, at: Callable[..., str], offer: Callable[..., Offering]) -> None:
    offering = offer()
    assert olu.post(at("courses")).status_code == 405
    assert olu.post(at("course", offering.ref)).status_code == 405
    assert olu.put(at("course_new")).status_code == 405
    assert olu.get(at("course", "bcdfghjkmnpq")).status_code == 404
    assert olu.get(at("part_move", offering.ref, 3)).status_code == 404


def test_its_acts_are_told_in_words(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    ask(offer(), people.ada, confirmed=True)
    page = olu.get(at("body_ledger") + "?about=course.").content.decode()
    for words in ("Set up a course", "Published a course", "Asked for a place", "Confirmed a place"):
        assert words in page
    assert "course." not in page.split("<tbody")[1].split("</tbody")[0]
