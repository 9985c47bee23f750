from django.urls import URLPattern, path

from kithwork.web.coordinator.referrals import listing, one, waiting

_ONE = "run/<slug:slug>/referrals/<slug:referral>/"

urlpatterns: list[URLPattern] = [
    path("run/<slug:slug>/waiting/", waiting.waiting, name="waiting"),
    path("run/<slug:slug>/waiting/over-time/", waiting.waiting_time, name="waiting_time"),
    path("run/<slug:slug>/waiting/referrals/", waiting.referral_door, name="referral_door"),
    path("run/<slug:slug>/referrals/", listing.referrals, name="referrals"),
    path("run/<slug:slug>/referrals/new/", listing.referral_new, name="referral_new"),
    path(_ONE, one.referral, name="referral"),
    path(f"{_ONE}acknowledge/", one.referral_acknowledge, name="referral_acknowledge"),
    path(f"{_ONE}talk/", one.referral_talk, name="referral_talk"),
    path(f"{_ONE}edit/", one.referral_edit, name="referral_edit"),
    path(f"{_ONE}eligibility/", one.referral_eligible, name="referral_eligible"),
    path(f"{_ONE}needs/", one.referral_needs, name="referral_needs"),
    path(f"{_ONE}decide/", one.referral_decide, name="referral_decide"),
    path(f"{_ONE}tell/", one.referral_tell, name="referral_tell"),
]
