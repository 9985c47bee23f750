"""Open Badges 3.0: what was awarded, so that anybody's software can check it without asking us.

Facts become a credential (`build`), it is signed (`sign`), put into a picture (`bake_png`, `bake_svg`), read (`read`)
and checked (`verify`); what is withdrawn stands in a status list. No clock, no keys, no network, nothing random:
moments, seeds, documents and draws are handed in.
"""

from kithwork.core.credentials.openbadge.achievements import achievement, judged
from kithwork.core.credentials.openbadge.baking import NoCredential, bake_png, bake_svg, read
from kithwork.core.credentials.openbadge.building import build, is_address
from kithwork.core.credentials.openbadge.contexts import Unreadable, canonical
from kithwork.core.credentials.openbadge.facts import (
    Achievement,
    AchievementKind,
    Alignment,
    CredentialFacts,
    Issuer,
    Listed,
    Organisation,
    Person,
    Purpose,
    Shown,
    identity_hash,
    line,
)
from kithwork.core.credentials.openbadge.finding import About, Finding, Found
from kithwork.core.credentials.openbadge.keys import Key, did_address, did_document, did_web
from kithwork.core.credentials.openbadge.signing import sign
from kithwork.core.credentials.openbadge.status import SHORTEST, Bits, NoList, free_index, status_list
from kithwork.core.credentials.openbadge.times import read_moment
from kithwork.core.credentials.openbadge.verifying import verify

__all__ = [
    "SHORTEST",
    "About",
    "Achievement",
    "AchievementKind",
    "Alignment",
    "Bits",
    "CredentialFacts",
    "Finding",
    "Found",
    "Issuer",
    "Key",
    "Listed",
    "NoCredential",
    "NoList",
    "Organisation",
    "Person",
    "Purpose",
    "Shown",
    "Unreadable",
    "achievement",
    "bake_png",
    "bake_svg",
    "build",
    "canonical",
    "did_address",
    "did_document",
    "did_web",
    "free_index",
    "identity_hash",
    "is_address",
    "judged",
    "line",
    "read",
    "read_moment",
    "sign",
    "status_list",
    "verify",
]
