"""One application: what waits, how it stands, and never any evidence."""

import pytest
from django.urls import reverse

from kithwork.evidence.models import Item, Round
from kithwork.procedures import assessing
from kithwork.procedures.sample import POINTS

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_fits_every_point_of_the_road(point, olu, at, walk_to, queries):
    walk = walk_to(point)
    url = at("body_journey", walk.journey.ref)
    assert queries(url) <= 12
    answer = olu.get(url)
    assert len(answer.content) <= 60_000


def test_offers_the_one_thing_that_waits_for_the_officer(olu, at, journey_at, org):
    journey = journey_at("applied")
    page = olu.get(at("body_journey", journey.ref)).content.decode()
    assert "Lanternside Mentoring waits for you. Eligibility: decide" in page
    assert f'href="{reverse("decide", args=[org, journey.ref, "eligibility"])}" role="button"' in page


def test_shows_counts_but_no_evidence(olu, at, walk_to):
    walk = walk_to("returned")
    item = Item.objects.filter(journey=walk.journey).first()
    item.title = "Secret-title-of-evidence"
    item.save()
    page = olu.get(at("body_journey", walk.journey.ref)).content.decode()
    assert "Secret-title-of-evidence" not in page
    assert item.ref not in page
    assert "indicators are confirmed" in page
    assert "sent back" in page


def test_tells_of_a_breach_and_who_reported_it(olu, at, walk_to, people, today):
    walk = walk_to("returned")
    sent = Round.objects.filter(journey=walk.journey).order_by("-id").first()
    assessing.report_breach(
        journey=walk.journey, slot=sent.slot, item=sent.items.first(), what="A full name", by=people.dot, today=today
    )
    page = olu.get(at("body_journey", walk.journey.ref)).content.decode()
    assert "A full name" in page
    assert "data breach reported" in page


def test_shows_earlier_versions_of_what_was_handed_in(olu, at, walk_to, people, today):
    from kithwork.core.journey import Answer
    from kithwork.procedures import applying

    walk = walk_to("applied")
    ref = walk.journey.ref
    applying.decide_eligibility(
        journey=walk.journey, stage="eligibility", outcome=Answer.MORE, reason="Say more.", by=people.olu, today=today
    )
    answers = dict(walk.journey.responses.get(stage="application").answers) | {"service_aims": "Quite another aim"}
    applying.hand_in_form(journey=walk.journey, stage="application", answers=answers, by=people.ada, today=today)
    page = olu.get(at("body_journey", ref)).content.decode()
    assert "All 2 versions" in page
    newest = olu.get(at("body_answers", ref, "application")).content.decode()
    assert "Quite another aim" in newest
    earlier = olu.get(at("body_answers", ref, "application") + "?version=1").content.decode()
    assert "Quite another aim" not in earlier
    assert olu.get(at("body_answers", ref, "application") + "?version=9").status_code == 404


def test_is_for_officers_alone(turned_away, at, journey_at):
    journey = journey_at("applied")
    turned_away(at("body_journey", journey.ref))
    assert journey.ref


def test_answers_are_for_officers_alone(turned_away, at, journey_at):
    turned_away(at("body_answers", journey_at("applied").ref, "application"))


def test_wrong_method_and_absent(olu, at, journey_at):
    assert olu.post(at("body_journey", journey_at("begun").ref)).status_code == 405
    assert olu.get(at("body_journey", "bbbbbbbbbbbb")).status_code == 404
