"""One mentor through the coordinator's door, with all that is on record."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentor_of
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.mentors import File, MentorRow, Standing, file_of, listed, standing
from kithwork.core.service import Cleared
from kithwork.web.coordinator import doors
from kithwork.web.kit.pages import Signed


@dataclass(frozen=True, slots=True)
class Seen:
    """One mentor's record as a page shows it."""

    run: Run
    mentor: MentorRow
    file: File
    clear: Cleared
    stands: Standing
    last: date | None  # contact of staff with them
    today: date

    def at(self, name: str, *more: str | int) -> str:
        """The address of a page about this mentor."""
        return reverse(name, args=[self.run.service.slug, self.mentor.ref, *more])


def seen(request: Signed, slug: str, ref: str) -> Seen:
    """A mentor through the coordinator's door, with all that is on record."""
    run = doors.people(request, slug)
    found = mentor_of(run, ref)
    today = timezone.localdate()
    one = listed(run.service, run.practice, today).filter(pk=found.pk).first()
    stands = standing(one) if one else Standing.LEFT  # erased: no list shows them any more
    last: date | None = getattr(one, "last", None)
    return Seen(run, found, file_of(found), cleared([found], run.practice, today)[found.pk], stands, last, today)
