"""What development notes are made of. <G1> is the first person's given name, <S1> the family name, <F1> both, <N1> a
short form, <I1> initials with the family name, <J1> the given name with an initial, <R1> the family name first, <E1> how
an e-mail address writes it, <X1> how a file's name does; <P> a place, <O> an organisation, <D> a date, <T> a time.
"""

NOTES = """
Met <G1> at <O> at <T>. <G1> has been working on attendance and feels better about school.
<G1> did not turn up. Rang <G1>'s mum <G2>, who said <G1> was at <P>. Will try again next week.
Phone call with <F1> on <D>. <G1> will be late on Thursday.
<G1> and <G2> went to <P> together. They had lunch at <O>.
Spoke to <T1> <S1> about <G2>'s behaviour in class. <T1> <S1> will ring home.
Supervision with <F1>. <G1> raised a worry about <G2>. Passed to <G3> the same day.
<G1> said that <G2> may move to <P> in June. Hope to hear by Friday.
His mentor <G1> is patient. He calls <G1> "<N2>".
<G1> (<N1>) wants to apply to <O>. Personal statement drafted.
Text from <N1>: can't make it today. Sent <N1> the address.
Home visit. Present: <G1>, <G2> and their nan. <G2> made tea.
I met <G1> for the first time today. She told me about her brother <G2> and her cat.
We talked about money. <G1> owes £40 to <G2>. Budget sheet done.
<G1> is matched with <F2>, who works for <O>.
<F1> signed the agreement on <D>. Countersigned by <I2>.
Following a call from <I1> at <O>, <G2> will be seen on Monday.
<S1> was not available. <S2> took the minutes.
Ask <G1> whether <G2>'s dad has parental responsibility.
<G1>'s goals: sleep, friends, maths. <G1>'s mentor: <F2>.
<G1>, who is 14, lives with her aunt <G2> in <P>.
Great session today! <G1> passed Maths. <G2> baked a cake. Everyone cheered.
Feedback from <G1>: "<G2> never judges me."
Email from <G1> <S1> saying the form is on its way.
The school nurse, <G1> <S1>, asked if <G2> had eaten.
Next meeting with <G1>: <D>, <T>, <P>.
Agreed with <G1> that I would speak to <T2> <S2> at <O>.
<G1> wants to be a chef like <F2>.
Walked with <G1> to <P>. We saw <G2>, his old mentor.
<G1> asked for help with a housing form. Referred to <O>.
Volunteer <F1> resigned. Exit interview by <G2> on <D>.
Thanks to <G1>, <G2> and <G3> for running the stall at <O>.
No concerns. <G1> happy. <G2> happy. Match continues to <M>.
<G1>? Not seen since <D>. <G2> thinks <P>.
Handed over from <F1> to <F2> on <D>.
Discussed with <G1>. <G1> to email <G2> by Friday; <G3> to chase.
Mum, <G1>, says things are calmer. Dad, <G2>, is back from <P>.
Social worker (<F1>) and YOT worker (<G2>) attended.
<G1> enjoys football. <G2> enjoys drama. Neither likes <M>.
When I rang, <G1> picked up. I asked for <G2>. "<G2>'s out," said <G1>.
<G1>/<G2> session moved to <D>.
Befriender <G1> visits <T2> <S2> every Wednesday. <T2> <S2> is 84.
<G1> turned 16 in <M>. We marked it with cake; <G2> sang.
It was lovely to see how proud <G1> was of <G2>.
Saw <G1>. Seemed tired. Will tell <G2>. Mark as done.
Tell <G1> that the bill is paid. May have to ask <G2> in <M>.
""".strip().splitlines()

WORDS = """
<W1> said <w1> is a funny word. We all laughed with <W1>.
Met <W1> at <T>. <W1> was well. <W2> did not come.
<W1> will come on <D>. Ask <W2> about <M>.
Is <W1> free in <M>? <W1> thinks so.
Spoke to <W1> and <W2> about the trip. <W1> paid.
Mentor: <W1> <S2>
Mentee: <W1>
Present: <W1>, <W2>, <G3>. Apologies: <W4>.
Thanks <W1>!
I think <W1> felt let down. <W1>'s dad rang.
<W1> rang. <W2> rang too. <W4> is on leave.
<W1> has been in touch with <O>.
Gave <W1> the leaflet. <W1> said thank you.
<W1> likes swimming; <W2> likes chess.
My mentor is <W1>. <W1> helps me with reading.
<W1> wasn't there so <W2> waited outside.
hi <w1>, r u ok? <w2> was asking
tell <w1> i said hi
<w1> wont be in today
ok <w1> see u then x
me and <w1> went <P> with <w2>
<W1>
""".strip().splitlines()

PLAIN = """
We hope to meet again in <M>. The bill was paid. It will be fine.
Will ring on Monday. May be late. Hope all is well. Mark the register.
Session cancelled because of rain. Next one on <D> at <T>.
Talked about summer plans, art, and faith. Good to be frank.
The grace period ends on <D>. There will be a bill in <M>.
Travel by bus from <P> to <P>. Ticket £3.40. Receipt on file.
Goals reviewed: confidence, housing, money. Score 42 out of 70.
Please return the form by <D> to <O>.
The young person enjoyed the session and asked to come again.
The mentee was quiet. The mentor gave her time. No concerns were raised.
Policy reviewed on <D> by the Board. Version 3.2, page 12 of 40.
See the Safeguarding Policy, the Code of Conduct and the Mentor Handbook.
Training: Boundaries, Active Listening, Lone Working, Equality and Diversity.
The Chair thanked the Trustees. The Treasurer reported a surplus. Meeting closed at <T>.
A lift may be needed. Rose-tinted view. Early dawn start. Jade green bag.
Art and Drama are her best subjects. French is hard. She will drop Spanish.
Funded by <O> and <O> until <M> 2027. Reference <REF>.
Left a voicemail and sent a text. No reply. Will try again on Friday.
He wants to go to college in <P> to do Plumbing at Level 2.
Trip to <P> on <D>: coach leaves <T>. Bring a packed lunch and a coat.
Universal Credit form done. Jobcentre appointment on <D>. Bring ID and a bank letter.
Young Carers Group meets in Room 4. Black History Month. Mental Health Awareness Week.
Check DBS, references, Induction and Training before the match.
Young, black, green, brown, long, short, king, queen and bishop: we played chess and Guess Who.
Head of Year, Form Tutor, SENCo, Social Worker, Youth Worker, GP: all told.
Chose a book from the library. Read chapter 3. Liked the ending.
Read Great Expectations and watched Doctor Who. Played Monopoly. Listened to Capital Radio.
Age 15. Year 10. Group B. Week 6 of 12. Attendance 94%. Lates 3.
Her mum and dad came. His nan rang. Auntie will pick up. Cousin in hospital.
Everyone was on time. Nothing to report. All well.
Rang the surgery. Rang the school. Rang the council. No answer.
Easter Monday, Whit Sunday, May Day and Remembrance Sunday are days off.
Where will we meet? When may we start? Who can drive? What a day!
Lunch at Nando's, Pizza Express or Wetherspoons; shopping at Primark and Next.
Sunny day. Walked round the lake, fed the ducks, watched the boats.
Wants to be a paramedic, chef, or mason. Has a rich imagination.
Bank holiday on <D>. Office closed. Urgent calls to the duty line.
Autumn Term starts <D>. Summer Term ends in July. Spring half term: no sessions.
Happy Birthday! Well done! Congratulations! Merry Christmas! Good luck!
Apologies were received from two trustees. Minutes agreed. Matters arising: none.
Strengths: Humour, Kindness. Needs: Sleep, Routine. Hopes: College.
Signed: (see paper copy). Date: <D>. Witness: none.
UK Government guidance. NHS England. Public Health Wales. The Scottish Government. Ofsted rated it Good.
Referred by: School. Reason: Attendance. Priority: High. Status: Waiting.
""".strip().splitlines()

FORMS = """
Mentor: <F1>|Mentee: <F2>|Date: <D>|Venue: <P>
Name: <F1>|Date of birth: <D>|School: <O>|Year: 9
First name: <G1>|Surname: <S1>|Known as: <N1>|Town: <P>
Full name of applicant: <F1>|Referee 1: <F2>|Referee 2: <I3>
Parent/carer: <F1>|Relationship: Mother|Emergency contact: <G2>
Referrer: <T1> <S1>|Organisation: <O>|Role: Head of Year|Young person: <F2>
Author: <F1>|Last modified by: <E2>|Title: Review of <G3>|Company: <O>
Creator: <G1> <S1>|Subject: <G2> goals|Keywords: review, <G2>
From: <F1> <<E1>@example.org>|To: <F2>|Subject: <G3>|Sent: <D> <T>
From: <F1>|To: <F2>; <F3>|Cc: <F4>|Subject: RE: minutes
Attendees: <G1>, <G2>, <G3>|Apologies: <G4>|Chair: <F5>
Signed: <I1>|Print name: <F1>|Date: <D>
Staff: <J1>|Client: <J2>|Venue: <O>|Outcome: Good
Completed by <F1>|Checked by <I2>|Seen by <G3>
Coordinator|<F1>|Deputy|<F2>|Treasurer|<F3>
Child's name|<F1>|Mother's name|<F2>|GP|Dr <S3>
SURNAME|<S1>|FORENAMES|<G1> <G2>|TITLE|Ms
Mentee name - <G1>|Mentor name - <G2>|Session number - 4|Activity - Bowling
Young person's view|<G1> says it is going well|Mentor's view|Attendance up, Confidence up
Lead: <G1>|First aider: <G2>|Hazard: Traffic|Likelihood: Low
""".strip().splitlines()

TABLES = """
Name\tGroup\tStatus||<F1>\tA\tActive||<F2>\tB\tWaiting||<F3>\tA\tEnded
Mentor | Mentee | Start||<F1> | <F2> | <D>||<F3> | <F4> | <D>
Surname, First name|Year||<R1>|9||<R2>|10||<R3>|11
<G1>\tpresent\tpresent||<G2>\tabsent\tpresent||<W3>\tlate\tabsent
1. <F1> - goals set||2. <F2> - no show||3. <F3> - moved group
<R1>; <R2>; <R3>
id,first,last,town||1,<G1>,<S1>,<P>||2,<G2>,<S2>,<P>||3,<W3>,<S3>,<P>
Initials\tName\tHours||<J1>\t<F1>\t12||<J2>\t<F2>\t7
<W1>, <W2>, <G3>, <G4>, <W5>
- <G1>||- <W2>||- <G3>||- <F4>
Week\tLead\tTopic||1\t<G1>\tTrust||2\t<G2>\tGoals||3\t<W3>\tEndings
Item\tOwner\tBy||Form\t<G1>\t<D>||Room\t<W2>\t<D>||Report\t<I3>\t<D>
Date | Who | What||<D> | <G1> | Text||<D> | <N2> | Call
""".strip().splitlines()

ENDS = """
Kind regards,|<F1>|Volunteer Coordinator|<O>
Best wishes|<G1>
Thanks|<N1>
Many thanks,|<G1> <S1>|Mentor
Yours sincerely|<I1>
Regards|<W1>
love <w1> x
Cheers,|<W1>|Sent from my iPhone
- <G1>
Yours faithfully|<F1>|for <O>
Warm regards,|<G1> <S1> | Mentoring Lead | <O>
cheers <g1>
""".strip().splitlines()

STARTS = """
Dear <T1> <S1>,|
Dear <G1>|
Hi <G1>,
Hi <W1>
hiya <g1>
Hello <G1> and <G2>,
Morning <W1>,
Dear Sir or Madam,
Dear all,
Hi team,
<G1>,
Good afternoon <T1> <S1>
""".strip().splitlines()

CHATS = """
hi <g1> its <g2> from mentoring, r u free tmrw
<g1> said he'll come if <g2> does lol
can u ask <n1> 2 bring the form pls
omw. <g1> is with me
soz cant make it my bro <g1> is ill
tell <g1> happy bday from me n <g2>
did <g1> get home ok?? <g2> is worried
<g1>s mum rang, she wants to talk to <g2>
met <f1> at costa, she was fine
who is <g1>? is that <g2>s cousin
whats <g1>'s number
[<D>, <T>] <F1>: u up?
[<D>, <T>] <G2>: yes mate
<G1>: running late
<g1> <s1> is my new mentor, old one was <g2>
ok will do, may be late, hope thats ok
got the bill, its mad. will pay in june
u can mark it as done, thanks hun
nah im good ty, c u fri at the library
thx <g1> ur a star
been 2 <P> with <g1> n <n2>, was jokes
<G1> added <G2>
""".strip().splitlines()

FILES = """
<X1>_review.docx
review_<X1>_<X2>.pdf
<X1>-referral-2026-05-04.docx
Minutes_<X1>.odt
photo of <X1> and <X2>.jpg
C:\\Users\\<E1>\\Documents\\notes <X2>.docx
/home/<E1>/cases/<X2>.pdf
Scan_20260504_<X1>.pdf
agreement signed <X1>.pdf
Mentor_Handbook_v3.pdf
Risk_Register_2026.xlsx
Safeguarding-Policy-March-2026.docx
QIM_Evidence_4.2_Training.pdf
<X1>.vcf
""".strip().splitlines()

ADDRESSES = """
Contact: <E1>@example.com
E-mail <E1>@example.org or ring the office.
<F1> <<E1>@example.net>
Insta: @<E1>
Twitter @<E1>, website www.example.org/people/<E2>
https://example.org/staff/<E1>.html
facebook.com/<E1>
Please write to info@example.org or mentoring@example.org.
<E1> at example dot org
mailto:<E1>@example.org;<E2>@example.org
Login <E1>, last seen <D>
""".strip().splitlines()

LAW = """
The case originated in an application (no. <REF>) against the Republic of <C> lodged with the Court under Article 34 of the Convention for the Protection of Human Rights and Fundamental Freedoms ("the Convention") by a national, <T1> <F1> ("the applicant"), on <D>.
The applicant was represented by <T2> <F2>, a lawyer practising in <P>. The Government were represented by their Agent, <T3> <F3>, of the Ministry of Foreign Affairs.
The applicant, <T1> <F1>, was born in 1957 and lives in <P>.
The <P> Regional Court, presided over by Judge <S4>, dismissed the appeal on <D>.
On <D> the public prosecutor, <I4>, charged the applicant under section 15 of the Criminal Code.
The European Court of Human Rights (Fourth Section), sitting as a Chamber composed of: <I1>, President, <I2>, <I3>, <I4>, judges, and <F5>, Section Registrar, delivers the following judgment.
Relying on Article 6 § 1 of the Convention, the applicant complained about the length of the proceedings.
The Supreme Court of Cassation upheld the judgment of the Court of Appeal. The Constitutional Court declared the complaint inadmissible.
Done in English, and notified in writing on <D>, pursuant to Rule 77 §§ 2 and 3 of the Rules of Court.
In the case of <S1> v. <C>, the Grand Chamber held that there had been a violation of Article 8.
A witness, <G4> <S4>, stated before the District Court that <S1> had been at home on the night of <D>.
The applicants, <T1> <F1> and <T2> <F2>, are brothers. <G1> was arrested by officers of the Security Directorate.
The Magistrates' Court convicted <T1> <S1> of assault. <T1> <S1> appealed to the Crown Court at <P>.
The Ministry of Justice, the Bar Association and the Prison Service submitted observations. The Committee of Ministers was informed.
Dr <S2>, a psychiatrist at <P> State Hospital, examined the first applicant. His report of <D> was admitted in evidence.
See also <S3> and Others v. <C>, no. <REF>, § 43, ECHR 2005-II; and <S4> v. the United Kingdom, judgment of <D>, Series A no. 28.
FOR THESE REASONS, THE COURT UNANIMOUSLY Declares the application admissible; Holds that the respondent State is to pay the applicant EUR 5,000.
Counsel for the defendant, <F5>, instructed by Messrs <S4> and <S3>, submitted that the Land Registry had erred.
Lord Justice <S1>: I agree. Mrs Justice <S2>: I also agree.
PROCEDURE THE FACTS I. THE CIRCUMSTANCES OF THE CASE II. RELEVANT DOMESTIC LAW AND PRACTICE
The Istanbul State Security Court, the Ankara Court of Appeal and the Court of Cassation gave judgment. The Official Gazette published Law no. 2709.
The Social Insurance Institution, the Housing Association and the Municipal Council of <P> replied that the Code of Civil Procedure applied.
The Government contested that argument. The Court notes that the complaint is not manifestly ill-founded within the meaning of Article 35 § 3.
The applicant's son, <G4>, then aged six, was placed with foster parents. <G4>'s guardian <I5> objected.
<S1>, a Moldovan national, alleged that Mr <S2> had threatened him. Police Sergeant <S3> took a statement.
""".strip().splitlines()

MAILS = """
 -----Original Message-----|From: <R1>|Sent: <D> <T>|To: <R2>; <R3>|Subject: RE: Gas contract
---------------------- Forwarded by <F1>/HOU/ECT on <D> <T> ---------------------------
<F1>@ECT|<D> <T>|To: <F2>/Corp/Enron@Enron, <F3>/HOU/ECT@ECT|cc: <F4>/NA/Enron@Enron|Subject: Re: Master Agreement
<G1> -|Can you look at this with <G2>? I think <G3> has the redline. Thanks, <G4>
<G1>: please call <G2> in Legal about the ISDA Schedule. <N4>
I spoke with <G1> and <F2> at ABC Energy. The West Desk wants to trade by Monday. Call me.
To: <E1>@example.com|cc: "<F2>" <<E2>@example.com>
<F1>|Vice President, Trading|<O>|(713) 555-0142
Attached is the draft. Let me know if you have comments on the Credit Support Annex. Regards, <G1>
Are you coming to the Houston office on Friday? <W1> and <W2> want to have lunch.
FYI. <N1>|> On <D>, <F2> wrote:|>> <G1>, thanks for the update. Tell <W3> the deal closed.
Please set up a conference call with <G1>, <G2> and Bank of America for <D>.
FERC Order 2000, California ISO and the Power Exchange. PG&E and Edison filed on <D>.
<G1>,|Per our discussion, the Board approved the Term Sheet. <I2> will sign for Northwind Energy LLC.
""".strip().splitlines()

NEWS = """
<F1>, the president of <C>, told reporters in <P> that the economy would grow. <S1> was elected in 2019.
Police in <P> said <F1>, 34, was arrested on <D>. His lawyer, <F2>, declined to comment.
<S1> scored twice as <P> United beat City 3-1. Coach <F2> praised <S3>.
"We will win," said <F1>, a farmer from <P>. Minister <F2> disagreed.
<P> (Reuters) - Shares rose as the Central Bank of <C> cut rates. Analyst <F1> of Deutsche Bank said so.
The Prime Minister, <F1>, met Foreign Secretary <F2> and UN envoy <F3> in <P> on Tuesday.
Opposition leader <S1> and the National Assembly will vote in <M>. The Ministry of Health confirmed 40 cases.
Born in <P>, <F1> studied at <O> before joining the army. <S1> married <F2> in 1954.
Former champion <F1> ( <C> ) beat <F2> ( <C> ) 6-3 6-4
The album by <F1> was released by Island Records in <M> 1999 and reached the Billboard 200.
RT @<E1>: so proud of <F2> tonight #TeamGB
thank you <G1> for coming to <P>! @<E2>
watching Match of the Day with <G1> and <G2> :)
""".strip().splitlines()

ROUGH = """
Big <G1> came. Wee <G2> too. <S3> the Van drove.
<S1> the Milk told <N2> about it.
Uncle <N1> and aunty <N2> were there.
aunty <g1> rang, uncle <n2> is poorly
<N1> rang about the van. <N1> will fetch it.
<N1> has the keys. <N2> has the code.
<n1> has the keys
ask <n1>
<n1> said no. <n2> said yes
seen <w1> about?
<w1>s bike got nicked
<w1> has netball, <w2> has drama
<w1> to call <w2> before 5
<W1> is late again; <W2> made the tea.
<W1> lives by the park, <W2> by the church.
Chase <W1> re form. Ring <W2> re lift.
To do: ring <W1>, see <W2>, email <G3>.
Cover: <W1> (Mon), <W2> (Tue), <G3> (Wed).
<W1> has moved. <W1>'s new key worker is <W2> <S2>.
Mr <W1> and Mrs <W2> complained. <W1> was calmer later.
Told <W1> no. Told <W2> yes.
<W1>, <W2> & <W4>
"I will," said <W1>. "You may," said <W2>.
<W1> - DNA. <W2> - attended. <G3> - cancelled.
I asked <W1> what she would like. <W1> said art.
the form for <w1> <s1> is in the tray
<w1> aged 15, <w2> aged 12
<g1> aint coming 2day hes poorly
u seen <n1>? hes not answering
gonna ask <g1> if shes free sat
<g1> n <g2> had a row at the youth club so i walked <g1> home
was w <g1> at the park, <n2> turned up late as usual
dont tell <g2> but <g1> got him a card
my mentor <g1> is proper nice
tbh <g1> does my head in
lol <n1> fell off the bench
<g1> pls ring <g2> asap
<g2> here. lost my phone, use <g1>s number
hi miss its <g1> from year 9, i cant do tues
hello this is <g1>'s mum, <g1> wont be in tomorrow, he has the dentist
hey <g1>! happy to meet next wk, bring <g2> if u like
ok <g1> will do
yes <w1> can come
is <w1> coming or not
<w1> said may is better for her
i told <w1> i hope it works out
will <w1> be there? i will
<w1> might, <w2> wont
cant find <w1>
<w1> and <w2> r late
ask <w1> or <w2>
saw <w1> today. <w1> says hi
thnx <w1> x
<w1>s birthday is in june
did <w1> mark the form? mark it done pls
<w1> lost her bus pass so <g2> gave her a lift
spoke to <w1> on the phone, all good, will ring again
hope <w1> is ok
may see <w1> on friday
<w1> <s2> is the new coordinator
<g1> <s1> signed it
mr <s1> said no
miss <s1> rang home
mrs <s1> from housing wants <g2> to call
<n1>, <n2> and <g3> in the car
pickup <g1> 4pm, drop <g2> 5pm
<g1> 1, <g2> 0, good game
shift: <n1> am, <n2> pm
team a: <g1>, <g2>. team b: <w3>, <n4>
from <g1>
- <n1>
<n1> x
<g1> xx
its <n1>
me, <g1>, <n2>
<g1>???
<G1>!!
<N1> is what everyone calls <G1>. <N1> lives with <G2>.
They call him Big <G1>. Big <G1> runs the gym.
Known at the club as Little <G1>; his real name is <F1>.
<G1> goes by <N1> or just <G1>.
"<N1>" wrote on the card, and under it "<G2>".
<N1> rang for <N2>. Told <N1> that <N2> was out.
Left a note for <N1>.
<N1> - no answer. <N2> - will come.
Session with <N1>: CV done, cover letter begun.
<N1>'s nan knows <N2>'s nan.
<W1> said that it will, in her words, be a grace to see May out. <W1> laughed.
A joy to meet <W1>. The joy did not last: <W2> was cross.
In May we met <W1>. In June, <W2>. <W1> may come back in April.
Can <W1> come? Will <W2> drive? Who may sign for <W4>?
Rich pickings, said <W1>. Frank talk with <W2> about the bill.
Bill it to the project. <W1> will mark it paid by the dawn of summer.
Pat <W1> on the back. Drew a map for <W2>. Jack up the price.
The art of listening: <W1> has it. <W2> may learn.
Hope that <W1> copes. Faith in <W2>. Patience needed with <G3>.
At dawn <W1> rang; by noon <W2> had come.
<W1> (16) and <W2> (17) are sisters.
We asked <W1> to lead. <W2>, <G3> and <W4> will help.
<W1> <S1> and <W2> <S2> joined the board in April.
It was <W1> who found the keys. Not <W2>.
Ms <S1> asked Mr <S2> to wait. <S1> then left.
Young <G1> is doing well. Long chat with <G2>. King of the castle, <G3>!
<W1>: fine. <W2>: away. <G3>: fine.
The Rev <F1> opened St Mark's Hall. Hope House sent flowers. <W2> sang.
Bus from King Street to Rose Hill with <W1>. Ate at The Green Man.
May Day at Grace Church, then Joy Cafe on Summer Lane, with <G1>.
Storm Amy shut the Penny Lane office. Buster the dog is fine. <G1> walked Rex and Daisy the cat slept.
The Jack Russell bit the postman. <G1>'s dog is called Charlie.
Read Harry Potter with <G1>; watched Peppa Pig with her sister <G2>.
Cancelled by Will-writing firm May & Shepherd Ltd. Told <G1>.
St Peter's, St Anne's and King David High all replied. Sue Ryder did not.
Ticket to Ride at Wembley. Ed Sheeran on the radio. <G1> sang along.
""".strip().splitlines()

HARD_FILES = """
<X1> <X2> agreement 12 May.docx
CV_<X1>_final_FINAL.docx
IMG_20260504_<X1>.heic
WhatsApp chat with <X1>.txt
notes-<X1>-and-<X2>.txt
<X1>Statement(2).pdf
Supervision_<X1>_with_<X2>_Mar26.pdf
2026-05-04 <X1> home visit.docx
\\\\server\\share\\Mentees\\<X1>\\Goals.xlsx
S:/Cases/<X1>/<X2> letter.doc
Fwd_ <X1> - referral.msg
old/<X1>.bak.docx saved by <E2>
dbs_check_<X1>.png
budget_may_2026.xlsx
hope_house_floorplan.pdf
summer-fair-poster-v2.pdf
grace_church_hire_form.docx
""".strip().splitlines()

PLACES = """Leeds;Roath Park;the library;Costa;Victoria Park;Bolton;Newport Road;the Jubilee Centre;Peckham;Cardiff Bay;
Hackney;St Mary's Hall;King's Cross;Harrow;Wrexham;Derby;Lincoln;Chester;Durham;Ashford;Bradford;Preston;Warwick;
Washington;Camden;Stockwell;Albert Square;Moss Side;Grange Hill;Burnley;Bath;Reading;Sandwich;Ware;March;Rugby;Hove;
Kraków;Istanbul;Lagos;Accra;Hargeisa;Lisbon;Ankara;Diyarbakır;Sofia;Kyiv;Strasbourg;Vienna;Warsaw;Bucharest;London;
Station Approach;Baker Street;Primrose Hill;Gas Street Basin;Northgate;Wexcombe;the Town Hall;Tower Hamlets;Paddington;
the drop-in;the leisure centre;Greggs;Nando's;McDonald's;the Apollo Cinema;Manchester;Glasgow;Belfast;Swansea;Luton;
Abersoch;Llanelli;Pontypridd;Merthyr Tydfil;Auchterarder;Kirkcaldy;Ballymena;Omagh;Stow-on-the-Wold;Milton Keynes;
Houston;Chicago;Sydney;Melbourne;Nairobi;Mumbai;Karachi;Dhaka;Manila;Beijing;Tehran;Cairo;Jakarta;Bogotá"""
ORGANISATIONS = """Hillview School;St Cuthbert's Academy;Lanternside Mentoring;Northgate Medical Practice;City College;
Leeds City Council;the University of Bristol;Age UK;Barnardo's;the Prince's Trust;Thistledown Befrienders;HMP Wexcombe;
Harris Academy;Mary Seacole House;the Stephen Lawrence Centre;Tesco;Barclays;John Lewis;Marks and Spencer;W H Smith;
Great Ormond Street Hospital;Morley College;King Edward VI School;Queen Elizabeth Hospital;St John Ambulance;Citizens
 Advice;the National Lottery Community Fund;Youth Justice Service;Bramble House;Grace Church;Hope House;Faith Academy;
Rose Cottage Nursery;Joy Foundation;Sue Ryder;Marie Curie;Kings College;Duke of Edinburgh's Award;Walker & Sons Ltd;
Carter Jonas;Greenfield Housing Association;Crosby Food Bank;Virgin Media;Jobcentre Plus;Wandsworth Library;
Channel View Leisure Centre;Sandwell CAMHS;Office for Students;Comic Relief;Awards for All;BBC Children in Need"""
COUNTRIES = "Turkey;Poland;Romania;Russia;Ukraine;Italy;France;Hungary;Bulgaria;Kenya;Ghana;Nigeria;India;Brazil;Chile"
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr", "Mrs", "Ms", "Cllr", "Rev", "Prof", "Mr.", "Mrs.", "Dr.", "MR")
