"""Outcomes: taking up a scale, measuring on the record and by link, what changed in sum and for each."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.caseload.actions import outcomes as act
from kithwork.caseload.models import Measure, Measurement, Mentee, Practice
from kithwork.caseload.queries.outcomes import changes
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_mentor
from tests.web.coordinator.mentors.conftest import day

pytestmark = pytest.mark.django_db
MENTEE, MENTOR = Measure.Whose
T = act.Template


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


@pytest.fixture
def cai(people: Cast, practice: Practice, today: date) -> Mentee:
    return a_mentee(people.service, today, "Cai Rowan", email="cai@people.example", came_on=date(today.year - 2, 1, 1))


@pytest.fixture
def confidence(people: Cast, practice: Practice, today: date) -> Measure:
    return act.take_up_ready_made(
        service=people.service, whose=MENTEE, template=T.CONFIDENCE, by=people.ada, today=today - timedelta(days=400)
    )


def field(measure: Measure, at: int = 0) -> str:
    return f"m{measure.ref}_{at}"


def measured(measure: Measure, person: Mentee, people: Cast, on: date, value: int) -> None:
    act.record(person=person, values={measure: value}, on=on, by=people.ada, today=timezone.localdate())


def test_a_scale_on_offer_is_taken_up(ada: Client, practice: Practice, at: Any, today: date, turned_away: Any) -> None:
    assert "Nothing is measured yet" in ada.get(at("outcomes")).content.decode()
    url = at("measure_new")
    assert ada.post(url, {"whose": "mentee"}).status_code == 422
    assert ada.put(url).status_code == 405
    assert ada.post(url, {"whose": "mentee", "scale": "loneliness"}).status_code == 303
    row = Measure.objects.get()
    assert (row.lowest, row.highest, row.better_low, len(row.questions), row.begun_on) == (3, 9, True, 3, today)
    again = ada.post(url, {"whose": "mentee", "scale": "loneliness"})
    assert again.status_code == 409
    assert "in use" in again.content.decode()
    assert ada.post(url, {"whose": "mentor", "scale": "loneliness"}).status_code == 303
    turned_away(url)
    turned_away(url, "post", whose="mentee", scale="goals")
    assert Measure.objects.count() == 2


def test_ones_own_scale_has_all_it_needs(ada: Client, practice: Practice, at: Any) -> None:
    url = at("measure_new")
    faulty = ada.post(url, {"whose": "mentee", "scale": "own", "name": "Sleep", "lowest": "5", "highest": "5"})
    assert faulty.status_code == 422
    text = faulty.content.decode()
    assert "Write the question" in text
    assert "must be above" in text
    assert "Sleep" in text
    good = {"name": "Sleep", "question": "How do you sleep?", "lowest": "0", "highest": "100"}
    assert ada.post(url, {"whose": "mentee", "scale": "own", **good, "better_low": ""}).status_code == 303
    assert (Measure.objects.get().lowest, Measure.objects.get().highest) == (0, 100)


def test_measured_on_the_record(
    cai: Mentee, confidence: Measure, ada: Client, at: Any, today: date, people: Cast, turned_away: Any
) -> None:
    assert at("mentee_measures", cai.ref) in ada.get(at("mentee", cai.ref)).content.decode()
    url, name = at("mentee_measures", cai.ref), field(confidence)
    assert "How are things with Cai Rowan?" in ada.get(url).content.decode()
    nothing = ada.post(url, day(today))
    assert nothing.status_code == 422
    assert "Answer at least one question" in nothing.content.decode()
    ahead = ada.post(url, {name: "4", **day(today + timedelta(days=1))})
    assert ahead.status_code == 422
    assert ada.post(url, {name: "11", **day(today)}).status_code == 422
    before = ada.post(url, {name: "4", **day(cai.came_on - timedelta(days=1))})
    assert before.status_code == 409
    assert "before they came" in before.content.decode()
    assert ada.post(url, {name: "4", **day(today - timedelta(days=60))}).status_code == 303
    assert ada.post(url, {name: "7", **day(today)}).status_code == 303
    assert ada.post(url, {name: "8", **day(today)}).status_code == 303, "typed anew: the last of a day counts"
    assert list(Measurement.objects.values_list("value", flat=True)) == [4, 7, 8]
    text = ada.get(url).content.decode()
    assert "Better" in text
    assert "to 8 on" in text
    facts = [one.facts for one in Record.objects.all() if one.act == "caseload.recorded" and "measures" in one.facts]
    assert len(facts) == 3
    assert not any("value" in one or 8 in one.values() for one in facts)
    turned_away(url)
    turned_away(url, "post", **{name: "1"})
    assert Measurement.objects.count() == 3


def test_several_questions_are_added_up_all_or_none(
    cai: Mentee, people: Cast, ada: Client, at: Any, today: date
) -> None:
    lonely = act.take_up_ready_made(
        service=people.service, whose=MENTEE, template=T.LONELINESS, by=people.ada, today=today
    )
    url = at("mentee_measures", cai.ref)
    half = ada.post(url, {field(lonely, 0): "3", field(lonely, 1): "2", **day(today)})
    assert half.status_code == 422
    assert "answer this too, or none" in half.content.decode()
    assert ada.post(url, {field(lonely, n): "3" for n in range(3)} | day(today)).status_code == 303
    assert Measurement.objects.get().value == 9


def test_said_by_their_own_link(cai: Mentee, confidence: Measure, ada: Client, at: Any, today: date) -> None:
    url = at("mentee_measures_link", cai.ref)
    assert ada.post(url, {}).status_code == 422
    assert ada.post(url, {"how": "mail"}).status_code == 303
    link = "/" + Message.objects.get(kind="measures-asked").secret.split("/", 3)[3]
    page = Client().get(link)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Cai" not in page.content.decode()
    assert Client().post(link, {}).status_code == 422
    assert Client().post(link, {field(confidence): "6"}).status_code == 303
    row = Measurement.objects.get()
    assert (row.mentee, row.value, row.on, row.by) == (cai, 6, today, None)
    assert Client().get(link).status_code == 404, "spent"
    assert "Themselves" in ada.get(at("mentee_measures", cai.ref)).content.decode()


def test_a_mentor_is_measured_by_mentors_scales(
    confidence: Measure, people: Cast, ada: Client, at: Any, today: date
) -> None:
    mab = a_mentor(people.service, people.ada, today, ready=False)
    url = at("mentor_measures", mab.ref)
    assert "Nothing is measured of mentors yet" in ada.get(url).content.decode()
    assert ada.post(at("mentor_measures_link", mab.ref), {"how": "show"}).status_code == 409
    goals = act.take_up_ready_made(service=people.service, whose=MENTOR, template=T.GOALS, by=people.ada, today=today)
    assert field(confidence) not in ada.get(url).content.decode()
    assert ada.post(url, {field(goals): "0", **day(today)}).status_code == 303
    assert (Measurement.objects.get().mentor, Measurement.objects.get().value) == (mab, 0)
    assert ada.post(at("mentor_measures_link", mab.ref), {"how": "show"}).status_code == 303
    assert "/measures/</strong>" in ada.get(at("mentor_measures_link", mab.ref)).content.decode()


def test_refused_outside_the_scale_and_for_the_erased(
    cai: Mentee, confidence: Measure, people: Cast, today: date
) -> None:
    for value in (0, 11):
        with pytest.raises(Refused):
            measured(confidence, cai, people, today, value)
    measured(confidence, cai, people, today, 1)
    measured(confidence, cai, people, today, 10)
    cai.erased_at = timezone.now()
    with pytest.raises(Refused):
        measured(confidence, cai, people, today, 5)


def test_what_changed_in_a_period(people: Cast, confidence: Measure, practice: Practice, today: date) -> None:
    """Compared with the first figure ever; the latest must lie in the period; one figure alone is too early."""
    start, end = date(today.year, 1, 1), date(today.year, 12, 31)
    came, long_ago = date(today.year - 2, 1, 1), date(today.year - 1, 3, 1)
    folk = [a_mentee(people.service, today, f"Person {n}", came_on=came) for n in range(8)]
    for one, (first, last) in zip(folk, [(2, 5), (3, 5), (4, 4), (5, 3), (1, 9)], strict=False):
        measured(confidence, one, people, long_ago, first)
        measured(confidence, one, people, long_ago + timedelta(days=30), 10)  # between the first and the last
        measured(confidence, one, people, start, last)
    measured(confidence, folk[5], people, start, 5)
    measured(confidence, folk[6], people, long_ago, 1)
    measured(confidence, folk[6], people, start - timedelta(days=1), 9)  # its latest lies before the period
    (found,) = changes(people.service, start, end)
    assert (found.name, found.people, found.improved, found.stayed, found.fell, found.mean, found.early) == (
        "Confidence", 5, 3, 1, 1, 2.2, 1,
    )  # fmt: skip
    (before,) = changes(people.service, long_ago, start - timedelta(days=1))
    assert (before.people, before.improved, before.early) == (6, 6, 0)
    assert changes(people.service, came, came) == [], "it was not in use then"


def test_four_are_too_few_to_say(
    people: Cast, confidence: Measure, ada: Client, at: Any, today: date, practice: Practice
) -> None:
    began, folk = today - timedelta(days=90), []
    for n in range(5):
        folk.append(a_mentee(people.service, today, f"Person {n}", came_on=began, accepted_on=began))
        measured(confidence, folk[-1], people, began, 3)
    for one in folk[:4]:
        measured(confidence, one, people, today, 6)
    text = ada.get(at("outcomes")).content.decode()
    assert "Too early to say" in text
    assert "too few to say" in text
    measured(confidence, folk[4], people, today, 1)
    text = ada.get(at("outcomes")).content.decode()
    assert f"Confidence improved for 4 of 5 mentees in {today.year}" in text
    assert "Better" in text
    csv = ada.get(at("outcomes") + "?format=csv").content.decode()
    assert "Confidence,mentees,5,4,0,1," in csv
    assert ada.get(at("outcomes") + f"?year={today.year - 1}").status_code == 200
    assert ada.get(at("outcomes") + "?year=nonsense").status_code == 200


def test_the_people_behind_a_measure(
    people: Cast, confidence: Measure, cai: Mentee, ada: Client, at: Any, today: date, turned_away: Any
) -> None:
    ola = a_mentee(people.service, today, "Ola Finch", came_on=cai.came_on)
    measured(confidence, cai, people, today - timedelta(days=30), 3)
    measured(confidence, cai, people, today, 2)
    url = at("measure", confidence.ref)
    text = ada.get(url).content.decode()
    assert "Worse" in text
    assert "Not asked yet" in text
    assert "Cai Rowan" not in ada.get(url + "?how=never").content.decode()
    assert "Ola Finch" not in ada.get(url + "?how=again").content.decode()
    assert "Nobody is like that" in ada.get(url + "?how=once").content.decode()
    assert "Ola Finch" not in ada.get(url + "?q=cai+row").content.decode()
    assert ada.get(url + "?sort=-last").status_code == 200
    csv = ada.get(url + "?format=csv").content.decode()
    assert "Cai Rowan" in csv
    assert "Worse" in csv
    assert ola.name in csv
    turned_away(url)
    assert ada.get(at("measure", "nothing")).status_code == 404


def test_left_off_its_figures_stay(
    people: Cast, confidence: Measure, cai: Mentee, ada: Client, at: Any, today: date, turned_away: Any
) -> None:
    measured(confidence, cai, people, today, 3)
    url = at("measure_end", confidence.ref)
    turned_away(url, "post")
    assert ada.get(url).status_code == 405
    assert ada.post(url).status_code == 303
    assert ada.post(url).status_code == 409
    confidence.refresh_from_db()
    assert confidence.ended_on == today
    page = ada.get(at("mentee_measures", cai.ref)).content.decode()
    assert field(confidence) not in page
    assert "3" in page
    act.take_up_ready_made(service=people.service, whose=MENTEE, template=T.CONFIDENCE, by=people.ada, today=today)


def test_a_reader_sees_sums_and_no_way_to_people(
    people: Cast, confidence: Measure, as_user: Any, at: Any, practice: Practice
) -> None:
    text = as_user(people.cid).get(at("outcomes")).content.decode()
    assert at("measure", confidence.ref) not in text
    assert at("measure_new") not in text
    assert as_user(people.eve).get(at("outcomes")).status_code == 404


def test_pages_cost_the_same_for_one_and_thirty(
    people: Cast, confidence: Measure, cai: Mentee, ada: Client, at: Any, today: date
) -> None:
    def cost() -> list[int]:
        found = []
        for url in (at("outcomes"), at("measure", confidence.ref), at("mentee_measures", cai.ref)):
            with CaptureQueriesContext(connection) as queries:
                assert ada.get(url).status_code == 200
            found.append(len(queries))
        return found

    measured(confidence, cai, people, today - timedelta(days=40), 3)
    one = cost()
    for n in range(30):
        measured(confidence, cai, people, today - timedelta(days=n), 4)
        measured(confidence, a_mentee(people.service, today, f"Person {n}"), people, today, 5)
    assert cost() == one
    assert max(one) <= 14
