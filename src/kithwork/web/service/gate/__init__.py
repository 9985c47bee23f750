"""The privacy gate's pages: what waits there, a document with its finds marked, a page's picture, how far a scan is."""

from kithwork.web.service.gate.again import gate_item
from kithwork.web.service.gate.listing import gate
from kithwork.web.service.gate.looking import gate_one, gate_picture, gate_progress

__all__ = ["gate", "gate_item", "gate_one", "gate_picture", "gate_progress"]
