"""What development notes are made of. <G1> is the first person's given name, <S1> the family name, <F1> both, <N1> a
short form, <I1> initials with the family name, <J1> the given name with an initial, <R1> the family name first, <E1>
how an e-mail address writes it, <X1> how a file's name does; <P> a place, <O> an organisation, <D> a date, <T> a time.
Each list is a file beside this one, a phrase a line; `|` is where a line ends in the note, `||` a row of a table.
"""

from pathlib import Path


def _lines(name: str) -> list[str]:
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


NOTES = _lines("notes")
WORDS = _lines("words")
PLAIN = [*_lines("plain"), *_lines("plain_more")]
FORMS = [*_lines("forms"), *_lines("forms_more")]
TABLES = _lines("tables")
ENDS = _lines("ends")
STARTS = _lines("starts")
CHATS = _lines("chats")
ROUGH = [*_lines("rough"), *_lines("rough_more")]
DAMAGED = _lines("damaged")
FILES = _lines("files")
HARD_FILES = _lines("hard_files")
ADDRESSES = _lines("addresses")
LAW = _lines("law")
MAILS = _lines("mails")
NEWS = _lines("news")
PLACES = _lines("places")
ORGANISATIONS = _lines("organisations")
COUNTRIES = "Turkey;Poland;Romania;Russia;Ukraine;Italy;France;Hungary;Bulgaria;Kenya;Ghana;Nigeria;India;Brazil;Chile"
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr", "Mrs", "Ms", "Cllr", "Rev", "Prof", "Mr.", "Mrs.", "Dr.", "MR")
