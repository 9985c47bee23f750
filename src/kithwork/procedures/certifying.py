"""An award on paper and as a picture: its certificate, its badge, and the emblem of what it is."""

from django.conf import settings

from kithwork.awards.models import Award
from kithwork.core import credentials
from kithwork.core.credentials import CertificateFacts
from kithwork.journeys.editions import edition_of


def certificate_facts(award: Award) -> CertificateFacts:
    """What an award's certificate and badge say, as it was on the day."""
    return CertificateFacts(
        body=award.body_name,
        scheme=award.scheme_name,
        level=award.level_title,
        holder=award.holder,
        number=award.number,
        valid_from=award.starts_on,
        valid_until=award.valid_until,
        verify_url=f"{settings.SITE_URL}/awards/{award.ref}/",
        issued_on=award.granted_on,
        worth=edition_of(award.journey.edition).credential.worth,
    )


def badge_png(award: Award) -> bytes:
    """The badge as a PNG, without a credential inside."""
    return credentials.badge(certificate_facts(award))


def badge_svg(award: Award) -> bytes:
    """The badge as an SVG, without a credential inside."""
    return credentials.badge_svg(certificate_facts(award))
