"""What is wrong with a form, and a refusal of what it asked for, in one summary above the page's heading."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from kithwork.core.verdict import Refused
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms.bound import GovBoundField


def refuse(form: forms.BaseForm, because: Refused, onward: Link | None = None) -> None:
    """Put a refusal at the top of the form's summary, with a link to what can be done now.

    What was typed stays in the form. Faults of shape are dropped: mending them would not help.
    """
    form.errors.clear()
    text = str(because).replace("%", "%%") if onward else str(because)  # Django fills params into the text
    form.add_error(None, ValidationError(text, code="refused", params={"onward": onward} if onward else None))


def refusal(because: Refused, onward: Link | None = None) -> forms.Form:
    """The same for a page whose form is a button alone: something to hand to `{% error_summary %}`."""
    form = forms.Form({})
    refuse(form, because, onward)
    return form


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
        found: list[SummaryError] = []
        for fault in form.errors.as_data().get(NON_FIELD_ERRORS, ()):
            found += [SummaryError(str(text)) for text in fault.messages]
            onward = fault.params.get("onward") if isinstance(fault.params, Mapping) else None
            if isinstance(onward, Link):
                found.append(SummaryError(str(onward.text), onward.href))
        for bound in form:
            if isinstance(bound, GovBoundField) and not bound.is_hidden:
                found += [SummaryError(text, f"#{bound.error_id}") for text in bound.messages]
            else:  # nobody can mend a hidden field, so its error names it
                found += [SummaryError(f"{bound.label}: {text}") for text in bound.errors]
        return found

    def __bool__(self) -> bool:
        return bool(self.errors)
