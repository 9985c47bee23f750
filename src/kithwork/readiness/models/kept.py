"""What an edition's checks found, kept for a day."""

from django.db import models

from kithwork.organisations.models import Service


class KeptAnswers(models.Model):
    """The answers of one service to one edition on one day: numbers and days alone.

    `answers`: requirement id -> for each of its checks, in order, [how many asked about, failing, lapsing in 30, 60 and
    90 days, holds until, heals on], days in ISO form or null. `asked` is a digest of the questions with their
    parameters: answers to other questions are never read. `seq` is the newest ledger record of the service's
    organisation when counting began, so that a later one tells that they may have changed.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="kept_answers")
    scheme = models.SlugField(max_length=60)
    edition = models.SlugField(max_length=60)
    day = models.DateField()
    asked = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    counted_at = models.DateTimeField()
    seq = models.BigIntegerField(default=0)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("service_id", "scheme", "edition", "day")
        constraints = (
            models.UniqueConstraint(fields=("service", "scheme", "edition", "day"), name="kept_answers_once"),
        )
