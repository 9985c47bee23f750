"""Every row behind a check: those that fail first, filtered, searched, paged, as CSV."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from kithwork.caseload.models import Contact
from kithwork.governance.models import Insurance, Staff
from tests.journeys.made import publish_texts
from tests.journeys.short import texts
from tests.readiness.few import IDS
from tests.running import a_mentee
from tests.web.coordinator.readiness.conftest import overdue

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(practice, people, today):
    """Two nobody has been in touch with, and Ola, who was rung today."""
    ola = a_mentee(practice.service, today, "Ola Finch")
    Contact.objects.create(service=practice.service, kind="mentee", mentee=ola, on=today, by=people.ada)
    return [*overdue(practice, today, 2), ola]


def names(page: bytes) -> list[str]:
    return html.fromstring(page).xpath("//tbody/tr/th/a/text()")


def test_those_that_fail_come_first(desk, at, looked, mixed):
    page = desk.get(looked("readiness_rows", "42", 1)).content
    assert names(page) == ["Person 01", "Person 00", "Ola Finch"]
    tree = html.fromstring(page)
    assert [tag.strip() for tag in tree.xpath("//tbody//strong/text()")] == ["Fails", "Fails", "Holds"]
    hrefs = tree.xpath("//tbody//a/@href")
    assert hrefs[0] == at("mentee_contact", mixed[1].ref)
    assert hrefs[-1] == at("mentee", mixed[2].ref)
    assert "1 of 3 mentees" in tree.xpath("string(//h1)")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?show=failing", ["Person 01", "Person 00"]),
        ("?show=holding", ["Ola Finch"]),
        ("?q=ola", ["Ola Finch"]),
        ("?q=person+00", ["Person 00"]),
        ("?q=nobody", []),
        ("?show=nonsense", ["Person 01", "Person 00", "Ola Finch"]),
    ],
)
def test_they_are_filtered_and_searched(desk, looked, mixed, query, found):
    assert names(desk.get(looked("readiness_rows", "42", 1) + query).content) == found


def test_they_are_downloaded(desk, looked, mixed, today):
    answer = desk.get(looked("readiness_rows", "42", 1) + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Who or what"], row["Holds"]) for row in rows] == [
        ("Person 01", "no"), ("Person 00", "no"), ("Ola Finch", "yes"),
    ]  # fmt: skip
    assert rows[0]["Reference"] == mixed[1].ref


def test_they_are_paged(desk, looked, practice, today):
    overdue(practice, today, 60)
    assert len(names(desk.get(looked("readiness_rows", "42", 1)).content)) == 50
    assert len(names(desk.get(looked("readiness_rows", "42", 1) + "?page=2").content)) == 10


def test_a_handful_that_is_told_is_searched_too(desk, practice, insurance, today):
    Insurance.objects.create(
        service=practice.service, cover="both", insurer="Oak", begins=today, ends=today + timedelta(1)
    )
    page = desk.get(insurance).content
    every = names(page)
    assert every
    word = every[0].split()[0]
    assert set(names(desk.get(f"{insurance}?q={word}").content)) == {one for one in every if word in one}


@pytest.fixture
def insurance(people, practice, tmp_path):
    """The rows of insurance, in an edition that asks for it besides."""
    publish_texts(texts("more", ids=("3", *IDS)), people, tmp_path / "all" / "qim" / "more")
    return reverse("readiness_rows", args=[practice.service.slug, "qim", "more", "award", "3", 1])


def test_rows_of_staff_files_are_for_leads(desk, as_user, looked, practice, people, today):
    Staff.objects.create(
        service=practice.service, name="Sol Penn", role="Coordinator", began_on=today - timedelta(days=300)
    )
    assert desk.get(looked("readiness_rows", "29", 1)).status_code == 404
    assert names(as_user(people.ada).get(looked("readiness_rows", "29", 1)).content) == ["Sol Penn"]


def test_what_is_absent_is_not_found(desk, looked):
    for requirement, check in (("42", 0), ("42", 9), ("1", 1), ("999", 1)):
        assert desk.get(looked("readiness_rows", requirement, check)).status_code == 404


def test_others_are_turned_away(turned_away, looked, practice):
    turned_away(looked("readiness_rows", "42", 1))


def test_it_is_only_looked_at(desk, looked):
    assert desk.post(looked("readiness_rows", "42", 1)).status_code == 405


def test_it_costs_the_same_for_one_and_thirty(queries, looked, practice, today):
    overdue(practice, today, 1)
    first = queries(looked("readiness_rows", "42", 1))
    overdue(practice, today, 29)
    assert queries(looked("readiness_rows", "42", 1)) == first <= 11
