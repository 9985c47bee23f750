"""Addresses of the assessor desk."""

from django.urls import URLPattern, path

from kithwork.web.assessor import (
    case,
    decide,
    interviews,
    judge,
    marking,
    meetings,
    observe,
    portfolio,
    queue,
    recommend,
    records,
    stages,
    visit,
)

urlpatterns: list[URLPattern] = [
    path("assess/", queue.queue, name="queue"),
    path("assess/requests/<str:ref>/", queue.assess_request, name="assess_request"),
    path("assess/<str:ref>/", case.case, name="case"),
    path("assess/<str:ref>/requirements/<slug:slot>/", judge.assess, name="assess"),
    path(
        "assess/<str:ref>/requirements/<slug:slot>/records/<str:item>/", records.assess_records, name="assess_records"
    ),
    path("assess/<str:ref>/items/<str:item>/file", judge.assess_file, name="assess_file"),
    path("assess/<str:ref>/breach/<slug:slot>/<str:item>/", judge.breach, name="breach"),
    path("assess/<str:ref>/arrange/<slug:stage>/", meetings.arrange, name="arrange"),
    path("assess/<str:ref>/hold/<slug:stage>/", meetings.hold, name="hold"),
    path("assess/<str:ref>/visit/<slug:stage>/", visit.visit, name="visit"),
    path("assess/<str:ref>/interviews/<slug:stage>/<slug:kind>/", interviews.interview, name="interview"),
    path("assess/<str:ref>/portfolio/<slug:stage>/", portfolio.assess_portfolio, name="assess_portfolio"),
    path(
        "assess/<str:ref>/portfolio/<slug:stage>/portfolio.zip",
        portfolio.assess_portfolio_zip,
        name="assess_portfolio_zip",
    ),
    path(
        "assess/<str:ref>/portfolio/<slug:stage>/pieces/<slug:item>/file",
        portfolio.assess_portfolio_file,
        name="assess_portfolio_file",
    ),
    path(
        "assess/<str:ref>/portfolio/<slug:stage>/pieces/<slug:item>/breach/",
        portfolio.assess_portfolio_breach,
        name="assess_portfolio_breach",
    ),
    path("assess/<str:ref>/observe/<slug:stage>/", observe.observe, name="observe"),
    path("assess/<str:ref>/mark/<slug:slot>/", marking.assess_mark, name="assess_mark"),
    path("assess/<str:ref>/stages/<slug:stage>/", stages.assess_stage, name="assess_stage"),
    path("assess/<str:ref>/decide/<slug:stage>/", decide.assess_decide, name="assess_decide"),
    path("assess/<str:ref>/recommend/<slug:stage>/", recommend.recommend, name="recommend"),
]
