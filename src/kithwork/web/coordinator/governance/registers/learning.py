"""What is said of the service and what it learns: evaluations, complaints, changes, good practice (35, 37, 38)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from kithwork.caseload.access import Run
from kithwork.governance.due import evaluation_due, unanswered
from kithwork.governance.queries.entries import EVALUATED, SAID, Row, entries_of
from kithwork.governance.queries.entries import PRACTISED as KINDS
from kithwork.governance.registers import Register
from kithwork.web.coordinator.governance.fields import Entry, day, later, line, one_of, prose, yes
from kithwork.web.coordinator.governance.registers.book import Book, Head, Rows, only
from kithwork.web.coordinator.governance.wording import listing
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate, plural, waited

NO_NAMES = "Write nobody’s name: everybody who belongs to the service reads this."
GROUP = dict(EVALUATED)


class EvaluationForm(Entry):
    past = ("on",)

    title = line("What was it?", 200, help_text="For example: Yearly survey, or Three-year evaluation.")
    on = day("When was it done?")
    groups = forms.MultipleChoiceField(
        label="Who took part?",
        choices=[(group, text.capitalize()) for group, text in EVALUATED],
        widget=forms.CheckboxSelectMultiple,
    )
    figures = yes("It has figures")
    words = yes("It has what people said in their own words")
    baseline = yes("It compares with how things were at the start")
    survey = yes("It was a survey or working group with all of these", help_text="Excellence 10.")
    found = prose("What was found?", 8000, rows=8, required=False, help_text=NO_NAMES)


def evaluations_finding(run: Run, today: date) -> str:
    rows = entries_of(run.service, Register.EVALUATIONS)
    if not rows.exists():
        return "No evaluation is written down yet"
    due = evaluation_due(run.service, run.practice.begun_on)[0]
    assert due.on is not None  # it counts from the day the service began
    return f"An evaluation {'was' if due.overdue(today) else 'is'} due by {longdate(due.on)}"


def _evaluated(row: Row, today: date, beside: Any) -> Sequence[object]:
    held = [text for has, text in ((row.figures, "figures"), (row.words, "words"), (row.baseline, "baseline")) if has]
    return (row.on, listing([GROUP[group] for group in row.groups if group in GROUP]), listing(held))


EVALUATIONS = Book(
    register=Register.EVALUATIONS,
    title="Evaluations",
    adds="Add an evaluation",
    lede="At least every three years, with everybody involved, compared with how things were (indicator 37).",
    empty="Surveys and evaluations stand here: who took part, what was found.",
    form=EvaluationForm,
    finding=evaluations_finding,
    names=lambda row: row.title,
    heads=(
        Head("title", "Evaluation", ("title",)),
        Head("on", "When", ("on",)),
        Head("groups", "Took part"),
        Head("held", "Has"),
    ),
    cells=_evaluated,
    search=("title", "found"),
    sort="-on",
    start=lambda today: {"on": today},
)


class ComplaintForm(Entry):
    past = ("on", "acknowledged_on", "answered_on")
    in_order = (("on", "acknowledged_on"), ("on", "answered_on"))

    kind = one_of("What is it?", [(kind, text.capitalize()) for kind, text in SAID])
    on = day("When did it come?")
    whose = line("From whom?", 80, required=False, help_text="The group is enough: a mentee, a mentor, a carer.")
    what = prose("What do they say?", 8000)
    acknowledged_on = later("They were told that it came, on")
    answer = prose("What was answered?", 8000, required=False)
    answered_on = later("Answered on")
    upheld = forms.TypedChoiceField(
        label="Was the complaint right?",
        required=False,
        choices=[("True", "Yes, in whole or in part"), ("False", "No"), ("", "Not decided, or no complaint")],
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    learnt = prose("What was learnt?", 2000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("answered_on") and not data.get("answer"):
            self.add_error("answer", "Write down what was answered")
        if data.get("answer") and not data.get("answered_on") and "answered_on" not in self.errors:
            self.add_error("answered_on", "Say when it was answered")
        return data


def complaints_finding(run: Run, today: date) -> str:
    rows = entries_of(run.service, Register.COMPLAINTS)
    open_ = unanswered(run.service)
    if oldest := open_.values_list("on", flat=True).first():
        number = open_.count()
        since = waited((today - oldest).days)
        if number == 1:
            return (
                f"One has waited {since} for an answer"
                if since != "today"
                else "One came today and waits for an answer"
            )
        return f"{number} wait for an answer, the first since {longdate(oldest)}"
    return "Everybody has been answered" if rows.exists() else "Nobody has complained or suggested anything yet"


def _said(row: Row, today: date, beside: Any) -> Sequence[object]:
    if row.answered_on:
        state = StateTag("Answered", Kind.GREEN)
    elif row.kind == "praise":
        state = StateTag("Praise", Kind.GREEN)
    elif row.acknowledged_on:
        state = StateTag(f"Waits {waited((today - row.on).days)}", Kind.AMBER)
    else:
        state = StateTag(f"Not acknowledged, {waited((today - row.on).days)}", Kind.RED)
    return (
        str(row.get_kind_display()).capitalize(),
        row.whose,
        row.on,
        state,
        "" if row.upheld is None else row.upheld,
    )


def _name(row: Row) -> str:
    return row.what if len(row.what) <= 60 else f"{row.what[:57].rsplit(' ', 1)[0]} …"


def _open(rows: Rows, today: date) -> Rows:
    return rows.filter(answered_on__isnull=True).exclude(kind="praise")


COMPLAINTS = Book(
    register=Register.COMPLAINTS,
    title="Complaints and suggestions",
    adds="Write one down",
    lede="What people say of the service, what was answered, what was learnt (indicators 13 and 35).",
    empty="Complaints, suggestions and praise stand here. What comes by the public page is here by itself.",
    form=ComplaintForm,
    finding=complaints_finding,
    names=_name,
    heads=(
        Head("what", "What was said"),
        Head("kind", "Kind", ("kind", "on")),
        Head("whose", "From", ("whose",)),
        Head("on", "Came", ("on",)),
        Head("state", "State"),
        Head("upheld", "Right"),
    ),
    cells=_said,
    search=("what", "whose", "answer"),
    sort="-on",
    states={
        "open": ("Waits for an answer", _open),
        **{kind: (text.capitalize(), only(kind=kind)) for kind, text in SAID},
    },
    private=True,
    start=lambda today: {"on": today},
)


class ChangeForm(Entry):
    past = ("seen_on", "changed_on", "mentees_told_on", "mentors_told_on", "success_on")
    in_order = (("seen_on", "changed_on"), ("changed_on", "mentees_told_on"), ("changed_on", "mentors_told_on"))

    weakness = prose("What could be better?", 2000, help_text=NO_NAMES)
    seen_on = day("Seen on")
    change = prose("What was changed?", 2000, required=False)
    changed_on = later("Changed on")
    affects_people = yes("It changes what mentees or mentors meet with", help_text="Then they are told (indicator 38).")
    mentees_told_on = later("Mentees were told on")
    mentors_told_on = later("Mentors were told on")
    told_how = line("How were they told?", 200, required=False)
    success = prose("Did it help?", 2000, required=False)
    success_on = later("Looked at again on")


def _untold(rows: Rows, today: date) -> Rows:
    return rows.filter(affects_people=True, changed_on__isnull=False).filter(
        Q(mentees_told_on__isnull=True) | Q(mentors_told_on__isnull=True)
    )


def changes_finding(run: Run, today: date) -> str:
    rows = entries_of(run.service, Register.CHANGES)
    number = rows.count()
    if not number:
        return "No changes are written down yet"
    if untold := _untold(rows, today).count():
        return f"Not everybody was told of {plural(untold, 'change')}"
    made = rows.filter(changed_on__isnull=False).count()
    return f"{made} of {plural(number, 'weak point')} {'has' if made == 1 else 'have'} led to a change"


def _changed(row: Row, today: date, beside: Any) -> Sequence[object]:
    told = [
        text for when, text in ((row.mentees_told_on, "mentees"), (row.mentors_told_on, "mentors")) if when is not None
    ]
    if row.success_on:
        state = StateTag("Looked at again", Kind.GREEN)
    elif row.changed_on and row.affects_people and len(told) < 2:
        state = StateTag("Tell people", Kind.RED)
    elif row.changed_on:
        state = StateTag("See whether it helped", Kind.AMBER)
    else:
        state = StateTag("To be changed", Kind.BLUE)
    return (row.seen_on, row.changed_on, listing(told).capitalize(), state)


CHANGES = Book(
    register=Register.CHANGES,
    title="Weak points and changes",
    adds="Add a weak point",
    lede="What was seen, what was changed, who was told, and whether it helped (35, 38, excellence 7).",
    empty="What could be better stands here, and what you did about it. Feedback and complaints are where to look.",
    form=ChangeForm,
    finding=changes_finding,
    names=lambda row: row.weakness if len(row.weakness) <= 60 else f"{row.weakness[:57].rsplit(' ', 1)[0]} …",
    heads=(
        Head("weakness", "Weak point"),
        Head("seen", "Seen", ("seen_on",)),
        Head("changed", "Changed", ("changed_on",)),
        Head("told", "Told"),
        Head("state", "State"),
    ),
    cells=_changed,
    search=("weakness", "change", "success"),
    sort="-seen",
    states={
        "untold": ("Not everybody told", _untold),
        "open": ("Not changed yet", lambda rows, today: rows.filter(changed_on__isnull=True)),
        "look": (
            "To be looked at again",
            lambda rows, today: rows.filter(changed_on__isnull=False, success_on__isnull=True),
        ),
    },
    start=lambda today: {"seen_on": today},
)


class PractisedForm(Entry):
    past = ("on",)

    kind = one_of("What was it?", [(kind, text.capitalize()) for kind, text in KINDS])
    on = day("When?")
    what = line("What was done?", 500, help_text=NO_NAMES)


def practised_finding(run: Run, today: date) -> str:
    kinds = entries_of(run.service, Register.PRACTICE).order_by().values("kind").distinct().count()
    return (
        f"Good practice is shown in {kinds} of {len(KINDS)} ways" if kinds else "No good practice is written down yet"
    )


PRACTISED = Book(
    register=Register.PRACTICE,
    title="Good practice",
    adds="Add what was done",
    lede="Things done that an indicator asks for and that stand nowhere else, each with its day.",
    empty="Adapted materials, stories told, research read, evidence of need, an updated website: each with its day.",
    form=PractisedForm,
    finding=practised_finding,
    names=lambda row: row.what,
    heads=(
        Head("what", "What was done", ("what",)),
        Head("kind", "What it was", ("kind", "on")),
        Head("on", "When", ("on",)),
    ),
    cells=lambda row, today, beside: (str(row.get_kind_display()).capitalize(), row.on),
    search=("what",),
    sort="-on",
    states={kind: (text.split(" (")[0].capitalize(), only(kind=kind)) for kind, text in KINDS},
    start=lambda today: {"on": today},
)
