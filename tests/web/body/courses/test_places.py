"""One person's place, attendance on a tablet, feedback."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pypdf
import pytest
from django.test import Client

from kithwork.courses import actions
from kithwork.courses.models import Attendance, FeedbackResponse, Homework, Offering, Place
from kithwork.courses.queries import standing_of_place
from kithwork.courses.questions import QUESTIONS
from kithwork.journeys.models import Journey
from kithwork.procedures.sample import Cast
from tests.web.body.courses.conftest import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(offer: Callable[..., Offering]) -> Offering:
    """A course of which one day was a week ago and one is today."""
    return offer(title="Two days", days=(-7, 0), capacity=40)


def day(when: date, name: str) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def test_tells_the_choices_and_turns_down_with_a_reason(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    first, second = offer(title="First"), offer(title="Second")
    place = ask(first, people.ada, second)
    page = olu.get(at("course_place", first.ref, place.ref)).content.decode()
    assert "Ada Marsh waits for your answer" in page
    assert "First choice" in page
    assert "Choice 2 of 2" in page
    url = at("course_end", first.ref, place.ref)
    assert "Turn down the request of Ada Marsh?" in olu.get(url).content.decode()
    assert olu.post(url, {"reason": ""}).status_code == 422
    assert olu.post(url, {"reason": "Not approved"}).status_code == 303
    assert "declined: by you" in olu.get(at("course", first.ref)).content.decode()
    place.refresh_from_db()
    assert (place.state, place.reason) == ("declined", "Not approved")
    assert olu.post(url, {"reason": "Again"}).status_code == 409
    assert "Not approved" in olu.get(at("course_place", first.ref, place.ref)).content.decode()


def test_ending_a_place_offers_it_on(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering = offer(capacity=1)
    ada = ask(offering, people.ada, confirmed=True)
    ask(offering, people.bea)
    assert olu.post(at("course_end", offering.ref, ada.ref), {"reason": "Rang"}).status_code == 303
    assert "Bea Okoro moved up" in olu.get(at("course", offering.ref)).content.decode()


def test_leads_to_the_application_it_is_for(
    today: date,
    olu: Client,
    at: Callable[..., str],
    offer: Callable[..., Offering],
    people: Cast,
    journey_at: Callable[..., Journey],
) -> None:
    journey = journey_at("applied")
    offering = offer()
    place = actions.ask(
        person=people.ada, offerings=[offering], by=people.ada, now=moment(today), purpose=journey.ref
    ).place
    assert at("body_journey", journey.ref) in olu.get(at("course_place", offering.ref, place.ref)).content.decode()
    Place.objects.update(purpose="bcdfghjkmnpq")
    assert "The application" not in olu.get(at("course_place", offering.ref, place.ref)).content.decode()


def test_a_letter_for_confirmed_places_alone(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering = offer(price_note="£450")
    ada, bea = ask(offering, people.ada, confirmed=True), ask(offering, people.bea)
    answer = olu.get(at("course_letter", offering.ref, ada.ref))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    for said in ("Ada Marsh", "Four days", "£450", "secret-room", "09:30 to 16:30"):
        assert said in text.replace("\u200b", "")
    assert olu.get(at("course_letter", offering.ref, bea.ref)).status_code == 404


def test_no_other_date_has_room(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering, other = offer(), offer(title="Full", capacity=1)
    offer(title="Another kind", kind="gathering")
    place = ask(offering, people.ada)
    ask(other, people.bea, confirmed=True)
    page = olu.get(at("course_alternative", offering.ref, place.ref)).content.decode()
    assert "No other of its kind has a place free" in page


def test_notes_attendance_and_homework(
    olu: Client, at: Callable[..., str], held: Offering, ask: Callable[..., Place], people: Cast, today: date
) -> None:
    ada, bea, cid = (ask(held, person, confirmed=True) for person in (people.ada, people.bea, people.cid))
    url = at("attendance", held.ref, 1)
    page = olu.get(url).content.decode()
    assert "3 people are still to be noted" in page
    given = {
        f"state_{ada.ref}": "present", f"work_{ada.ref}": "on",
        f"state_{bea.ref}": "partly", f"minutes_{bea.ref}": "200",
    }  # fmt: skip
    assert olu.post(url, given).status_code == 303
    assert {(row.place_id, row.state, row.minutes) for row in Attendance.objects.all()} == {
        (ada.pk, "present", None),
        (bea.pk, "partly", 200),
    }
    assert Homework.objects.get().place == ada
    page = olu.get(url).content.decode()
    assert "1 person is still to be noted" in page
    assert f'name="initial-state_{ada.ref}"' in page
    page = olu.get(at("course_register", held.ref)).content.decode()
    assert "0 of 3 people have completed" in page
    assert "Some of it, 200 min" in page
    rows = list(
        csv.DictReader(
            io.StringIO(olu.get(at("course_register", held.ref) + "?format=csv").content.decode("utf-8-sig"))
        )
    )
    assert [(row["Name"], row["Hours taught"], row["Self-study"]) for row in rows] == [
        ("Ada Marsh", "6.00", "3.00"), ("Bea Okoro", "3.33", "0"), ("Cid Pryce", "0", "0"),
    ]  # fmt: skip
    assert cid.pk


def test_faulty_attendance_keeps_what_was_chosen(
    olu: Client, at: Callable[..., str], held: Offering, ask: Callable[..., Place], people: Cast
) -> None:
    ada = ask(held, people.ada, confirmed=True)
    url = at("attendance", held.ref, 1)
    answer = olu.post(url, {f"state_{ada.ref}": "partly"})
    assert answer.status_code == 422
    assert "Ada Marsh: enter how many minutes" in answer.content.decode()
    assert 'value="partly" checked' in answer.content.decode()
    assert olu.post(url, {f"state_{ada.ref}": "partly", f"minutes_{ada.ref}": "900"}).status_code == 409
    assert not Attendance.objects.exists()


def test_nobodys_newer_note_is_overwritten(
    olu: Client, at: Callable[..., str], held: Offering, ask: Callable[..., Place], people: Cast
) -> None:
    ada, bea = ask(held, people.ada, confirmed=True), ask(held, people.bea, confirmed=True)
    url = at("attendance", held.ref, 1)
    assert olu.post(url, {f"state_{ada.ref}": "absent"}).status_code == 303
    answer = olu.post(url, {f"state_{ada.ref}": "present", f"state_{bea.ref}": "present"})
    assert answer.status_code == 409
    assert "Ada Marsh was noted as absent by somebody else" in answer.content.decode()
    assert Attendance.objects.get().place == ada
    untouched = {f"initial-state_{ada.ref}": "", f"state_{ada.ref}": "", f"state_{bea.ref}": "present"}
    assert olu.post(url, untouched).status_code == 303
    assert Attendance.objects.get(place=ada).state == "absent", "what was not touched stays"
    unaware = {f"initial-state_{ada.ref}": "present", f"state_{ada.ref}": "present"}
    assert olu.post(url, unaware).status_code == 303
    assert Attendance.objects.get(place=ada).state == "absent", "what was left as it was seen stays as it is"
    changed = {f"initial-state_{ada.ref}": "absent", f"state_{ada.ref}": "present"}
    assert olu.post(url, changed).status_code == 303
    assert Attendance.objects.get(place=ada).state == "present"


def test_attendance_waits_for_the_day(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering = offer()
    ada = ask(offering, people.ada, confirmed=True)
    url = at("attendance", offering.ref, 1)
    assert "from the day itself" in olu.get(url).content.decode()
    assert olu.post(url, {f"state_{ada.ref}": "present"}).status_code == 409
    assert "has not begun" in olu.get(at("course_register", offering.ref)).content.decode()


def test_catches_up_and_hands_in(
    olu: Client, at: Callable[..., str], held: Offering, ask: Callable[..., Place], people: Cast, today: date
) -> None:
    ada = ask(held, people.ada, confirmed=True)
    olu.post(at("attendance", held.ref, 1), {f"state_{ada.ref}": "absent"})
    olu.post(at("attendance", held.ref, 2), {f"state_{ada.ref}": "present"})
    url = at("course_place", held.ref, ada.ref)
    given = {"do": "caught", "caught-part": "1", "caught-how": "A tutorial", **day(today, "caught-on")}
    assert olu.post(url, {**given, "caught-how": ""}).status_code == 422
    answer = olu.post(url, {**given, **day(today + timedelta(days=1), "caught-on")})
    assert answer.status_code == 409
    assert "A tutorial" in answer.content.decode()
    assert olu.post(url, given).status_code == 303
    page = olu.get(url).content.decode()
    assert "Every part is attended or caught up with" in page
    given = {"do": "homework", "homework-part": "1", **day(today, "homework-on")}
    assert "Complete, homework owed" in olu.get(at("course_register", held.ref)).content.decode()
    assert olu.post(url, given).status_code == 303
    assert standing_of_place(ada).completion.homework_owed == ()
    assert "1 of 1 person has completed" in olu.get(at("course_register", held.ref)).content.decode()


def feedback(place: Place, rating: int, now: datetime, **more: str) -> None:
    ratings = {question.id: rating for question in QUESTIONS}
    actions.give_feedback(place=place, ratings=ratings, by=place.person, now=now, **more)


def test_feedback_is_shown_from_three_answers_without_names(
    olu: Client,
    at: Callable[..., str],
    offer: Callable[..., Offering],
    ask: Callable[..., Place],
    people: Cast,
    today: date,
) -> None:
    offering = offer(days=(-7, -1))
    places = [ask(offering, person, confirmed=True) for person in (people.ada, people.bea, people.cid)]
    url = at("course_feedback", offering.ref)
    assert "No feedback" in olu.get(url).content.decode()
    for place in places[:2]:
        feedback(place, 5, moment(today), helped="Practice in threes")
    page = olu.get(url).content.decode()
    assert "2 people have given feedback on ‘Four days’; it is shown from 3" in page
    assert "Practice in threes" not in page
    feedback(places[2], 2, moment(today), change="Longer breaks")
    page = olu.get(url).content.decode()
    assert "3 of 3 people have given feedback" in page
    assert "2 of 3" in page
    assert "Longer breaks" in page
    assert "Nothing is recorded yet of what you changed" in page
    for name in ("Ada", "Bea", "Cid"):
        assert name not in page
    assert olu.post(url, {"what": ""}).status_code == 422
    assert olu.post(url, {"what": "Breaks are 20 minutes now"}).status_code == 303
    page = olu.get(url).content.decode()
    assert "Breaks are 20 minutes now" in page
    assert "Nothing is recorded yet" not in page
    assert FeedbackResponse.objects.get().by == people.olu


def test_the_register_costs_the_same_for_one_and_thirty(
    queries: Callable[[str], int], at: Callable[..., str], held: Offering, ask: Callable[..., Place]
) -> None:
    ask(held, "First Person", confirmed=True)
    pages = {name: at(name, held.ref) for name in ("course_register", "course_feedback")}
    pages["attendance"] = at("attendance", held.ref, 1)
    first = {name: queries(url) for name, url in pages.items()}
    for n in range(29):
        ask(held, f"Person {n:02d}", confirmed=True)
    assert {name: queries(url) for name, url in pages.items()} == first
    assert max(first.values()) <= 12


@pytest.mark.parametrize(
    ("name", "method"),
    [
        *(
            (name, method)
            for name in ("course_place", "course_alternative", "course_end")
            for method in ("get", "post")
        ),
        ("course_confirm", "post"),
        ("course_letter", "get"),
    ],
)
def test_a_place_is_for_officers_of_its_body_alone(
    name: str,
    method: str,
    turned_away_here: Callable[..., None],
    at: Callable[..., str],
    offer: Callable[..., Offering],
    ask: Callable[..., Place],
    people: Cast,
) -> None:
    offering = offer()
    place = ask(offering, people.ada)
    turned_away_here(at(name, offering.ref, place.ref), method, reason="x")
    place.refresh_from_db()
    assert place.state == "asked"


def test_wrong_methods_and_absent(
    olu: Client, at: Callable[..., str], offer: Callable[..., Offering], ask: Callable[..., Place], people: Cast
) -> None:
    offering, other = offer(), offer()
    place = ask(offering, people.ada)
    assert olu.get(at("course_confirm", offering.ref, place.ref)).status_code == 405
    assert olu.post(at("course_letter", offering.ref, place.ref)).status_code == 405
    assert olu.get(at("course_place", other.ref, place.ref)).status_code == 404
    assert olu.post(at("course_confirm", other.ref, place.ref)).status_code == 404
