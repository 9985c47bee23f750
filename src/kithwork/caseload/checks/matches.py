"""Checks of matches: how they are made, begun and followed; what is agreed in writing; what a mentor bank asks.

Rows: matches that ran on at least one day of the last year, if not said otherwise. The reasons, the justification and
who introduced the two bear no day of their own: the past is asked of what stands there today.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Least, StrIndex
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.models import Agreement, Contact, DropoutRisk, Match
from kithwork.caseload.queries.matches import REACHED
from kithwork.checks import Later, Rows, Rule, There, Told
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue.bank import (
    DropoutActedOn,
    DropoutLookedAt,
    MatchesKept,
    MatchesNotAssessed,
    MatchesNotManaged,
)
from kithwork.core.readiness.catalogue.matches import (
    AgreementsSigned,
    BoundariesActedOn,
    MatchesAgreed,
    MatchesExplained,
    MatchesFollowedUp,
    MatchesIntroduced,
    MatchesJustified,
    MatchesReasoned,
    MenteeProfiles,
    MentorProfiles,
    Side,
    Signs,
    States,
)

K = Contact.Kind
A_WEEK = timedelta(days=7)
NEVER = Value(date.max, output_field=DateField())
TOLD = ~Q(interests=[]) & ~Q(availability=[]) & Q(profile__gt="")
FIELD: Mapping[Side | Signs, str] = {"mentees": "mentee", "mentors": "mentor", "service": "service"}
STATED: Mapping[States, Q] = {
    "time": Q(time__gt=""),
    "face-to-face": Q(face_to_face__isnull=False),
    "roles": Q(roles__gt=""),
    "boundaries": Q(boundaries__gt=""),
    "disputes": Q(disputes__gt=""),
}


def mentee_profiles(ground: Ground, asked: MenteeProfiles) -> Rule:
    """Indicator 55. Mentees with a running match, away or not."""
    return Rule(ground.mentees, (Q(matched=True),), holds=TOLD)


def mentor_profiles(ground: Ground, asked: MentorProfiles) -> Rule:
    """Indicator 55. Mentors with a running match, away or not."""
    return Rule(ground.mentors, (Q(matched=True),), holds=TOLD)


def _made(ground: Ground, holds: Q, *among: Q) -> Rule:
    """Of matches of the last year; what fails is out of it a year after the last day, or stays while the match runs."""
    return Rule(ground.matches, among, holds=holds, leaves=F("ended_on"), window=YEAR)


def matches_reasoned(ground: Ground, asked: MatchesReasoned) -> Rule:
    """Indicator 56."""
    return _made(ground, Q(rationale__gt=""))


def matches_explained(ground: Ground, asked: MatchesExplained) -> Rule:
    """Indicator 56. On the day of the introduction is in time."""
    told = Q()
    for whom in asked.whom:
        told &= Q(**{f"{FIELD[whom]}_told_on__lte": F("introduced_on")})
    return _made(ground, told)


def matches_justified(ground: Ground, asked: MatchesJustified) -> Rule:
    """Indicator 56. The database refuses a characteristic without its justification, so that none can fail; the figure
    says in how many matches one decided.
    """
    return _made(ground, Q(justification__gt=""), Q(characteristic__gt=""))


def matches_agreed(ground: Ground, asked: MatchesAgreed) -> Rule:
    """Indicator 56. On the day of the introduction is in time; a yes without its day is not."""
    agreed = Q()
    for whom in asked.whom:
        side = FIELD[whom]
        agreed &= Q(**{f"{side}_answer": Match.Answer.YES, f"{side}_answered_on__lte": F("introduced_on")})
    return _made(ground, agreed)


def matches_introduced(ground: Ground, asked: MatchesIntroduced) -> Rule:
    """Indicator 57."""
    return _made(ground, Q(introduced_by__gt=""))


def matches_followed_up(ground: Ground, asked: MatchesFollowedUp) -> Rule:
    """Indicator 58: the lists of `queries.followups`, without their end after half a year, and strict: contact that
    came too late does not make it good. The week runs out on its last day. The meeting after `meetings` makes it too
    late for the second time; staff contact on its day is in time. Being away gives no more time, as in those lists.
    """
    met = Contact.objects.filter(match=OuterRef("pk"), kind=K.MEETING, reached__in=REACHED, on__lte=ground.at)
    days = met.order_by("on").values("on")
    at_most = Subquery(days[asked.meetings - 1 : asked.meetings], output_field=DateField())
    too_late = Subquery(days[asked.meetings : asked.meetings + 1], output_field=DateField())
    rows = ground.matches.rows.annotate(at_most=at_most, too_late=too_late)
    heard = {whom: _heard(ground, whom) for whom in asked.whom}
    soon, again = Q(), Q()
    for whom, contacts in heard.items():
        soon &= Q(There(contacts.filter(on__lte=Later(OuterRef("first_met_on"), asked.within))))
        rows = rows.annotate(**{f"again_{whom}": Subquery(contacts.order_by("on").values("on")[1:2])})
        once = contacts.filter(on__gte=OuterRef("at_most"), on__lte=OuterRef("too_late"))
        again &= Q(**{f"again_{whom}__lte": F("too_late")}) | Q(There(once))
    # nearly all heard in time, and then the meetings are looked up once; CASE, because SQLite works out both sides of
    # an OR whose value is selected
    seconds = [Coalesce(F(f"again_{whom}"), NEVER) for whom in heard]
    latest = Greatest(*seconds) if len(seconds) > 1 else seconds[0]
    all_again = Q(GreaterThanOrEqual(Coalesce(F("too_late"), NEVER), latest))
    let_off = Q(ended_on__lte=Later(F("first_met_on"), asked.within))
    owed = Case(When(let_off | soon, then=Value(None)), default=F("first_met_on"), output_field=DateField())
    return Rule(
        Rows(f"matches met {asked.meetings} {asked.whom}", rows, F("ref"), ground.matches.label, ground.matches.other),
        (Q(first_met_on__lte=ground.at),),
        holds=Q(Case(When(all_again, then=True), When(again, then=True), default=False)),
        day=owed,
        lasts=asked.within,
        endless=True,
        leaves=F("ended_on"),
        window=YEAR,
    )


def _heard(ground: Ground, whom: Side) -> QuerySet[Contact]:
    """Staff contacts that reached one side of the match in the outer row since its first meeting."""
    side = FIELD[whom]
    return Contact.objects.filter(
        **{side: OuterRef(side)}, kind=side, reached__in=REACHED, on__gte=OuterRef("first_met_on"), on__lte=ground.at
    )


def boundaries_acted_on(ground: Ground, asked: BoundariesActedOn) -> Rule:
    """Indicator 58. Rows: changes, by the reference of their match. What is open does not heal while the match runs."""
    acted = Q(done_on__lte=ground.at)
    return Rule(
        ground.boundary_changes,
        (Q(noticed_on__lt=ground.at) | acted,),
        holds=acted,
        leaves=F("match__ended_on"),
        window=YEAR,
    )


def agreements_signed(ground: Ground, asked: AgreementsSigned) -> Rule:
    """Excellence 22; a mentor bank (002). One agreement bears all signatures by the last day on which it is in time,
    which is in time itself; signed later is late for good. `queries.followups.unsigned` asks what is to be done, so it
    looks at the latest agreement alone and lets a late one go.
    """
    last = Later(OuterRef("introduced_on"), asked.within) if asked.within else OuterRef("first_met_on")
    signed = Agreement.objects.filter(*(STATED[one] for one in asked.states), match=OuterRef("pk"))
    for whom in asked.whom:
        signed = signed.filter(**{f"{FIELD[whom]}_on__lte": ground.at}).filter(**{f"{FIELD[whom]}_on__lte": last})
    kind = () if asked.matches == "all" else (Q(kind=Match.Kind.ONE),)
    if asked.within is None:
        return _made(ground, Q(There(signed)), *kind, Q(first_met_on__lte=ground.at))
    owed = Case(When(There(signed), then=Value(None)), default=F("introduced_on"), output_field=DateField())
    return Rule(ground.matches, kind, day=owed, lasts=asked.within, endless=True, leaves=F("ended_on"), window=YEAR)


# what a mentor bank asks (002)


def _named_in(field: str) -> Q:
    """Whether the mentee's reference stands in a list on the mentor's record. References hold nothing but letters and
    digits, so the text of the list tells it on either database.
    """
    quoted = Concat(Value('"'), F("mentee__ref"), Value('"'))
    return Q(GreaterThan(StrIndex(Cast(f"mentor__{field}", TextField()), quoted), 0))


def matches_not_managed(ground: Ground, asked: MatchesNotManaged) -> Rule:
    """002. Running matches: what ended is not asked about, for the list of whom somebody manages bears no date."""
    reasoned = Q(manages=True, manages_because__gt="")
    return Rule(ground.matches, (ground.runs,), holds=reasoned | (Q(manages=False) & ~_named_in("line_manages")))


def matches_not_assessed(ground: Ground, asked: MatchesNotAssessed) -> Rule:
    """002. Running matches, by the list on the mentor's record as it stands."""
    return Rule(ground.matches, (ground.runs,), holds=~_named_in("assesses"))


def _note(ground: Ground, field: str) -> Subquery:
    """Of the latest note on whether the mentee may drop out, up to the day: one of its fields."""
    notes = DropoutRisk.objects.filter(match=OuterRef("pk"), on__lte=ground.at).order_by("-on", "-pk")
    return Subquery(notes.values(field)[:1])


def dropout_looked_at(ground: Ground, asked: DropoutLookedAt) -> Rule:
    """002. The day is the last one on which a note is in time: `every` after the latest of introduction, note and last
    day away, or sooner where the note says when to look again (due on that day, as in `queries.followups`).
    """
    since = Greatest(
        F("introduced_on"),
        Coalesce(_note(ground, "on"), "introduced_on"),
        Coalesce(ground.match_mentee_back, "introduced_on"),
    )
    due = Later(since, asked.every)
    return Rule(
        ground.matches,
        (ground.runs, ground.match_mentee_here),
        day=Least(due, Coalesce(_note(ground, "look_again_on"), due)),
    )


def dropout_acted_on(ground: Ground, asked: DropoutActedOn) -> Rule:
    """002. By the latest note of each running match, where it sees a risk. Contact with the referrer is contact with
    the institution: who sent the mentee to the bank.
    """
    rows = ground.matches.rows.annotate(
        risk=_note(ground, "level"), planned=_note(ground, "action"), seen_on=_note(ground, "on")
    )
    spoken = Contact.objects.filter(
        mentee=OuterRef("mentee"), kind=K.REFERRER, reached__in=REACHED, on__gte=OuterRef("seen_on"), on__lte=ground.at
    )
    acted = Q(planned__gt="") | Q(There(spoken))
    at_risk = Q(risk__in=(DropoutRisk.Level.SOME, DropoutRisk.Level.HIGH))
    return Rule(
        Rows("matches noted", rows, label=ground.matches.label, other=ground.matches.other),
        (ground.runs, at_risk, Q(seen_on__lt=ground.at) | acted),
        holds=acted,
    )


def matches_kept(ground: Ground, asked: MatchesKept) -> Rule:
    """002. Endings of the last year. The agreement that counts is the latest drawn up by the day."""
    drawn = Agreement.objects.filter(match=OuterRef("pk"), drawn_up_on__lte=ground.at).order_by("-drawn_up_on", "-pk")
    meant = Subquery(drawn.values("until")[:1], output_field=DateField())
    rows = ground.ended.rows.annotate(meant=meant)
    stayed = Q(mentee__left_on__lte=ground.at) & Q(mentee__left_on__lte=F("ended_on") + A_WEEK)
    kept = Q(ended_on__gte=Later(F("introduced_on"), asked.through)) | Q(ended_on__gte=F("meant")) | stayed
    return Rule(
        Rows("ended as meant", rows, label=ground.ended.label, other=ground.ended.other),
        holds=kept,
        leaves=F("ended_on"),
        window=YEAR,
    )


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    MenteeProfiles: mentee_profiles,
    MentorProfiles: mentor_profiles,
    MatchesReasoned: matches_reasoned,
    MatchesExplained: matches_explained,
    MatchesJustified: matches_justified,
    MatchesAgreed: matches_agreed,
    MatchesIntroduced: matches_introduced,
    MatchesFollowedUp: matches_followed_up,
    BoundariesActedOn: boundaries_acted_on,
    AgreementsSigned: agreements_signed,
    MatchesNotManaged: matches_not_managed,
    MatchesNotAssessed: matches_not_assessed,
    DropoutLookedAt: dropout_looked_at,
    DropoutActedOn: dropout_acted_on,
    MatchesKept: matches_kept,
}
