"""People as CSV, as somebody else's system might write them."""

import csv
import io
from collections.abc import Sequence

from kithwork.core.matching import Mentee, Mentor
from kithwork.core.matching.tables import MENTEES, MENTORS


def text_of(people: Sequence[Mentee] | Sequence[Mentor]) -> str:
    columns = MENTEES if isinstance(people[0], Mentee) else MENTORS
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for one in people:
        values = (getattr(one, column) for column in columns)
        writer.writerow([";".join(sorted(v)) if isinstance(v, frozenset) else "" if v is None else v for v in values])
    return out.getvalue()
