/* What the other scripts share: finding, saying, asking, posting. No inline script, no eval. */
window.house = (() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const doing = {};

  /* <button data-do="name"> runs the function registered under that name. */
  const on = (name, run) => { doing[name] = run; };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && doing[button.dataset.do]) doing[button.dataset.do](button, event);
  });

  /* Run for the page and again for whatever htmx brings in. */
  const each = (selector, run) => {
    const within = (element) => {
      if (element.matches?.(selector)) run(element);
      $$(selector, element).forEach(run);
    };
    document.addEventListener("DOMContentLoaded", () => within(document.body));
    document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) within(event.detail.elt); });
  };

  const say = (text) => { $("#said").textContent = text; };

  /* Signing in again (in another tab) changes the token: the cookie's is the one that counts now. */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (!token || event.detail.verb === "get") return;
    event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
  });

  on("theme", (button) => { setTheme(button.value); themes(); });
  const themes = () => $$("[data-do=theme]").forEach((one) => one.setAttribute("aria-pressed", one.value === document.documentElement.dataset.theme));
  document.addEventListener("DOMContentLoaded", themes);

  on("menu", (button) => {
    const open = $("#side").classList.toggle("show");
    $$("[data-do=menu]").forEach((one) => one.setAttribute("aria-expanded", open));
    (open ? $("#side a") : button).focus();
  });
  document.addEventListener("click", (event) => {
    if ($("#side.show") && !event.target.closest("#side, [data-do=menu]")) doing.menu($("[data-do=menu]"));
  });

  on("view", (button) => {
    const box = button.closest("[data-views]");
    $$("[data-do=view]", box).forEach((one) => one.setAttribute("aria-pressed", one === button));
    $$("[data-view]", box).forEach((one) => { one.hidden = one.dataset.view !== button.value; });
  });

  /* The numbers of the menu come after the page, and are kept for half a minute. */
  const counts = async () => {
    const url = document.body.dataset.counts;
    if (!url || !$("[data-count]")) return;
    const show = (found) => $$("[data-count]").forEach((place) => {
      const one = found[place.closest("a").getAttribute("href")];
      place.textContent = one ? one.n : "";
      place.className = `n ${one ? one.tone : ""}`.trim();
    });
    try {
      const kept = JSON.parse(sessionStorage.getItem("counts") || "null");
      if (kept) show(kept.found);
      if (kept && Date.now() - kept.at < 30000) return;
      const answer = await fetch(url, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      const found = await answer.json();
      sessionStorage.setItem("counts", JSON.stringify({ at: Date.now(), found }));
      show(found);
    } catch { /* the menu works without numbers */ }
  };
  document.addEventListener("DOMContentLoaded", counts);

  /* Whatever is sent may change them: they are asked for anew, here or on the next page. */
  const forget = () => sessionStorage.removeItem("counts");
  document.addEventListener("submit", forget);
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb === "get" || !event.detail.successful) return;
    forget(); counts();
  });

  return { $, $$, on, each, say, doing };
})();
