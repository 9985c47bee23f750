"""What people in the sample write at length: pieces of a portfolio, an assignment, what was seen at an observation."""

PIECES = (
    (
        "The week I stopped talking",
        "For a term I told my trainee what I had seen in her lessons, and she thanked me and did the same again. In "
        "the spring I stopped. I put my notes face down and asked what she had noticed. There was a long silence, "
        "and then she named the very thing that I would have said, and a second one that I had missed. Since then I "
        "speak last. I have learned that she trusts what she finds herself, and that my part is to make the room "
        "for it.",
        "",
    ),
    (
        "Planning a lesson together, aloud",
        "We planned a lesson on fractions at one desk, each saying what we thought while we thought it. What I do "
        "without noticing became something that he could see and ask about: why I began with the pupils who find it "
        "hard, where I left time, which answers I hoped for. He took two of these into his own planning the week "
        "after.",
        "",
    ),
    (
        "A film of a conversation after a lesson",
        "Ten minutes, with the agreement of both of us. It shows how I ask, how long I wait, and the moment at "
        "which I gave advice too early. Nobody else can be seen in it.",
        "https://video.example.org/after-the-lesson",
    ),
    (
        "What I read, and what came of it",
        "A chapter on feedback said that a mark and a comment together are worth no more than the mark alone. I "
        "tried it in my own class and with my trainee: comments first, and the rest later. I brought it to the "
        "mentors' meeting, where two colleagues had found the opposite. We have agreed to look at it together next "
        "term.",
        "",
    ),
)

SEEN = (
    "The mentor began by asking what the trainee had hoped for from the lesson, and held the silence that followed. "
    "The trainee named two moments; the mentor had noted both, and let her find the reason herself. Advice was "
    "given once, and asked for. They agreed on one thing to try, and on when to look at it again."
)

_OPENING = (
    "This assignment looks at one part of the process of mentoring: how a mentoring relationship begins, and what "
    "is agreed before anything else is done. I chose it because I have begun mentoring twice, once without any "
    "agreement and once with one, and because the two went so differently that I wanted to understand why. I set "
    "out first what is said about beginnings, then what happened in each case, and then what I do now.",
    "Writers on helping describe it in stages. In the first, two people find out what the matter is and whether "
    "they can work on it together; in the second they look at what could be different; in the third they plan and "
    "act. The stages are not a timetable. People go back, and a good helper lets them. What all accounts share is "
    "that the first stage carries the others. If it is hurried, the goals that follow belong to the helper, and the "
    "person who is helped works on them politely, or not at all.",
    "Part of that first stage is contracting. The word sounds like the law, and puts people off. What it means is "
    "plain: before we begin we say aloud what each of us expects, how often and where we meet, what stays between "
    "us and what does not, and what we do when it does not go well. Mentors sometimes leave it out from kindness. "
    "They do not want to seem cold to somebody who is nervous already. I believed that too.",
    "An agreement also draws the line between mentoring and what lies near it. A coach works on a task, and often "
    "for a shorter time. A counsellor works with distress, and is trained and supervised to do so. A mentor may "
    "touch on both, and has to know where to stop. When the line has been named at the start it can be pointed to "
    "later without anybody losing face. When it has not, pointing to it feels like being shut out.",
)
_PRACTICE = (
    "The first person I mentored was a colleague who had come from a trade, as I had. We met when we happened to be "
    "free, in the staff room, and talked about whatever had gone wrong that day. I liked it, and I think that he "
    "did. After two months I noticed that we had the same conversation each time. He told me what a class had done, "
    "I told him what I would have done, and he agreed. Then he began not to be free. I was hurt, and thought that "
    "he was not serious.",
    "Looking back with the stages in mind I see what was missing. We never asked what he wanted from it. I had "
    "taken it to be help with behaviour, since that was what he spoke of. Much later I learned that he had wanted "
    "to find out whether teaching was for him at all, and that he could not ask this of somebody who was so sure "
    "that it was. We had also never said what was confidential. The staff room answered that question for us, and "
    "so he kept to safe things.",
    "With the second person I began otherwise. We met in a room with a door, for an hour, and I brought a sheet "
    "with five headings: what you hope for, how often and where, what stays between us, what I will not do, and "
    "what happens if one of us wants to stop. We filled it in together in her words. It took the whole hour, and at "
    "the end I worried that we had done nothing. In the next meeting she said that it was the first time in the job "
    "that anybody had asked her.",
    "The sheet did its work in the fourth month. She told me of something at home that frightened me. I am not a "
    "counsellor, and under 'what I will not do' we had written that I would not pretend to be one. I could say so, "
    "and ask whether she would like to find somebody together. She did. We went on meeting about her teaching. "
    "Without the sheet I think that I would either have tried to help and done harm, or have backed away and said "
    "nothing.",
)
_ENDING = (
    "What I take from this is not that a form makes a relationship. The sheet was good because we wrote it "
    "together, and because it asked about stopping as well as starting. A form that I had filled in beforehand "
    "would have been one more thing done to her. Nor did it make us stiff. It was after the agreement, and I think "
    "because of it, that she began to speak of what she found hard.",
    "There are limits to what two cases can show. The two people differ, and I had learned from the first when I "
    "met the second. I have also only my own account of how it was for them. I asked both to read what I wrote; "
    "each agreed to it, and neither can be known from it. My line manager, who reads this scheme's reports, was "
    "told nothing of either.",
    "I now begin every time with a meeting in which nothing is done but agreeing. I leave the sheet with the other "
    "person, and we look at it again after three months, which has changed it each time so far. I would like next "
    "to learn how to end well. I notice that my agreements say how we may stop, and not yet how we shall know that "
    "we are done.",
)
ESSAY = "\n\n".join((*_OPENING, *_PRACTICE, *_ENDING))
