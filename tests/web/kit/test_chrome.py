"""The bar around every page: the public desk by default, the view's own desk when it set one."""

from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from kithwork.web.kit.cards import Place
from kithwork.web.kit.chrome import chrome


def bar(request: object) -> html.HtmlElement:
    return html.fromstring(render_to_string("kit/topbar.html", chrome(request)))  # type: ignore[arg-type]


def test_a_stranger_sees_the_public_places_and_signing_in(rf: RequestFactory) -> None:
    request = rf.get("/register/2027/")
    request.user = AnonymousUser()
    tree = bar(request)
    assert [a.text for a in tree.xpath("//nav//a")] == ["Schemes", "Check your service", "Register", "Verify"]
    assert [a.text for a in tree.xpath("//nav//a[@aria-current]")] == ["Register"]
    assert tree.xpath("//ul[@class='kw-bar__who']//a")[-1].text == "Sign in"


def test_a_desk_shows_its_places_organisation_and_person(rf: RequestFactory) -> None:
    request = rf.get("/northside/")
    request.user = SimpleNamespace(is_authenticated=True, name="Ada <Okafor>")  # type: ignore[assignment]
    desk = SimpleNamespace(places=[("Today", "/northside/", True), Place("People", "/p/")], organisation="Northside")
    request.desk_chrome = desk  # type: ignore[attr-defined]
    tree = bar(request)
    assert [a.text for a in tree.xpath("//nav//a")] == ["Today", "People"]
    words = tree.xpath("//ul[@class='kw-bar__who']")[0].text_content().split("\n")
    assert [word.strip() for word in words if word.strip()] == ["Northside", "Ada <Okafor>", "Sign out"]
