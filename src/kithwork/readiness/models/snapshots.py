"""Snapshots of what records showed, made evidence; and other samples that were asked for."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.evidence.models import Item
from kithwork.organisations.models import Service


class Snapshot(models.Model):
    """What a service's records showed of one requirement on one day, as it stands in an item's PDF.

    `facts` says the same as the PDF (`core.readiness.reducing.Facts`): figures, and a sample reduced to initials and
    months. Never changed: a later change of records does not reach it. The item keeps the PDF and its digest.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="snapshots")
    scheme = models.SlugField(max_length=60)
    edition = models.SlugField(max_length=60)
    requirement = models.CharField(max_length=60)
    day = models.DateField()
    turn = models.PositiveIntegerField(default=1)  # which sample, from 1
    facts = models.JSONField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    wording = models.CharField(max_length=500)  # what was signed, word for word

    class Meta:
        ordering = ("signed_at", "id")


class SampleAsked(models.Model):
    """An assessor asked for another sample than a snapshot's; `turn` is the one asked for."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="asked")
    turn = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("snapshot", "turn"), name="sample_asked_once"),)
