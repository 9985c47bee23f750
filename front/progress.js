// Work that goes on elsewhere: how far it is, asked again and again, and the page anew when it is over.
const PAUSE = 1500; // milliseconds between two questions

export function watchProgress(root) {
  const place = root.querySelector("[data-progress]");
  if (place) follow(place);
}

async function follow(place) {
  const said = place.querySelector("[data-progress-said]");
  const bar = place.querySelector("progress");
  try {
    const answer = await fetch(place.dataset.progress, { credentials: "same-origin" });
    if (answer.redirected || answer.status === 404) return; // signed out, or not here any more
    if (answer.ok) {
      const told = await answer.json();
      if (told.over) return window.location.reload();
      if (said.textContent !== told.said) said.textContent = told.said;
      if (bar && told.of && told.done) {
        bar.max = told.of;
        bar.value = told.done;
      }
    } // a busy server is asked again
  } catch {
    // asked again: the way there may be back by then
  }
  setTimeout(() => follow(place), PAUSE);
}
