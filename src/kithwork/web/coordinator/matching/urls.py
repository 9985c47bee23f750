"""Proposals for a match, under `/run/<service>/matches/`. They stand before the addresses of one match."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.matching import apart, choosing, fairness, proposals, rules

_ALL = "run/<slug:slug>/matches/"

urlpatterns: list[URLPattern] = [
    path(f"{_ALL}proposed/", proposals.proposals, name="proposals"),
    path(f"{_ALL}proposed/progress/", proposals.matching_progress, name="matching_progress"),
    path(f"{_ALL}proposed/find/", proposals.matching_find, name="matching_find"),
    path(f"{_ALL}proposed/rules/", rules.matching_rules, name="matching_rules"),
    path(f"{_ALL}proposed/fairness/", fairness.matching_fairness, name="matching_fairness"),
    path(f"{_ALL}proposed/for/<slug:mentee>/", choosing.matching_for, name="matching_for"),
    path(f"{_ALL}proposed/<slug:proposal>/refuse/", proposals.matching_refuse, name="matching_refuse"),
    path(f"{_ALL}apart/", apart.matching_apart, name="matching_apart"),
    path(f"{_ALL}apart/<slug:apart>/end/", apart.matching_together, name="matching_together"),
    path(f"{_ALL}apart/new/<slug:mentee>/<slug:mentor>/", apart.matching_keep_apart, name="matching_keep_apart"),
]
