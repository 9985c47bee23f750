"""A bound field that knows its GOV.UK component, and the renderer that puts it on the page."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.translation import gettext

from kithwork.web.kit.forms.fields import DateInput3

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
