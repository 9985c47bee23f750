from django.urls import URLPattern, path

from kithwork.web.coordinator.concerns import pages

urlpatterns: list[URLPattern] = [
    path("run/<slug:slug>/concerns/", pages.concerns, name="concerns"),
    path("run/<slug:slug>/concerns/new/", pages.concern_new, name="concern_new"),
    path("run/<slug:slug>/concerns/<slug:concern>/", pages.concern, name="concern"),
]
