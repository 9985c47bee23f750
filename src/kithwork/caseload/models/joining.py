"""How a mentor comes: equal steps for all, references, vetting (outcome alone), training, exemptions."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.people import Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class MentorStep(models.Model):
    """A step of a mentor's road that is a conversation or a decision. The latest of its kind counts."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "application form"
        ROLE = "role", "assessed by the role description"
        INTERVIEW = "interview", "one-to-one interview"
        SELECTION = "selection", "selection decision"
        POST_TRAINING = "post-training", "talk after the training"
        INDUCTION = "induction", "induction"
        BADGE = "badge", "ID badge given"
        FEEDBACK = "feedback", "feedback to somebody not selected"

    class Outcome(models.TextChoices):
        DONE = "done", "done"
        YES = "yes", "suitable"
        NO = "no", "not suitable"

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=14, choices=Kind)
    on = models.DateField()
    outcome = models.CharField(max_length=4, choices=Outcome, default=Outcome.DONE)
    note = models.TextField(blank=True, max_length=4000)  # of a selection: the reason, which is demanded
    answers = models.JSONField(default=dict, blank=True)  # of the application, and of the interview's questions
    signposted_to = models.CharField(max_length=300, blank=True)  # of feedback: other volunteering that may suit
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: themselves
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (
            models.Index(fields=("mentor", "kind", "on"), name="step_latest"),
            models.Index(fields=("kind", "outcome", "mentor"), name="step_outcome"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="selection") | (Q(outcome__in=("yes", "no")) & Q(note__gt="")),
                name="selection_has_its_reason",
            ),
        )


class Reference(models.Model):
    """A written reference, asked for by a one-time link or received on paper."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="references")
    name = models.CharField(max_length=150)
    relation = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # question -> answer, as the referee wrote it
    suitable = models.BooleanField(null=True)  # read and judged by the service; empty: not yet
    note = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(suitable__isnull=True) | Q(received_on__isnull=False), name="reference_read_when_received"
            ),
        )


class Vetting(models.Model):
    """That a check was made, and its outcome. What a certificate says is never kept. The latest one counts."""

    class Level(models.TextChoices):
        BASIC = "basic", "basic"
        STANDARD = "standard", "standard"
        ENHANCED = "enhanced", "enhanced"
        BARRED = "barred", "enhanced, with the barred lists"
        PVG = "pvg", "PVG scheme membership"

    class Outcome(models.TextChoices):
        ASKED = "asked", "asked for"
        CLEAR = "clear", "may mentor"
        UNSUITABLE = "unsuitable", "may not mentor"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="vettings")
    level = models.CharField(max_length=10, choices=Level)
    asked_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.ASKED)
    on = models.DateField(null=True, blank=True)  # of the certificate
    expires_on = models.DateField(null=True, blank=True)  # the last day it counts, by the service's rule
    update_service = models.BooleanField(default=False)  # can be looked up again without a new certificate
    looked_up_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("asked_on", "id")
        indexes = (
            models.Index(fields=("mentor", "outcome", "expires_on"), name="vetting_lapse"),
            models.Index(fields=("mentor", "on"), name="vetting_latest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="asked", on__isnull=True) | (~Q(outcome="asked") & Q(on__isnull=False)),
                name="vetting_outcome_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("on")), name="vetting_lasts"
            ),
        )


class Exemption(models.Model):
    """A mentor may be matched although something is missing: why, by whom, until when."""

    class Missing(models.TextChoices):
        ROLE = "role", "the assessment by the role description"
        INTERVIEW = "interview", "the interview"
        REFERENCES = "references", "references"
        VETTING = "vetting", "vetting"
        TRAINING = "training", "training"
        INDUCTION = "induction", "induction"
        CONSENT = "consent", "consent to keep their details"
        BADGE = "badge", "the ID badge"

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="exemptions")
    missing = models.CharField(max_length=12, choices=Missing)
    reason = models.TextField(max_length=2000)
    begins = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("begins", "id")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="exemption_ends"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="exemption_has_its_reason"),
        )


class Training(models.Model):
    """A course for mentors: its outline goes out beforehand, its sessions are attended, its feedback is acted on."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "initial training"
        REFRESHER = "refresher", "refresher or developmental training"
        SPECIFIC = "specific", "for a mentee's particular needs"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    outline = models.TextField(blank=True, max_length=8000)
    outline_sent_on = models.DateField(null=True, blank=True)
    topics = models.JSONField(default=list)
    trainer = models.CharField(max_length=150, blank=True)
    peers_come = models.BooleanField(default=False)  # mentors or mentees tell of their experience (excellence 14)
    acted_on = models.TextField(blank=True, max_length=4000)  # what was changed after the feedback
    acted_on_day = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)


class Session(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2, default=2)
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("on", "number")
        constraints = (models.UniqueConstraint(fields=("training", "number"), name="session_once"),)


class Attendance(models.Model):
    """A mentor at a training: invited, there or not, how it went. One row for each session."""

    class State(models.TextChoices):
        INVITED = "invited", "invited"
        PRESENT = "present", "there"
        ABSENT = "absent", "not there"
        DECLINED = "declined", "declined"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="attendance", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    performance = models.TextField(blank=True, max_length=2000)  # noted by the trainer
    understood = models.BooleanField(null=True)  # of the topics covered
    satisfied = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5, by the mentor
    learnt = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5, by the mentor
    said = models.TextField(blank=True, max_length=2000)
    said_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "mentor"), name="attendance_of_a_session_once"),)
        # at which sessions somebody was is read from this alone; it stands for the index of the key, too
        indexes = (models.Index(fields=("mentor", "state", "session"), name="attendance_mentor"),)
