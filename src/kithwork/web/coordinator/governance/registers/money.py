"""Insurance and funding: stretches of time that are to leave no gap (indicators 2, 3 and 31)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from kithwork.caseload.access import Run
from kithwork.governance.due import Cover, funded, insurance_due
from kithwork.governance.queries.entries import COVERS, FUNDING_STATES, Row, entries_of
from kithwork.governance.registers import Register
from kithwork.web.coordinator.governance.fields import Entry, day, line, one_of, yes
from kithwork.web.coordinator.governance.registers.book import Book, Head, Rows, only
from kithwork.web.coordinator.governance.wording import listing
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.forms import PoundsField
from kithwork.web.templatetags.kit import longdate, pounds

COVER_WORDS = {Cover.EMPLOYER: "employers’ liability", Cover.PUBLIC: "public liability", Cover.VOLUNTEERS: "volunteers"}


class InsuranceForm(Entry):
    in_order = (("begins", "ends"),)

    cover = one_of("What does it cover?", COVERS)
    insurer = line("Insurer", 150)
    number = line("Policy number", 80, required=False)
    volunteers = yes(
        "The papers say in so many words that volunteers are covered",
        help_text="Mentors are volunteers. Indicator 3 asks that the papers name them.",
    )
    begins = day("First day")
    ends = day("Last day")


def insurance_finding(run: Run, today: date) -> str:
    """'Insured in all that is asked until 3 March 2027', or what is not covered."""
    dues = insurance_due(run.service, today)
    lapsed = [COVER_WORDS[Cover(due.what)] for due in dues if due.overdue(today)]
    if lapsed:
        return f"Not insured today: {listing(lapsed)}"
    until = min(due.on for due in dues if due.on)
    return f"Insured in all that is asked until {longdate(until)}"


def _insured(row: Row, today: date, beside: Any) -> Sequence[object]:
    if row.ends < today:
        state = StateTag("Over")
    elif row.begins > today:
        state = StateTag("To come", Kind.BLUE)
    else:
        state = StateTag("Holds", Kind.GREEN)
    return (row.insurer, "Yes" if row.volunteers else "No", row.begins, row.ends, state)


def _holding(rows: Rows, today: date) -> Rows:
    return rows.filter(begins__lte=today, ends__gte=today)


INSURANCE = Book(
    register=Register.INSURANCE,
    title="Insurance",
    adds="Add insurance",
    lede="Employers’ and public liability, and that volunteers are named (indicator 3).",
    empty="What insures the service, its staff and its volunteers stands here, with the days between which it holds.",
    form=InsuranceForm,
    finding=insurance_finding,
    names=lambda row: str(row.get_cover_display()).capitalize(),
    heads=(
        Head("cover", "Cover", ("cover",)),
        Head("insurer", "Insurer", ("insurer",)),
        Head("volunteers", "Volunteers named"),
        Head("begins", "First day", ("begins",)),
        Head("ends", "Last day", ("ends",)),
        Head("state", "Today"),
    ),
    cells=_insured,
    search=("insurer", "number"),
    sort="-ends",
    states={"holds": ("Holds today", _holding), "over": ("Over", lambda rows, today: rows.filter(ends__lt=today))},
)


class FundingForm(Entry):
    in_order = (("begins", "ends"),)
    past = ("on",)

    source = line("From whom?", 200)
    pounds = PoundsField(label="How much?", min_value=0, max_value=100_000_000)
    state = one_of("How does it stand?", FUNDING_STATES)
    on = day("Applied, or decided, on")
    begins = day("Pays for the time from")
    ends = day("to")
    for_training = yes("It is, or holds, a budget for training staff", help_text="Indicator 31.")


def funding_finding(run: Run, today: date) -> str:
    """Whether the next twelve months are paid for, and if not from which day."""
    if not entries_of(run.service, Register.FUNDING).exists():
        return "No funding is written down yet"
    gap = funded(run.service, today)
    if gap.secured is None:
        return "The next 12 months are funded"
    if gap.applied is None:
        return f"Funded or applied for over the next 12 months; secured until {_before(gap.secured, today)}"
    return f"Not funded from {'today' if gap.applied <= today else longdate(gap.applied)}"


def _before(gap: date, today: date) -> str:
    return "nothing yet" if gap <= today else longdate(date.fromordinal(gap.toordinal() - 1))


STATES = {"secured": Kind.GREEN, "applied": Kind.AMBER, "refused": Kind.GREY}


def _money(row: Row, today: date, beside: Any) -> Sequence[object]:
    state = StateTag(str(row.get_state_display()).capitalize(), STATES[row.state])
    training = "Yes" if row.for_training else "No"
    return (pounds(row.pounds), row.begins, row.ends, state, training)


FUNDING = Book(
    register=Register.FUNDING,
    title="Funding",
    adds="Add funding",
    lede="What pays for the next 12 months, secured or applied for (indicator 2); and the budget for training (31).",
    empty="Grants and contracts stand here, with the time they pay for and whether they are secured.",
    form=FundingForm,
    finding=funding_finding,
    names=lambda row: row.source,
    heads=(
        Head("source", "From", ("source",)),
        Head("pounds", "How much", ("pounds",), numeric=True),
        Head("begins", "From day", ("begins",)),
        Head("ends", "To day", ("ends",)),
        Head("state", "State", ("state",)),
        Head("training", "For training"),
    ),
    cells=_money,
    search=("source",),
    sort="-ends",
    states={
        **{state: (text.capitalize(), only(state=state)) for state, text in FUNDING_STATES},
        "training": ("For training staff", only(for_training=True)),
    },
)
