"""Every write to the caseload, by subject."""
