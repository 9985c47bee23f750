"""Named reads of what holds a service up, by subject. What falls due is in `governance/due.py`."""
