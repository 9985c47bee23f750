"""Forms of what comes in: the file, its columns, what is done with rows that are here already."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from kithwork.core.tables import Book, Field, Table, Value
from kithwork.files.tables import LIMIT
from kithwork.procedures.importing import FIELDS, Of, Plan, Same, missing
from kithwork.web.kit.forms import GovBoundField, hinted

KINDS = [
    (Of.MENTEES, hinted("Mentees", "Who was referred, waits, is matched or has left.")),
    (Of.MENTORS, hinted("Mentors", "With their checks and the days of their steps.")),
    (Of.MATCHES, hinted("Matches", "Their mentees and mentors have to be here first.")),
    (Of.CONTACTS, hinted("Contacts", "Meetings, calls and visits; their people have to be here first.")),
]
_SAME = [
    (Same.SKIP, hinted("Leave those rows out", "What is on record stays as it is.")),
    (Same.MERGE, hinted("Fill in what is empty", "What a record says already stays.")),
    (Same.NEW, hinted("Bring them in all the same", "They are somebody, or something, else.")),
]
_LEAVE, _AGAIN = _SAME[0], _SAME[2]
MOST_ASKED = 30  # rows that are asked about one by one


class TakeForm(forms.Form):
    kind = forms.ChoiceField(label="What is in the file?", choices=KINDS, widget=forms.RadioSelect)
    upload = forms.FileField(
        label="The spreadsheet",
        help_text="Excel (.xlsx) or CSV, up to 25 MB. Nothing is brought in before you have seen the check.",
        error_messages={"required": "Choose the file", "empty": "This file is empty. Choose another"},
    )

    def clean_upload(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["upload"]
        if (upload.size or 0) > LIMIT:
            raise forms.ValidationError(f"The file is too large: at most {LIMIT // 1024 // 1024} MB")
        return upload


def _sample(table: Table, at: int) -> str:
    """The first thing a column says, shortened."""
    said: Value = next((line.cell(at) for line in table.lines if line.cell(at) is not None), None)
    text = f"{said:%d/%m/%Y}" if isinstance(said, date) else str(said or "")
    return f"{text[:24]}…" if len(text) > 24 else text


class _Column(GovBoundField):
    """Hardly any column has to be there, so the labels say which do, and not of each that it may be missing."""

    optional = False


class ColumnsForm(forms.Form):
    """One select for each field; which sheet and heading row, where the file leaves a choice."""

    bound_field_class = _Column

    def __init__(self, *given: Any, kind: str, book: Book, table: Table, **more: Any) -> None:
        super().__init__(*given, **more)
        self.kind = kind
        if len(book.sheets) > 1:
            sheets = [
                (str(at), f"{one.name} (hidden)" if one.hidden else one.name) for at, one in enumerate(book.sheets)
            ]
            self.fields["sheet"] = forms.ChoiceField(label="Sheet", choices=sheets)
        self.fields["heading_row"] = forms.IntegerField(
            label="Row of the headings", min_value=1, max_value=100_000,
            widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-5", "spellcheck": "false"}),
        )  # fmt: skip
        columns = [("", "No column")]
        for heading in table.headings:
            sample = _sample(table, heading.at)
            hidden = " (hidden in the workbook)" if heading.hidden else ""
            columns.append((heading.name, f"{heading.name}{hidden}{f' – such as {sample}' if sample else ''}"))
        for field in FIELDS[kind]:
            self.fields[f"of-{field.name}"] = forms.ChoiceField(
                label=f"{field.label} (needed)" if field.needed else field.label,
                help_text=field.means,
                choices=columns,
                required=False,
                error_messages={"invalid_choice": "This column is not in the file any more. Choose again"},
            )

    @property
    def found(self) -> list[BoundField]:
        """What is asked first: where the table is, and the fields that a column fills or every row needs."""
        return [self[name] for name in self.fields if not self._further(name)]

    @property
    def further(self) -> list[BoundField]:
        """The fields that no column fills yet."""
        return [self[name] for name in self.fields if self._further(name)]

    def _further(self, name: str) -> bool:
        field = next((one for one in FIELDS[self.kind] if f"of-{one.name}" == name), None)
        return field is not None and not (
            self[name].value() or self[name].errors or (field.needed and self._lacks(field))
        )

    def _lacks(self, field: Field) -> bool:
        """Whether a field that every row needs is given by no column, nor by its parts."""
        return field.label in missing(
            FIELDS[self.kind],
            {
                one.name: str(self[f"of-{one.name}"].value())
                for one in FIELDS[self.kind]
                if self[f"of-{one.name}"].value()
            },
        )

    @property
    def mapping(self) -> dict[str, str]:
        """Field -> heading, of the columns that were chosen."""
        return {
            name.removeprefix("of-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("of-") and value
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for label in missing(FIELDS[self.kind], self.mapping):
            name = next(field.name for field in FIELDS[self.kind] if field.label == label)
            self.add_error(f"of-{name}", f"Say which column gives ‘{label}’: every row needs it")
        return data

    @classmethod
    def initial_of(cls, mapping: Mapping[str, str], sheet: int, row: int) -> dict[str, Any]:
        return {"sheet": str(sheet), "heading_row": row, **{f"of-{name}": said for name, said in mapping.items()}}


class BringForm(forms.Form):
    """What is done with rows that are here already, one by one for the first of them, and with faulty ones."""

    def __init__(self, *given: Any, plan: Plan, **more: Any) -> None:
        super().__init__(*given, **more)
        people = plan.kind in (Of.MENTEES, Of.MENTORS)
        choices: Sequence[Any] = _SAME if people else (_LEAVE, _AGAIN)
        asked = [twin for twin in plan.twins if not twin.fixed]
        if asked:
            self.fields["same"] = forms.ChoiceField(
                label="What about the rows that are here already?", choices=choices, widget=forms.RadioSelect,
                initial=Same.SKIP,
            )  # fmt: skip
            own = [("", "The same as the others"), *((code, str(label)) for code, label in choices)]
            for twin in asked[:MOST_ASKED] if len(asked) > 1 else ():
                self.fields[f"row-{twin.row}"] = forms.ChoiceField(
                    label=f"Row {twin.row}: {twin.shown}",
                    help_text=f"Like {twin.like.shown}.",
                    choices=own,
                    required=False,
                )
        if plan.faults:
            rows = "the faulty row" if plan.faulty == 1 else f"the {plan.faulty} faulty rows"
            self.fields["skip_faulty"] = forms.BooleanField(
                label=f"Leave {rows} out and bring in the others", required=False,
                help_text="Or mend the file and read it again: what is brought in by then counts as here already.",
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, str]:
        """Row -> what is done with it; '' for all others."""
        told = {"": str(self.cleaned_data.get("same") or Same.SKIP)}
        for name, value in self.cleaned_data.items():
            if name.startswith("row-") and value:
                told[name.removeprefix("row-")] = str(value)
        return told
