/* The week grid: hours typed as 1:30, 1.5, 1,5 or 90m; sums by row, day and week. */
(() => {
  const { $, $$, each } = house;
  const clock = (minutes) => (minutes ? `${minutes < 0 ? "−" : ""}${Math.floor(Math.abs(minutes) / 60)}:${String(Math.abs(minutes) % 60).padStart(2, "0")}` : "");
  const minutes = (text) => {
    const typed = text.trim().toLowerCase().replace(",", ".");
    if (!typed) return 0;
    if (/^\d+\s*m(in)?$/.test(typed)) return parseInt(typed, 10);
    const both = typed.match(/^(\d*)\s*[:h]\s*(\d{0,2})m?$/);
    if (both) return Number(both[1] || 0) * 60 + Number(both[2] || 0);
    return /^\d*\.?\d+$/.test(typed) ? Math.round(Number(typed) * 60) : NaN;
  };
  Object.assign(house, { clock, minutes });

  each(".week[data-week]", (table) => {
    const sum = () => {
      const days = Array(7).fill(0);
      $$("tbody tr", table).forEach((row) => {
        let total = 0;
        $$("input[data-day]", row).forEach((cell) => {
          const typed = minutes(cell.value) || 0;
          total += typed; days[Number(cell.dataset.day)] += typed;
        });
        const place = $("[data-row-total]", row);
        if (place) place.textContent = clock(total) || "–";
      });
      $$("tfoot [data-day-total]", table).forEach((place) => {
        const total = days[Number(place.dataset.dayTotal)];
        place.textContent = clock(total) || "–";
        const goal = $(`tfoot [data-day-against="${place.dataset.dayTotal}"]`, table);
        if (goal) goal.textContent = total ? `${total >= Number(goal.dataset.goal) ? "+" : ""}${clock(total - Number(goal.dataset.goal)) || "0:00"}` : "";
      });
      const all = days.reduce((one, other) => one + other, 0);
      $$("[data-week-total]", table).forEach((place) => { place.textContent = clock(all) || "0:00"; });
    };
    table.addEventListener("change", (event) => {
      const cell = event.target;
      if (!cell.matches("input[data-day]")) return;
      const typed = minutes(cell.value), bad = Number.isNaN(typed) || typed > 24 * 60;
      cell.setAttribute("aria-invalid", bad);
      cell.closest("td").classList.toggle("is-no", bad);
      if (bad) house.toast("error", `“${cell.value}” is not a length of time. Type 1:30, 1.5 or 90m.`);
      else cell.value = clock(typed);
      sum();
    });
    table.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || !event.target.matches("input[data-day]")) return;
      event.preventDefault();
      const column = $$(`input[data-day="${event.target.dataset.day}"]:not(:disabled)`, table);
      const next = column[column.indexOf(event.target) + step];
      if (next) { next.focus(); next.select(); } else event.target.dispatchEvent(new Event("change", { bubbles: true }));
    });
    sum();
  });
})();
