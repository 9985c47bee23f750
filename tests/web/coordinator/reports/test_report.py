"""A year's report: each number, the rows behind it, the CSV, the document, and who may see what."""

import csv
import io
from datetime import date, timedelta

import pytest
from lxml import html

from kithwork.caseload.queries.figures import counted
from kithwork.caseload.queries.lines import all_of, number_of
from kithwork.caseload.queries.reports import TARGETED, Figure, behind, report_of, years_of
from kithwork.governance.models import Target
from tests.core.credentials.test_typeset import squeezed, words
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.reports.conftest import YEAR

pytestmark = pytest.mark.django_db

NUMBERS = {
    Figure.REFERRED: 3, Figure.ACCEPTED: 2, Figure.SIGNPOSTED: 1, Figure.WITHDRAWN: 0, Figure.WAITING: 3,
    Figure.APPLIED: 1, Figure.TRAINED: 0, Figure.SELECTED: 0, Figure.NOT_SELECTED: 1, Figure.MENTORS: 1,
    Figure.MATCHED: 2, Figure.SUPPORTED: 2, Figure.RUNNING: 0, Figure.PLANNED: 1, Figure.SUDDEN: 1, Figure.UNSAID: 0,
    Figure.MEETINGS: 3, Figure.MISSED: 1, Figure.MENTEES_HEARD: 1, Figure.MENTORS_HEARD: 1, Figure.REVIEWS: 2,
    Figure.SUPERVISIONS: 1,
}  # fmt: skip


@pytest.fixture
def found(practice, year, today):
    return report_of(practice, YEAR, today)


def test_each_number_of_the_year(found):
    assert found.counts == NUMBERS
    assert (found.first, found.last) == (date(YEAR, 1, 1), date(YEAR, 12, 31))
    assert found.hours == 4  # three meetings of an hour and a half


def test_each_number_is_that_of_the_rows_behind_it(practice, year, today, found):
    rows = behind(practice, YEAR, today)
    assert {one: len(all_of(ask)) for one, (_, ask) in rows.items()} == found.counts
    assert {one: number_of(ask) for one, (_, ask) in rows.items()} == found.counts


def test_targets_count_as_the_register_does(practice, year, today, found):
    asked = {(kind, YEAR) for kind in TARGETED}
    assert {kind: number for (kind, _), number in counted(practice.service, asked).items()} == {
        kind: found.counts[figure] for kind, figure in TARGETED.items()
    }


def test_how_long_those_matched_had_waited(found):
    assert (found.waited.people, found.waited.middle, found.waited.longest) == (2, round((35 + 14) / 2), 35)


def test_the_months(found):
    february, march = found.months[1], found.months[2]
    assert (february.meetings, february.staff, february.begun, february.ended) == (2, 0, 1, 0)
    assert (march.meetings, march.staff, march.begun, march.ended) == (1, 2, 0, 1)
    assert len(found.months) == 12
    assert [one.waiting for one in found.waiting][:3] == [1, 1, 0]
    assert found.waiting[-1].waiting == 3


def test_reviews_and_supervision_held_in_time(practice, found):
    """Of the two reviews one was late; the supervision of December was held in time, the one after it was not held."""
    assert (found.reviews.times, found.reviews.in_time, found.reviews.share) == (2, 1, 50)
    assert (found.supervisions.times, found.supervisions.in_time) == (2, 1)


def test_a_match_over_the_new_year_is_supported_in_both(practice, people, today):
    match = a_match(
        a_mentee(people.service, date(2024, 6, 1)), a_mentor(people.service, people.ada, date(2024, 6, 1)), people.ada,
        today, introduced_on=date(2024, 12, 31), first_met_on=date(2024, 12, 31), proposed_on=date(2024, 12, 1),
        ended_on=date(2025, 1, 1),
    )  # fmt: skip
    numbers = {year: report_of(practice, year, today).counts[Figure.SUPPORTED] for year in (2024, 2025, 2026)}
    assert numbers == {2024: 1, 2025: 1, 2026: 0}
    assert years_of(practice, today) == [today.year, *range(today.year - 1, match.introduced_on.year - 1, -1)]


def test_the_page_says_the_finding_and_links_each_number_to_its_rows(desk, at, year):
    page = desk.get(at("report", YEAR)).content.decode()
    assert f"2 matches were supported in {YEAR}</h1>" in page
    tree = html.fromstring(page)
    links = {
        link.get("href"): link.text
        for link in tree.xpath("//dd//a")
        if link.get("href").startswith(at("report", YEAR)) and "late" not in link.get("href")
    }
    assert links == {at("report_rows", YEAR, one.value): str(number) for one, number in NUMBERS.items() if number}
    for href, number in links.items():
        rows = desk.get(href)
        assert rows.status_code == 200, href
        assert f": {number}</h1>" in rows.content.decode(), href
    assert page.count('<svg class="kw-chart__picture"') == 4


def test_the_rows_lead_to_the_records_and_can_be_searched_and_downloaded(desk, at, year):
    page = desk.get(at("report_rows", YEAR, "supported")).content.decode()
    assert at("match", year.ref) in page
    assert "Cai Rowan and Mab Sorrel" in page
    searched = desk.get(at("report_rows", YEAR, "supported") + "?q=ola").content.decode()
    assert "Cai Rowan" not in searched
    assert "Ola Finch" in searched
    answer = desk.get(at("report_rows", YEAR, "supported") + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Who"], row["With"]) for row in rows] == [("Ola Finch", "Mab Sorrel"), ("Cai Rowan", "Mab Sorrel")]


def test_what_was_late_is_listed_with_the_day_on_which_it_was_held(desk, at, year):
    page = desk.get(at("report_rows", YEAR, "late-reviews")).content.decode()
    assert "Reviews late or not held, 2025: 1" in page
    assert "1 August 2025" in page
    assert "20 August 2025" in page
    page = desk.get(at("report_rows", YEAR, "late-supervisions")).content.decode()
    assert "1 December 2025" in page
    assert "Not held" in page
    answer = desk.get(at("report_rows", YEAR, "late-supervisions") + "?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Due by"], row["Held on"]) for row in rows] == [("2025-12-01", "")]


def test_targets_stand_beside_what_was_reached(desk, at, people, year):
    Target.objects.create(service=people.service, year=YEAR, counts="matched", aim=3)
    Target.objects.create(service=people.service, year=YEAR, counts="meetings", aim=2)
    Target.objects.create(service=people.service, year=YEAR, counts="other", what="Walks held", aim=4, reached=4)
    page = desk.get(at("report", YEAR)).content.decode()
    assert "1 short" in page
    assert page.count("Reached</strong>") == 2
    assert "Walks held" in page


def test_the_figures_as_csv(desk, at, year):
    answer = desk.get(at("report", YEAR) + "?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["Contact", "Meetings of mentors and mentees", "3"] in rows
    assert ["Contact, month by month", "Feb: Meetings", "2"] in rows


def test_the_document_says_what_the_page_says(desk, at, people, year):
    Target.objects.create(service=people.service, year=YEAR, counts="matched", aim=3)
    answer = desk.get(at("report_pdf", YEAR))
    assert answer["Content-Type"] == "application/pdf"
    text = words(answer.content)
    for said in ("Lanternside Mentoring", "The year 2025", "2 matches were supported in 2025.", "Referrals received",
                 "Most meetings were in Feb: 2.", "Matches begun", "1 short"):  # fmt: skip
        assert squeezed(said) in text, said
    assert squeezed("Cai Rowan") not in text


def test_this_year_is_so_far(desk, at, practice, people, today):
    page = desk.get(at("report", today.year)).content.decode()
    assert f"0 matches were supported in {today.year} so far" in page


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_year_without_work_is_no_page(desk, at, practice, year):
    for name in ("report", "report_pdf"):
        assert desk.get(at(name, year)).status_code == 404
    assert desk.get(at("report_rows", year, "referred")).status_code == 404


def test_a_figure_that_does_not_exist_is_no_page(desk, at, year):
    assert desk.get(at("report_rows", YEAR, "nonsense")).status_code == 404


def test_the_list_of_reports_leads_everywhere(desk, at, year):
    page = desk.get(at("reports"))
    hrefs = {link.get("href") for link in html.fromstring(page.content).xpath("//main//a")}
    assert {at("report", YEAR), at("missing"), at("register_targets"), at("outcomes"), at("equalities")} <= hrefs
    for href in hrefs:
        assert desk.get(href).status_code == 200, href


def test_a_reader_sees_figures_and_no_rows(as_user, at, people, year):
    client = as_user(people.cid)
    page = client.get(at("report", YEAR)).content.decode()
    assert "Meetings of mentors and mentees" in page
    assert at("report_rows", YEAR, "meetings") not in page
    assert client.get(at("report_pdf", YEAR)).status_code == 200
    assert at("missing") not in client.get(at("reports")).content.decode()


def test_rows_are_for_those_who_see_peoples_records(turned_away, at, year):
    turned_away(at("report_rows", YEAR, "meetings"))
    turned_away(at("report_rows", YEAR, "late-supervisions"))


@pytest.mark.parametrize("name", ["reports", "report", "report_pdf"])
def test_strangers_see_nothing(as_user, at, people, year, name):
    args = [] if name == "reports" else [YEAR]
    for user in (people.dot, people.olu, people.eve):
        assert as_user(user).get(at(name, *args)).status_code == 404
    assert as_user(people.cid).post(at(name, *args)).status_code == 405


def test_it_costs_the_same_however_much_there_is(queries, at, people, practice, today):
    begun = date(YEAR, 3, 1)

    def one(number: int) -> None:
        a_match(
            a_mentee(people.service, begun, f"Person {number}"),
            a_mentor(people.service, people.ada, begun - timedelta(days=60), f"Mentor {number}"), people.ada, begun,
        )  # fmt: skip

    one(0)
    first = queries(at("report", YEAR)), queries(at("report_rows", YEAR, "supported"))
    for number in range(1, 30):
        one(number)
    assert (queries(at("report", YEAR)), queries(at("report_rows", YEAR, "supported"))) == first
    assert first[0] <= 25
