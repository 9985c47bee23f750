"""Policies and protocols with their versions; a shared library with its versions and loans."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


def policy_file(version: "PolicyVersion", filename: str) -> str:
    """Where a policy's file lies: a name that tells nothing."""
    return f"policies/{version.policy.service.ref}/{version.ref}"


def resource_file(version: "ResourceVersion", filename: str) -> str:
    return f"resources/{version.resource.service.ref}/{version.ref}"


class Policy(models.Model):
    """A policy, procedure, protocol or code of practice. What it is about is a closed kind, never read from its title.

    The first eighteen are indicators 8 to 25 of Quality in Mentoring, in their order (001, appendix 2).
    """

    class Subject(models.TextChoices):
        EQUALITY = "equality", "Equality and diversity"
        OFFENDERS = "offenders", "Rehabilitation of offenders"
        DIGNITY = "dignity", "Dignity at work"
        DISCIPLINARY = "disciplinary", "Disciplinary"
        GRIEVANCE = "grievance", "Grievance"
        COMPLAINTS = "complaints", "Complaints and suggestions"
        CONFIDENTIALITY = "confidentiality", "Confidentiality"
        DATA_PROTECTION = "data-protection", "Data protection"
        INFORMATION = "information", "Handling, holding and destroying information"
        HEALTH_SAFETY = "health-safety", "Health and safety"
        SAFEGUARDING = "safeguarding", "Safeguarding and protection"
        SUBSTANCES = "substances", "Drugs and alcohol in mentoring"
        MONEY = "money", "Handling money and prescription medicine"
        REFERRALS = "referrals", "Referral policy and procedures"
        SUPERVISION = "supervision", "Support and supervision"
        LONE_WORKING = "lone-working", "Lone working, with out of hours guidance"
        REVIEWS = "reviews", "Mentee review statement"
        MATCHING = "matching", "Matching and ending procedures"
        CAPACITY = "capacity", "Service capacity guidance"
        ASSESSMENT = "assessment", "Assessment procedure for referrals"
        DRIVING = "driving", "Driving"
        PHOTOGRAPHY = "photography", "Photography"
        PRIVACY = "privacy", "Privacy statement"
        PROTOCOL = "protocol", "Mentoring protocol"
        CODE = "code", "Code of practice"
        OTHER = "other", "Something else"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="policies")
    subject = models.CharField(max_length=16, choices=Subject)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=150, blank=True)
    review_months = models.PositiveSmallIntegerField(default=36)  # protocols and codes: 12
    covers_volunteers = models.BooleanField(default=False)  # lone working has to (indicator 23)
    ended_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("service", "subject"),
                condition=Q(ended_on__isnull=True) & ~Q(subject__in=("other", "protocol", "code")),
                name="policy_once_a_subject",
            ),
        )


class PolicyVersion(models.Model):
    """A version as approved. Reviewing without a change makes a version too: what counts is the day of the review."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    approved_on = models.DateField()  # reviewed and approved
    approved_by = models.CharField(max_length=150, blank=True)
    review_due = models.DateField()
    changed = models.BooleanField(default=True)
    affects_people = models.BooleanField(default=False)  # changes what mentees or mentors meet with: they are told
    summary = models.TextField(blank=True, max_length=4000)  # what changed, in plain words
    file = models.FileField(upload_to=policy_file, blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("policy", "number"), name="policy_version_once"),
            models.CheckConstraint(condition=Q(review_due__gte=F("approved_on")), name="policy_review_after_approval"),
        )


class Acknowledgement(models.Model):
    """Who was told of a change, in what way, when; and when a person said that they have read it."""

    class Group(models.TextChoices):
        MENTEES = "mentees", "mentees and their families"
        MENTORS = "mentors", "mentors"
        STAFF = "staff", "staff"
        TRUSTEES = "trustees", "trustees"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="told")
    group = models.CharField(max_length=8, choices=Group)
    on = models.DateField()
    how = models.CharField(max_length=200)  # letter, meeting, newsletter
    people = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "id")


class Resource(models.Model):
    """Something shared among mentors: a handbook, a game, a link (002: a shared library; excellence 21)."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "document"
        LINK = "link", "link"
        THING = "thing", "something to borrow"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True, max_length=2000)
    topic = models.CharField(max_length=80, blank=True)
    for_mentors = models.BooleanField(default=True)  # mentors see it on their desk
    ended_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("title", "id")


class ResourceVersion(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)  # what is new
    url = models.URLField(blank=True, max_length=500)
    file = models.FileField(upload_to=resource_file, blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("resource", "number"), name="resource_version_once"),)


class Loan(models.Model):
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="loans")
    borrower = models.CharField(max_length=150)
    lent_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-lent_on", "-id")
