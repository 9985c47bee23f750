"""Referrals, trainings, and what the service is asked as a whole."""

from kithwork.core.days import Period
from tests.bench.by_hand.ground import YEAR, Hand, Statement


def referrals(hand: Hand) -> Statement:
    at, week = hand.day(), hand.day(on=-7)
    rows = f"""SELECT r.*, COALESCE(decided_on <= {at}, FALSE) AS decided, m.name <> '' AND why <> '' AND agreed AND
        CAST(m.needs AS text) <> '[]' AND (m.email <> '' OR m.phone <> '' OR m.address <> '' OR
        m.contact_wishes <> '') AS filled, EXISTS(SELECT 1 FROM caseload_riskassessment a
        WHERE a.mentee_id = m.id AND a.kind = 'person' AND a."on" <= r.decided_on) AS assessed
        FROM caseload_referral r JOIN caseload_mentee m ON m.id = r.mentee_id
        WHERE m.service_id = {hand.service} AND m.erased_at IS NULL AND r.came_on <= {at}
        AND (decided_on IS NULL OR decided_on >= {hand.since()})"""
    eligible = "CAST(eligible AS text)"
    fits = f"eligible_on <= decided_on AND {eligible} NOT LIKE '%: false%'"
    fits += f" AND {eligible} <> '{{}}'" if hand.criteria else ""
    moving = f"""(acknowledged_on <= {at} OR came_on >= {week}) AND came_on >= {hand.day(Period(1, "month"))}"""
    return hand.all_of(
        rows,
        _39_0=hand.counts(holds=f"(NOT decided AND {moving} OR decided AND (told_on <= {at} OR decided_on >= {week}))"),
        _40_1=hand.counts("decided AND outcome = 'accepted'", "filled"),
        _40_2=hand.counts("decided AND outcome = 'accepted'", f"{fits} AND assessed"),
        _40_3=hand.counts("decided AND outcome = 'signposted'", "reason <> '' AND signposted_to <> ''"),
    )


def trainings(hand: Hand) -> Statement:
    at = hand.day()
    rows = f"""SELECT g.*, MIN(s."on") AS first_day, MAX(s."on") AS last_day,
            EXISTS(SELECT 1 FROM caseload_session z JOIN caseload_attendance a ON a.session_id = z.id
            WHERE z.training_id = g.id AND said_on <= {at} AND satisfied IS NOT NULL AND learnt IS NOT NULL) AS said
        FROM caseload_training g JOIN caseload_session s ON s.training_id = g.id
        WHERE g.service_id = {hand.service} AND (cancelled_on IS NULL OR cancelled_on > {at})
        AND EXISTS(SELECT 1 FROM caseload_session z JOIN caseload_attendance a ON a.session_id = z.id
            WHERE z.training_id = g.id AND z."on" <= {at} AND a.state = 'present')
        GROUP BY g.id HAVING MAX(CASE WHEN s."on" <= {at} THEN s."on" END) >= {hand.since()}"""
    acted = f"acted_on <> '' AND acted_on_day <= {at}"
    return hand.all_of(
        rows,
        _48_1=hand.counts("kind = 'initial'", "outline_sent_on < first_day"),
        _49_0=hand.counts(f"last_day < {hand.day(on=-14)} OR said", "said"),
        _49_1=hand.counts(f"said AND (last_day < {hand.day(on=-30)} OR ({acted}))", acted),
    )


def service(hand: Hand) -> list[Statement]:
    at, me = hand.day(), hand.service
    changes = f"""SELECT c.* FROM caseload_boundarychange c JOIN caseload_match m ON m.id = c.match_id
        WHERE m.service_id = {me} AND introduced_on <= {at} AND (ended_on IS NULL OR ended_on >= {hand.since()})
        AND noticed_on <= {at}"""
    held = f"""(SELECT "on" FROM caseload_gathering g WHERE service_id = {me} AND kind = '{{}}' AND "on" <= {at}
        AND EXISTS(SELECT 1 FROM caseload_invited i WHERE i.gathering_id = g.id)
        ORDER BY "on" DESC LIMIT 1 OFFSET {{}})"""
    waits = f"""SELECT COUNT(*) FROM caseload_mentee m WHERE service_id = {me} AND came_on <= {at} AND (
        ((accepted_on IS NULL OR accepted_on > {at}) AND (left_on IS NULL OR left_on > {at}))
        OR (accepted_on <= {at} AND (left_on IS NULL OR left_on >= {at}) AND NOT EXISTS(
        SELECT 1 FROM caseload_match x WHERE x.mentee_id = m.id AND {hand.runs("x")})))"""
    rows = f"""SELECT p.*, ({waits}) AS waits, (SELECT COUNT(*) FROM caseload_match m WHERE m.service_id = {me}
        AND {hand.runs("m")}) AS taken, {held.format("social", 0)} AS social,
        {held.format("newsletter", 1)} AS letter
        FROM caseload_practice p WHERE service_id = {me}"""
    closed = f"NOT takes_referrals AND (closed_until IS NULL OR closed_until > {at})"
    acted = f"done_on <= {at}"
    return [
        hand.all_of(changes, _58_1=hand.counts(f"noticed_on < {at} OR {acted}", acted)),
        hand.all_of(
            rows,
            _26_1=hand.counts(holds="taken <= capacity"),
            _26_2=hand.counts(holds=f"({closed} OR (waiting_limit > 0 AND waits <= waiting_limit))"),
            _e19_0=hand.counts(day="social", lasts=YEAR),
            _e20_0=hand.counts(day="letter", lasts=YEAR),
        ),
    ]
