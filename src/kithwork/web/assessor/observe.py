"""A joint observation on the assessor's desk: write up what was seen, read the response to it, sign."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.assessment.queries import arranged, write_ups
from kithwork.core.journey import ActKind, StageState
from kithwork.core.schemes import ObservationStage, Outcome, Role
from kithwork.core.verdict import Refused
from kithwork.procedures import observing
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.doors import Case
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.observing import Observed, SignForm, WriteUpForm, observed, touched
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate


@page(Desk.ASSESSOR, "GET", "POST")
def observe(request: Signed, ref: str, stage: str) -> HttpResponse:
    """`do` is write or sign."""
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, ObservationStage)
    assert isinstance(model, ObservationStage)  # the door has said so
    if Role.ASSESSOR not in {model.by, *model.signatures}:
        raise Http404("No such page.")
    do = request.POST.get("do", "write") if request.method == "POST" else ""
    key = f"observe:{ref}:{stage}"
    newest = write_ups(case.reading.journey, stage).last()
    initial = WriteUpForm.initial_of(newest) | (drafted(request, key) if not do else {})
    asked = touched(case.reading.edition, model, case.reading.position)
    form = WriteUpForm(request.POST if do == "write" else None, asked, initial=initial)
    signing = SignForm(request.POST if do == "sign" else None, initial={"version": newest.number if newest else None})
    refused = False
    try:
        if do == "write" and form.is_valid():
            return _write(request, case, model, form, key)
        if do == "sign" and signing.is_valid():
            return _sign(request, case, model, signing)
    except Refused as reason:
        refused = True
        refuse(form if do == "write" else signing, reason, case.onward)
    record = observed(case.reading.journey, case.reading.edition, model)
    now = case.reading.position.stages[stage]
    open_now = now.state is StageState.OPEN and now.holds(Outcome.ARRANGED)
    context = {
        "case": case,
        "title": model.title,
        "of": model.of,
        "when": arranged(case.reading.journey).get((stage, "")),
        "ahead": now.planned is not None and now.planned > today and record.now is None,
        "heading": _heading(record, done=now.state is StageState.DONE),
        "record": record,
        "may_write": open_now and model.by is Role.ASSESSOR,
        "may_sign": _awaited(case, model),
        "arranged": now.holds(Outcome.ARRANGED),
        "form": form,
        "signing": signing,
        "draft_url": draft_url(key),
    }
    return again(request, "assessor/observe.html", context, form, signing, refused=refused)


def _awaited(case: Case, stage: ObservationStage) -> bool:
    acts = case.reading.position.acts_for(Role.ASSESSOR)
    return any(act.stage == stage.id and act.what is ActKind.SIGN for act in acts)


def _heading(record: Observed, *, done: bool) -> str:
    if record.now is None:
        return "Write up what was observed"
    if done:
        return "Signed by everybody"
    if Role.ASSESSOR not in record.missing:
        return "You have signed; the others sign next"
    return f"Written up on {longdate(record.now.on)}, and waits for your signature"


def _write(request: Signed, case: Case, stage: ObservationStage, form: WriteUpForm, key: str) -> HttpResponse:
    if stage.by is not Role.ASSESSOR:
        raise Refused("This is not yours to write up.")
    through(form, "seen", "next_steps", *(f"note-{one.id}" for one in form.asked))
    observing.write_up(
        journey=case.reading.journey,
        stage=stage.id,
        seen=form.cleaned_data["seen"],
        notes=form.notes,
        next_steps=form.cleaned_data["next_steps"],
        by=request.user,
        today=case.reading.position.today,
    )
    forget(request, key)
    messages.success(request, "The write-up is kept, and waits for the signatures. The applicant has been told.")
    return see_other(request.path)


def _sign(request: Signed, case: Case, stage: ObservationStage, form: SignForm) -> HttpResponse:
    observing.sign(
        journey=case.reading.journey,
        stage=stage.id,
        by=request.user,
        role=Role.ASSESSOR,
        version=form.cleaned_data["version"],
        today=case.reading.position.today,
    )
    messages.success(request, f"{stage.title}: you have signed.")
    return see_other(case.href)
