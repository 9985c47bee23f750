"""The impact report: each figure is the number of the rows it leads to."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html as tree

from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Place
from kithwork.procedures import applying, sample
from kithwork.procedures.impact import Fact, Figure, application_forms, facts_of, typical_days
from kithwork.procedures.sample import Cast
from tests.core.journey.road import edition, stage
from tests.procedures.test_people_apply import Road, at, begin, licensed, offering

__all__ = ["begin"]
At = Callable[..., str]


@pytest.fixture
def road(begin: Callable[[str], Road]) -> Road:
    """Pia, licensed in 2024, who came to a gathering; and Eve, who applied in 2025 and withdrew."""
    road = licensed(begin)
    extra = offering(road, "", 30)
    place = courses.ask(person=road.person, offerings=[extra], by=road.person, now=at(road.day)).place
    courses.confirm(place=place, by=road.people.olu, now=at(road.day))
    part = extra.parts.get()
    courses.record_attendance(
        part=part, marks={place.ref: courses.Mark(Attendance.State.PRESENT)}, by=road.people.olu, now=at(part.day)
    )
    day = date(2025, 2, 3)
    other = Road(
        road.people,
        road.people.eve,
        applying.begin_yourself(edition=road.journey.edition, by=road.people.eve, today=day),
        day,
    )
    checks = ("support-role", "sector", "development", "two-years", "users", "clients")
    applying.answer_checklist(
        journey=other.journey, stage="self-check", answers=dict.fromkeys(checks, True), by=other.person, today=day
    )
    other.fill_in("application", area="Kent")
    applying.withdraw(journey=other.journey, by=other.person, today=day + timedelta(days=9))
    return road


def rows(client: Client, url: str) -> list[dict[str, str]]:
    joint = "&" if "?" in url else "?"
    text = client.get(f"{url}{joint}format=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_figures_of_each_year(road: Road, olu: Client, at: At) -> None:
    told = {(row["Year"], row["What"]): int(row["Number"]) for row in rows(olu, at("impact"))}
    assert {what: n for (year, what), n in told.items() if year == "2024" and n} == {
        "Applied": 1,
        "Trained": 1,
        "Qualified": 1,
        "Extra sessions attended": 1,
        "Days from application to award, the middle one": 56,
    }
    assert {what: n for (year, what), n in told.items() if year == "2025" and n} == {"Applied": 1, "Withdrawn": 1}
    page = olu.get(at("impact")).content.decode()
    assert "2 applied and 1 qualified" in page
    assert "8 weeks" in page
    assert "1 applied and 0 qualified in 2025" in olu.get(at("impact") + "?year=2025").content.decode()


def test_every_figure_leads_to_as_many_rows(road: Road, olu: Client, at: At) -> None:
    page = tree.fromstring(olu.get(at("impact")).content)
    counts = [(link.text, link.get("href")) for link in page.xpath('//a[contains(@href, "/impact/rows/")]')]
    assert len(counts) == 6
    for number, href in counts:
        assert len(rows(olu, href)) == int(number), href
        assert f"{number} row" in olu.get(href).content.decode()
    trained = next(href for _, href in counts if "figure=trained" in href)
    assert [(row["Who"], row["More"]) for row in rows(olu, trained)] == [("Pia Lindqvist", "Mentor course")]
    assert f"/journeys/{road.journey.ref}/" in olu.get(trained).content.decode()
    assert len(rows(olu, at("impact_rows") + "?figure=sauna")) == 6, "what does not exist asks for nothing"


def test_years_are_compared_in_a_picture_with_its_table(road: Road, olu: Client, at: At) -> None:
    page = olu.get(at("impact")).content.decode()
    assert "In 2024 and in 2025: applied 1 and 1, trained 1 and 0, qualified 1 and 0." in page
    assert "kw-chart__picture" in page
    assert "kw-chart" not in olu.get(at("impact") + "?year=2024").content.decode(), "one year is compared with none"


def test_nothing_yet(olu: Client, at: At, qim: Any) -> None:
    assert "Nothing to report yet" in olu.get(at("impact")).content.decode()
    assert olu.get(at("impact_rows")).status_code == 200


def test_it_is_the_bodys_own(road: Road, turned_away: Callable[..., None], olu: Client, at: At) -> None:
    for name in ("impact", "impact_rows"):
        turned_away(at(name))
        assert olu.post(at(name)).status_code == 405


def test_one_applicant_and_many_ask_the_database_alike(road: Road, olu: Client, at: At) -> None:
    def asked(name: str) -> int:
        olu.get(at(name))
        with CaptureQueriesContext(connection) as found:
            assert olu.get(at(name)).status_code == 200
        return len(found)

    before = asked("impact"), asked("impact_rows")
    for n in range(8):
        person = sample.person(f"Person {n}", f"p{n}@crowd.example")
        journey = applying.begin_yourself(edition=road.journey.edition, by=person, today=date(2025, 1, 1))
        applying.withdraw(journey=journey, by=person, today=date(2025, 1, 2))
    assert (asked("impact"), asked("impact_rows")) == before


def test_applying_is_the_form_that_a_decision_waits_for() -> None:
    two = edition(
        stage("ask", "form", "fields = [", '  { id = "x", page = "P", label = "X", kind = "text" },', "]")
        + stage("yes", "decision", 'decides = "application"', opens="ask submitted"),
        award="yes yes",
    )
    assert application_forms(two) == {"ask"}, "and not the interest registered before it"
    assert application_forms(edition("")) == {"form"}


def test_the_typical_time_is_the_middle_one_of_first_awards() -> None:
    day = date(2026, 1, 1)

    def fact(figure: Figure, days: int | None) -> Fact:
        return Fact(figure, "s", day, "N", days=days)

    first = [fact(Figure.QUALIFIED, n) for n in (10, 400, 30)]
    assert typical_days([*first, fact(Figure.RENEWED, 1), fact(Figure.QUALIFIED, None)]) == 30
    assert typical_days([fact(Figure.APPLIED, None)]) is None


def test_a_place_and_its_absence_are_told_apart(road: Road, people: Cast) -> None:
    """Who asked for extra training and did not come is not counted."""
    assert sum(one.figure is Figure.EXTRA for one in facts_of(people.body, timezone.localdate())) == 1
    Attendance.objects.filter(place__in=Place.objects.filter(purpose="")).update(state="absent")
    assert not any(one.figure is Figure.EXTRA for one in facts_of(people.body, timezone.localdate()))
