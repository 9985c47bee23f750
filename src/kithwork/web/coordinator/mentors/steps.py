"""The road of a mentor, a page each: the application as taken down, details, consent, steps, decision, feedback."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kithwork.caseload.access import mentor_of
from kithwork.caseload.actions import mentors
from kithwork.caseload.actions.consents import record_answer
from kithwork.caseload.queries.consents import Answer, may, words_for
from kithwork.caseload.queries.consents import Kind as ConsentKind
from kithwork.caseload.queries.mentors import MentorRow, StepKind, StepOutcome, file_of
from kithwork.core.service import asked as usual
from kithwork.core.verdict import Refused
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.forms import (
    ApplicationForm,
    ChangeForm,
    ConsentForm,
    FeedbackForm,
    SelectionForm,
    StepForm,
)
from kithwork.web.coordinator.mentors.frame import asking
from kithwork.web.kit.acting import posted
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

STEPS = {
    StepKind.ROLE: ("Assess {} by the role description", "The assessment is recorded."),
    StepKind.INTERVIEW: ("Interview with {}", "The interview is recorded."),
    StepKind.POST_TRAINING: ("Talk with {} after the training", "The talk is recorded."),
    StepKind.INDUCTION: ("Induction of {}", "The induction is recorded."),
    StepKind.BADGE: ("ID badge for {}", "The badge is recorded."),
}


_UNDERSTOOD = {True: ["Understood what was covered"], False: ["Did not understand all of it"], None: []}


@page(Desk.SERVICE, "GET", "POST")
def mentor_new(request: Signed, slug: str) -> HttpResponse:
    """An application taken down by staff: the questions of the public form; only the name is needed."""
    run = doors.people(request, slug)
    practice = run.practice
    form = ApplicationForm(
        posted(request),
        questions=practice.application_questions or usual.APPLICATION,
        referees=practice.references,
        consent=words_for(practice, ConsentKind.DATA),
        own=False,
    )
    made: list[MentorRow] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            mentors.apply(
                practice=practice,
                details={**form.details, "applied_on": given["applied_on"]},
                answers=form.answers,
                referees=form.named,
                agreed=given["agreed"],
                today=timezone.localdate(),
                by=request.user,
                how="taken down by staff",
            )
        )

    return asking(
        request,
        form,
        act,
        heading="Take down an application to mentor",
        lede="The same questions as on the public form. What is not known yet can follow.",
        back=reverse("mentors", args=[slug]),
        to=lambda: reverse("mentor", args=[slug, made[0].ref]),
        said="The application is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_change(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Change what is known; refused where somebody else saved meanwhile."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = ChangeForm(posted(request), found)

    def act() -> None:
        if parse_datetime(form.cleaned_data["changed_at"]) != found.changed_at:
            raise Refused("Somebody else has changed this record meanwhile. Look at it again before you save.")
        seen = {name: getattr(found, name) for name in form.details}
        mentors.change(mentor=found, seen=seen, by=request.user, **form.details)

    return asking(
        request,
        form,
        act,
        heading=f"Change what is known of {found.name}",
        back=reverse("mentor", args=[slug, mentor]),
        said="The changes are saved.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_consent(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Whether their details may be kept, as they said it on paper or by telephone, in today's wording."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    wording = words_for(run.practice, ConsentKind.DATA)
    form = ConsentForm(posted(request), may(found, ConsentKind.DATA, timezone.localdate()))
    return asking(
        request,
        form,
        lambda: record_answer(
            kind=ConsentKind.DATA,
            answer=Answer(form.cleaned_data["answer"]),
            on=form.cleaned_data["on"],
            wording=wording,
            by=request.user,
            how=form.cleaned_data["how"],
            mentor=found,
        ),
        heading=f"May {found.name}’s details be kept?",
        lede=f"Asked in these words: “{wording}”",
        back=reverse("mentor", args=[slug, mentor]),
        said="The answer is recorded.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_step(request: Signed, slug: str, mentor: str, step: str) -> HttpResponse:
    """A step of the road; the interview asks everybody the same questions and keeps what was said."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    kind = next((one for one in STEPS if one.value == step), None)
    if kind is None:
        raise Http404("No such page.")
    questions = (run.practice.interview_questions or usual.INTERVIEW) if kind is StepKind.INTERVIEW else ()
    form = StepForm(posted(request), kind, questions)
    heading, said = STEPS[kind]

    def act() -> None:
        given = form.cleaned_data
        outcome = StepOutcome(given["outcome"]) if "outcome" in given else StepOutcome.DONE
        mentors.take_step(
            mentor=found,
            kind=kind,
            on=given["on"],
            outcome=outcome,
            note=given["note"],
            answers=form.answers,
            by=request.user,
        )

    return asking(
        request,
        form,
        act,
        heading=heading.format(found.name),
        back=reverse("mentor", args=[slug, mentor]),
        said=said,
        template="coordinator/mentors/step.html",
        role=run.practice.mentor_role if kind is StepKind.ROLE else "",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_select(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """The decision with its reason, beside how the person did in training and what the others found."""
    run = doors.people(request, slug)
    found = mentor_of(run, mentor)
    form = SelectionForm(posted(request))
    file = file_of(found)
    beside = [
        SummaryRow(
            f"{row.session.training.title}, {longdate(row.session.on)}",
            [
                row.get_state_display().capitalize(),
                *(
                    [f"Understood what was covered: {'yes' if row.understood else 'no'}"]
                    if row.understood is not None
                    else []
                ),
                *([row.performance] if row.performance else []),
            ],
        )
        for row in file.attendance
    ]
    beside += [
        SummaryRow(
            step.get_kind_display().capitalize(), [f"{step.get_outcome_display()}, {longdate(step.on)}", step.note]
        )
        for step in file.steps
        if step.kind in (StepKind.ROLE, StepKind.INTERVIEW, StepKind.POST_TRAINING)
    ]

    def act() -> None:
        given = form.cleaned_data
        mentors.select(
            mentor=found,
            practice=run.practice,
            chosen=given["chosen"] == "yes",
            reason=given["reason"],
            on=given["on"],
            by=request.user,
            today=timezone.localdate(),
        )

    return asking(
        request,
        form,
        act,
        heading=f"Select {found.name}, or not",
        back=reverse("mentor", args=[slug, mentor]),
        said="The decision is recorded.",
        template="coordinator/mentors/step.html",
        beside=beside,
    )


@page(Desk.SERVICE, "GET", "POST")
def mentor_feedback(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """What somebody who was not selected was told, and where else they may be welcome."""
    found = mentor_of(doors.people(request, slug), mentor)
    form = FeedbackForm(posted(request))
    return asking(
        request,
        form,
        lambda: mentors.give_feedback(mentor=found, by=request.user, **form.cleaned_data),
        heading=f"Feedback to {found.name}",
        back=reverse("mentor", args=[slug, mentor]),
        said="The feedback is recorded.",
    )
