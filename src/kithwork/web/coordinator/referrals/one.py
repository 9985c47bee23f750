"""One referral: its steps, each a page that asks one thing, and the decision with its reason."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, referral_of
from kithwork.caseload.actions import mentees as records
from kithwork.caseload.actions import referrals as actions
from kithwork.caseload.actions.referrals import Source
from kithwork.caseload.queries.referrals import Lack, ReferralRow, alike, lacks
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.contacting import PastDateField
from kithwork.web.coordinator.mentees.forms import LinesField
from kithwork.web.coordinator.referrals.listing import OUTCOMES, SOURCES, next_words, open_for
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.forms import LongText, hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, waited

DONE, AHEAD = StateTag("Done", Kind.GREEN), StateTag("To do", Kind.AMBER)


def opened(request: Signed, slug: str, ref: str) -> tuple[Run, ReferralRow, str]:
    """The door to one referral: the service, the referral, and its address."""
    run = doors.people(request, slug)
    return run, referral_of(run, ref), reverse("referral", args=[slug, ref])


@page(Desk.SERVICE)
def referral(request: Signed, slug: str, referral: str) -> HttpResponse:
    """Where it stands, what is to be done next, what it says."""
    run, found, _ = opened(request, slug, referral)
    today = timezone.localdate()
    missing = [] if found.outcome else lacks(found, run.practice)
    context = {
        "run": run,
        "referral": found,
        "mentee": found.mentee,
        "caption": f"{OUTCOMES[found.outcome].word} · {found.mentee.name}",
        "heading": _heading(found, missing, today),
        "tasks": [] if found.outcome else _tasks(found, missing, slug),
        "missing": [one.value for one in missing],
        "rows": _rows(found),
        "alike": [
            Link(one.name, reverse("mentee", args=[slug, one.ref]), f"came on {longdate(one.came_on)}")
            for one in alike(found.mentee)[:5]
        ],
        "to_tell": next_words(found) if found.outcome else "",
    }
    return render(request, "coordinator/referrals/referral.html", context)


def _heading(referral: ReferralRow, missing: list[Lack], today: date) -> str:
    if referral.outcome == "accepted":
        return f"On the waiting list since {longdate(referral.decided_on)}"
    if referral.outcome:
        word = "Pointed to something else" if referral.outcome == "signposted" else "Withdrawn"
        return f"{word} on {longdate(referral.decided_on)}"
    days = open_for(referral, today)
    since = f"open for {waited(days)}" if days else "came today"
    if not missing:
        return f"Ready to decide, {since}"
    return f"{len(missing)} thing{'' if len(missing) == 1 else 's'} to do before the waiting list, {since}"


def _tasks(referral: ReferralRow, missing: list[Lack], slug: str) -> list[TaskRow]:
    at = [slug, referral.ref]
    person = [slug, referral.mentee.ref]

    risk = f"{reverse('mentee_risk', args=person)}?kind=person&referral={referral.ref}"

    def row(title: str, name: str, is_done: bool, on: date | None = None, href: str = "") -> TaskRow:
        hint = f"On {longdate(on)}" if on else ""
        return TaskRow(title, href or reverse(name, args=at), hint, DONE if is_done else AHEAD)

    return [
        row("Acknowledge it", "referral_acknowledge", bool(referral.acknowledged_on), referral.acknowledged_on),
        row(
            "Talk with the person", "referral_talk", referral.agreed and referral.seen_on is not None, referral.seen_on
        ),
        row("Complete what the referral says", "referral_edit", Lack.FORM not in missing),
        row("Look at each criterion", "referral_eligible", Lack.ELIGIBLE not in missing, referral.eligible_on),
        row("Write down their needs", "referral_needs", Lack.NEEDS not in missing),
        row("Assess the risk to themselves and others", "mentee_risk", Lack.RISK not in missing, href=risk),
    ]


def _rows(referral: ReferralRow) -> list[SummaryRow]:
    mentee = referral.mentee
    by = [text for text in (referral.name, referral.organisation, referral.phone, referral.email) if text]
    rows = [
        SummaryRow("Person", mentee.name),
        SummaryRow(
            "Reach them", [text for text in (mentee.phone, mentee.email, mentee.contact_wishes) if text] or None
        ),
        SummaryRow("Referred by", [SOURCES[referral.source], *(by if referral.source != Source.SELF else [])]),
        SummaryRow("Came", referral.came_on),
        SummaryRow("Why", referral.why),
        SummaryRow("The person agrees", "Yes" if referral.agreed else "Not said yet"),
    ]
    for criterion, met in referral.eligible.items():
        rows.append(SummaryRow(criterion, "Yes" if met else "No"))
    if referral.outcome:
        rows.append(SummaryRow("Decided", [referral.decided_on, str(referral.decided_by or "")]))
        rows.append(SummaryRow("Reason", referral.reason))
        if referral.signposted_to:
            rows.append(SummaryRow("Pointed to", referral.signposted_to))
        rows.append(SummaryRow("Told" if referral.source == Source.SELF else "Referrer told", referral.told_on))
    return rows


class Told(forms.Form):
    """Told by mail now, or otherwise on a day."""

    how = forms.ChoiceField(label="How are they told?", widget=forms.RadioSelect)
    on = PastDateField(label="When?")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mail = ("mail", hinted("By e-mail, now", "A link by which to follow the referral; nothing about the person"))
        other = ("other", "In another way, by telephone or letter")
        self.fields["how"].choices = [mail, other] if email else [other]  # type: ignore[attr-defined]
        self.fields["how"].initial = "mail" if email else "other"

    def told(self) -> dict[str, Any]:
        mail = self.cleaned_data["how"] == "mail"
        return {"mail": mail, "on": timezone.localdate() if mail else self.cleaned_data["on"]}


@page(Desk.SERVICE, "GET", "POST")
def referral_acknowledge(request: Signed, slug: str, referral: str) -> HttpResponse:
    _, found, to = opened(request, slug, referral)
    form = Told(posted(request), email=found.email, initial={"on": timezone.localdate()})

    def act() -> None:
        actions.acknowledge(referral=found, by=request.user, now=timezone.now(), **form.told())

    return ask(
        request, form, act, heading="Tell the referrer that it has arrived", caption=found.mentee.name,
        button="Record it", said="The referral is acknowledged.", to=to,
    )  # fmt: skip


class Talk(forms.Form):
    on = PastDateField(label="When did you first talk with the person?")
    agreed = forms.TypedChoiceField(
        label="Do they agree to the referral?",
        choices=[("yes", "Yes"), ("no", "No, or not sure yet")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
    )


@page(Desk.SERVICE, "GET", "POST")
def referral_talk(request: Signed, slug: str, referral: str) -> HttpResponse:
    _, found, to = opened(request, slug, referral)
    start = {"on": found.seen_on or timezone.localdate(), "agreed": "yes" if found.agreed else ""}
    form = Talk(posted(request), initial=start)

    def act() -> None:
        actions.talk(referral=found, by=request.user, **form.cleaned_data)

    return ask(
        request, form, act, heading="The first talk", caption=found.mentee.name, button="Save", said="Saved.", to=to
    )


class Criteria(forms.Form):
    """One question for each criterion of the service."""

    def __init__(self, *args: Any, criteria: list[str], told: dict[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, text in enumerate(criteria):
            self.fields[f"c{number}"] = forms.TypedChoiceField(
                label=text,
                choices=[("yes", "Yes"), ("no", "No")],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect({"class": "govuk-radios--inline"}),
                initial={True: "yes", False: "no"}.get(told.get(text)),  # type: ignore[arg-type]  # None is not asked yet
            )

    def answers(self) -> dict[str, bool]:
        return {text: self.cleaned_data[f"c{number}"] for number, text in enumerate(self.criteria)}


@page(Desk.SERVICE, "GET", "POST")
def referral_eligible(request: Signed, slug: str, referral: str) -> HttpResponse:
    run, found, to = opened(request, slug, referral)
    form = Criteria(posted(request), criteria=run.practice.eligibility, told=found.eligible)

    def act() -> None:
        actions.judge(referral=found, eligible=form.answers(), on=timezone.localdate(), by=request.user)

    return ask(
        request, form, act, heading="Is the service right for this person?", caption=found.mentee.name, button="Save",
        said="Saved.", to=to, text="" if form.criteria else "The service has no criteria. A lead can write them down.",
    )  # fmt: skip


class Needs(forms.Form):
    needs = LinesField(label="What do they hope a mentor will help with?", help_text="One need a line.", rows=5)


@page(Desk.SERVICE, "GET", "POST")
def referral_needs(request: Signed, slug: str, referral: str) -> HttpResponse:
    _, found, to = opened(request, slug, referral)
    form = Needs(posted(request), initial={"needs": found.mentee.needs})

    def act() -> None:
        records.change(mentee=found.mentee, by=request.user, now=timezone.now(), **form.cleaned_data)

    return ask(
        request, form, act, heading="Their needs", caption=found.mentee.name, button="Save", said="Saved.", to=to
    )


class Says(forms.Form):
    """What the referral says, where it came incomplete."""

    person_name = forms.CharField(label="The person's full name", max_length=150)
    person_phone = forms.CharField(label="Their telephone", max_length=40, required=False)
    person_email = forms.EmailField(label="Their e-mail", required=False)
    why = LongText(label="Why are they referred?", max_length=4000, rows=4)
    name = forms.CharField(label="The referrer's name", max_length=150, required=False)
    organisation = forms.CharField(label="Their organisation", max_length=150, required=False)
    phone = forms.CharField(label="Their telephone", max_length=40, required=False)
    email = forms.EmailField(label="Their e-mail", required=False)


@page(Desk.SERVICE, "GET", "POST")
def referral_edit(request: Signed, slug: str, referral: str) -> HttpResponse:
    _, found, to = opened(request, slug, referral)
    own = ("name", "phone", "email")
    start = {name: getattr(found, name) for name in ("why", "name", "organisation", "phone", "email")}
    form = Says(posted(request), initial=start | {f"person_{name}": getattr(found.mentee, name) for name in own})

    def act() -> None:
        data = dict(form.cleaned_data)
        person = {name: data.pop(f"person_{name}") for name in own}
        actions.correct(referral=found, by=request.user, **data)
        records.change(mentee=found.mentee, by=request.user, now=timezone.now(), **person)

    return ask(
        request, form, act, heading="What the referral says", caption=found.mentee.name, button="Save", said="Saved.",
        to=to,
    )  # fmt: skip


class Decide(forms.Form):
    outcome = forms.ChoiceField(
        label="What is decided?",
        choices=[
            ("accepted", "Onto the waiting list"),
            ("signposted", hinted("Point them to something more suitable", "Say why, and where to")),
            ("withdrawn", "The person does not want it after all"),
        ],
        widget=forms.RadioSelect,
    )
    on = PastDateField(label="From which day?")
    reason = LongText(label="Why?", max_length=2000, rows=3)
    signposted_to = forms.CharField(
        label="Where are they pointed to?",
        help_text="Only if you point them elsewhere.",
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") == "signposted" and not data.get("signposted_to"):
            self.add_error("signposted_to", "Write where they are pointed to")
        return data


@page(Desk.SERVICE, "GET", "POST")
def referral_decide(request: Signed, slug: str, referral: str) -> HttpResponse:
    """Onto the waiting list, elsewhere, or withdrawn; each with its reason."""
    run, found, to = opened(request, slug, referral)
    form = Decide(posted(request), initial={"on": timezone.localdate()})

    def act() -> None:
        data = form.cleaned_data
        common: dict[str, Any] = {"referral": found, "by": request.user, "on": data["on"], "reason": data["reason"]}
        match data["outcome"]:
            case "accepted":
                actions.accept(practice=run.practice, **common)
            case "signposted":
                actions.signpost(to=data["signposted_to"], **common)
            case _:
                actions.withdraw(**common)

    missing = [] if found.outcome else lacks(found, run.practice)
    rows = [SummaryRow("Missing for the waiting list", [one.value for one in missing])] if missing else []
    return ask(
        request, form, act, heading="Decide this referral", caption=found.mentee.name, button="Decide",
        said="The decision is recorded.", to=to, rows=rows,
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def referral_tell(request: Signed, slug: str, referral: str) -> HttpResponse:
    """Whoever referred, be it the person, hears that there is an answer."""
    _, found, to = opened(request, slug, referral)
    form = Told(posted(request), email=found.email, initial={"on": timezone.localdate()})

    def act() -> None:
        actions.tell_referrer(referral=found, by=request.user, now=timezone.now(), **form.told())

    own = found.source == Source.SELF
    return ask(
        request, form, act, heading=f"Tell the {'person' if own else 'referrer'} the outcome",
        caption=found.mentee.name, button="Record it", said="They are told." if own else "The referrer is told.", to=to,
    )  # fmt: skip
