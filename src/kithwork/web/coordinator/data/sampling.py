"""Sample people: loaded into an empty service to look around, and thrown away again."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.actions import sampling
from kithwork.caseload.queries.samples import SampleRow, could_have_one, records_of, sample_of
from kithwork.procedures.plausible import Wanted, load
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import DONE, OK, done, posted, sure, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, longdate, plural

FAULTS = 14
SEED = 1
YEARS = 2


class SampleForm(forms.Form):
    size = forms.ChoiceField(
        label="How large a service?",
        choices=(("15", "Small: 15 mentees"), ("40", "Usual: 40 mentees"), ("100", "Large: 100 mentees")),
        initial="40",
        widget=forms.RadioSelect,
    )
    faults = forms.ChoiceField(
        label="Is anything wrong in it?",
        help_text="With faults, Today shows what it looks like when something is overdue.",
        choices=(("yes", f"Yes, {FAULTS} faults, which are listed"), ("no", "No, everything is in order")),
        initial="yes",
        widget=forms.RadioSelect,
    )


@page(Desk.SERVICE, "GET", "POST")
def sample(request: Signed, slug: str) -> HttpResponse:
    """Load sample people where nobody is on record; else what was loaded, and what is wrong in it on purpose."""
    run = doors.ground(request, slug, lead=True)
    found = sample_of(run.service)
    free = found is None and could_have_one(run.service)
    form, status = SampleForm(posted(request)), OK
    if request.method == "POST":
        status = tried(form, lambda: _load(request, run, form), Link("See how it stands now", request.path))
        if status == DONE:
            return done(request, reverse("sample", args=[slug]), "Sample people are loaded.")
    context = {
        "run": run,
        "heading": _heading(found, free),
        "form": form if free or form.is_bound else None,
        "free": free,
        "facts": _facts(found) if found else [],
        "columns": ("Indicator", "What, and where it shows"),
        "faults": _faults(run, found) if found else [],
    }
    return render(request, "coordinator/data/sample.html", context, status=status)


def _heading(found: SampleRow | None, free: bool) -> str:
    if found is not None:
        return "The people here are made up"
    return "Look around with sample people" if free else "Sample people go into an empty service alone"


def _load(request: Signed, run: Run, form: SampleForm) -> None:
    data = form.cleaned_data
    run.practice.service = run.service
    wanted = Wanted(int(data["size"]), YEARS, SEED, timezone.localdate())
    load(practice=run.practice, wanted=wanted, faulty=FAULTS if data["faults"] == "yes" else 0, by=request.user)


def _facts(found: SampleRow) -> list[SummaryRow]:
    figures = found.figures
    return [
        SummaryRow("Loaded", f"{clock(found.at)}, by {found.by.name}"),
        SummaryRow("Made up to", longdate(found.last_day)),
        SummaryRow("People", f"{plural(figures['mentees'], 'mentee')}, {plural(figures['mentors'], 'mentor')}"),
        SummaryRow("Matches", f"{figures['matches']}, of which {figures['running']} run"),
        SummaryRow("Contacts", f"{figures['contacts']:,}"),
    ]


def _faults(run: Run, found: SampleRow) -> list[tuple[str, Link | str]]:
    """Each fault with the indicator it breaks, and the record in which it is found; one corrected since stays."""
    records = records_of(run.service, [ref for _, _, ref in found.faults])
    rows: list[tuple[str, Link | str]] = []
    for indicator, kind, ref in found.faults:
        words = kind.replace("-", " ").capitalize()
        href = _address(run.service.slug, *records[ref]) if ref in records else ""
        number = f"Excellence {indicator[1:]}" if indicator.startswith("e") else indicator
        rows.append((number, Link(words, href) if href else words))
    return rows


def _address(slug: str, kind: str, ref: str) -> str:
    names = {"staff": "staff_file"}
    for name in (names.get(kind, kind), f"register_{kind}_one"):
        try:
            return reverse(name, args=[slug, ref])
        except NoReverseMatch:
            continue
    return ""


@page(Desk.SERVICE, "GET", "POST")
def throw_sample_away(request: Signed, slug: str) -> HttpResponse:
    """Before it goes: what goes with it, and what stays."""
    run = doors.ground(request, slug, lead=True)
    found = sample_of(run.service)
    if found is None:
        raise Http404("No such page.")
    back = reverse("sample", args=[slug])
    return sure(
        request,
        lambda: sampling.throw_away(sample=found, by=request.user, now=timezone.now()),
        heading="Throw the sample people away?",
        text="All made-up people go, with the policies, staff and registers that came with them, and everything you "
        "have written about them since. People you added yourself stay, without their matches to made-up ones.",
        button="Throw them away",
        said="The sample people are thrown away.",
        to=back,
        back=back,
    )
