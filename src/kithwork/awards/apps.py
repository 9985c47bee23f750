from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "kithwork.awards"
    label = "awards"
