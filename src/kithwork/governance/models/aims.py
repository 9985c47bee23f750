"""What the service wants to reach, what came of it, what people say, what was changed (indicators 33 to 38)."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Outcome(models.Model):
    """A change the service works for, and how it is seen."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="outcomes")
    what = models.CharField(max_length=300)
    seen_by = models.CharField(max_length=500, blank=True)  # how the information is collected
    measure = models.CharField(max_length=12, blank=True)  # reference of a measure in the caseload, opaque here
    begun_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)


class Target(models.Model):
    """A number agreed for a year; the figure reached is counted from the records where it can be."""

    class Counts(models.TextChoices):
        APPLIED = "applied", "mentors who applied"
        TRAINED = "trained", "mentors trained"
        MATCHED = "matched", "matches begun"
        SUPPORTED = "supported", "matches supported"
        REFERRED = "referred", "referrals received"
        MEETINGS = "meetings", "meetings of mentors and mentees"
        OTHER = "other", "something else"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()  # of the calendar
    counts = models.CharField(max_length=10, choices=Counts)
    what = models.CharField(max_length=200, blank=True)
    aim = models.PositiveIntegerField()
    reached = models.PositiveIntegerField(null=True, blank=True)  # typed in where nothing here counts it
    published_on = models.DateField(null=True, blank=True)  # in a report that is publicly available

    class Meta:
        ordering = ("-year", "id")


class Evaluation(models.Model):
    """At least every three years, with everybody involved, against the baseline (indicator 37)."""

    class Group(models.TextChoices):
        CLIENTS = "clients", "mentees"
        VOLUNTEERS = "volunteers", "mentors"
        STAFF = "staff", "staff"
        REFERRERS = "referrers", "referrers"
        FUNDERS = "funders", "funders"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="evaluations")
    on = models.DateField()
    title = models.CharField(max_length=200)
    groups = models.JSONField(default=list)  # of Group
    figures = models.BooleanField(default=False)  # quantitative
    words = models.BooleanField(default=False)  # qualitative
    baseline = models.BooleanField(default=False)  # compared with it
    found = models.TextField(blank=True, max_length=8000)
    survey = models.BooleanField(default=False)  # a survey or working group with all of them (excellence 10)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-id")


class Complaint(models.Model):
    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "complaint"
        SUGGESTION = "suggestion", "suggestion"
        PRAISE = "praise", "praise"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    whose = models.CharField(max_length=80, blank=True)  # a mentee, a mentor, a carer, a referrer: the group, or a name
    what = models.TextField(max_length=8000)
    answer = models.TextField(blank=True, max_length=8000)
    acknowledged_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    upheld = models.BooleanField(null=True)
    learnt = models.TextField(blank=True, max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: themselves
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-on", "-id")


class Change(models.Model):
    """A weak point seen in the figures, what was changed, who was told, whether it helped (35, 38, excellence 7)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="changes")
    seen_on = models.DateField()
    weakness = models.TextField(max_length=2000)
    change = models.TextField(blank=True, max_length=2000)
    changed_on = models.DateField(null=True, blank=True)
    affects_people = models.BooleanField(default=False)
    mentees_told_on = models.DateField(null=True, blank=True)
    mentors_told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=200, blank=True)
    success = models.TextField(blank=True, max_length=2000)
    success_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-seen_on", "-id")


class Practised(models.Model):
    """Something done that an indicator asks for and no other table holds: a story told, adapted materials, networking.

    Kept so that the Excellence indicators without a record of their own have one dated place.
    """

    class Kind(models.TextChoices):
        ADAPTED = "adapted", "procedures or materials adapted for somebody (excellence 1)"
        STORY = "story", "a story for promotion (excellence 2)"
        RESEARCH = "research", "policy or research read (excellence 6)"
        NEED = "need", "evidence of the need for the service (excellence 8)"
        PRESENCE = "presence", "website, social media or print brought up to date (indicator 4)"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="practised")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    what = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-id")
