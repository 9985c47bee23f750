// The privacy gate: marks that act like the list, and words selected for what was missed.
export function watchGate(root) {
  const text = root.querySelector("[data-gate-text]");
  const words = root.querySelector("[data-gate-words]");
  if (text && words) {
    for (const event of ["mouseup", "keyup", "touchend"]) text.addEventListener(event, () => take(text, words));
  }
  const marks = root.querySelector("[data-gate-marks]");
  if (marks) actLikeTheList(root, marks);
}

// A click on a mark, in the text or on the picture, does what the list does: keep or reduce, all alike, or this place
// where the list has a word for it alone. Nothing is kept before the list is sent.
function actLikeTheList(root, marks) {
  const form = root.querySelector("#decide");
  if (!form) return;
  marks.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-gate-key]");
    if (!mark || !window.getSelection().isCollapsed) return;
    const { gateKey: key, gatePlace: place } = mark.dataset;
    const alone = form.elements[`here-${place}`];
    const next = outcome(form, key, place) === "reduce" ? "keep" : "reduce";
    if (alone?.value) alone.value = next;
    else {
      const radio = form.querySelector(`input[name="all-${key}"][value="${next}"]`);
      if (!radio) return;
      radio.checked = true;
    }
    event.preventDefault();
    paint(root, form, key);
  });
  form.addEventListener("change", (event) => {
    const group = event.target.closest("[data-gate-group]");
    if (group) paint(root, form, group.dataset.gateGroup);
  });
  for (const [event, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    form.addEventListener(event, (told) => {
      const group = told.target.closest("[data-gate-group]");
      if (group) for (const one of marked(marks, group.dataset.gateGroup)) one.classList.toggle("kw-is-here", on);
    });
  }
}

function marked(root, key) {
  return root.querySelectorAll(`[data-gate-key="${key}"]`);
}

function outcome(form, key, place) {
  return form.elements[`here-${place}`]?.value || form.querySelector(`input[name="all-${key}"]:checked`)?.value || "decide";
}

function paint(root, form, key) {
  const group = form.querySelector(`[data-gate-group="${key}"]`);
  const becomes = `becomes ${group.dataset.gateBecomes}`;
  for (const one of marked(root, key)) {
    const name = one.dataset.gateMark;
    const now = outcome(form, key, one.dataset.gatePlace);
    for (const each of ["decide", "keep", "reduce"]) one.classList.toggle(`${name}--${each}`, each === now);
    const note = one.nextElementSibling;
    if (note?.classList.contains("kw-find__said")) note.textContent = now === "keep" ? "kept" : becomes;
  }
  const legend = group.querySelector("mark");
  const all = outcome(form, key, "");
  for (const each of ["decide", "keep", "reduce"]) legend.classList.toggle(`kw-find--${each}`, each === all);
  const what = all === "keep" ? "is kept" : becomes;
  root.querySelector("[data-gate-changed]").textContent = `‘${group.dataset.gateSays}’ ${what}. Not saved yet.`;
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
