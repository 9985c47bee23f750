"""Policies, registers, staff files."""

from collections.abc import Mapping

from tests.bench.by_hand.ground import QUARTER, THREE, YEAR, Hand, Statement

POLICIES: Mapping[str, str] = {
    "8.0": "equality",
    "9.0": "offenders",
    "10.0": "dignity",
    "11.0": "disciplinary",
    "12.0": "grievance",
    "13.0": "complaints",
    "14.0": "confidentiality",
    "15.0": "data-protection",
    "17.0": "health-safety",
    "18.0": "safeguarding",
    "19.0": "substances",
    "20.0": "money",
    "21.0": "referrals",
    "22.0": "supervision",
    "24.0": "reviews",
    "25.0": "matching",
    "40.0": "assessment",
    "e3.0": "driving",
    "e3.1": "photography",
}


def policies(hand: Hand) -> Statement:
    at = hand.day()
    rows = f"""SELECT p.*, (SELECT MAX(approved_on) FROM governance_policyversion v
        WHERE v.policy_id = p.id AND approved_on <= {at}) AS approved FROM governance_policy p
        WHERE service_id = {hand.service} AND (ended_on IS NULL OR ended_on >= {at})"""
    known = f"(approved IS NOT NULL OR made_at < {hand.day(on=1)})"
    kept = {
        f"_{key.replace('.', '_')}": hand.counts(f"{known} AND subject = '{subject}'", day="approved", lasts=THREE)
        for key, subject in POLICIES.items()
    }
    other = "subject = 'privacy' AND NOT EXISTS(SELECT 1 FROM it i WHERE i.subject = 'information')"
    kept["_16_0"] = hand.counts(f"{known} AND (subject = 'information' OR {other})", day="approved", lasts=THREE)
    kept["_23_0"] = hand.counts(f"{known} AND subject = 'lone-working'", "covers_volunteers", "approved", THREE)
    kept["_26_0"] = hand.counts(f"{known} AND subject = 'capacity'", "approved IS NOT NULL")
    return hand.all_of(rows, **kept)


def papers(hand: Hand) -> list[Statement]:
    at, since = hand.day(), hand.since()
    told = f'EXISTS(SELECT 1 FROM governance_acknowledgement a WHERE version_id = v.id AND "on" <= {at} AND "group" ='
    changed = f"""SELECT approved_on, {told} 'mentees') AS mentees, {told} 'mentors') AS mentors
        FROM governance_policyversion v JOIN governance_policy p ON p.id = v.policy_id
        WHERE p.service_id = {hand.service} AND (p.ended_on IS NULL OR p.ended_on >= {at}) AND affects_people
        AND approved_on BETWEEN {since} AND {at} AND NOT EXISTS(SELECT 1 FROM governance_policyversion w
        WHERE w.policy_id = v.policy_id AND w.number > v.number AND w.changed AND w.approved_on <= {at})"""
    changes = f"""SELECT * FROM governance_change WHERE service_id = {hand.service} AND affects_people
        AND changed_on BETWEEN {since} AND {at}"""
    return [
        hand.all_of(
            changed,
            _38_2=hand.counts(f"approved_on < {at} OR mentees", "mentees"),
            _38_3=hand.counts(f"approved_on < {at} OR mentors", "mentors"),
        ),
        hand.all_of(
            changes,
            _38_0=hand.counts(f"changed_on < {at} OR mentees_told_on <= {at}", f"mentees_told_on <= {at}"),
            _38_1=hand.counts(f"changed_on < {at} OR mentors_told_on <= {at}", f"mentors_told_on <= {at}"),
        ),
    ]


def registers(hand: Hand) -> list[Statement]:
    at, me = hand.day(), hand.service
    held = " UNION ALL ".join(
        f"SELECT '{name}' AS cover, begins, ends FROM governance_insurance WHERE service_id = {me} AND {what}"
        for name, what in (
            ("employer", "cover IN ('employer', 'both')"),
            ("public", "cover IN ('public', 'both')"),
            ("volunteers", "volunteers"),
        )
    )
    insured = f"""SELECT (SELECT MIN(h.ends) FROM held h WHERE h.cover = k.cover AND h.ends >= {at} AND NOT EXISTS(
        SELECT 1 FROM held n WHERE n.cover = h.cover AND n.ends > h.ends AND n.begins <= {hand.later("h.ends", 1)})
        AND EXISTS(SELECT 1 FROM held n WHERE n.cover = h.cover AND {at} BETWEEN n.begins AND n.ends)) AS until
        FROM (SELECT 'employer' AS cover UNION SELECT 'public' UNION SELECT 'volunteers') k
        WHERE EXISTS(SELECT 1 FROM governance_insurance WHERE service_id = {me} AND begins <= {at})"""
    checks, insurance = hand.all_of(insured, _3_0=hand.counts(day="until"))
    groups = " AND ".join(
        f"CAST(groups AS text) LIKE '%\"{one}\"%'" for one in ("clients", "volunteers", "staff", "referrers", "funders")
    )
    evaluated = f"""SELECT MAX(CASE WHEN figures AND words AND baseline AND {groups} THEN "on" END) AS full_on
        FROM governance_evaluation WHERE service_id = {me} AND "on" <= {at} HAVING COUNT(*) > 0"""
    risks = f"""SELECT owner, due_on, COALESCE(done_on <= {at}, FALSE) AS done FROM governance_risk WHERE
        service_id = {me} AND (closed_on IS NULL OR closed_on > {at}) AND made_at < {hand.day(on=1)}"""
    targets = f"""SELECT CASE WHEN EXISTS(SELECT 1 FROM governance_target WHERE service_id = {me} AND
        year = {hand.at.year + 1}) THEN '{hand.at.year + 1}-12-31' ELSE '{hand.at.year}-12-31' END AS day
        FROM governance_target WHERE service_id = {me} AND year = {hand.at.year}"""
    reported = f"""SELECT MAX(published_on) AS day FROM governance_target WHERE service_id = {me}
        AND published_on <= {at} HAVING COUNT(*) > 0"""
    owed = "CASE WHEN NOT done THEN due_on END"
    return [
        Statement(checks, insurance.replace("WITH ", f"WITH held AS ({held}), ", 1)),
        hand.all_of(evaluated, _37_0=hand.counts(day="full_on", lasts=THREE)),
        hand.all_of(
            risks,
            _7_0=hand.counts(holds="(done OR (owner <> '' AND due_on IS NOT NULL))", day=owed, endless=True),
        ),
        hand.all_of(targets, _34_0=hand.counts(day="day")),
        hand.all_of(reported, _34_1=hand.counts(day="day", lasts=YEAR)),
    ]


def staff(hand: Hand) -> Statement:
    at = hand.day()
    back = f"CASE WHEN away_until < {at} THEN away_until END"
    last = f'(SELECT MAX("on") FROM governance_{{}} o WHERE o.staff_id = s.id AND o."on" <= {at} AND {{}})'
    had = f'EXISTS(SELECT 1 FROM governance_stafftraining t WHERE t.staff_id = s.id AND t."on" <= {at}{{}})'
    topics = " AND ".join(had.format(f" AND t.topic = '{one}'") for one in ("protection", "risk", "volunteers"))
    rows = f"""SELECT s.*, (away_from IS NULL OR away_from > {at} OR COALESCE(away_until < {at}, FALSE)) AS here,
        (SELECT COUNT(*) FROM governance_staffreference r WHERE r.staff_id = s.id AND satisfactory
         AND received_on <= {at}) AS refs, v.clear, v.expires_on,
        {hand.latest("began_on", last.format("staffsupervision", "minuted"), back)} AS supervised,
        {hand.latest("began_on", last.format("appraisal", "by_job_description"), back)} AS appraised,
        {hand.latest("began_on", last.format("appraisal", "needs_assessed"), back)} AS assessed,
        {had.format("")} AS trained,
        {topics} AS topics FROM governance_staff s
        LEFT JOIN governance_staffvetting v ON v.id = (SELECT id FROM governance_staffvetting w
            WHERE w.staff_id = s.id AND w."on" <= {at} ORDER BY w."on" DESC, w.id DESC LIMIT 1)
        WHERE s.service_id = {hand.service} AND mentoring AND began_on <= {at}
        AND (ended_on IS NULL OR ended_on >= {at})"""
    settled = f"here AND began_on < {at}"
    return hand.all_of(
        rows,
        _27_0=hand.counts(f"{settled} AND one_to_one", "refs >= 2"),
        _27_1=hand.counts(f"{settled} AND one_to_one", "clear", "expires_on", endless=True),
        _28_0=hand.counts(settled, "topics"),
        _29_0=hand.counts("here", day="supervised", lasts=QUARTER),
        _30_0=hand.counts("here", day="appraised", lasts=YEAR),
        _30_1=hand.counts(settled, "trained"),
        _30_2=hand.counts("here", day="assessed", lasts=YEAR),
        _32_0=hand.counts(settled, f"badge_on <= {at}"),
    )
