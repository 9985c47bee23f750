"""What of a journey waits at the gate."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.gate.queries import OriginalRow, open_originals, words_of
from kithwork.procedures.gating.working import awake
from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.gate.cards import STATES, href
from kithwork.web.service.words import slot_name
from kithwork.web.templatetags.kit import plural


def rows_of(seen: doors.Seen, originals: list[OriginalRow]) -> list[TaskRow]:
    """One row for each file at the gate: what it is to be evidence for, and what is to be done."""
    found = []
    for one in originals:
        names = ", ".join(slot_name(seen.edition, slot) for slot in one.slots)
        hint = f"For {names}" if names else "For your portfolio"
        found.append(TaskRow(words_of(one).title, href(one), hint, STATES[one.state]))  # type: ignore[index]
    return found


@page(Desk.SERVICE)
def gate(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    originals = open_originals(ref)
    now = timezone.now()
    for one in originals:
        awake(one, now)
    many = len(originals)
    heading = f"{plural(many, 'file waits,files wait')} at the privacy gate" if many else "Nothing waits at the gate"
    return render(
        request, "service/gate/list.html", {"seen": seen, "heading": heading, "rows": rows_of(seen, originals)}
    )
