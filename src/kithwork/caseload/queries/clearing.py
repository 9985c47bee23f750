"""What is on record of mentors, gathered for `core.service.clearance`: six queries for any number of mentors."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kithwork.caseload.models import Attendance, Consent, Exemption, Mentor, MentorStep, Practice, Reference, Vetting
from kithwork.core.service import Cleared, Missing, Need, Standing, clearance

_STEPS = {
    MentorStep.Kind.ROLE: "role",
    MentorStep.Kind.INTERVIEW: "interview",
    MentorStep.Kind.INDUCTION: "induction",
    MentorStep.Kind.BADGE: "badge",
    MentorStep.Kind.SELECTION: "selected",
}


def need_of(practice: Practice) -> Need:
    """What a service asks of a mentor before the first match."""
    return Need(
        references=practice.references,
        sessions=practice.training_sessions,
        vetting=practice.vetting != Practice.Vetting.NONE,
        window_days=practice.vetting_window_days,
        grace_days=practice.vetting_grace_days,
        badge=practice.badges,
    )


def standings(mentors: Iterable[Mentor], today: date) -> dict[int, Standing]:
    """By the mentor's primary key: what is on record of each, as on that day."""
    ids = [mentor.pk for mentor in mentors]
    joined = {mentor.pk: bool(mentor.joined_by) for mentor in mentors}
    steps: dict[tuple[int, str], str] = {}
    for mentor, kind, outcome in (
        MentorStep.objects.filter(mentor__in=ids, on__lte=today)
        .order_by("on", "pk")
        .values_list("mentor_id", "kind", "outcome")
    ):
        steps[mentor, kind] = outcome
    consents: dict[int, str] = dict(
        Consent.objects.filter(mentor__in=ids, kind=Consent.Kind.DATA, on__lte=today)
        .order_by("on", "pk")
        .values_list("mentor_id", "answer")
    )
    references = Counter(
        Reference.objects.filter(mentor__in=ids, suitable=True, received_on__lte=today).values_list(
            "mentor_id", flat=True
        )
    )
    vetted: dict[int, tuple[str, date | None]] = {}
    for mentor, outcome, until in (
        Vetting.objects.filter(mentor__in=ids, on__lte=today)
        .exclude(outcome=Vetting.Outcome.ASKED)
        .order_by("on", "pk")
        .values_list("mentor_id", "outcome", "expires_on")
    ):
        vetted[mentor] = (outcome, until)
    sessions = Counter(
        Attendance.objects.filter(
            mentor__in=ids,
            state=Attendance.State.PRESENT,
            session__training__kind="initial",
            session__on__lte=today,
        ).values_list("mentor_id", flat=True)
    )
    exempt: dict[int, set[Missing]] = defaultdict(set)
    holding = Exemption.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), mentor__in=ids)
    for mentor, missing in holding.filter(begins__lte=today, until__gte=today).values_list("mentor_id", "missing"):
        exempt[mentor].add(Missing(missing))

    def took(pk: int, kind: MentorStep.Kind) -> bool:
        return steps.get((pk, kind), "no") != MentorStep.Outcome.NO

    return {
        pk: Standing(
            consent=consents.get(pk) == Consent.Answer.GIVEN,
            references=references[pk],
            vetted=vetted.get(pk, ("", None))[0] == Vetting.Outcome.CLEAR,
            vetted_until=vetted.get(pk, ("", None))[1],
            unsuitable=vetted.get(pk, ("", None))[0] == Vetting.Outcome.UNSUITABLE,
            sessions=sessions[pk],
            trained=joined[pk],
            exempt=frozenset(exempt[pk]),
            **{field: took(pk, kind) for kind, field in _STEPS.items()},
        )
        for pk in ids
    }


def cleared(mentors: Iterable[Mentor], practice: Practice, today: date) -> dict[int, Cleared]:
    """By the mentor's primary key: whether each may be matched now, and what is missing."""
    everybody = list(mentors)
    need = need_of(practice)
    return {pk: clearance(need, standing, today) for pk, standing in standings(everybody, today).items()}
