"""A person's private calendar: whoever has the secret address may read it, for calendar programs cannot sign in."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kithwork.courses.access import person_by_feed
from kithwork.procedures.diary import diary_of
from kithwork.web.kit.pages import Desk, page


@page(Desk.PUBLIC)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of a person's courses and journeys. Unknown and renewed addresses answer alike, with 404."""
    diary = diary_of(person_by_feed(token), timezone.localdate())
    answer = HttpResponse(diary, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="kithwork.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
