"""People's rights at an awarding body: what applicants asked of their data, their copy, the register of processing."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from tempfile import SpooledTemporaryFile
from typing import IO

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.procedures import account_bundle, processing
from kithwork.procedures.asking import answer
from kithwork.rights.access import asked_of_body
from kithwork.rights.actions import Outcome
from kithwork.rights.queries import AskedRow, answered_of, names_of_accounts, near, open_of_body
from kithwork.web.body import doors
from kithwork.web.body.lists import csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.acting import OK, ask, posted
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.processing import rows_of
from kithwork.web.templatetags.kit import longdate, plural

_WANTS = {
    "rectify": "{who} says that something held about them is wrong",
    "copy": "{who} asks for a copy of all that is held about them",
    "erase": "{who} asks to be erased",
}
_IN_MEMORY = 8 * 1024 * 1024


@page(Desk.BODY)
def body_rights(request: Signed, org: str) -> HttpResponse:
    """Requests that wait, the register of processing, and what was answered."""
    body = doors.body(request, org, "breaches")
    rows, shown = list(open_of_body(body)), page_of(request, answered_of(body, None))
    names = names_of_accounts([one.subject for one in (*rows, *shown)])
    context = {
        "heading": plural(len(rows), "request about somebody’s data waits,requests about people’s data wait")
        if rows
        else "Nobody waits for an answer about their data",
        "places": doors.records(body, "body_rights"),
        "tasks": [
            TaskRow(_said(one, names), reverse("body_right_asked", args=[org, one.ref]),
                    f"Asked on {longdate(one.came_on)}, to be answered by {longdate(one.due_on)}", _clock(one))
            for one in rows
        ],
        "register": reverse("body_register_of_processing", args=[org]),
        "going": reverse("body_right_going", args=[org]),
        "holds": reverse("body_right_holds", args=[org]),
        "columns": ("Asked", "What", "Answered", "Answer"),
        "rows": [
            (longdate(one.came_on), Link(_said(one, names), reverse("body_right_asked", args=[org, one.ref])),
             longdate(one.answered_on), one.get_outcome_display().capitalize())
            for one in shown
        ],
        "page_obj": shown,
    }  # fmt: skip
    return render(request, "body/rights.html", context)


def _said(one: AskedRow, names: dict[str, str]) -> str:
    return _WANTS[one.right].format(who=names.get(one.subject, "Somebody who is erased"))


def _clock(one: AskedRow) -> StateTag:
    day = timezone.localdate()
    if one.due_on < day:
        return StateTag("Overdue", Kind.RED)
    return StateTag("Due soon", Kind.AMBER) if near(one, day) else StateTag("Open", Kind.BLUE)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What was done?",
        widget=forms.RadioSelect,
        choices=[
            (Outcome.DONE.value, "Done as asked"),
            (Outcome.PARTLY.value, "Done in part"),
            (Outcome.REFUSED.value, "Not done"),
        ],
    )
    words = LongText(
        label="What was changed, or why not",
        help_text="They read it on their account page. If something was not done, say that they may complain to the "
        "Information Commissioner.",
        max_length=4000,
    )


@page(Desk.BODY, "GET", "POST")
def body_right_asked(request: Signed, org: str, asked: str) -> HttpResponse:
    """One request, and the answer to it."""
    body, today = doors.body(request, org, "breaches"), timezone.localdate()
    row, to = asked_of_body(body, asked), reverse("body_rights", args=[org])
    heading = _said(row, names_of_accounts([row.subject]))
    rows = [SummaryRow("Asked", longdate(row.came_on))]
    if row.words:
        rows.append(SummaryRow("In their words", row.words.splitlines()))
    if row.answered_on is not None and request.method == "GET":
        rows += [
            SummaryRow("Answered", longdate(row.answered_on)),
            SummaryRow("What was done", row.get_outcome_display().capitalize()),
            SummaryRow("Answer", row.answer.splitlines()),
        ]
        context = {"heading": heading, "rows": rows, "back_href": to}
        return render(request, "coordinator/rights/answered.html", context, status=OK)
    form = AnswerForm(posted(request))

    def act() -> None:
        outcome = Outcome(form.cleaned_data["outcome"])
        answer(asked=row, outcome=outcome, words=form.cleaned_data["words"], by=request.user, today=today)

    return ask(
        request, form, act, heading=heading, button="Record the answer", said="Answered. They read it on their account"
        " page.", to=to, rows=rows,
    )  # fmt: skip


class CopyForm(forms.Form):
    """Nothing to fill in: the page asks once."""


@page(Desk.BODY, "GET", "POST")
def body_everything(request: Signed, org: str, ref: str) -> HttpResponseBase:
    """All that the body holds about an applicant who applies for themselves, to be handed to them."""
    found = doors.journey(request, org, ref)
    person, body = found.person, found.edition.body
    if person is None:
        raise Http404("No such page.")
    if request.method == "POST":
        made: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
        try:
            account_bundle.hand_over(person=person, body=body, out=made, by=request.user, now=timezone.now())
        except BaseException:
            made.close()
            raise
        made.seek(0)
        return FileResponse(
            made, as_attachment=True, filename=f"everything-{person.ref}.zip", content_type="application/zip"
        )
    context = {
        "heading": f"Give {person} all that is held about them?",
        "text": "One file to hand over: a page to read, the same as data, and their own files. Others who acted stand "
        "as initials; what examiners wrote of an application that is not decided yet is left out. It is due within a "
        "month of the day they asked. They can take a copy of their own, on their account page.",
        "form": CopyForm(),
        "action_text": "Make the file",
        "cancel_href": reverse("body_journey", args=[org, ref]),
    }
    return render(request, "kit/interruption.html", context)


@page(Desk.BODY)
def body_register_of_processing(request: Signed, org: str) -> HttpResponse:
    """What a body keeps of whom, why, how long (article 30), as a page and as CSV."""
    body = doors.body(request, org, "breaches")
    if csv_wanted(request):
        return csv_answer(f"processing-{org}", processing.COLUMNS, processing.lines(None))
    activities = processing.register(None)
    context = {
        "heading": f"{len(activities)} kinds of record name people",
        "who": body.name,
        "activities": [(one.record.title, one.kind.value, rows_of(one)) for one in activities],
        "csv": csv_address(request),
        "back_href": reverse("body_rights", args=[org]),
        "back_text": "People’s rights",
    }
    return render(request, "kit/processing.html", context)
