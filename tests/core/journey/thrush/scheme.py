"""The edition's two files, as text."""

SLUG = "thrush"
EDITION = "2026"

SCHEME = """\
# The Song Thrush Badge: made up for the tests. No Python of its own.

[scheme]
slug = "thrush"
edition = "2026"
name = "Song Thrush Badge"
body = "The Thrush Trust"
applicant = "person"
summary = "A badge for people who listen by telephone. Whether bronze, silver or gold is what your evidence comes to."
who_for = "Volunteers on a listening line."
benefits = ["A badge in the colour that you have earned.", "Feedback from two listeners on every sign."]
source = "made up"
calendar = "scotland"
assessor_from = "eligibility yes"
assessors = 2

[words]
requirement = "sign"
requirements = "signs"
area = "branch"
areas = "branches"
level = "colour"
assessor = "listener"

[[levels]]
id = "bronze"
title = "Bronze"
summary = "Half of everything, and a quarter of each branch."
share = { overall = 50, each_area = 25 }

[[levels]]
id = "silver"
title = "Silver"
includes = ["bronze"]
share = { overall = 70, each_area = 50 }

[[levels]]
id = "gold"
title = "Gold"
includes = ["bronze", "silver"]
share = { overall = 90, each_area = 75 }

[credential]
kind = "award"
valid = "2 years"
aiming = "Learning to sing"
aiming_from = "eligibility yes"
holds = "Wears the Song Thrush Badge"
keeps = ["You stay on a listening line."]

[[duties]]
id = "line"
kind = "keep"
title = "On a listening line"
says = "Each year you say that you are still on a listening line."
every = "1 year"

[[duties]]
id = "moved"
kind = "report"
title = "Tell us when you move"
says = "Tell us when you go to another line."
of = ["line"]

[[papers]]
id = "signs"
title = "What the signs mean"
sections = ["Each sign has a worth. Your colour goes by the worth of the signs that both branches and whole come to."]

[[areas]]
id = "listening"
title = "Listening"
summary = "Hearing what is said, and what is not."

[[areas]]
id = "boundaries"
title = "Boundaries"

[[areas]]
id = "learning"
title = "Learning"

[[stages]]
id = "self-check"
kind = "checklist"
title = "Is this for you?"
when = "first"
otherwise = "Listen for a year first, and come back."

[[stages.questions]]
id = "volunteer"
asks = "Are you a volunteer on a listening line?"
advice = "The badge is for volunteers. Ask a line near you."

[[stages.questions]]
id = "year"
asks = "Have you listened for a year?"

[[stages]]
id = "application"
kind = "form"
title = "Application"
opens = ["self-check answered"]
when = "first"
reply = "Thank you. We look at it within 10 working days."
papers = ["signs"]

[[stages.fields]]
id = "line"
page = "Your line"
label = "The line on which you listen"
kind = "text"
listed = true

[[stages.fields]]
id = "since"
page = "Your line"
label = "Since when"
kind = "date"

[[stages.fields]]
id = "colour"
page = "Your aim"
label = "The colour you aim at"
kind = "level"

[[stages.fields]]
id = "why"
page = "Your aim"
label = "Why"
kind = "long"
required = false
max_words = 150

[[stages]]
id = "eligibility"
kind = "decision"
title = "May you begin?"
decides = "eligibility"
within = "10 working days"
opens = ["application submitted"]
when = "first"
reopens = "application"
otherwise = "Say what is missing."

[[stages]]
id = "renewal-form"
kind = "form"
title = "Still listening"
when = "renewal"

[[stages.fields]]
id = "hours"
page = "Since the last badge"
label = "Hours on the line"
kind = "number"

[[stages]]
id = "evidence"
kind = "evidence"
title = "Show the signs"
opens = ["eligibility yes", "renewal-form submitted"]
within = "4 months"
assessed = "online"

[[stages.milestones]]
what = "one branch shown"
within = "1 month"

[[stages]]
id = "verdict"
kind = "decision"
title = "Verdict"
about = "Both listeners say yes or no, and they must agree."
by = "assessor"
deciders = 2
decides = "award"
opens = ["evidence confirmed"]
otherwise = "Say which signs were furthest off."

[[stages]]
id = "badge"
kind = "award"
title = "Badge"
opens = ["verdict yes"]

[[stages]]
id = "again"
kind = "renewal"
title = "Renewal"
opens = ["badge granted"]
before = "3 months"
reminders = ["1 month"]
grace = "1 month"
asks = "marked"
carries = ["The signs that are not asked for again."]
"""

# id, area, worth, whether a renewal asks for it, title; 20 in all: 6 for listening, 6 for boundaries, 8 for learning
_SIGNS = (
    ("l1", "listening", 2, True, "Silence"),
    ("l2", "listening", 2, False, "Saying back"),
    ("l3", "listening", 1, False, "Open questions"),
    ("l4", "listening", 1, False, "Endings"),
    ("b1", "boundaries", 3, True, "Keeping a confidence"),
    ("b2", "boundaries", 2, False, "Passing on a worry"),
    ("b3", "boundaries", 1, False, "Time"),
    ("g1", "learning", 4, True, "Supervision"),
    ("g2", "learning", 2, False, "A training day"),
    ("g3", "learning", 1, False, "A book"),
    ("g4", "learning", 1, False, "A talk with another listener"),
)

REQUIREMENTS = "".join(
    f"""\
[[requirement]]
id = "{sign}"
number = "{sign.upper()}"
level = "bronze"
area = "{area}"
title = "{title}"
asks = "You show {title.lower()} in your listening."
assessed = "online"
worth = {worth}
renewal = {"true" if again else "false"}
source = "made up"

"""
    for sign, area, worth, again, title in _SIGNS
)

TEXTS = {"scheme.toml": SCHEME, "requirements.toml": REQUIREMENTS}
