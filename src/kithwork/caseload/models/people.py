"""Mentees and mentors. What is told here is personal; equalities and vetting are held apart."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Someone(models.Model):
    """What is asked of both sides alike."""

    class Way(models.TextChoices):
        ANY = "any", "either in person or online"
        PERSON = "person", "in person"
        ONLINE = "online", "online or by telephone"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="%(class)ss")
    name = models.CharField(max_length=150)
    known_as = models.CharField(max_length=80, blank=True)
    born = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True, max_length=500)
    postcode = models.CharField(max_length=10, blank=True)
    lat = models.FloatField(null=True, blank=True)  # degrees; of the postcode's area, never of the door
    lon = models.FloatField(null=True, blank=True)
    contact_wishes = models.CharField(max_length=300, blank=True)  # how and when to be reached; access needs
    emergency = models.CharField(max_length=300, blank=True)  # whom to ring in an emergency
    gender = models.CharField(max_length=40, blank=True)  # in the person's own words, when told
    interests = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    availability = models.JSONField(default=list)  # slots: 'mon-am', 'mon-pm', 'mon-eve', ...
    way = models.CharField(max_length=6, choices=Way, default=Way.ANY)
    hopes_for = models.JSONField(default=list)  # in the other: words, looked for in what they know, need and like
    wishes = models.TextField(blank=True, max_length=2000)  # about the other
    profile = models.TextField(blank=True, max_length=4000)  # in their own words, as the other may read it
    number = models.CharField(max_length=60, blank=True)  # the service's own, from its old spreadsheet
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="%(class)ss", null=True, blank=True)
    equalities_asked_on = models.DateField(null=True, blank=True)  # whether they answered, nothing here tells
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)  # the row stays for the counts; what it said is gone

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.known_as or self.name


class Mentee(Someone):
    """Somebody for whom a mentor is sought, from the day they are referred."""

    came_on = models.DateField()  # the referral was received
    accepted_on = models.DateField(null=True, blank=True)  # onto the waiting list
    waiting_since = models.DateField(null=True, blank=True)  # the list is sorted by it; begins anew after a match
    priority = models.PositiveSmallIntegerField(default=0)  # 0 usual, 1 high, 2 urgent
    priority_because = models.CharField(max_length=300, blank=True)
    needs = models.JSONField(default=list)
    wants_gender = models.CharField(max_length=40, blank=True)  # a wish marked essential needs a justification
    wants_gender_because = models.CharField(max_length=500, blank=True)
    carer = models.CharField(max_length=150, blank=True)  # family or carer to be told, where there is one
    carer_email = models.EmailField(blank=True)
    carer_phone = models.CharField(max_length=40, blank=True)
    referrer_involved = models.BooleanField(default=True)  # is still to be told how things go
    call_me_at = models.DateTimeField(null=True, blank=True)  # asked to be rung; cleared by the call

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("service", "left_on", "name"), name="mentee_list"),
            models.Index(fields=("service", "waiting_since"), name="mentee_waiting"),
            models.Index(fields=("service", "accepted_on", "left_on"), name="mentee_accepted"),
            models.Index(fields=("service",), condition=Q(call_me_at__isnull=False), name="mentee_to_ring"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("came_on")), name="mentee_came_first"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("came_on")), name="mentee_leaves_last"
            ),
        )


class Mentor(Someone):
    """Somebody who wants to mentor, from the day they apply."""

    applied_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)  # selected; the reason is in the step
    skills = models.JSONField(default=list)
    places = models.PositiveSmallIntegerField(default=1)  # matches at one time
    max_km = models.PositiveSmallIntegerField(default=0)  # how far they go; 0: not said
    employer = models.CharField(max_length=150, blank=True)
    line_manages = models.JSONField(default=list)  # refs of mentees whose line manager this is
    assesses = models.JSONField(default=list)  # refs of mentees whose formal assessment this person takes part in
    champion_since = models.DateField(null=True, blank=True)  # passes the skills on to others (002)
    champion_for = models.CharField(max_length=200, blank=True)
    joined_by = models.CharField(max_length=60, blank=True)  # reference of a programme that was completed, opaque here
    was = models.ForeignKey(  # had a mentor here, and now is one
        Mentee, on_delete=models.SET_NULL, related_name="became", null=True, blank=True
    )
    call_me_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=("service", "left_on", "name"), name="mentor_list"),
            models.Index(fields=("service", "accepted_on", "left_on"), name="mentor_accepted"),
            models.Index(fields=("service",), condition=Q(call_me_at__isnull=False), name="mentor_to_ring"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(accepted_on__gte=F("applied_on")), name="mentor_applied_first"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("applied_on")), name="mentor_leaves_last"
            ),
        )


class Pause(models.Model):
    """Somebody is away: nothing falls due meanwhile, and intervals run on from the day of return."""

    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="pauses", null=True, blank=True)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="pauses", null=True, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)  # the last day away; empty: not known yet
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("begins", "id")
        indexes = (
            models.Index(fields=("mentee", "ends", "begins"), name="pause_mentee"),
            models.Index(fields=("mentor", "ends", "begins"), name="pause_mentor"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(mentee__isnull=False) ^ Q(mentor__isnull=False), name="pause_of_one"),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="pause_forwards"),
        )
