"""The board, and where its members took part; networking (indicator 1, excellence 4)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from kithwork.caseload.access import Run
from kithwork.core.days import add_months
from kithwork.governance.queries.entries import MEETING_KINDS, Row, entries_of
from kithwork.governance.registers import Register
from kithwork.web.coordinator.governance.fields import Entry, day, later, line, one_of, prose
from kithwork.web.coordinator.governance.registers.book import Book, Head, Rows, only
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate, plural


class TrusteeForm(Entry):
    in_order = (("since", "until"),)

    name = line("Name", 150)
    office = line("Office", 80, required=False, help_text="Chair, treasurer, or nothing.")
    since = day("Since")
    until = later("Until", help_text="When they have stood down.")


def serving(rows: Rows, today: date) -> Rows:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


def trustees_finding(run: Run, today: date) -> str:
    number = serving(entries_of(run.service, Register.TRUSTEES), today).count()
    return f"{plural(number, 'person serves,people serve')} on the board" if number else "Nobody on the board yet"


def _serves(row: Row, today: date, beside: Any) -> Sequence[object]:
    over = row.until is not None and row.until < today
    return (row.office, row.since, row.until, StateTag("Stood down") if over else StateTag("Serves", Kind.GREEN))


TRUSTEES = Book(
    register=Register.TRUSTEES,
    title="Board members",
    adds="Add a board member",
    lede="The board or committee that leads and is responsible (indicator 1).",
    empty="Trustees or members of the committee stand here, with their office and since when they serve.",
    form=TrusteeForm,
    finding=trustees_finding,
    names=lambda row: row.name,
    heads=(
        Head("name", "Name", ("name",)),
        Head("office", "Office", ("office",)),
        Head("since", "Since", ("since",)),
        Head("until", "Until", ("until",)),
        Head("state", "Today"),
    ),
    cells=_serves,
    search=("name", "office"),
    sort="name",
    states={
        "serving": ("Serves today", serving),
        "past": ("Stood down", lambda rows, today: rows.filter(until__lt=today)),
    },
)


class MeetingForm(Entry):
    past = ("on",)

    kind = one_of("What was it?", [(kind, text.capitalize()) for kind, text in MEETING_KINDS])
    on = day("When?")
    about = line("What was it about?", 300)
    decided = prose("What was decided or learnt?", 4000, required=False, help_text="Write no mentee’s name.")


def meetings_finding(run: Run, today: date) -> str:
    """When trustees last took part in the life of the service, and how many occasions the last year had."""
    rows = entries_of(run.service, Register.MEETINGS)
    last = rows.filter(kind="involved").order_by("-on").values_list("on", flat=True).first()
    if last is None:
        return "No trustee has taken part in the service yet" if rows.exists() else "No meetings are written down yet"
    year = rows.filter(on__gt=add_months(today, -12)).count()
    return f"Trustees last took part on {longdate(last)}; {plural(year, 'meeting')} within a year"


MEETINGS = Book(
    register=Register.MEETINGS,
    title="Meetings and networking",
    adds="Add a meeting",
    lede="Board meetings, occasions where trustees took part in the service (indicator 1), networking (excellence 4).",
    empty="Board meetings, trustees at your events and networking stand here.",
    form=MeetingForm,
    finding=meetings_finding,
    names=lambda row: row.about,
    heads=(
        Head("about", "About", ("about",)),
        Head("on", "When", ("on",)),
        Head("kind", "What it was", ("kind", "on")),
    ),
    cells=lambda row, today, beside: (row.on, str(row.get_kind_display()).capitalize()),
    search=("about", "decided"),
    sort="-on",
    states={kind: (text.capitalize(), only(kind=kind)) for kind, text in MEETING_KINDS},
    start=lambda today: {"on": today},
)
