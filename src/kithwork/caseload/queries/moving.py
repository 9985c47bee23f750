"""What came in from spreadsheets, as lists."""

from django.db.models import QuerySet

from kithwork.caseload.models import Import
from kithwork.organisations.models import Service

ImportRow = Import  # pages name what they show, and import no models
ImportKind = Import.Kind


def imports_of(service: Service) -> QuerySet[Import]:
    """Every file that was read and not thrown away, newest first, without what it says."""
    return Import.objects.filter(service=service).select_related("by").defer("table", "mapping", "answers", "filled")
