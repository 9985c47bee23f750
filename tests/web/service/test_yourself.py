"""A person's own pages: applying, asking a third party, choosing a course, keeping duties, being listed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from kithwork.accounts.models import User
from kithwork.courses import actions as courses
from kithwork.courses.models import Offering, Place
from kithwork.journeys.models import Journey, Support
from kithwork.notices.models import Message
from kithwork.procedures import applying, sample
from kithwork.procedures.sample import Cast
from tests.conftest import SCHEMES
from tests.procedures.test_people_apply import Road, _trainees, licensed
from tests.walking import publish

AsUser = Callable[[User], Client]


@pytest.fixture
def pia(people: Cast) -> User:
    return sample.person("Pia Lindqvist", "pia@independent.example")


def begun(people: Cast, person: User, folder: str) -> Road:
    edition = publish(SCHEMES / folder, people)
    day = timezone.localdate()
    return Road(people, person, applying.begin_yourself(edition=edition, by=person, today=day), day)


def test_a_person_begins_for_themselves_and_comes_back_to_their_own_desk(
    people: Cast, pia: User, as_user: AsUser
) -> None:
    publish(SCHEMES / "pqasso-mentor/first", people)
    client = as_user(pia)
    assert client.get("/start/pqasso-mentor/").headers["Location"] == "/applying/pqasso-mentor/"
    assert "What it costs later" in client.get("/applying/pqasso-mentor/").content.decode()
    begun_at = client.post("/applying/pqasso-mentor/")
    journey = Journey.objects.get(person=pia)
    assert (begun_at.status_code, begun_at.headers["Location"]) == (303, f"/journeys/{journey.ref}/")
    assert "Answer the questions" in client.get("/applying/").content.decode()
    again = client.post("/applying/pqasso-mentor/")
    assert again.status_code == 409
    assert "There is an application for this scheme already" in again.content.decode()
    assert as_user(people.eve).get(f"/journeys/{journey.ref}/").status_code == 404


def test_a_scheme_of_services_is_not_for_a_person(people: Cast, qim: object, pia: User, as_user: AsUser) -> None:
    assert as_user(pia).get("/applying/qim/").status_code == 302
    assert as_user(pia).get("/applying/sauna/").status_code == 404
    assert as_user(pia).put("/applying/").status_code == 405


def test_somebody_without_an_account_signs_by_the_link_they_were_sent(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "qms/2019")
    road.fill_in("interest")
    road.fill_in("application", trainees=_trainees(road.day))
    url = f"/journeys/{road.journey.ref}/stages/head/"
    client = as_user(pia)
    short = client.post(url, {"name": "Ines Cole", "email": "no address"})
    assert short.status_code == 422
    assert "Ines Cole" in short.content.decode(), "what was typed is kept"
    assert client.post(url, {"name": "Ines Cole", "email": "ines@fellside.example"}).status_code == 303
    assert "Ines Cole" in client.get(url).content.decode()
    row = html.document_fromstring(client.get(url).content).xpath("//dt[normalize-space()='Ines Cole']/..")[0]
    assert "ines@fellside.example" in row.text_content(), "beside the name, where a long address has room"
    secret = Message.objects.get(kind="support-asked").secret
    link = secret[secret.index("/support/") :]
    head = Client()
    page = head.get(link)
    assert "Pia Lindqvist asks for your agreement" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert head.post(link, {"do": "give", "role": "Deputy head"}).status_code == 422
    assert head.post(link, {"do": "decline", "decline-reason": ""}).status_code == 422
    assert head.post(link, {"do": "give", "role": "Deputy head", "agrees": "yes"}).headers["Location"] == (
        "/support/thanks/"
    )
    assert Support.objects.get().answered_on == road.day
    used = head.get(link)
    assert used.status_code == 404
    assert "no longer works" in used.content.decode()
    assert head.get("/support/nonsense/").status_code == 404
    assert as_user(people.eve).post(url, {"name": "Eve", "email": "eve2@elsewhere.example"}).status_code == 404


def test_rows_of_trainees_are_asked_kept_and_shown(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "qms/2019")
    road.fill_in("interest")
    client = as_user(pia)
    url = f"/journeys/{road.journey.ref}/stages/application/?page=2"
    long_ago = road.day - timedelta(days=1500)
    typed = {"trainees-1-placement": "Fellside School", "trainees-1-point": "beginning"}
    typed |= {f"trainees-1-ended_{part}": str(getattr(long_ago, part)) for part in ("day", "month", "year")}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "within the last 3 years" in refused.content.decode()
    assert 'value="Fellside School"' in refused.content.decode(), "what was typed is kept"
    good = dict(typed)
    for number, row in enumerate(_trainees(road.day), 1):
        ended = date.fromisoformat(row["ended"])
        good |= {f"trainees-{number}-placement": row["placement"], f"trainees-{number}-point": row["point"]}
        good |= {f"trainees-{number}-ended_{part}": str(getattr(ended, part)) for part in ("day", "month", "year")}
    assert client.post(url, good).status_code == 303
    assert "Fellside School, beginning" in client.get(f"{url[:-6]}page=check").content.decode()


def test_dates_are_chosen_and_a_place_is_given_back(people: Cast, pia: User, as_user: AsUser) -> None:
    road = begun(people, pia, "hwstpa/2009")
    road.fill_in("application")
    road.decide("selection")
    url = f"/journeys/{road.journey.ref}/stages/programme/"
    client = as_user(pia)
    assert "No dates are open" in client.get(url).content.decode()
    held = _offering(people, road.day)
    assert "Autumn cohort" in client.get(url).content.decode()
    assert client.post(url, {"do": "choose"}).status_code == 422
    assert client.post(url, {"do": "choose", "first": held.ref}).status_code == 303
    place = Place.objects.get(person=pia)
    assert "Asked for" in client.get(url).content.decode()
    letter = f"/journeys/{road.journey.ref}/places/{place.ref}/letter.pdf"
    assert client.get(letter).status_code == 404, "there is no letter before the place is confirmed"
    courses.confirm(place=place, by=people.olu, now=timezone.now())
    assert client.get(letter).content[:5] == b"%PDF-"
    assert client.get(letter.replace("letter.pdf", "outline.pdf")).content[:5] == b"%PDF-"
    assert b"BEGIN:VCALENDAR" in client.get(letter.replace("letter.pdf", "days.ics")).content
    assert as_user(people.eve).get(letter).status_code == 404
    assert client.post(url, {"do": "give_back", "place": place.ref}).status_code == 303
    assert client.post(url, {"do": "sauna", "place": place.ref}).status_code == 404
    place.refresh_from_db()
    assert place.state == "withdrawn"


def test_a_holder_tells_of_a_change_and_decides_to_be_listed(people: Cast, as_user: AsUser) -> None:
    def begin(folder: str) -> Road:
        edition = publish(SCHEMES / folder, people)
        person = sample.person("Pia Lindqvist", "pia@independent.example")
        day = timezone.localdate() - timedelta(days=120)
        return Road(people, person, applying.begin_yourself(edition=edition, by=person, today=day), day)

    road = licensed(begin)
    client = as_user(road.person)
    url = f"/journeys/{road.journey.ref}/duties/"
    page = client.get(url).content.decode()
    assert "The licence is no promise" in page, "the disclaimer is there to be shown"
    assert client.post(url, {"duty": "changes"}).status_code == 409, "nothing was told"
    assert client.post(url, {"duty": "changes", "changes-3": "Northumberland"}).status_code == 303
    assert "Northumberland" in client.get(url).content.decode()
    body = f"/body/{people.body.slug}/journeys/{road.journey.ref}/"
    assert "Northumberland" in as_user(people.olu).get(body).content.decode(), "the body reads what it is told"
    assert "Northumberland" not in "".join(Message.objects.values_list("body", flat=True))
    assert client.post(url, {"duty": "sauna"}).status_code == 404
    assert as_user(people.eve).get(url).status_code == 404
    assert "Pia Lindqvist" not in Client().get("/register/").content.decode()
    licence = f"/journeys/{road.journey.ref}/stages/licence/"
    assert client.post(licence, {"do": "list"}).status_code == 303
    assert "Pia Lindqvist" in Client().get("/register/?place=Cumbria").content.decode()
    assert client.post(licence, {"do": "hide"}).status_code == 303
    assert "Pia Lindqvist" not in Client().get("/register/").content.decode()


def _offering(people: Cast, day: date) -> Offering:
    plans = [
        courses.PartPlan(
            title=f"Day {number}", day=day + timedelta(days=after), starts=time(9), ends=time(16), place="Worcester"
        )
        for number, after in enumerate((20, 21, 40, 41), 1)
    ]
    now = timezone.make_aware(datetime.combine(day, time(8)))
    made = courses.make(
        body=people.body,
        kind=Offering.Kind.COURSE,
        title="Autumn cohort",
        outline="",
        capacity=12,
        scheme="hwstpa",
        stage="programme",
        parts=plans,
        by=people.olu,
        now=now,
    )
    return courses.publish(offering=made, by=people.olu, today=day)
