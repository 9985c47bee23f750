"""Who offers a scheme: `site.program("whose", slug)` prints its body's slug and the address of an officer."""

import json

from kithwork.journeys.queries import edition_on_offer
from kithwork.procedures.people import officers_of


def main(slug: str) -> None:
    row = edition_on_offer(slug)
    assert row is not None, f"the demo offers {slug}"
    print(json.dumps([row.body.slug, next(iter(officers_of(row.body))).email]))
