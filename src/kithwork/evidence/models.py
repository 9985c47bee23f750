"""What is offered for each requirement, what was sent when, and what came back.

A *slot* is what an item is offered for: a requirement's id, or a piece's (a case study).
"""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.journeys.models import Journey


class Found(models.TextChoices):
    """How a name left in a document came to light; what is said of whoever reported it, where that is no person."""

    PERSON = "person", "Reported by a person"
    ELSEWHERE = "elsewhere", "Reported elsewhere, of the same document"  # nobody here reads by whom, nor where
    LATER = "later", "Found when it was looked through again for names that are new"


def folder_of(journey: Journey) -> str:
    """Where a journey's files lie, and nothing else does."""
    return f"evidence/{journey.ref}"


def stored_as(item: "Item", filename: str) -> str:
    """Where a file lies: a name that tells nothing, one folder a journey."""
    return f"{folder_of(item.journey)}/{item.ref}"


class Item(models.Model):
    """One piece of evidence: a file, a link, a statement or a written piece. May be offered for several slots."""

    class Kind(models.TextChoices):
        FILE = "file", "file"
        LINK = "link", "link"
        STATEMENT = "statement", "statement"
        PIECE = "piece", "written piece"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind)
    portfolio = models.CharField(max_length=60, blank=True)  # the portfolio (its stage) this is a piece of
    place = models.PositiveIntegerField(default=0)  # in the portfolio: its owner's order, from 1
    title = models.CharField(max_length=200)
    dated = models.DateField(null=True, blank=True)  # of the document: last review, or when the casework happened
    text = models.TextField(blank=True, max_length=20000)
    url = models.URLField(blank=True, max_length=500)
    file = models.FileField(upload_to=stored_as, blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # sha256 of the file
    casework = models.BooleanField(default=False)  # shows people; every name must be down to one initial
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_wording = models.CharField(max_length=500, blank=True)  # what was declared, word for word
    passed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)  # through the privacy gate: `passing.has_passed`
    passed_wording = models.CharField(max_length=500, blank=True)
    passed_digest = models.CharField(max_length=64, blank=True)  # of what it said then
    held_at = models.DateTimeField(null=True, blank=True)  # passed once, and held back by a later look
    declarations = models.JSONField(default=dict, blank=True)  # of a piece: declaration id -> wording agreed to
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("journey", "portfolio", "digest"),
                condition=models.Q(removed_at__isnull=True, destroyed_at__isnull=True, digest__gt=""),
                name="item_file_once",
            ),
        )


class Offer(models.Model):
    """An item offered for a slot. A portfolio's piece may say which of the requirement's points it shows, and how."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="offers")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="offers")
    slot = models.CharField(max_length=60)
    points = models.JSONField(default=list, blank=True)  # numbers of the requirement's points, from 1
    says = models.CharField(max_length=500, blank=True)  # how it shows that, in its owner's words
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (models.UniqueConstraint(fields=("item", "slot"), name="offer_once"),)
        indexes = (models.Index(fields=("journey", "slot"), name="offer_slot"),)


class Round(models.Model):
    """What was sent for a slot at one time: the items as they stood then, and a note."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="rounds")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    note = models.TextField(blank=True, max_length=4000)
    items = models.ManyToManyField(Item, related_name="rounds")
    sent_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("journey", "slot", "number"), name="round_once"),)


class SentPiece(models.Model):
    """A portfolio's piece as it stood when the whole was handed in: where, and what it was linked to.

    The piece's own words stay as they were because a piece that was handed in is never changed: see `revise_piece`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pieces")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sent_as")
    place = models.PositiveIntegerField()
    links = models.JSONField()  # each {"slot": requirement, "points": [1, 3], "says": words}

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("round", "item"), name="sent_piece_once"),)


class Feedback(models.Model):
    """One of two: confirmed, or more asked for with advice. A breach asks for more as well."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        RETURNED = "returned", "more asked for"
        BREACHED = "breached", "data breach"

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="feedback")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="feedback", null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    advice = models.TextField(blank=True, max_length=8000)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    # nobody, for a breach that no person reported here
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    found = models.CharField(max_length=10, choices=Found, default=Found.PERSON)  # of a breach

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("journey", "slot"), name="feedback_slot"),)

    @property
    def author(self) -> str:
        """Whose words these are, for those who read them."""
        return self.by.name if self.by else self.get_found_display()


class Remark(models.Model):
    """A question or an answer in a slot's thread."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="remarks")
    slot = models.CharField(max_length=60)
    text = models.TextField(max_length=4000)
    side = models.CharField(max_length=10)  # applicant or assessor
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")


class Breach(models.Model):
    """A name left in: what was destroyed, by whom it was reported, what was done. The content is gone."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="breaches")
    stage = models.CharField(max_length=60)
    slot = models.CharField(max_length=60)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="breaches")
    what = models.TextField(max_length=1000)  # the kind of detail left in, never the detail
    digest = models.CharField(max_length=64, blank=True)  # of the file destroyed
    reported_on = models.DateField()
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    reported_by = models.ForeignKey(  # nobody, where no person reported it here
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    found = models.CharField(max_length=10, choices=Found, default=Found.PERSON)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-reported_at",)

    @property
    def reporter(self) -> str:
        """Who reported it, for those who read the register."""
        return self.reported_by.name if self.reported_by else self.get_found_display()


class BreachStep(models.Model):
    """What one side did about a breach: each keeps a register of its own of the same event."""

    class Side(models.TextChoices):
        SERVICE = "service", "the service"
        BODY = "body", "the awarding body"

    class Kind(models.TextChoices):
        WEIGHED = "weighed", "Weighed the risk to the people concerned"
        REPORTED = "reported", "Reported it to the regulator"
        NOT_REPORTED = "not-reported", "Decided not to report it, and why"
        TOLD = "told", "Told the people concerned"
        DONE = "done", "Did something else about it"

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="steps")
    side = models.CharField(max_length=8, choices=Side)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(max_length=2000, blank=True)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
