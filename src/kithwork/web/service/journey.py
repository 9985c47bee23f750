"""One journey: where it stands and what comes next, its evidence map, its history, giving it up, aiming higher."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import decisions
from kithwork.core.journey import Entry, EntryKind, Position, Status, may
from kithwork.core.schemes import Edition, Role
from kithwork.core.verdict import Refused, Verdict
from kithwork.evidence.queries import gathered
from kithwork.journeys.queries import clock_notes, history_of, live_appointments_of
from kithwork.procedures import applying
from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.forms import hinted, refuse
from kithwork.web.kit.last_time import told
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.credentials import held
from kithwork.web.service.forms import ChooseLevel, Reason
from kithwork.web.service.gating import looked_through
from kithwork.web.service.history import clock_words, events_of
from kithwork.web.service.maps import map_of
from kithwork.web.service.ready import ready_line
from kithwork.web.service.words import Step, address_of, capital, count_of, stage_hint, stage_tag, steps, waiting
from kithwork.web.templatetags.kit import longdate


@page(Desk.SERVICE)
def journey(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    edition, position = seen.edition, seen.position
    todo = [] if position.clock.stopped else steps(edition, position, ref)
    appointed = [one for one in live_appointments_of(seen.reading.journey) if one.state == "appointed"]
    assessor = ", ".join(one.assessor.name for one in appointed)
    return render(
        request,
        "service/journey.html",
        {
            "seen": seen,
            "edition": edition,
            "heading": heading(edition, position, seen.name, todo[0].text if todo else ""),
            "level": edition.level(position.level).title,
            "clock": clock_words(edition, position, clock_notes(seen.reading.journey)),
            "next": todo[0] if todo else None,
            "more": todo[1:],
            "waiting": waiting(edition, position, ref),
            "ended": _ended_words(seen),
            "held": held(seen) if position.status in {Status.ACTIVE, Status.AWARDED} else None,
            "late_words": late_words(edition, [step for step in todo if step.overdue]),
            "rows": [
                TaskRow(
                    stage.title,
                    address_of(edition.stage(stage.id), ref),
                    stage_hint(edition, position, stage),
                    stage_tag(edition, position, stage),
                )
                for stage in position.stages.values()
                if stage.in_play
            ],
            "ready": ready_line(request.user, seen),
            "assessor": assessor,
            "last_time": told(seen.reading.journey, edition),
            "assessor_word": capital(edition.words.assessor),
            "over": position.status.is_over,
            "may_withdraw": seen.writes and bool(_may_withdraw(seen)),
            "may_raise": seen.writes and bool(higher(seen)),
        },
    )


_ENDINGS = {
    Status.SUSPENDED: EntryKind.SUSPENDED,
    Status.REVOKED: EntryKind.REVOKED,
    Status.CLOSED: EntryKind.CLOSED,
    Status.WITHDRAWN: EntryKind.WITHDRAWN,
}


def _ended_words(seen: doors.Seen) -> str:
    """When and why it ended, or was suspended, in the words of whoever did it."""
    status, journey = seen.position.status, seen.reading.journey
    if status is Status.REFUSED:
        no = decisions(journey).filter(outcome="no").last()
        on, reason = (no.on, no.reason) if no else (None, "")
    elif kind := _ENDINGS.get(status):
        row = history_of(journey).filter(kind=kind.value).first()
        on, reason = (row.on, row.reason) if row else (None, "")
    else:
        return ""
    said = f": \u2018{reason}\u2019" if reason else ""
    return f"On {longdate(on)}{said}" if on else ""


def late_words(edition: Edition, late: list[Step]) -> str:
    """What is overdue, since when, and what to do about it."""
    if not late:
        return ""
    first = min(step.due for step in late if step.due)
    what = "Something is" if len(late) == 1 else f"{len(late)} things are"
    return (
        f"{what} overdue: the time ended on {longdate(first)}. Do what you can now. "
        f"If you need longer, ask {edition.scheme.body} for an extension."
    )


def heading(edition: Edition, position: Position, name: str, step: str) -> str:
    """The finding of a journey in one line."""
    granted = position.granted
    match position.status:
        case Status.AWARDED if granted and not _climbing(position):
            until = f" until {longdate(granted.until)}" if granted.until else ""
            return f"{name} holds the {edition.level(granted.level).title}{until}"
        case Status.SUSPENDED | Status.EXPIRED | Status.REVOKED:
            return ended(position, name)
        case Status.REFUSED:
            return "The decision was no"
        case Status.LAPSED:
            return "The time for this ran out"
        case Status.WITHDRAWN:
            return "This application was withdrawn"
        case Status.CLOSED:
            return f"This application was closed by {edition.scheme.body}"
        case _:
            total = position.total()
            if total.total and (total.confirmed or total.sent or total.returned):
                return f"{total.confirmed} of {count_of(edition, total.total)} are confirmed"
            return f"Next, {step[:1].lower()}{step[1:]}" if step else f"{name} is on its way"


def ended(position: Position, name: str) -> str:
    """What became of an award that does not hold now."""
    match position.status:
        case Status.SUSPENDED:
            return f"The award of {name} is suspended"
        case Status.REVOKED:
            return f"The award of {name} was withdrawn"
        case _:
            until = position.granted.until if position.granted else None
            return f"The award of {name} ended on {longdate(until)}" if until else f"The award of {name} has ended"


def _climbing(position: Position) -> bool:
    return position.granted is not None and position.granted.level != position.level


def _may_withdraw(seen: doors.Seen) -> Verdict:
    return may(seen.edition, seen.position, Entry(seen.today, EntryKind.WITHDRAWN, Role.APPLICANT))


def higher(seen: doors.Seen) -> list[tuple[str, str]]:
    """The levels that may be aimed at from here."""
    return [
        (level.id, hinted(level.title, level.summary) if level.summary else level.title)
        for level in seen.edition.levels
        if may(seen.edition, seen.position, Entry(seen.today, EntryKind.RAISED, Role.APPLICANT, level=level.id))
    ]


@page(Desk.SERVICE)
def evidence_map(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    total = seen.position.total()
    return render(
        request,
        "service/map.html",
        {
            "seen": seen,
            "heading": f"{total.confirmed} of {count_of(seen.edition, total.total)} are confirmed",
            "map": map_of(seen.edition, seen.position, gathered(seen.reading.journey), ref),
            "areas": [(area.title, reverse("area", args=[ref, area.id])) for area in seen.edition.areas],
            "words": seen.edition.words,
        },
    )


@page(Desk.SERVICE)
def history(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    events = events_of(seen.edition, list(history_of(seen.reading.journey)), ref)
    began = events[-1].when if events else seen.today
    return render(
        request,
        "service/history.html",
        {
            "seen": seen,
            "heading": f"What has happened since {longdate(began)}",
            "events": events,
        },
    )


@page(Desk.SERVICE, "GET", "POST")
def withdraw(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=True)
    verdict = _may_withdraw(seen)
    if not verdict and request.method != "POST":  # what was typed is kept: the action refuses it below
        raise Refused(verdict)
    form = Reason(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            looked_through(seen, form, request.user, "reason")
            applying.withdraw(
                journey=seen.reading.journey, by=request.user, today=seen.today, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            refuse(form, refused, seen.onward)
            return _withdraw_page(request, seen, form, 409)
        messages.success(request, "The application is withdrawn. Everything you sent stays readable here.")
        return doors.go("journey", ref)
    return _withdraw_page(request, seen, form, 422 if form.is_bound else 200)


def _withdraw_page(request: Signed, seen: doors.Seen, form: Reason, status: int) -> HttpResponse:
    holds = seen.position.granted is not None
    kept = "The award that you hold stays yours." if holds else "To try again later you begin a new application."
    return render(
        request,
        "kit/interruption.html",
        {
            "heading": f"Withdraw {seen.name} from {seen.edition.scheme.name}?",
            "text": f"The journey ends at once and cannot be taken up again. Fees that were paid stay paid. {kept}",
            "form": form,
            "action_text": "Yes, withdraw",
            "cancel_href": reverse("journey", args=[seen.ref]),
        },
        status=status,
    )


@page(Desk.SERVICE, "GET", "POST")
def raise_level(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=True)
    choices = higher(seen)
    posted = request.POST.get("level", "")
    if posted not in dict(choices):  # a level that could be aimed at when the page was opened: the action refuses it
        choices += [(level.id, level.title) for level in seen.edition.levels if level.id == posted]
    if not choices:
        raise Http404("No such page.")
    form = ChooseLevel(request.POST if request.method == "POST" else None, choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            level = form.cleaned_data["level"]
            try:
                applying.raise_level(
                    journey=seen.reading.journey, level=level, by=request.user, today=timezone.localdate()
                )
            except Refused as refused:
                refuse(form, refused, seen.onward)
                status = 409
            else:
                messages.success(request, f"You are aiming at the {seen.edition.level(level).title} now.")
                return doors.go("journey", ref)
    held = "What you hold stays valid meanwhile. " if seen.position.granted else ""
    return render(
        request,
        "kit/page.html",
        {
            "heading": "Aim higher",
            "lede": f"{held}More {seen.edition.words.requirements} will be asked; those confirmed stay so.",
            "form": form,
            "action_text": "Aim at this",
            "back_href": reverse("journey", args=[ref]),
            "cancel_href": reverse("journey", args=[ref]),
        },
        status=status,
    )
