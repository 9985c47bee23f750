"""Every page of the desk opens at every point of the road, for those who may and for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.procedures.sample import Cast
from tests.web.ids import twice


def addresses(journey: Journey, cast: Cast, today: object) -> list[str]:
    reading = read(journey, today)  # type: ignore[arg-type]  # a date
    edition, ref = reading.edition, journey.ref
    found = [reverse(name, args=[ref]) for name in ("journey", "evidence_map", "items", "history")]
    found += [reverse("journey_stage", args=[ref, stage.id]) for stage in edition.stages]
    found += [reverse("area", args=[ref, area.id]) for area in edition.areas]
    found += [reverse("requirement", args=[ref, slot]) for slot in ("1", "6", "7", "42")]
    found += [reverse("piece", args=[ref, slot]) for slot in ("mentee-journey", "mentor-journey")]
    found += [reverse("item", args=[ref, item.ref]) for item in journey.items.all()[:2]]
    found += [reverse("invoice_pdf", args=[ref, invoice.ref]) for invoice in journey.invoices.all()]
    found += [reverse(name, args=[cast.provider.slug]) for name in ("service_home", "colleagues")]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("point", ["begun", "eligible", "returned", "visited", "awarded"])
def test_every_page_at_every_point(
    point: str, journey_at: Callable[..., Journey], people: Cast, as_user: Callable[[User], Client], today: object
) -> None:
    journey = journey_at(point)
    ada, cid, eve = as_user(people.ada), as_user(people.cid), as_user(people.eve)
    stranger = Client()
    for address in addresses(journey, people, today):
        answer = ada.get(address)
        assert answer.status_code == 200, address
        assert address.endswith(".pdf") or len(answer.content) < 60_000, address
        assert address.endswith(".pdf") or not twice(answer.content), address
        assert cid.get(address).status_code == 200, address
        assert eve.get(address).status_code == 404, address
        assert stranger.get(address).status_code == 302, address
