"""The outbox: every message on the body's behalf and how it stands. It can be read, stopped and sent again."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.notices.access import MessageRow, message_of, messages_of
from kithwork.notices.actions import send_again, send_waiting, stop
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.acting import done, seen_at
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural

STATES = {
    "waiting": StateTag("Waiting", Kind.BLUE),
    "sent": StateTag("Sent", Kind.GREEN),
    "stopped": StateTag("Stopped", Kind.GREY),
    "sending": StateTag("Being sent", Kind.BLUE),
    "failed": StateTag("Failed", Kind.RED),
}
AGAIN = StateTag("To be tried again", Kind.AMBER)
HIDDEN = "[the link is a secret and is not shown here]"
# What stopped a message, where it was not the mail server
_FAULTS = {
    "TooLate": "Its link or code ran out before it could be sent",
    "SenderLost": "Whatever sends the mail was interrupted again and again",
}


class OutboxFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Subject or person", max_length=100)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), *((key, tag.word) for key, tag in STATES.items())]
    )


def narrowed(rows: QuerySet[MessageRow], wanted: dict[str, Any]) -> QuerySet[MessageRow]:
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(subject__icontains=word)
            | Q(to__name__icontains=word)
            | Q(to__email__icontains=word)
            | Q(email__icontains=word)
        )
    return rows


def _to(message: MessageRow) -> str:
    return message.to.name if message.to else message.email


def state_of(message: MessageRow) -> StateTag:
    """How a message stands; one that waits and has been tried says so."""
    return AGAIN if message.state == "waiting" and message.tries else STATES[message.state]


def fault_of(message: MessageRow) -> str:
    return _FAULTS.get(message.fault, message.fault)


@page(Desk.BODY)
def outbox(request: Signed, org: str) -> HttpResponse:
    """What is to be sent and what was."""
    body = doors.body(request, org, "breaches")
    everything = messages_of(body)
    form = OutboxFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(
        request,
        {"written": ("created_at",), "subject": ("subject", "created_at"), "state": ("state", "created_at")},
        "-written",
    )
    rows = sorting.apply(narrowed(everything, wanted))
    if csv_wanted(request):
        return csv_answer(
            f"outbox-{timezone.localdate().isoformat()}",
            ("Subject", "To", "State", "Written", "Sent"),
            ((m.subject, _to(m), state_of(m).word, m.created_at.isoformat(), m.sent_at and m.sent_at.isoformat())
             for m in rows),
        )  # fmt: skip
    counts = everything.order_by().aggregate(
        due=Count("id", filter=Q(state="waiting", due_at__lte=timezone.now())),
        later=Count("id", filter=Q(state="waiting", due_at__gt=timezone.now())),
        failed=Count("id", filter=Q(state="failed")),
    )
    shown = page_of(request, rows)
    context = {
        "heading": _heading(**counts),
        "due": counts["due"],
        "places": doors.records(body, "outbox"),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("subject", "Subject"),
            "To",
            sorting.column("state", "State"),
            sorting.column("written", "Written"),
            "Sent",
        ],
        "rows": [
            (
                Link(m.subject, reverse("outbox_message", args=[org, m.ref]), f"to {_to(m)}"),
                _to(m),
                state_of(m),
                clock(m.created_at),
                clock(m.sent_at),
            )
            for m in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "message"),
        "page_obj": shown,
        "csv": csv_address(request),
        "org": org,
    }
    return render(request, "body/outbox.html", context)


def _forgotten(message: MessageRow) -> bool:
    return message.state == "failed" and message.good_until is not None and not message.secret


def _heading(*, due: int, later: int, failed: int) -> str:
    said = [f"{plural(due, 'message waits,messages wait')} to be sent" if due else "Nothing waits to be sent"]
    said += [f"{later} to be tried again"] if later else []
    said += [f"{failed} failed"] if failed else []
    return "; ".join(said)


@page(Desk.BODY)
def outbox_message(request: Signed, org: str, ref: str) -> HttpResponse:
    """One message as it will be read; a secret link stays secret."""
    body = doors.body(request, org, "breaches")
    message = message_of(body, ref)
    context = {
        "heading": message.subject,
        "facts": [
            SummaryRow("To", [message.to.name, message.to.email] if message.to else message.email),
            SummaryRow("State", state_of(message)),
            SummaryRow("Written", clock(message.created_at)),
            *([SummaryRow("Sent", clock(message.sent_at))] if message.sent_at else []),
            *([SummaryRow("What failed", fault_of(message))] if message.fault else []),
            *([SummaryRow("Tried", plural(message.tries, "time"))] if message.fault and message.tries else []),
            *([SummaryRow("Next try", clock(message.due_at))] if message.state == "waiting" and message.tries else []),
        ],
        "text": message.body.replace("{link}", HIDDEN),
        "waiting": message.state == "waiting",
        # an invitation whose link is forgotten is not sent again: a new one is
        "again": message.fault and message.state in ("failed", "waiting") and not _forgotten(message),
        "forgotten": _forgotten(message),
        "org": org,
        "ref": ref,
    }
    return render(request, "body/outbox_message.html", context)


@page(Desk.BODY, "POST")
def stop_message(request: Signed, org: str, ref: str) -> HttpResponse:
    """Keep a waiting message from leaving; Refused (409) when it has left."""
    body = doors.body(request, org, "breaches")
    message = message_of(body, ref)
    stop(message=message, by=request.user)
    return done(request, reverse("outbox", args=[org]), f"Stopped: ‘{message.subject}’ will not be sent.")


@page(Desk.BODY, "POST")
def send_message_again(request: Signed, org: str, ref: str) -> HttpResponse:
    """Try a message now that failed; Refused (409) when it has left, was stopped, or its link is forgotten."""
    body = doors.body(request, org, "breaches")
    message = message_of(body, ref)
    state = send_again(message=message, by=request.user, now=timezone.now())
    said = f"Sent: ‘{message.subject}’." if state == "sent" else f"‘{message.subject}’ could not be sent."
    return done(request, reverse("outbox_message", args=[org, ref]), said)


@page(Desk.BODY, "POST")
def send_outbox(request: Signed, org: str) -> HttpResponse:
    """Send what waits for this body now."""
    body = doors.body(request, org, "breaches")
    sent, failed = send_waiting(now=timezone.now(), organisation=body)
    if not sent and not failed:
        return seen_at(reverse("outbox", args=[org]))
    said = f"{plural(sent, 'message')} sent"
    return done(request, reverse("outbox", args=[org]), f"{said}; {failed} failed." if failed else f"{said}.")
