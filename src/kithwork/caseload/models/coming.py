"""How a mentee comes: the referral, what is agreed to be shared, what could go wrong."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.people import Mentee, Mentor
from kithwork.core.refs import new_ref


class Referral(models.Model):
    """One referral, from its arrival to its answer. The referrer follows it by a link of their own."""

    class Source(models.TextChoices):
        SELF = "self", "self-referral"
        FAMILY = "family", "family, friend or carer"
        AGENCY = "agency", "school, health, social work or another agency"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "accepted onto the waiting list"
        SIGNPOSTED = "signposted", "pointed to something more suitable"
        WITHDRAWN = "withdrawn", "withdrawn by the person"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="referrals")
    source = models.CharField(max_length=10, choices=Source)
    came_on = models.DateField()
    name = models.CharField(max_length=150, blank=True)  # of the referrer
    organisation = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True, max_length=4000)
    agreed = models.BooleanField(default=False)  # the person knows of the referral and agrees to it
    acknowledged_on = models.DateField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)  # the first talk with the person
    eligible = models.JSONField(default=dict)  # criterion -> whether met
    eligible_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    signposted_to = models.CharField(max_length=300, blank=True)
    told_on = models.DateField(null=True, blank=True)  # the referrer was told the outcome
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("came_on", "id")
        indexes = (models.Index(fields=("outcome", "came_on"), name="referral_open"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True) | Q(outcome__gt="", decided_on__isnull=False),
                name="referral_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("came_on")), name="referral_came_first"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="signposted") | (Q(reason__gt="") & Q(signposted_to__gt="")),
                name="referral_signposted_somewhere",
            ),
        )


class RiskAssessment(models.Model):
    """What could go wrong and what is done about it. The latest of its kind counts."""

    class Kind(models.TextChoices):
        PERSON = "person", "risk to self and others, before the waiting list"
        ACTIVITY = "activity", "what the match will do together"
        HOME = "home", "the home and who lives there"

    class Level(models.TextChoices):
        LOW = "low", "low"
        MEDIUM = "medium", "medium"
        HIGH = "high", "high"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="risk_assessments")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    level = models.CharField(max_length=6, choices=Level)
    findings = models.TextField(blank=True, max_length=8000)
    actions = models.TextField(blank=True, max_length=4000)
    actions_due = models.DateField(null=True, blank=True)
    actions_done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (
            models.Index(fields=("mentee", "kind", "on"), name="risk_latest"),
            models.Index(
                fields=("mentee",), condition=Q(actions__gt="", actions_done_on__isnull=True), name="risk_to_act_on"
            ),
        )


class Consent(models.Model):
    """Who may be told what. The wording is kept as it was asked. The latest answer of its kind counts."""

    class Kind(models.TextChoices):
        DATA = "data", "keeping their details"
        THIRD_PARTIES = "third-parties", "asking others for information, about risk too"
        RISK = "risk", "sharing risks, and how to manage them, with the mentor"
        REVIEWS = "reviews", "sharing feedback from reviews with the mentor and the referrer"
        STORY = "story", "telling their story, or using their picture"

    class Answer(models.TextChoices):
        GIVEN = "given", "given"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Whose(models.TextChoices):
        OWN = "own", "the person"
        FAMILY = "family", "a parent, guardian or carer"

    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="consents", null=True, blank=True)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="consents", null=True, blank=True)
    kind = models.CharField(max_length=14, choices=Kind)
    answer = models.CharField(max_length=10, choices=Answer)
    whose = models.CharField(max_length=6, choices=Whose, default=Whose.OWN)
    on = models.DateField()
    wording = models.TextField(max_length=2000)
    how = models.CharField(max_length=100, blank=True)  # on paper, by telephone, by their own link
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: themselves
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (
            models.Index(fields=("mentee", "kind", "on"), name="consent_mentee"),
            models.Index(fields=("mentor", "kind", "on"), name="consent_mentor"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(mentee__isnull=False) ^ Q(mentor__isnull=False), name="consent_of_one"),
        )
