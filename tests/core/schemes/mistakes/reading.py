"""What does not read: the text, the keys, words outside a closed list, periods, conditions, ids."""

from tests.core.schemes.mistakes.words import KINDS, PERIOD, SLUG, Row

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
        'checks = [{ name = "mentees.contacted", every = "3 months" }]',
        'checks = [{ name = "insurance", every = "1 year" }]@@',
        "'name' must be made of two or more words with dots between them, as in 'mentees.contacted', not 'insurance'",
    ),
    ("empty text", 'name = "Kestrel Mark"', 'name = "  "@@', "'name' is empty"),
    ("long text", 'name = "Kestrel Mark"', f'name = "{"x" * 201}"@@', "'name' is longer than 200 characters"),
]
