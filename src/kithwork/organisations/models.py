"""Services' organisations and awarding bodies, and who belongs to them in which role."""

from django.db import models
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref


class Organisation(models.Model):
    """A charity that runs mentoring services, or a body that runs schemes."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "runs mentoring services"
        BODY = "body", "awarding body"

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    address = models.TextField(blank=True, max_length=500)  # postal, as an invoice prints it
    website = models.URLField(blank=True)
    how_to_pay = models.TextField(blank=True, max_length=500)  # a body's words on its invoices
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One mentoring service of an organisation; what applies for an award."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    place = models.CharField(max_length=120, blank=True)  # town or area, for the public register
    website = models.URLField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="service_name_once"),)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a membership lets a person do. The first five belong to providers, the rest to bodies."""

    LEAD = "lead", "Lead (everything, and invites colleagues)"
    COORDINATOR = "coordinator", "Coordinator (mentees, mentors and matches, and the evidence)"
    SAFEGUARDING = "safeguarding", "Safeguarding lead (concerns, and the people they are about)"
    CONTRIBUTOR = "contributor", "Contributor (adds and sends evidence)"
    READER = "reader", "Reader (looks only)"
    OFFICER = "officer", "Officer"
    ASSESSOR = "assessor", "Assessor"
    PANEL = "panel", "Panel member"
    CHAIR = "chair", "Panel chair"


PROVIDER_ROLES = (Role.LEAD, Role.COORDINATOR, Role.SAFEGUARDING, Role.CONTRIBUTOR, Role.READER)
BODY_ROLES = (Role.OFFICER, Role.ASSESSOR, Role.PANEL, Role.CHAIR)


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    since = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role"),
                condition=models.Q(ended_at__isnull=True),
                name="membership_once",
            ),
        )


class Invitation(models.Model):
    """A place offered to an e-mail address. The link's secret is kept as a digest alone."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
