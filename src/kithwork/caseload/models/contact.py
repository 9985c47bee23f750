"""Contacts, the largest table by far; what was answered; concerns, which reach a person at once."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models.matches import Match
from kithwork.caseload.models.people import Mentee, Mentor
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Contact(models.Model):
    """Somebody was in touch with somebody. A meeting is between mentor and mentee; the rest is by staff.

    Who was reached: `mentee` and `mentor` for a meeting, one of them otherwise; a referrer's contact is about a mentee.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", "mentor and mentee met"
        MENTEE = "mentee", "staff with the mentee"
        MENTOR = "mentor", "staff with the mentor"
        REFERRER = "referrer", "staff with the referrer"

    class Way(models.TextChoices):
        MET = "met", "in person"
        PHONE = "phone", "by telephone"
        VIDEO = "video", "by video"
        MESSAGE = "message", "by message or e-mail"
        LETTER = "letter", "by letter"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    mentee = models.ForeignKey(
        Mentee, on_delete=models.CASCADE, related_name="contacts", null=True, blank=True, db_index=False
    )
    mentor = models.ForeignKey(
        Mentor, on_delete=models.CASCADE, related_name="contacts", null=True, blank=True, db_index=False
    )
    match = models.ForeignKey(
        Match, on_delete=models.CASCADE, related_name="contacts", null=True, blank=True, db_index=False
    )
    on = models.DateField()
    way = models.CharField(max_length=8, choices=Way, default=Way.MET)
    reached = models.BooleanField(default=True)  # False: tried, or did not turn up
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    read_at = models.DateTimeField(null=True, blank=True)  # a supervisor has read it, so that mentors see it is read
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-on", "-id")
        indexes = (
            models.Index(fields=("mentee", "kind", "reached", "on"), name="contact_mentee"),
            models.Index(fields=("mentor", "kind", "reached", "on"), name="contact_mentor"),
            models.Index(fields=("match", "kind", "reached", "on"), name="contact_match"),
            models.Index(fields=("service", "on"), name="contact_by_day"),
            # the sums of a year, and who was heard of lately, are read from this alone, and not from the rows
            models.Index(
                fields=("service", "kind", "reached", "on", "minutes", "mentee", "mentor"), name="contact_by_kind"
            ),
            models.Index(
                # with the kind, though all of them are meetings: SQLite takes the index that says most
                fields=("service", "kind", "on"),
                condition=Q(read_at__isnull=True, kind="meeting"),
                name="contact_unread",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="meeting", mentee__isnull=False, mentor__isnull=False)
                | Q(kind__in=("mentee", "referrer"), mentee__isnull=False)
                | Q(kind="mentor", mentor__isnull=False),
                name="contact_with_somebody",
            ),
        )


class Reply(models.Model):
    """A supervisor's answer to what a mentor logged, or the mentor's to that."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(max_length=2000)
    flagged = models.BooleanField(default=False)  # asks for something; closed by an answer
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("at",), condition=Q(flagged=True, closed_at__isnull=True), name="reply_awaited"),
        )


class Concern(models.Model):
    """A worry about somebody's safety. Seen by those who answer for safeguarding, and by whoever raised it."""

    class Urgency(models.TextChoices):
        DANGER = "danger", "somebody is in danger now"
        SOON = "soon", "needs somebody today"
        WORRY = "worry", "a worry"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="concerns")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="concerns", null=True, blank=True)
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="concerns", null=True, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, related_name="concerns", null=True, blank=True)
    urgency = models.CharField(max_length=6, choices=Urgency)
    words = models.TextField(max_length=8000)
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    raised_as = models.CharField(max_length=10)  # mentor, mentee, staff, public
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True, max_length=4000)

    class Meta:
        ordering = ("-raised_at", "-id")
        indexes = (models.Index(fields=("service", "closed_at", "raised_at"), name="concern_open"),)


class ConcernStep(models.Model):
    """What was done about a concern. Only ever added."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    what = models.TextField(max_length=4000)
    told = models.CharField(max_length=200, blank=True)  # whom outside the service
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("at", "id")
