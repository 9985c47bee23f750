"""Counting words as people do: runs of letters, digits, apostrophes and hyphens between white space."""

import re

_WORD = re.compile(r"\w[\w'’\-]*")


def count_words(text: str) -> int:
    return len(_WORD.findall(text))
