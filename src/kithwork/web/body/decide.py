"""A decision of the body: eligibility, an application, or the award. Yes, more first, or no, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import render

from kithwork.assessment.queries import RecommendationRow, recommendations
from kithwork.awards.queries import agreed_to_listing
from kithwork.core.journey import ActKind, Answer, term
from kithwork.core.schemes import ChecklistStage, DecisionStage, FeeStage, PanelStage, Role
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import breaches_of
from kithwork.journeys.queries import Reading, invoices_of, voices
from kithwork.procedures.applying import price
from kithwork.procedures.deciding import decide as give_voice
from kithwork.procedures.deciding import has_spoken
from kithwork.web.body import doors
from kithwork.web.body.doors import Seat
from kithwork.web.body.handed_in import handed_to
from kithwork.web.body.onward import onward_to
from kithwork.web.body.resting import rests_on
from kithwork.web.body.stages.panelling import laid_before, table_of
from kithwork.web.body.wording import ANSWERS, act_title, applicant_of, area_rows, due_tag, role_word, sentence
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column
from kithwork.web.kit.forms import LongText, hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.stale import stale
from kithwork.web.kit.voices import heard
from kithwork.web.templatetags.kit import longdate, plural, pounds


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect)
    reason = LongText(
        label="Reason",
        required=False,
        rows=6,
        max_length=8000,
        help_text="The applicant reads it. Needed for anything but yes.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]], seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        self._seen = seen
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") in {"no", "more"} and not str(given.get("reason", "")).strip():
            self.add_error("reason", "Give the reason; the applicant will read it.")
        return given

    @property
    def stale(self) -> bool:
        """Whether something was added to the journey after this form was opened."""
        seen = self.cleaned_data.get("seen")
        return seen is not None and seen != self._seen

    def renewed(self) -> "DecisionForm":
        """The same answers with today's state noted, so that a second look can be sent."""
        given = {name: self.data.get(name, "") for name in ("outcome", "reason")} | {"seen": str(self._seen)}
        again = DecisionForm(given, list(self.fields["outcome"].choices), self._seen)  # type: ignore[attr-defined]  # a ChoiceField
        again.is_valid()
        again.add_error(None, self.errors.as_data()[NON_FIELD_ERRORS])
        return again


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an answer brings about, said before it is given."""

    yes: str
    more: str
    no: str
    button: str


def grants(stage: DecisionStage | PanelStage) -> bool:
    """Whether a yes grants the award at once. After a panel's yes an officer grants it."""
    return isinstance(stage, DecisionStage) and stage.decides == "award"


def consequence(reading: Reading, stage: DecisionStage | PanelStage) -> Consequence:
    """What each answer brings about; where several decide, once they agree."""
    found = _consequence(reading, stage)
    together = stage.deciders if isinstance(stage, DecisionStage) else 1
    if together == 1:
        return found
    once = f"Counts once all {together} who decide say the same. "
    return Consequence(once + found.yes, once + found.more, once + found.no, "Yes")


def _consequence(reading: Reading, stage: DecisionStage | PanelStage) -> Consequence:
    edition, position = reading.edition, reading.position
    if isinstance(stage, DecisionStage) and stage.decides == "award":
        level = edition.level(position.level).title
        until = term(edition, position, position.today)
        end = f", valid until {longdate(until)}" if until else ", without an end"
        listed = reading.journey.service is not None or agreed_to_listing(reading.journey)
        agreed = "" if listed else " once they agree to be listed"
        by = stage.recommended_by
        told = f"{sentence(role_word(by, edition))} and the applicant are" if by else "The applicant is"
        return Consequence(
            f"{level} is granted at once{end}. The certificate is ready and the register shows it{agreed}.",
            f"{told} told what is wanted; it comes back to you afterwards.",
            "The application ends. What was paid stays paid.",
            f"Yes, grant {level}",
        )
    named = [stage.reopens] if isinstance(stage.reopens, str) else list(stage.reopens or ())
    again = [edition.stage(one).title for one in named if position.stages[one].in_play][-1:]
    reopened = f"‘{again[0]}’ is opened again for the applicant." if again else ""
    return Consequence(
        "The officers are told, and grant it."
        if isinstance(stage, PanelStage)
        else "The applicant is told, and goes on to the next stage.",
        reopened or "The applicant is told what is wanted.",
        "The application ends.",
        "Yes",
    )


def _prices(reading: Reading) -> list[tuple[str, str, str]]:
    """What each fee of the scheme will come to for this applicant: its title, the price, and a note."""
    found: list[tuple[str, str, str]] = []
    for stage in reading.edition.stages:
        if isinstance(stage, FeeStage):
            amount, _ = price(journey=reading.journey, stage=stage.id)
            fee = reading.edition.fee(stage.fee)
            shown = pounds(amount) if amount is not None else "Agreed by hand"
            found.append((fee.title, shown, "" if fee.refundable else "Never paid back"))
    return found


def _matters(reading: Reading) -> list[str]:
    """What is still open, beside the decision itself."""
    position, edition = reading.position, reading.edition
    found = [
        f"{sentence(role_word(act.role, edition))}: {act_title(act, edition)}"
        for act in position.acts
        if act.what is not ActKind.DECIDE
    ]
    total = position.total()
    if total.total - total.confirmed:
        left = plural(total.total - total.confirmed, f"{edition.words.requirement},{edition.words.requirements}")
        found.append(f"{left} not confirmed")
    unpaid = [invoice.number for invoice in invoices_of(reading.journey) if invoice.paid_on is None]
    found += [f"Invoice {number} is not paid" for number in unpaid]
    if breaches := breaches_of(reading.journey).count():
        found.append(f"{plural(breaches, 'data breach was,data breaches were')} reported on the way")
    return found


def _commit(seat: Seat, form: DecisionForm, request: Signed) -> None:
    if form.stale:
        raise Refused(
            "Something has been added to this application since you opened the page. Look again below, then decide."
        )
    act = seat.mine(ActKind.DECIDE)
    give_voice(
        journey=seat.reading.journey,
        stage=seat.stage.id,
        outcome=Answer(form.cleaned_data["outcome"]),
        reason=form.cleaned_data["reason"],
        by=request.user,
        role=act.role if act else Role.OFFICER,  # where nothing is awaited, the refusal says why
        today=seat.reading.position.today,
    )


def _to_be_confirmed(form: DecisionForm, stage: DecisionStage | PanelStage) -> bool:
    """A no, and the yes that grants, cannot be undone: they are asked about once more."""
    if not form.is_valid() or form.cleaned_data["sure"] or form.stale:
        return False
    outcome = form.cleaned_data["outcome"]
    return outcome == "no" or (outcome == "yes" and grants(stage))


@page(Desk.BODY, "GET", "POST")
def decide(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """The decision, with what it rests on beside it; `sure` skips the question whether one is sure."""
    seat = doors.seat(request, org, ref, stage)
    reading, model = seat.reading, seat.stage
    if not isinstance(model, DecisionStage | PanelStage):
        raise Http404("No such page.")
    result = consequence(reading, model)
    choices = [
        ("yes", hinted("Yes", result.yes)),
        ("more", hinted("More first", result.more)),
        ("no", hinted("No", result.no)),
    ]
    form = DecisionForm(request.POST if request.method == "POST" else None, choices, len(reading.entries))
    status = OK
    if request.method == "POST" and "back" not in request.POST:
        if _to_be_confirmed(form, model):
            return _interruption(request, form, result, model, applicant_of(reading.journey))
        status = tried(form, lambda: _commit(seat, form, request), onward_to(org, ref) if seat.officer else None)
        if status == DONE:
            told = "" if isinstance(model, PanelStage) or model.deciders > 1 else " The applicant has been told."
            return done(request, seat.back, f"{model.title}: {ANSWERS[form.cleaned_data['outcome']]}.{told}")
        form = form.renewed() if form.non_field_errors() else form
    return render(request, "body/decide.html", _context(seat, model, form, request), status=status)


def _interruption(
    request: Signed, form: DecisionForm, result: Consequence, stage: DecisionStage | PanelStage, service: str
) -> HttpResponse:
    yes = form.cleaned_data["outcome"] == "yes"
    context = {
        "heading": f"{result.button} to {service}?" if yes else f"Decide no for {service}?",
        "text": result.yes if yes else result.no,
        "given": [(name, form.cleaned_data[name]) for name in ("outcome", "reason", "seen")],
        "reason": form.cleaned_data["reason"],
        "action_text": result.button if yes else "Decide no",
    }
    return render(request, "body/decide_sure.html", context)


def _recommended(reading: Reading, stage: DecisionStage | PanelStage) -> list[RecommendationRow]:
    """What the decision rests on: a panel's voices since the last decision, or the one recommendation."""
    rows = [row for row in recommendations(reading.journey) if row.stage == stage.id]
    count = len(reading.position.stages[stage.id].voices) or 1
    return rows[-count:]


def _context(seat: Seat, stage: DecisionStage | PanelStage, form: DecisionForm, request: Signed) -> dict[str, Any]:
    reading = seat.reading
    position, edition = reading.position, reading.edition
    name = applicant_of(reading.journey)
    award = grants(stage) or isinstance(stage, PanelStage)
    mine = seat.mine(ActKind.DECIDE)
    spoken = mine is not None and has_spoken(request.user, mine, reading, voices([reading.journey]))
    open_now = mine is not None and not spoken
    act = next((one for one in position.acts if one.stage == stage.id), None)
    told_rounds = heard(reading.journey, stage, spoken=spoken)
    rows = [one.outcome for one in told_rounds if one.outcome]
    handed = handed_to(seat)
    question = (
        f"Shall {name} be granted the {edition.level(position.level).title}?"
        if award
        else f"{stage.title}: what do you decide on {name}?"
    )
    told = f"{name}: {stage.title.lower()}, {ANSWERS[rows[-1]]}" if rows else f"{stage.title}: {name}"
    return {
        "heading": question if open_now else told,
        "form": form,
        "open_now": open_now or form.is_bound,
        "waits": f"This waits on {role_word(act.role, edition)}: {act_title(act, edition)}." if act else "",
        "due": due_tag(act.due, position.today) if act and act.due else "",
        "stage": stage,
        "award": award,
        "made": bool(rows),
        "rounds": told_rounds,
        **(laid_before(seat) | table_of(seat, request.user) if isinstance(stage, PanelStage) else {}),
        "edition": edition,
        "resting": rests_on(reading, stage) if grants(stage) else [],
        "recommended": _recommended(reading, stage),
        "disagreed": position.stages[stage.id].disagreed,
        "matters": _matters(reading) if award and open_now else [],
        "areas": [(row.area, row.level, row.counts.total, row.counts.confirmed) for row in area_rows(position, edition)]
        if award
        else [],
        "total": position.total(),
        **stale(reading),
        "area_columns": [
            sentence(edition.words.area),
            sentence(edition.words.level),
            Column("Asked", numeric=True),
            Column("Confirmed", numeric=True),
        ],
        "prices": _prices(reading) if not award else [],
        "handed": handed,
        "checked": [(one.title, one.nos) for one in handed if isinstance(edition.stage(one.stage), ChecklistStage)]
        if not award
        else [],
        "service": name,
        "back_href": seat.back,
        "back_words": name if seat.officer else "The panel's list",
    }
