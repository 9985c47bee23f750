"""Worked journeys through the scheme, as TOML, by name."""

from tests.core.journey.thrush.steps import begun, judged, voices

_SILVER = "l1 l2 l3 b1 b2 g1 g3"  # 15 of 20, at least 5 of 6, 5 of 6 and 5 of 8
_BRONZE = "l1 b1 b2 b3 g2 g3 g4"  # 12 of 20, at least 2 of 6, 6 of 6 and 4 of 8

DISAGREEMENT = (
    """
title = "Silver, after a disagreement"
says = "One listener says yes and one says no: neither counts, they talk, and then they agree."
"""
    + begun("silver")
    + judged(
        _SILVER,
        'confirmed = 7\nreturned = 4\nearned = "silver"\nopen = ["verdict"]\ndone = ["evidence"]\n'
        'acts = ["assessor decide 2"]\nwaiting = ["assessor"]',
    )
    + """
[[steps]]
on = 2026-03-03
by = "officer"
do = "decided"
stage = "verdict"
outcome = "yes"
refused = true
because = "not yours to decide"
"""
    + voices(3, "yes", then='open = ["verdict"]\nacts = ["assessor decide 1"]\ndisagreed = []')
    + voices(
        4,
        "no",
        then='status = "active"\nopen = ["verdict"]\nacts = ["assessor decide 2"]\ndisagreed = ["verdict"]',
    )
    + """
[[steps]]
on = 2026-03-05
by = "officer"
do = "granted"
stage = "badge"
refused = true
because = "not open yet"
"""
    + voices(9, "yes", then='acts = ["assessor decide 1"]\ndisagreed = ["verdict"]')
    + voices(10, "yes", then='open = ["badge"]\ndisagreed = []\nwaiting = ["officer"]')
    + """
[[steps]]
on = 2026-03-11
by = "officer"
do = "granted"
stage = "badge"
level = "gold"
refused = true
because = "the level that was reached"

[[steps]]
on = 2026-03-11
by = "officer"
do = "granted"
stage = "badge"
level = "silver"

[steps.then]
status = "awarded"
granted = "silver"
valid_until = 2028-03-10
listed = "holder"
open = []
duties = { line = 2027-03-11, moved = "no" }

[[steps]]
on = 2027-03-01
by = "applicant"
do = "kept"
items = ["line"]

[steps.then]
duties = { line = 2028-03-11 }

[[steps]]
on = 2027-12-09
do = "look"

[steps.then]
shut = ["again"]

[[steps]]
on = 2027-12-10
by = "applicant"
do = "submitted"
stage = "again"

[steps.then]
done = ["again"]
"""
)

ABOVE = (
    """
title = "Gold for one who aimed at bronze"
says = "What the evidence comes to is granted, though less was aimed at."
"""
    + begun("bronze")
    + judged(
        "l1 l2 l3 b1 b2 b3 g1 g2 g4",
        'confirmed = 9\nearned = "gold"\nlevel = "bronze"\nopen = ["verdict"]',
    )
    + voices(5, "yes", "yes", then='open = ["badge"]')
    + """
[[steps]]
on = 2026-03-09
by = "officer"
do = "granted"
stage = "badge"
level = "bronze"
refused = true
because = "the level that was reached"

[[steps]]
on = 2026-03-09
by = "officer"
do = "granted"
stage = "badge"

[steps.then]
status = "awarded"
granted = "gold"
valid_until = 2028-03-08

# There is nothing above gold to aim at.
[[steps]]
on = 2026-03-10
by = "applicant"
do = "raised"
level = "silver"
refused = true
because = "not above"
"""
)

LOWER = (
    """
title = "Bronze for one who aimed at gold"
says = "Short of gold, the applicant may send more, or aim lower; the colour goes by what is confirmed."
"""
    + begun("gold")
    + judged(
        _BRONZE,
        'confirmed = 7\nreturned = 4\nearned = "bronze"\nopen = ["evidence"]\nacts = ["applicant send 4"]\n'
        'shut = ["verdict"]\nwaiting = ["applicant"]',
    )
    + """
[[steps]]
on = 2026-03-03
by = "assessor"
do = "decided"
stage = "verdict"
outcome = "yes"
refused = true
because = "not open yet"

[[steps]]
on = 2026-03-04
by = "applicant"
do = "raised"
level = "bronze"

[steps.then]
level = "bronze"
done = ["evidence"]
open = ["verdict"]
"""
    + voices(5, "yes", "yes", then='open = ["badge"]')
    + """
[[steps]]
on = 2026-03-09
by = "officer"
do = "granted"
stage = "badge"

[steps.then]
status = "awarded"
granted = "bronze"

# A holder may climb: what was not met is asked for again, and the badge keeps its end.
[[steps]]
on = 2026-09-01
by = "applicant"
do = "raised"
level = "silver"

[steps.then]
status = "awarded"
granted = "bronze"
level = "silver"
open = ["evidence"]
acts = ["applicant send 4"]
due = { evidence = 2027-01-01 }

[[steps]]
on = 2026-10-01
by = "applicant"
do = "submitted"
stage = "evidence"
items = ["g1", "l2", "l3"]

[[steps]]
on = 2026-10-12
by = "assessor"
do = "confirmed"
stage = "evidence"
items = ["g1", "l2", "l3"]

[steps.then]
earned = "gold"
done = ["evidence"]
open = ["verdict"]

[[steps]]
on = 2026-10-15
by = "assessor"
do = "decided"
stage = "verdict"
outcome = "yes"
times = 2

[[steps]]
on = 2026-10-16
by = "officer"
do = "granted"
stage = "badge"

[steps.then]
granted = "gold"
valid_until = 2028-03-08
open = []
"""
)

REFUSED = (
    """
title = "No, said by both"
says = "Enough is confirmed, and yet both listeners say no. One no alone ends nothing."
"""
    + begun("bronze")
    + judged(_BRONZE, 'earned = "bronze"\nopen = ["verdict"]')
    + voices(5, "no", then='status = "active"\nacts = ["assessor decide 1"]')
    + voices(6, "no", then='status = "refused"\nopen = []\nwaiting = []\nlisted = "no"')
)

RENEWAL = """
title = "A lighter renewal"
says = "A form, the three marked signs, and the one that was recommended last time. It cannot win a higher colour."

[[steps]]
on = 2027-12-10
by = "applicant"
do = "opened"
level = "silver"
detail = "renewal"
until = 2028-03-10

[steps.then]
renewal = true
off = ["self-check", "application", "eligibility"]
open = ["renewal-form"]
acts = ["officer appoint 1"]
blank = 3

[[steps]]
on = 2027-12-10
by = "officer"
do = "asked"
items = ["g2"]

[steps.then]
blank = 4

[[steps]]
on = 2027-12-13
by = "officer"
do = "appointed"
times = 2

[[steps]]
on = 2027-12-13
by = "applicant"
do = "submitted"
stage = "renewal-form"

[steps.then]
open = ["evidence"]
due = { evidence = 2028-04-13 }
acts = ["applicant send 4"]

[[steps]]
on = 2028-01-24
by = "applicant"
do = "submitted"
stage = "evidence"
items = "all"

[[steps]]
on = 2028-02-07
by = "assessor"
do = "confirmed"
stage = "evidence"
items = "all"

[steps.then]
confirmed = 4
earned = "silver"
open = ["verdict"]

[[steps]]
on = 2028-02-14
by = "assessor"
do = "decided"
stage = "verdict"
outcome = "yes"
times = 2

[[steps]]
on = 2028-02-15
by = "officer"
do = "granted"
stage = "badge"

[steps.then]
status = "awarded"
granted = "silver"
valid_until = 2030-03-10
duties = { line = 2029-03-11 }
"""

JOURNEYS = {
    "disagreement": DISAGREEMENT,
    "above": ABOVE,
    "lower": LOWER,
    "refused": REFUSED,
    "renewal": RENEWAL,
}
