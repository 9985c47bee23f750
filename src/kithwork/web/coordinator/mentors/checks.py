"""References, vetting and exemptions of one mentor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.access import mentor_of
from kithwork.caseload.access_mentors import exemption_of, reference_of, vetting_of
from kithwork.caseload.actions import references
from kithwork.caseload.actions import vetting as checks
from kithwork.caseload.actions.mentors import Referee
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.mentors import ExemptionMissing, PracticeRow, VettingLevel, VettingOutcome, VettingRow
from kithwork.core.service import asked as usual
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.forms import (
    ExemptionForm,
    JudgeForm,
    LookUpForm,
    OutcomeForm,
    PaperForm,
    RefereeForm,
    VettingForm,
)
from kithwork.web.coordinator.mentors.frame import acting, asking
from kithwork.web.coordinator.mentors.wording import outcome_words
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate


@page(Desk.SERVICE, "GET", "POST")
def reference_new(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """One more referee."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = RefereeForm(posted(request))
    return asking(
        request,
        form,
        lambda: references.add(mentor=found, referee=Referee(**form.cleaned_data), by=request.user),
        heading=f"Add a referee for {found.name}",
        back=reverse("mentor", args=[slug, mentor]),
        said="The referee is added.",
    )


@page(Desk.SERVICE, "GET", "POST")
def reference(request: Signed, slug: str, mentor: str, reference: str) -> HttpResponse:
    """What the referee wrote, and the judgement on it; before it came, the ways to get it."""
    found = mentor_of(doors.people(request, slug), mentor)
    row = reference_of(found, reference)
    back = reverse("mentor", args=[slug, mentor])
    judged = "" if row.suitable is None else "yes" if row.suitable else "no"
    kept = {"note": row.note, "suitable": judged}
    form = JudgeForm(posted(request), initial=kept)
    status = OK
    if request.method == "POST":
        yes = form.data.get("suitable") == "yes"
        status = tried(
            form,
            lambda: references.judge(reference=row, suitable=yes, note=form.cleaned_data["note"], by=request.user),
            Link("See how things stand now", back),
        )
        if status == DONE:
            return done(request, back, "Your judgement is recorded.")
    came = f"Reference by {row.name}, {longdate(row.received_on)}"
    context = {
        "heading": came if row.received_on else f"The reference by {row.name} has not come yet",
        "mentor": found,
        "reference": row,
        "facts": [
            SummaryRow("For", found.name),
            SummaryRow("Knows them as", row.relation),
            SummaryRow("E-mail", row.email),
            SummaryRow("Telephone", row.phone),
            SummaryRow("Asked", row.asked_on),
        ],
        "answers": [SummaryRow(question, str(answer).split("\n\n")) for question, answer in row.answers.items()],
        "form": form,
        "ask": reverse("reference_ask", args=[slug, mentor, reference]),
        "paper": reverse("reference_paper", args=[slug, mentor, reference]),
        "back_href": back,
    }
    return render(request, "coordinator/mentors/reference.html", context, status=status)


@page(Desk.SERVICE, "POST")
def reference_ask(request: Signed, slug: str, mentor: str, reference: str) -> HttpResponse:
    """Send the referee a link, or a new one."""
    row = reference_of(mentor_of(doors.people(request, slug), mentor), reference)
    return acting(
        request,
        lambda: references.ask(reference=row, by=request.user, now=timezone.now()),
        back=reverse("reference", args=[slug, mentor, reference]),
        said="The request is on its way.",
    )


@page(Desk.SERVICE, "GET", "POST")
def reference_paper(request: Signed, slug: str, mentor: str, reference: str) -> HttpResponse:
    """A reference that came on paper, or by telephone."""
    run = doors.people(request, slug)
    row = reference_of(mentor_of(run, mentor), reference)
    form = PaperForm(posted(request), run.practice.reference_questions or usual.REFERENCE)
    return asking(
        request,
        form,
        lambda: references.receive_on_paper(
            reference=row, answers=form.answers, on=form.cleaned_data["on"], by=request.user
        ),
        heading=f"Reference by {row.name}, on paper",
        back=reverse("reference", args=[slug, mentor, reference]),
        said="The reference is recorded. Now judge it.",
    )


@page(Desk.SERVICE, "GET", "POST")
def vetting_ask(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """A check was asked for."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = VettingForm(posted(request))

    def act() -> None:
        level = VettingLevel(form.cleaned_data["level"])
        checks.ask(mentor=found, level=level, on=form.cleaned_data["on"], by=request.user)

    return asking(
        request,
        form,
        act,
        heading=f"A check of {found.name} was asked for",
        lede="The outcome alone is kept here, never what a certificate says.",
        back=reverse("mentor", args=[slug, mentor]),
        said="It is recorded that the check was asked for.",
    )


@page(Desk.SERVICE, "GET", "POST")
def vetting_outcome(request: Signed, slug: str, mentor: str, vetting: str) -> HttpResponse:
    """The outcome of a check that is awaited; of a clear one with the update service, a look-up."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    row = vetting_of(found, vetting)
    back = reverse("mentor", args=[slug, mentor])
    if row.outcome == VettingOutcome.ASKED:
        form = OutcomeForm(posted(request))
        years = run.practice.vetting_years
        counts = f"It counts for {years} years from its date." if years else "It does not run out."
        return asking(
            request,
            form,
            lambda: _record(row, form, run.practice, request.user),
            heading=f"Outcome of the check of {found.name}",
            lede=f"{counts} The outcome alone is kept here, never what the certificate says.",
            back=back,
            said="The outcome is recorded.",
        )
    look = LookUpForm(posted(request))
    return asking(
        request,
        look,
        lambda: _look_up(row, look, run.practice, request.user),
        heading=f"Look up the check of {found.name}",
        lede=f"The check of {longdate(row.on)}: {outcome_words(row.outcome)}.",
        back=back,
        said="The look-up is recorded.",
    )


def _record(row: VettingRow, form: OutcomeForm, practice: PracticeRow, by: User) -> None:
    given = form.cleaned_data
    checks.record_outcome(
        vetting=row,
        practice=practice,
        clear=given["clear"] == "yes",
        on=given["on"],
        update_service=given["update_service"],
        by=by,
    )


def _look_up(row: VettingRow, form: LookUpForm, practice: PracticeRow, by: User) -> None:
    given = form.cleaned_data
    checks.look_up(
        vetting=row,
        practice=practice,
        on=given["on"],
        unchanged=given["unchanged"] == "yes",
        prolongs=given["prolongs"],
        by=by,
    )


@page(Desk.SERVICE, "GET", "POST")
def exempt(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Matched although something is missing: what, why, until when."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    today = timezone.localdate()
    lacking = [what.value for what in cleared([found], run.practice, today)[found.pk].missing]
    form = ExemptionForm(posted(request), lacking)

    def act() -> None:
        given = form.cleaned_data
        missing = ExemptionMissing(given["missing"])
        checks.exempt(
            mentor=found, missing=missing, reason=given["reason"], begins=today, until=given["until"], by=request.user
        )

    return asking(
        request,
        form,
        act,
        heading=f"Exempt {found.name} from something",
        lede="They may then be selected and matched without it. Nobody is exempt from the selection itself.",
        back=reverse("mentor", args=[slug, mentor]),
        said="The exemption is recorded.",
    )


@page(Desk.SERVICE, "POST")
def exemption_end(request: Signed, slug: str, mentor: str, exemption: int) -> HttpResponse:
    """End an exemption before its day."""
    row = exemption_of(mentor_of(doors.people(request, slug), mentor), exemption)
    return acting(
        request,
        lambda: checks.end_exemption(exemption=row, on=timezone.localdate(), by=request.user),
        back=reverse("mentor", args=[slug, mentor]),
        said="The exemption has ended.",
    )
