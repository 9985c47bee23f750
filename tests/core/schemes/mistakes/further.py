"""What does not fit together further on: people, rows, renewals, shares, times."""

from tests.core.schemes.mistakes.words import Row

FURTHER: list[Row] = [
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
