"""What a service weighs, who is kept apart, and what was proposed. A match itself is a row of the caseload."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Match, Mentee, Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service

__all__ = ["AskedSearch", "KeptApart", "MatchingRules", "MatchingRun", "Proposal", "Unmatched"]


class MatchingRules(models.Model):
    """What a service weighs and insists on. Without a row: as `core.matching.Rules` says."""

    class Objective(models.TextChoices):
        COVERAGE = "coverage", "as many as possible are matched, then the fits are as good as can be in sum"
        FAIR = "fair", "as many as possible are matched, then the worst fit is as good as can be"
        TOTAL = "total", "the fits are as good as can be in sum, even if fewer are matched"

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="matching_rules")
    weights = models.JSONField(default=dict)  # part -> whole number
    must_share = models.JSONField(default=list)  # of core.matching.Sharing
    near_km = models.PositiveSmallIntegerField(default=25)  # the reach of mentors who have told none
    floor = models.PositiveSmallIntegerField(default=0)  # pairs below this fit (0 to 1000) are not proposed
    objective = models.CharField(max_length=10, choices=Objective, default=Objective.COVERAGE)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "matching rules"
        constraints = (
            models.CheckConstraint(condition=Q(near_km__gte=1, near_km__lte=2000), name="matching_near"),
            models.CheckConstraint(condition=Q(floor__lte=1000), name="matching_floor"),
        )


class KeptApart(models.Model):
    """Two who are not to be proposed to each other, until somebody ends that. Declined pairs and those that ended badly
    need no row: their match says so.
    """

    class Kind(models.TextChoices):
        REFUSED = "refused", "The service decided against this pair"
        HOUSEHOLD = "household", "They live in the same household"
        ASKED = "asked", "One of them asked not to be matched with the other"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="kept_apart")
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    because = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "pair kept apart", "pairs kept apart"
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("mentee", "mentor"), condition=Q(ended_at__isnull=True), name="kept_apart_once"
            ),
            models.CheckConstraint(condition=Q(because__gt=""), name="kept_apart_has_its_reason"),
        )


class MatchingRun(models.Model):
    """One search for the best set of pairs: over whom, by which rules, how good. The latest is the one that counts.

    `reached` equals `bound`: the proof that no set is better (`core.matching.Certificate`).
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="matching_runs")
    at = models.DateTimeField()
    day = models.DateField()  # from which waiting was counted
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=dict)  # as they were: weights, must_share, near_km, floor, objective
    crowd = models.CharField(max_length=64)  # digest of all that was looked at: other people or rules, another digest
    mentees = models.PositiveIntegerField()  # who waited
    mentors = models.PositiveIntegerField()  # who had room
    places = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    total = models.PositiveIntegerField()  # the fits of all pairs, each 0 to 1000
    worst = models.PositiveSmallIntegerField(null=True, blank=True)
    reached = models.TextField()  # whole numbers, in the solver's units: more digits than a column of numbers holds
    bound = models.TextField()
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("service", "-at"), name="matching_run_latest"),)


class AskedSearch(models.Model):
    """A search that waits, over so many people that nobody should wait for it: a process apart takes it. It goes when
    the search is done; one that cannot be done stays and says so.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="asked_search")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mentees = models.PositiveIntegerField()  # who waited then
    mentors = models.PositiveIntegerField()
    failed = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = "search asked for", "searches asked for"
        ordering = ("at", "id")


class Proposal(models.Model):
    """A pair that was proposed, and what a person made of it. What the two answered, the match says."""

    class State(models.TextChoices):
        OPEN = "open", "to be decided"
        ACCEPTED = "accepted", "accepted"
        CHANGED = "changed", "somebody else was chosen"
        REFUSED = "refused", "refused"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="+")
    fit = models.PositiveSmallIntegerField()  # 0 to 1000
    parts = models.JSONField(default=list)  # [part, score, weight, reason], the weightiest reasons first
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    because = models.CharField(max_length=500, blank=True)  # why it was refused
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    match = models.OneToOneField(
        Match, on_delete=models.SET_NULL, related_name="proposal", null=True, blank=True
    )  # what came of it: with this mentor, or with the one who was chosen instead

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("run", "mentee"), name="proposal_one_for_each"),
            models.CheckConstraint(condition=Q(fit__lte=1000), name="proposal_fit"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="proposal_decided_on_a_day",
            ),
        )


class Unmatched(models.Model):
    """Somebody for whom a run found nobody, and why."""

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="unmatched")
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="+")
    why = models.JSONField(default=list)  # sentences

    class Meta:
        verbose_name, verbose_name_plural = "person not matched", "people not matched"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("run", "mentee"), name="unmatched_once"),)
