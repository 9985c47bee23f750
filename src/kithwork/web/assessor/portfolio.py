"""A portfolio that was handed in: read, taken away as one file, and where the scheme wants it so, judged whole."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import ItemState
from kithwork.core.schemes import PortfolioStage, Role
from kithwork.core.verdict import Refused
from kithwork.evidence.portfolios import advice_on
from kithwork.evidence.queries import FeedbackOutcome
from kithwork.procedures import assessing
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import JudgementForm
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.portfolio_reading import file_of, reading_of, zip_of
from kithwork.web.kit.reporting import report_piece


def _open(request: Signed, ref: str, stage: str, today: date) -> tuple[Case, PortfolioStage]:
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, PortfolioStage)
    assert isinstance(model, PortfolioStage)
    return case, model


@page(Desk.ASSESSOR, "GET", "POST")
def assess_portfolio(request: Signed, ref: str, stage: str) -> HttpResponse:
    """The pieces as they were handed in. A POST confirms the whole or asks for more, where the assessor judges it."""
    today = timezone.localdate()
    case, model = _open(request, ref, stage, today)
    home = reverse("assess_portfolio", args=[ref, stage])
    context = reading_of(
        request,
        case.reading,
        model,
        name=case.name,
        home=home,
        file=lambda item: reverse("assess_portfolio_file", args=[ref, stage, item]),
        breach=lambda item: reverse("assess_portfolio_breach", args=[ref, stage, item]),
    )
    item = case.reading.position.stages[stage].items[stage]
    judges = model.judged_by is Role.ASSESSOR
    waits = judges and item.state is ItemState.SENT and not case.reading.position.status.is_over
    key = f"advice:{ref}:{stage}"
    posted = request.POST if request.method == "POST" else None
    form = JudgementForm(posted, initial=drafted(request, key) if posted is None and waits else {})
    refused = False
    if form.is_valid():
        try:
            return _judge(request, case, model, form, context["handed"].number, today)
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
    context |= {
        "case": case,
        "zip": reverse("assess_portfolio_zip", args=[ref, stage]),
        "form": form,
        "waits": waits and context["newest"],
        "advice": advice_on(case.reading.journey, stage) if judges else [],
        "draft_url": draft_url(key),
    }
    return again(request, "assessor/portfolio.html", context, form, refused=refused)


def _judge(
    request: Signed, case: Case, stage: PortfolioStage, form: JudgementForm, number: int, today: date
) -> HttpResponse:
    if form.cleaned_data["round"] not in {None, number}:
        raise Refused("Something newer was handed in since you opened this page. Look at it, then answer.")
    confirmed = form.cleaned_data["outcome"] == "confirmed"
    through(form, "advice")
    assessing.give_feedback(
        journey=case.reading.journey,
        stage=stage.id,
        slot=stage.id,
        outcome=FeedbackOutcome.CONFIRMED if confirmed else FeedbackOutcome.RETURNED,
        advice=form.cleaned_data["advice"],
        by=request.user,
        today=today,
    )
    forget(request, f"advice:{case.ref}:{stage.id}")
    said = "is confirmed" if confirmed else "is asked for again, with your advice"
    messages.success(request, f"{stage.title} {said}.")
    return see_other(case.href)


@page(Desk.ASSESSOR)
def assess_portfolio_zip(request: Signed, ref: str, stage: str) -> HttpResponseBase:
    """All of it as one file, as it was handed in."""
    case, model = _open(request, ref, stage, timezone.localdate())
    return zip_of(request, case.reading, model, name=case.name)


@page(Desk.ASSESSOR)
def assess_portfolio_file(request: Signed, ref: str, stage: str, item: str) -> HttpResponseBase:
    """A piece's file."""
    case, model = _open(request, ref, stage, timezone.localdate())
    return file_of(request, case.reading, model, item)


@page(Desk.ASSESSOR, "GET", "POST")
def assess_portfolio_breach(request: Signed, ref: str, stage: str, item: str) -> HttpResponse:
    """A name was left in a piece."""
    case, model = _open(request, ref, stage, timezone.localdate())
    back = reverse("assess_portfolio", args=[ref, stage])
    return report_piece(request, case.reading, model, item, role=Role.ASSESSOR, name=case.name, back=back)
