"""Mentees and mentors, and those who come to be one."""

from kithwork.core.days import Period
from tests.bench.by_hand.ground import HALF, QUARTER, YEAR, Hand, Statement


def mentees(hand: Hand) -> Statement:
    at = hand.day()
    referrer = hand.latest(
        "m.accepted_on",
        hand.contact("referrer", "m.id", "mentee"),
        f"(SELECT MAX(referrer_shared_on) FROM caseload_review r JOIN caseload_match x ON x.id = r.match_id "
        f"WHERE x.mentee_id = m.id AND referrer_shared_on <= {at})",
        f"(SELECT MAX(referrer_told_on) FROM caseload_ending e JOIN caseload_match x ON x.id = e.match_id "
        f"WHERE x.mentee_id = m.id AND referrer_told_on <= {at})",
        "p.back",
    )
    rows = f"""SELECT came_on, accepted_on, waiting_since, equalities_asked_on, p.away IS NULL AS here,
        COALESCE(accepted_on <= {at}, FALSE) AS taken, CAST(interests AS text) <> '[]' AND
        CAST(availability AS text) <> '[]' AND profile <> '' AS profiled,
        EXISTS(SELECT 1 FROM caseload_match x WHERE x.mentee_id = m.id AND {hand.runs("x")}) AS matched,
        EXISTS(SELECT 1 FROM caseload_match x WHERE x.mentee_id = m.id AND introduced_on IS NOT NULL
            AND x.ended_on < {hand.day(on=-7)} AND x.ended_on > m.waiting_since) AS returned,
        (SELECT COUNT(DISTINCT kind) FROM caseload_consent c WHERE c.mentee_id = m.id AND c."on" <= {at}
            AND kind IN ('third-parties', 'risk', 'reviews')) AS consents,
        referrer_involved AND EXISTS(SELECT 1 FROM caseload_referral r WHERE r.mentee_id = m.id
            AND r.came_on <= {at} AND source <> 'self') AS referred,
        {hand.latest("m.accepted_on", hand.contact("mentee", "m.id"), "p.back")} AS heard, {referrer} AS referrer
        FROM caseload_mentee m LEFT JOIN {hand.pauses("mentee")} p ON p.who = m.id
        WHERE service_id = {hand.service} AND (left_on IS NULL OR left_on >= {at})"""
    asked = f"equalities_asked_on <= {at}"
    due = f"(came_on < {hand.day(Period(1, 'month'))} OR {asked})"
    return hand.all_of(
        rows,
        _36_0=hand.counts(f"came_on <= {at} AND here AND {due}", asked),
        _39_1=hand.counts("taken AND NOT matched", "waiting_since IS NOT NULL AND NOT returned"),
        _41_0=hand.counts(f"taken AND here AND accepted_on < {at}", "consents = 3"),
        _42_0=hand.counts("taken AND here", day="heard", lasts=QUARTER),
        _42_1=hand.counts("taken AND here AND referred", day="referrer", lasts=QUARTER),
        _55_0=hand.counts("taken AND matched", "profiled"),
    )


def mentors(hand: Hand) -> Statement:
    at, since = hand.day(), hand.since()
    step = f'caseload_mentorstep t WHERE t.mentor_id = m.id AND t."on" <= {at} AND t.kind'
    newest = ' ORDER BY "on" DESC, id DESC LIMIT 1)'
    vetted = "(SELECT id FROM caseload_vetting w WHERE w.mentor_id = m.id AND w.outcome <> 'asked' AND w.\"on\" <="
    noted = (
        f'(SELECT {{}}("on") FROM caseload_supervision n WHERE n.mentor_id = m.id AND n."on" <= {at} '
        "AND wellbeing > '')"
    )
    measured = f'(SELECT {{}}("on") FROM caseload_measurement n WHERE n.mentor_id = m.id AND n."on" <= {at})'
    told = f'EXISTS(SELECT 1 FROM {step} = \'feedback\' AND t."on" >= c."on"'
    play = f"(g.cancelled_on IS NULL OR g.cancelled_on > {at})"
    year = f's."on" BETWEEN {since} AND {at} AND {play}'
    there = f"a.state = 'present' AND s.\"on\" <= {at}"
    training = "FROM caseload_training g JOIN caseload_session s ON s.training_id = g.id JOIN caseload_attendance a"
    rows = f"""SELECT m.applied_on, m.accepted_on, joined_by, m.erased_at, equalities_asked_on,
        p.away IS NULL AS here, left_on IS NULL OR left_on >= {at} AS stays,
        COALESCE(accepted_on <= {at}, FALSE) AS taken,
        CAST(interests AS text) <> '[]' AND CAST(availability AS text) <> '[]' AND profile <> '' AS profiled,
        EXISTS(SELECT 1 FROM caseload_match x WHERE x.mentor_id = m.id AND {hand.runs("x")}) AS matched,
        EXISTS(SELECT 1 FROM caseload_match x WHERE x.mentor_id = m.id AND introduced_on BETWEEN {since} AND {at})
            AS introduced,
        EXISTS(SELECT 1 FROM {step} = 'badge') AS badge, EXISTS(SELECT 1 FROM {step} = 'application') AS form,
        EXISTS(SELECT 1 FROM {step} <> 'application') AS stepped,
        (SELECT outcome FROM {step} = 'role'{newest} AS role, (SELECT outcome FROM {step} = 'interview'{newest}
            AS interview, (SELECT outcome FROM {step} = 'post-training'{newest} AS talked,
        (SELECT answer FROM caseload_consent k WHERE k.mentor_id = m.id AND kind = 'data' AND k."on" <= {at}
            {newest} AS consent,
        c.outcome AS chosen, c."on" AS chosen_on, c.note, {told}) AS told,
        {told} AND t.signposted_to <> '') AS signposted,
        (SELECT COUNT(*) FROM caseload_reference r WHERE r.mentor_id = m.id AND suitable AND received_on <= {at})
            AS refs, v.outcome = 'clear' AS clear, v.expires_on,
        b.outcome = 'clear' AND (b.expires_on IS NULL OR b.expires_on >= m.accepted_on) AS before,
        had, in_time, this_year, open_still, performed, understood, n."on" AS session, n.earlier,
        CAST(n.topics AS text) AS topics,
        EXISTS(SELECT 1 FROM caseload_pause w WHERE w.mentor_id = m.id AND begins <= n."on"
            AND (ends IS NULL OR ends >= n.earlier)) AS paused,
        EXISTS(SELECT 1 FROM caseload_contact k WHERE k.mentor_id = m.id AND k.kind = 'mentor'
            AND k.reached IN (TRUE) AND k."on" > n.earlier AND k."on" < n."on") AS spoken,
        {hand.latest("m.accepted_on", 'n."on"', "p.back")} AS supervised,
        {hand.latest("m.accepted_on", hand.contact("mentor", "m.id"), "p.back")} AS heard,
        {hand.latest("m.accepted_on", "f.offered", "p.back")} AS offered,
        {noted.format("MIN")} AS noted, {noted.format("MAX")} AS noted_last,
        {measured.format("MIN")} AS measured, {measured.format("MAX")} AS measured_last, p.back
        FROM caseload_mentor m LEFT JOIN {hand.pauses("mentor")} p ON p.who = m.id
        LEFT JOIN caseload_mentorstep c ON c.id = (SELECT id FROM {step} = 'selection'{newest}
        LEFT JOIN caseload_vetting v ON v.id = {vetted} {at}{newest}
        LEFT JOIN caseload_vetting b ON b.id = {vetted} {at} AND w."on" <= m.accepted_on{newest}
        LEFT JOIN (SELECT u.*, (SELECT MAX("on") FROM caseload_supervision e WHERE e.mentor_id = u.mentor_id
            AND e."on" < u."on") AS earlier FROM caseload_supervision u) n ON n.id = (SELECT id
            FROM caseload_supervision e WHERE e.mentor_id = m.id AND e."on" <= {at}{newest}
        LEFT JOIN (SELECT a.mentor_id, COUNT(CASE WHEN {there} THEN 1 END) AS had,
            COUNT(CASE WHEN {there} AND s."on" <= o.accepted_on THEN 1 END) AS in_time,
            COUNT(CASE WHEN {year} AND a.state = 'present' THEN 1 END) AS this_year,
            COUNT(CASE WHEN {year} AND a.state = 'invited' AND s."on" < {hand.day(on=-7)} THEN 1 END) AS open_still,
            COUNT(CASE WHEN {there} AND performance <> '' THEN 1 END) AS performed,
            COUNT(CASE WHEN {there} THEN a.understood END) AS understood
            {training} ON a.session_id = s.id JOIN caseload_mentor o ON o.id = a.mentor_id
            WHERE g.kind = 'initial' GROUP BY a.mentor_id) i ON i.mentor_id = m.id
        LEFT JOIN (SELECT a.mentor_id, MAX(s."on") AS offered {training} ON a.session_id = s.id
            WHERE g.kind = 'refresher' AND {play} AND (s."on" <= {at} OR g.made_at < {hand.day(on=1)})
            GROUP BY a.mentor_id) f ON f.mentor_id = m.id
        WHERE m.service_id = {hand.service} AND (left_on IS NULL OR left_on >= {since})"""
    asked = f"equalities_asked_on <= {at}"
    now, coming = "taken AND stays", f"applied_on <= {at} AND erased_at IS NULL"
    settled = f"{now} AND here AND accepted_on < {at}"
    applied = f"applied_on <= {at} AND stays"
    month = hand.day(Period(1, "month"))
    decided = f"(accepted_on BETWEEN {since} AND {at} OR chosen_on >= {since})"
    refused = f"{coming} AND chosen = 'no' AND chosen_on >= {since}"
    spoken = " AND ".join(f"topics LIKE '%\"{one}\"%'" for one in ("boundaries", "aims", "perceptions", "continue"))
    first = f"{'MIN' if hand.sqlite else 'LEAST'}(COALESCE(noted, '9999-12-31'), COALESCE(measured, '9999-12-31'))"
    final = hand.latest("COALESCE(noted_last, '0001-01-01')", "measured_last")
    well = hand.latest("accepted_on", "noted_last", "measured_last", "back")
    return hand.all_of(
        rows,
        _32_1=hand.counts(settled, "badge"),
        _36_1=hand.counts(f"{applied} AND here AND (applied_on < {month} OR {asked})", asked),
        _45_0=hand.counts(
            f"{coming} AND (applied_on >= {since} OR this_year > 0 OR open_still > 0 OR introduced)",
            "COALESCE(open_still, 0) = 0",
        ),
        _46_0=hand.counts(f"{coming} AND applied_on >= {since}", "(form OR joined_by <> '')"),
        _46_1=hand.counts(
            f"{coming} AND applied_on >= {since} AND (stepped OR (applied_on < {month} AND stays))", "stepped"
        ),
        _46_2=hand.counts(f"{applied} AND here AND applied_on < {at}", "consent = 'given'"),
        _47_0=hand.counts(settled, "role <> 'no'"),
        _47_1=hand.counts(settled, "interview <> 'no'"),
        _47_2=hand.counts(settled, "refs >= 2"),
        _47_3=hand.counts(
            settled,
            f"clear AND (accepted_on < {since} OR joined_by <> '' OR before)",
            "expires_on",
            endless=True,
        ),
        _48_0=hand.counts(settled, f"(had >= 2 AND accepted_on < {since} OR in_time >= 2 OR joined_by <> '')"),
        _50_0=hand.counts(f"{coming} AND {decided}", "note <> ''"),
        _50_1=hand.counts(f"{coming} AND {decided} AND had > 0", "performed > 0 AND understood > 0"),
        _51_0=hand.counts(f"{refused} AND (told OR chosen_on < {hand.day(on=-7)})", "told"),
        _51_1=hand.counts(f"{refused} AND told", "signposted"),
        _52_0=hand.counts(f"{now} AND here", f"(session IS NULL OR {spoken})", "supervised", HALF),
        _52_1=hand.counts(f"{now} AND here AND earlier IS NOT NULL AND session >= {since} AND NOT paused", "spoken"),
        _53_0=hand.counts(f"{now} AND here", day="heard", lasts=QUARTER),
        _54_0=hand.counts(f"{now} AND here", day="offered", lasts=YEAR),
        _55_1=hand.counts(f"{now} AND matched", "profiled"),
        _e12_0=hand.counts(f"{now} AND here", f"(accepted_on >= {hand.day(YEAR)} OR {first} <> {final})", well, YEAR),
        _e15_0=hand.counts(settled, "talked <> 'no'"),
        _e16_0=hand.counts(f"{now} AND here", day="supervised", lasts=QUARTER),
    )
