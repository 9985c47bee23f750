"""A portfolio at every moment, by every address of the site, as everybody: private until it is handed in.

Each piece's title and words hold a secret of the moment in which they were written. Before the hand-in nobody but its
owner may read one anywhere; afterwards the journey's assessor, officers, the panel's member and its chair read what was
handed in, and never what was written since.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.core.journey import Answer
from kithwork.core.portfolio import Link
from kithwork.core.schemes import Role as Acting
from kithwork.evidence.models import Item
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Role
from kithwork.procedures import applying, deciding, sample
from kithwork.procedures.sample import Cast
from kithwork.urls import urlpatterns
from tests.evidence.folder import Folder, folder_of
from tests.house.test_matrix import SERVICE_HALF, addresses, pages
from tests.web.downloads import content_of, done_with, held_in

READERS = {"dot", "olu", "pat", "cleo"}
FIRST, SECOND = "Heron-under-the-bridge", "Frog-in-the-reeds"


def built(folder: Folder) -> None:
    item = folder.say(FIRST, text=f"{FIRST} stood still.")
    folder.link(item, Link("wade", (1,), f"{FIRST} on one leg"))
    folder.show(f"{FIRST} in a file. ".encode() * 20, "notes.txt", f"{FIRST} notes")


def handed_in(folder: Folder) -> None:
    built(folder)
    folder.hand_in(f"{FIRST} first")


def asked_again(folder: Folder) -> None:
    handed_in(folder)
    folder.ask_for_more()
    item = folder.say(SECOND, text=f"{SECOND} croaked.")
    folder.link(item, Link("wait", (2,), f"{SECOND} at noon"))
    folder.show(f"{SECOND} in a file. ".encode() * 20, "more.txt", f"{SECOND} notes")


def handed_in_again(folder: Folder) -> None:
    asked_again(folder)
    folder.hand_in()


def granted(folder: Folder) -> None:
    handed_in_again(folder)
    deciding.recommend(
        journey=folder.journey, stage="panel", outcome=Answer.YES, summary="Good.", strengths="", next_time="",
        by=folder.pat, role=Acting.PANEL, today=folder.today,
    )  # fmt: skip
    deciding.decide(
        journey=folder.journey, stage="panel", outcome=Answer.YES, reason="Yes.", by=folder.cleo, role=Acting.CHAIR,
        today=folder.today,
    )  # fmt: skip


def given_up(folder: Folder) -> None:
    built(folder)
    applying.withdraw(journey=folder.journey, by=folder.hal, today=folder.today)


# What each moment lets the readers read, and what it must not
MOMENTS: dict[str, tuple[Callable[[Folder], None], set[str], set[str]]] = {
    "built": (built, set(), {FIRST}),
    "given up": (given_up, set(), {FIRST}),
    "handed in": (handed_in, {FIRST}, set()),
    "asked again": (asked_again, {FIRST}, {SECOND}),
    "handed in again": (handed_in_again, {FIRST, SECOND}, set()),
    "granted": (granted, {FIRST, SECOND}, set()),
}


def everywhere(folder: Folder) -> Iterator[tuple[str, str]]:
    """Route -> every address of the site that this journey gives a meaning to."""
    items = list(Item.objects.order_by("-pk").values_list("ref", flat=True))[:2]  # the newest: a text and a file
    values = {
        "/body/ org": [folder.cast.body.slug],
        "/body/ slug": [folder.cast.body.slug],
        "ref": [folder.journey.ref],
        "stage": ["folder", "panel"],
        "item": items,
        "slot": ["wade", "wait", "folder"],
        "area": ["water"],
        "kind": ["text"],
        "number": ["1", "2"],
        "edition": ["heron"],
        "slug": ["heron"],
    }
    for route, pattern in pages(urlpatterns):
        names = {part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]}
        if not route.startswith(("/accounts/", *SERVICE_HALF)) and names <= {key.rsplit(" ", 1)[-1] for key in values}:
            for address in addresses(route, pattern, values):
                yield route, address


def told(client: Client, address: str) -> str:
    """All that an address tells: a page, a file, a zip's page and files. '' where it lets nobody in."""
    answer = client.get(address)
    if answer.status_code != 200:
        done_with(answer)
        return ""
    if not answer.streaming:
        return answer.content.decode(errors="replace")
    if address.endswith(".zip"):
        return b"".join(held_in(answer).values()).decode(errors="replace")
    return content_of(answer).decode(errors="replace")


@pytest.mark.parametrize("moment", MOMENTS)
def test_only_who_may_reads_only_what_was_handed_in(
    moment: str, people: Cast, tmp_path: Path, today: date, as_user: Callable[[User], Client]
) -> None:
    folder = folder_of(people, tmp_path, today)
    go, open_now, shut = MOMENTS[moment]
    go(folder)
    folder.appoint_early()
    vic = sample.person("Vic Tarn", "vic@assessors.example")
    organisations.join(organisation=people.body, user=vic, role=Role.ASSESSOR, by=people.olu)
    una = sample.person("Una Bray", "una@other.example")
    other = organisations.found(name="Another Body", kind=Organisation.Kind.BODY, by=una)
    for role in (Role.PANEL, Role.CHAIR, Role.ASSESSOR):
        organisations.join(organisation=other, user=una, role=role, by=una)
    clients = {"nobody": Client(), "vic": as_user(vic), "una": as_user(una), "eve": as_user(people.eve)}
    clients |= {name: as_user(getattr(people, name)) for name in ("dot", "olu")}
    clients |= {name: as_user(getattr(folder, name)) for name in ("pat", "cleo")}
    seen: dict[str, set[str]] = {name: set() for name in clients}
    faults: list[str] = []
    listed = list(everywhere(folder))
    assert len({route for route, _ in listed if "/portfolio/" in route}) >= 15, "every page of a portfolio is asked"
    for route, address in listed:
        own = "/portfolio/" in route
        for name, client in clients.items():
            if not own and not (shut and name in READERS):
                continue  # the rest of the site is asked when something in it could tell too much
            text = told(client, address)
            if text and own and not (name in READERS and open_now):
                faults.append(f"{address} lets {name} in")
            for secret in (FIRST, SECOND):
                if secret in text:
                    seen[name].add(secret)
                    if name not in READERS or secret in shut:
                        faults.append(f"{address} tells {name} '{secret}'")
    assert not faults, "\n".join(faults)
    assert {name: seen[name] for name in READERS} == dict.fromkeys(READERS, open_now)


def test_its_owner_reads_all_of_it_at_every_moment(
    people: Cast, tmp_path: Path, today: date, as_user: Callable[[User], Client]
) -> None:
    folder = folder_of(people, tmp_path, today)
    granted(folder)
    hal = as_user(folder.hal)
    welcomed = {route for route, address in everywhere(folder) if "/portfolio/" in route and told(hal, address)}
    owned = {route for route, _ in everywhere(folder) if route.startswith("/journeys/") and "/portfolio/" in route}
    locked = ("add/<slug:kind>/", "change/", "shows/", "take-out/", "hand-in/")
    assert welcomed == {route for route in owned if not route.endswith(locked)}
    assert all(secret in told(hal, f"/journeys/{folder.journey.ref}/portfolio/folder/") for secret in (FIRST, SECOND))
