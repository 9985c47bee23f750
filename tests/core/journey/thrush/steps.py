"""Steps that several of the journeys share, as TOML."""


def begun(level: str) -> str:
    """Opened on 29 December 2025, may begin on 14 January 2026, both listeners appointed."""
    return f"""
[[steps]]
on = 2025-12-29
by = "applicant"
do = "opened"
level = "{level}"

[steps.then]
open = ["self-check"]
off = ["renewal-form"]
listed = "no"
earned = "no"

[[steps]]
on = 2025-12-29
by = "applicant"
do = "answered"
stage = "self-check"
outcome = "yes"

# Both 1 and 2 January are holidays in Scotland.
[[steps]]
on = 2025-12-29
by = "applicant"
do = "submitted"
stage = "application"

[steps.then]
open = ["eligibility"]
due = {{ eligibility = 2026-01-14 }}
waiting = ["officer"]

[[steps]]
on = 2026-01-14
by = "officer"
do = "decided"
stage = "eligibility"
outcome = "yes"

[steps.then]
open = ["evidence"]
listed = "aiming"
blank = 11
due = {{ evidence = 2026-05-14 }}
acts = ["officer appoint 1", "applicant send 11"]
assessors = 0

# One of two is not enough to begin judging.
[[steps]]
on = 2026-01-20
by = "officer"
do = "appointed"

[steps.then]
assessors = 1
acts = ["officer appoint 1"]

[[steps]]
on = 2026-01-20
by = "applicant"
do = "submitted"
stage = "evidence"
items = ["l1"]

[[steps]]
on = 2026-01-20
by = "assessor"
do = "confirmed"
stage = "evidence"
items = ["l1"]
refused = true
because = "No assessor is appointed"

[[steps]]
on = 2026-01-21
by = "officer"
do = "appointed"

[steps.then]
assessors = 2
waiting = ["applicant", "assessor"]

[[steps]]
on = 2026-01-21
by = "officer"
do = "appointed"
refused = true
because = "appointed already"

[[steps]]
on = 2026-02-16
by = "applicant"
do = "submitted"
stage = "evidence"
items = "blank"

[steps.then]
sent = 11
milestones = {{ "one branch shown" = "met" }}
waiting = ["assessor"]
"""


def judged(confirmed: str, then: str) -> str:
    """What is confirmed on 2 March 2026, after which the rest is sent back."""
    return f"""
[[steps]]
on = 2026-03-02
by = "assessor"
do = "confirmed"
stage = "evidence"
items = [{", ".join(f'"{item}"' for item in confirmed.split())}]

[[steps]]
on = 2026-03-02
by = "assessor"
do = "returned"
stage = "evidence"
items = "sent"

[steps.then]
{then}
"""


def voices(day: int, *outcomes: str, then: str = "") -> str:
    return (
        "".join(
            f"""
[[steps]]
on = 2026-03-{day:02}
by = "assessor"
do = "decided"
stage = "verdict"
outcome = "{outcome}"
"""
            for outcome in outcomes
        )
        + f"\n[steps.then]\n{then}\n"
    )
