"""Plain Django forms rendered as GOV.UK markup, and the few fields Django lacks.

Set by FORM_RENDERER, so `{{ form }}` in any template is an error summary and the fields; a page adds only the form
tag (with novalidate), the csrf token and its button. Typed text is always shown again as it was typed.

Widget attributes understood, besides HTML's own:
  class            GOV.UK modifiers: "govuk-input--width-5", "govuk-radios--inline", "govuk-radios--small"
  data-maxwords    on a Textarea: a word count beneath it (see LongText for the check on the server)
  maxlength        on a Textarea: becomes a character count, so that pasted text is never cut off silently
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.dates import MONTHS
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

__all__ = [
    "DateInput3",
    "ErrorSummary",
    "GovBoundField",
    "GovDateField",
    "Hinted",
    "LongText",
    "MoneyInput",
    "PoundsField",
    "Renderer",
    "hinted",
]

_OWN = {
    "django/forms/div.html": "kit/form_fields.html",
    "django/forms/p.html": "kit/form_fields.html",
    "django/forms/ul.html": "kit/form_fields.html",
    "django/forms/table.html": "kit/form_fields.html",
    "django/forms/widgets/radio.html": "kit/widgets/radios.html",
    "django/forms/widgets/checkbox_select.html": "kit/widgets/checkboxes.html",
    "django/forms/widgets/password.html": "kit/widgets/password.html",
    "django/forms/widgets/clearable_file_input.html": "kit/widgets/file.html",
}


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


def _kind(widget: forms.Widget) -> str:
    for kind, types in (
        ("date", DateInput3),
        ("radios", forms.RadioSelect),
        ("checkboxes", forms.CheckboxSelectMultiple),
        ("checkbox", forms.CheckboxInput),
        ("select", forms.Select),
        ("textarea", forms.Textarea),
        ("password", forms.PasswordInput),
        ("file", forms.FileInput),
    ):
        if isinstance(widget, types):
            return kind
    return "input" if isinstance(widget, forms.widgets.Input) else "other"


_CLASS = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "file": "govuk-file-upload",
    "input": "govuk-input",
    "checkbox": "govuk-checkboxes__input",
}


class GovBoundField(BoundField):
    """A bound field that knows its GOV.UK component, classes, and where an error summary should lead."""

    label_size = "s"
    is_heading = False

    @property
    def kind(self) -> str:
        return _kind(self.field.widget)

    @property
    def counts(self) -> dict[str, Any]:
        """The character-count component's data attributes; empty when nothing is counted."""
        attrs = self.field.widget.attrs
        if self.kind != "textarea":
            return {}
        if words := attrs.get("data-maxwords"):
            return {"data-maxlength": words, "data-count-type": "words"}
        if length := attrs.get("maxlength"):
            return {"data-maxlength": length, "data-threshold": 75}
        return {}

    @property
    def limit_words(self) -> str:
        """The count's sentence for those without scripts."""
        counts = self.counts
        if "data-count-type" in counts:
            return gettext("You can enter up to %(count)s words") % {"count": counts["data-maxlength"]}
        return gettext("You can enter up to %(count)s characters") % {"count": counts["data-maxlength"]}

    @property
    def optional(self) -> bool:
        """Optional fields say so; a lone box to tick is always optional unless it must be ticked."""
        return not self.field.required and self.kind != "checkbox" and not self.field.disabled

    @property
    def error_id(self) -> str:
        """The id of the control an error leads to: the first wrong box, the first choice, or the control itself."""
        if self.kind == "date":
            boxes = self.wrong_boxes or ["day"]
            return f"{self.auto_id}_{('day', 'month', 'year').index(boxes[0])}"
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return str(self.field.widget.attrs.get("id") or self.auto_id)

    @property
    def wrong_boxes(self) -> list[str]:
        for error in self._faults():
            if isinstance(error.params, Mapping) and "boxes" in error.params:
                return str(error.params["boxes"]).split()
        return ["day", "month", "year"] if self.errors else []

    def _faults(self) -> list[ValidationError]:
        return self.errors.as_data() if self.errors else []

    @property
    def messages(self) -> list[str]:
        """The field's errors in words. Django's bare 'This field is required.' becomes what to do about this one."""
        said = [str(message) for fault in self._faults() for message in fault.messages]
        bare = str(forms.Field.default_error_messages["required"])
        return [self._required() if message == bare else message for message in said]

    def _required(self) -> str:
        label = str(self.label).strip().rstrip(":")
        if label.endswith("?"):
            return gettext("Answer the question ‘%(label)s’") % {"label": label}
        match self.kind:
            case "radios" | "select" | "checkboxes":
                return gettext("Choose an answer for ‘%(label)s’") % {"label": label}
            case "checkbox":
                return gettext("Tick ‘%(label)s’ to go on") % {"label": label}
            case "file":
                return gettext("Choose a file for ‘%(label)s’") % {"label": label}
            case _:
                return gettext("Fill in ‘%(label)s’") % {"label": label}

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """GOV.UK's classes and descriptions. No `required`: the browser's own bubble would hide the error summary."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return built
        built["required"] = False
        kind = _kind(widget)
        own = [_CLASS.get(kind, ""), str(widget.attrs.get("class", "")), str(built.pop("class", ""))]
        if self.errors and kind in _CLASS:
            own.append(f"{_CLASS[kind].split()[0]}--error")
        if self.counts and kind == "textarea":
            own.append("govuk-js-character-count")
            described = f"{built.get('aria-describedby', '')} {self.auto_id}-info".strip()
            built |= {"aria-describedby": described, "maxlength": False, "data-maxwords": False}
        classes = " ".join(filter(None, own))
        if classes:
            built["class"] = classes
        if kind == "date" and self.errors:
            built["data-wrong"] = " ".join(self.wrong_boxes)
        if kind == "password":
            built |= {"spellcheck": "false", "autocapitalize": "none"}
        # The label is above the box; a placeholder that repeats it only vanishes when needed (allauth sets them)
        if kind in {"input", "password"} and "placeholder" in widget.attrs:
            built["placeholder"] = False
        return built


class Renderer(TemplatesSetting):
    """FORM_RENDERER: GOV.UK markup for forms, fields, formsets and widgets."""

    form_template_name = "kit/form_fields.html"
    field_template_name = "kit/field.html"
    formset_template_name = "kit/formset.html"
    bound_field_class = GovBoundField

    def get_template(self, template_name: str) -> Any:
        """Our template where there is one: by name, for django.forms stands before us among the installed apps."""
        return get_template(_OWN.get(template_name, template_name))


@dataclass(frozen=True, slots=True)
class SummaryError:
    """One line of an error summary; without `href` it belongs to no field."""

    text: str
    href: str = ""


class ErrorSummary:
    """The errors of one form or several, in the order of the page, each leading to its field."""

    def __init__(self, *given: forms.BaseForm | forms.BaseFormSet[Any]) -> None:
        self.forms: Sequence[forms.BaseForm | forms.BaseFormSet[Any]] = given

    @property
    def errors(self) -> list[SummaryError]:
        found: list[SummaryError] = []
        for form in self.forms:
            if isinstance(form, forms.BaseFormSet):
                found += [SummaryError(str(text)) for text in form.non_form_errors()]
                for one in form.forms:
                    found += self._of(one)
            else:
                found += self._of(form)
        return found

    def _of(self, form: forms.BaseForm) -> list[SummaryError]:
        if not form.is_bound or not form.errors:
            return []
        found = [SummaryError(str(text)) for text in form.non_field_errors()]
        for bound in form:
            if isinstance(bound, GovBoundField) and not bound.is_hidden:
                found += [SummaryError(text, f"#{bound.error_id}") for text in bound.messages]
            else:  # nobody can mend a hidden field, so its error names it
                found += [SummaryError(f"{bound.label}: {text}") for text in bound.errors]
        return found

    def __bool__(self) -> bool:
        return bool(self.errors)
