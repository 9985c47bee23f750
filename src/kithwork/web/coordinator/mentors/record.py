"""One mentor: what is due first, the road and what is missing on it, the timeline; each act one click away."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.caseload.queries.mentors import (
    File,
    ReferenceRow,
    Standing,
    StepKind,
    StepOutcome,
    VettingOutcome,
    same_address,
)
from kithwork.core.days import Period
from kithwork.core.service import MISSING_WORDS, Missing, Vetted
from kithwork.web.coordinator.mentors.forms import SLOTS
from kithwork.web.coordinator.mentors.seen import Seen, seen
from kithwork.web.coordinator.mentors.timeline import timeline
from kithwork.web.coordinator.mentors.wording import STANDS, vetting_words
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited

DONE, AHEAD = StateTag("Done", Kind.GREEN), StateTag("To do", Kind.BLUE)


@page(Desk.SERVICE)
def mentor(request: Signed, slug: str, mentor: str) -> HttpResponse:
    one = seen(request, slug, mentor)
    context = {
        "one": one,
        "mentor": one.mentor,
        "state": STANDS[one.stands],
        "heading": _heading(one),
        "due": due(one),
        "road": road(one),
        "facts": _facts(one),
        "events": list(timeline(one)),
        "wellbeing": [(row.on, row.wellbeing) for row in reversed(one.file.supervisions) if row.wellbeing],
        "acts": acts(one),
        "references": references(one),
        "reference_new": one.at("reference_new"),
        "exemptions": _exemptions(one),
        "same": [Link(f"{row.name}, applied {longdate(row.applied_on)}", reverse("mentor", args=[slug, row.ref]))
                 for row in same_address(one.mentor)],
        "back_href": reverse("mentors", args=[slug]),
    }  # fmt: skip
    return render(request, "coordinator/mentors/record.html", context)


def _heading(one: Seen) -> str:
    name = one.mentor.name
    match one.stands:
        case Standing.APPLIED | Standing.TRAINING:
            return f"{name} has applied to mentor"
        case Standing.READY:
            return f"{name} is ready for a match"
        case Standing.MISSING:
            return f"{name} cannot be matched yet"
        case Standing.MATCHED if one.clear.may_go_on:
            return f"{name} is matched"
        case Standing.MATCHED:
            return f"{name} is matched, and their check has lapsed"
        case Standing.PAUSED:
            return f"{name} is away"
        case Standing.NOT_SELECTED:
            return f"{name} was not selected"
        case _:
            return f"{name} has left"


def due(one: Seen) -> list[TaskRow]:
    """What somebody has to do about this mentor, the most pressing first."""
    file = one.file
    rows: list[TaskRow] = []
    gone = one.stands in (Standing.LEFT, Standing.NOT_SELECTED)
    if one.stands is Standing.NOT_SELECTED and _owed_feedback(file):
        rows.append(TaskRow("Give feedback, and point to other volunteering", one.at("mentor_feedback"), state=AHEAD))
    if gone:
        return rows
    if one.mentor.call_me_at:
        rows.append(TaskRow("Wants to be called", one.at("mentor_contact"), state=StateTag("Today", Kind.RED)))
    state, until = one.clear.vetting, _checked_until(file)
    if one.mentor.accepted_on and state in (Vetted.ENDING, Vetted.GRACE, Vetted.LAPSED):
        tag = StateTag(vetting_words(state, until), Kind.AMBER if state is Vetted.ENDING else Kind.RED)
        awaited = next((row for row in file.vettings if row.outcome == VettingOutcome.ASKED), None)
        where = one.at("vetting", awaited.ref) if awaited else one.at("vetting_ask")
        rows.append(TaskRow("Renew the check", where, state=tag))
    for row in file.references:
        if row.received_on and row.suitable is None:
            rows.append(TaskRow(f"Read the reference by {row.name}", one.at("reference", row.ref), state=AHEAD))
    if one.mentor.accepted_on and one.stands is not Standing.PAUSED:
        rows += _regular(one)
    return rows


def _owed_feedback(file: File) -> bool:
    decided, told = file.latest(StepKind.SELECTION), file.latest(StepKind.FEEDBACK)
    return decided is not None and (told is None or told.on < decided.on)


def _checked_until(file: File) -> date | None:
    checks = [row for row in file.vettings if row.outcome != VettingOutcome.ASKED and row.on]
    return max(checks, key=lambda row: (row.on or date.min, row.pk)).expires_on if checks else None


def _regular(one: Seen) -> Iterator[TaskRow]:
    """Contact and supervision at their intervals, shown from two weeks before their day."""
    practice, accepted = one.run.practice, one.mentor.accepted_on
    assert accepted is not None
    back = max((row.ends for row in one.file.pauses if row.ends and row.ends < one.today), default=accepted)
    spoke = one.last or accepted
    met = max((row.on for row in one.file.supervisions), default=accepted)
    for title, months, last, where in (
        ("Get in touch", practice.contact_months, spoke, "mentor_contact"),
        ("Supervision session", practice.supervision_months, met, "supervise"),
    ):
        day = Period(months, "month").after(max(accepted, back, last))
        late = (one.today - day).days
        if late >= -14:
            tag = StateTag(f"Overdue by {waited(late)}", Kind.RED) if late > 0 else StateTag("Due", Kind.AMBER)
            yield TaskRow(title, one.at(where), hint=f"Due by {longdate(day)}", state=tag)


def road(one: Seen) -> list[TaskRow]:
    """Each step in its order, done, missing or exempted; the order is shown, not forced."""
    file, clear, practice = one.file, one.clear, one.run.practice

    def row(title: str, what: Missing, href: str, hint: str = "") -> TaskRow:
        state = DONE
        if what in clear.missing:
            state = AHEAD
        elif what in clear.exempted:
            state = StateTag("Exempted", Kind.GREY)
        return TaskRow(title, href, hint, state)

    def told(kind: StepKind) -> str:
        step = file.latest(kind)
        if step is None:
            return ""
        judged = "" if step.outcome == StepOutcome.DONE else f"{step.get_outcome_display()}, "
        return f"{judged}{longdate(step.on)}{f', by {step.by.name}' if step.by else ''}"

    good = sum(ref.suitable is True for ref in file.references)
    attended = sum(row.state == "present" and row.session.training.kind == "initial" for row in file.attendance)
    waiting = next((check for check in file.vettings if check.outcome == VettingOutcome.ASKED), None)
    rows = [
        row("Consent to keep their details", Missing.CONSENT, one.at("mentor_consent")),
        row("Assessed by the role description", Missing.ROLE, one.at("mentor_step", "role"), told(StepKind.ROLE)),
        row("Interview", Missing.INTERVIEW, one.at("mentor_step", "interview"), told(StepKind.INTERVIEW)),
        row("References", Missing.REFERENCES, "#references", f"{good} of {practice.references} suitable"),
    ]
    if clear.vetting is not Vetted.UNNEEDED:
        where = one.at("vetting", waiting.ref) if waiting else one.at("vetting_ask")
        hint = vetting_words(clear.vetting, _checked_until(file)) + (", a check is awaited" if waiting else "")
        rows.append(row("Vetting", Missing.VETTING, where, hint))
    programme = "A completed programme counts" if one.mentor.joined_by else ""
    rows.append(
        row(
            "Initial training",
            Missing.TRAINING,
            reverse("trainings", args=[one.run.service.slug]),
            programme or f"{attended} of {plural(practice.training_sessions, 'session')} attended",
        )
    )
    talked = file.latest(StepKind.POST_TRAINING)
    rows.append(
        TaskRow("Talk after the training", one.at("mentor_step", "post-training"), told(StepKind.POST_TRAINING),
                DONE if talked else StateTag("Not yet", Kind.GREY))
    )  # fmt: skip
    rows.append(row("Selection", Missing.SELECTION, one.at("mentor_select"), told(StepKind.SELECTION)))
    rows.append(row("Induction", Missing.INDUCTION, one.at("mentor_step", "induction"), told(StepKind.INDUCTION)))
    if practice.badges:
        rows.append(row("ID badge", Missing.BADGE, one.at("mentor_step", "badge"), told(StepKind.BADGE)))
    return rows


def _facts(one: Seen) -> list[SummaryRow]:
    m = one.mentor
    slots = dict(SLOTS)
    here = one.today
    home = f"/run/{one.run.service.slug}/matches/"
    live = [row for row in one.file.matches if row.introduced_on and (row.ended_on is None or row.ended_on >= here)]
    change = one.at("mentor_change")
    rows = [
        SummaryRow("Known as", m.known_as, change),
        SummaryRow("E-mail", m.email, change),
        SummaryRow("Telephone", m.phone, change),
        SummaryRow("Account", "Has one" if m.user_id else "None"),
        SummaryRow("Reach them", m.contact_wishes, change),
        SummaryRow("Usually free", [slots.get(slot, slot) for slot in m.availability], change),
        SummaryRow("Wants to meet", m.get_way_display(), change),
        SummaryRow("Goes as far as", f"{m.max_km} km" if m.max_km else None, change),
        SummaryRow("Interests", ", ".join(m.interests), change),
        SummaryRow("Languages", ", ".join(m.languages), change),
        SummaryRow("Skills", ", ".join(m.skills), change),
        SummaryRow("Hopes a mentee needs or likes", ", ".join(m.hopes_for), change),
        SummaryRow("Equalities questions", f"Asked on {longdate(m.equalities_asked_on)}" if m.equalities_asked_on
                   else "Not asked yet", one.at("mentor_equalities"), "Ask"),
        SummaryRow("Matches", [f"{len(live)} of {m.places} at one time", *(
            Link(f"With {row.mentee}, since {longdate(row.introduced_on)}", f"{home}{row.ref}/")
            for row in live)], change),
    ]  # fmt: skip
    if m.champion_since:
        rows.append(
            SummaryRow("Champion", f"{m.champion_for or 'Yes'}, since {longdate(m.champion_since)}", one.at("champion"))
        )
    return rows


def _exemptions(one: Seen) -> list[tuple[str, str]]:
    """Those that hold today, with the address that ends them."""
    return [
        (
            f"{MISSING_WORDS[Missing(row.missing)].capitalize()}: until {longdate(row.until)}, by {row.by.name}. "
            f"{row.reason}",
            one.at("exemption_end", row.pk),
        )
        for row in one.file.exemptions
        if row.ended_on is None and row.begins <= one.today <= row.until
    ]


def acts(one: Seen) -> list[Link]:
    """What else can be done, in the order of how often it is."""
    gone = one.mentor.left_on is not None and one.mentor.left_on <= one.today
    side = [one.run.service.slug, "mentor", one.mentor.ref]
    held = [Link("They ask something of their data", reverse("right_new", args=side))]
    if one.run.leads:
        held += [
            Link("Give them all that is held about them", one.at("mentor_everything")),
            Link("Keep this record whatever is asked", reverse("right_hold", args=side)),
            Link("Erase this record", one.at("mentor_erase")),
        ]
    if gone:
        found = [Link("Take them back", one.at("mentor_return"))]
        if one.stands is Standing.NOT_SELECTED:
            found.insert(0, Link("Give feedback", one.at("mentor_feedback")))
        return found + held
    found = [Link("Log a contact", one.at("mentor_contact"))]
    if one.mentor.accepted_on:
        found += [Link("Record a supervision session", one.at("supervise"))]
    found += [Link("Change their details", one.at("mentor_change"))]
    if one.clear.missing:
        found.append(Link("Exempt them from something", one.at("exempt")))
    checks = [row for row in one.file.vettings if row.outcome == VettingOutcome.CLEAR and row.update_service]
    if checks:
        found.append(Link("Look up the update service", one.at("vetting", checks[-1].ref)))
    if not one.mentor.user_id and one.mentor.email:
        found.append(Link("Offer an account", one.at("mentor_invite")))
    found += [
        Link("Enter how things are with them", one.at("mentor_measures")),
        Link("Ask what they think of the service", one.at("mentor_opinion")),
        Link("Ask the equalities questions", one.at("mentor_equalities")),
    ]
    away = one.stands is Standing.PAUSED
    found.append(
        Link("They are back", one.at("mentor_is_back")) if away else Link("They are away", one.at("mentor_pause"))
    )
    if one.mentor.accepted_on:
        found.append(Link("Champion", one.at("champion")))
    found.append(Link("They leave", one.at("mentor_leave")))
    return found + held


def _reference_words(row: ReferenceRow) -> str:
    if row.suitable is not None:
        return "Suitable" if row.suitable else "Not suitable"
    if row.received_on:
        return "To be read"
    return f"Asked {longdate(row.asked_on)}" if row.asked_on else "Not asked yet"


def references(one: Seen) -> list[TaskRow]:
    kinds = {"Suitable": Kind.GREEN, "Not suitable": Kind.RED, "To be read": Kind.AMBER}
    return [
        TaskRow(row.name, one.at("reference", row.ref), row.relation,
                StateTag(_reference_words(row), kinds.get(_reference_words(row), Kind.GREY)))
        for row in one.file.references
    ]  # fmt: skip
