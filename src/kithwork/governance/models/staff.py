"""Staff files: references and vetting (outcome alone), training, supervision, appraisal (indicators 27 to 32)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Staff(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="staff")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staff_files", null=True, blank=True)
    mentoring = models.BooleanField(default=True)  # works in the mentoring service
    one_to_one = models.BooleanField(default=True)  # regular one-to-one contact with mentees
    trains = models.BooleanField(default=False)  # trains mentors (excellence 5)
    line_manager = models.CharField(max_length=150, blank=True)
    began_on = models.DateField()
    inducted_on = models.DateField(null=True, blank=True)
    badge_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    away_from = models.DateField(null=True, blank=True)  # somebody else looks after their work meanwhile
    away_until = models.DateField(null=True, blank=True)
    cover = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="covers", null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(away_until__isnull=True) | Q(away_until__gte=F("away_from")), name="staff_away_forwards"
            ),
        )


class StaffReference(models.Model):
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="references")
    name = models.CharField(max_length=150)
    received_on = models.DateField()
    satisfactory = models.BooleanField(default=True)

    class Meta:
        ordering = ("received_on", "id")


class StaffVetting(models.Model):
    """That a check was made and its outcome, never what it says."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="vettings")
    level = models.CharField(max_length=10)
    on = models.DateField()
    clear = models.BooleanField(default=True)
    expires_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "id")


class StaffTraining(models.Model):
    class Topic(models.TextChoices):
        PROTECTION = "protection", "protection of vulnerable adults or children"
        RISK = "risk", "risk management"
        VOLUNTEERS = "volunteers", "managing volunteers"
        TRAINERS = "trainers", "training for trainers"
        CHALLENGES = "challenges", "challenges that mentees face"
        OTHER = "other", "something else"

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="trainings")
    topic = models.CharField(max_length=10, choices=Topic)
    title = models.CharField(max_length=200)
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta:
        ordering = ("on", "id")


class StaffSupervision(models.Model):
    """At least every three months, with minutes (indicator 29)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="supervisions")
    on = models.DateField()
    supervisor = models.CharField(max_length=150)
    minuted = models.BooleanField(default=True)
    minutes = models.TextField(blank=True, max_length=8000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")


class Appraisal(models.Model):
    """Yearly, by the job description, with the training needs assessed (indicator 30)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="appraisals")
    on = models.DateField()
    by_job_description = models.BooleanField(default=True)
    needs = models.TextField(blank=True, max_length=4000)  # training needs
    needs_assessed = models.BooleanField(default=True)
    notes = models.TextField(blank=True, max_length=8000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
