"""What each component tag and filter puts on the page."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from lxml import html

from kithwork.web.kit.cards import (
    Column,
    Count,
    EvidenceMap,
    Kind,
    Link,
    MapArea,
    MapCell,
    MapState,
    StateTag,
    SummaryRow,
    TaskRow,
    TimelineEvent,
)
from kithwork.web.kit.lists import Filter


def shown(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


def tree(source: str, **context: object) -> html.HtmlElement:
    return html.fromstring(f"<div>{shown(source, **context)}</div>")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 3, 3), "3 March 2027"),
        (None, ""),
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "1 July 2027"),  # already the next day in London
    ],
)
def test_longdate(value: date | None, words: str, settings: object) -> None:
    assert shown("{{ value|longdate }}", value=value) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day"),
        (3, "3 days"),
        (13, "13 days"),
        (14, "2 weeks"),
        (35, "5 weeks"),
        (83, "11 weeks"),
        (120, "about 4 months"),
        (731, "about 2 years"),
        (-3, "in 3 days"),
        (None, ""),
    ],
)
def test_waited(days: int | None, words: str) -> None:
    assert shown("{{ days|waited }}", days=days) == words


@pytest.mark.parametrize(("amount", "words"), [(550, "£550"), (1200, "£1,200"), (0, "£0"), (-5, "−£5"), (None, "")])
def test_pounds(amount: int | None, words: str) -> None:
    assert shown("{{ amount|pounds }}", amount=amount) == words


def test_plural() -> None:
    assert (
        shown('{{ 1|plural:"match,matches" }} {{ 3|plural:"match,matches" }} {{ 0|plural:"mentor" }}')
        == "1 match 3 matches 0 mentors"
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_a_tag_has_a_word_and_a_colour(kind: Kind) -> None:
    tag = tree("{% state_tag tag %}", tag=StateTag("Overdue <now>", kind))[0]
    assert tag.text == "Overdue <now>"
    assert tag.get("class").split()[0] == "govuk-tag"


def test_a_tag_from_words() -> None:
    assert tree('{% state_tag "Late" "amber" %}')[0].get("class") == "govuk-tag govuk-tag--yellow"


def test_a_button_sends_and_a_button_with_an_address_is_a_link() -> None:
    send, start = tree(
        '{% button "Save" name="act" value="save" %}{% button "Start" href="/a?b=1&c=2" kind="secondary" %}'
    )
    assert (send.tag, send.get("type"), send.get("name"), send.get("value")) == ("button", "submit", "act", "save")
    assert (start.tag, start.get("href"), start.get("class")) == (
        "a",
        "/a?b=1&c=2",
        "govuk-button govuk-button--secondary",
    )


def test_task_list_ties_hint_and_state_to_its_link() -> None:
    rows = [TaskRow("Write it", "/t/", "Yearly", StateTag("Overdue", Kind.RED)), TaskRow("Later")]
    page = tree("{% task_list rows %}", rows=rows)
    ids = page.xpath("//a")[0].get("aria-describedby").split()
    assert [page.get_element_by_id(name).text_content().strip() for name in ids] == ["Yearly", "Overdue"]
    assert len(page.xpath("//li")) == 2
    assert len(page.xpath("//a")) == 1


def test_two_task_lists_on_a_page_share_no_id() -> None:
    rows = [TaskRow("Write it", "/t/", "Yearly", StateTag("Overdue"))]
    ids = tree("{% task_list rows %}{% task_list rows %}", rows=rows).xpath("//@id")
    assert len(ids) == len(set(ids)) == 4


def test_summary_list_names_what_change_changes() -> None:
    rows = [SummaryRow("Name", ["A <b>", "C"], "/n/"), SummaryRow("Granted", date(2027, 3, 3)), SummaryRow("By", None)]
    page = tree("{% summary_list rows %}", rows=rows)
    assert page.xpath("//dd/a")[0].text_content() == "Change Name"
    assert [value.text_content() for value in page.xpath("//dd[@class='govuk-summary-list__value']")] == [
        "A <b>C",
        "3 March 2027",
        "Not given",
    ]


def test_timeline_has_machine_readable_dates() -> None:
    page = tree("{% timeline events %}", events=[TimelineEvent("Visit", date(2027, 3, 3), "Dot", "Held", "/v/")])
    assert page.xpath("//time/@datetime") == ["2027-03-03"]
    assert "3 March 2027 · Dot" in page.text_content()
    assert page.xpath("//a/@href") == ["/v/"]


def test_pager_keeps_the_query_and_marks_the_page() -> None:
    request = RequestFactory().get("/x/", {"q": "a&b", "page": "4"})
    page = tree("{% pager page_obj %}", page_obj=Paginator(range(220), 20).page(4), request=request)
    assert page.xpath("//a[@aria-current='page']/@href") == ["?q=a%26b&page=4"]
    assert page.xpath("//a[@rel='prev']/@href") == ["?q=a%26b&page=3"]
    assert page.xpath("//a[@rel='next']/@href") == ["?q=a%26b&page=5"]


def test_pager_of_one_page_is_nothing() -> None:
    assert shown("{% pager page_obj %}", page_obj=Paginator(range(2), 20).page(1)).strip() == ""


def test_data_table_has_headers_a_caption_and_takes_the_keyboard() -> None:
    columns = [Column("Match", href="?sort=m", order="ascending"), Column("Contacts", numeric=True), Column("State")]
    rows = [(Link("Cid & Bea", "/m/1/"), Count(1204, "/c/"), StateTag("On track", Kind.GREEN))]
    page = tree('{% data_table columns rows caption="Matches" %}', columns=columns, rows=rows)
    assert page.xpath("//div[@role='region' and @tabindex='0']/@aria-label") == ["Matches"]
    assert page.xpath("//caption")[0].text_content() == "Matches"
    assert page.xpath("//th[@scope='col']/@aria-sort") == ["ascending"]
    assert page.xpath("//th[@scope='row']")[0].text_content() == "Cid & Bea"
    number = page.xpath("//td")[0]
    assert number.text_content() == "1,204"
    assert "govuk-table__cell--numeric" in number.get("class")


def test_a_row_of_the_wrong_length_is_a_fault_not_a_shifted_table() -> None:
    with pytest.raises(ValueError, match="zip"):
        shown('{% data_table columns rows caption="M" %}', columns=["A", "B"], rows=[("only one",)])


MAP = EvidenceMap(
    "Map",
    (
        MapArea(
            "Purpose",
            (
                MapCell("1.1", "Aims", MapState.CONFIRMED, "/r/1/"),
                MapCell("1.2", "Policy", MapState.SENT, "/r/2/", StateTag("Waiting for you", Kind.BLUE)),
                MapCell("1.3", "Plan", MapState.BLANK),
            ),
        ),
    ),
)


def test_evidence_map_says_each_state_in_words_and_letters() -> None:
    page = tree("{% evidence_map map %}", map=MAP)
    links = page.xpath("//a[contains(@class, 'kw-map__cell')]")
    assert [" ".join(link.text_content().split()) for link in links] == [
        "1.1 Aims: ConfirmedC",
        "1.2 Policy: Waiting for youS",
    ]
    assert "1 of 3 confirmed" in page.text_content()
    assert [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='kw-map__key']/li")] == [
        "C Confirmed: 1",
        "S Waiting for you: 1",
        "– Nothing yet: 1",
    ]
    assert not page.xpath("//table")
    assert page.xpath("//a[@href='?map=table#map']")


def test_evidence_map_is_a_table_when_asked_for(rf: RequestFactory) -> None:
    page = tree("{% evidence_map map %}", map=MAP, request=rf.get("/?map=table"))
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["Purpose", "1.1 Aims", "Confirmed"],
        ["Purpose", "1.2 Policy", "Waiting for you"],
        ["Purpose", "1.3 Plan", "Nothing yet"],
    ]
    assert page.xpath("//tbody//a/@href") == ["/r/1/", "/r/2/"]
    assert not page.xpath("//*[contains(@class, 'kw-map__cell')]")
    assert page.xpath("//a[@href='?#map']")


def test_notices_say_their_kind_in_words() -> None:
    page = tree(
        '{% notice "Late" "warning" href="/v/" link="See" %}{% warning "No way back" %}'
        '{% empty "None yet" href="/a/" action="Add" %}'
    )
    words = " ".join(page.text_content().split())
    assert "Take care: Late See" in words
    assert "Warning No way back" in words
    assert page.xpath("//div[@class='kw-empty']/a/@href") == ["/a/"]


def test_an_svg_loses_its_declaration_alone() -> None:
    assert shown("{{ svg|inline_svg }}", svg="<?xml version='1.0'?>\n<svg><path/></svg>") == "<svg><path/></svg>"


def test_rows_that_are_read_name_their_column_in_every_cell() -> None:
    """So that on a phone, where they stand one under the other, each says what it is; what sorts stays in sight."""
    columns = [Column("Match", href="?sort=m"), Column("Since")]
    page = tree('{% data_table columns rows caption="M" stack=True %}', columns=columns, rows=[("Cid & Bea", "May")])
    assert "kw-table--stack" in page.xpath("//div[@role='region']/@class")[0]
    assert page.xpath("//td/@data-head") == ["Since"]
    assert page.xpath("//thead/tr/@data-sort") == ["Sort by"]
    plain = tree('{% data_table columns rows caption="M" %}', columns=columns, rows=[("Cid & Bea", "May")])
    assert not plain.xpath("//*[@data-head or @data-sort]"), "rows that are compared scroll in their region"


class Choosing(Filter):
    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", "All"), ("a", "A")])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Filter and search"),
        ({"sort": "-name"}, "Filter and search"),
        ({"q": "x", "kind": "a"}, "Filter and search: 2 chosen"),
        ({"kind": "no such"}, "Filter and search"),
    ],
)
def test_a_filter_is_folded_up_and_says_how_much_is_chosen(asked: dict[str, str], words: str) -> None:
    """Without a script the list comes first on a phone; beside the list the styles hold it open."""
    page = tree('{% include "kit/filter.html" with clear_href="?" %}', form=Choosing(asked))
    fold = page.xpath("//details")[0]
    assert "open" not in fold.attrib
    assert fold.xpath("summary")[0].text_content() == words
