"""Through the privacy gate: what a service's side offers, what is found in it, and the copy that others may read."""
