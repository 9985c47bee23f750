"""What the pages of one match share: the door, the two names, where to look after a write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, match_of
from kithwork.caseload.actions.matches import Side
from kithwork.caseload.queries.matches import EndingRow, MatchRow, State, state_of
from kithwork.web.coordinator import doors
from kithwork.web.kit.acting import ask
from kithwork.web.kit.pages import Signed


@dataclass(frozen=True, slots=True)
class Here:
    """A match through the coordinator's door, and the day."""

    run: Run
    match: MatchRow
    today: date

    @property
    def names(self) -> str:
        return f"{self.match.mentee} and {self.match.mentor}"

    @property
    def state(self) -> State:
        return state_of(self.match, self.today)

    def at(self, name: str, *more: str) -> str:
        """The address of a page of this match."""
        return reverse(name, args=[self.run.service.slug, self.match.ref, *more])

    def called(self, side: str) -> str:
        """The name of one of the two."""
        return str(self.match.mentee if side == "mentee" else self.match.mentor)

    @property
    def ending(self) -> EndingRow:
        """The ending, where one is known; 404 where none is."""
        found: EndingRow | None = getattr(self.match, "ending", None)
        if found is None:
            raise Http404("No such page.")
        return found


def here(request: Signed, slug: str, match: str) -> Here:
    run = doors.people(request, slug)
    return Here(run, match_of(run, match), timezone.localdate())


def side_of(word: str) -> Side:
    """One of the two; 404 for any other word."""
    try:
        return Side(word)
    except ValueError:
        raise Http404("No such page.") from None


def about(
    request: Signed, seen: Here, form: forms.Form, act: Callable[[], object], *, to: str = "", **words: Any
) -> HttpResponse:
    """A page that asks one thing about a match; afterwards its page, or `to`."""
    return ask(request, form, act, caption=words.pop("caption", seen.names), to=to or seen.at("match"), **words)
