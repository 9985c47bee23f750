"""How pages of this desk answer: done and seen elsewhere, or shown again with what was typed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from kithwork.core.verdict import Refused
from kithwork.web.kit.pages import Signed

OK, DONE, CLASH, FAULTY = 200, 303, 409, 422


class SeeOther(HttpResponseRedirect):
    """After a write: look at this page, with GET."""

    status_code = DONE


def done(request: Signed, to: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return SeeOther(to)


def tried(form: forms.Form, act: Callable[[], object]) -> int:
    """Act when the form is sound. DONE, FAULTY for the form's own errors, CLASH when the action refused."""
    if not form.is_valid():
        return FAULTY
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return CLASH
    return DONE
