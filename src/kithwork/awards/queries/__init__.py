"""Named reads over awards: what the public may see, how an award stands on a day, and its credential."""

from kithwork.awards.queries.register import (
    AwardRow,
    PublicAward,
    Standing,
    agreed_to_listing,
    aiming,
    aiming_of_body,
    awards_of,
    awards_of_body,
    holders,
    public_award,
    ref_of,
    standing,
)

__all__ = [
    "AwardRow",
    "PublicAward",
    "Standing",
    "agreed_to_listing",
    "aiming",
    "aiming_of_body",
    "awards_of",
    "awards_of_body",
    "holders",
    "public_award",
    "ref_of",
    "standing",
]
