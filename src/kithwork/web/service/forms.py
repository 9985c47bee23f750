"""Forms of the service desk. They check shape; whether a thing may be done is asked of the actions."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html_join

from kithwork.core.freshness import freshness
from kithwork.core.schemes import ChecklistStage, Edition, FieldKind, FormField, FormStage, Piece, Requirement
from kithwork.core.words import count_words
from kithwork.evidence.actions import REDACTED
from kithwork.organisations.queries import ROLES_OF_PROVIDERS
from kithwork.web.kit.forms import GovDateField, LongText, PoundsField, hinted

YES_NO = (("yes", "Yes"), ("no", "No"))
_WIDE = {"class": "govuk-!-width-full"}
_INLINE = {"class": "govuk-radios--inline"}


def _text_hint(text: str | None) -> str:
    """A scheme's hint as help text: escaped here, because the kit shows help texts as markup."""
    return format_html_join("", "{}", [(text,)]) if text else ""


class NewService(forms.Form):
    name = forms.CharField(label="Name of the service", max_length=200, help_text="As people know it")
    place = forms.CharField(
        label="Town or area", max_length=120, required=False, help_text="Shown on a public register beside the name"
    )
    website = forms.URLField(
        label="Website", required=False, assume_scheme="https", help_text="Such as www.example.org"
    )


class Apply(forms.Form):
    service = forms.ChoiceField(label="Which service is this for?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, services: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"service": services[0][0]} if len(services) == 1 else None)
        self.fields["service"].choices = services  # type: ignore[attr-defined]  # a ChoiceField


class Invite(forms.Form):
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["role"].choices = roles()  # type: ignore[attr-defined]  # a ChoiceField


class ChangeRole(forms.Form):
    role = forms.ChoiceField(label="What may they do?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: str = "") -> None:
        super().__init__(data, initial={"role": now})
        self.fields["role"].choices = roles()  # type: ignore[attr-defined]  # a ChoiceField


def roles() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for role in ROLES_OF_PROVIDERS:
        name, _, does = str(role.label).partition(" (")
        found.append((role.value, hinted(name, does.rstrip(")").capitalize() if does else "")))
    return found


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


class StageForm(forms.Form):
    """A scheme's form, one page of it or (without `page`) the whole."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        edition: Edition,
        stage: FormStage,
        page: str | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.asked = [one for one in stage.fields if page in (None, one.page)]
        for one in self.asked:
            self.fields[one.id] = field_for(one, edition)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for one in self.asked:
            if one.must_be_yes and found.get(one.id) == "no":
                self.add_error(one.id, one.must_be_yes)
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, as it is kept: numbers as numbers, yes or no as a truth, dates as 2027-03-03."""
        return {one.id: kept(one, self.cleaned_data.get(one.id)) for one in self.asked}


def kept(one: FormField, value: object) -> object:
    if one.kind is FieldKind.YESNO:
        return {"yes": True, "no": False}.get(str(value))
    if isinstance(value, date):
        return value.isoformat()
    return value


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
        if isinstance(value, bool):
            found[one.id] = "yes" if value else "no"
        elif one.kind is FieldKind.DATE and isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            found |= {f"{one.id}_day": day, f"{one.id}_month": month, f"{one.id}_year": year}
        else:
            found[one.id] = str(value)
    return found


class _Adding(forms.Form):
    """What every way of adding evidence asks. `requirement` decides whether a date is needed."""

    title_label: ClassVar[str] = "What is it?"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        requirement: Requirement | None,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, prefix=self.which, initial=initial)
        self.requirement, self.today = requirement, today
        if "dated" in self.fields and requirement is not None and requirement.fresh is not None:
            self.fields["dated"].required = True
            self.fields[
                "dated"
            ].help_text = (
                f"When it was made or last reviewed. At most {requirement.fresh} old, such as 27 3 {today.year}"
            )
        if "casework" in self.fields and requirement is not None and requirement.live:
            self.fields["casework"].initial = True

    which: ClassVar[str] = ""

    def clean_dated(self) -> date | None:
        dated: date | None = self.cleaned_data.get("dated")
        found = freshness(self.requirement, dated, self.today)
        if not found.verdict and (dated is not None or self.fields["dated"].required):
            raise ValidationError(found.verdict.because, params={"boxes": "day month year"})
        return dated

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "casework" in self.fields and found.get("casework") and not found.get("declared"):
            self.add_error("declared", "Redact it first. Then tick this to say that you have done so")
        return found


def _dated() -> GovDateField:
    return GovDateField(
        label="Date of the document", required=False, help_text="When it was made or last reviewed, if it has a date"
    )


def _casework() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label="It shows casework: notes, plans, reviews or messages about real people",
        help_text="Tick this if anybody who is supported, mentors or works with you can be found in it.",
    )


def _declared() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label=REDACTED,
        help_text="Needed for casework. What you declare is kept with your name and the time.",
    )


class AddFile(_Adding):
    which = "file"
    title = forms.CharField(label="What is it?", max_length=200, help_text="For example: Safeguarding policy")
    upload = forms.FileField(
        label="File", help_text="PDF, Word, Excel, OpenDocument, a picture or plain text, up to 25 MB"
    )
    dated = _dated()
    casework = _casework()
    declared = _declared()


class AddLink(_Adding):
    which = "link"
    title = forms.CharField(label="What is it?", max_length=200, help_text="For example: Our page for new volunteers")
    url = forms.URLField(
        label="Address of the page",
        max_length=500,
        assume_scheme="https",
        help_text="It must open without a password",
        error_messages={"invalid": "Write a web address, such as https://www.example.org/volunteer"},
    )
    dated = _dated()


class AddStatement(_Adding):
    which = "statement"
    title = forms.CharField(label="What is it about?", max_length=200)
    text = LongText(label="Your statement", max_length=20000, rows=8, help_text="In your own words. Do not name anyone")
    casework = _casework()
    declared = _declared()


class UseItem(forms.Form):
    item = forms.ChoiceField(label="Which evidence?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, prefix="use")
        if len(choices) > 12:
            self.fields["item"] = forms.ChoiceField(label="Which evidence?")
            choices = [("", "Choose"), *choices]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class SendNote(forms.Form):
    note = forms.CharField(
        label="A note for your assessor",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example: what to look at first, or what has changed since the feedback",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, assessor: str = "assessor") -> None:
        super().__init__(data, prefix="send")
        self.fields["note"].label = f"A note for your {assessor}"


class RemarkForm(forms.Form):
    text = forms.CharField(
        label="Write a remark", max_length=4000, widget=forms.Textarea({"rows": 3}), help_text="Do not name anyone"
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, assessor: str = "assessor") -> None:
        super().__init__(data, prefix="remark")
        self.fields["text"].label = f"Ask or tell your {assessor} something"


class WritePiece(forms.Form):
    """A case study or an assignment: its text and what it declares."""

    def __init__(self, data: Mapping[str, Any] | None, piece: Piece, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.piece = piece
        self.fields["text"] = LongText(
            label="Your text",
            max_length=20000,
            rows=20,
            max_words=piece.max_words,
            help_text="Do not name anyone: one initial is enough",
        )
        for declaration in piece.declarations:
            self.fields[f"declare-{declaration.id}"] = forms.BooleanField(label=declaration.says, required=True)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        words = count_words(text)
        if self.piece.min_words and words < self.piece.min_words:
            raise ValidationError(f"It has {words} words; at least {self.piece.min_words} are needed")
        return text

    @property
    def declared(self) -> list[str]:
        return [d.id for d in self.piece.declarations if self.cleaned_data.get(f"declare-{d.id}")]


class Reason(forms.Form):
    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="The awarding body reads this",
    )


class ChooseLevel(forms.Form):
    level = forms.ChoiceField(label="What do you want to aim at?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"level": choices[0][0]} if len(choices) == 1 else None)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class Day(forms.Form):
    day = GovDateField(label="On which day?", help_text="For example, 27 3 2027")
    place = forms.CharField(label="Where", max_length=300, required=False)


class OfferAlso(forms.Form):
    slot = forms.ChoiceField(label="Use it for another one")

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, prefix="also")
        self.fields["slot"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]  # a ChoiceField
