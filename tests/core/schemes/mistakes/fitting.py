"""What does not fit together, when every piece reads: levels, areas, fees, stages, requirements."""

from tests.core.schemes.mistakes.words import Row

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
    (
        "a check that there is not",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contcted", every = "3 months" }]@@',
        "there is no check 'mentees.contcted', did you mean 'mentees.contacted'?",
    ),
    (
        "a check without what it needs",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contacted" }]@@',
        "'mentees.contacted' needs 'every'",
    ),
    (
        "a check with a word too many",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contacted", evry = "3 months", every = "3 months" }]@@',
        "'mentees.contacted' knows no 'evry'; it knows 'every', 'who'",
    ),
    (
        "a check by working days",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contacted", every = "20 working days" }]@@',
        "'every' of 'mentees.contacted': working days cannot be counted backwards: give days, weeks, months or years",
    ),
    (
        "a check of centuries",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contacted", every = "900 years" }]@@',
        "'every' of 'mentees.contacted': 900 years is too long: a period is at most 100 years",
    ),
    (
        "a check of nobody",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "supervision.held", every = "3 months" }]@@',
        "'supervision.held' is asked of mentors or staff; say which with of = \"...\"",
    ),
    (
        "a check of somebody else",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "supervision.held", of = "trustees", every = "3 months" }]@@',
        "'supervision.held' is asked of mentors or staff; say which with of = \"...\"",
    ),
    (
        "a check with a word it does not know",
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "mentees.contacted", every = "3 months", who = ["everybody"] }]@@',
        "'who' of 'mentees.contacted' must be 'matched' or 'unmatched', not 'everybody'",
    ),
]
