/* One dialog, filled by htmx; a guard for what was typed; a question before a step that counts. */
(() => {
  const { $, on } = house;
  const changed = new WeakSet();
  let leaving = false;

  /* <a data-dialog href> opens that page's form in the dialog; a new tab still opens the page. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    $("#palette")?.close();
    open(link.getAttribute("href"));
  });
  const open = (url) => htmx.ajax("GET", url, { source: "#dialog-body", target: "#dialog-body", swap: "innerHTML" });
  house.openDialog = open;

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "dialog-body") return;
    const dialog = $("#dialog");
    dialog.classList.toggle("is-wide", Boolean($("[data-wide]", dialog)));
    if (!dialog.open) dialog.showModal();
    ($("[aria-invalid=true]", dialog) || $("[autofocus]", dialog) || $(".body :is(input:not([type=hidden]), select, textarea)", dialog))?.focus();
  });

  document.addEventListener("htmx:afterSettle", (event) => { // a page's form came back with errors
    if (event.detail.target.id === "main") $("#main [aria-invalid=true]")?.focus();
  });

  const ask = (text, yes, danger) => new Promise((answer) => {
    const dialog = $("#ask");
    $("#ask-text").textContent = text;
    $("#ask-title").textContent = yes ? `${yes}?` : "Are you sure?";
    $("#ask-yes").textContent = yes || "Continue";
    $("#ask-yes").classList.toggle("is-danger", Boolean(danger));
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
  house.ask = ask;

  const close = async (dialog) => {
    const form = $("form", dialog);
    if (form && changed.has(form) && !(await ask("What you typed here is not saved.", "Discard it", true))) return;
    dialog.close();
  };
  on("close", (button) => close(button.closest("dialog")));
  on("open", (button) => $(button.dataset.target).showModal());
  document.addEventListener("cancel", (event) => {
    if (event.target.id === "dialog") { event.preventDefault(); close(event.target); }
  }, true);
  document.addEventListener("close", (event) => { if (event.target.id === "dialog") $("#dialog-body").replaceChildren(); }, true);
  document.addEventListener("close-dialog", () => { const dialog = $("#dialog"); changed.delete($("form", dialog)); dialog.close(); });

  /* The guard: typing in a form[data-guard] asks before the page is left. */
  const touched = (event) => { const form = event.target.form || event.target.closest?.("form"); if (form?.matches("[data-guard]")) changed.add(form); };
  ["input", "change", "lines"].forEach((name) => document.addEventListener(name, touched));
  document.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 2000); });
  addEventListener("beforeunload", (event) => {
    if (!leaving && house.$$("form[data-guard]").some((form) => changed.has(form))) event.preventDefault();
  });
  document.addEventListener("htmx:beforeRedirect", () => { leaving = true; });
  /* A form is sent once: further presses are dropped until a refusal comes back. */
  const isSent = (form) => form.matches("form[method=post]") && form.dataset.sent;
  document.addEventListener("htmx:confirm", (event) => { if (isSent(event.detail.elt)) event.preventDefault(); });
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => { if (elt.matches("form[method=post]")) elt.dataset.sent = "1"; });
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr } }) => { if (isSent(elt) && !xhr.getResponseHeader("HX-Redirect")) delete elt.dataset.sent; });

  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && (event.detail.xhr.getResponseHeader("HX-Redirect") || event.detail.xhr.getResponseHeader("HX-Refresh"))) leaving = true; });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-leave]")) leaving = true; });

  /* <button data-post="/path" data-ask="Really?"> sends a POST; the answer is a toast or a new page. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-post]");
    if (!button) return;
    event.preventDefault();
    $("#palette")?.close();
    if (button.dataset.ask && !(await ask(button.dataset.ask, button.dataset.yes, button.matches(".is-danger, .bad")))) return;
    leaving = true;
    htmx.ajax("POST", button.dataset.post, { source: button, swap: "none" });
  });
})();
