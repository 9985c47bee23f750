"""A scheme's form, one page of questions at a time: drafts kept, answers checked, handed in once."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone

from kithwork.assessment.queries import DecisionRow, decided
from kithwork.core.journey import Answer
from kithwork.core.schemes import DecisionStage, FormStage, Paper, Role, form_at
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import drop_draft, save_draft
from kithwork.journeys.queries import draft_of, latest_response
from kithwork.procedures.applying import hand_in_form
from kithwork.web.kit.answers import shown
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow, TaskRow, Value
from kithwork.web.kit.forms import refusal, refuse
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.forms import StageForm, from_answers, from_draft, names_of, pages_of, typed
from kithwork.web.service.frame import At, show
from kithwork.web.service.supporters import supporters
from kithwork.web.templatetags.kit import longdate

CLOSED = "This has been handed in, or is not open."


def application(request: Signed, at: At) -> HttpResponse:
    assert isinstance(at.stage, FormStage)
    if at.stage.by is Role.SUPPORTER:
        return supporters(request, at)
    stage = form_at(at.seen.edition, at.stage, at.seen.position.level)
    key = f"form:{at.seen.ref}:{stage.id}"
    step = request.GET.get("page", "")
    if at.mine is None and request.method != "POST":
        return _handed_in(request, at, stage)
    fields = _kept(request, at, stage, key)
    if request.method == "POST" and request.POST.get("do") == "drop":
        drop_draft(user=request.user, key=key)
        messages.success(request, "Your draft is deleted.")
        return doors.go("journey_stage", at.seen.ref, stage.id)
    if step == "check":
        return _check(request, at, stage, fields)
    if step:
        return _page(request, at, stage, key, fields, _number(step, stage))
    if request.method == "POST":
        raise Http404("No such page.")
    return _overview(request, at, stage, fields)


def _kept(request: Signed, at: At, stage: FormStage, key: str) -> dict[str, str]:
    """What this person has typed so far; when the form is asked for again, what was handed in before."""
    draft = draft_of(request.user, key)
    if draft is not None:
        return {str(name): str(text) for name, text in draft.fields.items()}
    response = latest_response(at.seen.reading.journey, stage.id)
    return from_answers(stage, response.answers) if response else {}


def _number(step: str, stage: FormStage) -> int:
    number = int(step) if step.isascii() and step.isdigit() else 0
    if not 1 <= number <= len(pages_of(stage)):
        raise Http404("No such page.")
    return number


def _bound(at: At, stage: FormStage, fields: Mapping[str, str], title: str | None = None) -> StageForm:
    return StageForm(dict(fields), at.seen.edition, stage, title, today=at.seen.today)


def _overview(request: Signed, at: At, stage: FormStage, fields: Mapping[str, str]) -> HttpResponse:
    rows: list[TaskRow] = []
    ready = first = 0
    titles = pages_of(stage)
    for number, title in enumerate(titles, start=1):
        form = _bound(at, stage, fields, title)
        begun = any(
            form.fields[name].widget.value_from_datadict(fields, {}, name) not in (None, "", ["", "", ""])
            for name in form.fields
        )
        done = begun and form.is_valid()
        ready += done
        first = first or (0 if done else number)
        tag = StateTag("Complete", Kind.GREEN) if done else StateTag("Begun" if begun else "To do", Kind.BLUE)
        rows.append(TaskRow(title, f"?page={number}", "", tag))
    complete = ready == len(titles)
    check = TaskRow(
        "Check your answers and hand in",
        "?page=check" if complete else "",
        "",
        StateTag("To do", Kind.BLUE) if complete else StateTag("Cannot start yet", Kind.GREY),
    )
    return show(
        request,
        at,
        "form_overview",
        stage.title if not fields else f"{stage.title}: {ready} of {len(titles)} parts are complete",
        rows=[*rows, check],
        to="?page=check" if complete else f"?page={first}",
        go_on="Check your answers" if complete else "Continue" if fields else "Start",
        kept=bool(fields),
        papers=_papers(at, stage),
        wanted=_wanted(at, stage),
    )


def _wanted(at: At, stage: FormStage) -> DecisionRow | None:
    """What more was asked for when the form was opened again."""
    for one in at.seen.edition.stages:
        if isinstance(one, DecisionStage) and one.reopens == stage.id:
            rows = decided(at.seen.reading.journey, one)
            if rows and rows[-1].outcome == Answer.MORE:
                return rows[-1]
    return None


def _page(request: Signed, at: At, stage: FormStage, key: str, fields: dict[str, str], number: int) -> HttpResponse:
    titles = pages_of(stage)
    title = titles[number - 1]
    status = 200
    if request.method == "POST" and at.mine is None:
        if request.GET.get("keep") == "draft":
            return JsonResponse({"because": CLOSED}, status=409)
        form = StageForm(request.POST, at.seen.edition, stage, title, today=at.seen.today)
        refuse(form, Refused(CLOSED), at.seen.onward)
        status = 409
    elif request.method == "POST":
        own = set(_bound(at, stage, {}, title).fields)
        said = {n: t for n, t in typed(request.POST).items() if n in own or n.rpartition("_")[0] in own}
        rest = {n: t for n, t in fields.items() if n not in own and n.rpartition("_")[0] not in own}
        save_draft(user=request.user, key=key, fields=rest | said, now=timezone.now())
        if request.GET.get("keep") == "draft":  # typed so far, sent by the page itself
            return JsonResponse({"saved": True})
        form = StageForm(request.POST, at.seen.edition, stage, title, today=at.seen.today)
        if form.is_valid():
            after = "check" if number == len(titles) or request.GET.get("from") == "check" else str(number + 1)
            return doors.go("journey_stage", at.seen.ref, stage.id, query=f"page={after}")
        status = 422
    else:
        form = StageForm(None, at.seen.edition, stage, title, today=at.seen.today)
        form.initial = from_draft(form, fields)
    return show(
        request,
        at,
        "form_page",
        title,
        status,
        form=form,
        number=number,
        pages=len(titles),
        back=f"?page={number - 1}" if number > 1 else "?",
        draft_url=f"{request.path}?page={number}&keep=draft",
        from_check=request.GET.get("from") == "check",
    )


def _check(request: Signed, at: At, stage: FormStage, fields: Mapping[str, str]) -> HttpResponse:
    """Everything that will be handed in, with 'Change' links; handing in takes what is shown."""
    form = _bound(at, stage, fields)
    valid = form.is_valid()
    status = 200
    refused = None
    if request.method == "POST":
        if valid or at.mine is None:
            try:
                if at.mine is None:
                    raise Refused(CLOSED)
                hand_in_form(
                    journey=at.seen.reading.journey,
                    stage=stage.id,
                    answers=form.answers,
                    by=request.user,
                    today=at.seen.today,
                )
            except Refused as because:
                status, refused = 409, refusal(because, at.seen.onward)
            else:
                messages.success(request, f"{stage.title}: handed in. {at.seen.edition.scheme.body} will read it.")
                return doors.go("journey", at.seen.ref)
        else:
            status = 422
    titles = pages_of(stage)
    groups = []
    wrong = 0
    for number, title in enumerate(titles, start=1):
        rows = []
        for one in form.asked:
            if one.page != title:
                continue
            faulty = form.faulty(one)
            value: Value | Sequence[Value] = None if faulty else shown(one, form.answer(one), at.seen.edition)
            if faulty:
                wrong += 1
                told = [message for name in faulty for message in form[name].messages]  # type: ignore[attr-defined]  # the kit's bound field
                value = [StateTag("To mend", Kind.AMBER), *told]
            box = (faulty or names_of(one))[0]
            change = f"?page={number}&from=check#id_{box}" if at.mine else ""
            rows.append(SummaryRow(one.label, value, change))
        groups.append((title, rows))
    heading = f"{wrong} {'answer needs' if wrong == 1 else 'answers need'} mending" if wrong else "Check your answers"
    return show(
        request,
        at,
        "form_check",
        heading,
        status,
        groups=groups,
        wrong=wrong,
        form=refused,
        back=f"?page={len(titles)}",
    )


def _handed_in(request: Signed, at: At, stage: FormStage) -> HttpResponse:
    # what the body, or a third party, writes is not the applicant's to read
    response = latest_response(at.seen.reading.journey, stage.id) if stage.by is Role.APPLICANT else None
    groups = []
    for title in pages_of(stage) if response else ():
        rows = [
            SummaryRow(one.label, shown(one, response.answers.get(one.id), at.seen.edition))  # type: ignore[union-attr]  # asked for just above
            for one in stage.fields
            if one.page == title
        ]
        groups.append((title, rows))
    heading = f"{stage.title}: handed in on {longdate(response.on)}" if response else stage.title
    return show(
        request,
        at,
        "form_done",
        heading,
        groups=groups,
        reply=stage.reply if response else None,
        papers=_papers(at, stage),
    )


def _papers(at: At, stage: FormStage) -> list[Paper]:
    """What the scheme gives to read with this form."""
    return [at.seen.edition.paper(one) for one in stage.papers]
