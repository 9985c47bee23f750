"""What mentors are given: supervision, gatherings, newsletters; and who among the mentees may be lost."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.matches import Match
from kithwork.caseload.models.people import Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Supervision(models.Model):
    """A support and supervision session with one mentor (indicator 52; quarterly for excellence 16)."""

    class Topic(models.TextChoices):
        BOUNDARIES = "boundaries", "how boundaries are managed"
        AIMS = "aims", "the service's aims and the mentor's role"
        PERCEPTIONS = "perceptions", "what they think of the service, and how the mentee benefits"
        CONTINUE = "continue", "whether they are happy and want to continue"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="supervisions")
    on = models.DateField()
    face_to_face = models.BooleanField(default=True)
    topics = models.JSONField(default=list)  # of Topic
    notes = models.TextField(blank=True, max_length=8000)
    wellbeing = models.TextField(blank=True, max_length=4000)  # and personal aims, over time (excellence 12)
    learning = models.CharField(max_length=500, blank=True)  # what further training is wished for (excellence 18)
    goes_on = models.BooleanField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (models.Index(fields=("mentor", "on"), name="supervision_latest"),)


class Gathering(models.Model):
    """Something for all mentors: a peer group, a social event, a newsletter sent (excellence 17, 19, 20)."""

    class Kind(models.TextChoices):
        PEERS = "peers", "peer support group"
        SOCIAL = "social", "social event"
        NEWSLETTER = "newsletter", "newsletter"
        STANDARDS = "standards", "standardisation meeting"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="gatherings")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True, max_length=4000)
    with_mentees = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-on", "-id")


class Invited(models.Model):
    """A mentor was asked to a gathering, or sent the newsletter; and came, or not."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invited")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="invited")
    came = models.BooleanField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("gathering", "mentor"), name="invited_once"),)


class DropoutRisk(models.Model):
    """Signs that a mentee may give up, and how they are followed (002: spot and support those at risk)."""

    class Level(models.TextChoices):
        NONE = "none", "no risk seen"
        SOME = "some", "some risk"
        HIGH = "high", "high risk"

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="dropout_risks")
    level = models.CharField(max_length=4, choices=Level)
    on = models.DateField()
    signs = models.TextField(blank=True, max_length=2000)
    action = models.TextField(blank=True, max_length=2000)  # with tutor or institution
    look_again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
