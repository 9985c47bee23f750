from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "kithwork.evidence"
    label = "evidence"
