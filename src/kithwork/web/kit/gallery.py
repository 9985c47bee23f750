"""Every component with sample data on one page, to look at. Mounted only where settings.DEBUG is on."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kithwork.web.kit.cards import (
    Column,
    Count,
    EvidenceMap,
    Kind,
    Link,
    MapArea,
    MapCell,
    MapState,
    Place,
    StateTag,
    SummaryRow,
    TaskRow,
    TimelineEvent,
)
from kithwork.web.kit.forms import GovDateField, LongText, PoundsField, hinted

__all__ = ["SampleForm", "gallery"]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name of the service", help_text="As it stands on your letters.", max_length=80)
    email = forms.EmailField(label="Email address", required=False)
    postcode = forms.CharField(label="Postcode", widget=forms.TextInput({"class": "govuk-input--width-10"}))
    began = GovDateField(label="When did the service begin?", help_text="For example, 27 3 2019 or 27 March 2019.")
    aims = LongText(label="Aims of the service", max_words=20, help_text="What changes for the people you mentor.")
    meets = forms.ChoiceField(
        label="How do mentors and mentees meet?",
        choices=[("person", "In person"), ("online", hinted("Online", "By video or telephone")), ("both", "Both")],
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(
        label="Whom do you mentor?",
        choices=[("young", "Young people under 18"), ("carers", "Carers"), ("older", "Older people")],
        widget=forms.CheckboxSelectMultiple,
    )
    nation = forms.ChoiceField(label="Nation", choices=[("", "Choose one"), ("wales", "Wales")])
    fee = PoundsField(label="Fee you were quoted", required=False)
    policy = forms.FileField(label="Safeguarding policy", help_text="PDF or Word, up to 25 MB.", required=False)
    word = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    agree = forms.BooleanField(label="I may speak for this service", help_text="A trustee or manager has said so.")


class SampleFilter(forms.Form):
    search = forms.CharField(label="Search", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), ("late", "Overdue")])


def sample_map() -> EvidenceMap:
    """The size of a real edition: 61 requirements in ten areas, with long names."""
    names = (
        "Purpose and management",
        "Recruiting mentors",
        "Safer recruitment",
        "Training mentors",
        "Referral and assessment",
        "Matching",
        "Supervision and support",
        "Endings",
        "Safeguarding and confidentiality",
        "Monitoring and evaluation",
    )
    sizes = [7, 6, 6, 6, 6, 5, 7, 5, 7, 6]
    states = list(MapState)
    areas = []
    for number, (name, size) in enumerate(zip(names, sizes, strict=True), start=1):
        cells = []
        for part in range(1, size + 1):
            pick = (number * 7 + part * part) % 11
            state = states[0 if pick < 6 else pick - 5]
            cells.append(MapCell(f"{number}.{part}", f"{name}: requirement {part} is in place", state, "#map"))
        areas.append(MapArea(name, tuple(cells)))
    return EvidenceMap("Evidence map, 61 requirements", tuple(areas))


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The kit. `?faults` shows the form with its errors, `?messages` the banners; nothing is kept."""
    request.desk_chrome = SimpleNamespace(  # type: ignore[attr-defined]  # set by a desk's decorator on real pages
        places=[("Today", "#today", True), *((name, f"#{name}") for name in ("Matches", "People", "Records", "Mark"))],
        organisation="Northside Mentoring",
    )
    if "messages" in request.GET:
        messages.success(request, "The contact of 3 March 2027 is saved.")
        messages.error(request, "The policy could not be read: it is protected by a password.")
        messages.info(request, "A dossier is being made. You can close this page.")
    began = {"began_day": "31", "began_month": "Feb", "began_year": "2027"}
    typed = {"name": "", "email": "ada@", "aims": "word " * 25, "fee": "lots"} | began
    form = SampleForm(typed) if "faults" in request.GET else SampleForm()
    paginator = Paginator(range(220), 20)
    rows = [
        (Link("Cid Evans and Bea Hughes", "#1"), date(2027, 3, 3), 12, StateTag("On track", Kind.GREEN)),
        (Link("Mo Ali and Sian Price", "#2"), date(2027, 1, 18), 4, StateTag("Contact overdue", Kind.RED)),
        (Link("Jo Lee and Tom Rees", "#3"), None, Count(1204, "#4"), StateTag("Review due", Kind.AMBER)),
    ]
    context = {
        "form": form,
        "filter_form": SampleFilter(),
        "kinds": [StateTag(kind.value.title(), kind) for kind in Kind],
        "tasks": [
            TaskRow("Write the safeguarding policy", "#t1", "Reviewed every year", StateTag("Overdue", Kind.RED)),
            TaskRow("Name a lead for complaints", "#t2", state=StateTag("To do", Kind.BLUE)),
            TaskRow("Book the assessor's visit", "", "Opens when your evidence is sent", StateTag("Cannot start yet")),
        ],
        "summary": [
            SummaryRow("Service", "Northside Mentoring", "#s1"),
            SummaryRow("Scheme", ["Quality in Mentoring", "Edition 2027"], "#s2"),
            SummaryRow("Granted", date(2027, 3, 3)),
            SummaryRow("Assessor", None, "#s3"),
        ],
        "events": [
            TimelineEvent("Visit held", date(2027, 3, 3), "Dot Morgan", "Two mentors were heard.", "#e1"),
            TimelineEvent("Evidence sent", date(2027, 2, 1), "Ada Okafor"),
            TimelineEvent("Registered", date(2026, 11, 20), "Ada Okafor"),
        ],
        "columns": [
            Column("Match", href="?sort=match", order="ascending"),
            Column("Last contact", href="?sort=-contact"),
            Column("Contacts", numeric=True),
            Column("State"),
        ],
        "rows": rows,
        "page_obj": paginator.page(4),
        "map": sample_map(),
        "places": [Place("Summary", "#summary", True), Place("Contacts", "#contacts"), Place("Reviews", "#reviews")],
        "today": date(2027, 3, 3),
    }
    return render(request, "kit/gallery.html", context)
