"""A match: why these two, who agreed, how it goes, how it ends."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.people import Mentee, Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Match(models.Model):
    """From the decision to propose it. Live from the introduction to the ending."""

    class Kind(models.TextChoices):
        ONE = "one", "one to one"
        GROUP = "group", "in a group"

    class Answer(models.TextChoices):
        OPEN = "", "not asked yet, or not answered"
        YES = "yes", "yes"
        NO = "no", "declined"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="matches")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="matches")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ONE)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField(max_length=4000, blank=True)  # demanded by the action; blank for old records alone
    characteristic = models.CharField(max_length=100, blank=True)  # a protected one that decided, where one did
    justification = models.TextField(max_length=2000, blank=True)  # why that is objectively right
    manages = models.BooleanField(default=False)  # the mentor is the mentee's line manager: unavoidable, and why
    manages_because = models.TextField(max_length=2000, blank=True)
    mentee_told_on = models.DateField(null=True, blank=True)  # the reasons, before they are introduced
    mentor_told_on = models.DateField(null=True, blank=True)
    mentee_answer = models.CharField(max_length=3, choices=Answer, default=Answer.OPEN, blank=True)
    mentor_answer = models.CharField(max_length=3, choices=Answer, default=Answer.OPEN, blank=True)
    mentee_answered_on = models.DateField(null=True, blank=True)
    mentor_answered_on = models.DateField(null=True, blank=True)
    declined_because = models.CharField(max_length=500, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)  # by the service, before the introduction
    withdrawn_because = models.CharField(max_length=300, blank=True)
    introduced_on = models.DateField(null=True, blank=True)
    introduced_by = models.CharField(max_length=150, blank=True)  # a member of staff, or another role
    first_met_on = models.DateField(null=True, blank=True)  # the introduction itself, or after it
    meets = models.CharField(max_length=200, blank=True)  # how often and where, as agreed
    difficult_since = models.DateField(null=True, blank=True)  # gets closer contact until it is past (53, 58)
    ended_on = models.DateField(null=True, blank=True)  # the last day; lists and capacity go by it
    looks_after = models.ForeignKey(  # reads what the mentor logs; whoever covers for them does while they are away
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    noted_on = models.DateField(null=True, blank=True)  # what was done before it came from a spreadsheet, noted later
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-proposed_on", "-id")
        indexes = (
            # with what is asked of all that run, so that their rows are not looked up for it
            models.Index(
                fields=("service", "ended_on", "introduced_on", "first_met_on", "mentee", "mentor"), name="match_live"
            ),
            models.Index(fields=("mentee", "ended_on"), name="match_of_mentee"),
            models.Index(fields=("mentor", "ended_on"), name="match_of_mentor"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("mentee", "mentor"),
                condition=Q(ended_on__isnull=True, withdrawn_on__isnull=True)
                & ~Q(mentee_answer="no")
                & ~Q(mentor_answer="no"),
                name="match_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(introduced_on__isnull=False, ended_on__gte=F("introduced_on")),
                name="match_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(characteristic="") | Q(justification__gt=""), name="match_characteristic_justified"
            ),
            models.CheckConstraint(
                condition=Q(manages=False) | Q(manages_because__gt=""), name="match_line_manager_reasoned"
            ),
        )


class Agreement(models.Model):
    """What mentee, mentor and service agreed in writing. The latest one counts."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="agreements")
    drawn_up_on = models.DateField()
    until = models.DateField(null=True, blank=True)  # how long it is meant to last
    time = models.CharField(max_length=300, blank=True)  # allocated to mentoring
    face_to_face = models.PositiveSmallIntegerField(null=True, blank=True)  # per cent of the time
    roles = models.TextField(blank=True, max_length=4000)
    boundaries = models.TextField(blank=True, max_length=4000)
    disputes = models.TextField(blank=True, max_length=4000)  # who arbitrates, and how
    notice = models.CharField(max_length=200, blank=True)  # before the match ends
    mentee_on = models.DateField(null=True, blank=True)  # signed
    mentor_on = models.DateField(null=True, blank=True)
    service_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("drawn_up_on", "id")
        indexes = (models.Index(fields=("match", "drawn_up_on"), name="agreement_latest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(face_to_face__isnull=True) | Q(face_to_face__lte=100), name="agreement_share_of_a_hundred"
            ),
        )


class Plan(models.Model):
    """The mentee's development plan, or another way to set goals."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="plans")
    on = models.DateField()
    aims = models.TextField(max_length=4000)  # in relation to having a mentor
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")


class Goal(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "working on it"
        MET = "met", "met"
        DROPPED = "dropped", "let go"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    what = models.CharField(max_length=300)
    by_when = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)


class Review(models.Model):
    """With the mentee, at least every quarter: four questions, and what follows (indicator 44)."""

    class Degree(models.TextChoices):
        NOT = "not", "not yet"
        PARTLY = "partly", "partly"
        MOSTLY = "mostly", "mostly"
        WHOLLY = "wholly", "wholly"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField()
    mentor_there = models.BooleanField(default=False)
    achieved = models.CharField(max_length=8, choices=Degree, blank=True)  # of the aims
    aims = models.TextField(blank=True, max_length=4000)
    goes_on = models.BooleanField(null=True)  # wants to continue with the match
    needed = models.BooleanField(null=True)  # still needs the service
    of_service = models.TextField(blank=True, max_length=4000)  # what they think of the service
    outcome = models.TextField(blank=True, max_length=4000)  # what follows; without it the review is not recorded
    how = models.CharField(max_length=100, blank=True)  # in person, by telephone, by their own link
    mentor_shared_on = models.DateField(null=True, blank=True)  # with the mentor, under the consent of that day
    referrer_shared_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (
            models.Index(fields=("match", "on"), name="review_latest"),
            models.Index(fields=("match",), condition=Q(outcome=""), name="review_open"),
        )


class BoundaryChange(models.Model):
    """Something moved out of what was agreed, and what was done (indicator 58)."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="boundary_changes")
    noticed_on = models.DateField()
    what = models.TextField(max_length=2000)
    done = models.TextField(blank=True, max_length=2000)
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("noticed_on", "id")


class ExtraSupport(models.Model):
    """More than usual: to a match that does not gel, or to somebody left by a sudden ending (indicators 58, 60)."""

    class To(models.TextChoices):
        MENTEE = "mentee", "the mentee"
        MENTOR = "mentor", "the mentor"
        BOTH = "both", "both"

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="extra_support")
    to = models.CharField(max_length=6, choices=To)
    on = models.DateField()
    what = models.TextField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")


class Ending(models.Model):
    """How a match ends, from the day its ending is known (indicators 59 to 61)."""

    class Kind(models.TextChoices):
        PLANNED = "planned", "planned"
        SUDDEN = "sudden", "sudden"

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="ending")
    kind = models.CharField(max_length=8, choices=Kind)
    known_on = models.DateField()  # notice given, or the day it happened
    last_day = models.DateField()
    reason = models.TextField(max_length=2000)
    short_because = models.CharField(max_length=500, blank=True)  # why the notice is shorter than the service's rule
    bad = models.BooleanField(default=False)  # these two are not to be matched again
    mentee_told_on = models.DateField(null=True, blank=True)  # why it ends
    mentor_told_on = models.DateField(null=True, blank=True)
    carer_told_on = models.DateField(null=True, blank=True)
    referrer_told_on = models.DateField(null=True, blank=True)
    looked_back_on = models.DateField(null=True, blank=True)
    looked_back = models.TextField(blank=True, max_length=4000)  # what went well, and how it was celebrated
    mentee_confirmed_on = models.DateField(null=True, blank=True)  # in writing, with what follows
    mentor_confirmed_on = models.DateField(null=True, blank=True)
    follows = models.TextField(blank=True, max_length=2000)  # what it means: continued contact, other help
    asked_exit_on = models.DateField(null=True, blank=True)  # family, carer or referrer (excellence 9)
    offered = models.CharField(max_length=300, blank=True)  # further ways to take part (excellence 11)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last_day__gte=F("known_on")), name="ending_known_by_its_day"),
            models.CheckConstraint(condition=Q(reason__gt=""), name="ending_has_its_reason"),
        )


class Dispute(models.Model):
    """The two cannot agree: raised, arbitrated by somebody else, settled (002)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="disputes")
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=6, choices=(("mentee", "mentee"), ("mentor", "mentor"), ("staff", "staff")))
    what = models.TextField(max_length=4000)
    arbiter = models.CharField(max_length=150, blank=True)
    arbiter_since = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, max_length=4000)
    settled_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("raised_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | (Q(outcome__gt="") & Q(arbiter__gt="")),
                name="dispute_settled_by_somebody",
            ),
        )
