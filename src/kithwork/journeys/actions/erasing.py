"""Erasing an account holder from journeys: what `personal.py` declares of each kind of row about them. See
`keeping.erase_all_about`; `write` False only counts.
"""

from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.core.keeping import Whose
from kithwork.journeys import models
from kithwork.journeys.personal import KEPT, PERSONAL
from kithwork.keeping import Gone, Names, erase_all_about, reaches

_MODELS: dict[str, type[Model]] = {name: getattr(models, name) for name in KEPT}
REACHES = reaches(_MODELS, KEPT, PERSONAL)


def erase_holder(*, person: User, names: Names, write: bool) -> list[Gone]:
    """Empty or delete what is held here of somebody's own. The transaction and the ledger's line are the caller's."""
    return erase_all_about(REACHES, Whose.HOLDER, person, names, write=write)
