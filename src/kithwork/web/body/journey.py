"""One application as an officer sees it: what waits, how it stands, what was handed in, money, clock and history.

Evidence is never shown here, nor its titles: only counts and states (law 6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import decisions, latest_recommendation
from kithwork.awards.queries import awards_of, standing
from kithwork.core.journey import Act, ActKind, Status
from kithwork.core.schemes import CourseStage, DutyKind, Edition, Role
from kithwork.courses.hours import lines_of
from kithwork.evidence.queries import breaches_of
from kithwork.journeys.queries import (
    AppointmentRow,
    InvoiceRow,
    Reading,
    ResponseRow,
    appointments_of,
    invoices_of,
    read_with_history,
    responses_of,
)
from kithwork.procedures.learning import goals_of
from kithwork.web.body import doors
from kithwork.web.body.courses.wording import number
from kithwork.web.body.handed_in import latest
from kithwork.web.body.lists import page_of
from kithwork.web.body.money import pdf_link
from kithwork.web.body.stages import act_page, stage_page
from kithwork.web.body.wording import (
    ANSWERS,
    APPOINTMENTS,
    STATUS,
    act_title,
    act_words,
    applicant_of,
    area_rows,
    due_tag,
    due_words,
    history,
    organisation_of,
    role_word,
    sentence,
    slot_words,
    stage_hint,
    stage_state,
)
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, SummaryRow, TaskRow, Text
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, pounds, waited


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the officer; without `href` it is done elsewhere."""

    title: str
    button: str
    href: str
    due: StateTag | str
    ahead: bool = False  # its day is still to come


def _ahead(act: Act, today: date) -> bool:
    """Whether its day is arranged and still to come, so that nobody can do anything about it yet."""
    return act.what in {ActKind.ATTEND, ActKind.HOLD} and act.due is not None and act.due > today


def waiting(
    reading: Reading, org: str, asked: Sequence[AppointmentRow], invoices: Sequence[InvoiceRow] = ()
) -> list[Waiting]:
    """What the officer can do now, most urgent first. An assessor who is asked waits on them, not on the officer; one
    who is gone leaves work that needs another.
    """
    position, edition, ref = reading.position, reading.edition, reading.journey.ref
    sent = {one.stage: one.ref for one in invoices}
    found: list[Waiting] = []
    for act in position.acts_for(Role.OFFICER):
        asked_enough = sum(one.state in one.LIVE for one in asked) >= edition.scheme.assessors
        if act.what is ActKind.APPOINT and asked_enough:
            continue
        title, button = act_title(act, edition), act_words(act, edition)
        if act.what is ActKind.DECIDE:
            button = title
        elif act.what is ActKind.APPOINT and _left(asked):
            title = button = f"Needs a new {edition.words.assessor}"
        due = due_tag(act.due, position.today) if act.due else ""
        found.append(Waiting(title, button, act_page(act, org, ref, sent), due, _ahead(act, position.today)))
    # a scheme may let the body appoint when it likes, and then no act of its own says that somebody is missing
    if _left(asked) and position.acts_for(Role.ASSESSOR) and not any(a.what is ActKind.APPOINT for a in position.acts):
        words = f"Needs a new {edition.words.assessor}"
        found.append(Waiting(words, words, reverse("appoint", args=[org, ref]), ""))
    return sorted(found, key=lambda one: (not one.href, one.ahead))


def _left(asked: Sequence[AppointmentRow]) -> bool:
    """Whether an assessor was appointed and is gone, with nobody asked or appointed since."""
    gone = any(one.state == "ended" and one.declared_on for one in asked)
    return gone and not any(one.state in one.LIVE for one in asked)


def heading(reading: Reading, mine: Sequence[Waiting]) -> str:
    """The finding: what waits for the officer, else on whom it waits, else how it ended."""
    position, edition = reading.position, reading.edition
    name = applicant_of(reading.journey)
    if position.status.is_over or not position.acts:
        return f"{name}: {str(STATUS[position.status].word).lower()}"
    if position.clock.stopped:
        return f"{name}: the clock is stopped"
    due_now = [one for one in mine if not one.ahead]
    if due_now:
        more = f", and {len(due_now) - 1} more" if len(due_now) > 1 else ""
        return f"{name} waits for you. {due_now[0].title}{more}"
    others = [act for act in position.acts if not _ahead(act, position.today)]
    if not others:
        return f"{name}: nothing to do before {longdate(min(act.due for act in position.acts if act.due))}"
    act = others[0]
    late = f", {due_words(act.due, position.today)}" if act.overdue else ""
    return f"{name} waits on {role_word(act.role, edition)}. {act_title(act, edition)}{late}"


def _summary(reading: Reading, live: AppointmentRow | None) -> list[SummaryRow]:
    journey, position, edition = reading.journey, reading.position, reading.edition
    rows = [SummaryRow("Service" if journey.service else "Applicant", applicant_of(journey))]
    if journey.service is not None:
        place = [journey.service.organisation.name, *([journey.service.place] if journey.service.place else [])]
        rows.append(SummaryRow("Organisation", place))
    rows += [
        SummaryRow("Scheme", f"{edition.scheme.name}, edition {edition.scheme.edition}"),
        SummaryRow(sentence(f"{edition.words.level} aimed at"), edition.level(position.level).title),
        SummaryRow("Status", STATUS[position.status]),
        SummaryRow("Begun", reading.entries[0].on if reading.entries else None),
    ]
    if position.listed:
        listed = edition.credential.aiming if position.listed == "aiming" else edition.credential.holds
        rows.append(SummaryRow("On the public register", listed))
    if edition.scheme.assessor_from or live:
        who = f"{live.assessor.name}{' (asked, not answered)' if live.state == 'asked' else ''}" if live else "None yet"
        rows.append(SummaryRow(sentence(edition.words.assessor), who))
    if position.clock.stopped:
        back = f", expected to run again on {longdate(position.clock.expected)}" if position.clock.expected else ""
        rows.append(SummaryRow("Clock", f"Stopped since {longdate(position.clock.stopped)}{back}"))
    return rows


def _hours(reading: Reading) -> list[SummaryRow]:
    """Sums of an applicant's hours where the scheme asks for some; what each line was stays theirs."""
    person, edition = reading.journey.person, reading.edition
    asks = any(isinstance(one, CourseStage) and (one.hours or one.self_study) for one in edition.stages)
    if person is None or not (asks or any(duty.kind is DutyKind.HOURS for duty in edition.duties)):
        return []
    goals = goals_of([reading], lines_of(person))
    said = [f"{one.title}: {number(one.done)} of {one.wanted}" for one in goals]
    return [SummaryRow("Hours of learning", said)] if said else []


def _stages(reading: Reading, org: str) -> list[TaskRow]:
    position, edition = reading.position, reading.edition
    stopped = position.clock.stopped is not None
    rows: list[TaskRow] = []
    for stage in (one for one in position.stages.values() if one.in_play):
        href = stage_page(edition.stage(stage.id), reading, org)
        state = stage_state(stage, position.today, stopped=stopped)
        rows.append(TaskRow(stage.title, href, stage_hint(stage, position.today, edition), state))
    return rows


def _open_acts(reading: Reading) -> list[tuple[object, ...]]:
    position, edition = reading.position, reading.edition
    stopped = position.clock.stopped is not None
    return [
        (
            act_title(act, edition),
            sentence(role_word(act.role, edition)),
            act.since,
            due_tag(act.due, position.today, stopped=stopped and act.what is not ActKind.RESUME),
        )
        for act in position.acts
    ]


def invoice_state(invoice: InvoiceRow, today: date) -> StateTag:
    if invoice.paid_on:
        return StateTag(f"Paid on {longdate(invoice.paid_on)}", Kind.GREEN)
    age = (today - invoice.issued_on).days
    return StateTag(f"Unpaid for {waited(age)}" if age else "Sent today", Kind.AMBER)


def _invoices(rows: Iterable[InvoiceRow], org: str, ref: str, today: date) -> list[tuple[object, ...]]:
    return [
        (
            Link(row.number, reverse("take_payment", args=[org, ref, row.ref]), row.what),
            row.what,
            pounds(row.amount),
            row.issued_on,
            invoice_state(row, today),
            pdf_link(row, org, ref),
        )
        for row in rows
    ]


def _breaches(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (
            row.reported_on,
            slot_words(reading.edition, row.stage, row.slot),
            row.what,
            row.reporter,
            row.destroyed_at or "Not yet",
        )
        for row in breaches_of(reading.journey)
    ]


def _told(responses: Iterable[ResponseRow], edition: Edition) -> list[tuple[str, date, list[SummaryRow]]]:
    """What a holder has told of since, newest first: of which duty, when, and what is new."""
    reports = {f"duty-{duty.id}": duty.title for duty in edition.duties if duty.kind is DutyKind.REPORT}
    return [
        (
            reports[row.stage],
            row.on,
            [SummaryRow(what[:1].upper() + what[1:], str(new)) for what, new in row.answers.items()],
        )
        for row in responses
        if row.stage in reports
    ]


def _columns(edition: Edition) -> dict[str, list[Column | Text]]:
    counts = ("Asked", "Confirmed", f"With the {edition.words.assessor}", "Sent back", "Breached")
    return {
        "act_columns": ["What", "Who", "Since", "By"],
        "area_columns": [
            sentence(edition.words.area),
            sentence(edition.words.level),
            *(Column(text, numeric=True) for text in counts),
        ],
        "assessor_columns": ["Name", "State", "Asked", "Answered"],
        "invoice_columns": ["Number", "What", Column("Amount", numeric=True), "Sent", "State", "Invoice"],
        "breach_columns": ["Reported", "In", "Kind of detail", "By", "Destroyed"],
    }


@page(Desk.BODY)
def body_journey(request: Signed, org: str, ref: str) -> HttpResponse:
    """The page of one application. Rows that cannot exist yet are not asked for."""
    journey = doors.journey(request, org, ref)
    today = timezone.localdate()
    reading, rows = read_with_history(journey, today)
    kinds = {row.kind for row in rows}
    asked = appointments_of(journey)
    live = next((one for one in asked if one.state in one.LIVE), None)
    sent = list(invoices_of(journey)) if "invoiced" in kinds else []
    mine = waiting(reading, org, asked, sent)
    over = reading.position.status.is_over
    responses = responses_of(journey)
    context: dict[str, Any] = {
        "heading": heading(reading, mine),
        "service": applicant_of(journey),
        "organisation": organisation_of(journey),
        "edition": reading.edition,
        "org": org,
        "ref": ref,
        "waiting": mine,
        "summary": [*_summary(reading, live), *_hours(reading)],
        "acts": _open_acts(reading),
        "stages": _stages(reading, org),
        "areas": [
            (
                row.area,
                row.level,
                row.counts.total,
                row.counts.confirmed,
                row.counts.sent,
                row.counts.returned,
                row.counts.breached,
            )
            for row in area_rows(reading.position, reading.edition)
        ],
        "total": reading.position.total(),
        "handed": latest(responses, reading.edition, org, ref),
        "told": _told(responses, reading.edition),
        "appointments": [(one.assessor.name, APPOINTMENTS[one.state], one.asked_on, one.declared_on) for one in asked],
        "live": live,
        "invoices": _invoices(sent, org, ref, today),
        "breaches": _breaches(reading) if "submitted" in kinds else [],  # one may be found when nothing can fail
        "recommendation": latest_recommendation(journey) if "recommended" in kinds else None,
        "decisions": [
            (reading.edition.stage(d.stage).title, sentence(ANSWERS[d.outcome]), d.on, d.by.name, d.reason)
            for d in (decisions(journey) if "decided" in kinds else ())
        ],
        "awards": [
            (award, standing(award, today), reverse("body_award", args=[org, award.ref]))
            for award in (awards_of(journey) if "granted" in kinds else ())
        ],
        "history": page_of(request, history(rows, reading.edition), 20, "history"),
        "can_clock": not over and bool(reading.position.acts),
        "can_close": not over and (reading.position.status is Status.ACTIVE or bool(reading.position.acts)),
        **_columns(reading.edition),
    }
    return render(request, "body/journey.html", context)
