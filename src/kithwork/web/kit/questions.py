"""A scheme's own questions: its checklists and forms, drafts of them, and answers as they are kept."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html_join

from kithwork.core.schemes import ChecklistStage, Column, Edition, Fault, FieldKind, FormField, FormStage, faults_of
from kithwork.web.kit.forms import GovBoundField, GovDateField, LongText, PoundsField, hinted

YES_NO = (("yes", "Yes"), ("no", "No"))
_INLINE = {"class": "govuk-radios--inline"}


def _text_hint(text: str | None) -> str:
    """A scheme's hint as help text: escaped here, because the kit shows help texts as markup."""
    return format_html_join("", "{}", [(text,)]) if text else ""


class Checklist(forms.Form):
    """One yes-or-no question each; any answer may be handed in."""

    def __init__(self, data: Mapping[str, Any] | None, stage: ChecklistStage) -> None:
        super().__init__(data)
        self.stage = stage
        for question in stage.questions:
            self.fields[question.id] = forms.ChoiceField(
                label=question.asks,
                help_text=_text_hint(question.hint),
                choices=YES_NO,
                widget=forms.RadioSelect(_INLINE),
            )

    @property
    def answers(self) -> dict[str, bool]:
        return {question.id: self.cleaned_data[question.id] == "yes" for question in self.stage.questions}


def pages_of(stage: FormStage) -> list[str]:
    """The titles of a form's pages, in order."""
    return list(dict.fromkeys(field.page for field in stage.fields))


@dataclass(frozen=True, slots=True)
class Block:
    """One field; or the rows of one, with those beyond what is needed apart."""

    label: str
    hint: str
    rows: list[list[Any]]
    spare: list[list[Any]]
    open_now: bool = False


class StageForm(forms.Form):
    """A scheme's form, one page of it or (without `page`) the whole."""

    template_name = "kit/question_fields.html"

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        edition: Edition,
        stage: FormStage,
        page: str | None = None,
        initial: dict[str, Any] | None = None,
        *,
        today: date,
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today
        self.asked = [one for one in stage.fields if page in (None, one.page)]
        for one in self.asked:
            if one.kind is FieldKind.ROWS:
                self.fields.update(row_fields(one))
            else:
                self.fields[one.id] = field_for(one, edition)

    @property
    def blocks(self) -> list[Block]:
        """The fields in their order, those of rows together."""
        found: list[Block] = []
        for one in self.asked:
            if one.kind is not FieldKind.ROWS:
                found.append(Block("", "", [[self[one.id]]], []))
                continue
            rows = [[self[cell_name(one, row, c.id)] for c in one.columns] for row in range(rows_offered(one))]
            needed, spare = rows[: one.at_least], rows[one.at_least :]
            open_now = any(box.errors or box.value() not in (None, "", ["", "", ""]) for row in spare for box in row)
            found.append(Block(one.label, _text_hint(one.hint), needed, spare, open_now=open_now))
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for one in self.asked:
            if any(name in self.errors for name in names_of(one)):
                continue
            for fault in faults_of(one, self.answer(one), self.today):
                self.add_error(_place(one, self._filled(one), fault), fault.says)
        return found

    def answer(self, one: FormField) -> Any:
        """One answer as it is kept: numbers as numbers, yes or no as a truth, dates as 2027-03-03."""
        if one.kind is not FieldKind.ROWS:
            return kept(one, self.cleaned_data.get(one.id))
        return [
            {column.id: _plain(self.cleaned_data.get(cell_name(one, row, column.id))) for column in one.columns}
            for row in self._filled(one)
        ]

    def _filled(self, one: FormField) -> list[int]:
        """The rows in which anything is written."""
        return [
            row
            for row in range(rows_offered(one))
            if any(self.cleaned_data.get(cell_name(one, row, column.id)) not in (None, "") for column in one.columns)
        ]

    @property
    def answers(self) -> dict[str, Any]:
        """All that was answered, as it is kept."""
        return {one.id: self.answer(one) for one in self.asked}

    def faulty(self, one: FormField) -> list[str]:
        """The names of the boxes of one field that hold a mistake."""
        return [name for name in names_of(one) if name in self.errors]


class _Cell(GovBoundField):
    """In a row that is begun nothing may be left out, so nothing says that it may."""

    optional = False


SPARE_ROWS = 3  # offered beyond those that are needed


def rows_offered(one: FormField) -> int:
    return one.at_least + SPARE_ROWS


def cell_name(one: FormField, row: int, column: str) -> str:
    return f"{one.id}-{row + 1}-{column}"


def names_of(one: FormField) -> list[str]:
    """The names of the boxes that a scheme's field is made of."""
    if one.kind is not FieldKind.ROWS:
        return [one.id]
    return [cell_name(one, row, column.id) for row in range(rows_offered(one)) for column in one.columns]


def row_fields(one: FormField) -> dict[str, forms.Field]:
    """The boxes of a field of rows, numbered; a row may be left empty, and which ones are needed `faults_of` says."""
    found: dict[str, forms.Field] = {}
    for row in range(rows_offered(one)):
        for column in one.columns:
            label = f"{row + 1}. {column.label}"
            common: dict[str, Any] = {"label": label, "required": False, "bound_field_class": _Cell}
            found[cell_name(one, row, column.id)] = _cell(column, common)
    return found


def _cell(column: Column, common: dict[str, Any]) -> forms.Field:
    match column.kind:
        case FieldKind.DATE:
            return GovDateField(**common)
        case FieldKind.CHOICE:
            return forms.ChoiceField(choices=[("", "Choose"), *((o, o) for o in column.options)], **common)
        case FieldKind.NUMBER:
            return forms.IntegerField(
                min_value=0, widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-5"}), **common
            )
        case FieldKind.TEXT:
            return forms.CharField(max_length=300, **common)


def _place(one: FormField, filled: list[int], fault: Fault) -> str:
    """The box beside which a fault is told; a missing row is told at the first empty one."""
    if one.kind is not FieldKind.ROWS:
        return one.id
    number = fault.row or 0
    empty = (row for row in range(rows_offered(one)) if row not in filled)
    row = filled[number] if number < len(filled) else next(empty, 0)
    return cell_name(one, row, fault.column or one.columns[0].id)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def kept(one: FormField, value: object) -> object:
    if one.kind is FieldKind.YESNO:
        return {"yes": True, "no": False}.get(str(value))
    return _plain(value)


def field_for(one: FormField, edition: Edition) -> forms.Field:
    """The form field that a scheme's field asks for."""
    common: dict[str, Any] = {
        "label": one.label,
        "help_text": _text_hint(one.hint),
        "required": one.required,
        "initial": one.default,
    }
    match one.kind:
        case FieldKind.TEXT:
            return forms.CharField(max_length=300, **common)
        case FieldKind.LONG:
            return LongText(max_words=one.max_words, max_length=20000, rows=8, **common)
        case FieldKind.NUMBER:
            return forms.IntegerField(
                min_value=0,
                max_value=1_000_000_000,
                widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-5"}),
                error_messages={"invalid": "Write a whole number, such as 3"},
                **common,
            )
        case FieldKind.MONEY:
            return PoundsField(min_value=0, max_value=1_000_000_000, **common)
        case FieldKind.DATE:
            return GovDateField(**common)
        case FieldKind.YESNO:
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect(_INLINE), **common)
        case FieldKind.CHOICE:
            options = [(option, option) for option in one.options]
            if len(options) > 7:
                return forms.ChoiceField(choices=[("", "Choose"), *options], **common)
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect(), **common)
        case FieldKind.EMAIL:
            return forms.EmailField(**common)
        case FieldKind.PHONE:
            return forms.CharField(
                max_length=40, widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}), **common
            )
        case FieldKind.WEB:
            return forms.URLField(assume_scheme="https", max_length=500, **common)
        case FieldKind.LEVEL:
            levels = [(lv.id, hinted(lv.title, lv.summary) if lv.summary else lv.title) for lv in edition.levels]
            return forms.ChoiceField(choices=levels, widget=forms.RadioSelect(), **common)
        case FieldKind.ROWS:
            raise ValueError("a field of rows is made of several boxes: see row_fields")


def typed(data: MultiValueDict[str, str] | Mapping[str, str]) -> dict[str, str]:
    """What was typed on a page, as a draft keeps it."""
    own = {"csrfmiddlewaretoken", "do", "slots"}
    return {name: str(data[name])[:20000] for name in data if name not in own and not name.startswith("_")}


def from_draft(form: forms.Form, fields: Mapping[str, str]) -> dict[str, Any]:
    """A draft's texts as initial values: whatever was typed is shown again, right or wrong."""
    held = MultiValueDict({name: [text] for name, text in fields.items()})
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        full = form.add_prefix(name)
        if any(key == full or key.startswith(f"{full}_") for key in fields):
            found[name] = field.widget.value_from_datadict(held, MultiValueDict(), full)
    return found


def from_answers(stage: FormStage, answers: Mapping[str, Any]) -> dict[str, str]:
    """Answers handed in earlier as a draft would keep them, so that a form asked for again starts from them."""
    found: dict[str, str] = {}
    for one in stage.fields:
        value = answers.get(one.id)
        if value is None:
            continue
        if one.kind is FieldKind.ROWS:
            for row, cells in enumerate(value):
                for column in one.columns:
                    found |= _written(cell_name(one, row, column.id), column.kind, cells.get(column.id))
        elif isinstance(value, bool):
            found[one.id] = "yes" if value else "no"
        else:
            found |= _written(one.id, one.kind, value)
    return found


def _written(name: str, kind: FieldKind, value: object) -> dict[str, str]:
    if kind is FieldKind.DATE and isinstance(value, str) and value.count("-") == 2:
        year, month, day = value.split("-")
        return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
    return {} if value is None else {name: str(value)}
