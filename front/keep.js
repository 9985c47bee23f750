// What is typed into a public form stays in this tab until it is sent: <form data-keep="a-name">. Nothing leaves the
// browser; the page after sending says <div data-kept="a-name">, which forgets it.
export function keepTyped(root) {
  for (const sent of root.querySelectorAll("[data-kept]")) forget(sent.dataset.kept);
  for (const form of root.querySelectorAll("form[data-keep]")) keep(form);
}

function forget(name) {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

function keep(form) {
  const fields = () =>
    [...form.elements].filter(
      (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["submit", "hidden", "file"].includes(field.type),
    );
  const key = (field) => (["radio", "checkbox"].includes(field.type) ? `${field.name}=${field.value}` : field.name);

  // a page that came back from the server holds what was typed already
  if (!document.querySelector(".govuk-error-summary")) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(form.dataset.keep) || "{}");
      for (const field of fields()) {
        if (!(key(field) in kept)) continue;
        if (["radio", "checkbox"].includes(field.type)) field.checked = kept[key(field)];
        else field.value = kept[key(field)];
      }
    } catch {
      forget(form.dataset.keep);
    }
  }

  form.addEventListener("input", () => {
    const typed = fields().map((field) => [
      key(field),
      ["radio", "checkbox"].includes(field.type) ? field.checked : field.value,
    ]);
    try {
      sessionStorage.setItem(form.dataset.keep, JSON.stringify(Object.fromEntries(typed)));
    } catch {
      // full, or switched off: the form works as without scripts
    }
  });
}
