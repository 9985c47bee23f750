"""Nobody but the assessor appointed comes in, by any of the desk's addresses; and each page takes its methods alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.journeys.actions import end_appointment
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures.sample import Cast, Walk, person
from tests.web.assessor.conftest import waiting_slots


def addresses(walk: Walk) -> dict[str, str]:
    ref, slot = walk.journey.ref, waiting_slots(walk)[0]
    item = walk.journey.rounds.get(slot=slot).items.get().ref
    return {
        "case": reverse("case", args=[ref]),
        "assess": reverse("assess", args=[ref, slot]),
        "breach": reverse("breach", args=[ref, slot, item]),
        "assess_file": reverse("assess_file", args=[ref, item]),
        "arrange": reverse("arrange", args=[ref, "first-meeting"]),
        "hold": reverse("hold", args=[ref, "first-meeting"]),
        "visit": reverse("visit", args=[ref, "visit"]),
        "interview": reverse("interview", args=[ref, "interviews", "staff"]),
        "recommend": reverse("recommend", args=[ref, "decision"]),
    }


@pytest.mark.parametrize("who", ["ada", "bea", "cid", "olu", "eve"])
def test_nobody_else_comes_in(who: str, sent: Walk, people: Cast, as_user: Callable[..., Client]) -> None:
    client = as_user(getattr(people, who))
    for address in addresses(sent).values():
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}
    assert client.get(reverse("queue")).status_code == 404


def test_another_assessor_of_the_body_does_not_come_in(
    sent: Walk, people: Cast, as_user: Callable[..., Client]
) -> None:
    fay = person("Fay Other", "fay@assessors.example")
    organisations.join(organisation=people.body, user=fay, role=Role.ASSESSOR, by=people.olu)
    client = as_user(fay)
    assert client.get(reverse("queue")).status_code == 200
    for address in addresses(sent).values():
        assert client.get(address).status_code == 404


def test_an_assessor_taken_off_the_case_is_shut_out(sent: Walk, people: Cast, dot: Client) -> None:
    end_appointment(journey=sent.journey, by=people.olu, today=sent.today)
    for address in addresses(sent).values():
        assert dot.get(address).status_code == 404


def test_signing_in_comes_first(sent: Walk, client: Client) -> None:
    for address in addresses(sent).values():
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["queue", "case", "assess_file"])
def test_reading_pages_take_no_post(name: str, sent: Walk, dot: Client) -> None:
    address = reverse("queue") if name == "queue" else addresses(sent)[name]
    assert dot.post(address).status_code == 405


def test_every_page_refuses_put(sent: Walk, dot: Client) -> None:
    for address in addresses(sent).values():
        assert dot.put(address).status_code == 405


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("assess", ["nothing"]),
        ("arrange", ["nothing"]),
        ("arrange", ["registration"]),
        ("hold", ["online"]),
        ("visit", ["online"]),
        ("interview", ["interviews", "nobody"]),
        ("recommend", ["eligibility"]),
    ],
)
def test_what_the_scheme_does_not_have_is_not_there(name: str, args: list[str], sent: Walk, dot: Client) -> None:
    assert dot.get(reverse(name, args=[sent.journey.ref, *args])).status_code == 404
