from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "kithwork.courses"
    label = "courses"
