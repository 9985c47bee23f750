"""What was confirmed and went out of date before the decision: the assessor and the body see it; it refuses nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from kithwork.core.days import counts_until
from kithwork.core.verdict import Refused
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Item, Round
from kithwork.evidence.queries import gone_stale
from kithwork.journeys.queries import read
from kithwork.procedures import assessing
from kithwork.procedures.sample.words import let_go
from kithwork.web.templatetags.kit import longdate

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(short_walk):
    """All is confirmed; the assessor's recommendation is awaited."""
    return short_walk("ready")


def aged(way, slot, today, over=1):
    """Let what was confirmed for a requirement be so many days over its limit today; gives its last day."""
    limit = way.edition.requirement(slot).fresh
    dated = limit.before(today) - timedelta(days=over)
    held = Item.objects.filter(rounds__in=Round.objects.filter(journey=way.journey, slot=slot))
    assert held.update(dated=dated)
    return counts_until(dated, limit)


def stale_text(page):
    return " ".join(html.fromstring(page.content).xpath("string(//section[@aria-labelledby='stale'])").split())


def test_the_last_day_still_counts_and_the_next_does_not(way, today):
    limit = way.edition.requirement("8").fresh
    held = Item.objects.filter(rounds__in=Round.objects.filter(journey=way.journey, slot="8"))
    held.update(dated=limit.before(today))
    last = counts_until(limit.before(today), limit)
    assert gone_stale(read(way.journey, last)) == []
    found = gone_stale(read(way.journey, last + timedelta(days=1)))
    assert [(one.requirement.id, one.until) for one in found if one.requirement.id == "8"] == [("8", last)]


def test_the_assessor_sees_it_before_recommending_and_may_recommend_all_the_same(way, people, as_user, today):
    address = reverse("recommend", args=[way.journey.ref, "decision"])
    dot = as_user(people.dot)
    assert stale_text(dot.get(address)) == ""
    until = aged(way, "8", today)
    text = stale_text(dot.get(address))
    assert "1 document has gone out of date since" in text
    assert f"8 {way.edition.requirement('8').title}" in text
    assert longdate(until) in text
    given = {"outcome": "yes", "summary": "All is there.", "strengths": "The people.", "next_time": "Begin earlier."}
    assert dot.post(address, given).status_code == 303


def test_the_body_sees_it_where_it_decides(short_walk, people, as_user, today):
    way = short_walk("recommended")
    address = reverse("decide", args=[people.body.slug, way.journey.ref, "decision"])
    olu = as_user(people.olu)
    assert stale_text(olu.get(address)) == ""
    until = aged(way, "8", today)
    assert longdate(until) in stale_text(olu.get(address))


def test_one_and_many_take_the_same_queries(way, today):
    reading = read(way.journey, today)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            gone_stale(reading)
        return len(caught)

    one = queries()
    for slot in ("8", "29", "38"):
        aged(way, slot, today)
    assert len(gone_stale(reading)) == 3
    assert queries() == one <= 2


def test_sending_looks_again_at_what_was_in_date_when_it_was_added(short_walk, people, today):
    way = short_walk("registered")
    limit = way.edition.requirement("8").fresh
    item = evidence.add_statement(
        journey=way.journey, slots=["8"], title="Policy", text="We welcome all.", dated=today, casework=False,
        declared=False, by=people.ada, passing=let_go(people.ada), today=today,
    )  # fmt: skip
    Item.objects.filter(pk=item.pk).update(dated=limit.before(today) - timedelta(days=1))
    stage = way.edition.stage_for(way.edition.requirement("8")).id
    with pytest.raises(Refused, match="counted until"):
        assessing.send_evidence(journey=way.journey, stage=stage, slots=["8"], by=people.ada, today=today)
