"""What came in from spreadsheets, as lists."""

from django.db.models import QuerySet

from kithwork.caseload.models import Import, Match
from kithwork.organisations.models import Service

ImportRow = Import  # pages name what they show, and import no models
ImportKind = Import.Kind
NOTED = ("rationale", "mentee_told_on", "mentor_told_on", "introduced_by")  # what a spreadsheet of matches lacks


def imports_of(service: Service) -> QuerySet[Import]:
    """Every file that was read and not thrown away, newest first, without what it says."""
    return Import.objects.filter(service=service).select_related("by").defer("table", "mapping", "answers", "filled")


def import_of(match: Match) -> Import | None:
    """The spreadsheet that a match came in with, which was not taken back; None for one that was made here. One
    query.
    """
    rows = Import.objects.filter(
        service=match.service_id, kind=Import.Kind.MATCHES, brought_at__isnull=False, undone_at__isnull=True
    )
    return next((one for one in rows.only("made", "brought_at") if match.pk in one.made.get("Match", ())), None)


def to_note(match: Match) -> tuple[str, ...]:
    """What may be noted of a match that came in with a spreadsheet: the fields that are empty. At most one query."""
    empty = tuple(name for name in NOTED if not getattr(match, name))
    return empty if empty and match.introduced_on is not None and import_of(match) is not None else ()
