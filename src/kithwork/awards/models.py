"""What was granted, to whom, until when; what the public may see."""

from django.db import models
from django.utils import timezone

from kithwork.core.refs import new_ref
from kithwork.journeys.models import Journey


class Award(models.Model):
    """One grant. The names are kept as they were on the day, because a certificate says what it said."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="awards")
    number = models.CharField(max_length=80, unique=True)  # a slug, the year and a number: 'QIM-2026-0007'
    holder = models.CharField(max_length=200)
    of = models.CharField(max_length=200, blank=True)  # the holder's organisation
    place = models.CharField(max_length=300, blank=True)  # where the service, or the person, works
    listed = models.BooleanField(default=True)  # a person is listed publicly only if they agree
    scheme_name = models.CharField(max_length=200)
    body_name = models.CharField(max_length=200)
    level = models.CharField(max_length=60)
    level_title = models.CharField(max_length=200)
    granted_on = models.DateField()
    starts_on = models.DateField()  # of a renewal: the day after the end of what it renews
    valid_until = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)  # by a higher level of the same journey
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-granted_on", "-id")
