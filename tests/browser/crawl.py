"""Fetch a desk's pages over HTTP, by its links, and choose those at which axe-core has to look.

`Crawl` follows every link within a desk, as each person who may be there. Of addresses that lead to the same page for
the same kind of person in the same state (see `states` in `rarer.py`: of a journey, a stage, a requirement, an item)
it asks for one, of others for three; so the sixty-one requirements cost a few requests and not sixty-one. `cover`
chooses, of what was fetched, every page of the site map once, and as many more as hold every shape of element at
least once: axe-core judges an element by its tag, its attributes and all that it stands in, so another look at the same
shapes would find the same, on whichever page.
"""

import http.client
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import lxml.html
from django.urls import Resolver404, ResolverMatch, resolve
from lxml.html import HtmlElement

from kithwork.web.kit.pages import Desk

TELLING = {"class", "type", "role", "scope", "rel", "autocomplete"}  # attributes whose value matters to axe-core
LEAVE = {"account_logout"}  # leads away
HTML_BYTES = 60 * 1024
JOURNEYS = {"journey", "body_journey", "case"}  # what a journey's own page is called on each desk
LIKE = 3  # of addresses that nothing tells apart


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who looks: their role, and the session's key (none for the public)."""

    role: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as somebody got it."""

    name: str  # in the site map
    path: str
    who: Person
    state: tuple[tuple[object, ...], ...]
    shapes: frozenset[tuple[object, ...]]


def matched(path: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(path).path)
    except Resolver404:
        return None


class Crawl:
    """A walk through one desk, or through as much of it as is `mine`.

    `faults` are what is wrong with a page whoever looks; `pages` what was fetched, `files` what is no page.
    """

    def __init__(
        self, address: str, desk: Desk, states: dict[str, Any], mine: Callable[[str], bool] = lambda path: True
    ) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self._desk, self._states, self._mine = desk, states, mine
        self._like = LIKE
        self._alike: Counter[tuple[object, ...]] = Counter()
        self.faults: list[str] = []
        self.files: set[str] = set()  # names of what answers with something else than a page
        self.pages: list[Fetched] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def walk(self, who: Person, first: Iterable[str], like: int = LIKE) -> None:
        """Follow links from `first`, within the desk; to so many of those that nothing tells apart."""
        self._like = like
        waiting = list(first)
        asked = set(waiting)
        while waiting:
            path = waiting.pop(0)
            for link in self._fetch(path, who):
                if link not in asked and self._wanted(link, who, path):
                    asked.add(link)
                    waiting.append(link)

    def state_of(self, match: ResolverMatch) -> tuple[tuple[object, ...], ...]:
        """In which state that is which an address is about; empty when it is about none."""
        given = match.kwargs
        ref = given.get("ref", "")
        found: list[tuple[object, ...]] = []
        for kind, key in (
            ("journeys", ref),
            ("stages", f"{ref} {given.get('stage')}"),
            ("slots", f"{ref} {given.get('slot')}"),
            ("items", given.get("item", "")),
            ("courses", ref),
        ):
            known = self._states.get(kind, {})
            found += [(kind, *known[key])] if key in known else []
        # a page about a part of a journey does not change with the other parts
        return tuple([found[0][:3], *found[1:]] if len(found) > 1 else found)

    def _here(self, link: str) -> ResolverMatch | None:
        """Where a link within the desk leads."""
        match = matched(link)
        if match is None or match.url_name in LEAVE or getattr(match.func, "desk", None) is not self._desk:
            return None
        return match if self._mine(urlsplit(link).path) else None

    def _wanted(self, link: str, who: Person, here: str) -> bool:
        match = self._here(link)
        if match is None:
            return False
        asks = urlsplit(link).query
        if asks and urlsplit(here).query:
            return False  # a list is filtered and sorted from its plain page, one thing at a time
        state = self.state_of(match)
        key = (match.url_name, who.role, state, *sorted(parse_qs(asks)))
        self._alike[key] += 1
        return self._alike[key] <= (1 if state else self._like)

    def _fetch(self, path: str, who: Person) -> list[str]:
        """Ask for a page, where it leads to if it does; its links. What is no page of the desk has none."""
        self._connection.request("GET", path, headers={"Cookie": f"sessionid={who.session}"} if who.session else {})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status in {301, 302, 303}:
            return self._fetch(onwards, who) if self._here(onwards := answer.headers["Location"]) else []
        match = matched(path)
        if not (answer.headers["Content-Type"] or "").startswith("text/html"):
            self.files.add(str(match.url_name) if match else path)
            return []
        assert match is not None, path
        if answer.status != 200:
            self.faults.append(f"{path}: {answer.status} as {who.role}")
            return []
        page = lxml.html.document_fromstring(body)
        self._look(path, body, page)
        self.pages.append(Fetched(str(match.url_name), path, who, self.state_of(match), shapes(page)))
        links = [element.get("href", "").partition("#")[0] for element in page.iter("a")]
        return [urlsplit(path).path + link if link.startswith("?") else link for link in links if link]

    def _look(self, path: str, body: bytes, page: HtmlElement) -> None:
        if len(body) > HTML_BYTES:
            self.faults.append(f"{path}: {len(body)} bytes of HTML")
        ids = Counter(page.xpath("//@id"))
        if twice := [one for one, number in ids.items() if number > 1]:
            self.faults.append(f"{path}: twice on the page: {twice}")
        if missing := [one for one in page.xpath("//@aria-describedby | //@for") if set(one.split()) - set(ids)]:
            self.faults.append(f"{path}: speaks of what is not there: {missing[:3]}")
        if len(page.xpath("//h1")) != 1:
            self.faults.append(f"{path}: {len(page.xpath('//h1'))} main headings")
        if away := [one for one in page.xpath("//script/@src | //link/@href | //img/@src") if not one.startswith("/")]:
            self.faults.append(f"{path}: asks another host: {away}")


def shapes(page: HtmlElement) -> frozenset[tuple[object, ...]]:
    """Every element's tag, attributes, whether it has words, and all that it stands in; which heading follows which."""
    found: set[tuple[object, ...]] = set()
    for element in page.find("body").iter():
        if not isinstance(element.tag, str):
            continue
        attributes = sorted((key, value if key in TELLING else "") for key, value in element.attrib.items())
        within = [f"{one.tag}.{one.get('class', '')}" for one in element.iterancestors()]
        found.add((element.tag, *attributes, *within, bool((element.text or "").strip())))
    headings = [element.tag for element in page.iter("h1", "h2", "h3", "h4")]
    found.update(pairwise(headings))
    return frozenset(found)


def cover(pages: Sequence[Fetched]) -> list[Fetched]:
    """As few pages as hold every shape, every page of the site map, and on each every state in its first words."""
    waiting: dict[Fetched, set[tuple[object, ...]]] = {}
    for page in pages:
        waiting[page] = page.shapes | {(page.name, *one) for one in told(page)} | {("page", page.name)}
    chosen: list[Fetched] = []
    while waiting:
        best = max(waiting, key=lambda page: len(waiting[page]))
        chosen.append(best)
        shown = waiting.pop(best)
        waiting = {page: left for page, held in waiting.items() if (left := held - shown)}
    return chosen


def told(page: Fetched) -> set[tuple[object, ...]]:
    """The states of which a page speaks, each in the words that tell what is on it: a stage's kind and state, a
    requirement's or an item's state, and on a journey's own page its status."""
    found = {tuple(one[:3]) if one[0] == "stages" else tuple(one[:2]) for one in page.state}
    return {one for one in found if one[0] != "journeys" or page.name in JOURNEYS}
