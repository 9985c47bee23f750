"""The address of a stage in which the body acts, and which page its kind has."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.urls import reverse

from kithwork.core.journey import Act, ActKind, StageState
from kithwork.core.schemes import (
    AwardStage,
    ChecklistStage,
    CourseStage,
    DecisionStage,
    FeeStage,
    FormStage,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    Role,
    Stage,
    VisitStage,
)
from kithwork.evidence.portfolios import read_by_body
from kithwork.journeys.queries import Reading
from kithwork.web.body import doors
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.booking import booking
from kithwork.web.body.stages.filling import fill
from kithwork.web.body.stages.granting import award, hand_in
from kithwork.web.body.stages.happening import happening
from kithwork.web.body.stages.judging import judge
from kithwork.web.kit.pages import Desk, Signed, page

_PAGES: dict[type[object], Callable[[Signed, Seat], HttpResponse]] = {
    ChecklistStage: fill,
    FormStage: fill,
    DecisionStage: judge,
    PanelStage: judge,
    MeetingStage: happening,
    CourseStage: booking,
    VisitStage: happening,
    InterviewStage: happening,
    ObservationStage: happening,
    PortfolioStage: hand_in,
    RenewalStage: hand_in,
    AwardStage: award,
}


@page(Desk.BODY, "GET", "POST")
def body_stage(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """A stage's page by its kind. Fees have their own, and so have decisions; evidence is not the body's to see."""
    seat = doors.seat(request, org, ref, stage)
    shows = _PAGES.get(type(seat.stage))
    if shows is None:
        raise Http404("No such page.")
    return shows(request, seat)


# Acts of the journey as a whole, and those of stages whose page is not the stage's own
_BY_ACT = {
    ActKind.APPOINT: "appoint",
    ActKind.RESUME: "clock",
}
_HELD_BY_THE_ASSESSOR = {ActKind.ASSESS, ActKind.REPORT_FINDINGS, ActKind.INTERVIEW}


def act_page(act: Act, org: str, ref: str, invoices: dict[str, str]) -> str:
    """Where somebody of the body does an act of theirs; '' where nobody of it can. `invoices`: stage -> reference."""
    match act.what:
        case ActKind.APPOINT | ActKind.RESUME:
            return reverse(_BY_ACT[act.what], args=[org, ref])
        case ActKind.DECIDE:
            return reverse("decide", args=[org, ref, act.stage])
        case ActKind.INVOICE:
            return reverse("issue_invoice", args=[org, ref, act.stage])
        case ActKind.PAY:
            return reverse("take_payment", args=[org, ref, invoices[act.stage]]) if act.stage in invoices else ""
        case ActKind.KEEP:
            return reverse("keep_duty", args=[org, ref, act.item])
        case _ if act.what in _HELD_BY_THE_ASSESSOR:
            return ""
        case _:
            return reverse("body_stage", args=[org, ref, act.stage])


def stage_page(stage: Stage, reading: Reading, org: str) -> str:
    """Where an officer sees to a stage that is open, or looks at a decision; '' where there is nothing for them."""
    ref, now = reading.journey.ref, reading.position.stages[stage.id]
    mine = any(act.stage == stage.id and act.role is Role.OFFICER for act in reading.position.acts)
    match stage:
        case DecisionStage() | PanelStage() if now.opened and now.state is not StageState.SHUT:
            return reverse("decide", args=[org, ref, stage.id])
        case FeeStage() if now.opened and not now.reached:
            open_now = stage.optional or now.state is StageState.OPEN
            return reverse("issue_invoice", args=[org, ref, stage.id]) if open_now else ""
        case MeetingStage() | VisitStage() | InterviewStage() | ObservationStage() if now.state is StageState.OPEN:
            return reverse("body_stage", args=[org, ref, stage.id])
        case PortfolioStage() if now.items[stage.id].rounds and not mine and read_by_body(reading.edition, stage):
            return reverse("body_portfolio", args=[org, ref, stage.id])
        case _ if mine and type(stage) in _PAGES:
            return reverse("body_stage", args=[org, ref, stage.id])
        case _:
            return ""
