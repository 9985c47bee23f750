"""A whole case as one archive, for an auditor who has no account: told, packed, and checked without this site."""
