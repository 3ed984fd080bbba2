/* Ctrl-K: the server ranks records, actions and places; arrows move, Enter opens. */
(() => {
  const { $, $$ } = house;
  let at = 0, asked = 0, timer = null;
  const box = () => $("#palette"), input = () => $("#palette-ask"), list = () => $("#palette-hits");
  const hits = () => $$("[role=option]", list());
  const mark = (place) => {
    const found = hits();
    at = found.length ? (place + found.length) % found.length : 0;
    found.forEach((hit, n) => hit.setAttribute("aria-selected", n === at));
    if (found[at]) { input().setAttribute("aria-activedescendant", found[at].id); found[at].scrollIntoView({ block: "nearest" }); }
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`${box().dataset.url}?${new URLSearchParams({ q: input().value })}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (mine !== asked) return; // a later question is under way
      list().innerHTML = html;
      mark(0);
    } catch {
      if (mine === asked) list().innerHTML = '<p class="muted px-3 py-3 mb-0">The search did not answer. Type on to try again.</p>';
    }
  };
  const open = () => {
    if (!box() || box().open) return;
    box().showModal();
    input().select();
    if (!hits().length || input().value) ask();
  };
  house.openPalette = open;
  house.on("palette", open);
  document.addEventListener("DOMContentLoaded", () => {
    if (!box()) return;
    box().addEventListener("click", (event) => { if (event.target === box()) box().close(); });
    input().addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input().addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); mark(at + step); }
      if (event.key !== "Enter") return;
      event.preventDefault();
      const hit = hits()[at];
      if (hit && (event.ctrlKey || event.metaKey)) window.open(hit.href, "_blank"); else hit?.click();
    });
  });
})();
