from django.urls import URLPattern, path

from kithwork.web.coordinator.equalities import pages

urlpatterns: list[URLPattern] = [
    path("run/<slug:slug>/equalities/", pages.equalities, name="equalities"),
    path("run/<slug:slug>/equalities/publish/", pages.equalities_publish, name="equalities_publish"),
    path("run/<slug:slug>/equalities/ask/<slug:whose>/", pages.equalities_ask, name="equalities_ask"),
    path("run/<slug:slug>/mentees/<slug:mentee>/equalities/", pages.mentee_equalities, name="mentee_equalities"),
    path("run/<slug:slug>/mentees/<slug:mentee>/equalities/paper/", pages.mentee_paper, name="mentee_paper"),
    path("run/<slug:slug>/mentors/<slug:mentor>/equalities/", pages.mentor_equalities, name="mentor_equalities"),
    path("run/<slug:slug>/mentors/<slug:mentor>/equalities/paper/", pages.mentor_paper, name="mentor_paper"),
]
