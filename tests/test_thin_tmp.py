from tests.conftest import *
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from kithwork.evidence.models import Item
from kithwork.gate.models import Original, Scan
from kithwork.procedures.gating.working import work
def test_thin(journey_at, people, as_user, today):
    j=journey_at("registered"); ada=as_user(people.ada)
    body=b"Bea Forth met Cid. Will was there. Write to x@y.example.\n\nHope is what they have. "*3
    up=SimpleUploadedFile("minutes.txt", body)
    a=ada.post(reverse("requirement",args=[j.ref,"1"]),{"do":"file","file-title":"Minutes of Bea","file-upload":up,"file-dated_day":str(today.day),"file-dated_month":str(today.month),"file-dated_year":str(today.year)})
    print(a.status_code, a.get("Location"), a.content.decode()[:0])
    o=Original.objects.get(); print(o.state)
    g=ada.get(a["Location"]); print(g.status_code, "being read" in g.content.decode())
    print(work()); o.refresh_from_db(); print(o.state,o.reason)
    g=ada.get(a["Location"]); t=g.content.decode(); __import__("pathlib").Path("/tmp/one.html").write_text(t); print(g.status_code)
    import re
    keys=set(re.findall(r'name="(all-\w+)"',t)); v=re.search(r'name="seen" value="(\d+)"',t)[1]
    data={k:"reduce" for k in keys}|{"do":"decide","seen":v}
    r=ada.post(a["Location"],data); print(r.status_code)
    t=ada.get(a["Location"]).content.decode()
    v=re.search(r'name="seen" value="(\d+)"',t)[1]
    r=ada.post(a["Location"],{"do":"approve","seen":v,"approved":"on","read":"0""',t)}); print(r.status_code, re.findall(r"error-summary.*?</ul>", r.content.decode(), re.S)[:1])
    o.refresh_from_db(); print(o.state); print(work()); o.refresh_from_db(); print(o.state,o.reason)
    i=Item.objects.get(); print(i.title,i.file_name,i.file.read(), i.passed_at)
    s=ada.post(reverse("requirement",args=[j.ref,"4"]),{"do":"statement","statement-title":"How","statement-text":"Bea Forth does it."})
    print(s.status_code); t=s.content.decode(); __import__("pathlib").Path("/tmp/st.html").write_text(t); n=re.search(r'name="(statement-gate-[0-9a-f]+)"',t)[1]
    s=ada.post(reverse("requirement",args=[j.ref,"4"]),{"do":"statement","statement-title":"How","statement-text":"Bea Forth does it.",n:"reduce","statement-gate-seen":"on"})
    print(s.status_code, Item.objects.last().text, Item.objects.last().passed_wording)
