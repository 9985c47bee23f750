"""Named reads over cases that were handed out."""

from django.db.models import QuerySet

from kithwork.awards.models import Dossier
from kithwork.journeys.models import Journey


def dossiers_of(journey: Journey) -> QuerySet[Dossier]:
    """To whom a case was opened, newest first."""
    return Dossier.objects.filter(journey=journey).select_related("made_by")


DossierRow = Dossier  # the type's name for pages, which never touch the table
