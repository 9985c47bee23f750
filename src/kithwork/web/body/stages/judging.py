"""A recommendation by somebody of the body: a panel's member, or whoever the scheme names; the assessor has a page of
their own.
"""

from django.http import Http404, HttpResponse

from kithwork.assessment.actions import note
from kithwork.assessment.queries import recommendations
from kithwork.core.journey import ActKind, Answer
from kithwork.core.schemes import DecisionStage, PanelStage, Role
from kithwork.journeys.actions import drop_draft
from kithwork.journeys.queries import draft_of, voices
from kithwork.procedures.deciding import has_spoken, recommend
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor.forms import RecommendForm, asked_at_renewal
from kithwork.web.body.doors import Seat
from kithwork.web.body.handed_in import handed_to
from kithwork.web.body.stages.frame import show
from kithwork.web.body.stages.panelling import NoteForm, laid_before, table_of
from kithwork.web.body.wording import applicant_of, area_rows
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import plural

_OURS = {Role.OFFICER, Role.PANEL, Role.CHAIR}


def judge(request: Signed, seat: Seat) -> HttpResponse:
    """What it rests on, and the recommendation; the decision itself has a page of its own."""
    stage = seat.stage
    assert isinstance(stage, DecisionStage | PanelStage)
    by = Role.PANEL if isinstance(stage, PanelStage) else stage.recommended_by
    if by not in _OURS:
        raise Http404("No such page.")
    reading, today = seat.reading, seat.reading.position.today
    act = seat.mine(ActKind.RECOMMEND)
    spoken = act is not None and has_spoken(request.user, act, reading, voices([reading.journey]))
    open_now = act is not None and not spoken
    key = f"recommend:{reading.journey.ref}:{stage.id}"
    draft = draft_of(request.user, key) if open_now else None
    noting = request.POST.get("do") == "note"
    form = RecommendForm(
        request.POST if request.method == "POST" and not noting else None,
        asked=asked_at_renewal(reading),
        initial=draft.fields if draft else {},
    )
    table = table_of(seat, request.user)
    notes, note_status, kept = _notes(request, seat, table, noting=noting)
    if kept:
        return done(request, request.path, "Your notes are kept.")
    status = note_status

    def send() -> None:
        recommend(
            journey=reading.journey,
            stage=stage.id,
            outcome=Answer(form.cleaned_data["outcome"]),
            summary=form.cleaned_data["summary"],
            strengths=form.cleaned_data["strengths"],
            next_time=form.cleaned_data["next_time"],
            asked_again=form.cleaned_data.get("asked_again", ()),
            by=request.user,
            role=by if act is None else act.role,
            today=today,
        )

    if request.method == "POST" and not noting:
        status = tried(form, send)
        if status == DONE:
            return done(request, seat.back, f"{stage.title}: your recommendation is kept.")
    given = [row for row in recommendations(reading.journey) if row.stage == stage.id]
    question = f"{stage.title}: what do you recommend on {applicant_of(reading.journey)}?"
    left = f": {plural(act.count, 'recommendation')} of others awaited" if act else ""
    return show(
        request,
        seat,
        "judging",
        question if open_now else f"{stage.title}{left}",
        status,
        form=form if open_now or form.is_bound else None,
        mine=open_now,
        given=[] if open_now else given,  # everybody makes up their own mind first
        record=stage.record if isinstance(stage, PanelStage) else (),
        edition=reading.edition,
        areas=area_rows(reading.position, reading.edition),
        total=reading.position.total(),
        handed=handed_to(seat),
        draft_url=draft_url(key),
        noting=notes,
        note_draft_url=draft_url(f"note:{reading.journey.ref}:{stage.id}"),
        **laid_before(seat),
        **table,
    )


def _notes(request: Signed, seat: Seat, table: dict[str, object], *, noting: bool) -> tuple[NoteForm | None, int, bool]:
    """The form for a member's own notes, what became of it when it was sent, and whether they are kept now."""
    if not table.get("may_note"):
        if noting:
            raise Http404("No such page.")
        return None, OK, False
    key = f"note:{seat.reading.journey.ref}:{seat.stage.id}"
    draft = draft_of(request.user, key)
    own = table["own_note"]
    start = draft.fields if draft else {"text": getattr(own, "text", "")}
    form = NoteForm(request.POST if noting else None, initial=start)
    if not noting:
        return form, OK, False
    today = seat.reading.position.today
    status = tried(
        form,
        lambda: note(
            journey=seat.reading.journey,
            stage=seat.stage.id,
            text=form.cleaned_data["text"],
            by=request.user,
            today=today,
        ),
    )
    if status == DONE:
        drop_draft(user=request.user, key=key)
    return form, status, status == DONE
