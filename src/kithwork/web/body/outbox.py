"""The outbox: every message on the body's behalf, waiting, sent, stopped or failed. It can be read and stopped."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.notices.access import MessageRow, message_of, messages_of
from kithwork.notices.actions import send_waiting, stop
from kithwork.web.body import doors
from kithwork.web.body.answers import SeeOther, done
from kithwork.web.body.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural

STATES = {
    "waiting": StateTag("Waiting", Kind.BLUE),
    "sent": StateTag("Sent", Kind.GREEN),
    "stopped": StateTag("Stopped", Kind.GREY),
    "failed": StateTag("Failed", Kind.RED),
}
HIDDEN = "[the link is a secret and is not shown here]"


class OutboxFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Subject or person", max_length=100)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), *((key, tag.word) for key, tag in STATES.items())]
    )


def _narrowed(rows: QuerySet[MessageRow], wanted: dict[str, Any]) -> QuerySet[MessageRow]:
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
    rows = sorting.apply(_narrowed(everything, wanted))
    if csv_wanted(request):
        return csv_answer(
            f"outbox-{timezone.localdate().isoformat()}",
            ("Subject", "To", "State", "Written", "Sent"),
            ((m.subject, _to(m), STATES[m.state].word, m.created_at.isoformat(), m.sent_at and m.sent_at.isoformat())
             for m in rows),
        )  # fmt: skip
    counts = everything.order_by().aggregate(
        waiting=Count("id", filter=Q(state="waiting")), failed=Count("id", filter=Q(state="failed"))
    )
    shown = page_of(request, rows)
    heading = "Nothing waits to be sent"
    if counts["waiting"]:
        heading = f"{plural(counts['waiting'], 'message waits,messages wait')} to be sent"
    context = {
        "heading": f"{heading}; {counts['failed']} failed" if counts["failed"] else heading,
        "waiting": counts["waiting"],
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
                STATES[m.state],
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


@page(Desk.BODY)
def outbox_message(request: Signed, org: str, ref: str) -> HttpResponse:
    """One message as it will be read; a secret link stays secret."""
    body = doors.body(request, org, "breaches")
    message = message_of(body, ref)
    context = {
        "heading": message.subject,
        "facts": [
            SummaryRow("To", [message.to.name, message.to.email] if message.to else message.email),
            SummaryRow("State", STATES[message.state]),
            SummaryRow("Written", clock(message.created_at)),
            *([SummaryRow("Sent", clock(message.sent_at))] if message.sent_at else []),
            *([SummaryRow("What failed", message.fault)] if message.fault else []),
        ],
        "text": message.body.replace("{link}", HIDDEN),
        "waiting": message.state == "waiting",
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
def send_outbox(request: Signed, org: str) -> HttpResponse:
    """Send what waits for this body now."""
    body = doors.body(request, org, "breaches")
    sent, failed = send_waiting(now=timezone.now(), organisation=body)
    if not sent and not failed:
        return SeeOther(reverse("outbox", args=[org]))
    said = f"{plural(sent, 'message')} sent"
    return done(request, reverse("outbox", args=[org]), f"{said}; {failed} failed." if failed else f"{said}.")
