"""What a service's side brings to the privacy gate, and what was found in it. Nobody else ever sees these rows.

Whatever could tell of somebody is sealed: files, their names, titles, texts, finds, names taught (see `sealing`).
"""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation

FOLDER = "originals"


def stored_as(original: "Original", filename: str) -> str:
    """Where an original lies: a name that tells nothing."""
    return f"{FOLDER}/{original.ref}"


class Case(models.Model):
    """What is known of one journey at the gate: names taught for it, and who has which initial (see `case.Known`)."""

    journey = models.CharField(max_length=12, unique=True)  # its reference: journeys stand above this
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "list of names taught at the gate"
        verbose_name_plural = "lists of names taught at the gate"


class Original(models.Model):
    """A file as it was uploaded, waiting to become evidence; and what it is to be evidence for."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits to be read"
        SCANNING = "scanning", "being read"
        FAILED = "failed", "could not be read"
        READY = "ready", "to look at"
        COPYING = "copying", "approved, the copy being made"
        APPROVED = "approved", "approved"
        WITHDRAWN = "withdrawn", "withdrawn"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.CharField(max_length=12, db_index=True)  # its reference
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="originals", null=True, blank=True
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="originals", null=True, blank=True)
    slots = models.JSONField(default=list, blank=True)
    portfolio = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True, blank=True)
    casework = models.BooleanField(default=False)
    sealed = models.BinaryField()  # its file name, title and words: see `Words`
    file = models.FileField(upload_to=stored_as, blank=True, max_length=200)  # sealed too; '' once destroyed
    kind = models.CharField(max_length=10)  # of file, as core.documents has it
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # sha256 of the file as it came
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)  # why it could not be read, or its copy not be made
    tries = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)  # whoever works on it says so now and then, until here
    done = models.PositiveIntegerField(default=0)  # pages
    of = models.PositiveIntegerField(default=0)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    wording = models.CharField(max_length=500, blank=True)  # of the approval, word for word
    item = models.CharField(max_length=12, blank=True)  # the evidence made of it, by reference
    copy_digest = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "original of evidence"
        verbose_name_plural = "originals of evidence"
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(organisation__isnull=True, person__isnull=False),
                name="original_of_one",
            ),
        )
        indexes = (models.Index(fields=("state", "added_at"), name="original_queue"),)


class Scan(models.Model):
    """What was read in an original and found in it, and what people decided (see `scans.Document`). Sealed."""

    original = models.OneToOneField(Original, on_delete=models.CASCADE, related_name="scan")
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)  # counts every change, so that no hand undoes another's
    blind = models.BooleanField(default=False)  # no language model read it: a person reads every page
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "reading of an original"
        verbose_name_plural = "readings of originals"
