"""The plan of work: lines in the order of urgency and cost, each leading to its rows; what lapses within 90 days."""

from datetime import timedelta

import pytest
from lxml import html

from kithwork.core.days import add_months
from kithwork.governance.models import Staff
from tests.web.coordinator.readiness.conftest import approved, overdue

pytestmark = pytest.mark.django_db


def lines(page: bytes) -> list[tuple[str, str, str]]:
    """(heading, title, address) of each line, in the page's order."""
    found, heading = [], ""
    for one in html.fromstring(page).xpath("//main//h2 | //main//a[contains(@class, 'task-list__link')]"):
        if one.tag == "h2":
            heading = one.text_content()
        else:
            found.append((heading, one.text_content(), one.get("href")))
    return found


def test_what_fails_comes_before_what_is_missing_and_what_lapses(desk, looked, practice, people, today):
    overdue(practice, today, 2)
    approved(practice, people.ada, add_months(today, -36) + timedelta(days=20))
    page = desk.get(looked("readiness_plan")).content
    headings = list(dict.fromkeys(heading for heading, _, _ in lines(page)))
    assert headings == ["To mend", "Nothing on record yet", "Holds, and lapses soon"]
    titles = {title.split(":")[0]: (heading, href) for heading, title, href in lines(page)}
    assert titles["Client contacts"] == ("To mend", looked("readiness_rows", "42", 1))
    assert titles["Equality and Diversity Policy"] == (
        "Holds, and lapses soon",
        f"{looked('readiness_rows', '8', 1)}?show=holding",
    )
    assert "2 to mend" in page.decode()
    for _, _, href in lines(page):
        assert desk.get(href.partition("#")[0]).status_code == 200, href


def test_the_heading_counts_what_is_to_be_done(desk, looked, practice, today):
    overdue(practice, today, 2)
    page = desk.get(looked("readiness_plan")).content
    number = len(lines(page))
    assert html.fromstring(page).xpath("string(//h1)") == f"{number} things to do now"


def test_excellence_comes_after_the_award(desk, looked, practice, today):
    overdue(practice, today, 1)
    headings = list(
        dict.fromkeys(one[0] for one in lines(desk.get(looked("readiness_plan", level="excellence")).content))
    )
    assert headings[0] == "QiM Award: to mend"
    assert headings[-1].startswith("QiM Excellence: ")


def test_what_lapses_within_ninety_days_stands_in_a_table(desk, looked, practice, people, today):
    until = today + timedelta(days=45)
    approved(practice, people.ada, add_months(until, -36))
    tree = html.fromstring(desk.get(looked("readiness_plan")).content)
    (row,) = tree.xpath("//table//tbody/tr")
    assert [cell.text_content().strip() for cell in row][2:] == ["0", "1", "1"]
    assert row.xpath(".//a/@href") == [f"{looked('readiness_one', '8')}#check-1"]


def test_what_is_behind_a_staff_file_is_for_leads(as_user, desk, looked, practice, people, today):
    Staff.objects.create(
        service=practice.service, name="Sol Penn", role="Coordinator", began_on=today - timedelta(days=300)
    )
    as_cora = {title: href for _, title, href in lines(desk.get(looked("readiness_plan")).content)}
    as_ada = {title: href for _, title, href in lines(as_user(people.ada).get(looked("readiness_plan")).content)}
    (title,) = (title for title in as_ada if title.startswith("Support and supervision:"))
    assert as_ada[title] == looked("readiness_rows", "29", 1)
    assert as_cora[title] == f"{looked('readiness_one', '29')}#check-1"


def test_others_are_turned_away(turned_away, looked, practice):
    turned_away(looked("readiness_plan"))


def test_it_is_only_looked_at(desk, looked):
    assert desk.post(looked("readiness_plan")).status_code == 405


def test_it_costs_the_same_for_one_and_thirty(queries, looked, practice, today):
    overdue(practice, today, 1)
    first = queries(looked("readiness_plan"))
    overdue(practice, today, 29)
    assert queries(looked("readiness_plan")) == first <= 9
