/* The week grid saves each cell by itself: what is typed meanwhile stays, what is not saved yet is guarded. */
(() => {
  const unsaved = new Set();
  const cell = (element) => element.closest?.(".week input[data-day]");

  document.addEventListener("input", (event) => { if (cell(event.target)) unsaved.add(event.target.id); });
  document.addEventListener("htmx:beforeRequest", (event) => { const input = cell(event.detail.elt); if (input) input.dataset.sent = event.detail.requestConfig.parameters.hours ?? ""; });

  /* One cell is saved after the other. The answer brings the cell anew; where somebody typed on meanwhile, only the figure that the next answer builds on is taken. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const td = event.detail.target, input = td.matches?.(".week td.d") && td.querySelector("input[data-day]");
    if (!input || event.detail.xhr.status !== 200) return;
    const now = house.minutes(input.value), sent = house.minutes(input.dataset.sent || "");
    if (now === sent) { unsaved.delete(input.id); return; }
    event.detail.shouldSwap = false;
    const values = JSON.parse(input.getAttribute("hx-vals"));
    input.setAttribute("hx-vals", JSON.stringify({ ...values, was: String(sent) }));
  });

  const lost = (event) => { const input = cell(event.detail.elt); if (input) input.closest("td").classList.add("is-no"); };
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, lost));
  addEventListener("beforeunload", (event) => { if ([...unsaved].some((id) => document.getElementById(id))) event.preventDefault(); });
})();
