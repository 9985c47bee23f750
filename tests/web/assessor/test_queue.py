"""The queue: which submission is next, and whose clock is running."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.journeys.models import Appointment, Journey
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast, Walk


def copies(walk: Walk, people: Cast, count: int) -> None:
    """More cases of the same look, made as bare rows for speed."""
    row = Journey.objects.get(pk=walk.journey.pk)
    for number in range(count):
        service = Service.objects.create(organisation=people.provider, name=f"Copy {number}", slug=f"copy-{number}")
        row.pk, row.ref, row._state.adding = None, f"copy{number:08d}", True
        row.service, row.oldest_sent = service, walk.today - timedelta(days=number)
        row.save()
        Appointment.objects.create(
            journey=row, assessor=people.dot, state="appointed", asked_by=people.olu, asked_on=walk.today
        )


def test_shows_what_waits_and_since_when(sent: Walk, dot: Client) -> None:
    page = dot.get(reverse("queue")).content.decode()
    assert '<h1 class="govuk-heading-l">1 open case</h1>' in page
    assert "Lanternside Mentoring" in page
    assert "1 Board of trustees" in page  # the next thing, named
    assert "0 of 61" in page
    assert ">You</strong>" in page
    assert ">Applicant</a>" in page, "whoever applies, a service or a person"


def test_the_next_button_leads_to_the_oldest_thing(sent: Walk, dot: Client) -> None:
    answer = dot.get(reverse("queue"))
    assert answer.context["next"].href == reverse("assess", args=[sent.journey.ref, "1"])
    assert dot.get(answer.context["next"].href).status_code == 200


def test_runs_the_same_queries_for_one_case_and_for_fifty(sent: Walk, people: Cast, dot: Client) -> None:
    dot.get(reverse("queue"))
    with CaptureQueriesContext(connection) as one:
        dot.get(reverse("queue"))
    copies(sent, people, 60)
    with CaptureQueriesContext(connection) as many:
        answer = dot.get(reverse("queue"))
    assert len(many) == len(one) <= 8
    assert len(answer.context["rows"]) == 50
    assert len(answer.content) < 60_000
    assert len(dot.get(reverse("queue"), {"page": "2"}).context["rows"]) == 11


def test_sorts_both_ways(sent: Walk, people: Cast, dot: Client) -> None:
    copies(sent, people, 3)
    up = [row.since for row in dot.get(reverse("queue"), {"sort": "since"}).context["rows"]]
    down = [row.since for row in dot.get(reverse("queue"), {"sort": "-since"}).context["rows"]]
    assert up == sorted(up) == down[::-1]
    for key in ("service", "waiting", "due", "stage", "progress", "nonsense"):
        assert dot.get(reverse("queue"), {"sort": key}).status_code == 200


def test_filters_and_searches(sent: Walk, people: Cast, dot: Client) -> None:
    copies(sent, people, 2)
    Journey.objects.filter(ref="copy00000000").update(waiting_on=" applicant ", to_assess=0, oldest_sent=None)
    Journey.objects.filter(ref="copy00000001").update(status="withdrawn", waiting_on="", to_assess=0)

    def names(**query: str) -> set[str]:
        return {row.name for row in dot.get(reverse("queue"), query).context["rows"]}

    assert names() == {"Lanternside Mentoring", "Copy 0"}
    assert names(show="me") == {"Lanternside Mentoring"}
    assert names(show="service") == {"Copy 0"}
    assert names(show="finished") == {"Copy 1"}
    assert names(q="copy 0") == {"Copy 0"}
    assert names(q="nobody has this name") == set()
    assert names(show="drop table") == {"Lanternside Mentoring", "Copy 0"}


def test_a_request_to_assess_stands_at_the_top(walk_to: Callable[..., Walk], people: Cast, dot: Client) -> None:
    from kithwork.procedures import applying

    walk = walk_to("eligible")
    asked = applying.ask_assessor(journey=walk.journey, assessor=people.dot, by=people.olu, today=walk.today)
    page = dot.get(reverse("queue")).content.decode()
    assert reverse("assess_request", args=[asked.ref]) in page
    assert "1 request to assess awaits your declaration" in page


def test_an_assessor_without_cases_is_told_what_belongs_here(people: Cast, dot: Client) -> None:
    assert b"No open case" in dot.get(reverse("queue")).content


def test_the_row_agrees_with_the_case(sent: Walk, dot: Client, today: date) -> None:
    (row,) = dot.get(reverse("queue")).context["rows"]
    case = dot.get(row.href).context
    assert row.count == sum(len(area.rows) for area in case["areas"]) == 7
