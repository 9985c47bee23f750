from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "kithwork.governance"
    label = "governance"
