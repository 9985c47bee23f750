"""What the desk's tests share: Dot signed in, and a requirement that was sent, or sent again with other words."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.core.journey import ItemState
from kithwork.core.schemes import EvidenceStage
from kithwork.evidence import actions as evidence
from kithwork.evidence.queries import items_for
from kithwork.procedures import assessing
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go


@pytest.fixture
def dot(people: Cast, as_user: Callable[..., Client]) -> Client:
    return as_user(people.dot)


@pytest.fixture
def sent(walk_to: Callable[..., Walk]) -> Walk:
    """The first area's requirements lie with Dot."""
    return walk_to("sent")


def waiting_slots(walk: Walk) -> list[str]:
    return walk.wanted(walk.stages(EvidenceStage)[0], ItemState.SENT)


def send_again(walk: Walk, today: date) -> str:
    """Rewrite and send again what was asked for once more; gives the slot."""
    stage = walk.stages(EvidenceStage)[0]
    slot = walk.wanted(stage, ItemState.RETURNED)[0]
    old = items_for(walk.journey, slot)[0]
    evidence.take_back(item=old, slot=slot, by=walk.lead, now=timezone.now())
    evidence.add_statement(
        journey=walk.journey,
        slots=[slot],
        title=old.title,
        text=f"{old.text} The manager checks it every quarter.",
        dated=today,
        casework=False,
        declared=False,
        by=walk.lead,
        passing=let_go(walk.lead),
        today=today,
    )
    assessing.send_evidence(
        journey=walk.journey, stage=stage.id, slots=[slot], by=walk.lead, today=today, note="Now with the post."
    )
    return slot
