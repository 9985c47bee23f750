"""Reports of a year, the rows behind their numbers, and what records lack."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.reports import missing, pages

ROOM = "run/<slug:slug>/reports"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", pages.reports, name="reports"),
    path(f"{ROOM}/missing/", missing.missing, name="missing"),
    path(f"{ROOM}/missing/<slug:lack>/", missing.missing_all, name="missing_all"),
    path(f"{ROOM}/<int:year>/", pages.report, name="report"),
    path(f"{ROOM}/<int:year>/document/", pages.report_pdf, name="report_pdf"),
    path(f"{ROOM}/<int:year>/<slug:figure>/", pages.report_rows, name="report_rows"),
]
