"""The outbox: every mail passes through here, can be seen by staff, and carries no personal detail."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Invitation, Organisation


class Message(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "waiting"  # for its first try, or for the next
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        STOPPED = "stopped", "stopped"
        FAILED = "failed", "given up"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(  # on whose behalf; a body's officers see it; none for account mail
        Organisation, on_delete=models.CASCADE, related_name="messages", null=True, blank=True
    )
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    email = models.EmailField(blank=True)  # for somebody without an account: an invitation
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # a one-time address, or the whole text of account mail: never shown, and gone as soon as no mail needs it
    secret = models.TextField(blank=True)
    good_until = models.DateTimeField(null=True, blank=True)  # of the secret; later it is not worth sending
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="messages", null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)  # of the next try; while being sent, when the sender is lost
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("state", "due_at"), name="message_due"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(secret="") | models.Q(state__in=("waiting", "sending")),
                name="message_secret_on_its_way_alone",
            ),
        )


class Told(models.Model):
    """That somebody was reminded of an occasion, so that they are reminded of it once. `subject` is what it is about (a
    journey's or a place's reference), `occasion` which moment of it, such as 'due applicant 2027-03-01 14'.
    """

    subject = models.CharField(max_length=12)
    occasion = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "occasion"), name="told_once"),)
