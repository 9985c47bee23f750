"""Who sees what of a service's readiness. A caller has come through the service's own door first, and hands it in.

Figures are for everybody who sees its people's records; the rows behind one only for those who may see such a row on
its own page. A staff file is the leads' alone (`governance.access`), so the rows of its checks are too.
"""

from collections.abc import Iterable

from kithwork.caseload.access import Run
from kithwork.core.readiness import Asked, Subject

LEADS_ALONE = frozenset({Subject.STAFF})


def rows_shown(run: Run, asked: Asked) -> bool:
    """Whether the rows behind a check may be shown to this person."""
    return run.coordinates and (asked.subject not in LEADS_ALONE or run.leads)


def may_sign_off(run: Run, asked: Iterable[Asked]) -> bool:
    """Whether this person may make a snapshot of these checks evidence: all that is in it may be shown to them."""
    return all(rows_shown(run, one) for one in asked)
