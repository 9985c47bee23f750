"""Words typed into a form go through the privacy gate as the form is sent; what is found comes back with the form.

Each thing found becomes a field of the same form: reduce it or keep it. What was typed stays as it was.
"""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kithwork.core.verdict import Refused
from kithwork.procedures.gating.known import Somebody
from kithwork.procedures.gating.offering import APPROVED
from kithwork.procedures.gating.texts import Asked, Choice, Looked, look_over
from kithwork.web.templatetags.kit import plural

FOUND = "gate-"  # how the fields begin that ask about something found
SEEN = "gate-seen"

# What each kind is called, in words: colour alone says nothing
KINDS = {
    "person": "a name",
    "phone": "a telephone number",
    "email": "an e-mail address",
    "address": "an address",
    "postcode": "a postcode",
    "birth": "a date of birth",
    "ni": "a National Insurance number",
    "nhs": "an NHS number",
    "dbs": "a DBS certificate’s number",
    "bank": "bank details",
    "web": "somebody’s page or handle",
    "plate": "a number plate",
}


def through(form: forms.BaseForm, *names: str, known: Sequence[Somebody] = ()) -> Looked:
    """Look through the fields `names` of a valid form, and put into `cleaned_data` what may leave the house.

    Raises Refused while something found waits for a decision; then the form has a field for each.
    """
    texts = {name: str(form.cleaned_data.get(name) or "") for name in names if name in form.fields}
    looked = look_over(texts, known=known, choices=_choices(form), approved=bool(form.data.get(form.add_prefix(SEEN))))
    if looked.waiting:
        _ask(form, looked)
        raise Refused(
            f"{plural(len(looked.asked), 'thing,things')} in what you typed may show who somebody is. "
            "Decide at the end of the form what becomes of each, or take it out of your text. Then send it again."
        )
    for name, text in looked.texts.items():
        form.cleaned_data[name] = text
    return looked


def _choices(form: forms.BaseForm) -> dict[str, Choice]:
    head = form.add_prefix(FOUND)
    said = {str(key)[len(head) :]: str(form.data[key]) for key in form.data if str(key).startswith(head)}
    return {key: Choice(value) for key, value in said.items() if value in set(Choice)}


def _ask(form: forms.BaseForm, looked: Looked) -> None:
    """Give the form a field for each thing found; what is certain is to be reduced unless somebody says otherwise."""
    data = QueryDict(mutable=True)
    for key in form.data:
        data.setlist(str(key), _values(form, str(key)))
    for asked in looked.asked:
        name = f"{FOUND}{asked.key}"
        form.fields[name] = forms.ChoiceField(
            label=in_its_place(asked),
            help_text=f"{_what(asked)}{_often(asked.places)}",
            choices=[(Choice.REDUCE, f"Reduce it to ‘{asked.becomes}’"), (Choice.KEEP, "Keep it: it may be read")],
            widget=forms.RadioSelect({"class": "govuk-radios--inline govuk-radios--small"}),
        )
        if asked.choice is not None:
            data.setdefault(form.add_prefix(name), asked.choice)
    form.fields[SEEN] = forms.BooleanField(label=APPROVED, help_text="Kept with your name and the time.")
    form.data = data


def _values(form: forms.BaseForm, key: str) -> list[str]:
    return list(form.data.getlist(key)) if isinstance(form.data, QueryDict) else [str(form.data[key])]


def _what(asked: Asked) -> str:
    what = KINDS.get(asked.kind, asked.kind)
    return f"Perhaps {what}." if asked.doubtful else f"{what[:1].upper()}{what[1:]}."


def _often(places: int) -> str:
    return "" if places == 1 else f" It stands in {places} places."


def in_its_place(asked: Asked) -> SafeString:
    """A find among the words around it, marked."""
    short = replace(asked, before=asked.before.split("\n")[-1][-40:], after=asked.after.split("\n")[0][:40])
    return format_html("…{}<mark class='kw-find'>{}</mark>{}…", short.before, short.words, short.after)
