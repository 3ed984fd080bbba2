/* The line editor: add, drag, remove; totals are asked from the server, which alone does the sums.
   <form data-lines="/preview"> with a table.lines, rows tr[data-line], a <template data-line-new>
   whose names hold __prefix__, and a place [data-preview hx-select=unset] inside the form. The preview may bring a JSON block
   [data-line-sums], the lines' amounts in order: they are written into the [data-sum] cells.
   ui/lines.html draws the table from a formset, with a catalogue to start lines from where the page has one. */
(() => {
  const { $, $$, each } = house;
  each("form[data-lines]", (form) => {
    const body = $("table.lines tbody", form), fresh = $("template[data-line-new]", form);
    const total = $("input[name$=TOTAL_FORMS]", form), preview = $("[data-preview]", form);
    let next = Number(total?.value ?? $$("tr[data-line]", body).length), waiting = null;

    const reckon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => htmx.ajax("POST", form.dataset.lines, { source: preview, target: preview, swap: "innerHTML" }), 250);
    };
    const order = () => {
      $$("tr[data-line]:not(.is-gone)", body).forEach((row, n) => { const place = $("input[name$=-position], input[name$=-ORDER]", row); if (place) place.value = n + 1; });
      form.dispatchEvent(new Event("lines", { bubbles: true }));
      if (preview) reckon();
    };
    const add = () => {
      const holder = document.createElement("tbody");
      holder.innerHTML = fresh.innerHTML.replaceAll("__prefix__", next);
      const row = holder.firstElementChild;
      body.append(row);
      next += 1;
      if (total) total.value = next;
      htmx.process(row);
      htmx.trigger(row, "htmx:load", { elt: row });
      order();
      return row;
    };
    const remove = (row) => {
      const flag = $("input[name$=-DELETE]", row);
      if (flag) { flag.checked = true; flag.value = "on"; row.classList.add("is-gone"); } else row.remove();
      order();
    };
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-line]")) $("input:not([type=hidden]), textarea", add()).focus();
      const cross = event.target.closest("[data-remove-line]");
      if (cross) remove(cross.closest("tr"));
    });
    /* A record of <select data-add-from> fills the waiting blank line, or a new one. */
    form.addEventListener("change", (event) => {
      const select = event.target.closest("[data-add-from]"), fills = select?.tomselect?.options[select.value]?.fills;
      if (!fills) return;
      const last = $$("tr[data-line]:not(.is-gone)", body).at(-1), first = Object.keys(fills)[0];
      const row = last && !$(`[name$="-${first}"]`, last)?.value ? last : add();
      Object.entries(fills).forEach(([name, text]) => { const field = $(`[name$="-${name}"]`, row); if (field) field.value = text; });
      select.tomselect.setValue("", true);
      $("[name$=-quantity]", row)?.focus();
      order();
    });
    form.addEventListener("keydown", (event) => { // Alt and an arrow move the line without a mouse
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], row = event.target.closest("tr[data-line]");
      if (!event.altKey || !step || !row) return;
      event.preventDefault();
      const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
      if (!other) return;
      if (step > 0) other.after(row); else other.before(row);
      event.target.focus();
      order();
      house.say(`Line moved to place ${$$("tr[data-line]", body).indexOf(row) + 1}`);
    });
    form.addEventListener("input", (event) => { if (preview && event.target.closest("tr[data-line], [data-reckon]")) reckon(); });
    form.addEventListener("change", (event) => { if (preview && event.target.closest("tr[data-line], [data-reckon]")) reckon(); });
    const fill = () => {
      const block = $("script[data-line-sums]", preview);
      if (!block) return;
      const sums = JSON.parse(block.textContent);
      $$("tr[data-line]:not(.is-gone) [data-sum]", body).forEach((cell, n) => { cell.textContent = sums[n] ?? ""; });
    };
    preview?.addEventListener("htmx:afterSwap", fill);
    new Sortable(body, { handle: ".grip", draggable: "tr[data-line]", animation: 120, onEnd: order });
    if (preview) reckon();
  });

  /* A move that the server refuses goes back to where it came from. */
  const post = (event, path, values) => {
    const { item, from, oldIndex } = event, source = event.to;
    const back = () => { item.remove(); from.insertBefore(item, from.children[oldIndex] || null); };
    const names = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];
    names.forEach((name) => source.addEventListener(name, back, { once: true }));
    source.addEventListener("htmx:afterRequest", () => setTimeout(() => names.forEach((name) => source.removeEventListener(name, back))), { once: true });
    htmx.ajax("POST", path, { source, swap: "none", values });
  };

  /* Any list whose order is kept: <ol data-order="/path"> with data-id on its children. */
  each("[data-order]", (list) => new Sortable(list, {
    handle: $(".grip", list) ? ".grip" : undefined, animation: 120, delay: 150, delayOnTouchOnly: true,
    onEnd: (event) => {
      if (event.oldIndex === event.newIndex) return;
      post(event, list.dataset.order, { ids: [...list.children].map((one) => one.dataset.id).filter(Boolean).join(",") });
    },
  }));

  /* Boards: cards dragged between lanes; <ol data-lane="/path" data-value="won"> posts {id, to, place}. */
  each("[data-lane]", (lane) => new Sortable(lane, {
    group: lane.closest(".board")?.id || "board", animation: 120, delay: 150, delayOnTouchOnly: true,
    onEnd: (event) => {
      if (event.from === event.to && event.oldIndex === event.newIndex) return;
      post(event, event.to.dataset.lane, { id: event.item.dataset.id, to: event.to.dataset.value, place: event.newIndex });
      house.say(`Moved to ${event.to.dataset.name || event.to.dataset.value}`);
    },
  }));
})();
