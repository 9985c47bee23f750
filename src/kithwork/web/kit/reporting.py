"""Reporting a name that was left in: the form of each desk that reads evidence, the page for a portfolio's piece."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from kithwork.core.schemes import PortfolioStage, Role
from kithwork.evidence.access import piece_for_reader
from kithwork.evidence.queries import Struck, struck_by
from kithwork.journeys.queries import Reading
from kithwork.procedures.assessing import report_breach
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Signed

BREACHES = (
    "The name of a mentee",
    "The name of a mentor",
    "The name of another person",
    "An address, phone number or e-mail address",
    "Another detail that identifies somebody",
)


class BreachForm(forms.Form):
    kind = forms.ChoiceField(
        label="What was left in?",
        choices=[(str(number), words) for number, words in enumerate(BREACHES)],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Where it stands",
        required=False,
        max_length=300,
        help_text="For instance 'page 2, second paragraph'. Do not repeat the detail itself.",
    )

    @property
    def what(self) -> str:
        kind = BREACHES[int(self.cleaned_data["kind"])]
        words = self.cleaned_data["words"].strip()
        return f"{kind}. {words}" if words else kind


def report_piece(
    request: Signed, reading: Reading, stage: PortfolioStage, item: str, *, role: Role, name: str, back: str
) -> HttpResponse:
    """Before what cannot be undone: what will happen to a piece of a portfolio, and what was left in it. `role` is
    whose reporting it is, `back` the address of the portfolio. Raises Http404 for what was never handed in.
    """
    journey, today = reading.journey, reading.position.today
    found = piece_for_reader(journey, stage.id, item)
    struck = struck_by(reading, stage.id, found)
    if struck is None:
        raise Http404("No such page.")
    form, status = BreachForm(posted(request)), OK
    if request.method == "POST":

        def act() -> None:
            through(form, "words")
            report_breach(
                journey=journey, slot=stage.id, item=found, what=form.what, by=request.user, today=today, role=role
            )

        status = tried(form, act, Link("See how it stands now", back))
        if status == DONE:
            return done(request, back, "The breach is recorded and the document is destroyed. The applicant is told.")
    context = {
        "item": found,
        "stage": stage,
        "name": name,
        "fails": stage.id in struck.failing,
        "stays": _stays(reading, struck),
        "form": form,
        "back_href": back,
    }
    return render(request, "kit/report_breach.html", context, status=status)


def _stays(reading: Reading, struck: Struck) -> str:
    """Why nothing is asked for again, where that is so."""
    if not struck.ended:
        return "nothing is asked for again: it is judged as it stands, without this piece"
    decides = reading.position.granted is not None
    return "nothing is asked for again, for this journey has ended" + (
        "; the awarding body decides what it means for the award" if decides else ""
    )
