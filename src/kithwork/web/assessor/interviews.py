"""The guide of an interview, with notes for each question; or the alternative that was agreed."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import arranged, interviews
from kithwork.core.journey import ActKind
from kithwork.core.schemes import InterviewStage
from kithwork.core.verdict import Refused
from kithwork.procedures import assessing
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import AlternativeForm, InterviewForm
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural


@page(Desk.ASSESSOR, "GET", "POST")
def interview(request: Signed, ref: str, stage: str, kind: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, InterviewStage)
    asked = next((one for one in getattr(model, "interviews", ()) if one.id == kind), None)
    if asked is None:
        raise Http404("No such page.")
    acts = [act for act in case.reading.position.acts if act.stage == stage and act.item == kind]
    left = next((act.count for act in acts if act.what is ActKind.INTERVIEW), 0)
    key = f"interview:{ref}:{stage}:{kind}"
    instead = request.POST.get("do") == "alternative"
    held = request.method == "POST" and not instead
    initial = drafted(request, key) if request.method != "POST" and left else {}
    form = InterviewForm(request.POST if held else None, initial=initial, kind=asked)
    alternative = AlternativeForm(request.POST if instead else None)
    refused = False
    try:
        if held and form.is_valid():
            _hold(request, case, stage, form, today)
            forget(request, key)
            messages.success(request, "The interview is recorded.")
            return see_other(case.href)
        if instead and alternative.is_valid():
            through(alternative, "words")
            words = alternative.cleaned_data["words"]
            assessing.agree_alternative(
                journey=case.reading.journey, stage=stage, kind=kind, words=words, by=request.user, today=today
            )
            messages.success(request, "The alternative is recorded. The applicant has been told.")
            return see_other(case.href)
    except Refused as reason:
        refused = True
        refuse(alternative if instead else form, reason, case.onward)
    groups = f", or {plural(asked.or_groups, 'group')}" if asked.or_groups else ""
    context = {
        "case": case,
        "kind": asked,
        "rules": getattr(model, "rules", ()),
        "left": left,
        "wanted": f"Normally {plural(asked.normally, 'interview')}{groups}, of {asked.minutes} minutes at most.",
        "now": arranged(case.reading.journey).get((stage, kind)),
        "arrange": f"{reverse('arrange', args=[ref, stage])}?kind={kind}",
        "held": [row for row in interviews(case.reading.journey) if row.stage == stage and row.kind == kind],
        "form": form,
        "alternative": alternative,
        "draft_url": draft_url(key),
    }
    return again(request, "assessor/interview.html", context, form, alternative, refused=refused)


def _hold(request: Signed, case: Case, stage: str, form: InterviewForm, today: date) -> None:
    through(form, "reason", *(name for name in form.fields if name.startswith("note-")))
    said = form.cleaned_data
    assessing.hold_interview(
        journey=case.reading.journey,
        stage=stage,
        kind=form.kind.id,
        form=said["form"],
        mode=said["mode"],
        people=said["people"],
        minutes=said["minutes"],
        supported=said["supported"],
        eligible=said.get("eligible", False),
        reason=said["reason"],
        notes=form.notes,
        by=request.user,
        today=today,
    )
