"""Addresses of the account desk; signing in and up are allauth's, under /accounts/."""

from django.urls import URLPattern, path

from kithwork.web.account import rights
from kithwork.web.account.drafts import drafts
from kithwork.web.account.home import home, new_organisation, start
from kithwork.web.account.invitations import invitation
from kithwork.web.account.keys import my_keys, stop_my_key
from kithwork.web.account.mail import account_mail
from kithwork.web.account.me import my_account, my_name, my_reminders

urlpatterns: list[URLPattern] = [
    path("home/", home, name="home"),
    path("start/<slug:slug>/", start, name="start"),
    path("organisations/new/", new_organisation, name="new_organisation"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("drafts/", drafts, name="drafts"),
    path("account/", my_account, name="my_account"),
    path("account/name/", my_name, name="my_name"),
    path("account/reminders/", my_reminders, name="my_reminders"),
    path("account/keys/", my_keys, name="my_keys"),
    path("account/keys/<slug:ref>/stop/", stop_my_key, name="stop_my_key"),
    path("account/rights/", rights.my_rights, name="my_rights"),
    path("account/rights/copy/", rights.my_rights_copy, name="my_rights_copy"),
    path("account/rights/ask/", rights.my_rights_ask, name="my_rights_ask"),
    path("account/rights/erase/", rights.my_rights_erase, name="my_rights_erase"),
    path("account-erased/", rights.account_erased, name="account_erased"),
    path("mail/", account_mail, name="account_mail"),
]
