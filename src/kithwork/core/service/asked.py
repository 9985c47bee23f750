"""What is usually asked of everybody who wants to mentor, until a service puts it into its own words.

The same questions for all (001, appendix 2, indicators 46 and 47).
"""

APPLICATION = (
    "Why would you like to mentor?",
    "What experience do you have of helping or supporting somebody, paid or unpaid?",
)
INTERVIEW = (
    "What do you think a mentor does, and does not do?",
    "Tell us of a time when you supported somebody. What did you learn?",
    "What would you do if you were told something in confidence that worried you?",
    "How would you handle somebody who does not turn up?",
    "How much time can you give, and for how long?",
    "What support would you need from us?",
)
REFERENCE = (
    "How long have you known this person, and how?",
    "Are they reliable, and do they keep confidences? Please give an example.",
    "How do they get on with people who are vulnerable, or unlike themselves?",
    "Do you know of any reason why they should not work with vulnerable people?",
)
TOPICS = (
    "The service, and the role of a mentor",
    "Boundaries, and beginnings and endings",
    "Confidentiality and data protection",
    "Safeguarding, and what to do with a worry",
    "Listening and communication",
    "Equality and diversity",
    "Keeping safe: lone working, expenses, insurance",
    "Support and supervision",
)
