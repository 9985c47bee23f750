"""What came in from a spreadsheet, so that it can be taken back."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Service


class Import(models.Model):
    """A file that was read. Until it is brought in or thrown away, what it says stands in `table` and nowhere else."""

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
    table = models.BinaryField(default=b"", blank=True)  # the tables of the file, packed; empty once brought in
    sheet = models.PositiveSmallIntegerField(default=0)  # which of them, from 0
    heading_row = models.PositiveIntegerField(null=True, blank=True)  # where somebody has said it; from 1
    answers = models.JSONField(default=dict, blank=True)  # row -> what is done with it; '' for all here already
    rows = models.PositiveIntegerField(default=0)  # read
    skipped = models.PositiveIntegerField(default=0)  # left out: faulty, or here already
    made = models.JSONField(default=dict)  # kind of row -> primary keys of the rows made, for undoing
    filled = models.JSONField(default=dict)  # primary key -> fields of somebody on record that were empty before
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    brought_at = models.DateTimeField(null=True, blank=True)  # empty: still being looked at
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("service", "brought_at"), name="import_open"),)
