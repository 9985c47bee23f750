from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kithwork.notices"
    label = "notices"
