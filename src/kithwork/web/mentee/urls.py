from django.urls import URLPattern, path

from kithwork.web.mentee import pages
from kithwork.web.mentee.accounts import take_up_mentoring
from kithwork.web.mentee.equalities import link_equalities
from kithwork.web.mentee.exits import link_exit
from kithwork.web.mentee.matching import link_agreement, link_meet
from kithwork.web.mentee.measures import link_measures
from kithwork.web.mentee.questionnaires import link_feedback
from kithwork.web.mentee.references import give_reference, link_thanks
from kithwork.web.mentee.reviews import link_review
from kithwork.web.mentee.rights import link_rights
from kithwork.web.mentee.trainings import own_training

urlpatterns: list[URLPattern] = [
    path("link/thanks/", link_thanks, name="link_thanks"),
    path("link/<str:token>/reference/", give_reference, name="link_reference"),
    path("link/<str:token>/training/", own_training, name="link_training"),
    path("link/<str:token>/mentoring/", take_up_mentoring, name="link_mentoring"),
    path("link/<str:token>/meet/", link_meet, name="link_meet"),
    path("link/<str:token>/agreement/", link_agreement, name="link_agreement"),
    path("link/<str:token>/review/", link_review, name="link_review"),
    path("link/<str:token>/exit/", link_exit, name="link_exit"),
    path("link/<str:token>/equalities/", link_equalities, name="link_equalities"),
    path("link/<str:token>/measures/", link_measures, name="link_measures"),
    path("link/<str:token>/feedback/", link_feedback, name="link_feedback"),
    path("link/<str:token>/", pages.opened, name="link"),
    path("link/<str:token>/wrong/", pages.wrong, name="link_wrong"),
    path("link/<str:token>/heard/", pages.heard, name="link_heard"),
    path("link/<str:token>/call/", pages.call_me, name="link_call"),
    path("link/<str:token>/shared/", pages.shared, name="link_shared"),
    path("link/<str:token>/rights/", link_rights, name="link_rights"),
]
