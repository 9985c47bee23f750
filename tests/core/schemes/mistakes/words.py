"""Words that many messages share, and what a row is."""

KINDS = (
    "checklist, form, decision, fee, meeting, course, evidence, visit, interview, observation, case_study, assignment, "
    "portfolio, panel, award or renewal"
)
PERIOD = "is not a period; write it like '6 months', '2 weeks' or '15 working days'"
SLUG = "lower-case letters and digits with single hyphens between them, as in 'first-meeting'"

Row = tuple[str, ...]  # name, old text, new text, and a message for each mark
