// Progressive enhancement only: every page works without this file.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { keepDrafts } from "./drafts.js";
import { watchGate } from "./gate.js";
import { keepTyped } from "./keep.js";
import { watchProgress } from "./progress.js";
import { keepUnsent } from "./unsent.js";

for (const part of [
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(part);
}
// Beside a list the filter stands open: where the styles cannot say so, this does.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 61.25em)").matches) {
  for (const fold of document.querySelectorAll(".kw-filter__fold")) fold.open = true;
}
createAll(Button, { preventDoubleClick: true });
keepDrafts(document);
keepTyped(document);
keepUnsent(document);
watchGate(document);
watchProgress(document);

// A list of choices that acts when changed still has its button; "print this page" exists only with scripts.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
