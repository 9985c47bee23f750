"""Whether the answers to a scheme's form will do: the rule that page, action and API share.

Answers are as they are kept: text, whole numbers, true or false, dates as '2027-03-03', and rows as lists of such by
column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kithwork.core.days import Period
from kithwork.core.schemes.model import Column, Edition, FieldKind, FormField, FormStage


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one answer. `row` and `column` say where, in a field of rows; rows count from 0."""

    field: str
    says: str
    row: int | None = None
    column: str = ""


def form_at(edition: Edition, stage: FormStage, level: str) -> FormStage:
    """The form as somebody who aims at that level is asked it: fields of other levels are left out."""
    within = {level, *edition.level(level).includes}
    asked = tuple(field for field in stage.fields if not field.levels or within.intersection(field.levels))
    return stage.model_copy(update={"fields": asked})


def faults(stage: FormStage, answers: Mapping[str, Any], today: date) -> list[Fault]:
    """Everything wrong with the answers to a form, in its order; empty when it can be handed in."""
    return [fault for field in stage.fields for fault in faults_of(field, answers.get(field.id), today)]


def faults_of(field: FormField, value: Any, today: date) -> list[Fault]:
    """What is wrong with one answer. How recent a date must be is counted back from `today`."""
    if field.kind is FieldKind.ROWS:
        return _rows(field, value if isinstance(value, list) else [], today)
    if value in (None, ""):
        return [Fault(field.id, f"Fill in every part: '{field.label}' is missing.")] if field.required else []
    if field.must_be_yes and value is not True:
        return [Fault(field.id, field.must_be_yes)]
    if field.recent and (says := _too_long_ago(value, field.recent, today)):
        return [Fault(field.id, says)]
    return []


def _rows(field: FormField, rows: list[Any], today: date) -> list[Fault]:
    found: list[Fault] = []
    for number, row in enumerate(rows):
        for column in field.columns:
            value = row.get(column.id) if isinstance(row, Mapping) else None
            if value in (None, ""):
                found.append(Fault(field.id, f"Fill in '{column.label}', or empty the whole row.", number, column.id))
            elif says := _column(column, value, today):
                found.append(Fault(field.id, says, number, column.id))
    if found:
        return found
    if len(rows) < field.at_least and (field.required or rows):
        missing = field.at_least - len(rows)
        return [Fault(field.id, f"At least {field.at_least} are needed; {missing} more.", len(rows))]
    if field.varied and len(rows) > 1 and len({row.get(field.varied) for row in rows}) == 1:
        label = next(column.label for column in field.columns if column.id == field.varied)
        return [Fault(field.id, f"'{label}' must not be the same for all of them.", 0, field.varied)]
    return []


def _column(column: Column, value: Any, today: date) -> str:
    if column.kind is FieldKind.CHOICE and value not in column.options:
        return f"Choose one of: {', '.join(column.options)}."
    return _too_long_ago(value, column.recent, today) if column.recent else ""


def _too_long_ago(value: Any, recent: Period, today: date) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return "Give a date."
    if day > today:
        return "This lies in the future."
    if recent.after(day) < today:
        return f"This must be within the last {recent}."
    return ""
