"""Requests, erasures and periods in words."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from kithwork.caseload.queries.subjects import subject_names
from kithwork.governance.queries.staff import staff_list
from kithwork.organisations.models import Service
from kithwork.procedures.erasing import Plan
from kithwork.rights.queries import AskedRow, names_of_accounts, near
from kithwork.web.kit.cards import Kind, StateTag, TaskRow
from kithwork.web.templatetags.kit import longdate

SIDES = {"mentee": "A mentee", "mentor": "A mentor", "staff": "A member of staff", "user": "Somebody"}
WANTS = {
    "rectify": "{who} says that something held about them is wrong",
    "copy": "{who} asks for a copy of all that is held about them",
    "erase": "{who} asks for their record to be erased",
}
_PAGES = {"mentee": "mentee", "mentor": "mentor", "staff": "staff_file"}


def who_of(names: dict[str, str], subject: str) -> str:
    """The name, or that the record is gone."""
    return names.get(subject) or f"{SIDES.get(subject.partition(':')[0], 'Somebody')} whose record is erased"


def record_of(slug: str, subject: str) -> str:
    """Where the record is; '' where it has no page of its own."""
    side, _, ref = subject.partition(":")
    return reverse(_PAGES[side], args=[slug, ref]) if side in _PAGES else ""


def clock_of(asked: AskedRow, today: date) -> StateTag:
    """How the month stands, in a word."""
    if asked.due_on < today:
        return StateTag("Overdue", Kind.RED)
    return StateTag("Due soon", Kind.AMBER) if near(asked, today) else StateTag("Open", Kind.BLUE)


def days_of(asked: AskedRow) -> str:
    """'Asked on 3 May 2027, to be answered by 3 June 2027'."""
    return f"Asked on {longdate(asked.came_on)}, to be answered by {longdate(asked.due_on)}"


def names_of(service: Service, subjects: Iterable[str]) -> dict[str, str]:
    """The names of mentees, mentors, staff and colleagues, by subject; those who are erased have none. One query for
    each side that there is.
    """
    wanted = list(subjects)
    found = subject_names(service, wanted)
    files = {one.partition(":")[2] for one in wanted if one.startswith("staff:")}
    if files:
        found |= {f"staff:{one.ref}": one.name for one in staff_list(service) if one.ref in files}
    return found | names_of_accounts(wanted)


def named(service: Service, rows: Iterable[AskedRow]) -> dict[str, str]:
    """Who asked, by subject."""
    return names_of(service, [one.subject for one in rows])


def tasks(service: Service, rows: list[AskedRow], slug: str, today: date) -> list[TaskRow]:
    """Each request as something to do."""
    names = named(service, rows)
    return [
        TaskRow(
            WANTS[one.right].format(who=who_of(names, one.subject)),
            reverse("right_asked", args=[slug, one.ref]),
            days_of(one),
            clock_of(one, today),
        )
        for one in rows
    ]


def plan_tables(plan: Plan) -> dict[str, list[tuple[object, ...]]]:
    """The three tables of a preview: what goes, where a name is taken out, what stays and why."""
    return {
        "goes": [(what[:1].upper() + what[1:], number) for what, number in plan.goes],
        "unnamed": [(what[:1].upper() + what[1:], number) for what, number in plan.unnamed],
        "stays": [(what[:1].upper() + what[1:], f"{why[:1].upper()}{why[1:]}.") for what, why in plan.stays],
    }
