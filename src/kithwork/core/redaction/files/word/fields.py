"""Fields of a Word document, as they are met: an instruction, then its result."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from kithwork.core.redaction.files.packages import Element
from kithwork.core.redaction.files.shape import Texts
from kithwork.core.redaction.files.word.ground import SPACE, w
from kithwork.core.redaction.files.word.vocabulary import PLAIN_FIELD
from kithwork.core.redaction.passages import Passage, Place


@dataclass(slots=True)
class _Field:
    """A field as it is read: its instruction, then its result."""

    code: str = ""
    result: bool = False
    plain: bool = False


class Fields:
    """The fields that are open, the inmost last: they may begin in one paragraph and end in another."""

    def __init__(self, texts: Texts, lost: Callable[[Element, Place], None]) -> None:
        self._texts, self._lost = texts, lost
        self._open: list[_Field] = []

    def says(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open:
            self._open[-1].code += text

    def in_code(self) -> bool:
        return any(not one.result for one in self._open)

    def mark(self, mark: Element, run: Element) -> None:
        """Only page numbers stay fields; of every other its result stays, as text."""
        for data in mark:
            self._lost(data, Place.FIELD)
        match mark.get(w("fldCharType")):
            case "begin":
                self._open.append(_Field())
            case "separate" if self._open:
                self._begun(self._open[-1], run)
            case "end" if self._open:
                if not self._open[-1].result:
                    self._begun(self._open[-1], run)
                if self._open.pop().plain:
                    etree.SubElement(run, w("fldChar")).set(w("fldCharType"), "end")
            case _:
                pass

    def _begun(self, now: _Field, run: Element) -> None:
        now.result = True
        plain = PLAIN_FIELD.match(now.code)
        if plain and not self.in_code():
            now.plain = True
            parent, at = run.getparent(), run.getparent().index(run)
            for offset, (tag, key, value) in enumerate(
                (("fldChar", "begin", ""), ("instrText", "", f" {plain[1]} "), ("fldChar", "separate", ""))
            ):
                before = etree.Element(w("r"))
                sign = etree.SubElement(before, w(tag))
                if key:
                    sign.set(w("fldCharType"), key)
                else:
                    sign.text = value
                    sign.set(SPACE, "preserve")
                parent.insert(at + offset, before)
        elif now.code.strip():
            self._texts.add(Passage(now.code.strip(), Place.LINK, 0, "field", stays=False))
