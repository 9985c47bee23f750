"""Addresses of readiness: `/run/<service>/readiness/<scheme>/<edition>/<level>/...`."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.readiness import looking, mapping, planning

ROOM = "run/<slug:slug>/readiness"
_OF = f"{ROOM}/<slug:scheme>/<slug:edition>/<slug:level>"
_ONE = f"{_OF}/asks/<slug:requirement>"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", mapping.readiness, name="readiness"),
    path(f"{_OF}/", mapping.readiness_map, name="readiness_map"),
    path(f"{_OF}/count/", mapping.readiness_count, name="readiness_count"),
    path(f"{_OF}/plan/", planning.readiness_plan, name="readiness_plan"),
    path(f"{_ONE}/", looking.readiness_one, name="readiness_one"),
    path(f"{_ONE}/<int:check>/", looking.readiness_rows, name="readiness_rows"),
]
