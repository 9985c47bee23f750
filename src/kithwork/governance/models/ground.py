"""Board, money, insurance, and what could go wrong with the service as a whole (indicators 1, 2, 3, 7)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Trustee(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="trustees")
    name = models.CharField(max_length=150)
    office = models.CharField(max_length=80, blank=True)  # chair, treasurer
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")


class Meeting(models.Model):
    """Of the board, or an occasion where trustees took part in the service."""

    class Kind(models.TextChoices):
        BOARD = "board", "board meeting"
        INVOLVED = "involved", "trustees at a service event or team meeting"
        NETWORK = "network", "networking event (excellence 4)"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    about = models.CharField(max_length=300)
    decided = models.TextField(blank=True, max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-id")


class Funding(models.Model):
    class State(models.TextChoices):
        APPLIED = "applied", "applied for"
        SECURED = "secured", "secured"
        REFUSED = "refused", "not granted"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="funding")
    source = models.CharField(max_length=200)
    pounds = models.PositiveIntegerField(default=0)
    begins = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, choices=State)
    on = models.DateField()  # applied, or decided
    for_training = models.BooleanField(default=False)  # a staff training budget (indicator 31)

    class Meta:
        ordering = ("begins", "id")
        constraints = (models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="funding_forwards"),)


class Insurance(models.Model):
    class Cover(models.TextChoices):
        EMPLOYER = "employer", "employers' liability"
        PUBLIC = "public", "public liability"
        BOTH = "both", "employers' and public liability"
        OTHER = "other", "something else"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="insurance")
    cover = models.CharField(max_length=8, choices=Cover)
    insurer = models.CharField(max_length=150)
    number = models.CharField(max_length=80, blank=True)
    volunteers = models.BooleanField(default=False)  # covers volunteers and mentors in so many words
    begins = models.DateField()
    ends = models.DateField()  # the last day

    class Meta:
        ordering = ("-ends", "-id")
        constraints = (models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="insurance_forwards"),)


class Risk(models.Model):
    """One line of the service's risk register: who does what about it by when."""

    class Size(models.IntegerChoices):
        LOW = 1, "low"
        MEDIUM = 2, "medium"
        HIGH = 3, "high"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="risks")
    what = models.CharField(max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=Size, default=Size.MEDIUM)
    impact = models.PositiveSmallIntegerField(choices=Size, default=Size.MEDIUM)
    action = models.TextField(blank=True, max_length=2000)
    owner = models.CharField(max_length=150, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-impact", "-likelihood", "id")
