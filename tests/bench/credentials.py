"""Credentials: signed and verified a second, and what a certificate costs. `python -m tests.bench.credentials`.

CPU time of this one process (`time.process_time`), so that other work on the machine changes little. What is signed
has every field that ours have: 6 KB, a person's.
"""

import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from kithwork.core.credentials import CertificateFacts, badge, certificate
from kithwork.core.credentials.openbadge import bake_png, build, sign, verify
from tests.core.credentials.openbadge.sample import DID, DOCUMENT, KEY, LONDON, NOW, PERSON, listed

MANY = 100


def each(act: Callable[[int], object], many: int = MANY) -> float:
    """CPU milliseconds of one, after one to warm up."""
    act(0)
    begin = time.process_time()
    for number in range(1, many + 1):
        act(number)
    return (time.process_time() - begin) * 1000 / many


def main() -> int:
    facts = [replace(PERSON, number=f"KESTREL-2026-{number:04d}") for number in range(MANY + 1)]
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def signed(number: int) -> dict[str, object]:
        return sign(build(facts[number], LONDON), key=KEY, issuer=DID, created=moment)

    made = [signed(number) for number in range(MANY + 1)]
    held = listed(1)
    paper = CertificateFacts(
        body="The Kestrel Body", scheme="Kestrel", level="Kestrel Gold", holder="Zoë Ørsted-O’Neill",
        number="KESTREL-2026-0001", valid_from=date(2026, 7, 1), valid_until=date(2029, 6, 30),
        verify_url="https://kithwork.example/awards/222222222222/", issued_on=date(2026, 6, 20),
    )  # fmt: skip
    papers = [replace(paper, number=f"KESTREL-2026-{number:04d}") for number in range(MANY + 1)]
    assert verify(made[1], at=NOW, issuers=[DOCUMENT], lists=[held])
    picture = badge(paper)
    figures = {
        "signed": each(signed),
        "verified": each(lambda number: verify(made[number], at=NOW, issuers=[DOCUMENT], lists=[held])),
        "a certificate": each(lambda number: certificate(papers[number])),
        "a badge's picture": each(lambda number: badge(papers[number]), 20),
        "baked into it": each(lambda number: bake_png(picture, made[number])),
    }
    print(f"{platform.machine()}, Python {platform.python_version()}, CPU time, one process")
    for name, cost in figures.items():
        print(f"{name:18} {cost:7.1f} ms each {1000 / cost:8.0f} a second")
    limit = 50
    return 1 if figures["a certificate"] > limit else 0


if __name__ == "__main__":
    sys.exit(main())
