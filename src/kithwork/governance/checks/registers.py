"""Checks of registers: insurance, risks, targets, evaluations, changes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, Q, Value, When

from kithwork.checks import Rule, TellRow, Told
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import service as catalogue
from kithwork.core.readiness.catalogue.service import (
    COVERS,
    ChangesNotifiedMentees,
    ChangesNotifiedMentors,
    EvaluationsCompleted,
    InsuranceCurrent,
    ReportsPublished,
    ServiceRisksAssessed,
    Stakeholder,
    TargetsSet,
)
from kithwork.governance import due
from kithwork.governance.checks.ground import Ground
from kithwork.governance.models import Evaluation, Target

COVER: Mapping[catalogue.Cover, due.Cover] = {
    catalogue.Cover.EMPLOYER: due.Cover.EMPLOYER,
    catalogue.Cover.PUBLIC: due.Cover.PUBLIC,
    catalogue.Cover.VOLUNTEERS: due.Cover.VOLUNTEERS,
}
GROUP: Mapping[Stakeholder, Evaluation.Group] = {
    Stakeholder.CLIENTS: Evaluation.Group.CLIENTS,
    Stakeholder.VOLUNTEERS: Evaluation.Group.VOLUNTEERS,
    Stakeholder.STAFF: Evaluation.Group.STAFF,
    Stakeholder.REFERRERS: Evaluation.Group.REFERRERS,
    Stakeholder.FUNDERS: Evaluation.Group.FUNDERS,
}


def insurance_current(ground: Ground, asked: InsuranceCurrent) -> Told:
    """Indicator 3. Gaps take Python to see; what begins later is read for how long a cover lasts, never for whether it
    holds.
    """
    if not any(one.begins <= ground.at for one in ground.insurance):
        return Told(())
    return Told(tuple(_cover(ground, one) for one in asked.covers))


def _cover(ground: Ground, asked: catalogue.Cover) -> TellRow:
    until = due.covered_until(ground.insurance, COVER[asked], ground.at)
    if until is None:
        return TellRow("", COVERS[asked].capitalize(), holds=False)
    held = [one for one in ground.insurance if due.gives(one, COVER[asked])]
    last = next(one for one in held if one.ends == until)
    return TellRow(last.ref, COVERS[asked].capitalize(), holds=True, until=None if until == date.max else until)


def risks_assessed(ground: Ground, asked: ServiceRisksAssessed) -> Rule:
    """Indicator 7. Each open risk, its action done or not yet due and somebody's; not asked when it was last looked at,
    for the source names no interval.
    """
    done = Q(done_on__lte=ground.at)
    holds = Q()
    day: Any = None
    if "owner" in asked.actions:
        holds &= done | ~Q(owner="")
    if "due-date" in asked.actions:
        holds &= done | Q(due_on__isnull=False)
        day = Case(When(done, then=Value(None)), default=F("due_on"), output_field=DateField())
    return Rule(ground.risks, holds=holds or None, day=day, endless=True)


def targets_set(ground: Ground, asked: TargetsSet) -> Rule:
    """Indicator 34. The year's targets last until its end, or the next one's where that has its own already."""
    ahead = Target.objects.filter(service=ground.service, year=ground.at.year + 1)
    ends = date(ground.at.year, 12, 31)
    beyond = date(min(ground.at.year + 1, date.max.year), 12, 31)
    day = Case(When(Exists(ahead), then=Value(beyond)), default=Value(ends), output_field=DateField())
    return Rule(ground.targets, day=day)


def reports_published(ground: Ground, asked: ReportsPublished) -> Rule:
    """Indicator 34. Known by the day of publication that is entered with a target."""
    return Rule(ground.reported, day=F("reported"), lasts=asked.every)


def evaluations_completed(ground: Ground, asked: EvaluationsCompleted) -> Told:
    """Indicator 37. Who took part is a list within a row, which takes Python to judge."""
    wanted = {GROUP[one].value for one in asked.stakeholders}
    full = next((one for one in ground.evaluations if _complete(one, wanted)), None)
    until = asked.every.after(full.on) if full else None
    if full and until and until >= ground.at:
        return Told((TellRow(full.ref, full.title, holds=True, until=until),))
    return Told(tuple(TellRow(one.ref, one.title, holds=False, until=until) for one in ground.evaluations[:1]))


def _complete(one: Evaluation, wanted: set[str]) -> bool:
    return one.figures and one.words and one.baseline and wanted <= set(one.groups)


def changes_notified(ground: Ground, asked: ChangesNotifiedMentees | ChangesNotifiedMentors) -> Rule:
    """Indicator 38. What was changed on the day itself is in time, as on Today."""
    told = Q(**{f"{asked.of}_told_on__lte": ground.at})
    return Rule(ground.changes, (Q(changed_on__lt=ground.at) | told,), holds=told)


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    InsuranceCurrent: insurance_current,
    ServiceRisksAssessed: risks_assessed,
    TargetsSet: targets_set,
    ReportsPublished: reports_published,
    EvaluationsCompleted: evaluations_completed,
    ChangesNotifiedMentees: changes_notified,
    ChangesNotifiedMentors: changes_notified,
}
