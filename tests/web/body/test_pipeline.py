"""The pipeline: who is at which stage, what is late, what waits for the officer."""

import csv
import io
from datetime import date, timedelta

import pytest

from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.procedures import applying, sample
from tests.conftest import SCHEMES
from tests.journeys.made import journey_at as entered

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_shows_where_each_application_stands(olu, at, journey_at):
    journey_at("applied")
    page = olu.get(at("body_home")).content.decode()
    assert "1 application waits for you, of 1 in progress" in page
    assert "Lanternside Mentoring" in page
    assert "Eligibility 1" in page


def test_says_what_is_late_and_what_stands_still(olu, at, many, people, today):
    late, stopped = many(2, "registered")
    applying.stop_clock(
        journey=stopped.journey, expected=today + timedelta(days=9), reason="Flood", by=people.olu, today=today
    )
    assert late.journey.next_due < today
    page = olu.get(at("body_home") + "?late=late").content.decode()
    assert "Late by" in page
    assert "Service 00" in page
    assert "Service 01" not in page
    page = olu.get(at("body_home") + "?late=stopped").content.decode()
    assert "Clock stopped" in page
    assert "Service 01" in page
    assert "Service 00" not in page


def test_filters_by_stage_search_waits_and_status(olu, at, many):
    many(1, "begun")
    many(1, "applied", first=1)
    many(1, "awarded", first=2)
    for query, shown in (
        ("", {0, 1}),
        ("?stage=eligibility", {1}),
        ("?q=service+00", {0}),
        ("?waits=officer", {1}),
        ("?status=held", {2}),
        ("?status=all", {0, 1, 2}),
        ("?status=nonsense", {0, 1}),
        ("?scheme=qim/2022&sort=-stage", {0, 1}),
        ("?q=nothing", set()),
    ):
        page = olu.get(at("body_home") + query).content.decode()
        assert {n for n in range(3) if f">Service 0{n}" in page} == shown, query


def test_sorts_by_the_editions_order_of_stages(olu, at, many):
    many(1, "eligible")
    many(1, "begun", first=1)
    page = olu.get(at("body_home") + "?sort=stage").content.decode()
    assert page.index(">Service 01") < page.index(">Service 00")
    page = olu.get(at("body_home") + "?sort=-stage").content.decode()
    assert page.index(">Service 00") < page.index(">Service 01")


def test_gives_what_is_shown_as_csv_without_formulas(olu, at, many):
    walk = many(2, "applied")[0]
    walk.journey.service.name = "=cmd()"
    walk.journey.service.save()
    answer = olu.get(at("body_home") + "?format=csv&q=trust+00")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Applicant"] for row in rows] == ["'=cmd()"]
    assert rows[0]["Stage"] == "Eligibility"


def test_persons_are_found_by_their_names_and_have_no_organisation(olu, at, people, today):
    edition = sample.publish(SCHEMES / "pqasso-mentor" / "first", people)
    opened = [Entry(DAY, EntryKind.OPENED, Role.APPLICANT, level="licence")]
    for name in ("Zoe Ash", "amos birch", "Mo Cedar"):
        journey = entered(edition, people, (opened, DAY), today)
        journey.person = sample.person(name, f"{name.split()[0].lower()}@persons.example")
        journey.save()
    for sort, order in (("applicant", ["amos birch", "Mo Cedar", "Zoe Ash"]), ("-applicant", ["Zoe", "Mo", "amos"])):
        page = olu.get(at("body_home") + f"?sort={sort}").content.decode()
        assert sorted(order, key=lambda name: page.index(f">{name}")) == order
    assert "Applicant" in page
    assert "Organisation" not in page.split("<table")[1], "nobody here applies for one"


def test_makes_the_same_number_of_queries_for_one_and_thirty(queries, at, many):
    many(1, "registered")
    one = queries(at("body_home"))
    many(29, "applied", first=1)
    assert queries(at("body_home")) == one <= 12


def test_is_for_officers_alone(turned_away, at):
    turned_away(at("body_home"))


def test_is_only_looked_at(olu, at):
    assert olu.post(at("body_home")).status_code == 405
