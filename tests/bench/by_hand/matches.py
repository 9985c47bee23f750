"""Matches, and how they ended."""

from kithwork.core.days import Period
from tests.bench.by_hand.ground import HALF, QUARTER, YEAR, Hand, Statement


def matches(hand: Hand) -> Statement:
    at, since = hand.day(), hand.since()
    met = f"""(SELECT c."on" FROM caseload_contact c WHERE c.match_id = m.id AND c.kind = 'meeting'
        AND c.reached IN (TRUE) AND c."on" <= {at} ORDER BY c."on" LIMIT 1 OFFSET"""
    staff = {
        who: f"""c.{who}_id = m.{who}_id AND c.kind = '{who}' AND c.reached IN (TRUE)
            AND c."on" <= {at} AND c."on" >= m.first_met_on"""
        for who in ("mentee", "mentor")
    }
    heard = '(SELECT c."on" FROM caseload_contact c WHERE {} ORDER BY c."on" LIMIT 1 OFFSET {})'
    once = 'EXISTS(SELECT 1 FROM caseload_contact c WHERE {} AND c."on" BETWEEN m.at_most AND m.too_late)'
    home = """EXISTS(SELECT 1 FROM caseload_riskassessment r WHERE r.mentee_id = m.mentee_id AND r.kind = 'home'
        AND r."on" <= """
    reviewed = f'(SELECT MAX("on") FROM caseload_review r WHERE r.match_id = m.id AND r."on" <= {at})'
    signed = " AND ".join(
        f"a.{one}_on <= {at} AND a.{one}_on <= {hand.later('m.introduced_on', months=2)}"
        for one in ("mentee", "mentor", "service")
    )
    agreed = " AND ".join(
        f"{who}_answer = 'yes' AND {who}_answered_on <= introduced_on" for who in ("mentee", "mentor")
    )
    difficult = f"CASE WHEN difficult_since <= {at} THEN difficult_since END"
    followed = hand.latest("m.introduced_on", difficult, hand.contact("mentor", "m.mentor_id"), "q.back")
    on = f"(m.ended_on IS NULL OR m.ended_on >= {at})"
    new = f"introduced_on > {hand.day(on=-7 * hand.new_weeks)} OR difficult_since <= {at}"
    rows = f"""SELECT m.kind, m.mentee_id, m.mentor_id, introduced_on, first_met_on, ended_on, difficult_since,
        rationale <> '' AS reasoned, characteristic <> '' AS decided, justification <> '' AS justified,
        introduced_by <> '' AS introduced, {agreed} AS agreed,
        mentee_told_on <= introduced_on AND mentor_told_on <= introduced_on AS explained,
        ended_on IS NULL OR ended_on >= {at} AS runs, p.away IS NULL AS mentee_here,
        q.away IS NULL AS mentor_here, CASE WHEN {on} THEN (SELECT MAX(l) FROM (
            SELECT MIN(f."on") AS f, MAX(f."on") AS l
            FROM caseload_measure g CROSS JOIN caseload_measurement f WHERE f.measure_id = g.id
            AND f.mentee_id = m.mentee_id AND g.service_id = {hand.service} AND g.whose = 'mentee'
            AND g.begun_on <= {at} AND f."on" <= {at} GROUP BY measure_id) z WHERE l > f) END AS compared,
        {home} m.first_met_on) AS home_before, {home} {at}) AS home_by_now,
        CASE WHEN {on} THEN (SELECT MAX(r."on") FROM caseload_riskassessment r WHERE r.mentee_id = m.mentee_id
            AND r.kind = 'activity' AND r."on" <= {at}) END AS activity,
        {on} AND EXISTS(SELECT 1 FROM caseload_riskassessment r WHERE r.mentee_id = m.mentee_id AND r.kind = 'activity'
            AND r."on" <= {at} AND actions <> '' AND actions_due < {at}
            AND (actions_done_on IS NULL OR actions_done_on > {at})) AS undone,
        {on} AND EXISTS(SELECT 1 FROM caseload_plan l
            WHERE l.match_id = m.id AND l."on" <= {at} AND aims <> '') AS planned,
        CASE WHEN {on} THEN {hand.latest("m.introduced_on", reviewed, "p.back")} END AS reviewed,
        v.outcome <> '' AND (v.mentor_there OR (v.achieved <> '' AND v.goes_on IS NOT NULL AND v.needed IS NOT NULL
            AND v.of_service <> '')) OR v.id IS NULL AS whole,
        CASE WHEN {on} AND ({new}) THEN {followed} END AS followed,
        {met} 4) AS at_most, {met} 5) AS too_late,
        {heard.format(staff["mentee"], 0)} AS mentee_first, {heard.format(staff["mentee"], 1)} AS mentee_second,
        {heard.format(staff["mentor"], 0)} AS mentor_first, {heard.format(staff["mentor"], 1)} AS mentor_second,
        EXISTS(SELECT 1 FROM caseload_agreement a WHERE a.match_id = m.id AND {signed}) AS signed
        FROM caseload_match m LEFT JOIN {hand.pauses("mentee")} p ON p.who = m.mentee_id
        LEFT JOIN {hand.pauses("mentor")} q ON q.who = m.mentor_id
        LEFT JOIN caseload_review v ON v.id = (SELECT id FROM caseload_review r WHERE r.match_id = m.id
            AND r."on" < {at} ORDER BY r."on" DESC, r.id DESC LIMIT 1) AND {on}
        WHERE m.service_id = {hand.service} AND introduced_on <= {at}
            AND (ended_on IS NULL OR ended_on >= {since})"""
    week = hand.later("first_met_on", 7)
    let_off = f"(ended_on <= {week} OR (mentee_first <= {week} AND mentor_first <= {week}))"
    again = " AND ".join(
        f"(COALESCE({who}_second <= too_late, FALSE) OR {once.format(staff[who])})" for who in ("mentee", "mentor")
    )
    kept = f"""SELECT m.*, CASE WHEN {let_off} THEN NULL ELSE first_met_on END AS owed, CASE WHEN too_late IS NULL
        THEN TRUE WHEN mentee_second <= too_late AND mentor_second <= too_late THEN TRUE ELSE {again} END AS again,
        EXISTS(SELECT 1 FROM caseload_measure WHERE service_id = {hand.service} AND whose = 'mentee'
        AND begun_on <= {at}) AS measured FROM found m"""
    homes = "TRUE" if hand.visits_homes else "FALSE"
    checks, sql = hand.all_of(
        kept,
        _37_1=hand.counts(
            f"runs AND mentee_here AND introduced_on < {hand.day(HALF)} AND measured", day="compared", lasts=YEAR
        ),
        _43_0=hand.counts(
            f"{homes} AND first_met_on <= {at} AND (first_met_on >= {since} OR runs)",
            f"(home_before OR (first_met_on < {since} AND home_by_now))",
        ),
        _43_1=hand.counts("runs", "activity IS NOT NULL"),
        _43_2=hand.counts("runs AND activity IS NOT NULL", "NOT undone", "activity", YEAR),
        _44_0=hand.counts(f"runs AND introduced_on < {at}", "planned"),
        _44_1=hand.counts("runs AND mentee_here", "whole", "reviewed", QUARTER),
        _53_1=hand.counts(f"runs AND mentor_here AND ({new})", day="followed", lasts=Period(4, "week")),
        _56_0=hand.counts(holds="reasoned"),
        _56_1=hand.counts(holds="explained"),
        _56_2=hand.counts("decided", "justified"),
        _56_3=hand.counts(holds="agreed"),
        _57_0=hand.counts(holds="introduced"),
        _58_0=hand.counts(
            f"first_met_on <= {at}",
            "again",
            "owed",
            Period(1, "week"),
            endless=True,
        ),
        _e22_0=hand.counts(
            "kind = 'one'",
            day="CASE WHEN NOT signed THEN introduced_on END",
            lasts=Period(2, "month"),
            endless=True,
        ),
    )
    return Statement(checks, sql.replace("WITH ", f"WITH found AS MATERIALIZED ({rows}), ", 1))


def ended(hand: Hand) -> Statement:
    at = hand.day()
    rows = f"""SELECT m.ended_on, e.*, a.carer, a.referrer_involved AND EXISTS(SELECT 1 FROM caseload_referral r
            WHERE r.mentee_id = a.id AND r.came_on <= {at} AND source <> 'self') AS involved,
        EXISTS(SELECT 1 FROM caseload_extrasupport x WHERE x.match_id = m.id AND x."on" BETWEEN e.known_on AND {at})
            AS supported,
        EXISTS(SELECT 1 FROM caseload_questionnaire x WHERE x.match_id = m.id AND whose IN ('referrer', 'family')
            AND x."on" <= {at}) AS answered
        FROM caseload_match m LEFT JOIN caseload_ending e ON e.match_id = m.id
        JOIN caseload_mentee a ON a.id = m.mentee_id
        WHERE m.service_id = {hand.service} AND introduced_on <= {at} AND ended_on >= {hand.since()}
        AND ended_on < {at}"""
    looked, week = f"looked_back_on <= {at}", hand.day(on=-7)
    told = f"""mentee_told_on <= {at} AND mentor_told_on <= {at} AND (carer = '' OR carer_told_on <= {at})
        AND (NOT involved OR referrer_told_on <= {at})"""
    confirmed = f"follows <> '' AND mentee_confirmed_on <= {at} AND mentor_confirmed_on <= {at}"
    surveyed = f"(asked_exit_on <= {at} OR answered)"
    return hand.all_of(
        rows,
        _59_0=hand.counts(
            "kind = 'planned'", f"(last_day >= {hand.later('known_on', hand.notice_days)} OR short_because <> '')"
        ),
        _59_1=hand.counts(f"kind = 'planned' AND (ended_on < {week} OR {looked})", looked),
        _60_0=hand.counts(f"kind = 'sudden' AND (ended_on < {week} OR supported)", "supported"),
        _61_0=hand.counts(f"ended_on < {week} OR ({told})", told),
        _61_1=hand.counts(f"ended_on < {week} OR ({confirmed})", confirmed),
        _e9_0=hand.counts(f"(carer <> '' OR involved) AND (ended_on < {hand.day(on=-14)} OR {surveyed})", surveyed),
    )
