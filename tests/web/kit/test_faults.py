"""Fault pages: the right status, a clear sentence, what to do, no database, nothing inline."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kithwork.web.kit import faults

HANDLERS: list[tuple[Callable[[HttpRequest], HttpResponse], int, str]] = [
    (faults.handler400, 400, "We could not understand that request"),
    (faults.handler403, 403, "You cannot do this"),
    (faults.csrf_failure, 403, "We could not be sure that this came from you"),
    (faults.handler404, 404, "There is no page here"),
    (faults.handler413, 413, "That is too much to send at once"),
    (faults.handler500, 500, "Something went wrong on our side"),
]


# No `db` mark anywhere here: pytest-django fails a test that touches the database.
@pytest.mark.parametrize(("handler", "status", "heading"), HANDLERS)
def test_each_fault_has_its_page(
    handler: Callable[[HttpRequest], HttpResponse], status: int, heading: str, rf: RequestFactory
) -> None:
    answer = handler(rf.get("/somewhere/"))
    body = answer.content.decode()
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in body
    assert 'lang="en-GB"' in body


@pytest.mark.parametrize(("handler", "status", "heading"), HANDLERS)
def test_nothing_on_the_page_is_inline(
    handler: Callable[[HttpRequest], HttpResponse], status: int, heading: str, rf: RequestFactory
) -> None:
    body = handler(rf.get("/somewhere/")).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)", body)


def test_a_500_asks_nothing_of_the_request(rf: RequestFactory) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(f"the 500 page asked for {name}")

    assert faults.handler500(Broken()).status_code == 500  # type: ignore[arg-type]


def test_what_is_too_big_answers_413(rf: RequestFactory) -> None:
    assert faults.handler400(rf.post("/x/"), RequestDataTooBig("big")).status_code == 413
    assert faults.handler400(rf.post("/x/"), SuspiciousOperation("odd")).status_code == 400
