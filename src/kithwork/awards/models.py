"""What was granted, to whom, until when; what the public may see; whole cases handed to auditors."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.journeys.models import Journey
from kithwork.organisations.models import Organisation


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


class SigningKey(models.Model):
    """An awarding body's Ed25519 key. A retired one stays in the body's document, so that what it signed stays good; a
    stolen one is left out, and what it signed is void.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signing_keys")
    public = models.CharField(max_length=60, unique=True)  # multibase, 'z6Mk…'
    sealed = models.BinaryField()  # its 32 secret bytes, under the installation's key
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    stolen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("body",), condition=models.Q(retired_at__isnull=True), name="one_key_in_use"
            ),
        )


class StatusList(models.Model):
    """A list of a body in which each of its credentials has a place; signed anew whenever one is revoked."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="status_lists")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    full_at = models.DateTimeField(null=True, blank=True)  # no further places are given out
    document = models.TextField(blank=True)  # signed, as it is served
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begun_at", "-id")


class Credential(models.Model):
    """An Open Badge of an award: asked for, given its place and key, signed, perhaps revoked. One at a time is good."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="credentials")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="credentials", null=True, blank=True)
    index = models.PositiveIntegerField(null=True, blank=True)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="credentials", null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True)  # of the hash of an address of e-mail
    document = models.TextField(blank=True)  # signed; JSON on one line
    signed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)  # why it could not be signed
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("list", "index"), name="place_used_once"),
            models.UniqueConstraint(
                fields=("award",), condition=models.Q(revoked_at__isnull=True), name="one_good_credential"
            ),
        )
        indexes = (
            models.Index(fields=("asked_at",), condition=models.Q(signed_at__isnull=True), name="credentials_to_sign"),
        )


class Dossier(models.Model):
    """A whole case handed to somebody without an account, by a link. The link's secret is kept as a digest alone, and
    the archive is made anew each time it is fetched: what is destroyed meanwhile is in none.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="dossiers")
    recipient = models.CharField(max_length=200)
    reason = models.TextField(max_length=1000)
    token_digest = models.CharField(max_length=64, unique=True, null=True)  # none: it was written from the shell
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    expires_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)  # the last time
    fetched = models.PositiveIntegerField(default=0)  # how often
    digest = models.CharField(max_length=64, blank=True)  # of the list of digests, as last fetched

    class Meta:
        ordering = ("-made_at", "-id")
