// Long forms save drafts as people type: <form data-draft data-draft-url="/…">. The words on the form
// (data-draft-saved, -saving, -late, -out) come from the page, so that they can be translated.
const PAUSE = 3000; // milliseconds after the last change
const RETRY = 15000; // milliseconds after a failure

export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft][data-draft-url]")) keepDraft(form);
}

function keepDraft(form) {
  const words = {
    saved: form.dataset.draftSaved || "Saved",
    saving: form.dataset.draftSaving || "Saving…",
    late: form.dataset.draftLate || "Not saved yet. We will try again; please keep this page open.",
    out: form.dataset.draftOut || "You are signed out. Keep this page open and sign in again in another tab.",
  };
  const status = form.querySelector("[data-draft-status]") || makeStatus(form);
  let timer = 0;
  let dirty = false;
  let busy = false;
  let sending = false;

  const say = (text, late = false) => {
    status.textContent = text;
    status.classList.toggle("kw-draft--late", late);
  };

  const fields = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.delete("csrfmiddlewaretoken");
    return data;
  };

  const request = (leaving) =>
    fetch(form.dataset.draftUrl, {
      method: "POST",
      body: fields(),
      credentials: "same-origin",
      keepalive: leaving,
      headers: {
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]")?.value || "",
        "X-Requested-With": "XMLHttpRequest",
      },
    });

  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    if (!dirty || sending) return;
    if (busy) return plan(PAUSE);
    busy = true;
    dirty = false;
    say(words.saving);
    try {
      const answer = await request(false);
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        dirty = true;
        say(words.out, true);
        plan(RETRY * 2);
      } else if (!answer.ok) {
        throw new Error(`draft answered ${answer.status}`);
      } else {
        const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
        say(`${words.saved} ${time}`);
        if (dirty) plan(PAUSE);
      }
    } catch {
      dirty = true;
      say(words.late, true);
      plan(RETRY);
    } finally {
      busy = false;
    }
  }

  const changed = () => {
    dirty = true;
    plan(PAUSE);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    sending = false;
  });
  window.addEventListener("pagehide", () => {
    if (dirty && !sending) request(true).catch(() => {});
  });
}

function makeStatus(form) {
  const status = document.createElement("p");
  status.className = "kw-draft";
  status.setAttribute("role", "status");
  const buttons = form.querySelector(".govuk-button-group, .govuk-button[type=submit], .govuk-button:not([type])");
  if (buttons) buttons.before(status);
  else form.append(status);
  return status;
}
