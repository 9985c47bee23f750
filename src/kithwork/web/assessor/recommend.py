"""The recommendation to the awarding body; until it may be given, what is still open."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import ActKind, Answer, StageState
from kithwork.core.schemes import DecisionStage, InterviewStage, Role
from kithwork.core.verdict import Refused
from kithwork.procedures import deciding
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.cards import STAGES, STATES
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import RecommendForm, asked_at_renewal
from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.stale import stale
from kithwork.web.templatetags.kit import plural


@page(Desk.ASSESSOR, "GET", "POST")
def recommend(request: Signed, ref: str, stage: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, DecisionStage)
    if not isinstance(model, DecisionStage) or model.recommended_by is not Role.ASSESSOR:
        raise Http404("No such page.")
    acts = case.reading.position.acts_for(Role.ASSESSOR)
    ready = any(act.what is ActKind.RECOMMEND and act.stage == stage for act in acts)
    key = f"recommend:{ref}:{stage}"
    initial = drafted(request, key) if request.method != "POST" and ready else {}
    form = RecommendForm(
        request.POST if request.method == "POST" else None, asked=asked_at_renewal(case.reading), initial=initial
    )
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            through(form, "summary", "strengths", "next_time")
            deciding.recommend(
                journey=case.reading.journey,
                stage=stage,
                outcome=Answer(form.cleaned_data["outcome"]),
                summary=form.cleaned_data["summary"],
                strengths=form.cleaned_data["strengths"],
                next_time=form.cleaned_data["next_time"],
                asked_again=form.cleaned_data.get("asked_again", ()),
                by=request.user,
                today=today,
            )
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
        else:
            forget(request, key)
            messages.success(request, "Your recommendation is with the awarding body.")
            return see_other(case.href)
    left = still_open(case, model)
    level = case.reading.edition.level(case.reading.position.level).title
    state = case.reading.position.stages[stage].state
    if ready:
        heading = f"All is in place: recommend on {level} for {case.name}"
    elif left:
        heading = f"{plural(len(left), 'thing is,things are')} still open before you can recommend"
    else:
        heading = "It has been decided" if state is StageState.DONE else "Your recommendation is with the awarding body"
    context = {
        "case": case,
        "title": model.title,
        "heading": heading,
        "ready": ready,
        "left": left,
        "about": model.about,
        **stale(case.reading),
        "form": form,
        "draft_url": draft_url(key),
    }
    return again(request, "assessor/recommend.html", context, form, refused=refused)


def still_open(case: Case, stage: DecisionStage) -> list[TaskRow]:
    """The conditions of the decision that do not hold, in the scheme's order."""
    edition, position = case.reading.edition, case.reading.position
    rows = []
    for condition in stage.opens:
        here = position.stages[condition.stage]
        if here.holds(condition.outcome):
            continue
        open_items = [item for item in here.items.values() if item.state.value != "confirmed"]
        hint = ""
        if isinstance(edition.stage(condition.stage), InterviewStage):
            hint = f"{plural(len(open_items), 'kind')} of interview still wanted"
        elif open_items:
            counts = {state: sum(item.state is state for item in open_items) for state in STATES}
            hint = ", ".join(f"{count} {str(STATES[state].word).lower()}" for state, count in counts.items() if count)
        mine = {act.what for act in position.acts_for(Role.ASSESSOR) if act.stage == condition.stage}
        href = case.href if mine else ""
        if ActKind.REPORT_FINDINGS in mine:
            href = reverse("visit", args=[case.ref, condition.stage])
        rows.append(TaskRow(edition.stage(condition.stage).title, href, hint, STAGES[here.state]))
    return rows
