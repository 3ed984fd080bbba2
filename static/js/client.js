/* The client's page of a document: tells once that it was opened, which a GET may not write. */
fetch(document.body.dataset.opened, { method: "POST", credentials: "omit" });
