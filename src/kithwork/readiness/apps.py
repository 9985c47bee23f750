from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "kithwork.readiness"
    label = "readiness"
