"""Links for people without an account: one purpose, one record, one use or a time."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.coming import Referral
from kithwork.caseload.models.joining import Attendance, Reference
from kithwork.caseload.models.matches import Ending, Match
from kithwork.caseload.models.people import Mentee, Mentor
from kithwork.core.refs import new_ref


class OneTimeLink(models.Model):
    """The secret is kept as a digest alone; what it opens follows from its purpose."""

    class Purpose(models.TextChoices):
        TRACK = "track", "follow a referral"
        REFERENCE = "reference", "give a reference"
        MATCH = "match", "answer whether to meet"
        REVIEW = "review", "a review"
        FEEDBACK = "feedback", "say what you think of the service"
        MENTEE = "mentee", "a mentee's own page"
        EQUALITIES = "equalities", "equalities questions"
        MEASURES = "measures", "say how things are"
        TRAINING = "training", "feedback on training"
        EXIT = "exit", "questionnaire at the end of a match"
        AGREEMENT = "agreement", "agree to what was written down"
        MENTOR = "mentor", "take up a mentor's record with an account"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    token_digest = models.CharField(max_length=64, unique=True)
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    side = models.CharField(max_length=8, blank=True)  # mentee, mentor, family or referrer: as whom it is answered
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)  # a link for one answer is spent by it
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
