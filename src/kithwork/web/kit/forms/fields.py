"""The few fields and widgets that Django lacks: dates in three boxes, pounds, long texts, choices with hints."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy


class Hinted(str):
    """A choice's label that carries a hint; use hinted()."""

    hint: str


def hinted(label: str, hint: str) -> Hinted:
    """A choice with a hint beneath it: choices=[("phone", hinted("By phone", "Between 9am and 5pm"))]."""
    text = Hinted(label)
    text.hint = hint
    return text


class DateInput3(forms.MultiWidget):
    """Day, month and year in three boxes. The value is a date, or the three texts as they were typed."""

    template_name = "kit/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "class": "govuk-input govuk-date-input__input govuk-input--width-2"}
        month = {"class": "govuk-input govuk-date-input__input govuk-input--width-4"}
        year = number | {"class": "govuk-input govuk-date-input__input govuk-input--width-4"}
        super().__init__(
            {"day": forms.TextInput(number), "month": forms.TextInput(month), "year": forms.TextInput(year)}, attrs
        )

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        if isinstance(value, str) and value:  # an initial value out of a query string: 2027-03-27
            parts = value.split("-")
            return [parts[2].lstrip("0"), parts[1].lstrip("0"), parts[0]] if len(parts) == 3 else ["", "", value]
        return ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        attrs = dict(attrs or {})
        wrong = attrs.pop("data-wrong", "day month year" if attrs.pop("aria-invalid", None) else "").split()
        context = super().get_context(name, value, attrs)
        labels = (gettext("Day"), gettext("Month"), gettext("Year"))
        for part, label, box in zip(("day", "month", "year"), labels, context["widget"]["subwidgets"], strict=True):
            box["label"] = label
            if part in wrong:
                box["attrs"] |= {"class": box["attrs"]["class"] + " govuk-input--error", "aria-invalid": "true"}
        autocomplete = self.attrs.get("autocomplete", "")
        if autocomplete == "bday":
            for part, box in zip(("day", "month", "year"), context["widget"]["subwidgets"], strict=True):
                box["attrs"]["autocomplete"] = f"bday-{part}"
        return context


# fmt: off
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
_MONTH_OF = {
    name[:length]: number for number, name in enumerate(_ENGLISH, start=1) for length in range(3, len(name) + 1)
}


def _month(text: str) -> int:
    """The month's number from '3', '03', 'March', 'mar' or the name in the reader's language; 0 when it is none."""
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    said = text.casefold().rstrip(".")
    named = {str(name).casefold(): number for number, name in MONTHS.items()}
    return _MONTH_OF.get(said) or named.get(said, 0)


class GovDateField(forms.Field):
    """A date in three boxes; the cleaned value is a date, or None when not required and left empty.

    Errors say which box is wrong: their params hold {"boxes": "month year"}, which marks those boxes.
    """

    widget: Any = DateInput3
    default_error_messages: ClassVar[dict[str, Any]] = {
        "missing": gettext_lazy("The date must include %(missing)s"),
        "day": gettext_lazy("Write the day as a number from 1 to 31"),
        "month": gettext_lazy("Write the month as a number from 1 to 12, or by name, such as March"),
        "year": gettext_lazy("Write the year with four digits, such as %(example)s"),
        "unreal": gettext_lazy("There is no such date as %(date)s"),
    }

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        day, month, year = (str(part or "").strip() for part in value)
        if not (day or month or year):
            return None
        missing = [
            (box, word)
            for box, word, text in (
                ("day", gettext("a day"), day),
                ("month", gettext("a month"), month),
                ("year", gettext("a year"), year),
            )
            if not text
        ]
        if missing:
            words = gettext(" and ").join(word for _, word in missing)
            raise self._fault("missing", [box for box, _ in missing], missing=words)
        number = _month(month)
        if not (day.isascii() and day.isdigit() and 1 <= int(day) <= 31):
            raise self._fault("day", ["day"])
        if not number:
            raise self._fault("month", ["month"])
        if not re.fullmatch(r"[12][0-9]{3}", year):
            raise self._fault("year", ["year"], example=date.today().year)
        try:
            return date(int(year), number, int(day))
        except ValueError:
            shown = f"{int(day)} {MONTHS[number]} {year}"
            raise self._fault("unreal", ["day", "month", "year"], date=shown) from None

    def _fault(self, code: str, boxes: list[str], **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"boxes": " ".join(boxes), **params})

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except (ValidationError, ValueError):
            return True


class MoneyInput(forms.TextInput):
    """A box with £ before it."""

    template_name = "kit/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "class": "govuk-input--width-5", "spellcheck": "false"} | (attrs or {})
        )


class PoundsField(forms.IntegerField):
    """Whole pounds; takes '550', '£1,200' and '1200.00'. The cleaned value is an int, or None."""

    widget = MoneyInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Write the amount in whole pounds, such as 550")
    }

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value)
        return super().to_python(value)


class LongText(forms.CharField):
    """Several lines of text, with a limit in words that is shown as people type and checked on the server."""

    def __init__(self, *, max_words: int | None = None, rows: int = 5, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"rows": rows} | ({"data-maxwords": max_words} if max_words else {})
        kwargs.setdefault("widget", forms.Textarea(attrs))
        self.max_words = max_words
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        # GOV.UK's counter counts runs of non-space, so the server does the same
        if self.max_words and (used := len(value.split())) > self.max_words:
            raise ValidationError(
                ngettext_lazy(
                    "Use %(limit)s word or fewer; there are %(used)s",
                    "Use %(limit)s words or fewer; there are %(used)s",
                    "limit",
                ),
                code="max_words",
                params={"limit": self.max_words, "used": used},
            )
