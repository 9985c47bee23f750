"""The first page, and what any site must say of itself."""

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.pages import Desk, page
from kithwork.web.public.doors import offers, offers_and_closed


@page(Desk.PUBLIC)
def front(request: HttpRequest) -> HttpResponse:
    """What Kithwork is, and what one came for."""
    signed_in = request.user.is_authenticated
    tasks = [
        TaskRow("Check whether your service is eligible", reverse("check"), "A few questions, no account needed."),
        TaskRow("Check an award", reverse("verify"), "By the number on a certificate."),
        TaskRow("Look a service up", reverse("register"), "Who holds an award, and who works towards one."),
        TaskRow("Go to your desk", reverse("home"), "What waits for you.")
        if signed_in
        else TaskRow("Sign in", reverse("account_login"), "Services, assessors and awarding bodies."),
    ]
    return render(request, "public/front.html", {"offers": offers(), "tasks": tasks})


@page(Desk.PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html", {"bodies": _bodies()})


@page(Desk.PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"bodies": _bodies()})


def _bodies() -> list[tuple[str, str, str]]:
    """Name, website and postal address of each body that has, or had, a scheme on offer."""
    on_offer, closed = offers_and_closed()
    return sorted({(offer.body, offer.website, offer.address) for offer in (*on_offer, *closed)})


@page(Desk.PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """'ok' when the database answers; 503 otherwise. For whatever watches the installation."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except OperationalError:
        answer = HttpResponse("the database does not answer", status=503, content_type="text/plain")
    else:
        answer = HttpResponse("ok", content_type="text/plain")
    answer["Cache-Control"] = "no-store"
    return answer
