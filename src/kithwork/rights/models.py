"""Requests of people about their data, what must be kept for now, and how long each kind of record is."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation, Service


class Asked(models.Model):
    """One request of one person, answered within a month (articles 12(3), 15 to 17 of the UK GDPR).

    `subject` is whom it is about: 'mentee:<ref>', 'mentor:<ref>', 'staff:<ref>' of a service, or 'user:<ref>'.
    """

    class Right(models.TextChoices):
        RECTIFY = "rectify", "something held about them is wrong"
        COPY = "copy", "a copy of all that is held about them"
        ERASE = "erase", "their record is to be erased"

    class Outcome(models.TextChoices):
        DONE = "done", "done as asked"
        PARTLY = "partly", "done in part"
        REFUSED = "refused", "not done"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rights_asked")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rights_asked", null=True, blank=True)
    right = models.CharField(max_length=8, choices=Right)
    subject = models.CharField(max_length=40)
    words = models.TextField(blank=True, max_length=4000)
    came_on = models.DateField()
    due_on = models.DateField()  # the last day of the month
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: by a link
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, max_length=4000)  # what was changed, or why not
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("came_on", "id")
        verbose_name = "request about their data"
        indexes = (
            models.Index(fields=("organisation", "answered_on", "due_on"), name="asked_open"),
            models.Index(fields=("subject",), name="asked_subject"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="") | Q(answered_on__isnull=False, outcome__gt=""),
                name="asked_answered_with_an_outcome",
            ),
        )


class Hold(models.Model):
    """Somebody's record is kept whatever is asked and whatever its period: a claim, a court, an inquiry."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holds")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="holds", null=True, blank=True)
    subject = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    since = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-id")
        verbose_name = "legal hold"
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "subject"), condition=Q(ended_on__isnull=True), name="hold_once"
            ),
        )


class Period(models.Model):
    """How long a service keeps one kind of record, where that is not what the declarations say."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=20)  # of core.keeping.Kind
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("service", "kind"), name="period_once"),)
