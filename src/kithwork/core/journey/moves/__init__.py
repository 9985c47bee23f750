"""Which entries may be added to a journey now, and if not, why: the rule that page, API and command line share."""

from collections.abc import Callable
from dataclasses import replace

from kithwork.core.journey.case import RENEWAL
from kithwork.core.journey.entries import Entry, EntryKind
from kithwork.core.journey.moves import happening, running, sending
from kithwork.core.journey.position import Position, Status
from kithwork.core.journey.term import in_grace_until
from kithwork.core.schemes.model import Edition, Role
from kithwork.core.verdict import YES, Verdict, no

__all__ = ["may", "may_on"]

Rule = Callable[[Edition, Position, Entry], Verdict]

BODY = frozenset({Role.OFFICER})
JUDGES = frozenset({Role.ASSESSOR})

# Who may write which kind of entry. SUBMITTED, ARRANGED, HELD, DECIDED and RECOMMENDED follow the stage's own word.
WRITERS: dict[EntryKind, frozenset[Role]] = {
    EntryKind.OPENED: frozenset({Role.APPLICANT, Role.OFFICER}),
    EntryKind.RAISED: frozenset({Role.APPLICANT}),
    EntryKind.ASKED: frozenset({Role.APPLICANT, Role.OFFICER}),
    EntryKind.INVITED: frozenset({Role.APPLICANT}),
    EntryKind.DECLINED: frozenset({Role.SUPPORTER}),
    EntryKind.REPORTED: frozenset({Role.APPLICANT, Role.OFFICER}),
    EntryKind.INVOICED: BODY,
    EntryKind.PAID: BODY,
    EntryKind.CONFIRMED: JUDGES,
    EntryKind.RETURNED: JUDGES,
    EntryKind.BREACHED: JUDGES | BODY | frozenset({Role.APPLICANT}),  # whoever finds it says so
    EntryKind.AGREED: JUDGES,
    EntryKind.CORRECTED: BODY,
    EntryKind.APPOINTED: BODY,
    EntryKind.RELEASED: BODY | JUDGES,
    EntryKind.EXTENDED: BODY,
    EntryKind.STOPPED: BODY,
    EntryKind.RESUMED: BODY,
    EntryKind.GRANTED: BODY,
    EntryKind.SUSPENDED: BODY,
    EntryKind.REINSTATED: BODY,
    EntryKind.REVOKED: BODY,
    EntryKind.WITHDRAWN: frozenset({Role.APPLICANT}),
    EntryKind.CLOSED: BODY,
}


def may(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Whether the entry may be added to the journey that stands at `position`. The reason says what would help."""
    if entry.on > position.today:
        return no("Nothing can be added before its day has come.")
    if position.last is None:
        return _begins(edition, entry)
    if entry.kind is EntryKind.OPENED:
        return no("This journey has begun already.")
    if entry.on < position.last:
        return no(
            f"The last thing on this journey happened on {position.last:%-d %B %Y}; nothing can be added before it."
        )
    writers = WRITERS.get(entry.kind)
    if writers is not None and entry.by not in writers:
        return no("This is not yours to do.")
    if position.status.is_over and not _renews(edition, position, entry):
        return no(_OVER[position.status])
    if entry.by is Role.ASSESSOR and edition.scheme.assessor_from and not position.assessor:
        return no("No assessor is appointed.")
    if entry.stage:
        try:
            edition.stage(entry.stage)
        except KeyError:
            return no("This scheme has no such stage.")
        if not position.stages[entry.stage].in_play:
            return no("This stage does not belong to this journey.")
    return _RULES[entry.kind](edition, position, entry)


def _renews(edition: Edition, position: Position, entry: Entry) -> bool:
    """What has merely expired can be renewed in its days of grace; whether they run, the stage's own rule says."""
    asks = entry.kind is EntryKind.SUBMITTED and edition.renewal is not None and entry.stage == edition.renewal.id
    return asks and position.status is Status.EXPIRED


def _begins(edition: Edition, entry: Entry) -> Verdict:
    if entry.kind is not EntryKind.OPENED:
        return no("This journey has not begun.")
    if entry.by not in WRITERS[EntryKind.OPENED]:
        return no("This is not yours to do.")
    if entry.level and entry.level not in {level.id for level in edition.levels}:
        return no("This scheme has no such level.")  # it would ask for nothing, and be met at once
    return _renewed_in_time(edition, entry) if entry.detail == RENEWAL else YES


def _renewed_in_time(edition: Edition, entry: Entry) -> Verdict:
    if edition.renewal is None:
        return no("What this scheme grants is not renewed.")
    if entry.until is None:
        return no("Say on which day what is renewed ends.")
    last = in_grace_until(edition, entry.until)
    if entry.on > last:
        return no(f"It could be renewed until {last:%-d %B %Y}; a new application is needed.")
    return YES


_OVER = {
    Status.REFUSED: "This journey has ended: the decision was no.",
    Status.WITHDRAWN: "This journey was withdrawn.",
    Status.CLOSED: "This journey was closed.",
    Status.REVOKED: "This award was withdrawn.",
    Status.EXPIRED: "This award has expired.",
    Status.LAPSED: "The time for this ran out; a new application is needed.",
}


_RULES: dict[EntryKind, Rule] = {
    EntryKind.ANSWERED: sending.answered,
    EntryKind.SUBMITTED: sending.submitted,
    EntryKind.INVITED: sending.invited,
    EntryKind.DECLINED: sending.declined,
    EntryKind.CONFIRMED: sending.judged,
    EntryKind.RETURNED: sending.judged,
    EntryKind.BREACHED: sending.judged,
    EntryKind.DECIDED: sending.decided,
    EntryKind.RECOMMENDED: sending.recommended,
    EntryKind.INVOICED: happening.invoiced,
    EntryKind.PAID: happening.paid,
    EntryKind.ARRANGED: happening.arranged,
    EntryKind.HELD: happening.held,
    EntryKind.AGREED: happening.agreed,
    EntryKind.CHOSEN: happening.chosen,
    EntryKind.CANCELLED: happening.cancelled,
    EntryKind.ATTENDED: happening.attended,
    EntryKind.CORRECTED: happening.corrected,
    EntryKind.SIGNED: happening.signed,
    EntryKind.APPOINTED: running.appointed,
    EntryKind.RELEASED: running.released,
    EntryKind.EXTENDED: running.extended,
    EntryKind.STOPPED: running.stopped,
    EntryKind.RESUMED: running.resumed,
    EntryKind.GRANTED: running.granted,
    EntryKind.RAISED: running.raised,
    EntryKind.ASKED: running.asked,
    EntryKind.KEPT: running.kept,
    EntryKind.REPORTED: running.reported,
    EntryKind.SUSPENDED: running.suspended,
    EntryKind.REINSTATED: running.reinstated,
    EntryKind.REVOKED: running.revoked,
    EntryKind.WITHDRAWN: running.given_up,
    EntryKind.CLOSED: running.given_up,
}


def may_on(edition: Edition, position: Position, entry: Entry, item: str) -> Verdict:
    """The same question of one item among many: `entry` with another item."""
    return may(edition, position, replace(entry, item=item))
