"""Every write to evidence."""

from kithwork.evidence.actions.breaches import note_step, report_breach, strike_copies
from kithwork.evidence.actions.declaring import REDACTED, declare_redacted
from kithwork.evidence.actions.offering import (
    add_file,
    add_link,
    add_statement,
    may_offer,
    offer,
    take_back,
    write_piece,
)
from kithwork.evidence.actions.passing import hold_back, pass_item
from kithwork.evidence.actions.portfolio import drop_piece, hand_in, link_piece, move_piece, revise_piece
from kithwork.evidence.actions.remarks import remark
from kithwork.evidence.actions.reusing import reuse
from kithwork.evidence.actions.rounds import give_feedback, send

__all__ = [
    "REDACTED",
    "add_file",
    "add_link",
    "add_statement",
    "declare_redacted",
    "drop_piece",
    "give_feedback",
    "hand_in",
    "hold_back",
    "link_piece",
    "may_offer",
    "move_piece",
    "note_step",
    "offer",
    "pass_item",
    "remark",
    "report_breach",
    "reuse",
    "revise_piece",
    "send",
    "strike_copies",
    "take_back",
    "write_piece",
]
