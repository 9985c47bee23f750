from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "kithwork.procedures"
    label = "procedures"
