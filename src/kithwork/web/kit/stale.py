"""What was confirmed and is too old by the day of a decision: listed where it is decided, and refusing nothing."""

from collections.abc import Sequence

from kithwork.evidence.queries import gone_stale
from kithwork.journeys.queries import Reading
from kithwork.web.kit.cards import Column

__all__ = ["stale"]


def stale(reading: Reading) -> dict[str, Sequence[object]]:
    """For `kit/stale.html`: the rows, none where everything still counts, and their columns."""
    words = reading.edition.words
    unit = words.requirement[:1].upper() + words.requirement[1:]
    return {
        "stale_columns": [Column("What was confirmed"), Column(unit), Column("Counted until")],
        "stale_rows": [
            (one.item.title, f"{one.requirement.number} {one.requirement.title}", one.until)
            for one in gone_stale(reading)
        ],
    }
