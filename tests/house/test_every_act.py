"""Whatever the fold opens for anybody, in any edition there is, has a page on which they can do it.

The worked journeys of every edition in `schemes/`, and those of a made-up one, are walked; at each stand every open act
is looked up on its desk. Nothing is asked of one edition alone.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.core.journey import Act, ActKind, fold
from kithwork.core.journey.replay import Worked, read, replay
from kithwork.core.schemes import Edition, Role, load
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Invoice, Journey, PublishedEdition
from kithwork.journeys.queries import read as read_journey
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role as Member
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from kithwork.web.assessor.cards import slots_of, waiting
from kithwork.web.assessor.cards.case import act_href
from kithwork.web.assessor.cards.slots import href_of
from kithwork.web.body.stages.one import act_page
from kithwork.web.service.words import address_of
from tests.core.journey import thrush
from tests.journeys.made import Stand, journey_at, publish_texts

pytestmark = pytest.mark.django_db

SCHEMES = Path(__file__).parents[2] / "schemes"
EDITIONS = [*sorted(path.parent for path in SCHEMES.glob("*/*/scheme.toml")), Path("thrush")]


def worked(folder: Path) -> list[Worked]:
    if folder.name == "thrush":
        return [Worked.model_validate(tomllib.loads(text)) for text in thrush.JOURNEYS.values()]
    return [read(file) for file in sorted((folder / "journeys").glob("*.toml"))]


def stands(edition: Edition, folder: Path) -> Iterator[Stand]:
    """Where each worked journey stands: before another kind of thing happens, and on each day that it looks at."""
    for one in worked(folder):
        entries = list(replay(edition, one).entries)
        for number, (last, following) in enumerate(pairwise([*entries, None]), start=1):
            if last and (following is None or (following.kind, following.stage) != (last.kind, last.stage)):
                yield entries[:number], last.on
        for step in one.steps:
            if step.do == "look":
                yield [entry for entry in entries if entry.on <= step.on], step.on


def openings(edition: Edition, folder: Path) -> list[tuple[Act, Stand]]:
    """One stand for each kind of act of each role in each kind of stage."""
    found: dict[tuple[object, ...], tuple[Act, Stand]] = {}
    for entries, day in stands(edition, folder):
        position = fold(edition, entries, day)
        for act in position.acts:
            if act.role is Role.ASSESSOR and not position.assessor:
                continue  # nobody is the assessor yet; that one is to be appointed is an act of its own
            stage = edition.stage(act.stage) if act.stage else None
            found.setdefault((act.what, act.role, getattr(stage, "kind", "")), (act, (entries, day)))
    return list(found.values())


def publish(folder: Path, people: Cast, place: Path) -> PublishedEdition:
    if folder.name == "thrush":
        return publish_texts(thrush.TEXTS, people, place / thrush.SLUG / thrush.EDITION)
    return sample.publish(folder, people)


def address(act: Act, journey: Journey, people: Cast, today: date) -> str:
    """Where the desk of the act's role sends somebody to do it; '' where it has nothing."""
    edition, ref = edition_of(journey.edition), journey.ref
    match act.role:
        case Role.APPLICANT if not act.stage:
            return reverse("duties", args=[ref])
        case Role.APPLICANT:
            return address_of(edition.stage(act.stage), ref)
        case Role.ASSESSOR:
            reading = read_journey(journey, today)
            lies = [slot for slot in waiting(slots_of(reading)) if slot.stage.id == act.stage]
            return href_of(ref, lies[0].id) if act.what is ActKind.ASSESS and lies else act_href(ref, act, edition)
        case Role.SUPPORTER:
            return ""  # a page of their own, by a one-time link
        case _:
            invoices = dict(Invoice.objects.filter(journey=journey).values_list("stage", "ref"))
            return act_page(act, people.body.slug, ref, invoices)


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda path: path.parent.name or path.name)
def test_every_open_act_has_its_page(
    folder: Path, people: Cast, today: date, tmp_path: Path, as_user: Callable[[User], Client]
) -> None:
    row = publish(folder, people, tmp_path)
    edition = edition_of(row)
    pat = sample.person("Pat Panel", "pat@awards.example")
    for role in (Member.PANEL, Member.CHAIR):
        organisations.join(organisation=people.body, user=pat, role=role, by=people.olu)
    clients = {
        Role.APPLICANT: as_user(people.ada),
        Role.ASSESSOR: as_user(people.dot),
        Role.OFFICER: as_user(people.olu),
        Role.PANEL: as_user(pat),
        Role.CHAIR: as_user(pat),
    }
    faults = []
    opened = openings(edition, folder)
    assert opened
    for act, stand in opened:
        if act.role is Role.SUPPORTER:
            continue
        journey = journey_at(row, people, stand, today)
        where = f"{act.role} {act.what} in '{act.stage}'"
        page = address(act, journey, people, today)
        answer = clients[act.role].get(page) if page else None
        if answer is None:
            faults.append(f"{where}: no page")
        elif answer.status_code != 200:
            faults.append(f"{where}: {page} answers {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_a_missing_page_would_be_seen(people: Cast, today: date, tmp_path: Path) -> None:
    row = publish(Path("thrush"), people, tmp_path)
    edition = edition_of(row)
    act, stand = next(
        one for one in openings(edition, Path("thrush")) if one[0].role is Role.ASSESSOR and one[0].what == "decide"
    )
    journey = journey_at(row, people, stand, today)
    assert address(act, journey, people, today) == reverse("assess_decide", args=[journey.ref, "verdict"])
    assert address(replace(act, what=ActKind.PAY), journey, people, today) == ""


def test_the_editions_are_all_there() -> None:
    assert len(EDITIONS) >= 5
    assert load(EDITIONS[0]).stages
