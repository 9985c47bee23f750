// What a mentor logs survives a lost connection: <form data-unsent="log:…" data-person="…">. What is typed is kept on the
// phone while it is typed, sent when the connection is back, and gone once it was sent, thrown away or the person signed
// out. Without this file the form is a plain form. The server takes the same thing sent twice for one.
const PREFIX = "kw-unsent:";
const PATIENCE = 10000; // milliseconds until an answer is given up
const KEPT = 7 * 24 * 3600 * 1000; // milliseconds: what is older is thrown away

export function keepUnsent(root) {
  if (!tidy(root)) return;
  for (const form of root.querySelectorAll("form[data-unsent][data-person]")) keep(form);
}

// On a page with the site's bar and nobody signed in, nothing stays; nor does anything of another person.
function tidy(root) {
  const bar = root.querySelector(".kw-bar");
  const person = root.querySelector("[data-person]")?.dataset.person;
  let held;
  try {
    held = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return false; // the phone keeps nothing for this site
  }
  for (const key of held) {
    const other = person && !key.startsWith(`${PREFIX}${person}:`);
    if ((bar && !bar.querySelector("[data-signed-in]")) || other || Date.now() - (read(key)?.at || 0) > KEPT) drop(key);
  }
  return true;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

function keep(form) {
  const key = `${PREFIX}${form.dataset.person}:${form.dataset.unsent}`;
  const status = form.querySelector("[data-unsent-status]");
  let sending = false;

  const fields = () => {
    const found = [];
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") found.push([name, value]);
    return found;
  };
  const write = (queued, given = fields()) => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), queued, fields: given }));
      return true;
    } catch {
      return false;
    }
  };
  const say = (text, erase = false) => {
    if (!status) return;
    status.textContent = text;
    if (!erase) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kw-link-button";
    button.textContent = "Throw it away";
    button.addEventListener("click", () => {
      drop(key);
      form.reset();
      say("Thrown away.");
    });
    status.append(" ", button);
  };

  async function send(given) {
    if (sending) return;
    sending = true;
    const body = new URLSearchParams(given);
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: stop.signal });
      if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/")) {
        write(true, given);
        say("You are signed out. Sign in again, and it is sent.", true);
      } else if (answer.redirected) {
        drop(key);
        location.assign(answer.url);
      } else {
        write(false, given); // refused: the page itself says why
        fill(given);
        HTMLFormElement.prototype.submit.call(form);
      }
    } catch {
      const kept = write(true, given);
      say(kept ? "No connection. It is kept on this phone, and sent when you are connected." : "No connection. Keep this page open and try again.", kept);
    } finally {
      clearTimeout(timer);
      sending = false;
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
    }
  }

  const fill = (given) => {
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "hidden") continue;
      const values = given.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  };

  form.addEventListener("input", () => write(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say("Saving…");
    send(fields());
  });
  window.addEventListener("online", () => {
    const held = read(key);
    if (held?.queued) send(held.fields);
  });

  const held = read(key);
  if (!held) return;
  const faulty = document.querySelector(".govuk-error-summary");
  if (held.queued && navigator.onLine) send(held.fields);
  else if (!faulty) {
    fill(held.fields);
    say(held.queued ? "Kept on this phone, and sent when you are connected." : "This is what you typed before.", true);
  }
}
