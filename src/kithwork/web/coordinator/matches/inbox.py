"""What mentors logged and nobody has read: read, answered, asked about; and what is still awaited of them."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, contact_of
from kithwork.caseload.actions import logging as act
from kithwork.caseload.queries.logs import (
    KINDS,
    ContactRow,
    answers_awaited,
    covers_for,
    looked_after_by,
    replies_of,
    unread,
)
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, Place, SummaryRow, TimelineEvent
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, longdate, plural

PER_PAGE = 25
WAY = {"met": "in person", "phone": "by telephone", "video": "by video", "message": "by message", "letter": "by letter"}
_TITLES = {
    "meeting": ("{mentor} and {mentee} met", "{mentor} and {mentee} did not meet"),
    "mentee": ("Staff in touch with {mentee}", "Staff tried to reach {mentee}"),
    "mentor": ("Staff in touch with {mentor}", "Staff tried to reach {mentor}"),
    "referrer": ("Staff in touch about {mentee}", "Staff tried to reach the referrer of {mentee}"),
}
AWAITED = 50


def title_of(one: ContactRow) -> str:
    return _TITLES[one.kind][0 if one.reached else 1].format(mentee=one.mentee, mentor=one.mentor)


def detail_of(one: ContactRow) -> str:
    """'3 March 2027, in person, 60 minutes'."""
    length = [f"{one.minutes} minutes"] if one.minutes else []
    return ", ".join([longdate(one.on), *([WAY[one.way]] if one.reached else []), *length])


def places(slug: str, name: str) -> list[Place]:
    """The two pages of contacts."""
    spots = (("Unread", "inbox"), ("All contacts", "contacts"))
    return [Place(words, reverse(at, args=[slug]), at == name) for words, at in spots]


@page(Desk.SERVICE)
def inbox(request: Signed, slug: str) -> HttpResponse:
    """First what one looks after or covers; `?whose=all` everything."""
    run = doors.people(request, slug)
    today, everything = timezone.localdate(), request.GET.get("whose") == "all"
    rows = unread(run.service)
    if not everything:
        rows = rows.filter(looked_after_by(request.user, run.service, today))
    shown = page_of(request, rows, PER_PAGE)
    count = shown.paginator.count
    entries = [
        {"ref": one.ref, "title": title_of(one), "detail": detail_of(one), "words": one.words, "row": one}
        for one in shown
    ]
    context = {
        "heading": f"{plural(count, 'entry,entries')} nobody has read" if count else "Everything has been read",
        "run": run,
        "places": places(slug, "inbox"),
        "entries": entries,
        "refs": [entry["ref"] for entry in entries],
        "page_obj": shown,
        "everything": everything,
        "awaited_columns": ["Mentor", "Asked", "On"],
        "covers": covers_for(request.user, run.service, today),
        "awaited": [
            (
                Link(str(one.contact.mentor), reverse("contact", args=[slug, one.contact.ref])),
                one.text if len(one.text) <= 120 else f"{one.text[:117]}…",
                timezone.localdate(one.at),
            )
            for one in answers_awaited(run.service)[:AWAITED]
        ],
    }
    return render(request, "coordinator/contacts/inbox.html", context)


@page(Desk.SERVICE, "POST")
def inbox_read(request: Signed, slug: str) -> HttpResponse:
    """All of a page, or one, is read. Only what was shown: the form names each."""
    run = doors.people(request, slug)
    refs = request.POST.getlist("ref")[: PER_PAGE * 2]
    count = act.mark_read(service=run.service, refs=refs, by=request.user, now=timezone.now())
    back = reverse("inbox", args=[slug]) + ("?whose=all" if request.POST.get("whose") == "all" else "")
    return done(request, back, f"{plural(count, 'entry is,entries are')} read. The mentors see that.")


class AnswerForm(forms.Form):
    text = forms.CharField(
        label="Your answer", help_text="The mentor reads it.", max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    asks = forms.BooleanField(label="I need an answer to this", required=False)


@page(Desk.SERVICE, "GET", "POST")
def contact(request: Signed, slug: str, contact: str) -> HttpResponse:
    """One entry with its answers. What a mentor logged can be marked as read, and answered."""
    run = doors.people(request, slug)
    one = contact_of(run, contact)
    form, status, now = AnswerForm(request.POST if request.POST.get("do") == "answer" else None), OK, timezone.now()
    if request.method == "POST":
        if not form.is_bound:
            return _mark(request, run, one)
        status = tried(form, lambda: act.answer(contact=one, by=request.user, now=now, **form.cleaned_data))
        if status == DONE:
            return done(request, reverse("contact", args=[slug, one.ref]), "Your answer is saved, and counts as read.")
    logged = one.kind == KINDS.MEETING and one.match is not None
    replies = list(replies_of(one))
    context = {
        "heading": title_of(one),
        "run": run,
        "one": one,
        "detail": detail_of(one),
        "rows": _rows(one, slug),
        "form": form if logged else None,
        "talk": [TimelineEvent(str(r.by), r.at, "asked for an answer" if r.flagged else "", r.text) for r in replies],
        "awaited": any(r.flagged and r.closed_at is None for r in replies),
        "faulty": status >= 400,
    }
    return render(request, "coordinator/contacts/one.html", context, status=status)


def _mark(request: Signed, run: Run, one: ContactRow) -> HttpResponse:
    """Read without an answer; or a question that was answered another way."""
    back = reverse("inbox", args=[run.service.slug])
    if request.POST.get("do") == "close":
        act.close_question(contact=one, by=request.user, now=timezone.now())
        return done(request, reverse("contact", args=[run.service.slug, one.ref]), "The question is closed.")
    act.mark_read(service=run.service, refs=[one.ref], by=request.user, now=timezone.now())
    return done(request, back, "Read. The mentor sees that.")


def _rows(one: ContactRow, slug: str) -> list[SummaryRow]:
    read = f"{clock(one.read_at)} by {one.read_by}" if one.read_at else "Nobody yet"
    rows = [SummaryRow("When and how", detail_of(one))]
    if one.match is not None:
        names = f"{one.match.mentee} and {one.match.mentor}"
        rows.append(SummaryRow("Match", Link(names, reverse("match", args=[slug, one.match.ref]))))
    rows += [SummaryRow("What was said", one.words), SummaryRow("Logged by", f"{one.by or 'a link'}, {clock(one.at)}")]
    if one.kind == KINDS.MEETING:
        rows.append(SummaryRow("Read", read))
    return rows
