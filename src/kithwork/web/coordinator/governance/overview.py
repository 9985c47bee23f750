"""The service's own page in cards: what is due about it, and the rooms in which things stand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.http import Http404
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.access import Run
from kithwork.governance.access import own_staff_file
from kithwork.governance.due import Cover, Due, Matter, current_staff, due_of, ground_due, near, unanswered
from kithwork.governance.registers import Register
from kithwork.rights.queries import open_of_service
from kithwork.web.coordinator.governance.registers import BOOKS
from kithwork.web.coordinator.governance.registers.money import COVER_WORDS
from kithwork.web.coordinator.governance.wording import listing, standing
from kithwork.web.kit.cards import Kind, StateTag, TaskRow
from kithwork.web.templatetags.kit import plural

MOST = 12  # tasks shown; the rooms hold the rest
_BOOK = {book.register: book for book in BOOKS}
_REGISTER = {
    Matter.INSURANCE: Register.INSURANCE,
    Matter.RISK: Register.RISKS,
    Matter.FUNDING: Register.FUNDING,
    Matter.EVALUATION: Register.EVALUATIONS,
    Matter.CHANGE_TOLD: Register.CHANGES,
}
_NAMED = {Matter.RISK, Matter.CHANGE_TOLD}  # whose `ref` is an entry's


def task_of(due: Due, slug: str, today: date) -> TaskRow:
    """What is due about the service, in words, with where it is done."""
    match due.matter:
        case Matter.POLICY:
            title, href = f"Review: {due.what}", reverse("policy", args=[slug, due.ref])
        case Matter.TOLD:
            title, href = f"Tell people of the change: {due.what}", reverse("policy", args=[slug, due.ref])
        case Matter.LOAN:
            title, href = f"To come back: {due.what}", reverse("resource", args=[slug, due.ref])
        case _:
            book = _BOOK[_REGISTER[due.matter]]
            href = book.address(slug, due.ref) if due.matter in _NAMED else book.address(slug)
            title = _WORDS[due.matter].format(what=_what(due))
    never = {Matter.POLICY: "Not approved yet", Matter.INSURANCE: "Not insured", Matter.FUNDING: "Not funded"}
    return TaskRow(title, href, state=standing(due.on, today, never=never.get(due.matter, "Never done")))


def _what(due: Due) -> str:
    if due.matter is not Matter.INSURANCE:
        return due.what
    return listing([COVER_WORDS[Cover(one)] for one in due.what.split()])


_WORDS = {
    Matter.INSURANCE: "Insurance: {what}",
    Matter.RISK: "Act against a risk: {what}",
    Matter.FUNDING: "Find funding for the next 12 months",
    Matter.EVALUATION: "Evaluate the service",
    Matter.CHANGE_TOLD: "Tell people what was changed",
}


def finding(dues: Sequence[Due]) -> str:
    """'3 policies are near their date', or over how much the heading speaks."""
    if not dues:
        return "Everything about the service is in order"
    policies = sum(due.matter is Matter.POLICY for due in dues)
    if policies == len(dues):
        return f"{plural(policies, 'policy is,policies are')} near or past {'its' if policies == 1 else 'their'} date"
    rest = plural(len(dues), "thing needs,things need")
    return f"{rest} you about the service"


def due_about(run: Run, today: date) -> list[Due]:
    """What is due about the service now."""
    return merged(near(ground_due(run.service, today, run.practice.begun_on), today))


def merged(dues: Iterable[Due]) -> list[Due]:
    """The same in their order; covers of insurance that lapse on the same day as one."""
    found: list[Due] = []
    for due in dues:
        last = found[-1] if found else None
        if last and last.matter is due.matter is Matter.INSURANCE and last.on == due.on:
            found[-1] = replace(last, what=f"{last.what} {due.what}")
        else:
            found.append(due)
    return found


def _register(run: Run, register: Register) -> TaskRow:
    book = _BOOK[register]
    return TaskRow(book.title, book.address(run.service.slug), hint=book.lede)


def rooms(run: Run, user: User, today: date) -> list[tuple[str, list[TaskRow]]]:
    """The rooms in groups, each with what stands there; only those this person may enter."""
    slug = run.service.slug
    ground = [
        TaskRow("Policies and protocols", reverse("policies", args=[slug]), "Versions, reviews, who was told."),
        *(_register(run, one) for one in (Register.INSURANCE, Register.RISKS, Register.FUNDING)),
        *(_register(run, one) for one in (Register.TRUSTEES, Register.MEETINGS)),
    ]
    measured = [
        TaskRow("What changes for people", reverse("outcomes", args=[slug]), "Confidence, wellbeing, goals (33)."),
        TaskRow("Who takes part", reverse("equalities", args=[slug]), "Equalities, counted (36)."),
    ]
    if run.coordinates:
        hint = "Questionnaires to mentees, mentors, families, referrers (37)."
        measured.insert(1, TaskRow("What people say when asked", reverse("questionnaires", args=[slug]), hint))
        hint = "What your records show of each requirement of an award, and what to mend first."
        measured.insert(0, TaskRow("Ready for an award", reverse("readiness", args=[slug]), hint))
    measured.insert(0, TaskRow("Reports", reverse("reports", args=[slug]), "A year in figures, to hand on (34, 45)."))
    learning = measured + [_register(run, one) for one in (Register.OUTCOMES, Register.TARGETS, Register.EVALUATIONS)]
    if run.coordinates:
        waiting = unanswered(run.service).count()
        tag = StateTag(f"{waiting} waiting", Kind.AMBER) if waiting else None
        said = _register(run, Register.COMPLAINTS)
        learning.append(TaskRow(said.title, said.href, said.hint, tag))
    learning += [_register(run, one) for one in (Register.CHANGES, Register.PRACTICE)]
    people = _people(run, user, today)
    if run.coordinates:
        people = [
            TaskRow("Trainings", reverse("trainings", args=[slug]), "Initial, refresher, specific (48, 54)."),
            TaskRow("Gatherings", reverse("gatherings", args=[slug]), "Peer groups, social events, newsletters."),
            *people,
        ]
    people.append(TaskRow("Library", reverse("library", args=[slug]), "What people share, and borrow."))
    found = [("What it stands on", ground), ("How well it works", learning), ("For those who do the work", people)]
    if run.coordinates:
        found.append(("In and out", _moving(run)))
    if run.leads:
        found.append(
            (
                "How it works",
                [
                    TaskRow("Settings", reverse("practice", args=[slug]), "Words, intervals, who runs it."),
                    TaskRow("Sample people", reverse("sample", args=[slug]), "To look around; thrown away again."),
                ],
            )
        )
    return found


def _moving(run: Run) -> list[TaskRow]:
    slug = run.service.slug
    rows = [TaskRow("Spreadsheets", reverse("imports", args=[slug]), "Bring in people, matches and contacts.")]
    waiting = open_of_service(run.service).count()
    tag = StateTag(f"{waiting} waiting", Kind.AMBER) if waiting else None
    hint = "What people asked of their data, how long records are kept, what goes."
    rows.append(TaskRow("People’s rights", reverse("rights", args=[slug]), hint, tag))
    if run.leads:
        rows += [
            TaskRow("Mail", reverse("service_outbox", args=[slug]), "What waits, what left, what failed."),
            TaskRow("Everything", reverse("export_service", args=[slug]), "The whole service as one archive."),
        ]
    return rows


def _people(run: Run, user: User, today: date) -> list[TaskRow]:
    rows: list[TaskRow] = []
    slug = run.service.slug
    if run.leads:
        dues = [due for one in current_staff(run.service, today) for due in due_of(one, today)]
        number = len(near(dues, today))
        tag = StateTag(f"{number} due", Kind.AMBER) if number else None
        hint = "References, vetting, training, supervision, appraisal (27 to 32)."
        rows.append(TaskRow("Staff", reverse("staff", args=[slug]), hint, tag))
    try:
        own_staff_file(run.service, user)
    except Http404:
        return rows
    return [*rows, TaskRow("Your own file", reverse("my_file", args=[slug]), "Supervision, appraisal, training.")]
