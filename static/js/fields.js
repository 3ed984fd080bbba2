/* Fields: selects that search, on the page or on the server. */
(() => {
  const { each } = house;
  const escaped = (text) => { const span = document.createElement("span"); span.textContent = text; return span.innerHTML; };
  const render = {
    option: (one) => `<div>${escaped(one.text)}${one.detail ? `<span class="sub">${escaped(one.detail)}</span>` : ""}</div>`,
    no_results: () => '<div class="no-results">Nothing matches.</div>',
  };
  const remote = (url) => ({
    load: (text, done) => fetch(`${url}?${new URLSearchParams({ q: text })}`, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.json() : { options: [] })).then((found) => done(found.options)).catch(() => done()),
    shouldLoad: () => true, preload: "focus", sortField: [{ field: "$order" }], searchField: ["text", "detail"],
  });
  each("select[data-pick], select[data-pick-url]", (select) => {
    if (select.tomselect) return;
    const url = select.dataset.pickUrl;
    new TomSelect(select, {
      maxOptions: 200, allowEmptyOption: !select.required, render, hideSelected: select.multiple || "addFrom" in select.dataset,
      plugins: select.multiple ? ["remove_button"] : ["dropdown_input"], dropdownParent: select.closest("dialog") ? null : "body",
      ...(url ? remote(url) : {}),
    });
    select.setAttribute("aria-hidden", "true"); // the new control carries the label now
  });
})();
