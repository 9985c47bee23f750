"""A checklist of a scheme: yes or no to each question, answered once."""

from django.contrib import messages
from django.http import HttpResponse

from kithwork.core.schemes import ChecklistStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import latest_response
from kithwork.procedures import applying
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.forms import Checklist
from kithwork.web.service.frame import At, show
from kithwork.web.templatetags.kit import longdate


def checklist(request: Signed, at: At) -> HttpResponse:
    stage = at.stage
    assert isinstance(stage, ChecklistStage)
    if request.method == "POST":
        return _answer(request, at, stage)
    if at.mine is not None:
        return show(request, at, "checklist", stage.title, form=Checklist(None, stage))
    # what the body answers for itself is its own
    kept = latest_response(at.seen.reading.journey, stage.id) if stage.by is Role.APPLICANT else None
    rows = []
    for question in stage.questions if kept else ():
        said = kept.answers.get(question.id) if kept else None
        value = ["Yes"] if said else ["No", *([question.advice] if question.advice else [])]
        rows.append(SummaryRow(question.asks, value))
    heading = f"{stage.title}: answered on {longdate(kept.on)}" if kept else stage.title
    return show(request, at, "checklist", heading, rows=rows, kept=kept, failed=kept and not all(kept.answers.values()))


def _answer(request: Signed, at: At, stage: ChecklistStage) -> HttpResponse:
    """Hand in the answers; refused, they stay in the page as they were given."""
    form = Checklist(request.POST, stage)
    try:
        if at.mine is None:
            raise Refused("These questions have been answered, or are not open.")
        if not form.is_valid():
            return show(request, at, "checklist", stage.title, 422, form=form)
        applying.answer_checklist(
            journey=at.seen.reading.journey, stage=stage.id, answers=form.answers, by=request.user, today=at.seen.today
        )
    except Refused as because:
        refuse(form, because, at.seen.onward)
        return show(request, at, "checklist", stage.title, 409, form=form)
    if all(form.answers.values()):
        messages.success(request, f"{stage.title}: every answer is yes. Here is what comes next.")
        return doors.go("journey", at.seen.ref)
    messages.warning(request, "Some answers are no. Read what would help; you may still go on.")
    return doors.go("journey_stage", at.seen.ref, stage.id)
