"""Matches and what is logged of them, under `/run/<service>/`."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.matches import (
    agreeing,
    answering,
    disputing,
    ending,
    following,
    inbox,
    listing,
    logs,
    making,
    noting,
    record,
    reviewing,
)

_ALL = "run/<slug:slug>/matches/"
_ONE = f"{_ALL}<slug:match>/"
_LOG = "run/<slug:slug>/contacts/"

urlpatterns: list[URLPattern] = [
    path(_ALL, listing.matches, name="matches"),
    path(f"{_ALL}new/", making.match_new, name="match_new"),
    path(f"{_ALL}new/<slug:mentee>/", making.match_choose, name="match_choose"),
    path(f"{_ALL}new/<slug:mentee>/<slug:mentor>/", making.match_propose, name="match_propose"),
    path(_ONE, record.match, name="match"),
    path(f"{_ONE}answer/<slug:side>/", answering.match_answer, name="match_answer"),
    path(f"{_ONE}ask/<slug:side>/", answering.match_ask, name="match_ask"),
    path(f"{_ONE}withdraw/", answering.match_withdraw, name="match_withdraw"),
    path(f"{_ONE}introduce/", answering.match_introduce, name="match_introduce"),
    path(f"{_ONE}before/", noting.match_noted, name="match_noted"),
    path(f"{_ONE}met/", following.match_met, name="match_met"),
    path(f"{_ONE}contact/<slug:side>/", following.match_contact, name="match_contact"),
    path(f"{_ONE}arrange/", following.match_arrange, name="match_arrange"),
    path(f"{_ONE}watch/", following.match_watch, name="match_watch"),
    path(f"{_ONE}support/", following.match_support, name="match_support"),
    path(f"{_ONE}boundary/", following.match_boundary, name="match_boundary"),
    path(f"{_ONE}boundary/<slug:change>/", following.match_boundary_done, name="match_boundary_done"),
    path(f"{_ONE}dropout/", following.match_dropout, name="match_dropout"),
    path(f"{_ONE}plan/", following.match_plan, name="match_plan"),
    path(f"{_ONE}goals/<slug:goal>/", following.match_goal, name="match_goal"),
    path(f"{_ONE}review/", reviewing.match_review, name="match_review"),
    path(f"{_ONE}review/ask/", reviewing.match_review_ask, name="match_review_ask"),
    path(f"{_ONE}reviews/<slug:review>/", reviewing.match_review_one, name="match_review_one"),
    path(f"{_ONE}reviews/<slug:review>/share/<slug:whom>/", reviewing.match_review_share, name="match_review_share"),
    path(f"{_ONE}agreement/", agreeing.match_agreement, name="match_agreement"),
    path(f"{_ONE}agreement/new/", agreeing.match_draw_up, name="match_draw_up"),
    path(f"{_ONE}agreement/signed/<slug:who>/", agreeing.match_sign, name="match_sign"),
    path(f"{_ONE}agreement/ask/<slug:side>/", agreeing.match_sign_ask, name="match_sign_ask"),
    path(f"{_ONE}dispute/", disputing.match_dispute, name="match_dispute"),
    path(f"{_ONE}disputes/<slug:dispute>/", disputing.match_dispute_one, name="match_dispute_one"),
    path(f"{_ONE}end/", ending.match_end, name="match_end"),
    path(f"{_ONE}goes-on/", ending.match_goes_on, name="match_goes_on"),
    path(f"{_ONE}told/<slug:whom>/", ending.match_told, name="match_told"),
    path(f"{_ONE}look-back/", ending.match_look_back, name="match_look_back"),
    path(f"{_ONE}follows/", ending.match_follows, name="match_follows"),
    path(f"{_ONE}letter/<slug:side>/", ending.match_letter, name="match_letter"),
    path(f"{_ONE}confirmed/<slug:side>/", ending.match_confirm, name="match_confirm"),
    path(f"{_ONE}exit/", ending.match_exit, name="match_exit"),
    path(f"{_ONE}wait/", ending.match_wait, name="match_wait"),
    path(_LOG, inbox.inbox, name="inbox"),
    path(f"{_LOG}read/", inbox.inbox_read, name="inbox_read"),
    path(f"{_LOG}all/", logs.contacts, name="contacts"),
    path(f"{_LOG}<slug:contact>/", inbox.contact, name="contact"),
]
