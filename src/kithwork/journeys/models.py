"""Editions on offer, journeys and their entries, who holds which role on a journey, answers given, fees."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation, Service


class PublishedEdition(models.Model):
    """An edition's full text as it was when it was published. Journeys keep theirs; the text is never changed."""

    slug = models.SlugField(max_length=60)
    edition = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="editions")
    texts = models.JSONField()  # file name -> text
    digest = models.CharField(max_length=64)  # sha256 over the texts
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)  # no new journeys from then on

    class Meta:
        constraints = (models.UniqueConstraint(fields=("slug", "edition"), name="edition_once"),)
        ordering = ("name", "-published_at")


class Journey(models.Model):
    """An applicant's road through one edition. Its entries say what happened.

    The columns below `created_by` are a projection of `fold`, kept so that lists can be sorted by them;
    `standing.rebuild`
    is the only writer, and a test holds them equal to the fold.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    edition = models.ForeignKey(PublishedEdition, on_delete=models.PROTECT, related_name="journeys")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="journeys", null=True, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="journeys", null=True, blank=True)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, related_name="renewals", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    status = models.CharField(max_length=10, default="active")
    stage = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    waiting_on = models.CharField(max_length=60, blank=True)  # roles with something to do, ' officer assessor '
    next_due = models.DateField(null=True, blank=True)
    assessor_due = models.DateField(null=True, blank=True)
    officer_due = models.DateField(null=True, blank=True)
    to_assess = models.PositiveIntegerField(default=0)  # items lying with the assessor
    oldest_sent = models.DateField(null=True, blank=True)  # since when the oldest of them lies there
    confirmed = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    listed = models.CharField(max_length=6, blank=True)
    stopped = models.BooleanField(default=False)
    granted_level = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)  # the last day, after which all of it lapses
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(service__isnull=True) ^ models.Q(person__isnull=True),
                name="journey_one_applicant",
            ),
        )
        indexes = (models.Index(fields=("status", "next_due"), name="journey_standing"),)

    def __str__(self) -> str:
        return self.ref


class EntryRow(models.Model):
    """One entry of a journey: only ever added. `reason` is free text and stays in this room."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    kind = models.CharField(max_length=12)
    by = models.CharField(max_length=10)
    stage = models.CharField(max_length=60, blank=True)
    item = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=4, blank=True)
    level = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True, blank=True)
    amount = models.PositiveIntegerField(null=True, blank=True)  # whole pounds
    detail = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("journey", "seq"), name="entry_seq_once"),)


class Response(models.Model):
    """Answers handed in to a checklist or a form stage; a new row each time, so earlier ones can be read."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="responses")
    stage = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    answers = models.JSONField()  # field or question id -> value
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    support = models.ForeignKey("Support", on_delete=models.PROTECT, related_name="responses", null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("journey", "stage", "number"), name="response_once"),)


class Support(models.Model):
    """A third party asked to fill in a form by a one-time link: a head, a tutor. They need no account.

    The link's secret is kept as a digest alone. A later request for the same stage withdraws the one before.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="supports")
    stage = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    expires_at = models.DateTimeField()
    answered_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)  # why it was declined

    class Meta:
        ordering = ("asked_on", "pk")


class Draft(models.Model):
    """What somebody is typing and has not handed in: theirs alone, theirs to throw away."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)  # the page: 'application:<journey ref>', 'advice:<journey ref>:<slot>'
    fields = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="draft_once"),)


class Appointment(models.Model):
    """An assessor asked to take a journey. It counts once they have declared that no interest conflicts."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        APPOINTED = "appointed", "appointed"
        CONFLICT = "conflict", "declared a conflict"
        DECLINED = "declined", "declined"
        ENDED = "ended", "ended"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="appointments")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    declared_on = models.DateField(null=True, blank=True)
    declaration = models.TextField(blank=True, max_length=1000)  # the wording agreed to, or the conflict in words
    ended_on = models.DateField(null=True, blank=True)

    LIVE: ClassVar[tuple[str, ...]] = ("asked", "appointed")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("journey", "assessor"),
                condition=models.Q(state__in=("asked", "appointed")),
                name="appointment_live_once",
            ),
        )


class Invoice(models.Model):
    """A fee asked for. `number` counts up per body and year without gaps: '2026-0007' is the `serial` 7 of 2026."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="invoices")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=60)
    number = models.CharField(max_length=20)
    serial = models.PositiveIntegerField()  # the number as a number, for after 9,999 comes 10,000
    what = models.CharField(max_length=700)  # the longest names of a scheme, its fee and a band, together
    amount = models.PositiveIntegerField()  # whole pounds
    by_hand = models.CharField(max_length=300, blank=True)  # why the price was agreed by hand
    refundable = models.BooleanField(default=True)
    issued_on = models.DateField()
    paid_on = models.DateField(null=True, blank=True)
    paid_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("issued_on", "serial")
        constraints = (
            models.UniqueConstraint(fields=("body", "number"), name="invoice_number_once"),
            models.UniqueConstraint(fields=("journey", "stage"), name="invoice_one_per_stage"),
        )
