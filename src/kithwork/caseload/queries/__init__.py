"""Named reads of the caseload, by subject. `due.py` holds what falls due, as sets that compose."""
