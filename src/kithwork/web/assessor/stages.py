"""A checklist or a form that the scheme leaves to the assessor."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.core.journey import ActKind
from kithwork.core.schemes import ChecklistStage, FormStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import ResponseRow, latest_response
from kithwork.procedures.applying import answer_checklist, hand_in_form
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.doors import Case
from kithwork.web.kit.answers import shown
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.questions import Checklist, StageForm, from_answers, from_draft
from kithwork.web.templatetags.kit import longdate


@page(Desk.ASSESSOR, "GET", "POST")
def assess_stage(request: Signed, ref: str, stage: str) -> HttpResponse:
    """Every question on one page; what was handed in, once it is."""
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, ChecklistStage, FormStage)
    assert isinstance(model, ChecklistStage | FormStage)  # the door has said so
    if model.by is not Role.ASSESSOR:
        raise Http404("No such page.")
    acts = case.reading.position.acts_for(Role.ASSESSOR)
    mine = any(act.stage == stage and act.what in {ActKind.ANSWER, ActKind.FILL_IN} for act in acts)
    kept = latest_response(case.reading.journey, stage)
    form = _form(request, case, model, kept)
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            if not mine:
                raise Refused("This has been handed in, or is not open.")
            return _send(request, case, model, form)
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
    done = case.reading.position.stages[stage].done
    context = {
        "case": case,
        "stage": model,
        "heading": f"{model.title}: handed in on {longdate(done)}" if done else model.title,
        "mine": mine,
        "form": form if mine or form.is_bound else None,
        "parts": answers_of(case, model, kept) if kept and not mine else [],
        "draft_url": draft_url(_key(case, stage)),
    }
    return again(request, "assessor/stage.html", context, form, refused=refused)


def _key(case: Case, stage: str) -> str:
    return f"form:{case.ref}:{stage}"


def _form(
    request: Signed, case: Case, stage: ChecklistStage | FormStage, kept: ResponseRow | None
) -> Checklist | StageForm:
    """As posted; otherwise with what this person was typing, or with what was handed in before."""
    data = request.POST if request.method == "POST" else None
    if isinstance(stage, ChecklistStage):
        return Checklist(data, stage)
    form = StageForm(data, case.reading.edition, stage, today=case.reading.position.today)
    if data is None:
        typed = drafted(request, _key(case, stage.id))
        form.initial = from_draft(form, typed or (from_answers(stage, kept.answers) if kept else {}))
    return form


def _send(request: Signed, case: Case, stage: ChecklistStage | FormStage, form: Checklist | StageForm) -> HttpResponse:
    send = answer_checklist if isinstance(form, Checklist) else hand_in_form
    send(
        journey=case.reading.journey,
        stage=stage.id,
        answers=form.answers,
        by=request.user,
        today=case.reading.position.today,
        role=Role.ASSESSOR,
    )
    forget(request, _key(case, stage.id))
    messages.success(request, f"{stage.title}: handed in.")
    return see_other(case.href)


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    rows: list[SummaryRow]


def answers_of(
    case: Case, stage: ChecklistStage | FormStage, kept: ResponseRow, *, personal: bool = True
) -> list[Part]:
    """What was handed in, page by page; without `personal`, what identifies or reaches somebody is left out."""
    if isinstance(stage, ChecklistStage):
        rows = [
            SummaryRow(
                question.asks,
                StateTag("Yes", Kind.GREEN) if kept.answers.get(question.id) is True else StateTag("No", Kind.RED),
            )
            for question in stage.questions
        ]
        return [Part("", rows)]
    pages: dict[str, list[SummaryRow]] = {}
    for field in stage.fields:
        if personal or not field.personal:
            answer = shown(field, kept.answers.get(field.id), case.reading.edition)
            row = SummaryRow(field.label, "Not given" if answer is None else answer)
            pages.setdefault(field.page, []).append(row)
    return [Part(title, rows) for title, rows in pages.items()]
