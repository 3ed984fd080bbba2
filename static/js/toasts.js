/* Short messages at the corner; also what a failed request has to say, and the way to try again. */
(() => {
  const { $, $$, on } = house;
  const STAYS = 6000;
  const drop = (toast) => toast.remove();
  const fades = (toast) => { if (!toast.matches(".is-error, .is-warning")) setTimeout(() => drop(toast), STAYS); };

  const show = (tone, text, retry, path) => {
    const template = $(`#toast-${tone}`) || $("#toast-info");
    const toast = template.content.firstElementChild.cloneNode(true);
    $("[data-text]", toast).textContent = text;
    if (path) {
      const link = document.createElement("a");
      link.href = path; link.textContent = "Follow it";
      $(".say", toast).append(" ", link);
    }
    if (retry) {
      const again = document.createElement("button");
      again.type = "button"; again.className = "btn btn-s"; again.textContent = "Try again";
      again.addEventListener("click", () => { drop(toast); retry(); });
      $(".say", toast).after(again);
    }
    $("#toasts").append(toast);
    fades(toast);
  };
  house.toast = show;
  on("drop-toast", (button) => drop(button.closest(".toast-x")));
  document.addEventListener("DOMContentLoaded", () => $$(".toast-x").forEach(fades));
  document.addEventListener("toasts", (event) => event.detail.list.forEach((one) => show(one.tone, one.text, null, one.path)));

  const words = {
    401: "You have been signed out. Sign in in another tab, then try again; what you typed is still here.",
    403: "Your role does not allow this. Nothing was changed.",
    404: "This is no longer here. Somebody may have deleted it.",
    409: "The record was changed meanwhile. Reload the page and look again.",
    413: "That is too large to send.",
    429: "Too many requests in a short time. Wait a moment, then try again.",
  };
  const again = (detail) => () => {
    const element = detail.elt.isConnected ? detail.elt : document.body;
    const config = detail.requestConfig;
    htmx.ajax(config.verb.toUpperCase(), config.path, {
      source: element, target: config.target || detail.target, values: config.parameters,
    });
  };
  const what = (detail) => detail.elt.closest("[data-label]")?.dataset.label;
  const failed = (detail, text, unsure) => {
    const label = what(detail), reads = detail.requestConfig.verb === "get";
    // A step is not repeated by itself: it may have been done although its answer was lost.
    if (!reads) { show("error", unsure ? `${text} Whether the step was done is not known: reload the page before you repeat it.` : text); return; }
    show("error", label ? `${label} could not be loaded. ${text}` : text, again(detail));
  };
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (/"toasts"/.test(xhr.getResponseHeader("HX-Trigger") || "")) return; // it spoke for itself
    failed(event.detail, words[xhr.status] || "The server could not do this. Nothing was changed; the error has been recorded.");
  });
  document.addEventListener("htmx:sendError", (event) => failed(event.detail, "The server cannot be reached.", true));
  document.addEventListener("htmx:timeout", (event) => failed(event.detail, "The server took too long to answer.", true));
})();
