"""What was proposed, what became of it, and what a coordinator asks before deciding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.caseload.queries.matches import State as MatchState
from kithwork.caseload.queries.matches import state_of
from kithwork.core import matching as core
from kithwork.matching.actions.deciding import MANAGES
from kithwork.matching.actions.searching import rules_seen
from kithwork.matching.crowd import Crowd, Settled, rules_of
from kithwork.matching.models import AskedSearch, KeptApart, MatchingRules, MatchingRun, Proposal, Unmatched
from kithwork.matching.solving import Solved, alone, solved, told_to_both
from kithwork.organisations.models import Service

__all__ = [
    "OBJECTIVES",
    "ApartKind",
    "ApartRow",
    "AskedRow",
    "Crowd",
    "Looked",
    "ProposalRow",
    "RunRow",
    "Settled",
    "Solved",
    "Stand",
    "Trial",
    "Wish",
    "apart_of",
    "asked_for",
    "asked_of",
    "decided_of",
    "latest",
    "looked_at",
    "open_of",
    "reasons_of",
    "rules_of",
    "rules_seen",
    "solved",
    "stand_of",
    "told_to_both",
    "tried_out",
    "unmatched_of",
    "vetoed",
    "wishes_of",
    "wishing",
]

ApartRow = KeptApart  # pages import no models
AskedRow = AskedSearch
ProposalRow = Proposal
RunRow = MatchingRun
ApartKind = KeptApart.Kind
OBJECTIVES = MatchingRules.Objective
SHOWN = timedelta(days=60)  # so long what was decided stands in the list


class Stand(StrEnum):
    """How a proposal stands; once somebody has been asked, the match says so."""

    OPEN = "open"
    REFUSED = "refused"
    ASKED = "asked"
    MENTEE_DECLINED = "mentee-declined"
    MENTOR_DECLINED = "mentor-declined"
    WITHDRAWN = "withdrawn"
    MADE = "made"
    DECIDED = "decided"  # and the match it led to is gone


def latest(service: Service) -> MatchingRun | None:
    """The search that counts. One query."""
    return MatchingRun.objects.filter(service=service).select_related("by").first()


def asked_of(service: Service) -> AskedSearch | None:
    """The search that waits, or could not be done. One query."""
    return AskedSearch.objects.filter(service=service).first()


def asked_for() -> QuerySet[AskedSearch]:
    """Every search of this site that waits, the oldest first."""
    return AskedSearch.objects.filter(failed=False).select_related("by")


def open_of(run: MatchingRun) -> QuerySet[Proposal]:
    """Its pairs that wait for a decision, in the order of the waiting list."""
    rows = Proposal.objects.filter(run=run, state=Proposal.State.OPEN)
    return rows.select_related("mentee", "mentor").order_by("pk")


def unmatched_of(run: MatchingRun) -> QuerySet[Unmatched]:
    return Unmatched.objects.filter(run=run).select_related("mentee").order_by("pk")


def decided_of(service: Service, today: date) -> QuerySet[Proposal]:
    """What was decided in the last two months, the latest first, with the match that came of it."""
    since = timezone.now() - SHOWN
    rows = Proposal.objects.filter(Q(decided_at__gte=since), run__service=service)
    return rows.select_related("mentee", "mentor", "match__mentor", "decided_by").order_by("-decided_at", "-pk")


def stand_of(proposal: Proposal, today: date) -> Stand:
    """Nothing is asked of the database for a row of `decided_of`."""
    if proposal.state == Proposal.State.OPEN:
        return Stand.OPEN
    if proposal.state == Proposal.State.REFUSED:
        return Stand.REFUSED
    match = proposal.match
    if match is None:
        return Stand.DECIDED
    state = state_of(match, today)
    if state is MatchState.PROPOSED:
        return Stand.ASKED
    if state is MatchState.DECLINED:
        return Stand.MENTEE_DECLINED if match.mentee_answer == Match.Answer.NO else Stand.MENTOR_DECLINED
    return Stand.WITHDRAWN if state is MatchState.WITHDRAWN else Stand.MADE


def reasons_of(proposal: Proposal) -> list[str]:
    """What speaks for the two, the weightiest first, as they were when it was proposed."""
    parts = tuple(core.Scored(part, score, weight, reason) for part, score, weight, reason in proposal.parts)
    return list(core.Fit(proposal.fit, parts).reasons)


def apart_of(service: Service) -> QuerySet[KeptApart]:
    rows = KeptApart.objects.filter(service=service, ended_at__isnull=True)
    return rows.select_related("mentee", "mentor", "by")


@dataclass(frozen=True, slots=True)
class Looked:
    """Two people before somebody decides: the reasons as a first draft of what both are told ('' where there are
    none), and what forbids the two, in sentences.
    """

    draft: str = ""
    against: tuple[str, ...] = ()


def looked_at(practice: Practice, mentee: Mentee, mentor: Mentor, today: date) -> Looked:
    """Of somebody who does not wait, or does not mentor now, nothing is said: `decide` says what is wrong."""
    found = alone(practice, mentee, today)
    ours, theirs = found.crowd.at(mentee.ref), found.crowd.mentor_at(mentor.ref)
    if ours is None or theirs is None:
        return Looked()
    return Looked(told_to_both(found.fit(ours, theirs), mentee, mentor), tuple(found.vetoes(ours, theirs)))


def vetoed(practice: Practice, mentee: Mentee, today: date) -> dict[int, str]:
    """By a mentor's key: why they can never be matched with somebody who waits, in a sentence. A line manager is not
    among them: they may be, with a reason.
    """
    found = alone(practice, mentee, today)
    if found.crowd.at(mentee.ref) is None:
        return {}
    whys = (
        (one.pk, [why for why in found.vetoes(0, at) if why != MANAGES]) for at, one in enumerate(found.crowd.mentoring)
    )
    return {pk: why[0] for pk, why in whys if why}


@dataclass(frozen=True, slots=True)
class Trial:
    """What other rules would do to today's proposals: pairs before and after, by mentee; None for nobody."""

    before: Solved
    after: Solved

    @property
    def changes(self) -> list[tuple[Mentee, Mentor | None, Mentor | None]]:
        """Who would get somebody else."""
        return list(self._changes())

    def _changes(self) -> Iterator[tuple[Mentee, Mentor | None, Mentor | None]]:
        crowd = self.before.crowd
        for at, mentee in enumerate(crowd.waiting):
            was, will = self.before.proposed_to(at), self.after.proposed_to(at)
            if was != will:
                yield (
                    mentee,
                    None if was is None else crowd.mentoring[was],
                    None if will is None else crowd.mentoring[will],
                )


def tried_out(practice: Practice, settled: Settled, today: date) -> Trial:
    """Today's people by the service's rules and by others. Nothing is written."""
    before = solved(practice, today)
    return Trial(before, solved(practice, today, settled, before.crowd))


@dataclass(frozen=True, slots=True)
class Wish:
    """An essential wish about gender: its justification, and how many mentors it removes of those possible else."""

    mentee: Mentee
    gender: str
    because: str
    removes: int
    possible: int


def wishing(found: Solved) -> list[int]:
    """The positions of those who wait and have an essential wish about gender."""
    return [at for at, mentee in enumerate(found.crowd.waiting) if mentee.wants_gender.strip()]


def wishes_of(found: Solved, who: Iterable[int]) -> list[Wish]:
    """The essential wishes about gender of these; without a justification one is not looked at."""
    said = []
    for at in who:
        mentee = found.crowd.waiting[at]
        ours = replace(found.crowd.mentees[at], wants_gender="")
        rules = found.settled.rules
        else_possible = [theirs for theirs in found.crowd.mentors if not core.veto(ours, theirs, rules)]
        left = [theirs for theirs in else_possible if not core.veto(found.crowd.mentees[at], theirs, rules)]
        said.append(
            Wish(
                mentee,
                mentee.wants_gender,
                mentee.wants_gender_because,
                len(else_possible) - len(left),
                len(else_possible),
            )
        )
    return said
