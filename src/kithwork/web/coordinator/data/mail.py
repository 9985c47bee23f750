"""The mail of the service's organisation: what waits, what left, what failed. For its leads."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.notices.access import MessageRow, message_of, messages_of
from kithwork.notices.actions import send_again, stop
from kithwork.web.body.outbox import HIDDEN, OutboxFilter, fault_of, narrowed, state_of
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import done
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.lists import Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural


def _to(message: MessageRow) -> str:
    return message.to.name if message.to else message.email


def _heading(*, waiting: int, failed: int) -> str:
    said = [f"{failed} could not be sent"] if failed else []
    said += [f"{plural(waiting, 'message waits,messages wait')} to be sent"] if waiting else []
    return "; ".join(said) or "All mail has left"


@page(Desk.SERVICE)
def service_outbox(request: Signed, slug: str) -> HttpResponse:
    """Every message on the organisation's behalf and how it stands."""
    run = doors.ground(request, slug, lead=True)
    everything = messages_of(run.service.organisation)
    form = OutboxFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(
        request,
        {"written": ("created_at",), "subject": ("subject", "created_at"), "state": ("state", "created_at")},
        "-written",
    )
    rows = sorting.apply(narrowed(everything, wanted))
    if csv_wanted(request):
        heads = ("Subject", "To", "State", "Written", "Sent")
        lines = ((m.subject, _to(m), state_of(m).word, m.created_at, m.sent_at) for m in rows.iterator(2000))
        return csv_answer("mail", heads, lines)
    counts = everything.order_by().aggregate(
        waiting=Count("id", filter=Q(state="waiting")), failed=Count("id", filter=Q(state="failed"))
    )
    shown = page_of(request, rows)
    context = {
        "run": run,
        "heading": _heading(**counts),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("subject", "Subject"),
            "To",
            sorting.column("state", "State"),
            sorting.column("written", "Written"),
            "Sent, or what failed",
        ],
        "rows": [
            (Link(m.subject, reverse("service_message", args=[slug, m.ref]), f"to {_to(m)}"), _to(m), state_of(m),
             clock(m.created_at), clock(m.sent_at) if m.sent_at else fault_of(m))
            for m in shown
        ],
        "caption": plural(shown.paginator.count, "message"),
        "page_obj": shown,
        "csv": csv_address(request),
    }  # fmt: skip
    return render(request, "coordinator/data/outbox.html", context)


def _forgotten(message: MessageRow) -> bool:
    return message.state == "failed" and message.good_until is not None and not message.secret


@page(Desk.SERVICE)
def service_message(request: Signed, slug: str, message: str) -> HttpResponse:
    """One message as it will be read; a secret link stays secret."""
    run, one = _door(request, slug, message)
    context = {
        "run": run,
        "heading": one.subject,
        "facts": [
            SummaryRow("To", [one.to.name, one.to.email] if one.to else one.email),
            SummaryRow("State", state_of(one)),
            SummaryRow("Written", clock(one.created_at)),
            *([SummaryRow("Sent", clock(one.sent_at))] if one.sent_at else []),
            *([SummaryRow("What failed", fault_of(one))] if one.fault else []),
            *([SummaryRow("Next try", clock(one.due_at))] if one.state == "waiting" and one.tries else []),
        ],
        "text": one.body.replace("{link}", HIDDEN),
        "waiting": one.state == "waiting",
        "again": one.fault and one.state in ("failed", "waiting") and not _forgotten(one),
        "forgotten": _forgotten(one),
        "message": one,
    }
    return render(request, "coordinator/data/message.html", context)


@page(Desk.SERVICE, "POST")
def service_message_again(request: Signed, slug: str, message: str) -> HttpResponse:
    """Try a message now that failed; Refused (409) when it has left, was stopped, or its link is forgotten."""
    _, one = _door(request, slug, message)
    state = send_again(message=one, by=request.user, now=timezone.now())
    said = f"Sent: ‘{one.subject}’." if state == "sent" else f"‘{one.subject}’ could not be sent."
    return done(request, reverse("service_message", args=[slug, message]), said)


@page(Desk.SERVICE, "POST")
def service_message_stop(request: Signed, slug: str, message: str) -> HttpResponse:
    """Keep a waiting message from leaving; Refused (409) when it has left."""
    _, one = _door(request, slug, message)
    stop(message=one, by=request.user)
    return done(request, reverse("service_outbox", args=[slug]), f"Stopped: ‘{one.subject}’ will not be sent.")


def _door(request: Signed, slug: str, message: str) -> tuple[Run, MessageRow]:
    run = doors.ground(request, slug, lead=True)
    return run, message_of(run.service.organisation, message)
