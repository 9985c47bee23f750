"""The policy register: what there is, who owns it, when it is looked at next, and what is offered as a start."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.core.days import add_days
from kithwork.governance.actions.policies import begin_policy
from kithwork.governance.due import SOON, near, policies_due
from kithwork.governance.policies import INDICATOR, REPEATED
from kithwork.governance.queries.papers import SUBJECTS, PolicyRow, policies_of, subjects_missing
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import line, one_of, yes
from kithwork.web.coordinator.governance.wording import heads_of, plain, standing
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, Link, StateTag
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

_SORTS = {"title": ("title",), "owner": ("owner",), "due": (F("due").asc(nulls_first=True),), "approved": ("approved",)}


class PolicyFilter(Filter):
    q = forms.CharField(label="Search", required=False, max_length=100, help_text="Title or owner")
    state = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All that hold"),
            ("late", "Overdue, or not approved yet"),
            ("soon", "Due within 60 days"),
            ("ended", "Ended"),
        ],
    )


class BeginPolicy(forms.Form):
    subject = one_of(
        "What is it about?",
        [(subject, text) for subject, text in SUBJECTS if subject in REPEATED or subject not in INDICATOR],
        help_text="Those that indicators ask for are offered in the register, each in one click.",
    )
    title = line("Title", 200)
    owner = line("Who looks after it?", 150, required=False)
    covers_volunteers = yes("It covers volunteers")


def narrowed(rows: QuerySet[Any], wanted: dict[str, Any], today: date) -> QuerySet[Any]:
    """The policies a filter asks for."""
    rows = rows.filter(ended_on__isnull=wanted["state"] != "ended")
    if wanted["state"] == "late":
        rows = rows.filter(Q(due__isnull=True) | Q(due__lt=today))
    if wanted["state"] == "soon":
        rows = rows.filter(due__gte=today, due__lte=add_days(today, SOON))
    for word in wanted["q"].split():
        rows = rows.filter(Q(title__icontains=word) | Q(owner__icontains=word))
    return rows


def policies_finding(run: Run, today: date) -> str:
    """'3 policies are overdue or near their date'."""
    dues = policies_due(run.service)
    late, held = near(dues, today), len(dues)
    if not held:
        return "No policies are here yet"
    if late:
        return plural(len(late), "policy is overdue or near its date,policies are overdue or near their date")
    return f"{plural(held, 'policy,policies')}, all reviewed in time"


def _asked_by(subject: str) -> str:
    """'Indicator 9', 'Excellence 3'."""
    number = INDICATOR[subject]
    return f"Indicator {number}" if number.isdigit() else number.capitalize()


def _cells(row: PolicyRow, today: date) -> tuple[object, ...]:
    due, number, approved = (getattr(row, name) for name in ("due", "number", "approved"))
    state = StateTag("Ended") if row.ended_on else standing(due, today, never="Not approved yet")
    asked_by = INDICATOR.get(row.subject, "")
    return (row.owner, number, approved, due, state, asked_by)


@page(Desk.SERVICE)
def policies(request: Signed, slug: str) -> HttpResponse:
    run, today = doors.ground(request, slug), timezone.localdate()
    form = PolicyFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(request, _SORTS, "due")
    rows = sorting.apply(narrowed(policies_of(run.service), wanted, today))
    heads: list[Column | str] = [
        sorting.column("title", "Policy"),
        sorting.column("owner", "Owner"),
        "Version",
        sorting.column("approved", "Approved"),
        sorting.column("due", "Review by"),
        "State",
        "Indicator",
    ]
    if csv_wanted(request):
        return csv_answer("policies", heads_of(heads), ([row.title, *map(plain, _cells(row, today))] for row in rows))
    shown = page_of(request, rows, PER_PAGE)
    context = {
        "run": run,
        "heading": policies_finding(run, today),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["state"]),
        "columns": heads,
        "rows": [(Link(row.title, reverse("policy", args=[slug, row.ref])), *_cells(row, today)) for row in shown],
        "page_obj": shown,
        "csv": csv_address(request),
        "missing": [(s, text, _asked_by(s)) for s, text in subjects_missing(run.service)] if run.writes else [],
    }
    return render(request, "coordinator/governance/policies.html", context)


@page(Desk.SERVICE, "POST")
def start_policy(request: Signed, slug: str) -> HttpResponse:
    """One of those that indicators ask for, begun by one click."""
    run = doors.ground(request, slug, write=True)
    subject = request.POST.get("subject", "")
    if subject not in INDICATOR:
        raise Http404("No such page.")
    policy = begin_policy(service=run.service, subject=subject, by=request.user)
    return done(request, reverse("policy", args=[slug, policy.ref]), f"{policy.title}: add the version that holds now.")


@page(Desk.SERVICE, "GET", "POST")
def new_policy(request: Signed, slug: str) -> HttpResponse:
    """A protocol, a code of practice, or something that no indicator asks for."""
    run = doors.ground(request, slug, write=True)
    form = BeginPolicy(request.POST if request.method == "POST" else None)
    status = OK
    if request.method == "POST":
        made: list[PolicyRow] = []
        status = tried(
            form, lambda: made.append(begin_policy(service=run.service, by=request.user, **form.cleaned_data))
        )
        if status == DONE:
            return done(request, reverse("policy", args=[slug, made[0].ref]), "Now add the version that holds.")
    context = {"heading": "Add a policy or protocol", "form": form, "action_text": "Save"}
    context["back_href"] = reverse("policies", args=[slug])
    return render(request, "kit/page.html", context, status=status)
