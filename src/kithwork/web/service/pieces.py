"""Something written and handed in: a case study or an assignment."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.core.journey import ItemState
from kithwork.core.schemes import AssignmentStage, CaseStudyStage, Piece
from kithwork.core.verdict import Refused
from kithwork.core.words import count_words
from kithwork.evidence.actions import write_piece
from kithwork.evidence.queries import items_for, may_gather, may_send, thread
from kithwork.journeys.actions import drop_draft
from kithwork.journeys.queries import draft_of
from kithwork.procedures.assessing import send_evidence, write_remark
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.forms import RemarkForm, SendNote, WritePiece, from_draft
from kithwork.web.service.gating import looked_through
from kithwork.web.service.showing import thread_cards
from kithwork.web.service.words import item_tag, opens_when
from kithwork.web.templatetags.kit import longdate


def _find(seen: doors.Seen, slot: str) -> tuple[CaseStudyStage | AssignmentStage, Piece]:
    for stage in seen.edition.stages:
        if isinstance(stage, CaseStudyStage | AssignmentStage):
            for one in stage.pieces:
                if one.id == slot:
                    return stage, one
    raise Http404("No such page.")


@page(Desk.SERVICE, "GET", "POST")
def piece(request: Signed, ref: str, slot: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    stage, model = _find(seen, slot)
    if request.method != "POST":
        return _show(request, seen, stage, model)
    do = request.POST.get("do", "")
    form: WritePiece | SendNote | RemarkForm
    match do:
        case "write":
            form = WritePiece(request.POST, model)
        case "send":
            form = SendNote(request.POST, assessor=seen.edition.words.assessor)
        case "remark":
            form = RemarkForm(request.POST, assessor=seen.edition.words.assessor)
        case _:
            raise Http404("No such page.")
    if not form.is_valid():
        return _show(request, seen, stage, model, form, do, 422)
    try:
        said = _do(request, seen, stage, model, form)
    except Refused as refused:
        refuse(form, refused, seen.onward)
        return _show(request, seen, stage, model, form, do, 409)
    messages.success(request, said)
    return doors.go("piece", ref, slot)


def _do(
    request: Signed,
    seen: doors.Seen,
    stage: CaseStudyStage | AssignmentStage,
    model: Piece,
    form: WritePiece | SendNote | RemarkForm,
) -> str:
    journey, assessor = seen.reading.journey, seen.edition.words.assessor
    match form:
        case WritePiece():
            passing = looked_through(seen, form, request.user, "text")
            write_piece(
                journey=journey,
                stage=stage.id,
                piece_id=model.id,
                text=form.cleaned_data["text"],
                declared=form.declared,
                by=request.user,
                today=seen.today,
                seen=request.POST.get("seen"),
                passing=passing,
            )
            drop_draft(user=request.user, key=_key(seen, model))
            return "Your text is kept. Read it once more, then send it."
        case SendNote():
            looked_through(seen, form, request.user, "note")
            send_evidence(
                journey=journey,
                stage=stage.id,
                slots=[model.id],
                by=request.user,
                today=seen.today,
                note=form.cleaned_data["note"],
            )
            return f"{model.title}: sent to your {assessor}."
        case RemarkForm():
            looked_through(seen, form, request.user, "text")
            write_remark(
                journey=journey,
                slot=model.id,
                text=form.cleaned_data["text"],
                side="applicant",
                by=request.user,
                today=seen.today,
            )
            return f"Your {assessor} will see your remark."


def _key(seen: doors.Seen, model: Piece) -> str:
    return f"piece:{seen.ref}:{model.id}"


def _show(
    request: Signed,
    seen: doors.Seen,
    stage: CaseStudyStage | AssignmentStage,
    model: Piece,
    form: WritePiece | SendNote | RemarkForm | None = None,
    do: str = "",
    status: int = 200,
) -> HttpResponse:
    edition, now = seen.edition, seen.position.stages[stage.id]
    item = now.items[model.id]
    held = items_for(seen.reading.journey, model.id)
    kept = held[-1] if held else None
    shown = isinstance(stage, AssignmentStage) and model.performed  # on the day: nothing is written or sent here
    change = seen.writes and not shown and bool(may_gather(edition, seen.position, model.id))
    events = thread(seen.reading.journey, model.id)
    forms: dict[str, object] = {}
    draft = draft_of(request.user, _key(seen, model)) if change else None
    if change:
        write = WritePiece(None, model, initial={"text": kept.text} if kept else None)
        if draft is not None:
            write.initial = from_draft(write, draft.fields)
        forms = {"write": write, "send": SendNote(assessor=edition.words.assessor)}
    if seen.writes and not seen.position.status.is_over:
        forms["remark"] = RemarkForm(assessor=edition.words.assessor)
    if form is not None:
        forms[do] = form
    editing = change and (kept is None or do == "write" or "edit" in request.GET or draft is not None)
    verdict = may_send(edition, seen.position, stage.id, model.id, held) if change else None
    now_kept = kept.ref if kept else ""
    began_with = _began_with(request, do, draft.fields if draft is not None else {}, now_kept)
    offered = {"write": editing, "send": bool(verdict) and not editing, "remark": True}
    last = next((e for e in reversed(events) if e.kind == item.state.value), None)
    words = count_words(kept.text) if kept else 0
    return render(
        request,
        "service/piece.html",
        {
            "seen": seen,
            "edition": edition,
            "stage": stage,
            "piece": model,
            "item": item,
            "heading": model.title,
            "tag": item_tag(edition, item, offered=len(held), ready=bool(held)),
            "state": _state(seen, item.state, longdate(item.since), longdate(now.due), shown=shown),
            "last": last if item.state is not ItemState.SENT else None,
            "kept": kept,
            # a refusal shows what is kept now: whoever sends again has read it
            "base": now_kept if status == 409 else began_with,
            "newer": kept if editing and began_with != now_kept else None,
            "words": words,
            "paragraphs": kept.text.split("\n") if kept else [],
            "limits": _limits(model),
            "form": form,
            "do": do,
            "forms": forms,
            "change": change,
            "editing": editing,
            "lost": form is not None and not offered[do],  # what was typed, where the page no longer asks for it
            "has_draft": draft is not None,
            "verdict": verdict,
            "opens": opens_when(edition, seen.position, stage) if not now.opened else "",
            "thread": thread_cards(events, seen.ref, seen.today, edition.words.assessor),
            "draft_key": _key(seen, model),
            "back": reverse("journey_stage", args=[seen.ref, stage.id]),
        },
        status=status,
    )


def _began_with(request: Signed, do: str, draft: Mapping[str, str], now: str) -> str:
    """The reference of the text that was kept when the writing began; `now` where nobody said."""
    return request.POST.get("seen", now) if do == "write" else draft.get("seen", now)


def _limits(model: Piece) -> str:
    if f"{model.min_words} to {model.max_words} words" in model.asks:
        return ""  # the scheme's own words say it
    if model.min_words and model.max_words:
        return f"Between {model.min_words} and {model.max_words} words."
    if model.max_words:
        return f"At most {model.max_words} words."
    return f"At least {model.min_words} words." if model.min_words else ""


def _state(seen: doors.Seen, state: ItemState, since: str, due: str, *, shown: bool) -> tuple[str, str] | None:
    """How it stands, in one sentence, and the kind of notice."""
    assessor = seen.edition.words.assessor
    by_when = f" Send it by {due}." if due and not seen.position.clock.stopped else ""
    match state:
        case ItemState.SENT:
            return f"With your {assessor} since {since}. Nothing can be changed until there is feedback.", "info"
        case ItemState.CONFIRMED:
            return f"Confirmed on {since}. Nothing more is needed.", "success"
        case ItemState.RETURNED:
            if shown:
                return f"Your {assessor} asked for more on {since}. Agree with them how you show it.", "warning"
            return f"Your {assessor} asked for more on {since}.{by_when}", "warning"
        case ItemState.BREACHED:
            return (
                f"Your text named somebody, or showed who they are. This was reported on {since}, and the "
                f"text has been destroyed. Write it again, every name down to one initial, and send it again.{by_when}",
                "error",
            )
        case ItemState.BLANK:
            return None
