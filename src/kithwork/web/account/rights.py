"""What is held about the person who signs in: a copy, something that is wrong, and erasing the account."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from tempfile import SpooledTemporaryFile
from typing import IO

from django import forms
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.procedures import account_bundle, asking, erasing
from kithwork.rights.actions import Right
from kithwork.rights.queries import AskedRow, asked_by
from kithwork.web.account import doors
from kithwork.web.kit.acting import DONE, OK, ask, posted, seen_at, tried
from kithwork.web.kit.cards import Column, Link, TaskRow
from kithwork.web.kit.forms import hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger bundle is built on disk


@page(Desk.ACCOUNT)
def my_rights(request: Signed) -> HttpResponse:
    """Who holds something about you, what you can ask, and what you have asked."""
    doors.dress(request)
    holders = asking.addressees(request.user)
    rows = list(asked_by(request.user)[:50])
    waiting = sum(one.answered_on is None for one in rows)
    context = {
        "heading": f"{plural(waiting, 'question of yours waits,questions of yours wait')} for an answer"
        if waiting
        else "What is held about you",
        "holders": [one.title for one in holders],
        "tasks": [
            TaskRow("Say that something is wrong, or ask for more", reverse("my_rights_ask"),
                    "Whoever holds it answers within a month.") if holders else
            TaskRow("Put your name or address right", reverse("my_account"), "On your account."),
            TaskRow("Erase your account", reverse("my_rights_erase"), "You see first what goes and what stays."),
        ],
        "columns": ("Asked", "Of whom", "What", "Answer"),
        "rows": [
            (longdate(one.came_on), one.service.name if one.service else one.organisation.name,
             one.get_right_display().capitalize(), _answer(one))
            for one in rows
        ],
    }  # fmt: skip
    return render(request, "account_desk/rights.html", context)


def _answer(one: AskedRow) -> str:
    if one.answered_on is None:
        return f"By {longdate(one.due_on)}"
    return f"{one.get_outcome_display().capitalize()}, {longdate(one.answered_on)}. {one.answer}"


@page(Desk.ACCOUNT, "POST")
def my_rights_copy(request: Signed) -> HttpResponseBase:
    """All that is held about the person on this site, as one file."""
    made: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        account_bundle.hand_over(
            person=request.user, body=None, out=made, by=request.user, now=timezone.now(), site=request.get_host()
        )
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename="about-me.zip", content_type="application/zip")


class AskForm(forms.Form):
    to = forms.ChoiceField(label="Whom do you ask?", widget=forms.RadioSelect)
    right = forms.ChoiceField(
        label="What do you ask?",
        widget=forms.RadioSelect,
        choices=[
            (Right.RECTIFY.value, hinted("Put something right", "Say what is wrong, and what it should say.")),
            (Right.COPY.value, hinted("Give me a copy", "Of all that they hold about me.")),
            (Right.ERASE.value, hinted("Erase what you hold about me", "They say what must stay, and why.")),
        ],
    )
    words = forms.CharField(
        label="In your words", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: object, *, holders: list[asking.Addressee]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, one.title) for one in holders]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("right") == Right.RECTIFY and not data.get("words"):
            self.add_error("words", "Say what is wrong, and what it should say")
        return data


@page(Desk.ACCOUNT, "GET", "POST")
def my_rights_ask(request: Signed) -> HttpResponse:
    """Put a request to a service or a body."""
    doors.dress(request)
    holders = asking.addressees(request.user)
    if not holders:
        raise Refused("No service and no awarding body holds anything about you. Your account you can change yourself.")
    form = AskForm(posted(request), holders=holders)

    def act() -> None:
        to = next(one for one in holders if one.key == form.cleaned_data["to"])
        asking.ask(
            to=to, right=Right(form.cleaned_data["right"]), words=form.cleaned_data["words"], by=request.user,
            today=timezone.localdate(),
        )  # fmt: skip

    return ask(
        request, form, act, heading="Ask something of your data", button="Send it", to=reverse("my_rights"),
        said="It is sent. You get an answer within a month.",
    )  # fmt: skip


class EraseForm(forms.Form):
    email = forms.CharField(
        label="Type your e-mail address to go on",
        max_length=254,
        help_text="It cannot be undone: not by you, and not by whoever runs this site.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: object, *, email: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self._email = email

    def clean_email(self) -> str:
        said: str = self.cleaned_data["email"].strip().lower()
        if said != self._email:
            raise forms.ValidationError("This is not the address of your account")
        return said


@page(Desk.ACCOUNT, "GET", "POST")
def my_rights_erase(request: Signed) -> HttpResponse:
    """Erase the account: what goes, what stays and why, then a typed address."""
    doors.dress(request)
    user, back = request.user, reverse("my_rights")
    form, status = EraseForm(posted(request), email=user.email), OK
    if request.method == "POST":
        status = tried(
            form, lambda: erasing.erase_account(user=user, now=timezone.now()), Link("What is held about you", back)
        )
        if status == DONE:
            logout(request)
            return seen_at(reverse("account_erased"))
    plan = erasing.plan_for_account(user=user)
    context = {
        "heading": "Your account cannot be erased yet" if plan.obstacles else "Erase your account?",
        "obstacles": plan.obstacles,
        "goes": [(what[:1].upper() + what[1:], number) for what, number in plan.goes],
        "stays": [(what[:1].upper() + what[1:], f"{why[:1].upper()}{why[1:]}.") for what, why in plan.stays],
        "goes_columns": ("What", Column("Records", numeric=True)),
        "stays_columns": ("What", "Why"),
        "form": form,
        "back_href": back,
    }
    return render(request, "account_desk/erase.html", context, status=status)


@page(Desk.PUBLIC)
def account_erased(request: Signed) -> HttpResponse:
    """After an account was erased: it is done, and where its person stands."""
    return render(request, "account_desk/erased.html", {})
