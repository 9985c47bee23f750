"""What came in from a spreadsheet, so that it can be taken back."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Import(models.Model):
    class Kind(models.TextChoices):
        MENTEES = "mentees", "mentees"
        MENTORS = "mentors", "mentors"
        MATCHES = "matches", "matches"
        CONTACTS = "contacts", "contacts"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=8, choices=Kind)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # sha256 of the file, so that one file twice is noticed
    mapping = models.JSONField(default=dict)  # field -> column heading
    rows = models.PositiveIntegerField(default=0)  # read
    made = models.JSONField(default=list)  # primary keys of the rows made, for undoing
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
