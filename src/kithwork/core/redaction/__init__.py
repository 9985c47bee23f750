"""Find what identifies a person, and remove it: from text, and from the files that hold text. Pure: weights, readers of
pictures and the service's own people are handed in.

`finds.py` and `passages.py` are the words that all its parts share.
"""
