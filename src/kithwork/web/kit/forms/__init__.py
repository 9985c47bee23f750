"""Plain Django forms rendered as GOV.UK markup, and the few fields Django lacks.

Set by FORM_RENDERER, so `{{ form }}` in any template is an error summary and the fields; a page adds only the form
tag (with novalidate), the csrf token and its button. Typed text is always shown again as it was typed.

Widget attributes understood, besides HTML's own:
  class            GOV.UK modifiers: "govuk-input--width-5", "govuk-radios--inline", "govuk-radios--small"
  data-maxwords    on a Textarea: a word count beneath it (see LongText for the check on the server)
  maxlength        on a Textarea: becomes a character count, so that pasted text is never cut off silently
"""

from kithwork.web.kit.forms.bound import GovBoundField, Renderer
from kithwork.web.kit.forms.fields import (
    DateInput3,
    GovDateField,
    Hinted,
    LongText,
    MoneyInput,
    PoundsField,
    hinted,
)
from kithwork.web.kit.forms.summary import ErrorSummary, refusal, refuse

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
    "refusal",
    "refuse",
]
