/* The keyboard: search, find, create, go, rows, timer, help. */
(() => {
  const { $, $$ } = house;
  let row = -1, going = 0;
  const rows = () => $$("tr[data-row]").filter((one) => one.offsetParent);
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    row = Math.max(0, Math.min(all.length - 1, row + step));
    all.forEach((one, n) => one.classList.toggle("is-at", n === row));
    $$("a", all[row]).find((link) => link.offsetParent)?.focus();
    all[row].scrollIntoView({ block: "nearest" });
  };
  /* A record's own page says whether and how it is edited, so a list asks there. */
  const edit = async () => {
    const at = document.activeElement.closest("tr[data-row]") || rows()[row];
    const link = at && $$("a", at).find((one) => one.offsetParent);
    if (!link) return;
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const way = page.querySelector("a[data-key=e]");
    if (!way) house.toast("info", `${link.textContent.trim()} cannot be edited.`);
    else if (way.matches("[data-dialog]")) house.openDialog(way.getAttribute("href"));
    else location.href = way.getAttribute("href");
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => $("input[name=row]", rows()[row] || document.createElement("i"))?.click(),
    e: () => { const button = $("[data-key=e]"); if (button) button.click(); else edit(); },
    c: () => { const button = $("[data-key=c]"); if (button) { button.click(); setTimeout(() => $(".dropdown-menu.show [data-letter], .dropdown-menu.show .dropdown-item")?.focus(), 30); } else $("[data-create]")?.click(); },
    t: () => $("#timer-slot button:not([hidden]), #timer-slot a")?.click(),
    "/": () => { const find = $("#find"); if (find) { find.focus(); find.select(); } else house.openPalette(); },
    "?": () => house.openDialog("/shortcuts"),
  };
  const typing = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");

  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") { event.preventDefault(); house.openPalette(); return; }
    if (command && event.key === "Enter") { const form = event.target.closest?.("form"); if (form && !form.closest("#palette")) { event.preventDefault(); form.requestSubmit(); } return; }
    if (event.key === "Escape" && $("#side.show")) { house.doing.menu($("[data-do=menu]")); return; }
    if (event.key === "Escape" && event.target.id === "find") { event.target.blur(); return; }
    if (command || event.altKey || $("dialog[open]") || typing(event.target)) return;
    const letter = $(`.dropdown-menu.show[data-letters] [data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
    if (letter) { event.preventDefault(); letter.click(); return; }
    const place = Date.now() - going < 900 && $(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
    if (place) { event.preventDefault(); location.href = place.href; return; }
    going = event.key === "g" ? Date.now() : 0;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "list") row = -1; });
})();
