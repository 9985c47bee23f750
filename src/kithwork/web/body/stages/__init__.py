"""One page for a stage in which the body itself acts, by the kind of stage; and the panel's list of them."""

from kithwork.web.body.stages.duties import keep_duty
from kithwork.web.body.stages.one import act_page, body_stage, stage_page
from kithwork.web.body.stages.panel import panel
from kithwork.web.body.stages.panelling import panel_record

__all__ = ["act_page", "body_stage", "keep_duty", "panel", "panel_record", "stage_page"]
