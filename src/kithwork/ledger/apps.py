from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kithwork.ledger"
    label = "ledger"
