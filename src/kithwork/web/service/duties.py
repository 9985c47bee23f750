"""What a holder must keep up: told, confirmed, or simply to be known."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.core.journey import ActKind
from kithwork.core.schemes import Duty, DutyKind, Role
from kithwork.core.verdict import Refused
from kithwork.courses.hours import lines_of
from kithwork.journeys.queries import responses_of
from kithwork.procedures.deciding import confirm_duty, report_change
from kithwork.procedures.learning import goal_of
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.hours import number


class Changes(forms.Form):
    """One box for each thing that must be told; whatever has not changed stays empty."""

    def __init__(self, data: object, duty: Duty) -> None:
        super().__init__(data, prefix=duty.id)  # type: ignore[arg-type]  # a request's data, or nothing
        for index, what in enumerate(duty.of):
            self.fields[str(index)] = forms.CharField(
                label=f"Your new {what}", max_length=300, required=False, widget=forms.TextInput()
            )
        self.duty = duty

    @property
    def told(self) -> dict[str, str]:
        return {what: self.cleaned_data[str(index)] for index, what in enumerate(self.duty.of)}


@page(Desk.SERVICE, "GET", "POST")
def duties(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    if not seen.edition.duties or seen.position.granted is None:
        raise Http404("No such page.")
    status = 200
    bad: forms.Form | None = None
    if request.method == "POST":
        duty = next((one for one in seen.edition.duties if one.id == request.POST.get("duty")), None)
        if duty is None:
            raise Http404("No such page.")
        reports = duty.kind is DutyKind.REPORT
        form: forms.Form = Changes(request.POST, duty) if reports else forms.Form(request.POST)
        journey, today = seen.reading.journey, seen.today
        status = 422
        if form.is_valid():
            try:
                if isinstance(form, Changes):
                    report_change(journey=journey, duty=duty.id, changes=form.told, by=request.user, today=today)
                else:
                    confirm_duty(journey=journey, duty=duty.id, by=request.user, today=today, role=Role.APPLICANT)
            except Refused as because:
                refuse(form, because, seen.onward)
                status = 409
            else:
                messages.success(request, f"{duty.title}: noted. Thank you.")
                return doors.go("duties", ref, anchor=duty.id)
        bad = form
    return render(
        request,
        "service/duties.html",
        {
            "seen": seen,
            "heading": _heading(seen),
            "duties": [_card(request, seen, duty, bad) for duty in seen.edition.duties],
            "bad": bad,
            "told": [
                (one.on, [SummaryRow(what.capitalize(), str(new)) for what, new in one.answers.items()])
                for one in responses_of(seen.reading.journey)
                if one.stage.startswith("duty-")
            ],
        },
        status=status,
    )


def _heading(seen: doors.Seen) -> str:
    late = sum(one.overdue for one in seen.position.duties)
    if late:
        return f"{late} of what you keep up {'is' if late == 1 else 'are'} overdue"
    return f"What you keep up as a holder of the {seen.edition.scheme.name}"


def _card(request: Signed, seen: doors.Seen, duty: Duty, bad: forms.Form | None) -> dict[str, object]:
    stands = next((one for one in seen.position.duties if one.id == duty.id), None)
    awaited = any(act.what is ActKind.KEEP and act.item == duty.id for act in seen.position.acts_for(Role.APPLICANT))
    rows: list[SummaryRow] = []
    if stands and stands.kept:
        rows.append(SummaryRow("Last told" if duty.kind is DutyKind.REPORT else "Last confirmed", stands.kept))
    if stands and stands.due:
        late = StateTag("Overdue", Kind.RED)
        rows.append(SummaryRow("By", [stands.due, late] if stands.overdue else stands.due))
    if duty.kind is DutyKind.HOURS and seen.applicant.journey.person is not None:
        goal = goal_of(seen.reading, duty, lines_of(seen.applicant.journey.person))
        if goal:
            rows.append(SummaryRow("Hours", f"{number(goal.done)} of {goal.wanted}", reverse("hours"), "See them"))
    mine = bad if isinstance(bad, Changes) and bad.duty == duty else None
    return {
        "id": duty.id,
        "title": duty.title,
        "says": duty.says,
        "advised": not duty.required,
        "rows": rows,
        "confirm": awaited and seen.writes,
        "changes": (mine or Changes(None, duty)) if duty.kind is DutyKind.REPORT and seen.writes else None,
        "papers": [p for p in seen.edition.papers if duty.kind is DutyKind.SHOW and p.id == duty.id],
    }
