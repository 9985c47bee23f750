from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "kithwork.gate"
    label = "gate"
