/* Charts: data from a JSON block, colours from the tokens, drawn again when the theme changes. */
(() => {
  const { $, $$ } = house;
  const drawn = new Map();
  let library = null;
  /* The library is large, so only pages with a chart load it. */
  const load = () => library || (library = new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = $("meta[name=chart-js]").content; script.onload = done; script.onerror = failed;
    document.head.append(script);
  }));

  const colours = () => {
    const probe = document.body.appendChild(document.createElement("i"));
    const read = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
    const found = Object.fromEntries(["ink", "ink-3", "sheet", "line", "mark", "good", "warn", "bad", "info"].map((name) => [name, read(name)]));
    probe.remove();
    return found;
  };
  const faded = (colour) => colour.replace("rgb(", "rgba(").replace(")", ", .32)");
  const short = (value) => (Math.abs(value) >= 1000 ? `${value / 1000}k` : value);

  const dataset = (one, type, colour) => {
    const ink = one.color === "soft" ? faded(colour.mark) : colour[one.color] || colour.mark;
    const line = (one.type || type) === "line";
    return {
      ...one, borderColor: ink, backgroundColor: one.soft ? one.soft.map((is) => (is ? faded(ink) : ink)) : ink,
      ...(line ? { pointRadius: 0, pointHoverRadius: 4, borderWidth: one.width || 2, tension: 0, borderDash: one.dash ? [4, 3] : [], spanGaps: false } : { borderRadius: 3, maxBarThickness: 20 }),
    };
  };
  const options = (data, colour) => ({
    interaction: { mode: "index", intersect: false },
    plugins: { legend: { display: false }, tooltip: {
      backgroundColor: colour.ink, titleColor: colour.sheet, bodyColor: colour.sheet, padding: 10, cornerRadius: 6, boxPadding: 4,
      callbacks: { label: (item) => (item.parsed.y === null ? null : ` ${item.dataset.label}  ${data.money || ""} ${item.parsed.y.toLocaleString("en-AU")}`) } } },
    scales: {
      x: { stacked: Boolean(data.stacked), grid: { display: false }, border: { color: colour.line }, ticks: { maxRotation: 0, autoSkipPadding: 12 } },
      y: { stacked: Boolean(data.stacked), min: data.min ?? 0, max: data.max, border: { display: false }, grid: { color: colour.line }, ticks: { maxTicksLimit: 6, padding: 8, callback: short } } },
  });

  const draw = async () => {
    const canvases = $$("canvas[data-chart]");
    for (const [canvas, chart] of drawn) { chart.destroy(); drawn.delete(canvas); }
    if (!canvases.length) return;
    await load(); await document.fonts.ready;
    const colour = colours();
    Object.assign(Chart.defaults, { color: colour["ink-3"], animation: false, maintainAspectRatio: false });
    Object.assign(Chart.defaults.font, { family: getComputedStyle(document.body).fontFamily, size: 11 });
    canvases.filter((canvas) => canvas.isConnected && !drawn.has(canvas)).forEach((canvas) => {
      const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
      const sets = data.sets.map((one) => dataset(one, data.type, colour));
      drawn.set(canvas, new Chart(canvas, { type: data.type, data: { labels: data.labels, datasets: sets }, options: options(data, colour) }));
    });
  };
  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("theme", draw);
  house.each("canvas[data-chart]", (canvas) => { if (!drawn.has(canvas) && library) draw(); else if (!library) draw(); });
})();
