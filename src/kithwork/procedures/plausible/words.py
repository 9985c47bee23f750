"""What is said and written in a plausible service. Everybody in it is made up; so is every word."""

INTERESTS = (
    "cooking",
    "football",
    "allotments",
    "knitting",
    "chess",
    "walking",
    "birds",
    "music",
    "films",
    "drawing",
    "bicycles",
    "history",
    "swimming",
    "computers",
    "baking",
    "reading",
)
# some of them are what people need, as a service words both
SKILLS = (
    "somebody to talk to",
    "work",
    "confidence",
    "cooking",
    "school or college",
    "getting out more",
    "computers",
    "gardening",
)
NEEDS = (
    "somebody to talk to",
    "confidence",
    "getting out more",
    "school or college",
    "work",
    "health",
    "new to the area",
    "a young family",
)
WHY = (
    "Has moved here and knows nobody yet.",
    "Hardly leaves home since losing a job, and would like to change that.",
    "Would like somebody to talk to about what comes after school.",
    "Cares for a parent and has lost touch with friends.",
    "Wants to get back into work and is unsure where to begin.",
    "Left hospital in the spring and would like company for first steps outside.",
)
PROFILE = (
    "I like {a}, and I would like to know more about {b}. Mornings are not my best time.",
    "People say I am quiet at first. I like {a} and {b}.",
    "I laugh a lot. What I would like to do together: {a} or {b}.",
    "I have lived in four towns. Ask me about {a}; I ask you about {b}.",
)
WISHES = ("Somebody patient.", "Somebody who likes to be outside.", "Somebody with a sense of humour.", "")
CONTACT_WISHES = ("Ring after four.", "Text first, then ring.", "Letters in large print, please.", "", "", "")
MET = (
    "Walked along the river and talked about {a}.",
    "Coffee in the library. Talked about the week, and about {a}.",
    "Filled in a form together; it took two cups of tea.",
    "Tried out {a}. Good laugh.",
    "A quieter day. Listened mostly.",
    "Made a list of small steps for the next weeks.",
    "Went to the market, then sat by the quay.",
    "Talked about {a}, and about what went well lately.",
    "Looked at the plan again: one goal is nearly there.",
    "Rain, so we stayed in the community room and played cards.",
    "Met somebody from the {a} group, who was very welcoming.",
    "",
    "",
)
MISSED = ("Did not turn up; sent a message.", "Cancelled an hour before, not well.", "Mixed up the day.")
WITH_MENTEE = (
    "Rang to ask how things are. Going well.",
    "Rang; looks forward to the next meeting.",
    "Talked about what they would like next.",
    "All well. Reminded of how to reach us.",
    "Happy with how it goes; no worries.",
)
WAITING = (
    "Rang to say that we have not forgotten. Still wants to wait.",
    "Told how the waiting list stands, and about the Friday group meanwhile.",
    "Still keen. Nothing has changed.",
)
WITH_MENTOR = (
    "Rang to ask how it goes. No worries.",
    "Talked over the last meeting; boundaries are clear.",
    "All well. Asked about expenses.",
    "Goes well; thinks about ideas for the winter.",
    "Talked about times: both want to keep the day.",
)
WITH_REFERRER = ("Told how the referral stands.", "Talked about how it goes, as agreed.")
RATIONALE = (
    "Both like {a}, and they are free at the same times.",
    "Both asked for somebody calm; they live near each other and share {a}.",
    "The mentor knows about {a}, which is what was asked for.",
)
MEETS = ("Weekly, at the library", "Weekly, in the community room", "Every two weeks, outside", "Every two weeks, town")
AIMS = (
    "Get out of the house twice a week, and find one group to belong to.",
    "Feel surer in talking to people, and apply for a course.",
    "Know the area, and have two people to ring.",
    "Find out what work would suit, and write an application.",
)
GOALS = ("Go to one group alone", "Write a list of what I can do", "Ring a friend every week", "Visit the college")
OF_SERVICE = (
    "Somebody always rings back.",
    "I was told how long it would take, and it was true.",
    "I like that I was asked what I wanted.",
    "It is good. More trips would be nice.",
)
REVIEW_OUTCOME = (
    "Goes on as it is; the next review in three months.",
    "Goes on; they try another place to meet.",
    "Goes on; a new goal was added to the plan.",
)
ROLES = "The mentor listens, encourages and keeps times; the mentee says what they would like."
BOUNDARIES = "No money lent or given, no visits at home, no numbers passed on. Worries about safety go to the service."
DISPUTES = "Both talk to the coordinator first; if that does not help, a trustee decides."
LOOKED_BACK = (
    "They looked at the plan again: two of three goals are met. They celebrated with cake.",
    "A walk to where they first met. Both said what they take with them.",
    "A last supper at the café, with a card from the service.",
)
PLANNED = ("The aims of the plan are met.", "The time agreed is over.", "Starts a new job, with other hours.")
SUDDEN = ("The mentor moved away at short notice.", "The mentee fell ill.", "No answer any more, after several tries.")
FOLLOWS = (
    "The Friday group is open to them, and we ring once more in six weeks.",
    "They can ask for somebody new at any time; the library course begins in spring.",
)
SUPPORT = "Rang twice in the week after, and offered the Friday group until it is clear what comes next."
LEFT = ("The aims are met.", "Moved away.", "Has found friends.", "Does not wish to go on.")
MENTOR_LEFT = ("Moved away.", "A new job.", "A break after some good years.", "A baby is on its way.")
SELECTED = (
    "Listens well, keeps to what is agreed, and knows where the role ends.",
    "Calm and reliable; both referees say so. Asked good questions in the training.",
    "Warm and clear about boundaries; wants to learn.",
)
NOT_SELECTED = (
    "Would like to give advice rather than listen; the role does not fit.",
    "Has much less time than the role needs just now.",
)
SIGNPOSTED = (
    "The food bank's drivers, who need people with little time.",
    "The advice centre, which trains volunteer advisers.",
)
NOT_OURS = ("Lives outside the area.", "Looks for legal advice, which we do not give.")
ELSEWHERE = ("The advice centre in Saltmouth", "Harbour Light, who work there")
REFEREES = ("a former colleague", "a neighbour of many years", "their tutor", "the leader of their choir")
REFERENCE_ANSWERS = ("Six years.", "Very; she kept my key for years.", "Patient and kind with everybody.", "No.")
PERFORMANCE = (
    "Took part well; good in the practice in threes.",
    "Quiet, and to the point.",
    "Understood boundaries; asked about lone working.",
)
FEEDBACK = ("Good mix. More on endings, please.", "The mentors' stories helped most.", "Clear and friendly.")
ACTED_ON = "An hour on endings was added, and the handouts are shorter."
SUPERVISED = (
    "Boundaries are clear. Enjoys it, and sees the mentee grow surer.",
    "Talked about endings, and about saying no to lifts. Happy to go on.",
    "The mentee benefits, and says so. Would like to go on.",
)
WELLBEING = (
    "Feels well supported.",
    "Tired from work, but the meetings give energy.",
    "Has more confidence than before.",
)
LEARNING = ("More on mental health", "Listening skills", "", "")
RISKS = {
    "low": "Nothing beyond the everyday.",
    "medium": "Finds crowds hard, and may leave at short notice.",
    "high": "Has been at risk of harming themselves in the past.",
}
MANAGED = {
    "medium": "Meet in quiet places; agree on a signal.",
    "high": "Coordinator rings after each of the first meetings.",
}
ACTIVITY = "Public places in daylight; the mentor carries a telephone and knows whom to ring."
HOME = "Quiet house, a friendly dog, nobody else at home at these times."
AGENCIES = ("Lanternside Surgery", "Netherquay College", "Marsh End Family Centre", "The Ferry Street Social Work Team")
REFERRER_ROLES = ("link worker", "tutor", "family worker", "social worker")
