/* Settings: copying what is shown once, and the fields that a choice opens. */
(() => {
  const { $, on, each, say } = house;

  /* <button data-do="copy" data-target="#codes"> puts the text of the target on the clipboard. */
  on("copy", async (button) => {
    const target = $(button.dataset.target);
    const text = [...(target.children.length ? target.children : [target])].map((one) => one.textContent.trim()).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      button.classList.add("is-done");
      say("Copied.");
      button.lastChild.textContent = "Copied";
    } catch { // no leave, or no secure page: choose it, so that Ctrl-C does
      getSelection().selectAllChildren(target);
      say("Press Ctrl C to copy.");
    }
  });

  /* <div data-shown-by="name=value"> shows while the form's field of that name has that value. */
  each("[data-shown-by]", (part) => {
    const [name, value] = part.dataset.shownBy.split("=");
    const form = part.closest("form");
    const look = () => { part.hidden = new FormData(form).get(name) !== value; };
    form.addEventListener("change", look);
    look();
  });
})();
