"""Dated things with places: who asked, who has a place, who came, what they learnt and what they said of it.

Which stage of which scheme an offering serves, and what a person wants a place for, are kept as plain ids: nothing here
knows schemes or journeys.
"""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation


class Offering(models.Model):
    """A course, a briefing or another gathering with a number of places. Its dates are its parts'."""

    class Kind(models.TextChoices):
        COURSE = "course", "course"
        BRIEFING = "briefing", "briefing"
        WORKSHOP = "workshop", "workshop"
        GATHERING = "gathering", "gathering"
        STANDARDISATION = "standardisation", "standardisation meeting"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offerings")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200)
    outline = models.TextField(blank=True, max_length=8000)
    capacity = models.PositiveSmallIntegerField()
    scheme = models.CharField(max_length=60, blank=True)  # a scheme's slug
    stage = models.CharField(max_length=60, blank=True)  # the id of the stage it serves
    price_note = models.CharField(max_length=200, blank=True)
    offer_days = models.PositiveSmallIntegerField(default=7)  # how long an offered place is kept for its person
    published_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)  # takes no more requests
    closed_because = models.CharField(max_length=300, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True, max_length=1000)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(capacity__gte=1), name="offering_has_room"),
            models.CheckConstraint(condition=Q(offer_days__gte=1), name="offering_keeps_offers"),
        )


class Part(models.Model):
    """One sitting of an offering. Times are those on the wall in the United Kingdom, on that day."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(blank=True, max_length=500)
    hours_taught = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(0))
    hours_self_study = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    homework = models.TextField(blank=True, max_length=2000)
    homework_due = models.DateField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: calendars take the entry with the higher one
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("day", "starts", "number")
        constraints = (
            models.UniqueConstraint(fields=("offering", "number"), name="part_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="part_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="", link=""), name="part_is_somewhere"),
            models.CheckConstraint(
                condition=Q(hours_taught__gte=0) & Q(hours_self_study__gte=0), name="part_hours_not_negative"
            ),
        )


class Place(models.Model):
    """What one person asked for at one offering, and what became of it.

    What was asked for at once has one `request`; `rank` 1 is the first choice, 2 and on are alternatives.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        OFFERED = "offered", "offered"
        CONFIRMED = "confirmed", "confirmed"
        WAITING = "waiting", "on the waiting list"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        CANCELLED = "cancelled", "cancelled"

    class End(models.TextChoices):
        """Why a place is none any more."""

        PERSON = "person", "by the person"
        BODY = "body", "by the body"
        LAPSED = "lapsed", "the offer ran out"
        SETTLED = "settled", "another choice was confirmed"
        CALLED_OFF = "called-off", "the offering was cancelled"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="course_places")
    purpose = models.CharField(max_length=60, blank=True)  # opaque here: a journey's reference
    request = models.CharField(max_length=12, default=new_ref)
    rank = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State)
    asked_at = models.DateTimeField()  # the order of arrival, whenever the waiting list began
    waiting_on = models.DateField(null=True, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    offer_ends_on = models.DateField(null=True, blank=True)  # the last day on which it can be taken up
    confirmed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    reason = models.TextField(blank=True, max_length=1000)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("request", "offering"), name="place_once_a_request"),
            models.UniqueConstraint(
                fields=("person", "offering"),
                condition=Q(state__in=("asked", "offered", "confirmed", "waiting")),
                name="place_once_a_person",
            ),
        )
        indexes = (models.Index(fields=("offering", "state", "asked_at"), name="place_line"),)


LIVE = (Place.State.ASKED, Place.State.OFFERED, Place.State.CONFIRMED, Place.State.WAITING)
OPEN = (Place.State.ASKED, Place.State.OFFERED, Place.State.WAITING)  # not settled yet


class Attendance(models.Model):
    """Whether a person was there for a part; and how they caught up when they missed some of it."""

    class State(models.TextChoices):
        PRESENT = "present", "present"
        ABSENT = "absent", "absent"
        PARTLY = "partly", "there for some of it"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="attendance")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="attendance")
    state = models.CharField(max_length=10, choices=State)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # how long, when there for some of it
    caught_up_on = models.DateField(null=True, blank=True)
    caught_up_how = models.CharField(max_length=300, blank=True)
    noted_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("place", "part"), name="attendance_once"),
            models.CheckConstraint(
                condition=Q(state="partly", minutes__isnull=False) | (~Q(state="partly") & Q(minutes__isnull=True)),
                name="attendance_minutes_when_partly",
            ),
        )


class Homework(models.Model):
    """A part's homework, handed in."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="homework")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="handed_in")
    handed_in_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "part"), name="homework_once"),)


class HoursRecord(models.Model):
    """Hours of learning that a person writes down by hand; those of offerings follow from attendance."""

    class Kind(models.TextChoices):
        TAUGHT = "taught", "taught"
        SELF_STUDY = "self-study", "self-study"
        CPD = "cpd", "professional development"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hours_records")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    what = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-day", "-id")
        constraints = (models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="hours_fit_a_day"),)
        indexes = (models.Index(fields=("person", "day"), name="hours_of_person"),)


class Feedback(models.Model):
    """What one person said after the last part. The body sees sums, and texts without names."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="feedback")
    ratings = models.JSONField(default=dict)  # question id -> 1 to 5
    helped = models.TextField(blank=True, max_length=2000)
    change = models.TextField(blank=True, max_length=2000)
    given_on = models.DateField()


class FeedbackResponse(models.Model):
    """What the body changed because of what people said."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="responses")
    what = models.TextField(max_length=2000)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-id")


class Feed(models.Model):
    """A person's private calendar address. Its secret is kept as a digest alone."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
