"""The map of readiness: the finding, each state, what to mend first, what lapses, the trend, the stamp."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from kithwork.caseload.actions import contacts
from kithwork.core.days import add_months
from kithwork.procedures import applying
from kithwork.readiness import keeping
from kithwork.readiness.models import KeptAnswers
from tests.running import a_mentor
from tests.web.coordinator.readiness.conftest import approved, overdue

pytestmark = pytest.mark.django_db


def cells(page: bytes) -> dict[str, str]:
    """Number -> the letter on the map."""
    found = html.fromstring(page).xpath("//*[contains(@class, 'kw-map__cell ')]")
    return {
        cell.xpath(".//*[contains(@class, 'kw-map__number')]")[0].text: cell.xpath(
            ".//*[contains(@class, 'kw-map__letter')]"
        )[0].text
        for cell in found
    }


def test_the_heading_says_the_finding_and_the_map_each_state(desk, looked, practice, people, today):
    approved(practice, people.ada, today - timedelta(days=10))
    overdue(practice, today, 2)
    page = desk.get(looked("readiness_map")).content
    letters = cells(page)
    assert {one: letters[one] for one in ("1", "8", "42", "59", "29")} == {
        "1": "D", "8": "M", "42": "N", "59": "–", "29": "–",
    }  # fmt: skip
    met = sum(letter in "MR" for letter in letters.values())
    text = html.fromstring(page).text_content()
    assert f"{met} of {len(letters)} indicators" in text
    assert "By document or at the visit: 3" in text or "By document or at the visit: 2" in text
    assert "E3" not in letters


def test_the_same_as_a_table(desk, looked, practice, today):
    overdue(practice, today, 1)
    tree = html.fromstring(desk.get(f"{looked('readiness_map')}?map=table").content)
    rows = {row.xpath("./td[2]")[0].text_content().split()[0]: row.xpath("./td[3]")[0].text_content() for row in
            tree.xpath("//div[@id='map']//tbody/tr")}  # fmt: skip
    assert rows["42"] == "Not met"
    assert rows["1"] == "By document or at the visit"


def test_the_first_lines_of_the_plan_lead_to_the_rows(desk, looked, practice, today):
    overdue(practice, today, 2)
    tree = html.fromstring(desk.get(looked("readiness_map")).content)
    links = tree.xpath("//a[contains(@class, 'govuk-task-list__link')]")
    assert links[0].get("href") == looked("readiness_rows", "42", 1)
    assert links[0].text_content().startswith("Client contacts: ")
    assert "0 of 2 mentees" in tree.xpath("string(//main)")
    assert desk.get(links[0].get("href")).status_code == 200


def test_a_level_is_chosen(desk, looked, practice, today):
    tree = html.fromstring(desk.get(looked("readiness_map", level="excellence")).content)
    assert looked("readiness_map") in tree.xpath("//nav//a/@href")
    assert {"1", "E3"} <= {one.upper() for one in cells(html.tostring(tree))}
    assert desk.get(looked("readiness_map", level="gold")).status_code == 404
    assert desk.get(looked("readiness_map", edition="1999")).status_code == 404


def test_the_first_page_leads_to_what_is_on_offer(desk, at, looked):
    answer = desk.get(at("readiness"))
    assert (answer.status_code, answer["Location"]) == (302, looked("readiness_map"))


def test_where_nothing_is_on_offer_it_says_so(desk, at, practice):
    assert "No award for services is on offer here" in desk.get(at("readiness")).content.decode()


def test_it_counts_again_when_records_have_changed(desk, looked, practice, people, today):
    (mentee,) = overdue(practice, today, 1)
    assert cells(desk.get(looked("readiness_map")).content)["42"] == "N"
    kept = KeptAnswers.objects.get()
    assert cells(desk.get(looked("readiness_map")).content)["42"] == "N"
    assert KeptAnswers.objects.get().counted_at == kept.counted_at
    contacts.log_contact(service=practice.service, kind="mentee", mentee=mentee, on=today, by=people.ada)
    page = desk.get(looked("readiness_map")).content
    assert cells(page)["42"] == "M"
    assert "Counted at" in page.decode()
    assert "have changed since" not in page.decode()


def test_what_was_slow_to_count_is_shown_with_its_stamp(desk, looked, practice, people, today):
    overdue(practice, today, 1)
    desk.get(looked("readiness_map"))
    KeptAnswers.objects.update(took_ms=keeping.SLOW + 1)
    approved(practice, people.ada, today)
    page = desk.get(looked("readiness_map")).content
    assert cells(page)["8"] == "–"
    assert "records have changed since" in page.decode()
    answer = desk.post(looked("readiness_count"))
    assert (answer.status_code, answer["Location"]) == (303, looked("readiness_map"))
    assert cells(desk.get(looked("readiness_map")).content)["8"] == "M"


def test_what_would_lapse_is_counted_for_thirty_sixty_and_ninety_days(desk, looked, practice, people, today):
    approved(practice, people.ada, add_months(today, -36) + timedelta(days=45))
    text = " ".join(html.fromstring(desk.get(looked("readiness_map")).content).text_content().split())
    assert "In 30 days None would lapse" in text
    assert "In 60 days 1 indicator would no longer be met" in text
    assert "In 90 days 1 indicator would no longer be met" in text


def test_the_trend_stands_there_once_a_month_is_kept(desk, looked, practice, edition, today):
    overdue(practice, today, 1)
    assert "Figures as a table" not in desk.get(looked("readiness_map")).content.decode()
    desk.post(looked("readiness_count"))
    ends = keeping.month_ends(practice, today)
    assert KeptAnswers.objects.filter(day__in=ends).count() == len(ends) == 12
    page = desk.get(looked("readiness_map")).content
    rows = html.fromstring(page).xpath("//figure//tbody/tr")
    assert len(rows) == 13
    assert rows[-1].xpath("./th")[0].text_content() == "Today"


def test_an_open_application_is_linked(desk, looked, begun, practice):
    page = desk.get(looked("readiness_map")).content.decode()
    assert f"/journeys/{begun.ref}/" in page


@pytest.fixture
def begun(people, offered, today):
    """An application that was begun for the edition."""
    return applying.begin(edition=offered, service=people.service, by=people.ada, today=today)


def test_others_are_turned_away(turned_away, at, looked, practice):
    turned_away(at("readiness"))
    turned_away(looked("readiness_map"))
    turned_away(looked("readiness_count"), "post")


def test_a_mentor_is_turned_away(as_user, looked, people, today, practice):
    a_mentor(people.service, people.ada, today, user=people.eve)
    assert as_user(people.eve).get(looked("readiness_map")).status_code == 404


def test_the_methods(desk, at, looked):
    assert desk.post(at("readiness")).status_code == 405
    assert desk.post(looked("readiness_map")).status_code == 405
    assert desk.get(looked("readiness_count")).status_code == 405


def test_it_costs_the_same_for_one_and_thirty(desk, queries, looked, practice, today):
    overdue(practice, today, 1)
    first = queries(looked("readiness_map"))
    overdue(practice, today, 29)
    assert queries(looked("readiness_map")) == first <= 11


def test_counting_anew_costs_one_query_more_and_the_keeping(desk, looked, practice, today):
    overdue(practice, today, 30)
    with CaptureQueriesContext(connection) as found:
        desk.get(looked("readiness_map"))
    assert len(found) <= 16
    assert sum("MATERIALIZED" in query["sql"] for query in found) == 1


def test_the_page_is_light(desk, looked, practice, today):
    overdue(practice, today, 30)
    assert len(desk.get(looked("readiness_map", level="excellence")).content) < 60_000


def test_a_day_later_it_is_counted_for_that_day(desk, looked, practice, edition, today):
    yesterday = timezone.now() - timedelta(days=1)
    keeping.count(practice=practice, edition=edition, day=today - timedelta(days=1), now=yesterday)
    desk.get(looked("readiness_map"))
    assert set(KeptAnswers.objects.values_list("day", flat=True)) == {today, today - timedelta(days=1)}
