"""A made-up fifth scheme, unlike the four: bronze, silver and gold by percentage, decided by two who must agree.

TEXTS are the edition's files, JOURNEYS worked journeys through it, by name.
"""

from tests.core.journey.thrush.journeys import JOURNEYS
from tests.core.journey.thrush.scheme import EDITION, SLUG, TEXTS

__all__ = ["EDITION", "JOURNEYS", "SLUG", "TEXTS"]
