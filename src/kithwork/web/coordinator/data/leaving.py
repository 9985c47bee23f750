"""What goes out: a whole service as one archive, and all that is held about one person. For leads; it asks first."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django import forms
from django.http import FileResponse
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of, referral_of
from kithwork.caseload.queries.mentees import MenteeRow
from kithwork.governance.access import staff_of
from kithwork.procedures.access_bundle import Apart, Because, Person, hand_over
from kithwork.procedures.exporting import export
from kithwork.procedures.other_bundles import referrer_copy, staff_copy
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import FAULTY, OK, posted
from kithwork.web.kit.forms import hinted
from kithwork.web.kit.pages import Desk, Signed, page

_IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive is built on disk


class ArchiveForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label="Take along as well",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("vetting", hinted("Vetting", "That checks were made, and what came of them.")),
            ("equalities", hinted("Equalities", "What was counted. Single answers never leave.")),
        ],
    )


def zip_answer(name: str, write: Callable[[IO[bytes]], object]) -> FileResponse:
    """A zip that `write` makes, to be saved, and kept nowhere."""
    made: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        write(made)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")


@page(Desk.SERVICE, "GET", "POST")
def export_service(request: Signed, slug: str) -> HttpResponseBase:
    run = doors.ground(request, slug, lead=True)
    form = ArchiveForm(posted(request))
    status = OK
    if request.method == "POST":
        if form.is_valid():
            parts: list[str] = form.cleaned_data["parts"]
            now = timezone.now()
            return zip_answer(
                f"{slug}-{timezone.localdate().isoformat()}.zip",
                lambda out: export(practice=run.practice, out=out, parts=parts, by=request.user, now=now),
            )
        status = FAULTY
    context = {
        "heading": f"Take everything of {run.service.name} with you?",
        "text": "One file with every record: who is mentored, who mentors, what was said and agreed, policies and "
        "staff files. Whoever opens it reads it all. Keep it where nobody else can, and delete it when it is no longer "
        "needed. That you took it is written down.",
        "form": form,
        "action_text": "Make the archive",
        "cancel_href": reverse("the_service", args=[slug]),
    }
    return render(request, "kit/interruption.html", context, status=status)


_APART = [
    (Apart.VETTING.value, hinted("Vetting", "That checks were made, and what came of them.")),
    (Apart.EQUALITIES.value, hinted("Equalities answers", "Those not counted yet. You would see them.")),
]


class ApartForm(forms.Form):
    """What goes with a copy only when it is ticked, and why."""

    apart = forms.MultipleChoiceField(
        label="Take along as well",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=_APART,
    )
    because = forms.ChoiceField(
        label="Why does it go with it?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Because.THEY_ASK.value, "They ask for it themselves"),
            (Because.AUTHORITY.value, "A court or an authority demands it"),
        ],
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("apart") and not data.get("because"):
            self.add_error("because", "Say why it goes with it")
        return data

    def only(self, one: Apart) -> None:
        """Offer this alone."""
        field = self.fields["apart"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [choice for choice in _APART if choice[0] == one.value]

    @property
    def given(self) -> dict[str, Any]:
        """What was ticked, and why."""
        apart = [Apart(one) for one in self.cleaned_data["apart"]]
        return {"apart": apart, "because": Because(self.cleaned_data["because"]) if apart else None}


class BundleForm(ApartForm):
    concerns = forms.BooleanField(
        label="Concerns about somebody’s safety go with it",
        required=False,
        help_text="Ask whoever answers for safeguarding first: telling of one may put somebody in danger.",
    )


@page(Desk.SERVICE, "GET", "POST")
def mentee_everything(request: Signed, slug: str, mentee: str) -> HttpResponseBase:
    """All that is held about a mentee, to be handed to them."""
    run = doors.ground(request, slug, lead=True)
    return _everything(request, run, mentee_of(run, mentee), reverse("mentee", args=[slug, mentee]))


@page(Desk.SERVICE, "GET", "POST")
def mentor_everything(request: Signed, slug: str, mentor: str) -> HttpResponseBase:
    """All that is held about a mentor, to be handed to them."""
    run = doors.ground(request, slug, lead=True)
    return _everything(request, run, mentor_of(run, mentor), reverse("mentor", args=[slug, mentor]))


def _everything(request: Signed, run: Run, person: Person, back: str) -> HttpResponseBase:
    form = BundleForm(posted(request))
    if isinstance(person, MenteeRow):  # nobody vets a mentee
        form.only(Apart.EQUALITIES)
    status = OK
    if request.method == "POST":
        if form.is_valid():
            concerns, now = form.cleaned_data["concerns"], timezone.now()
            return zip_answer(
                f"everything-{person.ref}.zip",
                lambda out: hand_over(
                    practice=run.practice,
                    person=person,
                    concerns=concerns,
                    out=out,
                    by=request.user,
                    now=now,
                    **form.given,
                ),
            )
        status = FAULTY
    context = {
        "heading": f"Give {person} all that is held about them?",
        "text": "One file to hand over: a page to read and the same as data. Other people’s names are taken out where "
        "they are known, and what references say stays here. Read it yourself before it leaves: words can tell of "
        "somebody without naming them. It is due within a month of the day they asked.",
        "form": form,
        "action_text": "Make the file",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)


class NothingForm(forms.Form):
    """Nothing to tick: the page asks once."""


@page(Desk.SERVICE, "GET", "POST")
def staff_everything(request: Signed, slug: str, staff: str) -> HttpResponseBase:
    """All that is held about a member of staff, to be handed to them."""
    run = doors.ground(request, slug, lead=True)
    found, form = staff_of(run.service, staff), ApartForm(posted(request))
    form.only(Apart.VETTING)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        return zip_answer(
            f"everything-{found.ref}.zip",
            lambda out: staff_copy(practice=run.practice, staff=found, out=out, by=request.user, now=now, **form.given),
        )
    return _copy_page(request, found.name, form, reverse("staff_file", args=[slug, staff]))


@page(Desk.SERVICE, "GET", "POST")
def referrer_everything(request: Signed, slug: str, referral: str) -> HttpResponseBase:
    """All that is held about somebody who referred, to be handed to them."""
    run = doors.ground(request, slug, lead=True)
    found, form = referral_of(run, referral), NothingForm(posted(request))
    if request.method == "POST":
        now = timezone.now()
        return zip_answer(
            f"everything-{found.ref}.zip",
            lambda out: referrer_copy(practice=run.practice, referral=found, out=out, by=request.user, now=now),
        )
    return _copy_page(request, found.name or found.email, form, reverse("referral", args=[slug, referral]))


def _copy_page(request: Signed, name: str, form: forms.Form, back: str) -> HttpResponse:
    context = {
        "heading": f"Give {name} all that is held about them?",
        "text": "One file to hand over: a page to read and the same as data. Other people stand in it as initials. It "
        "is due within a month of the day they asked.",
        "form": form,
        "action_text": "Make the file",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=FAULTY if form.errors else OK)
