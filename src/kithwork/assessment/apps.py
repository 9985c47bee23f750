from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "kithwork.assessment"
    label = "assessment"
