/* Lists: chosen rows and their sums per currency, the bulk bar, clean URLs, saved views, exports. */
(() => {
  const { $, $$, on } = house;
  const rows = () => $$("#list input[name=row]");
  const chosen = () => rows().filter((box) => box.checked);

  /* Amounts are added as whole numbers of the smallest shown unit, never as fractions. */
  const add = (boxes) => {
    const sums = {};
    boxes.forEach(({ dataset: { amount, cur } }) => {
      if (amount === undefined) return;
      const [whole, rest = ""] = amount.split(".");
      const sign = whole.startsWith("-") ? -1n : 1n;
      sums[cur] = (sums[cur] || 0n) + BigInt(whole) * 10000n + sign * BigInt(rest.padEnd(4, "0").slice(0, 4));
    });
    return sums;
  };
  const written = (units, currency) => {
    let decimals = 2;
    try { decimals = new Intl.NumberFormat("en-AU", { style: "currency", currency }).resolvedOptions().maximumFractionDigits; } catch { /* no code */ }
    const step = 10n ** BigInt(4 - decimals), half = step / 2n;
    const rounded = (units >= 0n ? units + half : units - half) / step;
    const text = String(rounded < 0n ? -rounded : rounded).padStart(decimals + 1, "0");
    const whole = text.slice(0, text.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${currency} ${rounded < 0n ? "−" : ""}${whole}${decimals ? "." + text.slice(-decimals) : ""}`;
  };

  const count = () => {
    const bar = $("#bulk");
    if (!bar) return;
    const all = rows(), now = chosen(), head = $("#list input[name=all]");
    all.forEach((box) => box.closest("tr").classList.toggle("is-on", box.checked));
    head.checked = now.length > 0 && now.length === all.length;
    head.indeterminate = now.length > 0 && !head.checked;
    const whole = bar.elements.scope.value === "all";
    bar.hidden = !now.length;
    $("[data-n]", bar).textContent = whole ? `All ${$("[data-all]", bar).dataset.all} chosen` : `${now.length} chosen`;
    $("[data-sum]", bar).textContent = whole ? "" : Object.entries(add(now)).map(([cur, units]) => written(units, cur)).join(" + ");
    const every = $("[data-all]", bar);
    if (every) every.hidden = whole || now.length !== all.length;
    $$("[data-move]", bar).forEach((button) => {
      button.hidden = !now.every((box) => box.dataset.moves.split(" ").includes(button.dataset.move));
    });
  };

  let last = null;
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name === "all" && box.closest("#list")) rows().forEach((one) => { one.checked = box.checked; });
    if (!["all", "row"].includes(box.name) || !box.closest("#list")) return;
    if ($("#bulk")) $("#bulk").elements.scope.value = "";
    last = box;
    count();
  });
  document.addEventListener("click", (event) => { // shift chooses everything in between
    const box = event.target;
    if (!event.shiftKey || box.name !== "row" || !last || last === box) return;
    const all = rows(), [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    count();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#bulk [data-all]");
    if (button) { button.form.elements.scope.value = "all"; count(); }
  });
  on("clear-rows", () => { rows().forEach((box) => { box.checked = false; }); $("#bulk").elements.scope.value = ""; count(); });
  house.each("#list", count);

  /* The URL of a filtered list holds only what differs from the plain list. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "filters") return;
    const given = event.detail.parameters, columns = $("#columns");
    const wanted = $$("input[name=cols]", columns).filter((box) => box.checked).map((box) => box.value);
    const plain = columns.dataset.default.split(",").filter(Boolean);
    const form = new FormData(event.detail.elt);
    for (const name of new Set(form.keys())) {
      const values = form.getAll(name).filter((value) => value !== "");
      if (!values.length || name === "cols") delete given[name];
      else given[name] = values.length > 1 ? values : values[0];
    }
    if (wanted.join() !== plain.join()) given.cols = wanted.join();
    delete given.page;
  });
  ["htmx:beforeRequest", "htmx:afterRequest"].forEach((name) => document.addEventListener(name, (event) => {
    if (event.detail.target?.id === "list") event.detail.target.classList.toggle("is-busy", name === "htmx:beforeRequest");
  }));

  on("save-view", (button) => house.openDialog(`${button.dataset.url}?${new URLSearchParams({ path: location.pathname, query: location.search.slice(1) })}`));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-export]");
    if (!link) return;
    const query = new URLSearchParams(location.search);
    query.set("export", link.dataset.export);
    chosen().forEach((box) => query.append("row", box.value));
    link.href = `${location.pathname}?${query}`;
  });
})();
