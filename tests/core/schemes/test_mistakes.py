"""Every kind of mistake, made one at a time in the sample: where it is told, and in which words.

In the new text '@@' marks the line where the mistake must be told; several marks go with several messages in order.
Every row is compared with *all* that the loader says, so no mistake may bring others with it.
"""

from collections.abc import Mapping

import pytest

from kithwork.core.schemes import Mistake, Mistakes, load_texts
from tests.core.schemes.sample import TEXTS

KINDS = (
    "checklist, form, decision, fee, meeting, course, evidence, visit, interview, observation, case_study, assignment, "
    "portfolio, panel, award or renewal"
)
PERIOD = "is not a period; write it like '6 months', '2 weeks' or '15 working days'"
SLUG = "lower-case letters and digits with single hyphens between them, as in 'first-meeting'"

Row = tuple[str, ...]  # name, old text, new text, and a message for each mark

# What does not read: the text, the keys, the values.
READING: list[Row] = [
    (
        "no closing quote",
        'name = "Kestrel Mark"',
        'name = "Kestrel Mark@@',
        "this is not TOML: illegal character '\\n' (column 21)",
    ),
    (
        "no equals sign",
        'level = "silver"',
        'level@@ "silver"',
        "this is not TOML: expected '=' after a key in a key/value pair (column 7)",
    ),
    (
        "a key twice",
        'holds = "Holds Kestrel"',
        'holds = "Holds Kestrel"\nholds = "Twice"@@',
        "the same key is given twice in one table",
    ),
    (
        "a table twice",
        "[words]",
        "[words]\n[scheme]@@",
        "there is a table of this name already; those of a list are each written [[...]]",
    ),
    (
        "a list that never ends",
        'of = ["name"]\n',
        'of = ["name"@@',
        "this is not TOML: unclosed array (at the end of the file)",
    ),
    ("a key of many dots", "amount = 100", f"amount@@{'.a' * 60} = 100", "more than 60 keys are joined by dots"),
    (
        "a misspelt key",
        'opens = ["panel yes"]',
        'opnes@@ = ["panel yes"]',
        "unknown key 'opnes', did you mean 'opens'?",
    ),
    (
        "a misspelt key that is needed",
        'title = "Insurance"',
        'titel@@ = "Insurance"',
        "unknown key 'titel', did you mean 'title'?",
    ),
    ("a strange key", 'holds = "Holds Kestrel"', 'holds = "Holds Kestrel"\nxyz = 1@@', "unknown key 'xyz'"),
    (
        "a strange key in an inline table",
        "below = 1_000, amount = 50",
        "below = 1_000, amount = 50, colour@@ = 1",
        "unknown key 'colour'",
    ),
    (
        "a strange key in a stage",
        'id = "grant"\nkind = "award"',
        'id = "grant"\nfee = "registration"@@\nkind = "award"',
        "unknown key 'fee'",
    ),
    ("a misspelt table", "[words]", "[wrods]@@", "unknown key 'wrods', did you mean 'words'?"),
    (
        "a missing key",
        '[[areas]]\nid = "people"\ntitle = "People"',
        '[[areas]]@@\nid = "people"',
        "missing key 'title'",
    ),
    (
        "a missing key of a stage",
        (
            '[[stages]]\nid = "registration"\nkind = "fee"\ntitle = "Registration"\nopens = ["eligibility yes"]\n'
            'fee = "registration"'
        ),
        '[[stages]]@@\nid = "registration"\nkind = "fee"\ntitle = "Registration"\nopens = ["eligibility yes"]',
        "missing key 'fee'",
    ),
    (
        "a missing key of an inline table",
        '{ title = "Middle", below = 9_000, amount = 70 }',
        '{@@ title = "Middle", below = 9_000 }',
        "missing key 'amount'",
    ),
    (
        "a missing kind",
        '[[stages]]\nid = "grant"\nkind = "award"',
        '[[stages]]@@\nid = "grant"',
        f"missing key 'kind': it must be one of {KINDS}",
    ),
    (
        "an unknown kind",
        '[[stages]]\nid = "online"\nkind = "evidence"',
        '[[stages]]\nid = "online"\nkind = "evidnce"@@',
        f"'kind' must be one of {KINDS}, not 'evidnce', did you mean 'evidence'?",
    ),
    (
        "a kind that is no text",
        '[[stages]]\nid = "online"\nkind = "evidence"',
        '[[stages]]\nid = "online"\nkind = 7@@',
        f"'kind' must be one of {KINDS}, not 7",
    ),
    (
        "an unknown kind of field",
        'kind = "number"',
        'kind = "numbr"@@',
        (
            "'kind' must be one of text, long, number, money, date, yesno, choice, email, phone, web, level or rows, "
            "not 'numbr', "
            "did you mean 'number'?"
        ),
    ),
    (
        "a word outside a short list",
        'applicant = "service"',
        'applicant = "charity"@@',
        "'applicant' must be one of service or person, not 'charity'",
    ),
    (
        "a role that does not exist, in a list",
        'signatures = ["assessor", "applicant"]',
        'signatures = ["assessor",\n  "aplicant"@@]',
        (
            "number 2 of 'signatures' must be one of applicant, officer, assessor, panel, chair or supporter, "
            "not 'aplicant', "
            "did you mean 'applicant'?"
        ),
    ),
    ("no period", 'valid = "3 years"', 'valid = "three years"@@', f"'valid': 'three years' {PERIOD}"),
    ("a period of nothing", 'fresh = "3 years"', 'fresh = "0 years"@@', f"'fresh': '0 years' {PERIOD}"),
    (
        "a period deep inside",
        'areas = 2\nwithin = "4 months"',
        'areas = 2\nwithin = "4 moons"@@',
        f"'within': '4 moons' {PERIOD}",
    ),
    (
        "a period that is a number",
        'before = "6 months"',
        "before = 6@@",
        "'before': a period is text, such as '6 months'",
    ),
    (
        "a condition of three words",
        'opens = ["panel yes"]',
        'opens = ["the panel yes"]@@',
        "number 1 of 'opens': a condition is two words, a stage and an outcome, as in 'registration paid'",
    ),
    (
        "a condition outside a list",
        'opens = ["panel yes"]',
        'opens = "panel yes"@@',
        "'opens' must be a list in square brackets, as in [\"panel yes\"]",
    ),
    (
        "a condition that is a number",
        'opens = ["panel yes"]',
        "opens = [1]@@",
        "number 1 of 'opens' must be two words in quotation marks, a stage and an outcome, as in 'registration paid'",
    ),
    (
        "an outcome that does not exist",
        'opens = ["panel yes"]',
        'opens = [\n  "panel yess",@@\n]',
        (
            "in the condition 'panel yess', the outcome must be one of answered, submitted, yes, no, "
            "invoiced, paid, arranged, "
            "held, attended, signed, confirmed or granted, not 'yess', did you mean 'yes'?"
        ),
    ),
    (
        "a stage in a condition that is no id",
        'assessor_from = "eligibility yes"',
        'assessor_from = "Eligibility yes"@@',
        f"in the condition 'Eligibility yes', the stage must be made of {SLUG}, not 'Eligibility'",
    ),
    (
        "an outcome in a condition written as a table",
        'assessor_from = "eligibility yes"',
        'assessor_from = { stage = "eligibility", outcome = "y" }@@',
        (
            "'outcome' must be one of answered, submitted, yes, no, invoiced, paid, arranged, held, attended, signed, "
            "confirmed or granted, not 'y'"
        ),
    ),
    (
        "an id with capitals",
        'id = "meeting"',
        'id = "First Meeting"@@',
        f"'id' must be made of {SLUG}, not 'First Meeting'",
    ),
    (
        "a field id with a hyphen",
        'id = "aims"',
        'id = "your-aims"@@',
        (
            "'id' must be made of lower-case letters, digits and underscores, beginning with a letter, as in "
            "'annual_turnover', not 'your-aims'"
        ),
    ),
    (
        "a check without a dot",
        'checks = [{ name = "insurance.current", every = "1 year" }]',
        'checks = [{ name = "insurance", every = "1 year" }]@@',
        "'name' must be made of two or more words with dots between them, as in 'mentees.contacted', not 'insurance'",
    ),
    ("empty text", 'name = "Kestrel Mark"', 'name = "  "@@', "'name' is empty"),
    ("long text", 'name = "Kestrel Mark"', f'name = "{"x" * 201}"@@', "'name' is longer than 200 characters"),
    (
        "a number for text",
        'edition = "2024"',
        "edition = 2024@@",
        "'edition' must be text in quotation marks, not 2024",
    ),
    (
        "a number among texts",
        'points = [\n  "It covers volunteers.",',
        "points = [\n  1,@@",
        "number 1 of 'points' must be text in quotation marks, not 1",
    ),
    ("a word for a number", "hours = 6", 'hours = "six"@@', "'hours' must be a whole number, not 'six'"),
    ("a number in quotation marks", "hours = 6", 'hours = "6"@@', "'hours' must be a whole number, not '6'"),
    ("true for a number", "hours = 6", "hours = true@@", "'hours' must be a whole number, not true"),
    ("a whole number with a point", "hours = 6", "hours = 6.0@@", "'hours' must be a whole number, not 6.0"),
    (
        "a true default",
        "max_words = 200",
        "max_words = 200\ndefault = true@@",
        "'default' must be a whole number or text in quotation marks, not true",
    ),
    (
        "a list for a default",
        "max_words = 200",
        "max_words = 200\ndefault = [1]@@",
        "'default' must be a whole number or text in quotation marks",
    ),
    ("one for true", "live = true", "live = 1@@", "'live' must be true or false, not 1"),
    ("a list for a number", "hours = 6", "hours = [6]@@", "'hours' must be a whole number"),
    ("half a number", "hours = 6", "hours = 6.5@@", "'hours' must be a whole number, not 6.5"),
    ("no number at all", "hours = 6", "hours = inf@@", "'hours' must be a whole number, not inf"),
    (
        "thousands of digits in quotation marks",
        "hours = 6",
        f'hours = "{"9" * 5000}"@@',
        f"'hours' must be a whole number, not '{'9' * 57}...'",
    ),
    ("too small a number", "hours = 6", "hours = 0@@", "'hours' must be greater than 0, not 0"),
    ("a negative price", "amount = 100", "amount = -1@@", "'amount' must be 0 or more, not -1"),
    ("neither true nor false", "live = true", 'live = "perhaps"@@', "'live' must be true or false, not 'perhaps'"),
    ("a date for true or false", "live = true", "live = 2024-01-01@@", "'live' must be true or false, not 2024-01-01"),
    (
        "a stage without fields",
        '[[stages]]\nid = "grant"',
        (
            '[[stages]]\nid = "f"\nkind = "form"\ntitle = "F"\nopens = ["panel yes"]\n'
            'fields = []@@\n[[stages]]\nid = "grant"'
        ),
        "'fields' is empty: it needs at least one",
    ),
    (
        "a misspelt list of tables",
        "[credential]",
        "[fee]@@\nid = 1\n[credential]",
        "unknown key 'fee', did you mean 'fees'?",
    ),
    (
        "single brackets for double",
        (
            '[[stages.interviews]]\nid = "mentees"\ntitle = "Mentees"\npeople = "mentees"\nnormally = 2\nminutes = 20\n'
            'alternative = "A wider sample of papers."\nquestions = ["How is it?"]\n\n'
            '[[stages.interviews]]\nid = "mentors"\n'
            'title = "Mentors"\npeople = "mentors"'
        ),
        '[stages.interviews]@@\nid = "mentors"\ntitle = "Mentors"\npeople = "mentors"',
        "'interviews' is a list of tables: write it with two square brackets, as in [[stages.interviews]]",
    ),
    (
        "double brackets for single",
        '[words]\nrequirement = "standard"',
        '[[words]]@@\nrequirement = "standard"',
        "'words' is a single table: write it with one pair of square brackets, as in [words]",
    ),
    (
        "a text for a table",
        (
            '[[stages.milestones]]\nwhat = "one area complete"\nwithin = "2 months"\n\n[[stages.milestones]]\n'
            'what = "two areas complete"\nareas = 2\nwithin = "4 months"'
        ),
        'milestones = ["one area"]@@',
        "number 1 of 'milestones' must be a table, not 'one area'",
    ),
    (
        "a list for a table in a list",
        (
            '[[stages.milestones]]\nwhat = "one area complete"\nwithin = "2 months"\n\n[[stages.milestones]]\n'
            'what = "two areas complete"\nareas = 2\nwithin = "4 months"'
        ),
        "milestones = [[1]]@@",
        (
            "number 1 of 'milestones' is a single table: write it with one pair of square brackets, as in "
            "[stages.milestones]"
        ),
    ),
    (
        "a table for a list of texts",
        'options = ["in place", "applied for"]',
        "options = { a = 1 }@@",
        "'options' must be a list in square brackets",
    ),
    ("a number for a list", 'opens = ["panel yes"]', "opens = 3@@", "'opens' must be a list in square brackets, not 3"),
    (
        "a price twice over",
        '[[fees]]\nid = "assessing"',
        '[[fees]]@@\namount = 9\nid = "assessing"',
        "a fee has either an amount or bands",
    ),
    (
        "no price",
        '[[fees]]\nid = "registration"\ntitle = "Registration"\namount = 100',
        '[[fees]]@@\nid = "registration"\ntitle = "Registration"',
        "a fee has an amount, or bands, or says in 'by_hand' how the price is set",
    ),
    (
        "bands by nothing",
        '[[fees]]\nid = "assessing"\ntitle = "Assessment"\nby = "turnover"',
        '[[fees]]@@\nid = "assessing"\ntitle = "Assessment"',
        "a fee with bands says 'by' which number of the application they go",
    ),
    (
        "a last band with an end",
        (
            '[[fees]]\nid = "assessing"\ntitle = "Assessment"\nby = "turnover"\nbands = [\n'
            '  { title = "Small", below = 1_000, amount = 50 },\n'
            '  { title = "Middle", below = 9_000, amount = 70 },\n  { title = "Large", amount = 90 },'
        ),
        (
            '[[fees]]@@\nid = "assessing"\ntitle = "Assessment"\nby = "turnover"\nbands = [\n'
            '  { title = "Small", below = 1_000, amount = 50 },'
        ),
        "the last band, and only the last, has no 'below'",
    ),
    (
        "bands that go down",
        (
            '[[fees]]\nid = "assessing"\ntitle = "Assessment"\nby = "turnover"\nbands = [\n'
            '  { title = "Small", below = 1_000,'
        ),
        (
            '[[fees]]@@\nid = "assessing"\ntitle = "Assessment"\nby = "turnover"\nbands = [\n'
            '  { title = "Small", below = 10_000,'
        ),
        "bands go upwards, each 'below' greater than the one before",
    ),
    (
        "a duty to keep something once",
        '[[duties]]\nid = "membership"\nkind = "keep"\ntitle = "Membership"\nsays = "You stay a member."\n'
        'by = "officer"\nevery = "1 year"',
        '[[duties]]@@\nid = "membership"\nkind = "keep"\ntitle = "Membership"\nsays = "You stay a member."\n'
        'by = "officer"',
        "a duty to keep something says 'every' how often it is confirmed",
    ),
    (
        "a duty to report nothing",
        '[[duties]]\nid = "changes"\nkind = "report"\ntitle = "Changes"\nsays = "You tell us."\nof = ["name"]',
        '[[duties]]@@\nid = "changes"\nkind = "report"\ntitle = "Changes"\nsays = "You tell us."',
        "a duty to report says in 'of' what changes are to be told",
    ),
    (
        "a duty of hours without hours",
        '[[duties]]\nid = "changes"\nkind = "report"\n',
        '[[duties]]@@\nid = "changes"\nkind = "hours"\nevery = "1 year"\n',
        "a duty of hours says how many 'hours' within 'every' which period",
    ),
    (
        "a duty of hours without a period",
        '[[duties]]\nid = "changes"\nkind = "report"\n',
        '[[duties]]@@\nid = "changes"\nkind = "hours"\nhours = 30\n',
        "a duty of hours says how many 'hours' within 'every' which period",
    ),
    (
        "a share of more than all",
        'includes = ["bronze"]',
        'includes = ["bronze"]\nshare = { overall = 101@@ }',
        "'overall' must be 100 or less, not 101",
    ),
    (
        "a paper without a word",
        "[words]",
        '[[papers]]\nid = "p"\ntitle = "P"\nsections = []@@\n[words]',
        "'sections' is empty: it needs at least one",
    ),
    (
        "a period over several lines",
        'valid = "3 years"',
        'valid = """three@@\nyears"""',
        f"'valid': 'three years' {PERIOD}",
    ),
    (
        "several at once, in both files",
        'holds = "Holds Kestrel"\n\n[[fees]]\nid = "registration"',
        'holds = ""@@\n\n[[fees]]\nid = "A"@@',
        "'holds' is empty",
        f"'id' must be made of {SLUG}, not 'A'",
    ),
    (
        "requirements in the scheme's file",
        "[words]",
        "[[requirement]]@@\n[words]",
        "'requirement' does not belong here: write [[requirement]] in requirements.toml",
    ),
    (
        "a stage in the requirements' file",
        '[[requirement]]\nid = "1"',
        '[[stages]]@@\n[[requirement]]\nid = "1"',
        "unknown key 'stages': this file holds [[requirement]] only",
    ),
    (
        "a misspelt requirement",
        '[[requirement]]\nid = "1"',
        '[[requirements]]@@\n[[requirement]]\nid = "1"',
        "unknown key 'requirements', did you mean 'requirement'?",
    ),
]

# What does not fit together, when every piece reads.
FITTING: list[Row] = [
    (
        "level twice",
        "[credential]",
        '[[levels]]\nid = "bronze"@@\ntitle = "B"\n[credential]',
        "another level already has the id 'bronze'",
    ),
    (
        "area twice",
        '[[areas]]\nid = "papers"',
        '[[areas]]\nid = "people"@@\ntitle = "P"\n[[areas]]\nid = "papers"',
        "another area already has the id 'people'",
    ),
    (
        "fee twice",
        '[[fees]]\nid = "assessing"',
        '[[fees]]\nid = "registration"@@\ntitle = "R"\namount = 1\n[[fees]]\nid = "assessing"',
        "another fee already has the id 'registration'",
    ),
    ("stage twice", 'id = "talks"', 'id = "meeting"@@', "another stage already has the id 'meeting'"),
    ("requirement twice", 'id = "s1"', 'id = "1"@@', "another requirement already has the id '1'"),
    ("field twice", 'id = "aims"', 'id = "services"@@', "another field of this form already has the id 'services'"),
    (
        "question twice",
        'id = "funded"',
        'id = "mentoring"@@',
        "another question of this checklist already has the id 'mentoring'",
    ),
    (
        "interview twice",
        'id = "mentors"',
        'id = "mentees"@@',
        "another interview of this stage already has the id 'mentees'",
    ),
    (
        "piece twice",
        'id = "mentor-story"',
        'id = "mentee-story"@@',
        "another piece of this stage already has the id 'mentee-story'",
    ),
    (
        "assignment twice",
        'asks = "Write it."',
        'asks = "Write it."\n[[stages.pieces]]\nid = "essay"@@\ntitle = "Essay"\nasks = "Again."',
        "another piece of this stage already has the id 'essay'",
    ),
    (
        "declaration twice",
        'id = "took-part"',
        'id = "consent"@@',
        "another declaration of this piece already has the id 'consent'",
    ),
    (
        "includes an unknown level",
        'includes = ["bronze"]',
        'includes = ["bronze", "bronse"]@@',
        "there is no level 'bronse', did you mean 'bronze'?",
    ),
    (
        "includes itself",
        'includes = ["bronze"]',
        'includes = ["bronze", "silver"]@@',
        "the level 'silver' includes itself",
    ),
    (
        "includes a later level",
        'id = "bronze"\n',
        'id = "bronze"\nincludes = ["silver"]@@\n',
        "'silver' comes later: a level includes only levels that stand before it",
    ),
    (
        "includes only half",
        "[credential]",
        '[[levels]]\nid = "gold"\ntitle = "Gold"\nincludes = ["silver"]@@\n[credential]',
        "'silver' itself includes bronze: name that here as well",
    ),
    (
        "waits for no stage",
        'opens = ["panel yes"]',
        'opens = ["pannel yes"]@@',
        "there is no stage 'pannel', did you mean 'panel'?",
    ),
    (
        "waits for what cannot be",
        'opens = ["panel yes"]',
        'opens = ["panel held"]@@',
        "the panel stage 'panel' can be no or yes, but never held",
    ),
    (
        "waits secondly for what cannot be",
        'opens = ["registration paid", "briefing attended"]',
        'opens = [\n  "registration paid", # once\n  "briefing held",@@\n]',
        "the course stage 'briefing' can be arranged or attended, but never held",
    ),
    (
        "assessor from no stage",
        'assessor_from = "eligibility yes"',
        'assessor_from = "moon yes"@@',
        "there is no stage 'moon'",
    ),
    (
        "assessor from what cannot be",
        'assessor_from = "eligibility yes"',
        'assessor_from = "eligibility paid"@@',
        "the decision stage 'eligibility' can be no or yes, but never paid",
    ),
    (
        "aiming from no stage",
        'aiming_from = "registration paid"',
        'aiming_from = "registraton paid"@@',
        "there is no stage 'registraton', did you mean 'registration'?",
    ),
    (
        "aiming from what cannot be",
        'aiming_from = "registration paid"',
        'aiming_from = "registration yes"@@',
        "the fee stage 'registration' can be invoiced or paid, but never yes",
    ),
    (
        "waits for itself",
        'title = "Homework"\nopens = ["briefing attended"]',
        'title = "Homework"\nopens = ["homework confirmed"]@@',
        "these stages wait for each other in a circle: homework -> homework",
    ),
    (
        "circle of three",
        'title = "First meeting"\nopens = ["eligibility yes"]\n',
        (
            'title = "First meeting"\nopens = ["tea attended"]@@\n\n'
            '[[stages]]\nid = "lunch"\nkind = "course"\ntitle = "Lunch"\n'
            'opens = ["eligibility yes", "meeting held"]\n\n'
            '[[stages]]\nid = "tea"\nkind = "course"\ntitle = "Tea"\nopens = ["lunch attended"]\n'
        ),
        "these stages wait for each other in a circle: meeting -> tea -> lunch -> meeting",
    ),
    (
        "circle, and who stands behind it",
        'title = "First meeting"\nopens = ["eligibility yes"]\n',
        (
            'title = "First meeting"\nopens = ["meeting held"]@@\n\n'
            '[[stages]]\nid = "lunch"\nkind = "course"\ntitle = "Lunch"\n'
            'opens = ["eligibility yes", "meeting held"]@@\n\n'
            '[[stages]]\nid = "tea"\nkind = "course"\ntitle = "Tea"\nopens = ["lunch attended"]@@\n'
        ),
        "these stages wait for each other in a circle: meeting -> meeting",
        "'lunch' can never open: it waits for 'meeting', which waits for itself",
        "'tea' can never open: it waits for 'meeting', which waits for itself",
    ),
    (
        "yes and no at once",
        'opens = ["panel yes"]',
        'opens = ["panel yes", "panel no"]@@',
        "'grant' can never open: 'panel' would have to end with yes and with no",
    ),
    (
        "yes and no further back",
        'opens = ["panel yes"]',
        'opens = ["panel yes", "eligibility no"]@@',
        "'grant' can never open: 'eligibility' would have to end with yes and with no",
    ),
    (
        "no way in",
        '[[stages]]\nid = "self-check"\nkind = "checklist"',
        '[[stages]]@@\nid = "self-check"\nkind = "checklist"\nopens = ["nowhere answered"]@@',
        "no stage is open at the start: leave out 'opens' in the first one",
        "there is no stage 'nowhere'",
    ),
    (
        "two awards",
        'title = "Award"\nopens = ["panel yes"]',
        (
            'title = "Award"\nopens = ["panel yes"]\n\n[[stages]]\nid = "grant-two"\n'
            'kind = "award"@@\ntitle = "Another"\n'
            'opens = ["panel yes"]'
        ),
        "there is another stage of the kind 'award': an edition needs exactly one",
    ),
    # people of the scheme's own, levels of a stage, papers
    (
        "a stage for no level",
        'title = "Homework"\n',
        'title = "Homework"\nlevels = ["gold"]@@\n',
        "there is no level 'gold'",
    ),
    (
        "a field for no level",
        'label = "What you aim at"',
        'label = "What you aim at"\nlevels = ["silvr"]@@',
        "there is no level 'silvr', did you mean 'silver'?",
    ),
    (
        "a paper that is not there",
        'opens = ["self-check answered"]',
        'opens = ["self-check answered"]\npapers = ["handbook"]@@',
        "there is no paper 'handbook'",
    ),
    (
        "a supporter of one's own form",
        '[[stages]]\nid = "application"',
        '[[stages]]@@\nid = "application"\nsupporter = "Somebody"',
        "a form by a supporter says in 'supporter' who that is, and only such a form does",
    ),
    (
        "a supporter's form without a supporter",
        '[[stages]]\nid = "head"\nkind = "form"\ntitle = "Your head\'s agreement"\n'
        'opens = ["application submitted"]\nby = "supporter"\nsupporter = "Your head"\n',
        '[[stages]]@@\nid = "head"\nkind = "form"\ntitle = "Your head\'s agreement"\n'
        'opens = ["application submitted"]\nby = "supporter"\n',
        "a form by a supporter says in 'supporter' who that is, and only such a form does",
    ),
    (
        "a requirement with a forebear and no edition before",
        "renewal = true",
        'renewal = true\nwas = ["2"]@@',
        "say in [scheme] which edition this one 'supersedes'",
    ),
    (
        "an edition that supersedes itself",
        'source = "made up"\nassessor_from',
        'source = "made up"\nsupersedes = "2024"@@\nassessor_from',
        "an edition cannot supersede itself",
    ),
    # rows and recent dates
    (
        "columns of a field without rows",
        'kind = "long"',
        'kind = "long"\ncolumns = [{ id = "a", label = "A" }]@@',
        "only a field of the kind rows has 'columns', and this is long",
    ),
    (
        "a text that is recent",
        'kind = "long"',
        'kind = "long"\nrecent = "3 years"@@',
        "only a date can be recent, and this is long",
    ),
    (
        "rows without columns",
        '[[stages.fields]]\nid = "aims"\npage = "Aims"\nlabel = "What you aim at"\nkind = "long"\nmax_words = 200',
        '[[stages.fields]]@@\nid = "aims"\npage = "Aims"\nlabel = "What you aim at"\nkind = "rows"',
        "the field 'aims' asks for rows and has no 'columns'",
    ),
    (
        "rows that vary by no column",
        'kind = "long"\nmax_words = 200',
        'kind = "rows"\nvaried = "piont"@@\ncolumns = [{ id = "point", label = "Point" }]',
        "there is no column 'piont', did you mean 'point'?",
    ),
    (
        "a column twice",
        'kind = "long"\nmax_words = 200',
        'kind = "rows"\ncolumns = [\n  { id = "a", label = "A" },\n  { id = "a", label = "B" },@@\n]',
        "another column of this field already has the id 'a'",
    ),
    (
        "a recent column that is no date",
        'kind = "long"\nmax_words = 200',
        'kind = "rows"\ncolumns = [{ id = "a", label = "A", kind = "number", recent = "3 years" }]@@',
        "only a date can be recent, and this is number",
    ),
    (
        "a column of choices without any",
        'kind = "long"\nmax_words = 200',
        'kind = "rows"\ncolumns = [\n  { id = "a", label = "A", kind = "choice" },@@\n]',
        "the choice 'a' has no 'options'",
    ),
    (
        "options of a column of text",
        'kind = "long"\nmax_words = 200',
        'kind = "rows"\ncolumns = [{ id = "a", label = "A", options = ["x"] }]@@',
        "only a choice has 'options', and this is text",
    ),
    # renewal and lapsing
    (
        "a reminder by working days",
        'before = "6 months"',
        'before = "6 months"\nreminders = ["1 month", "20 working days"@@]',
        "working days cannot be counted backwards: give days, weeks, months or years",
    ),
    (
        "a reminder before the invitation",
        'before = "6 months"',
        'before = "6 months"\nreminders = ["1 month", "9 months"@@]',
        "9 months is longer than 'before' (6 months)",
    ),
    (
        "a stage that lapses before it is late",
        'within = "6 months"\nassessed',
        'within = "6 months"\nlapses = "5 months"@@\nassessed',
        "5 months is shorter than the stage's 6 months",
    ),
    # shares, and deciding together
    (
        "an award by the applicant",
        'id = "grant"\nkind = "award"',
        'id = "grant"\nkind = "award"\nby = "applicant"@@',
        "a stage of the kind award is always by 'officer', not 'applicant'",
    ),
    (
        "a visit by an officer",
        'kind = "visit"',
        'kind = "visit"\nby = "officer"@@',
        "a stage of the kind visit is always by 'assessor', not 'officer'",
    ),
    (
        "more deciders than assessors",
        'decides = "eligibility"',
        'decides = "eligibility"\nby = "assessor"\ndeciders = 2@@',
        "2 are to decide, and [scheme] has 'assessors' = 1",
    ),
    (
        "a panel that reopens nothing",
        'kind = "panel"',
        'kind = "panel"\nreopens = [\n  "folder",\n  "folders"@@]',
        "there is no portfolio stage 'folders', did you mean 'folder'?",
    ),
    (
        "a level with a share among others without",
        '[[levels]]\nid = "bronze"\ntitle = "Bronze"\n\n[[levels]]\nid = "silver"\n',
        '[[levels]]@@\nid = "bronze"\ntitle = "Bronze"\n\n[[levels]]\nid = "silver"\nshare = { overall = 50 }\n',
        "other levels have a 'share', so this one needs one too",
    ),
    (
        "duty twice",
        '[[duties]]\nid = "changes"',
        '[[duties]]\nid = "membership"@@',
        "another duty already has the id 'membership'",
    ),
    (
        "paper twice",
        '[[duties]]\nid = "membership"',
        '[[papers]]\nid = "p"\ntitle = "P"\nsections = ["S."]\n[[papers]]\nid = "p"@@\ntitle = "P"\n'
        'sections = ["S."]\n[[duties]]\nid = "membership"',
        "another paper already has the id 'p'",
    ),
    (
        "reopens nothing",
        'reopens = "application"',
        'reopens = "aplication"@@',
        "there is no form or portfolio stage 'aplication', did you mean 'application'?",
    ),
    (
        "reopens what is no form",
        'reopens = "application"',
        'reopens = "self-check"@@',
        "there is no form or portfolio stage 'self-check'",
    ),
    (
        "unknown fee",
        'opens = ["eligibility yes"]\nfee = "registration"',
        'opens = ["eligibility yes"]\nfee = "registraton"@@',
        "there is no fee 'registraton', did you mean 'registration'?",
    ),
    (
        "fee nobody asks for",
        '[[fees]]\nid = "assessing"',
        '[[fees]]@@\nid = "late"\ntitle = "Late"\namount = 5\n\n[[fees]]\nid = "assessing"',
        "no fee stage asks for the fee 'late'",
    ),
    (
        "fee by no field",
        'by = "turnover"',
        'by = "turnovr"@@',
        "no form has a field 'turnovr' of the kind number or money, did you mean 'turnover'?",
    ),
    (
        "fee by a field that is no number",
        'by = "turnover"',
        'by = "aims"@@',
        "no form has a field 'aims' of the kind number or money",
    ),
    (
        "price by hand by no field",
        'by_hand_when = "services"',
        'by_hand_when = "funding"@@',
        "no form has a field 'funding' of the kind number or money",
    ),
    (
        "price by hand without words",
        'by_hand = "Several services agree a price with the trust."\nby_hand_when = "services"',
        'by_hand_when = "services"@@',
        "say in 'by_hand' what happens when the price is agreed by hand",
    ),
    (
        "fee by a field that may be empty",
        'by = "turnover"',
        'by = "staff"@@',
        "the field 'staff' may be left empty, but a fee goes by it",
    ),
    (
        "fee by without bands",
        "amount = 100",
        'amount = 100\nby = "services"@@',
        "'by' chooses a band, and this fee has no bands",
    ),
    (
        "fee before its form",
        'title = "Assessment fee"\nopens = ["online submitted"]\nfee = "assessing"',
        'title = "Assessment fee"\nopens = ["self-check answered"]\nfee = "assessing"@@',
        "the fee 'assessing' goes by 'turnover', but this stage does not wait for the form that asks it",
    ),
    (
        "requirement of no level",
        'level = "silver"',
        'level = "sliver"@@',
        "there is no level 'sliver', did you mean 'silver'?",
    ),
    (
        "requirement of no area",
        'level = "silver"\narea = "people"',
        'level = "silver"\narea = "poeple"@@',
        "there is no area 'poeple', did you mean 'people'?",
    ),
    (
        "requirement nobody assesses",
        '[[requirement]]\nid = "s1"',
        (
            '[[requirement]]\nid = "4"\nnumber = "4"\nlevel = "bronze"\narea = "people"\ntitle = "T"\nasks = "A."\n'
            'assessed = "visitd"@@\nsource = "made up"\n\n[[requirement]]\nid = "s1"'
        ),
        "no evidence, visit or portfolio stage takes 'visitd', did you mean 'visited'?",
    ),
    (
        "stage with nothing to assess",
        '[[stages]]\nid = "homework"',
        (
            '[[stages]]\nid = "second-visit"\nkind = "visit"\ntitle = "V"\nopens = ["visit held"]\n'
            'assessed = "visitd"@@\n'
            'supplementary_within = "1 month"\n\n[[stages]]\nid = "homework"'
        ),
        "no requirement is assessed 'visitd', did you mean 'visited'?",
    ),
    (
        "two stages assess the same",
        'title = "Folder"\nopens = ["registration paid"]\nassessed = "folder"',
        (
            'title = "Folder"\nopens = ["registration paid"]\nassessed = "folder"\n\n[[stages]]\nid = "folder-two"\n'
            'kind = "evidence"\ntitle = "Once more"\nopens = ["registration paid"]\nassessed = "folder"@@'
        ),
        "the stage 'folder' already takes what is assessed 'folder'",
    ),
    (
        "area without requirement",
        '[[areas]]\nid = "papers"',
        '[[areas]]@@\nid = "pets"\ntitle = "Pets"\n\n[[areas]]\nid = "papers"',
        "the area 'pets' has no requirement",
    ),
    (
        "choice without options",
        (
            '[[stages.fields]]\nid = "funding"\npage = "Aims"\nlabel = "Funding"\nkind = "choice"\n'
            'options = ["in place", "applied for"]'
        ),
        '[[stages.fields]]@@\nid = "funding"\npage = "Aims"\nlabel = "Funding"\nkind = "choice"',
        "the choice 'funding' has no 'options'",
    ),
    (
        "options of a number",
        'kind = "number"',
        'kind = "number"\noptions = ["1"]@@',
        "only a field of the kind choice has 'options', and this is number",
    ),
    (
        "option twice",
        'options = ["in place", "applied for"]',
        'options = [\n  "in place",\n  "applied for",\n  "in place",@@\n]',
        "the option 'in place' is there twice",
    ),
    (
        "a number must be yes",
        'kind = "number"',
        'kind = "number"\nmust_be_yes = "Oh."@@',
        "only a field of the kind yesno must be yes, and this is number",
    ),
    (
        "words of a number",
        'kind = "number"',
        'kind = "number"\nmax_words = 5@@',
        "only a field of the kind text or long counts words, not number",
    ),
    (
        "level asked twice",
        'must_be_yes = "It must be true."',
        (
            'must_be_yes = "It must be true."\n\n[[stages.fields]]\nid = "level_two"\npage = "Aims"\nlabel = "Level"\n'
            'kind = "level"@@'
        ),
        "another field already asks for the level: it is asked once",
    ),
    (
        "more words at least than at most",
        "min_words = 300",
        "min_words = 900@@",
        "'min_words' (900) is more than 'max_words' (800)",
    ),
    (
        "nobody signs",
        'signatures = ["assessor", "applicant"]',
        "signatures = []@@",
        "an observation needs at least one signature",
    ),
    (
        "one signs twice",
        'signatures = ["assessor", "applicant"]',
        'signatures = ["assessor", "assessor"]@@',
        "'assessor' is to sign twice",
    ),
    (
        "milestone of too many areas",
        "areas = 2",
        "areas = 3@@",
        "3 complete areas are wanted, but at the level 'bronze' this stage has only 2",
    ),
    (
        "milestone after the end",
        'areas = 2\nwithin = "4 months"',
        'areas = 2\nwithin = "7 months"@@',
        "7 months is longer than the stage's 6 months",
    ),
    (
        "milestone a day after the end",
        'areas = 2\nwithin = "4 months"',
        'areas = 2\nwithin = "182 days"@@',
        "182 days is longer than the stage's 6 months",
    ),
    (
        "renewal by working days",
        'before = "6 months"',
        'before = "20 working days"@@',
        "working days cannot be counted backwards: give days, weeks, months or years",
    ),
    (
        "renewal before the beginning",
        'before = "6 months"',
        'before = "4 years"@@',
        "4 years before the end is longer than the credential is valid (3 years)",
    ),
    (
        "an age in months",
        'supplementary_within = "1 month"',
        'supplementary_within = "9000 months"@@',
        "9000 months is too long: a period is at most 100 years",
    ),
    (
        "an age before the milestones",
        'within = "6 months"\n',
        'within = "9000 years"@@\n',
        "9000 years is too long: a period is at most 100 years",
    ),
]


def made(*changes: tuple[str, str]) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """The sample with some pieces replaced, and the file and line of each mark."""
    changed, marks = dict(TEXTS), []
    for old, new in changes:
        assert sum(text.count(old) for text in changed.values()) == 1, "the piece must be there exactly once"
        changed = {file: text.replace(old, new) for file, text in changed.items()}
    for file, text in changed.items():
        marks += [(file, number) for number, line in enumerate(text.split("\n"), 1) for _ in range(line.count("@@"))]
        changed[file] = text.replace("@@", "")
    return changed, marks


def said(texts: Mapping[str, str]) -> list[Mistake]:
    with pytest.raises(Mistakes) as caught:
        load_texts(texts, "")
    return list(caught.value.mistakes)


def test_the_sample_itself_has_none() -> None:
    assert load_texts(TEXTS, "").key == "kestrel/2024"


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0].replace(" ", "-")) for row in READING + FITTING])
def test_each_mistake_is_told_at_its_line(row: Row) -> None:
    _, old, new, *messages = row
    texts, marks = made((old, new))
    assert said(texts) == [Mistake(file, line, message) for (file, line), message in zip(marks, messages, strict=True)]


def test_a_renewal_needs_an_end() -> None:
    texts, marks = made(('valid = "3 years"\n', ""), ('[[stages]]\nid = "again"', '[[stages]]@@\nid = "again"'))
    message = "nothing ends that could be renewed: say in [credential] how long it is 'valid'"
    assert said(texts) == [Mistake(*marks[0], message)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("min_words = 300", "min_words = 800"),
        ('areas = 2\nwithin = "4 months"', 'areas = 2\nwithin = "6 months"'),
        ('areas = 2\nwithin = "4 months"', 'areas = 2\nwithin = "181 days"'),
        ('before = "6 months"', 'before = "36 months"'),
        ('valid = "3 years"', 'valid = "100 years"'),
        ("hours = 6", f"hours = {2**63 - 1}"),
        ('opens = ["panel yes"]', 'opens = ["panel yes", "visit arranged", "visit held"]'),
        ('title = "Homework"\nopens = ["briefing attended"]', 'title = "Homework"\nopens = ["eligibility no"]'),
        ('assessor_from = "eligibility yes"\n', ""),
    ],
)
def test_what_is_just_allowed_is_no_mistake(old: str, new: str) -> None:
    assert load_texts(made((old, new))[0], "") != load_texts(TEXTS, "")


def test_only_the_applicant_chooses_the_level() -> None:
    texts, marks = made(
        ('[[stages.fields]]\nid = "wanted"\npage = "Aims"\nlabel = "Level"\nkind = "level"\n', ""),
        (
            'label = "Do you agree?"\nkind = "yesno"\n',
            'label = "Do you agree?"\nkind = "yesno"\n\n[[stages.fields]]\nid = "wanted"\npage = "Aims"\n'
            'label = "Level"\nkind = "level"@@\n',
        ),
    )
    message = "the level aimed at is the applicant's to choose, and this form is not by 'applicant'"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_a_renewal_of_what_is_marked_needs_marks() -> None:
    texts, marks = made(("renewal = true\n", ""), ('asks = "marked"', 'asks = "marked"@@'))
    assert said(texts) == [Mistake(*marks[0], "no requirement is marked with 'renewal', so nothing would be asked")]


SHARED = ('title = "Bronze"\n', 'title = "Bronze"\nshare = { overall = 50 }\n')
SAME = ('level = "silver"', 'level = "bronze"')


@pytest.mark.parametrize("overall", [50, 49])
def test_a_higher_level_has_a_greater_share(overall: int) -> None:
    silver = ('title = "Silver"\n', f'title = "Silver"\nshare = {{ overall = {overall}@@ }}\n')
    texts, marks = made(SHARED, silver, SAME)
    assert said(texts) == [Mistake(*marks[0], "it must be more than the 50 of the level before")]
    more = ('title = "Silver"\n', 'title = "Silver"\nshare = { overall = 51 }\n')
    assert load_texts(made(SHARED, more, SAME)[0], "").level("silver").share is not None


def test_levels_by_share_ask_for_the_same() -> None:
    silver = ('title = "Silver"\n', 'title = "Silver"\nshare = { overall = 60 }\n')
    texts, marks = made(SHARED, silver, ('level = "silver"', 'level = "silver"@@'))
    message = "levels with a share all ask for the same, and 'bronze' does not include this level"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_a_stage_of_one_area_has_no_second_one() -> None:
    policies = 'asks = "Each is reviewed."\nassessed = '
    texts, marks = made((f'{policies}"online"', f'{policies}"visited"'), ("areas = 2", "areas = 2@@"))
    message = "2 complete areas are wanted, but at the level 'bronze' this stage has only 1"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_an_edition_needs_an_award() -> None:
    first = '[[stages]]\nid = "self-check"'
    last = TEXTS["scheme.toml"][TEXTS["scheme.toml"].index('[[stages]]\nid = "grant"') :]
    texts, marks = made((last, ""), (first, first.replace("]]", "]]@@")))
    message = "there is no stage of the kind 'award': an edition needs exactly one"
    assert said(texts) == [Mistake(*marks[0], message)]


def test_missing_tables_are_told_at_the_first_line() -> None:
    assert said({"scheme.toml": "# nothing yet\n", "requirements.toml": ""}) == [
        Mistake("scheme.toml", 1, "missing table [[levels]]"),
        Mistake("scheme.toml", 1, "missing table [[stages]]"),
        Mistake("scheme.toml", 1, "missing table [credential]"),
        Mistake("scheme.toml", 1, "missing table [scheme]"),
    ]


def test_nesting_without_end_is_a_mistake() -> None:
    texts, _ = made(("hours = 6", "hours = " + "[" * 20_000))
    assert said(texts) == [Mistake("scheme.toml", 1, "lists or tables are nested too deeply")]


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, str(2**63), str(-(2**63) - 1)])
def test_a_number_beyond_64_bits_is_a_mistake(number: str) -> None:
    texts, marks = made(("hours = 6", f"hours = {number}@@"))
    assert said(texts) == [Mistake(*marks[0], "there is a number with far too many digits")]


def test_a_broken_file_does_not_hide_the_mistakes_of_the_other() -> None:
    texts, marks = made(("hours = 6", "hours = 0@@"), ('[[requirement]]\nid = "2"', '[[requirement@@\nid = "2"'))
    assert said(texts) == [
        Mistake(*marks[0], "'hours' must be greater than 0, not 0"),
        Mistake(*marks[1], "this is not TOML: expected ']]' at the end of an array declaration (column 14)"),
    ]
    texts, marks = made(("[words]", "[words@@"), ('level = "silver"', "level = 3@@"))
    assert said(texts) == [
        Mistake(*marks[0], "this is not TOML: expected ']' at the end of a table declaration (column 7)"),
        Mistake(*marks[1], "'level' must be text in quotation marks, not 3"),
    ]


def test_names_are_not_looked_up_while_a_file_is_missing_pieces() -> None:
    texts, marks = made(("hours = 6", "hours = 0@@"), ('opens = ["panel yes"]', 'opens = ["nowhere yes"]'))
    assert said(texts) == [Mistake(*marks[0], "'hours' must be greater than 0, not 0")]


def test_files_are_named_and_mistakes_are_printed_by_line() -> None:
    texts, (mark, *_) = made(("hours = 6", "hours = 0@@"), ('aiming = "Aiming for Kestrel"', "aiming = 3"))
    with pytest.raises(Mistakes) as caught:
        load_texts(texts, "kestrel/2024")
    aiming = TEXTS["scheme.toml"].split("\n").index('aiming = "Aiming for Kestrel"') + 1
    assert str(caught.value) == (
        f"kestrel/2024/scheme.toml:{aiming}: 'aiming' must be text in quotation marks, not 3\n"
        f"kestrel/2024/scheme.toml:{mark[1]}: 'hours' must be greater than 0, not 0"
    )


def test_only_an_editions_own_files_are_taken() -> None:
    assert said({**TEXTS, "journeys.toml": ""}) == [
        Mistake("journeys.toml", 1, "unknown file: an edition is made of scheme.toml and requirements.toml")
    ]
    assert said({"requirements.toml": TEXTS["requirements.toml"]}) == [
        Mistake("scheme.toml", 1, "there is no such file")
    ]


def test_a_megabyte_is_enough() -> None:
    room = 1_000_000 - len(TEXTS["scheme.toml"])
    assert load_texts({**TEXTS, "scheme.toml": TEXTS["scheme.toml"] + "#" * room}, "") == load_texts(TEXTS, "")
    texts = {**TEXTS, "scheme.toml": TEXTS["scheme.toml"] + "#" * (room + 1)}
    assert said(texts) == [Mistake("scheme.toml", 1, "the file is larger than 1 MB")]


def test_half_a_surrogate_pair_is_a_mistake() -> None:
    assert said({**TEXTS, "scheme.toml": "# \ud800\n"}) == [Mistake("scheme.toml", 1, "the text is not Unicode")]
