// Keyboard and selection; everything here also works by links and forms, without scripts.
"use strict";
(() => {
  const busy = new Set();
  const typing = (node) => node.closest && node.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.key === "Enter" && event.target.dataset.enter) {
      event.preventDefault();
      document.getElementById(event.target.dataset.enter).click();
      return;
    }
    if (typing(event.target) || event.repeat) return;
    const focus = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
    if (focus) { event.preventDefault(); focus.focus(); focus.select(); return; }
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (!busy.size) target.click();
  });

  // htmx doesn't see a button that stands outside of its form.
  document.addEventListener("htmx:configRequest", (event) => {
    const button = event.detail.triggeringEvent?.submitter;
    if (button?.name) event.detail.parameters[button.name] = button.value;
  });

  // One step at a time: a key that is pressed while the next case is on its way would speak of a case nobody has seen.
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.boosted) busy.add(event.detail.xhr); });
  document.addEventListener("htmx:afterRequest", (event) => busy.delete(event.detail.xhr));

  // A screen reader hears what came; the focus goes to the top of it.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "page" && event.detail.target?.id !== "page") return;
    const title = document.querySelector("#page h1");
    const problem = document.querySelector("#page .problem");
    if (!title) return;
    (document.getElementById("title") || document.getElementById("main")).focus({ preventScroll: true });
    document.getElementById("said").textContent = (problem ? problem.textContent + " " : "") + title.textContent;
    busy.clear();
  });

  const codePoints = (text) => Array.from(text).length;
  const offsetOf = (node, offset) => {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    if (!holder || node.nodeType !== Node.TEXT_NODE) return null;
    return Number(holder.dataset.s) + codePoints(node.data.slice(0, offset));
  };

  // Marking text fills the form for a missed figure.
  document.addEventListener("selectionchange", () => {
    const form = document.getElementById("add");
    const selection = document.getSelection();
    if (!form || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!range.commonAncestorContainer.parentElement?.closest(".text")) return;
    const text = range.toString();
    const start = offsetOf(range.startContainer, range.startOffset);
    if (start === null || !text.trim() || text.length > 80 || text.includes("\n")) return;
    form.elements.quote.value = text.trim();
    form.elements.start.value = start + codePoints(text) - codePoints(text.trimStart());
  });

  // A choice in the filters takes effect at once.
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.(".filters");
    if (form) form.requestSubmit();
  });
})();
