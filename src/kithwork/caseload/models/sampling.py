"""Sample people that were loaded into a service, so that they can be told from real ones and thrown away again."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Sample(models.Model):
    """One loading. `made` holds the keys of the rows on which everything else it made hangs, by model."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="samples")
    seed = models.BigIntegerField()
    last_day = models.DateField()  # the day up to which it was made up
    figures = models.JSONField(default=dict)  # how many mentees, mentors, matches, contacts
    faults = models.JSONField(default=list)  # [indicator, kind, reference of the row]
    made = models.JSONField(default=dict)
    capacity_before = models.PositiveIntegerField()  # of the service, which the sample may have raised
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    thrown_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("service",), condition=models.Q(thrown_away_at__isnull=True), name="sample_one_at_a_time"
            ),
        )
