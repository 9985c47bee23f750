from django.urls import URLPattern, path

from kithwork.web.coordinator.mentees import agreed, changes, listing, record

_ONE = "run/<slug:slug>/mentees/<slug:mentee>/"

urlpatterns: list[URLPattern] = [
    path("run/<slug:slug>/mentees/", listing.mentees, name="mentees"),
    path(_ONE, record.mentee, name="mentee"),
    path(f"{_ONE}edit/", changes.mentee_edit, name="mentee_edit"),
    path(f"{_ONE}contact/", changes.mentee_contact, name="mentee_contact"),
    path(f"{_ONE}priority/", changes.mentee_priority, name="mentee_priority"),
    path(f"{_ONE}pause/", changes.mentee_pause, name="mentee_pause"),
    path(f"{_ONE}back/", changes.mentee_back, name="mentee_back"),
    path(f"{_ONE}leave/", changes.mentee_leave, name="mentee_leave"),
    path(f"{_ONE}return/", changes.mentee_return, name="mentee_return"),
    path(f"{_ONE}link/", changes.mentee_link, name="mentee_link"),
    path(f"{_ONE}consents/", agreed.mentee_consents, name="mentee_consents"),
    path(f"{_ONE}consents/<slug:consent>/", agreed.mentee_consent, name="mentee_consent"),
    path(f"{_ONE}risk/", agreed.mentee_risk, name="mentee_risk"),
    path(f"{_ONE}risk/<slug:risk>/", agreed.mentee_risk_done, name="mentee_risk_done"),
]
