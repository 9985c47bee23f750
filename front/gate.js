// The privacy gate: how far a file is read, and words selected in a document go into the field for what was missed.
const PAUSE = 1500; // milliseconds between two questions

export function watchGate(root) {
  const place = root.querySelector("[data-gate-progress]");
  if (place) follow(place);
  const text = root.querySelector("[data-gate-text]");
  const words = root.querySelector("[data-gate-words]");
  if (text && words) {
    for (const event of ["mouseup", "keyup", "touchend"]) text.addEventListener(event, () => take(text, words));
  }
}

async function follow(place) {
  const said = place.querySelector("[data-gate-said]");
  const bar = place.querySelector("progress");
  try {
    const answer = await fetch(place.dataset.gateProgress, { credentials: "same-origin" });
    if (answer.redirected || answer.status === 404) return; // signed out, or not here any more
    if (answer.ok) {
      const told = await answer.json();
      if (told.over) return window.location.reload();
      if (said.textContent !== told.said) said.textContent = told.said;
      if (told.of && told.done) {
        bar.max = told.of;
        bar.value = told.done;
      }
    } // a busy server is asked again
  } catch {
    // asked again: the way there may be back by then
  }
  setTimeout(() => follow(place), PAUSE);
}

// What is written beside a find is not part of the document.
function take(text, words) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  const part = selection.getRangeAt(0).cloneContents();
  for (const note of part.querySelectorAll(".kw-find__said")) note.remove();
  const chosen = part.textContent.replace(/\s+/g, " ").trim();
  if (chosen.length < 2 || chosen.length > 200) return;
  words.value = chosen;
  const fold = words.closest("details");
  if (fold) fold.open = true;
}
