"""While a match runs: the first meeting, contact by staff, what moves, what is hoped for, signs of giving up."""

from django.http import HttpResponse

from kithwork.caseload.access import part_of_match
from kithwork.caseload.actions import following as act
from kithwork.caseload.actions.contacts import log_contact
from kithwork.caseload.queries.matches import BoundaryRow, GoalRow, GoalState, Risk, SupportTo
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.web.coordinator.contacting import ContactForm
from kithwork.web.coordinator.contacting import Kind as ContactKind
from kithwork.web.coordinator.matches import forms
from kithwork.web.coordinator.matches.frame import about, here, side_of
from kithwork.web.kit.acting import posted
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE, "GET", "POST")
def match_met(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Day(posted(request), initial={"on": seen.match.first_met_on or seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.first_met(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="When did they meet for the first time?",
        text="Both hear from you within a week of that day, and again after five meetings at most.",
        button="Save",
        said="The first meeting is noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_contact(request: Signed, slug: str, match: str, side: str) -> HttpResponse:
    """Staff were in touch with one of the two about the match."""
    seen, who = here(request, slug, match), side_of(side)
    form = ContactForm(posted(request), initial={"on": seen.today})
    return about(
        request,
        seen,
        form,
        lambda: log_contact(
            service=seen.run.service,
            kind=ContactKind(who.value),
            match=seen.match,
            by=request.user,
            **form.cleaned_data,
        ),
        heading=f"Log a contact with {seen.called(who)}",
        button="Log it",
        said="The contact is logged.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_arrange(request: Signed, slug: str, match: str) -> HttpResponse:
    """How they meet, and who of the staff looks after them."""
    seen = here(request, slug, match)
    staff = {user.ref: user for user in coordinators_of(seen.run.service)}
    keeper = seen.match.looks_after
    form = forms.Arrange(
        posted(request),
        [(ref, user.name) for ref, user in staff.items()],
        {"meets": seen.match.meets, "looks_after": keeper.ref if keeper else ""},
    )
    return about(
        request,
        seen,
        form,
        lambda: act.arrange(
            match=seen.match,
            meets=form.cleaned_data["meets"],
            looks_after=staff.get(form.cleaned_data["looks_after"]),
            by=request.user,
        ),
        heading="How they meet, and who looks after them",
        button="Save",
        said="Saved.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_watch(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    now = "yes" if seen.match.difficult_since else "no"
    form = forms.Watch(posted(request), initial={"closely": now})
    return about(
        request,
        seen,
        form,
        lambda: act.watch(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Closer contact",
        button="Save",
        said="Saved.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_support(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Support(posted(request), initial={"on": seen.today, "to": "both"})

    def save() -> None:
        given = form.cleaned_data
        act.support(match=seen.match, to=SupportTo(given["to"]), on=given["on"], what=given["what"], by=request.user,
                    today=seen.today)  # fmt: skip

    return about(request, seen, form, save, heading="Note extra support", button="Save", said="The support is noted.")


@page(Desk.SERVICE, "GET", "POST")
def match_boundary(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Boundary(posted(request), initial={"on": seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.notice_boundary(match=seen.match, by=request.user, today=seen.today, **form.cleaned_data),
        heading="Note a change of boundaries",
        text="Meeting elsewhere or more often, presents, money, contact by other ways: anything that moved.",
        button="Save",
        said="The change is noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_boundary_done(request: Signed, slug: str, match: str, change: str) -> HttpResponse:
    seen = here(request, slug, match)
    row = part_of_match(seen.match, BoundaryRow, change)
    form = forms.Acted(posted(request))
    return about(
        request,
        seen,
        form,
        lambda: act.act_on_boundary(
            change=row, match=seen.match, by=request.user, today=seen.today, **form.cleaned_data
        ),
        heading="What was done about it?",
        rows=[SummaryRow("Noticed", row.noticed_on), SummaryRow("What", row.what)],
        button="Save",
        said="What was done is noted.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_dropout(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Dropout(posted(request), initial={"on": seen.today})

    def save() -> None:
        given = dict(form.cleaned_data)
        level = Risk(given.pop("level"))
        act.note_dropout(match=seen.match, level=level, by=request.user, today=seen.today, **given)

    return about(
        request,
        seen,
        form,
        save,
        heading=f"May {seen.called('mentee')} give up?",
        button="Save",
        said="Noted. You will be reminded on the day you chose.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_plan(request: Signed, slug: str, match: str) -> HttpResponse:
    seen = here(request, slug, match)
    form = forms.Plan(posted(request), initial={"on": seen.today})
    return about(
        request,
        seen,
        form,
        lambda: act.plan(
            match=seen.match,
            aims=form.cleaned_data["aims"],
            on=form.cleaned_data["on"],
            goals=form.goals,
            by=request.user,
            today=seen.today,
        ),
        heading="Development plan",
        text="It takes the place of an earlier plan. The mentor sees aims and goals.",
        button="Save the plan",
        said="The plan is made.",
    )


@page(Desk.SERVICE, "GET", "POST")
def match_goal(request: Signed, slug: str, match: str, goal: str) -> HttpResponse:
    seen = here(request, slug, match)
    row = part_of_match(seen.match, GoalRow, goal)
    form = forms.SettleGoal(posted(request), initial={"state": row.state})

    def save() -> None:
        state = GoalState(form.cleaned_data["state"])
        act.settle_goal(goal=row, match=seen.match, state=state, by=request.user, today=seen.today)

    return about(request, seen, form, save, heading=row.what, button="Save", said="Saved.")
