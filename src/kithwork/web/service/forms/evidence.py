"""Adding evidence, using it again, sending it, and writing a piece."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.schemes import Piece, Requirement
from kithwork.core.words import count_words
from kithwork.evidence.actions import REDACTED
from kithwork.evidence.passing import NOBODY_ON_IT
from kithwork.web.kit.forms import GovDateField, LongText

_KEPT = "What you declare is kept with your name and the time."


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
        if requirement is not None and requirement.live:
            self.fields.pop("casework", None)  # it is: the requirement says so
            if self.which == "statement":
                self.fields["declared"].help_text = f"Casework is asked for here, so this is needed. {_KEPT}"

    which: ClassVar[str] = ""

    def clean_dated(self) -> date | None:
        dated: date | None = self.cleaned_data.get("dated")
        found = freshness(self.requirement, dated, self.today)
        if not found.verdict and (dated is not None or self.fields["dated"].required):
            raise ValidationError(found.verdict.because, params={"boxes": "day month year"})
        return dated

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.which != "statement":  # a file is approved at the gate, and of a link it is always declared
            return found
        verdict = redacted(self.requirement, casework=bool(found.get("casework")), declared=bool(found.get("declared")))
        if not verdict:
            self.add_error("declared", verdict.because)
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
        help_text=f"Needed for casework. {_KEPT}",
    )


class AddFile(_Adding):
    which = "file"
    title = forms.CharField(label="What is it?", max_length=200, help_text="For example: Safeguarding policy")
    upload = forms.FileField(
        label="File",
        help_text="PDF, Word, Excel, OpenDocument, a picture or plain text, up to 25 MB. Next you look through the "
        "names in it; only a redacted copy leaves your service",
    )
    dated = _dated()
    casework = _casework()


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
    declared = forms.BooleanField(
        label=NOBODY_ON_IT,
        help_text=f"A page elsewhere cannot be looked through here. {_KEPT}",
        error_messages={"required": "Look at the page, and say that nobody can be found on it."},
    )


class AddStatement(_Adding):
    which = "statement"
    title = forms.CharField(label="What is it about?", max_length=200)
    text = LongText(label="Your statement", max_length=20000, rows=8, help_text="In your own words. Do not name anyone")
    casework = _casework()
    declared = _declared()


RECORDS = "records"  # chosen instead of an item, whose reference is longer


class UseItem(forms.Form):
    """What is there already: other evidence of the journey, and what the service's records show."""

    item = forms.ChoiceField(label="Which evidence?", widget=forms.RadioSelect)
    declared = _declared()

    def __init__(
        self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]], *, declare: bool = False
    ) -> None:
        """`declare`: casework is asked for here, and there is something to choose that nobody has declared."""
        super().__init__(data, prefix="use")
        if declare:
            self.fields["declared"].help_text = f"Needed for what is not declared redacted yet. {_KEPT}"
        else:
            del self.fields["declared"]
        if len(choices) > 12:
            self.fields["item"] = forms.ChoiceField(label="Which evidence?")
            choices = [("", "Choose"), *choices]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class UseConfirmed(forms.Form):
    item = forms.ChoiceField(label="Which evidence?", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        """`choices`: what was confirmed on another journey and counts here today."""
        super().__init__(data, prefix="again")
        self.fields["item"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class OfferAlso(forms.Form):
    slot = forms.ChoiceField(label="Use it for another one")

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, prefix="also")
        self.fields["slot"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]  # a ChoiceField


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
