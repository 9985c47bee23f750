"""Addresses of the service desk."""

from django.urls import URLPattern, path

from kithwork.web.service import (
    areas,
    begin,
    courses,
    duties,
    home,
    items,
    journey,
    people,
    pieces,
    requirements,
    stages,
    yourself,
)

urlpatterns: list[URLPattern] = [
    path("services/<slug:slug>/", home.service_home, name="service_home"),
    path("services/<slug:slug>/colleagues/", people.colleagues, name="colleagues"),
    path("services/<slug:slug>/new/", begin.new_service, name="new_service"),
    path("services/<slug:slug>/apply/<slug:edition>/", begin.apply, name="apply"),
    path("applying/", yourself.applicant_home, name="applicant_home"),
    path("applying/<slug:edition>/", yourself.apply_yourself, name="apply_yourself"),
    path("journeys/<slug:ref>/", journey.journey, name="journey"),
    path("journeys/<slug:ref>/map/", journey.evidence_map, name="evidence_map"),
    path("journeys/<slug:ref>/stages/<slug:stage>/", stages.journey_stage, name="journey_stage"),
    path("journeys/<slug:ref>/areas/<slug:area>/", areas.area, name="area"),
    path("journeys/<slug:ref>/requirements/<slug:slot>/", requirements.requirement, name="requirement"),
    path("journeys/<slug:ref>/pieces/<slug:slot>/", pieces.piece, name="piece"),
    path("journeys/<slug:ref>/items/", items.items, name="items"),
    path("journeys/<slug:ref>/items/<slug:item>/", items.item, name="item"),
    path("journeys/<slug:ref>/items/<slug:item>/file", items.item_file, name="item_file"),
    path("journeys/<slug:ref>/invoices/<slug:invoice>.pdf", items.invoice_pdf, name="invoice_pdf"),
    path("journeys/<slug:ref>/places/<slug:place>/letter.pdf", courses.place_letter, name="place_letter"),
    path("journeys/<slug:ref>/places/<slug:place>/outline.pdf", courses.place_outline, name="place_outline"),
    path("journeys/<slug:ref>/places/<slug:place>/days.ics", courses.place_calendar, name="place_calendar"),
    path("journeys/<slug:ref>/duties/", duties.duties, name="duties"),
    path("journeys/<slug:ref>/history/", journey.history, name="history"),
    path("journeys/<slug:ref>/withdraw/", journey.withdraw, name="withdraw"),
    path("journeys/<slug:ref>/level/", journey.raise_level, name="raise_level"),
]
