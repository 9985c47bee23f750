// Runs before the first paint: tells the styles that scripts work. GOV.UK's own snippet, in a file because
// the content policy allows no inline script.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
