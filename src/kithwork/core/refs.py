"""Public references: short, unguessable, easy to read out; no vowels, so no words, and no letters that look alike."""

import secrets

LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def new_ref() -> str:
    """Twelve letters from 27: about 57 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))
