"""The desk on which a service's daily work is run: `/run/<service>/`."""

from django.urls import URLPattern, path

from kithwork.web.coordinator import begin, home, settings
from kithwork.web.coordinator.concerns.urls import urlpatterns as concerns
from kithwork.web.coordinator.data.urls import urlpatterns as data
from kithwork.web.coordinator.equalities.urls import urlpatterns as equalities
from kithwork.web.coordinator.governance.urls import urlpatterns as governance
from kithwork.web.coordinator.matches.urls import urlpatterns as matches
from kithwork.web.coordinator.matching.urls import urlpatterns as matching
from kithwork.web.coordinator.mentees.urls import urlpatterns as mentees
from kithwork.web.coordinator.mentors.urls import urlpatterns as mentors
from kithwork.web.coordinator.outcomes.urls import urlpatterns as outcomes
from kithwork.web.coordinator.readiness.urls import urlpatterns as readiness
from kithwork.web.coordinator.referrals.urls import urlpatterns as referrals
from kithwork.web.coordinator.reports.urls import urlpatterns as reports
from kithwork.web.coordinator.rights.urls import urlpatterns as rights

urlpatterns: list[URLPattern] = [
    path("services/<slug:slug>/run/<slug:service>/", begin.begin_running, name="begin_running"),
    path("run/<slug:slug>/", home.today, name="today"),
    path("run/<slug:slug>/today/<slug:matter>/", home.today_all, name="today_all"),
    path("run/<slug:slug>/service/", home.the_service, name="the_service"),
    path("run/<slug:slug>/settings/", settings.settings, name="practice"),
    path("run/<slug:slug>/settings/<slug:part>/", settings.change_settings, name="practice_part"),
    *referrals,
    *mentees,
    *concerns,
    *mentors,
    *matching,
    *matches,
    *governance,
    *equalities,
    *outcomes,
    *reports,
    *readiness,
    *data,
    *rights,
]
