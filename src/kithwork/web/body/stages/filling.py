"""The body's own checklists and forms, filled in on the applicant's journey."""

from django.http import Http404, HttpResponse

from kithwork.core.journey import ActKind
from kithwork.core.schemes import ChecklistStage, FormStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import draft_of, latest_response
from kithwork.procedures.applying import answer_checklist, hand_in_form
from kithwork.web.account.drafts import draft_url
from kithwork.web.body.doors import Seat
from kithwork.web.body.handed_in import card
from kithwork.web.body.stages.frame import show
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.pages import Signed
from kithwork.web.service.forms import Checklist, StageForm, from_answers, from_draft
from kithwork.web.templatetags.kit import longdate


def fill(request: Signed, seat: Seat) -> HttpResponse:
    """Every question on one page; what was handed in, once it is."""
    stage = seat.stage
    assert isinstance(stage, ChecklistStage | FormStage)
    if stage.by in {Role.APPLICANT, Role.SUPPORTER, Role.ASSESSOR}:
        raise Http404("No such page.")  # what others hand in is read among the answers
    act = seat.mine(ActKind.ANSWER, ActKind.FILL_IN)
    form = _form(request, seat)
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: _send(request, seat, form))
        if status == DONE:
            return done(request, seat.back, f"{stage.title}: handed in.")
    kept = latest_response(seat.reading.journey, stage.id)
    handed = [card(kept, seat.reading.edition, seat.org, seat.reading.journey.ref)] if kept else []
    heading = f"{stage.title}: handed in on {longdate(seat.now.done)}" if seat.now.done else stage.title
    return show(
        request,
        seat,
        "filling",
        heading,
        status,
        form=form if act or form.is_bound else None,
        mine=act,
        handed=handed,
        draft_url=draft_url(_key(seat)),
    )


def _key(seat: Seat) -> str:
    return f"form:{seat.reading.journey.ref}:{seat.stage.id}"


def _form(request: Signed, seat: Seat) -> Checklist | StageForm:
    """As posted; otherwise with what this person was typing, or with what was handed in before."""
    stage = seat.stage
    data = request.POST if request.method == "POST" else None
    if isinstance(stage, ChecklistStage):
        return Checklist(data, stage)
    assert isinstance(stage, FormStage)
    form = StageForm(data, seat.reading.edition, stage, today=seat.reading.position.today)
    if data is None:
        draft = draft_of(request.user, _key(seat))
        kept = latest_response(seat.reading.journey, stage.id)
        before = from_answers(stage, kept.answers) if kept else {}
        form.initial = from_draft(form, draft.fields if draft else before)
    return form


def _send(request: Signed, seat: Seat, form: Checklist | StageForm) -> None:
    act = seat.mine(ActKind.ANSWER, ActKind.FILL_IN)
    if act is None:
        raise Refused("This has been handed in, or is not open.")
    send = answer_checklist if isinstance(form, Checklist) else hand_in_form
    send(
        journey=seat.reading.journey,
        stage=seat.stage.id,
        answers=form.answers,
        by=request.user,
        today=seat.reading.position.today,
        role=act.role,
    )
