"""What records lack, in figures; and of each kind the rows, each one click from being mended."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.queries.lines import Line, all_of, counts_of, lines_of, number_of
from kithwork.caseload.queries.missing import Lack, lacking
from kithwork.web.coordinator import doors
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, TaskRow
from kithwork.web.kit.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

L = Lack


@dataclass(frozen=True, slots=True)
class Say:
    """A gap in words: what is missing, the whole list after a number, and the page with the place on it to mend it."""

    what: str
    all: str
    page: str
    more: tuple[str, ...] = ()
    at: str = ""


SAY: dict[Lack, Say] = {
    L.MENTEE_REACH: Say("A way to reach them", "mentee nobody can reach,mentees nobody can reach", "mentee_edit",
                        at="#id_phone"),
    L.MENTEE_EMERGENCY: Say("Whom to ring in an emergency",
                            "mentee without somebody to ring,mentees without somebody to ring", "mentee_edit",
                            at="#id_emergency"),
    L.MENTEE_DATA: Say("Consent to keep their details", "mentee not asked about their details,"
                       "mentees not asked about their details", "mentee_consent", ("data",)),
    L.MENTEE_SHARING: Say("Consent to share", "mentee not asked what may be shared,"
                          "mentees not asked what may be shared", "mentee_consents"),
    L.MENTEE_RISK: Say("Risk to self and others assessed", "mentee without a risk assessment,"
                       "mentees without a risk assessment", "mentee_risk", at="?kind=person"),
    L.MENTEE_BORN: Say("Date of birth", "mentee without a date of birth,mentees without a date of birth",
                       "mentee_edit", at="#id_born"),
    L.MENTEE_NEEDS: Say("Needs", "mentee without needs,mentees without needs", "mentee_edit", at="#id_needs"),
    L.MENTEE_INTERESTS: Say("Interests", "mentee without interests,mentees without interests", "mentee_edit",
                            at="#id_interests"),
    L.MENTEE_FREE: Say("When they are free", "mentee without free times,mentees without free times", "mentee_edit",
                       at="#id_availability"),
    L.MENTEE_BASELINE: Say("A baseline", "mentee without a baseline,mentees without a baseline", "mentee_measures"),
    L.MENTOR_REACH: Say("A way to reach them", "mentor nobody can reach,mentors nobody can reach", "mentor_change",
                        at="#id_phone"),
    L.MENTOR_EMERGENCY: Say("Whom to ring in an emergency",
                            "mentor without somebody to ring,mentors without somebody to ring", "mentor_change",
                            at="#id_emergency"),
    L.MENTOR_DATA: Say("Consent to keep their details", "mentor not asked about their details,"
                       "mentors not asked about their details", "mentor_consent"),
    L.MENTOR_INTERESTS: Say("Interests", "mentor without interests,mentors without interests", "mentor_change",
                            at="#id_interests"),
    L.MENTOR_FREE: Say("When they are free", "mentor without free times,mentors without free times", "mentor_change",
                       at="#id_availability"),
    L.MENTOR_BASELINE: Say("A baseline", "mentor without a baseline,mentors without a baseline", "mentor_measures"),
    L.MATCH_MET: Say("The day they first met", "match without a first meeting,matches without a first meeting",
                     "match_met"),
    L.MATCH_PLAN: Say("A development plan", "match without a plan,matches without a plan", "match_plan"),
    L.MATCH_AGREEMENT: Say("An agreement signed by all three", "match without an agreement,"
                           "matches without an agreement", "match_agreement"),
    L.MATCH_MEETS: Say("How and where they meet", "match without a place to meet,matches without a place to meet",
                       "match_arrange", at="#id_meets"),
    L.MATCH_KEEPER: Say("Who of the staff looks after it", "match nobody looks after,matches nobody looks after",
                        "match_arrange", at="#id_looks_after"),
}  # fmt: skip
_GROUPS = (("Mentees", "mentee-"), ("Mentors", "mentor-"), ("Matches", "match-"))


@page(Desk.SERVICE)
def missing(request: Signed, slug: str) -> HttpResponse:
    run, today = doors.people(request, slug), timezone.localdate()
    run.practice.service = run.service
    counts = counts_of(dict(lacking(run.practice, today)))
    groups = []
    for title, begins in _GROUPS:
        rows = [
            TaskRow(SAY[lack].what, reverse("missing_all", args=[slug, lack.value]),
                    state=StateTag(f"{counts[lack]:,} missing", Kind.AMBER))
            for lack in Lack
            if lack.startswith(begins) and counts[lack]
        ]  # fmt: skip
        groups += [(title, rows)] if rows else []
    number = sum(counts.values())
    context = {
        "run": run,
        "heading": f"{plural(number, 'thing is,things are')} missing on records" if number else "Nothing is missing",
        "groups": groups,
    }
    return render(request, "coordinator/reports/missing.html", context)


class MissingFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name", max_length=100)


def mend(lack: Lack, line: Line, slug: str) -> Link:
    """Whose record it is, and where it is mended."""
    say = SAY[lack]
    name = f"{line.name} and {line.other}" if line.other else line.name
    return Link(name, reverse(say.page, args=[slug, line.ref, *say.more]) + say.at)


@page(Desk.SERVICE)
def missing_all(request: Signed, slug: str, lack: str) -> HttpResponse:
    """Every record that lacks one thing."""
    run, today = doors.people(request, slug), timezone.localdate()
    run.practice.service = run.service
    if lack not in set(Lack):
        raise Http404("No such page.")
    kind, form = Lack(lack), MissingFilter(request.GET)
    ask, wanted = lacking(run.practice, today)[kind], asked(form)
    rows = all_of(ask, wanted["q"])
    if csv_wanted(request):
        lines = lines_of(ask, rows.iterator(2000))
        return csv_answer(
            f"missing-{kind}-{today.isoformat()}",
            ("Missing", "Who", "With", "Reference"),
            ((SAY[kind].what, line.name, line.other, line.ref) for line in lines),
        )
    shown = page_of(request, rows, number=number_of(ask, wanted["q"]))
    context = {
        "run": run,
        "heading": plural(shown.paginator.count, SAY[kind].all),
        "form": form,
        "filtered": bool(wanted["q"]),
        "columns": [Column("Who"), Column("Missing")],
        "rows": [(mend(kind, line, slug), SAY[kind].what) for line in lines_of(ask, shown)],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/reports/missing_all.html", context)
