"""Meetings, visits, observations and interviews, what was found there, what was noted, marked and decided."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.journeys.models import Journey


class Arrangement(models.Model):
    """A time agreed for a meeting, a visit or an interview. The latest one of its stage and item counts."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="arrangements")
    stage = models.CharField(max_length=60)
    item = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    mode = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=300, blank=True)  # an address or a link
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("made_at", "id")


class Finding(models.Model):
    """What the assessor found for one requirement at the visit."""

    class Outcome(models.TextChoices):
        MET = "met", "met"
        MORE = "more", "more asked for"

    class Seen(models.TextChoices):
        LIVE = "live", "live evidence seen"
        EXPLAINED = "explained", "practice explained, with an older example"
        NOTHING = "nothing", "not available on the day"

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="findings")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    outcome = models.CharField(max_length=4, choices=Outcome)
    seen = models.CharField(max_length=10, choices=Seen)
    note = models.TextField(blank=True, max_length=4000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class Interview(models.Model):
    """An interview held, or the alternative agreed instead. No name of the person interviewed is kept."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="interviews")
    stage = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)  # the scheme's interview id
    form = models.CharField(max_length=12)  # individual, group or alternative
    mode = models.CharField(max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=0)
    supported = models.BooleanField(default=False)  # somebody the person trusts was there
    eligible = models.BooleanField(default=False)  # a mentor: has been matched and had supervision
    reason = models.TextField(blank=True, max_length=1000)  # why it counts, where it was longer or a rule was not kept
    notes = models.JSONField(default=dict, blank=True)  # question number -> what was said, without names
    alternative = models.TextField(blank=True, max_length=2000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class Recommendation(models.Model):
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="recommendations")
    stage = models.CharField(max_length=60)
    level = models.CharField(max_length=60)
    outcome = models.CharField(max_length=4)
    summary = models.TextField(max_length=8000)
    strengths = models.TextField(blank=True, max_length=8000)
    next_time = models.TextField(blank=True, max_length=8000)  # carried to the renewal
    asked_again = models.JSONField(default=list, blank=True)  # requirements to look at again, whatever is marked
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class Decision(models.Model):
    """What the body decided, and why."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=60)
    outcome = models.CharField(max_length=4)
    reason = models.TextField(max_length=8000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class WriteUp(models.Model):
    """What was seen at a joint observation. Each version stays; the newest is the one that is signed."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="write_ups")
    stage = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    seen = models.TextField(max_length=8000)
    notes = models.JSONField(default=dict, blank=True)  # requirement id -> what was seen of it
    next_steps = models.TextField(blank=True, max_length=4000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("journey", "stage", "number"), name="write_up_once"),)


class WriteUpReply(models.Model):
    """What the person observed says to one version of a write-up."""

    write_up = models.ForeignKey(WriteUp, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(max_length=4000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class PanelNote(models.Model):
    """A panel member's own notes; the newest of a person counts, and who may read them is the queries' to say."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="panel_notes")
    stage = models.CharField(max_length=60)
    text = models.TextField(max_length=8000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class PanelRecord(models.Model):
    """A panel's record, point by point as the scheme words them. Each version stays; the newest counts."""

    class Found(models.TextChoices):
        YES = "yes", "yes"
        PARTLY = "partly", "partly"
        NO = "no", "no"

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="panel_records")
    stage = models.CharField(max_length=60)
    points = models.JSONField()  # a list of {point, found, note}
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class Mark(models.Model):
    """One marker's view of one script, given before seeing anybody else's."""

    class Outcome(models.TextChoices):
        PASS = "pass", "passes"
        AGAIN = "again", "to be handed in again"

    class Point(models.TextChoices):
        MET = "met", "met"
        PARTLY = "partly", "partly met"
        NOT = "not", "not met"

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="marks")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    round = models.PositiveIntegerField()  # which handing-in of the script
    outcome = models.CharField(max_length=5, choices=Outcome)
    points = models.JSONField(default=list, blank=True)  # what is found for each point that the piece is judged by
    feedback = models.TextField(max_length=8000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("journey", "slot", "round", "by"), name="mark_once"),)


class AgreedMark(models.Model):
    """What the markers of one script agreed on when they compared, and why."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="agreed_marks")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    outcome = models.CharField(max_length=5, choices=Mark.Outcome)
    reason = models.TextField(max_length=4000)  # for the markers and the body
    feedback = models.TextField(max_length=8000)  # for the applicant
    marks = models.ManyToManyField(Mark, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("journey", "slot", "round"), name="agreed_mark_once"),)
