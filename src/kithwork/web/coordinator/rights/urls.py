"""People's rights at a service: what they asked, erasing, holds, periods, the register of processing."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.rights import asked, erasing, periods

_AT = "run/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(f"{_AT}rights/", asked.rights, name="rights"),
    path(f"{_AT}rights/asked/<slug:asked>/", asked.right_asked, name="right_asked"),
    path(f"{_AT}rights/new/<slug:side>/<slug:person>/", asked.right_new, name="right_new"),
    path(f"{_AT}rights/holds/", asked.right_holds, name="right_holds"),
    path(f"{_AT}rights/hold/<slug:side>/<slug:person>/", asked.right_hold, name="right_hold"),
    path(f"{_AT}rights/holds/<slug:hold>/end/", asked.right_hold_end, name="right_hold_end"),
    path(f"{_AT}rights/going/", asked.right_going, name="right_going"),
    path(f"{_AT}rights/periods/", periods.right_periods, name="right_periods"),
    path(f"{_AT}rights/register/", periods.right_register, name="right_register"),
    path(f"{_AT}mentees/<slug:mentee>/erase/", erasing.mentee_erase, name="mentee_erase"),
    path(f"{_AT}mentors/<slug:mentor>/erase/", erasing.mentor_erase, name="mentor_erase"),
    path(f"{_AT}referrals/<slug:referral>/erase/", erasing.referrer_erase, name="referrer_erase"),
    path(f"{_AT}service/staff/<slug:staff>/erase/", erasing.staff_erase, name="staff_erase"),
]
