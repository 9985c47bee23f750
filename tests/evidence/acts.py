"""What the tests of evidence do over and over: add, state, send, report."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kithwork.core.journey import ItemState
from kithwork.core.schemes import Role
from kithwork.evidence import actions
from kithwork.evidence.models import Breach, Feedback, Item, Offer, Round
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import assessing
from kithwork.procedures.sample import Walk
from kithwork.procedures.sample.words import let_go

Walking = Callable[..., Walk]
Commits = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


def pdf(words: str = "Contact policy") -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Title"] = words
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(out, "PNG")
    return out.getvalue()


def add(way: Walk, content: bytes | None = None, name: str = "policy.pdf", *slots: str, **more: Any) -> Item:
    """Ada adds a file for requirement 8, unless told otherwise."""
    return actions.add_file(
        **{
            "journey": way.journey,
            "slots": slots or ["8"],
            "title": "Contact policy",
            "upload": SimpleUploadedFile(name, pdf() if content is None else content),
            "dated": way.today,
            "casework": False,
            "declared": False,
            "by": way.cast.ada,
            "today": way.today,
            "passing": let_go(way.cast.ada),
            **more,
        }
    )


def say(way: Walk, *slots: str, **more: Any) -> Item:
    return actions.add_statement(
        **{
            "journey": way.journey,
            "slots": slots or ["1"],
            "title": "How we do it",
            "text": f"{more.get('title', '')} The board meets each month.",  # no two the same
            "dated": way.today,
            "casework": False,
            "declared": False,
            "by": way.cast.ada,
            "today": way.today,
            "passing": let_go(way.cast.ada),
            **more,
        }
    )


def send(way: Walk, *slots: str, stage: str = "online", today: date | None = None) -> None:
    assessing.send_evidence(journey=way.journey, stage=stage, slots=slots, by=way.cast.ada, today=today or way.today)


def state(way: Walk, slot: str, stage: str = "online") -> ItemState:
    return read(way.journey, way.today).position.stages[stage].items[slot].state


def counts() -> tuple[int, ...]:
    models = (Item, Offer, Round, Feedback, Breach, EntryRow, Record)
    return tuple(model._default_manager.count() for model in models)


def breach(way: Walk, item: Item, slot: str, role: Role = Role.ASSESSOR) -> Breach:
    by = way.cast.dot if role is Role.ASSESSOR else way.cast.olu
    return assessing.report_breach(
        journey=way.journey, slot=slot, item=item, what="The name of a mentee", by=by, today=way.today, role=role
    )
