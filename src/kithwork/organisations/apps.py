from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "kithwork.organisations"
    label = "organisations"
