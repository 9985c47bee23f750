"""What changed for people, and who they are in numbers.

Equalities answers have no key to a person's row: `pseudonym` is a keyed digest which only the counting function can
work out, so that a list of names can never be laid beside a list of answers by looking at the tables.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.matches import Match
from kithwork.caseload.models.people import Mentee, Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Measure(models.Model):
    """A scale the service has chosen, such as confidence from 1 to 10."""

    class Whose(models.TextChoices):
        MENTEE = "mentee", "mentees"
        MENTOR = "mentor", "mentors"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="measures")
    whose = models.CharField(max_length=6, choices=Whose, default=Whose.MENTEE)
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    # several, each answered by one of `options`, which count 1, 2, 3 ... and are added up; else one, by a number
    questions = models.JSONField(default=list, blank=True)
    options = models.JSONField(default=list, blank=True)
    lowest = models.SmallIntegerField(default=1)
    highest = models.SmallIntegerField(default=10)
    low_means = models.CharField(max_length=100, blank=True)
    high_means = models.CharField(max_length=100, blank=True)
    better_low = models.BooleanField(default=False)  # such as loneliness
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="measure_has_a_span"),)


class Measurement(models.Model):
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="measurements")
    mentee = models.ForeignKey(
        Mentee, on_delete=models.CASCADE, related_name="measurements", null=True, blank=True, db_index=False
    )
    mentor = models.ForeignKey(
        Mentor, on_delete=models.CASCADE, related_name="measurements", null=True, blank=True, db_index=False
    )
    on = models.DateField()
    value = models.SmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: themselves
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")
        indexes = (  # the first and the latest figure of each, without reading those between
            models.Index(fields=("measure", "mentee", "on"), name="measurement_mentee"),
            models.Index(fields=("measure", "mentor", "on"), name="measurement_mentor"),
            # the latest of somebody's on any scale; each holds its own half of the rows, and stands for a key's index
            models.Index(fields=("mentee", "on"), condition=Q(mentee__isnull=False), name="measurement_latest_mentee"),
            models.Index(fields=("mentor", "on"), condition=Q(mentor__isnull=False), name="measurement_latest_mentor"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(mentee__isnull=False) ^ Q(mentor__isnull=False), name="measurement_of_one"
            ),
        )


class Questionnaire(models.Model):
    """What somebody said of the service: at the end of a match, or when asked (37, excellence 9 and 10)."""

    class From(models.TextChoices):
        MENTEE = "mentee", "mentee"
        MENTOR = "mentor", "mentor"
        FAMILY = "family", "family or carer"
        REFERRER = "referrer", "referrer"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="questionnaires")
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="questionnaires", null=True, blank=True)
    whose = models.CharField(max_length=8, choices=From)
    on = models.DateField()
    answers = models.JSONField(default=dict)  # question -> answer
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("on", "id")


class EqualityAnswer(models.Model):
    """One person's own answers, apart from their file, until the count of their year is made; then they are deleted.

    Neither the day nor the order in which answers came is kept: the key is drawn at random, for a row that stands
    next to another would tell whose it is by whose link was used next. See docs/decisions/007-equalities.md.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="equality_answers")
    whose = models.CharField(max_length=6, choices=Measure.Whose)
    pseudonym = models.CharField(max_length=64, unique=True)  # HMAC of the person's reference
    answers = models.JSONField(default=dict)  # characteristic -> answer; see core/service/equalities.py
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("id",)


class EqualityCount(models.Model):
    """What was published of the answers of whole years, which are gone: sizes in steps of five, and none under it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="equality_counts")
    whose = models.CharField(max_length=6, choices=Measure.Whose)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=list)  # one for each group: stages, people, tables (characteristic -> sizes)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-last_year", "whose", "-id")
        constraints = (
            models.UniqueConstraint(fields=("service", "whose", "last_year"), name="equality_count_once"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="equality_count_forwards"),
        )
