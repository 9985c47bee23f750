"""A portfolio that was handed in, for the body's officers and its panel: read, and taken away as one file."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kithwork.core.schemes import Role
from kithwork.web.body import doors
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.portfolio_reading import file_of, reading_of, zip_of
from kithwork.web.kit.reporting import report_piece


@page(Desk.BODY)
def body_portfolio(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """The pieces as they were handed in."""
    seat, model = doors.portfolio(request, org, ref, stage)
    name = applicant_of(seat.reading.journey)
    args = [org, ref, stage]
    context = reading_of(
        request,
        seat.reading,
        model,
        name=name,
        home=reverse("body_portfolio", args=args),
        file=lambda item: reverse("body_portfolio_file", args=[*args, item]),
        breach=lambda item: reverse("body_portfolio_breach", args=[*args, item]),
    )
    context |= {
        "zip": reverse("body_portfolio_zip", args=args),
        "back_href": seat.back,
        "back_words": name if seat.officer else "The panel's list",
    }
    return render(request, "body/portfolio.html", context)


@page(Desk.BODY)
def body_portfolio_zip(request: Signed, org: str, ref: str, stage: str) -> HttpResponseBase:
    """All of it as one file, as it was handed in."""
    seat, model = doors.portfolio(request, org, ref, stage)
    return zip_of(request, seat.reading, model, name=applicant_of(seat.reading.journey))


@page(Desk.BODY)
def body_portfolio_file(request: Signed, org: str, ref: str, stage: str, item: str) -> HttpResponseBase:
    """A piece's file."""
    seat, model = doors.portfolio(request, org, ref, stage)
    return file_of(request, seat.reading, model, item)


@page(Desk.BODY, "GET", "POST")
def body_portfolio_breach(request: Signed, org: str, ref: str, stage: str, item: str) -> HttpResponse:
    """A name was left in a piece: reported by a member of the panel, its chair, or an officer."""
    seat, model = doors.portfolio(request, org, ref, stage)
    role = next(one for one in (Role.PANEL, Role.CHAIR, Role.OFFICER) if one.value in seat.roles)
    back = reverse("body_portfolio", args=[org, ref, stage])
    name = applicant_of(seat.reading.journey)
    return report_piece(request, seat.reading, model, item, role=role, name=name, back=back)
