"""Forms of the gate: what was missed, and the approval."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from kithwork.gate.actions import APPROVED
from kithwork.web.kit.gating import KINDS


class Missed(forms.Form):
    """Words that nobody found. Its fields belong to the form of the decisions (`form="decide"`): whoever marks
    something keeps what they had ticked.
    """

    words = forms.CharField(
        label="Words that were missed",
        max_length=200,
        help_text="Select them in the document, or write them as they stand there",
        widget=forms.TextInput({"data-gate-words": "", "form": "decide"}),
        error_messages={"required": "Select the words in the document, or write them here."},
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind, f"{what[:1].upper()}{what[1:]}") for kind, what in KINDS.items()],
        widget=forms.Select({"form": "decide"}),
    )
    teach = forms.BooleanField(
        label="Look for it in every file of this journey",
        required=False,
        help_text="Those that wait here now, and all that come later.",
        widget=forms.CheckboxInput({"form": "decide"}),
    )


class Approval(forms.Form):
    """What a person says of the document, and of pages that no machine has read. Its fields belong to the form of the
    decisions too: what is ticked there and not saved yet goes with the approval.
    """

    def __init__(self, data: Mapping[str, Any] | None, unread: Sequence[int] = (), *, blind: bool = False) -> None:
        super().__init__(data)
        if unread:
            names = [(str(page), f"I have read page {page}" if page else "I have read all of it") for page in unread]
            why = (
                "No language model is installed here, so names can be missed."
                if blind
                else "On these pages something could not be made out, such as handwriting."
            )
            self.fields["read"] = forms.MultipleChoiceField(
                label="Read these pages",
                choices=names,
                error_messages={"required": "Read these pages, and tick each."},
                help_text=why,
                widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes--small", "form": "decide"}),
            )
        self.fields["approved"] = forms.BooleanField(
            label=APPROVED,
            help_text="Kept with your name and the time.",
            widget=forms.CheckboxInput({"form": "decide"}),
            error_messages={"required": "Say that you have looked through it."},
        )
