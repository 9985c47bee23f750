from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "kithwork.caseload"
    label = "caseload"
