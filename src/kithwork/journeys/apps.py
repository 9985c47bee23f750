from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "kithwork.journeys"
    label = "journeys"
