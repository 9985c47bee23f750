"""A starter edition: small, complete and commented, to be changed line by line into a scheme of one's own."""

from string import Template
from typing import Literal

from kithwork.core.schemes.writing import quoted

Applicant = Literal["service", "person"]


def blank(slug: str, edition: str, *, name: str, body: str, applicant: Applicant = "service") -> dict[str, str]:
    """The texts of a starter edition by file name: an edition in order, and one worked journey that replays.

    Nothing is checked here: what is wrong with a name, `loader.load` tells with file and line.
    """
    service = applicant == "service"
    words = {
        "slug": quoted(slug),
        "edition": quoted(edition),
        "name": quoted(name),
        "body": quoted(body),
        "applicant": quoted(applicant),
        "you": "your service" if service else "you",
        "have": "Has your service" if service else "Have you",
        "figure": "How many people does your service work with in a year?"
        if service
        else "For how many years have you done this work?",
        "example": "Its handbook, or a page of its website" if service else "A record of a course, or a letter",
    }
    return {
        "scheme.toml": Template(_SCHEME).substitute(words),
        "requirements.toml": Template(_REQUIREMENTS).substitute(words),
        "journeys/straight-through.toml": Template(_JOURNEY).substitute(words),
    }


_SCHEME = """\
# A starter edition: change every line of it. Lines that begin with # are comments and say what a line is for.
# docs/adding-a-scheme.md goes through it in order; docs/reference/scheme-fields.md lists every field there is.
#
#     kithwork scheme check <this folder>        says with file and line what is wrong
#     kithwork journey replay <a journey file>   walks the example through it, step by step

[scheme]
slug = $slug # the name of the folder above this one, and part of every address
edition = $edition # the name of this folder; a published edition never changes, so a new text gets a new edition
name = $name
body = $body # who runs it
applicant = $applicant # who applies: "service" or "person"
summary = "Say here in two sentences what this scheme shows about those who hold it."
who_for = "Say here who can apply."
benefits = ["Say here what it brings, one line for each thing."]
source = "Say here which documents this edition follows."
calendar = "england" # whose bank holidays count for working days: england, scotland, wales, northern-ireland
assessor_from = "eligibility yes" # from when the body must have appointed an assessor: a stage and what it has reached

# The scheme's own words for the house's things; pages use these.
[words]
requirement = "requirement"
requirements = "requirements"
area = "area"
areas = "areas"
level = "level"
assessor = "assessor"

# One level or several. A higher one names in 'includes' the levels whose requirements it asks for as well.
[[levels]]
id = "standard"
title = "Standard"
summary = "All requirements are met."

# What is won, and for how long.
[credential]
kind = "award" # award, licence, status or completion
valid = "3 years" # leave the line out when it never ends
holds = "Holds it" # the words of the public register
aiming = "Working towards it" # its words before the award; leave both lines out to list holders only
aiming_from = "registration paid"
keeps = ["Say here what a holder keeps up."]

[[fees]]
id = "registration"
title = "Registration fee"
amount = 100 # whole pounds
refundable = false

# Requirements are grouped by area. Each area needs at least one; they are in requirements.toml.
[[areas]]
id = "people"
title = "People"
summary = "Who does the work, and how they are looked after."

[[areas]]
id = "practice"
title = "Practice"
summary = "How the work is done."

# The road, stage after stage. 'opens' names what must have happened before: a stage and what it has reached.
# A stage without it is open from the start. 'within' is how long there is.

# 1. Questions that anybody can answer before they apply. Nothing is sent to the body.
[[stages]]
id = "self-check"
kind = "checklist"
title = "Check that $you can apply"
otherwise = "Say here what somebody can do whose answer is no."

[[stages.questions]]
id = "a-year-of-work"
asks = "$have done this work for at least a year?"
hint = "A short hint, where the question needs one."
advice = "Come back when there has been a year of it."

# 2. The application. Fields with the same 'page' are asked together.
[[stages]]
id = "application"
kind = "form"
title = "Application"
opens = ["self-check answered"]

[[stages.fields]]
id = "account" # letters, digits and underscores
page = "The work"
label = "What is it that $you can show?"
kind = "long" # text, long, number, money, date, yesno, choice, email, phone, web, level or rows
hint = "Do not name anyone."
max_words = 300

[[stages.fields]]
id = "size"
page = "The work"
label = "$figure"
kind = "number"

[[stages.fields]]
id = "contact_email"
page = "Contact"
label = "An e-mail address for questions"
kind = "email"
personal = true # erased with the person

[[stages.fields]]
id = "correct"
page = "Contact"
label = "Are these answers correct?"
kind = "yesno"
must_be_yes = "Somebody must confirm that the answers are correct."

# 3. The body reads it and says yes or no, or asks for more of it.
[[stages]]
id = "eligibility"
kind = "decision"
title = "May this application go on?"
decides = "eligibility"
opens = ["application submitted"]
reopens = "application" # the form that is asked for again when more is wanted
within = "15 working days"
otherwise = "Say what would have to change, and where help is to be had."

# 4. An invoice, and its payment.
[[stages]]
id = "registration"
kind = "fee"
title = "Registration fee"
opens = ["eligibility yes"]
fee = "registration"

# 5. Evidence, requirement by requirement; an assessor confirms each or asks for more.
[[stages]]
id = "evidence"
kind = "evidence"
title = "Evidence"
opens = ["registration paid"]
within = "6 months"
assessed = "online" # takes the requirements that are assessed "online"
milestones = [{ what = "one area sent", areas = 1, within = "2 months" }]

# 6. The assessor recommends, the body decides.
[[stages]]
id = "decision"
kind = "decision"
title = "Decision"
decides = "award"
recommended_by = "assessor"
opens = ["evidence confirmed"]
otherwise = "Say which requirements are not met and what would meet them."

# 7. Every edition has exactly one award stage.
[[stages]]
id = "award"
kind = "award"
title = "Award"
opens = ["decision yes"]

# 8. The holder is invited to renew before the end.
[[stages]]
id = "renewal"
kind = "renewal"
title = "Renewal"
opens = ["award granted"]
before = "6 months"
reminders = ["2 months"]
"""

_REQUIREMENTS = """\
# What must be shown, one [[requirement]] each.
#
# id        never changes within an edition; other files name it
# number    what pages print
# assessed  which evidence, visit or portfolio stage takes it
# live      true for casework about real people: every name must be taken out before it is sent
# fresh     how old a document may be

[[requirement]]
id = "1"
number = "1"
level = "standard"
area = "people"
title = "Training"
asks = "Everybody who does this work has been trained for it."
points = ["Before they begin.", "Again when something changes."]
evidence = ["$example"]
assessed = "online"
fresh = "3 years"
source = "Say here where this requirement comes from."

[[requirement]]
id = "2"
number = "2"
level = "standard"
area = "people"
title = "Support"
asks = "Everybody who does this work has somebody to turn to."
assessed = "online"
source = "Say here where this requirement comes from."

[[requirement]]
id = "3"
number = "3"
level = "standard"
area = "practice"
title = "Agreed ways of working"
asks = "How the work is done has been agreed with the people it is done for."
assessed = "online"
live = true
fresh = "1 year"
source = "Say here where this requirement comes from."
"""

_JOURNEY = """\
# A worked journey: dated steps, and what must hold after each. `kithwork scheme check` replays it with the edition,
# so a change that breaks the road is seen at once. Write crooked ones too: a no, more evidence, a late payment.

title = "Straight through"
says = "Applied, found eligible, paid, confirmed and awarded without a detour, and invited to renew."

[[steps]]
on = 2026-01-05
by = "applicant"
do = "opened"
level = "standard"
then = { status = "active", open = ["self-check"], blank = 3 }

[[steps]]
on = 2026-01-05
by = "applicant"
do = "answered"
stage = "self-check"
outcome = "yes"
then = { open = ["application"] }

[[steps]]
on = 2026-01-12
by = "applicant"
do = "submitted"
stage = "application"
then = { open = ["eligibility"], waiting = ["officer"], due = { eligibility = 2026-02-02 } }

[[steps]]
on = 2026-01-19
by = "officer"
do = "decided"
stage = "eligibility"
outcome = "yes"
then = { open = ["registration"], acts = ["officer appoint 1", "officer invoice 1"] }

[[steps]]
on = 2026-01-20
by = "officer"
do = "appointed"

[[steps]]
on = 2026-01-21
by = "officer"
do = "invoiced"
stage = "registration"
then = { waiting = ["applicant"], acts = ["applicant pay 1"], listed = "no" }

[[steps]]
on = 2026-01-28
by = "officer"
do = "paid"
stage = "registration"
then = { open = ["evidence"], due = { evidence = 2026-07-28 }, listed = "aiming" }

[[steps]]
on = 2026-03-02
by = "applicant"
do = "submitted"
stage = "evidence"
items = "all"
then = { sent = 3, milestones = { "one area sent" = "met" }, waiting = ["assessor"] }

[[steps]]
on = 2026-03-09
by = "assessor"
do = "confirmed"
stage = "evidence"
items = "sent"
then = { confirmed = 3, open = ["decision"] }

[[steps]]
on = 2026-03-10
by = "assessor"
do = "recommended"
stage = "decision"
outcome = "yes"

[[steps]]
on = 2026-03-12
by = "officer"
do = "decided"
stage = "decision"
outcome = "yes"
then = { open = ["award"] }

[[steps]]
on = 2026-03-16
by = "officer"
do = "granted"
stage = "award"
level = "standard"
then = { status = "awarded", granted = "standard", valid_until = 2029-03-15, listed = "holder", open = [] }

# The day on which the holder is invited to renew.
[[steps]]
on = 2028-09-15
do = "look"
then = { status = "awarded", open = ["renewal"], due = { renewal = 2029-03-15 } }
"""
