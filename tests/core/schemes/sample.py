"""A small but complete edition, with every kind of stage, that the tests change one piece at a time."""

SCHEME = """\
# The Kestrel Mark: made up for the tests.

[scheme]
slug = "kestrel"
edition = "2024"
name = "Kestrel Mark"
body = "The Kestrel Trust"
applicant = "service"
summary = \"\"\"
A small mark
for small services.\"\"\"
source = "made up"
assessor_from = "eligibility yes"

[words]
requirement = "standard"
requirements = "standards"

[[levels]]
id = "bronze"
title = "Bronze"

[[levels]]
id = "silver"
title = "Silver"
includes = ["bronze"]

[credential]
kind = "award"
valid = "3 years"
aiming = "Aiming for Kestrel"
aiming_from = "registration paid"
holds = "Holds Kestrel"

[[fees]]
id = "registration"
title = "Registration"
amount = 100

[[fees]]
id = "assessing"
title = "Assessment"
by = "turnover"
bands = [
  { title = "Small", below = 1_000, amount = 50 },
  { title = "Middle", below = 9_000, amount = 70 },
  { title = "Large", amount = 90 },
]
by_hand = "Several services agree a price with the trust."
by_hand_when = "services"

[[areas]]
id = "people"
title = "People"

[[areas]]
id = "papers"
title = "Papers"

[[areas]]
id = "practice"
title = "Practice"

[[stages]]
id = "self-check"
kind = "checklist"
title = "Check yourself"
otherwise = "Talk to us."

[[stages.questions]]
id = "mentoring"
asks = "Do you mentor?"

[[stages.questions]]
id = "funded"
asks = "Are you funded?"

[[stages]]
id = "application"
kind = "form"
title = "Application"
opens = ["self-check answered"]

[[stages.fields]]
id = "turnover"
page = "Money"
label = "Turnover"
kind = "money"

[[stages.fields]]
id = "services"
page = "Money"
label = "How many services"
kind = "number"

[[stages.fields]]
id = "staff"
page = "Money"
label = "How many staff"
kind = "money"
required = false

[[stages.fields]]
id = "aims"
page = "Aims"
label = "What you aim at"
kind = "long"
max_words = 200

[[stages.fields]]
id = "funding"
page = "Aims"
label = "Funding"
kind = "choice"
options = ["in place", "applied for"]

[[stages.fields]]
id = "wanted"
page = "Aims"
label = "Level"
kind = "level"

[[stages.fields]]
id = "true"
page = "Aims"
label = "Is all this true?"
kind = "yesno"
must_be_yes = "It must be true."

[[stages]]
id = "head"
kind = "form"
title = "Your head's agreement"
opens = ["application submitted"]
by = "supporter"
supporter = "Your head"

[[stages.fields]]
id = "agreed"
page = "Agreement"
label = "Do you agree?"
kind = "yesno"

[[stages]]
id = "eligibility"
kind = "decision"
title = "Eligibility"
opens = ["application submitted"]
decides = "eligibility"
reopens = "application"

[[stages]]
id = "registration"
kind = "fee"
title = "Registration"
opens = ["eligibility yes"]
fee = "registration"

[[stages]]
id = "meeting"
kind = "meeting"
title = "First meeting"
opens = ["eligibility yes"]

[[stages]]
id = "briefing"
kind = "course"
title = "Briefing"
opens = ["registration paid"]
hours = 6

[[stages]]
id = "online"
kind = "evidence"
title = "Evidence"
opens = ["registration paid", "briefing attended"]
within = "6 months"
assessed = "online"

[[stages.milestones]]
what = "one area complete"
within = "2 months"

[[stages.milestones]]
what = "two areas complete"
areas = 2
within = "4 months"

[[stages]]
id = "visit"
kind = "visit"
title = "Visit"
opens = ["online submitted"]
assessed = "visited"
supplementary_within = "1 month"

[[stages]]
id = "folder"
kind = "portfolio"
title = "Folder"
opens = ["registration paid"]
assessed = "folder"

[[stages]]
id = "talks"
kind = "interview"
title = "Talks"
opens = ["online submitted"]

[[stages.interviews]]
id = "mentees"
title = "Mentees"
people = "mentees"
normally = 2
minutes = 20
alternative = "A wider sample of papers."
questions = ["How is it?"]

[[stages.interviews]]
id = "mentors"
title = "Mentors"
people = "mentors"
normally = 2
minutes = 20
alternative = "As agreed."
questions = ["How is it for you?"]

[[stages]]
id = "watching"
kind = "observation"
title = "Watching"
opens = ["briefing attended"]
of = "A session."
signatures = ["assessor", "applicant"]

[[stages]]
id = "stories"
kind = "case_study"
title = "Stories"
opens = ["registration paid"]

[[stages.pieces]]
id = "mentee-story"
title = "A mentee's journey"
asks = "Tell it."
min_words = 300
max_words = 800

[[stages.pieces.declarations]]
id = "consent"
says = "They agreed."

[[stages.pieces.declarations]]
id = "took-part"
says = "They took part."

[[stages.pieces]]
id = "mentor-story"
title = "A mentor's journey"
asks = "Tell it."

[[stages]]
id = "homework"
kind = "assignment"
title = "Homework"
opens = ["briefing attended"]

[[stages.pieces]]
id = "essay"
title = "Essay"
asks = "Write it."

[[stages]]
id = "assessment-fee"
kind = "fee"
title = "Assessment fee"
opens = ["online submitted"]
fee = "assessing"

[[stages]]
id = "panel"
kind = "panel"
title = "Panel"
opens = ["online confirmed", "visit confirmed", "assessment-fee paid"]

[[stages]]
id = "grant"
kind = "award"
title = "Award"
opens = ["panel yes"]

[[stages]]
id = "again"
kind = "renewal"
title = "Renewal"
opens = ["grant granted"]
before = "6 months"
grace = "1 month"
asks = "marked"

[[duties]]
id = "membership"
kind = "keep"
title = "Membership"
says = "You stay a member."
by = "officer"
every = "1 year"

[[duties]]
id = "changes"
kind = "report"
title = "Changes"
says = "You tell us."
of = ["name"]
"""

REQUIREMENTS = """\
[[requirement]]
id = "1"
number = "1"
level = "bronze"
area = "people"
title = "Insurance"
asks = "You are insured."
points = [
  "It covers volunteers.",
  "It is current.",  # not last year's
]
assessed = "online"
checks = [{ name = "mentees.contacted", every = "3 months" }]
source = "made up"

[[requirement]]
id = "2"
number = "2"
level = "bronze"
area = "papers"
title = "Policies"
asks = "Each is reviewed."
assessed = "online"
fresh = "3 years"
renewal = true
source = "made up"

[[requirement]]
id = "3"
number = "3"
level = "bronze"
area = "practice"
title = "Contacts"
asks = "You keep in touch."
assessed = "visited"
live = true
source = "made up"

[[requirement]]
id = "s1"
number = "1"
level = "silver"
area = "people"
title = "Folder"
asks = "You reflect."
assessed = "folder"
source = "made up"
"""

TEXTS = {"scheme.toml": SCHEME, "requirements.toml": REQUIREMENTS}
