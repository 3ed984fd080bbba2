/* Before anything is painted: the theme that this browser keeps, or the device's own. */
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem("theme") || "system"; } catch { return "system"; } };
  const show = () => {
    const choice = kept();
    root.dataset.bsTheme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    root.dataset.theme = choice;
    document.dispatchEvent(new Event("theme"));
  };
  window.setTheme = (choice) => { try { localStorage.setItem("theme", choice); } catch { /* private mode */ } show(); };
  dark.addEventListener("change", show);
  show();
})();
