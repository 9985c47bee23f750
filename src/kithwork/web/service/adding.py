"""Adding to what is offered for a requirement: a file goes to the gate, words and links pass or are asked about."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse

from kithwork.evidence.actions import add_link, add_statement
from kithwork.journeys.actions import drop_draft
from kithwork.procedures.gating.offering import offer_file
from kithwork.web.kit.pages import Signed
from kithwork.web.service.gating import NOBODY_ON_IT, looked_through

if TYPE_CHECKING:
    from kithwork.web.service.requirements import Here

__all__ = ["and_then", "draft_key", "file", "link", "statement"]


def draft_key(here: "Here") -> str:
    return f"statement:{here.seen.ref}:{here.slot}"


def file(request: Signed, here: "Here", form: Form) -> str:
    """Brings it to the gate; gives the address at which it is looked through."""
    given = form.cleaned_data
    original = offer_file(
        journey=here.seen.reading.journey,
        slots=[here.slot],
        title=given["title"],
        upload=given["upload"],
        dated=given["dated"],
        casework=given.get("casework", False),
        by=request.user,
        today=here.seen.today,
    )
    return reverse("gate_one", args=[here.seen.ref, original.ref])


def link(request: Signed, here: "Here", form: Form) -> str:
    given = form.cleaned_data
    passing = looked_through(here.seen, form, request.user, "title", wording=NOBODY_ON_IT)
    item = add_link(
        journey=here.seen.reading.journey,
        slots=[here.slot],
        title=given["title"],
        url=given["url"],
        dated=given["dated"],
        declared=True,
        by=request.user,
        today=here.seen.today,
        passing=passing,
    )
    return f"\u2018{item.title}\u2019 is added. {and_then(here)}"


def statement(request: Signed, here: "Here", form: Form) -> str:
    given = form.cleaned_data
    passing = looked_through(here.seen, form, request.user, "title", "text")
    item = add_statement(
        journey=here.seen.reading.journey,
        slots=[here.slot],
        title=given["title"],
        text=given["text"],
        dated=here.seen.today,
        casework=given.get("casework", False),
        declared=given["declared"],
        by=request.user,
        today=here.seen.today,
        passing=passing,
    )
    drop_draft(user=request.user, key=draft_key(here))
    return f"\u2018{item.title}\u2019 is added. {and_then(here)}"


def and_then(here: "Here") -> str:
    return "Add more, or send it when it is complete." if here.sends else "It is kept ready."
