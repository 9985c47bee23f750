"""Every page has a desk, and a page without one keeps the site from starting."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import OPEN, Desk, page, unmarked


def test_every_page_has_a_desk() -> None:
    assert unmarked(urlpatterns) == []


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody looked who asks")


def test_an_unmarked_page_is_found() -> None:
    assert unmarked([path("bare/", bare)]) == ["bare/"]


def test_a_marked_page_is_not() -> None:
    patterns: list[URLPattern] = [path("marked/", page(Desk.SERVICE)(bare))]
    assert unmarked(patterns) == []


@pytest.mark.parametrize("desk", [desk for desk in Desk if desk not in OPEN])
def test_a_stranger_is_asked_to_sign_in(desk: Desk, rf: object) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/somewhere/?a=1")  # type: ignore[attr-defined]  # pytest-django's request factory
    request.user = AnonymousUser()
    answer = page(desk)(bare)(request)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
