from django.urls import URLPattern, path

from kithwork.web.coordinator.outcomes import measures, people, questionnaires

_RUN = "run/<slug:slug>"
_MENTEE, _MENTOR = f"{_RUN}/mentees/<slug:mentee>", f"{_RUN}/mentors/<slug:mentor>"

urlpatterns: list[URLPattern] = [
    path(f"{_RUN}/outcomes/", measures.outcomes, name="outcomes"),
    path(f"{_RUN}/outcomes/new/", measures.measure_new, name="measure_new"),
    path(f"{_RUN}/outcomes/<slug:measure>/", measures.measure, name="measure"),
    path(f"{_RUN}/outcomes/<slug:measure>/end/", measures.measure_end, name="measure_end"),
    path(f"{_MENTEE}/measures/", people.mentee_measures, name="mentee_measures"),
    path(f"{_MENTEE}/measures/link/", people.mentee_measures_link, name="mentee_measures_link"),
    path(f"{_MENTOR}/measures/", people.mentor_measures, name="mentor_measures"),
    path(f"{_MENTOR}/measures/link/", people.mentor_measures_link, name="mentor_measures_link"),
    path(f"{_RUN}/questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path(f"{_RUN}/questionnaires/ask/<slug:whose>/", questionnaires.questionnaires_ask, name="questionnaires_ask"),
    path(f"{_MENTEE}/opinion/", questionnaires.mentee_opinion, name="mentee_opinion"),
    path(f"{_MENTOR}/opinion/", questionnaires.mentor_opinion, name="mentor_opinion"),
]
