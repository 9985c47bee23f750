"""What people asked of their data: the list with its clocks, the answer to each, and holds."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of
from kithwork.governance.access import staff_of
from kithwork.procedures import past, retaining
from kithwork.procedures.asking import answer
from kithwork.rights import actions
from kithwork.rights.access import asked_of_service, hold_of
from kithwork.rights.queries import AskedRow, answered_of, asked_about, holds_of, open_of_service
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import one_of, prose
from kithwork.web.coordinator.rights.cards import WANTS, days_of, named, names_of, record_of, tasks, who_of
from kithwork.web.kit.acting import ask, posted, sure
from kithwork.web.kit.cards import Link, SummaryRow, TaskRow
from kithwork.web.kit.going import going_of
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.SERVICE)
def rights(request: Signed, slug: str) -> HttpResponse:
    """Requests that wait, then the rooms of people's rights, then what was answered."""
    run, today = doors.people(request, slug), timezone.localdate()
    rows = list(open_of_service(run.service))
    late = sum(one.due_on < today for one in rows)
    said = plural(len(rows), "request about somebody’s data waits,requests about people’s data wait")
    shown = page_of(request, answered_of(run.service.organisation, run.service))
    names = named(run.service, shown)
    context = {
        "run": run,
        "heading": (said + (f", {late} overdue" if late else "")) if rows else "Nobody waits for an answer",
        "tasks": tasks(run.service, rows, slug, today),
        "rooms": _rooms(run),
        "columns": ("Asked", "What", "Answered", "Answer"),
        "rows": [
            (longdate(one.came_on), Link(WANTS[one.right].format(who=who_of(names, one.subject)),
                                         reverse("right_asked", args=[slug, one.ref])),
             longdate(one.answered_on), one.get_outcome_display().capitalize())
            for one in shown
        ],
        "page_obj": shown,
    }  # fmt: skip
    return render(request, "coordinator/rights/rights.html", context)


def _rooms(run: Run) -> list[TaskRow]:
    slug = run.service.slug
    going = TaskRow("What goes soon", reverse("right_going", args=[slug]), "Records at the end of their period.")
    register = TaskRow(
        "Register of processing",
        reverse("right_register", args=[slug]),
        "What is kept of whom, why, how long (article 30).",
    )
    if not run.leads:
        return [going, register]
    return [
        going,
        TaskRow(
            "How long records are kept", reverse("right_periods", args=[slug]), "By kind, within what a law allows."
        ),
        TaskRow("Legal holds", reverse("right_holds", args=[slug]), "Records that are kept whatever is asked."),
        register,
    ]


class AnswerForm(forms.Form):
    outcome = one_of(
        "What was done?",
        [(actions.Outcome.DONE.value, "Done as asked"), (actions.Outcome.PARTLY.value, "Done in part"),
         (actions.Outcome.REFUSED.value, "Not done")],
    )  # fmt: skip
    words = prose(
        "What was changed, or why not",
        4000,
        help_text="Tell them the same. If something was not done, tell them that they may complain to the Information "
        "Commissioner.",
    )


@page(Desk.SERVICE, "GET", "POST")
def right_asked(request: Signed, slug: str, asked: str) -> HttpResponse:
    """One request: what they wrote, where their record is, and the answer."""
    run, today = doors.people(request, slug), timezone.localdate()
    row = asked_of_service(run.service, asked)
    names = names_of(run.service, [row.subject])
    who = who_of(names, row.subject)
    to = reverse("rights", args=[slug])
    rows = _facts(run, row, row.subject in names)
    if row.answered_on is not None and request.method == "GET":
        rows += [
            SummaryRow("Answered", longdate(row.answered_on)),
            SummaryRow("What was done", row.get_outcome_display().capitalize()),
            SummaryRow("Answer", row.answer.splitlines()),
        ]
        context = {"run": run, "heading": WANTS[row.right].format(who=who), "rows": rows, "back_href": to}
        return render(request, "coordinator/rights/answered.html", context)
    form = AnswerForm(posted(request))

    def act() -> None:
        outcome = actions.Outcome(form.cleaned_data["outcome"])
        answer(asked=row, outcome=outcome, words=form.cleaned_data["words"], by=request.user, today=today)

    return ask(
        request, form, act, heading=WANTS[row.right].format(who=who), button="Record the answer",
        said="The answer is recorded. Tell them in the way they like to be reached.", to=to, rows=rows,
        caption=days_of(row),
    )  # fmt: skip


def _facts(run: Run, row: AskedRow, here: bool) -> list[SummaryRow]:
    slug, (side, _, ref) = run.service.slug, row.subject.partition(":")
    rows = [SummaryRow("Asked", longdate(row.came_on))]
    if row.words:
        rows.append(SummaryRow("In their words", row.words.splitlines()))
    where = record_of(slug, row.subject) if here else ""
    if where and side in ("mentee", "mentor"):
        links = [Link("Their record", where)]
        if run.leads and row.right == actions.Right.COPY:
            links.append(Link("Make the copy", reverse(f"{side}_everything", args=[slug, ref])))
        if run.leads and row.right == actions.Right.ERASE:
            links.append(Link("See what an erasure would do", reverse(f"{side}_erase", args=[slug, ref])))
        rows.append(SummaryRow("Where to act", links))
    elif where and run.leads:
        rows.append(SummaryRow("Where to act", [Link("Their file", where)]))
    return rows


class AskedForm(forms.Form):
    right = one_of(
        "What do they ask?",
        [(actions.Right.RECTIFY.value, "Something held about them is wrong"),
         (actions.Right.COPY.value, "A copy of all that is held about them"),
         (actions.Right.ERASE.value, "Their record is to be erased")],
    )  # fmt: skip
    words = prose("In their words", 4000, required=False)


@page(Desk.SERVICE, "GET", "POST")
def right_new(request: Signed, slug: str, side: str, person: str) -> HttpResponse:
    """Write down what somebody asked by telephone, by letter or in person: the month runs from today."""
    run, today = doors.people(request, slug), timezone.localdate()
    if side not in ("mentee", "mentor"):
        raise Http404("No such page.")
    found = mentee_of(run, person) if side == "mentee" else mentor_of(run, person)
    form, subject = AskedForm(posted(request)), f"{side}:{person}"

    def act() -> None:
        actions.ask(
            organisation=run.service.organisation, service=run.service, subject=subject,
            right=actions.Right(form.cleaned_data["right"]), words=form.cleaned_data["words"], by=request.user,
            today=today,
        )  # fmt: skip

    before = [
        f"{longdate(one.came_on)}: {one.get_right_display()}"
        + ("" if one.answered_on is None else f" ({one.get_outcome_display()})")
        for one in asked_about(run.service, subject)
    ]
    return ask(
        request, form, act, heading="They ask something of their data", caption=found.name, button="Write it down",
        said="Written down. It is to be answered within a month.", to=record_of(slug, subject),
        text="Whoever asks, in whatever words, is answered within a month. It stands on Today until then.",
        rows=[SummaryRow("Asked before", before)] if before else [],
    )  # fmt: skip


@page(Desk.SERVICE)
def right_holds(request: Signed, slug: str) -> HttpResponse:
    """Records that are kept whatever is asked."""
    run = doors.ground(request, slug, lead=True)
    rows = list(holds_of(run.service))
    names = names_of(run.service, [one.subject for one in rows])
    context = {
        "run": run,
        "heading": f"{plural(len(rows), 'record is,records are')} held" if rows else "No record is held",
        "columns": ("Whose", "Why", "Since", "By", "End"),
        "rows": [
            (Link(who_of(names, one.subject), record_of(slug, one.subject)), one.reason, longdate(one.since),
             one.by.name, Link("End the hold", reverse("right_hold_end", args=[slug, one.ref]),
                               f"on {who_of(names, one.subject)}"))
            for one in rows
        ],
    }  # fmt: skip
    return render(request, "coordinator/rights/holds.html", context)


class HoldForm(forms.Form):
    reason = forms.CharField(label="Why must it be kept?", max_length=500, help_text="A claim, a court, an inquiry.")


def _whose(run: Run, side: str, person: str) -> str:
    """The name of a mentee, of a mentor or whoever applies to be one, or of a member of staff."""
    match side:
        case "mentee":
            return mentee_of(run, person).name
        case "mentor":
            return mentor_of(run, person).name
        case "staff":
            return staff_of(run.service, person).name
        case _:
            raise Http404("No such page.")


@page(Desk.SERVICE, "GET", "POST")
def right_hold(request: Signed, slug: str, side: str, person: str) -> HttpResponse:
    """Keep a record whatever is asked and whatever its period."""
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    name = _whose(run, side, person)
    form, subject = HoldForm(posted(request)), f"{side}:{person}"

    def act() -> None:
        actions.hold(
            organisation=run.service.organisation, service=run.service, subject=subject, by=request.user, today=today,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip

    return ask(
        request, form, act, heading="Keep this record whatever is asked", caption=name, button="Hold it",
        said="The record is held. Nothing erases it until the hold ends.", to=record_of(slug, subject),
        text="While it is held, nobody can erase it, and it does not go at the end of its period.",
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def right_hold_end(request: Signed, slug: str, hold: str) -> HttpResponse:
    """Let a record go its way again."""
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    row = hold_of(run.service, hold)
    who = who_of(names_of(run.service, [row.subject]), row.subject)
    to = reverse("right_holds", args=[slug])
    return sure(
        request, lambda: actions.end_hold(hold=row, by=request.user, today=today), heading=f"End the hold on {who}?",
        text="The record can be erased again, and goes at the end of its period: tonight, if that is over.",
        button="End the hold", said="The hold has ended.", to=to, back=to,
    )  # fmt: skip


def _going(run: Run, day: date) -> list[past.Line]:
    """What of the service's own records goes by that day, and of its applications for awards."""
    return [*retaining.plan(practice=run.practice, day=day), *past.plan(day=day, service=run.service)]


@page(Desk.SERVICE)
def right_going(request: Signed, slug: str) -> HttpResponse:
    """What goes in the next round, and what within 30 days."""
    run, today = doors.people(request, slug), timezone.localdate()
    run.practice.service = run.service
    context = {"run": run, **going_of(lambda day: _going(run, day), today)}
    return render(request, "coordinator/rights/going.html", context)
