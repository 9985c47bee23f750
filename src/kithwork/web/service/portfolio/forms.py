"""Forms of a portfolio: a piece's words, what it shows, and the note that goes with it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from kithwork.core.casework import redacted
from kithwork.core.portfolio import SENTENCE, Link
from kithwork.core.schemes import Requirement
from kithwork.evidence.actions import REDACTED
from kithwork.evidence.passing import NOBODY_ON_IT
from kithwork.evidence.portfolios import Piece
from kithwork.web.kit.forms import GovDateField, LongText


class PieceForm(forms.Form):
    """A piece's words. Subclasses add what their kind has."""

    title = forms.CharField(label="Title", max_length=200)
    dated = GovDateField(label="Date", required=False, help_text="When it happened or was made, if you want to say so")
    casework = forms.BooleanField(
        required=False,
        label="Real people are in it: trainees, pupils, colleagues or anybody else",
        help_text="Tick this if anybody can be recognised from what it says or shows.",
    )
    declared = forms.BooleanField(
        required=False,
        label=REDACTED,
        help_text="Needed where real people are in it. What you declare is kept with your name and the time.",
    )
    order: ClassVar[tuple[str, ...]] = ("title", "text", "dated", "casework", "declared")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.today = today
        self.order_fields(self.order)

    def clean_dated(self) -> date | None:
        dated: date | None = self.cleaned_data.get("dated")
        if dated is not None and dated > self.today:
            raise ValidationError("The date must not be in the future", params={"boxes": "day month year"})
        return dated

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "declared" not in self.fields or self.fields["declared"].required:
            return found
        verdict = redacted(None, casework=bool(found.get("casework")), declared=bool(found.get("declared")))
        if not verdict:
            self.add_error("declared", "Reduce every name in it to one initial, and then declare that you have done so")
        return found


class TextPiece(PieceForm):
    text = LongText(
        label="Your text",
        max_length=20000,
        rows=16,
        help_text="In your own way and your own words. Do not name anyone: one initial is enough",
    )


class _Shown(PieceForm):
    """What is put in beside words: the words say what it means."""

    text = LongText(
        label="What it shows, and what it means to you",
        required=False,
        max_length=20000,
        rows=5,
        help_text="A reflection rather than a collection. Of a picture, say what can be seen on it",
    )


class FileWords(_Shown):
    """The words of a file that is kept already."""


class FilePiece(_Shown):
    upload = forms.FileField(
        label="Picture or file", help_text="A picture, PDF, Word, Excel, OpenDocument or plain text, up to 25 MB"
    )
    declared = None  # type: ignore[assignment]  # it is approved at the gate
    order = ("title", "upload", "text", "dated", "casework")


class LinkPiece(_Shown):
    url = forms.URLField(
        label="Address of the video or page",
        max_length=500,
        assume_scheme="https",
        help_text="It must open for those who read your portfolio, such as https://www.example.org/video",
        error_messages={"invalid": "Write a web address, such as https://www.example.org/video"},
    )
    declared = forms.BooleanField(
        label=NOBODY_ON_IT,
        help_text="A page elsewhere cannot be looked through. What you declare is kept with your name and the time.",
        error_messages={"required": "Look at the page, and say that nobody can be found on it."},
    )
    order = ("title", "url", "text", "dated", "casework", "declared")

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        URLValidator(schemes=["http", "https"], message="Write a web address that begins with https://")(url)
        return url


class Version(forms.Form):
    """Which words one began to change, so that two windows do not undo each other."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)


class HandInNote(forms.Form):
    note = forms.CharField(
        label="A note to those who read it",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example: where to begin, or what has changed since last time",
    )


class LinksForm(forms.Form):
    """What a piece shows: for each requirement the whole or some of its points, and a sentence."""

    def __init__(
        self, data: Mapping[str, Any] | None, asked: Sequence[Requirement], piece: Piece | None = None
    ) -> None:
        super().__init__(data)
        self.asked = asked
        held = {link.slot: link for link in piece.links} if piece else {}
        for one in asked:
            link = held.get(one.id)
            choices = [("whole", f"The whole of {one.number}"), *((str(n), p) for n, p in enumerate(one.points, 1))]
            self.fields[f"on-{one.id}"] = forms.MultipleChoiceField(
                label=f"{one.number} {one.title}",
                help_text=escape(one.asks),
                required=False,
                choices=choices,
                initial=([str(n) for n in link.points] or ["whole"]) if link else [],
                widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small"}),
            )
            self.fields[f"says-{one.id}"] = forms.CharField(
                label=f"How it shows {one.number}",
                required=False,
                max_length=SENTENCE,
                initial=link.says if link else "",
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for one in self.asked:
            if found.get(f"says-{one.id}") and not found.get(f"on-{one.id}"):
                self.add_error(f"on-{one.id}", f"Tick what it shows of {one.number}, or leave out the sentence")
        return found

    @property
    def links(self) -> list[Link]:
        found: list[Link] = []
        for one in self.asked:
            ticked = self.cleaned_data[f"on-{one.id}"]
            if ticked:
                points = tuple(int(name) for name in ticked if name != "whole")
                found.append(Link(one.id, points, self.cleaned_data[f"says-{one.id}"]))
        return found
