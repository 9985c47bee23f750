from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "kithwork.rights"
    label = "rights"
