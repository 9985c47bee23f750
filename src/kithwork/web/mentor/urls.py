from django.urls import URLPattern, path

from kithwork.web.mentor.entries import mentor_entry, mentor_entry_remove
from kithwork.web.mentor.home import mentor_home, mentor_log_list
from kithwork.web.mentor.joining import mentor_consent_own
from kithwork.web.mentor.library import mentor_library, mentor_library_file
from kithwork.web.mentor.matches import (
    mentor_agreement,
    mentor_asked,
    mentor_concern,
    mentor_log,
    mentor_match,
    mentor_met,
)
from kithwork.web.mentor.you import mentor_away, mentor_back, mentor_you

urlpatterns: list[URLPattern] = [
    path("mentoring/consent/<slug:mentor>/", mentor_consent_own, name="mentor_consent_own"),
    path("mentoring/", mentor_home, name="mentor_home"),
    path("mentoring/log/", mentor_log_list, name="mentor_log_list"),
    path("mentoring/you/", mentor_you, name="mentor_you"),
    path("mentoring/you/<slug:mentor>/away/", mentor_away, name="mentor_away"),
    path("mentoring/you/<slug:mentor>/back/", mentor_back, name="mentor_back"),
    path("mentoring/asked/<slug:match>/", mentor_asked, name="mentor_asked"),
    path("mentoring/matches/<slug:match>/", mentor_match, name="mentor_match"),
    path("mentoring/matches/<slug:match>/met/", mentor_met, name="mentor_met"),
    path("mentoring/matches/<slug:match>/log/", mentor_log, name="mentor_log"),
    path("mentoring/matches/<slug:match>/concern/", mentor_concern, name="mentor_concern"),
    path("mentoring/matches/<slug:match>/agreement/", mentor_agreement, name="mentor_agreement"),
    path("mentoring/contacts/<slug:contact>/", mentor_entry, name="mentor_entry"),
    path("mentoring/contacts/<slug:contact>/remove/", mentor_entry_remove, name="mentor_entry_remove"),
    path("mentoring/library/", mentor_library, name="mentor_library"),
    path("mentoring/library/<slug:resource>/file/", mentor_library_file, name="mentor_library_file"),
]
