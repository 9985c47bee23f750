"""What a mentee agrees to be shared, and what could go wrong: asked, assessed, acted on."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import referral_of, risk_of
from kithwork.caseload.actions import consents, risks
from kithwork.caseload.queries.consents import asked_of
from kithwork.caseload.queries.mentees import asked_kinds
from kithwork.web.coordinator.mentees.cards import CONSENTS, LEVELS, RISKS, consent_rows
from kithwork.web.coordinator.mentees.changes import opened
from kithwork.web.coordinator.mentees.forms import ConsentAnswer, Done, Risk
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE)
def mentee_consents(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Each kind with the words of today and the answer that counts."""
    run, found, to = opened(request, slug, mentee)
    asked = asked_of(found, run.practice, timezone.localdate())
    given = sum(one.given for one in asked)
    context = {
        "heading": f"{found} agrees to {given} of {len(asked)}",
        "rows": consent_rows(asked, run, found),
        "back_href": to,
        "mentee": found,
    }
    return render(request, "coordinator/mentees/consents.html", context)


@page(Desk.SERVICE, "GET", "POST")
def mentee_consent(request: Signed, slug: str, mentee: str, consent: str) -> HttpResponse:
    """Record one answer. The words as they are asked today are kept with it."""
    run, found, _ = opened(request, slug, mentee)
    today = timezone.localdate()
    one = next((each for each in asked_of(found, run.practice, today) if each.kind.value == consent), None)
    if one is None:
        raise Http404("No such page.")
    form = ConsentAnswer(posted(request), given=one.given, initial={"on": today})

    def act() -> None:
        data = form.cleaned_data
        consents.record_answer(
            mentee=found,
            kind=one.kind,
            answer=consents.Answer(data["answer"]),
            whose=consents.Whose(data["whose"]),
            on=data["on"],
            how=data["how"],
            wording=one.words,
            by=request.user,
        )

    return ask(
        request, form, act, heading=CONSENTS[consent], caption=found.name, button="Save the answer",
        said="The answer is recorded.", to=reverse("mentee_consents", args=[slug, mentee]),
        rows=[SummaryRow("The words", one.words)],
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentee_risk(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Assess a risk. `?kind=` chooses what is assessed beforehand; `?referral=` leads back to that referral."""
    run, found, to = opened(request, slug, mentee)
    if asked := request.GET.get("referral"):
        of = referral_of(run, asked)
        to = reverse("referral", args=[slug, of.ref]) if of.mentee_id == found.pk else to
    kinds = [(kind.value, RISKS[kind.value]) for kind in asked_kinds(run.practice)]
    start = {"kind": request.GET.get("kind", ""), "on": timezone.localdate()}
    form = Risk(posted(request), kinds=kinds, initial=start)

    def act() -> None:
        data = form.cleaned_data | {
            "kind": risks.Kind(form.cleaned_data["kind"]),
            "level": risks.Level(form.cleaned_data["level"]),
        }
        risks.assess(mentee=found, practice=run.practice, by=request.user, **data)

    return ask(
        request, form, act, heading="Assess a risk", caption=found.name, button="Save the assessment",
        said="The assessment is recorded.", to=to,
        text=f"It is looked at again every {run.practice.risk_months} months while a match runs.",
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentee_risk_done(request: Signed, slug: str, mentee: str, risk: str) -> HttpResponse:
    """What was to be done about a risk has been done."""
    run, found, to = opened(request, slug, mentee)
    held = risk_of(run, found, risk)
    form = Done(posted(request), initial={"on": timezone.localdate()})

    def act() -> None:
        risks.act_on(risk=held, by=request.user, **form.cleaned_data)

    rows = [
        SummaryRow("Assessed", held.on),
        SummaryRow("Risk", LEVELS[held.level]),
        SummaryRow("What could go wrong", held.findings),
        SummaryRow("What is to be done", held.actions),
        SummaryRow("By", held.actions_due),
    ]
    return ask(
        request, form, act, heading="Done what was to be done?", caption=f"{found.name}: {RISKS[held.kind].lower()}",
        button="Record it as done", said="Recorded as done.", to=to, rows=rows,
    )  # fmt: skip
