"""One policy: its versions, who was told, its file, its end."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.governance.access import policy_of, version_of
from kithwork.governance.actions.ground import stamp
from kithwork.governance.actions.policies import approve, change_policy, end_policy, tell
from kithwork.governance.policies import INDICATOR
from kithwork.governance.queries.papers import GROUPS, PolicyRow, VersionRow, versions_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import Dated, Entry, day, later, line, one_of, prose, whole, yes
from kithwork.web.coordinator.governance.papers.files import Titled
from kithwork.web.coordinator.governance.wording import listing, standing
from kithwork.web.kit.acting import DONE, OK, ask, done, posted, sure, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.files import file_answer
from kithwork.web.kit.forms import hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

TOLD = {"mentees", "mentors"}  # whom indicator 38 names


class VersionForm(Dated):
    past: ClassVar[tuple[str, ...]] = ("approved_on",)
    in_order: ClassVar[tuple[tuple[str, str], ...]] = (("approved_on", "review_due"),)

    changed = one_of(
        "What happened?",
        [
            ("yes", hinted("A new version", "Or the first one here")),
            ("no", hinted("Reviewed without a change", "The file of the version before is kept")),
        ],
    )
    approved_on = day("Approved, or reviewed, on")
    approved_by = line("By whom?", 150, required=False, help_text="The board, or an office such as chair.")
    review_due = later("Look at it again by", help_text="Left out: after the usual time.")
    upload = forms.FileField(
        label="The policy itself", required=False, help_text="PDF, Word, OpenDocument, text or a picture; up to 25 MB."
    )
    summary = prose("What changed?", 4000, required=False, help_text="In plain words, as you would tell a mentor.")
    affects_people = yes(
        "It changes what mentees or mentors meet with",
        help_text="Then both are told (indicator 38).",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("affects_people") and not data.get("summary"):
            self.add_error("summary", "Say in plain words what changed, since people are to be told")
        return data


class ToldForm(Dated):
    past: ClassVar[tuple[str, ...]] = ("on",)

    group = one_of("Who was told?", [(group, text.capitalize()) for group, text in GROUPS])
    on = day("When?")
    how = line("How?", 200, help_text="A letter, a meeting, the newsletter.")
    people = whole("How many people?", 0, 1_000_000, required=False)


class ChangePolicy(Entry):
    title = line("Title", 200)
    owner = line("Who looks after it?", 150, required=False)
    review_months = whole("Look at it again after how many months?", 1, 120)
    covers_volunteers = yes("It covers volunteers")


def _at(run: Run, policy: PolicyRow) -> str:
    return reverse("policy", args=[run.service.slug, policy.ref])


@page(Desk.SERVICE)
def policy(request: Signed, slug: str, policy: str) -> HttpResponse:
    """How it stands, what to do, and all its versions, the newest first."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found = policy_of(run.service, policy)
    versions = versions_of(found)
    newest = versions[0] if versions else None
    state = standing(newest.review_due if newest else None, today, never="Not approved yet")
    if found.ended_on:
        state = StateTag("Ended")
    rows = [
        SummaryRow("State", state),
        SummaryRow("Review by", newest.review_due if newest else None),
        SummaryRow("Owner", found.owner),
        SummaryRow("Asked for by indicator", INDICATOR.get(found.subject)),
        SummaryRow("Covers volunteers", found.covers_volunteers),
    ]
    context = {
        "run": run,
        "policy": found,
        "rows": rows,
        "newest": newest,
        "versions": [_version(run, found, one) for one in versions],
        "untold": _untold(versions),
        "writes": run.writes and found.ended_on is None,
    }
    return render(request, "coordinator/governance/policy.html", context)


def _untold(versions: list[VersionRow]) -> str:
    """'mentees and mentors' who were not told of the latest change that touches them."""
    latest = next((one for one in versions if one.changed), None)
    if latest is None or not latest.affects_people:
        return ""
    return listing(sorted(TOLD - {told.group for told in latest.told.all()}))


def _version(run: Run, policy: PolicyRow, one: VersionRow) -> dict[str, Any]:
    told = [
        f"{told.get_group_display().capitalize()}, {longdate(told.on)}: {told.how}"
        + (f" ({plural(told.people, 'person,people')})" if told.people else "")
        for told in one.told.all()
    ]
    kept = reverse("policy_file", args=[run.service.slug, policy.ref, one.ref])
    rows = [
        SummaryRow("Approved", f"{longdate(one.approved_on)}{', by ' + one.approved_by if one.approved_by else ''}"),
        SummaryRow("What changed", one.summary or ("" if one.changed else "Reviewed without a change")),
        SummaryRow("File", Link(one.file_name, kept) if one.file else None),
        SummaryRow("Told", told),
        SummaryRow("Written down by", one.by.name),
    ]
    tag = StateTag("Touches people", Kind.PURPLE) if one.affects_people else None
    return {"number": one.number, "rows": [row for row in rows if row.value], "ref": one.ref, "tag": tag}


@page(Desk.SERVICE, "GET", "POST")
def new_version(request: Signed, slug: str, policy: str) -> HttpResponse:
    run = doors.ground(request, slug, write=True)
    found = policy_of(run.service, policy)
    posted = request.method == "POST"
    form = VersionForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"approved_on": timezone.localdate()},
    )
    status = OK
    if posted:
        status = tried(form, lambda: _approve(request, found, form), Link("See its versions", _at(run, found)))
        if status == DONE:
            return done(request, _at(run, found), "Saved.")
    context = {"heading": f"{found.title}: a version or a review", "form": form, "action_text": "Save"}
    return render(request, "kit/page.html", context | {"back_href": _at(run, found)}, status=status)


def _approve(request: Signed, found: PolicyRow, form: VersionForm) -> None:
    data = dict(form.cleaned_data)
    data["changed"] = data["changed"] == "yes"
    approve(policy=found, by=request.user, **data)


@page(Desk.SERVICE, "GET", "POST")
def policy_told(request: Signed, slug: str, policy: str, version: str) -> HttpResponse:
    """Who was told of a version, when and how."""
    run = doors.ground(request, slug, write=True)
    found = policy_of(run.service, policy)
    one = version_of(found, version)
    form = ToldForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: _tell(request, one, form), Link("See its versions", _at(run, found)))
        if status == DONE:
            return done(request, _at(run, found), "Noted.")
    context = {"heading": f"Who was told of version {one.number}?", "lede": found.title, "form": form}
    return render(
        request, "kit/page.html", context | {"action_text": "Save", "back_href": _at(run, found)}, status=status
    )


def _tell(request: Signed, one: VersionRow, form: ToldForm) -> None:
    data = form.cleaned_data
    tell(version=one, by=request.user, **(data | {"people": data["people"] or 0}))


@page(Desk.SERVICE, "GET", "POST")
def change_a_policy(request: Signed, slug: str, policy: str) -> HttpResponse:
    run = doors.ground(request, slug, write=True)
    found = policy_of(run.service, policy)
    names = ("title", "owner", "review_months", "covers_volunteers")
    initial = {name: getattr(found, name) for name in names} | {"seen": stamp(found)}
    form, seen = ChangePolicy(posted(request), initial=initial), request.POST.get("seen", "")
    return ask(
        request, form, lambda: change_policy(policy=found, seen=seen, by=request.user, **form.columns()),
        heading=f"Change {found.title}", button="Save", said="Saved.", to=_at(run, found),
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def end_a_policy(request: Signed, slug: str, policy: str) -> HttpResponse:
    run = doors.ground(request, slug, write=True)
    found = policy_of(run.service, policy)
    return sure(
        request,
        lambda: end_policy(policy=found, by=request.user, today=timezone.localdate()),
        heading=f"End {found.title}?",
        text="It no longer counts and nothing falls due for it. Its versions stay.",
        button="End it",
        said=f"{found.title} has ended.",
        to=reverse("policies", args=[slug]),
        back=_at(run, found),
    )


@page(Desk.SERVICE)
def policy_file(request: Signed, slug: str, policy: str, version: str) -> HttpResponseBase:
    """The file of a version, to anybody who belongs to the service."""
    run = doors.ground(request, slug)
    found = policy_of(run.service, policy)
    return file_answer(Titled(version_of(found, version), found.title), view="view" in request.GET)
