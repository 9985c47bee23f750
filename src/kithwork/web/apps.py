from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kithwork.web"
    label = "web"
