"""Proposals for a match, and the coordinator's choice with its reason. Nobody is matched by the machine."""
