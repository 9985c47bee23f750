"""What has the wrong shape: texts, lists, tables, prices, bands, duties, shares."""

from tests.core.schemes.mistakes.words import PERIOD, SLUG, Row

SHAPES: list[Row] = [
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
