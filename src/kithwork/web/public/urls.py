"""Addresses of the public desk."""

from django.urls import URLPattern, path

from kithwork.web.public.awards import award, award_meaning, badge, certificate, verify
from kithwork.web.public.case import case_discovery, case_documents, case_one
from kithwork.web.public.check import check, self_check
from kithwork.web.public.dossier import dossier
from kithwork.web.public.feeds import calendar_feed
from kithwork.web.public.front import accessibility, front, health, privacy
from kithwork.web.public.proofs import (
    credential,
    credential_file,
    did_json,
    level_emblem,
    standing_svg,
    status_json,
)
from kithwork.web.public.referring import refer, refer_thanks
from kithwork.web.public.register import register, register_csv, register_json
from kithwork.web.public.saying import said_something, say_something
from kithwork.web.public.schemes import scheme, scheme_area, scheme_requirements, schemes
from kithwork.web.public.support import support, support_thanks
from kithwork.web.public.verifying import verify_file
from kithwork.web.public.volunteering import volunteer, volunteer_thanks

urlpatterns: list[URLPattern] = [
    path("", front, name="front"),
    path("schemes/", schemes, name="schemes"),
    path("schemes/<slug:slug>/", scheme, name="scheme"),
    path("schemes/<slug:slug>/requirements/", scheme_requirements, name="scheme_requirements"),
    path("schemes/<slug:slug>/requirements/<slug:area>/", scheme_area, name="scheme_area"),
    path("check/", check, name="check"),
    path("check/<slug:slug>/", self_check, name="self_check"),
    path("schemes/<slug:slug>/badges/<slug:edition>/<slug:level>.png", level_emblem, name="level_emblem"),
    path("bodies/<slug:slug>/did.json", did_json, name="did_json"),
    path("bodies/<slug:slug>/status/<slug:ref>.json", status_json, name="status_json"),
    path("credentials/<slug:ref>/", credential, name="credential"),
    path("credentials/<slug:ref>/badge.<slug:ending>", credential_file, name="credential_file"),
    path("ims/case/v1p1/CFDocuments", case_documents, name="case_documents"),
    path("ims/case/v1p1/discovery/<str:name>", case_discovery, name="case_discovery"),
    path("ims/case/v1p1/<str:collection>/<str:sourced>", case_one, name="case_one"),
    path("register/", register, name="register"),
    path("register.csv", register_csv, name="register_csv"),
    path("register.json", register_json, name="register_json"),
    path("verify/", verify, name="verify"),
    path("verify/file/", verify_file, name="verify_file"),
    path("awards/<slug:ref>/", award, name="award"),
    path("awards/<slug:ref>/meaning/", award_meaning, name="award_meaning"),
    path("awards/<slug:ref>/certificate.pdf", certificate, name="certificate"),
    path("awards/<slug:ref>/badge.png", badge, name="badge"),
    path("awards/<slug:ref>/standing.svg", standing_svg, name="standing_svg"),
    path("support/thanks/", support_thanks, name="support_thanks"),
    path("support/<str:token>/", support, name="support"),
    path("dossier/<str:token>/", dossier, name="dossier"),
    path("refer/<slug:slug>/say/", say_something, name="say_something"),
    path("refer/<slug:slug>/said/", said_something, name="said_something"),
    path("calendar/<slug:token>.ics", calendar_feed, name="calendar_feed"),
    path("refer/<slug:slug>/", refer, name="refer"),
    path("refer/<slug:slug>/thanks/", refer_thanks, name="refer_thanks"),
    path("volunteer/<slug:slug>/", volunteer, name="volunteer"),
    path("volunteer/<slug:slug>/thanks/", volunteer_thanks, name="volunteer_thanks"),
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("health", health, name="health"),
]
