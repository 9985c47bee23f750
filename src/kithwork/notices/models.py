"""The outbox: every mail waits here, can be read and stopped by staff, and carries no personal detail."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation


class Message(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        STOPPED = "stopped", "stopped"
        FAILED = "failed", "failed"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(  # on whose behalf; its officers or leads see it
        Organisation, on_delete=models.CASCADE, related_name="messages"
    )
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    email = models.EmailField(blank=True)  # for somebody without an account: an invitation
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    secret = models.TextField(blank=True)  # a one-time address; never shown in the outbox, wiped when sent
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("state", "created_at"), name="message_state"),)
