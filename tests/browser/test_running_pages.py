"""axe-core on every page on which a service is run, as whoever may see it: the demo's service and its people.

As `test_pages.py` for the award half: every page of the site map, and as many more as hold every shape that occurs.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext

from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of
from tests.browser.axe import look
from tests.browser.conftest import Site
from tests.browser.crawl import Crawl, Person, cover
from tests.browser.test_pages import become, of_daily_work
from tests.house.test_matrix import SERVICE_HALF, pages

pytestmark = pytest.mark.browser
RUN = "/run/lanternside-mentoring/"
PEOPLE = (("lead", "ada"), ("coordinator", "cora"))  # who see people's records
OTHERS = (("safeguarding", "sage"), ("reader", "cid"))  # who see the service, and what is theirs
MANY = 40  # what a record shows depends on how far it has come, which no address tells: look at every one
GROUND = [f"{RUN}service/", f"{RUN}concerns/"]
BEGIN = "/services/harbour-light-trust/run/harbour-light-mentors/"  # does not run its work here yet


@dataclass
class Knocks:
    """What `knocks.py` prints."""

    sessions: dict[str, str]
    links: list[str]
    after: list[str]  # pages on which an answer by a link ends
    rooms: list[str]  # pages whose moment the demo does not hold
    leads: list[str]  # such pages for leads alone

    def person(self, role: str, email: str) -> Person:
        return Person(role, self.sessions[email])


FOR_SCRIPTS = {"matching_progress"}  # asked by the page that shows how far it is
LEADS_ON = {"readiness"}  # to the map, where any edition is on offer; the page without has a test of its own


@pytest.fixture(scope="session")
def knocks(site: Site) -> Knocks:
    return Knocks(**json.loads(site.program("knocks")))


def visitors(desk: Desk, knocks: Knocks) -> list[tuple[Person, list[str]]]:
    """Who looks at a desk, and where they begin."""
    stranger = Person("public")
    match desk:
        case Desk.SERVICE:
            of_people = [
                (
                    knocks.person(role, f"{name}@lanternside.example"),
                    [RUN, *knocks.rooms, *(knocks.leads if role == "lead" else [])],
                )
                for role, name in PEOPLE
            ]
            of_ground = [(knocks.person(role, f"{name}@lanternside.example"), GROUND) for role, name in OTHERS]
            return [*of_people, *of_ground, (knocks.person("lead", "lead@harbour.example"), [BEGIN])]
        case Desk.MENTOR:
            return [
                (knocks.person(name, f"{name}@mentors.example"), ["/mentoring/", "/mentoring/you/"])
                for name in ("mab", "nye")
            ]
        case Desk.MENTEE:
            return [(stranger, ["/link/thanks/", *knocks.links, *knocks.after])]
        case Desk.PUBLIC:
            slug, forms = "lanternside-mentoring", ("refer/{}/", "refer/{}/thanks/", "refer/{}/say/", "volunteer/{}/")
            return [(stranger, [f"/{one.format(slug)}" for one in (*forms, "refer/{}/said/", "volunteer/{}/thanks/")])]
        case _:
            raise AssertionError(f"say who looks at the pages of the desk '{desk}', and where they begin")


def everything(path: str) -> bool:
    return True


def of_people(path: str) -> bool:
    """Of one side of a match or the other: half of the pages of a service's desk, and most of their shapes."""
    return "/mentees/" in path or "/matches/" in path


# a service's desk in two, for two cores
PARTS: list[tuple[Desk, Callable[[str], bool]]] = [
    (Desk.SERVICE, of_people),
    (Desk.SERVICE, lambda path: not of_people(path)),
    (Desk.MENTOR, everything),
    (Desk.MENTEE, everything),
    (Desk.PUBLIC, everything),
]


@pytest.mark.parametrize(("desk", "mine"), PARTS, ids=["people", "service", "mentor", "mentee", "public"])
def test_every_page_of_daily_work(
    desk: Desk, mine: Callable[[str], bool], site: Site, knocks: Knocks, context_for: Callable[..., BrowserContext]
) -> None:
    with Crawl(site.address, desk, {}, lambda path: of_daily_work(path) and mine(path)) as crawl:
        for who, first in visitors(desk, knocks):
            crawl.walk(who, first, MANY if who.role == "coordinator" else 1)
    faults = crawl.faults
    page = context_for().new_page()
    seen = set()
    for one in cover(crawl.pages):
        become(page, one.who, site)
        faults += look(page, one.path)
        seen.add(one.name)
    assert not faults, "\n".join(faults)
    asked = {
        str(pattern.name)
        for route, pattern in pages(urlpatterns)
        if desk_of(pattern) is desk
        and route.startswith(SERVICE_HALF)
        and mine(route)
        and getattr(pattern.callback, "shows", False)
    }
    left_out = sorted(asked - seen - crawl.files - LEADS_ON - FOR_SCRIPTS)
    assert not left_out, f"never came to these pages of the site map: {left_out}"
