// Small comforts over plain forms: every page works without this file.
// It holds no words; the texts it shows stand hidden in the page.
"use strict";

(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const reveal = (id) => document.getElementById(id)?.removeAttribute("hidden");
  const conceal = (id) => document.getElementById(id)?.setAttribute("hidden", "");

  document.documentElement.classList.add("js");

  for (const tab of all(".tabs [aria-current]")) {
    const list = tab.closest("ul");
    const [inner, outer] = [tab, list].map((part) => part.getBoundingClientRect());
    list.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }

  // --- Forms ---------------------------------------------------------------------------------

  const focusFirstError = (within) => within.querySelector("[aria-invalid=true]")?.focus();
  if (!location.hash) focusFirstError(document);

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.elements) if (button.type === "submit") button.disabled = false;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (holdUntilSaved(event)) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    // After the event, or the pressed button's own name and value would not be sent.
    setTimeout(() => {
      for (const button of form.elements) if (button.type === "submit") button.disabled = true;
    });
    // An answer that is a download leaves the page standing.
    setTimeout(() => release(form), 10_000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(release));

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.("details.confirm[open], details.nav-menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.dataset.label ??= button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
    } catch {
      // No clipboard outside https: show the whole value, marked, for Ctrl+C.
      const code = button.parentElement.querySelector("code");
      code.textContent = button.dataset.copy;
      getSelection().selectAllChildren(code);
    }
  });

  // --- Score sheet ---------------------------------------------------------------------------

  const sent = new Map(); // row id -> the marks of the request on its way
  const typedMeanwhile = new Map(); // row id -> marks changed after that request left
  let waiting = null; // a form submitted while rows were still being saved: [form, button]

  const rowOf = (node) => node?.closest?.("tbody[data-row]") ?? null;
  const marksIn = (row) => all("input[data-mark]", row);
  const isDirty = (row) => marksIn(row).some((mark) => mark.value !== mark.defaultValue);
  const unsavedRows = () =>
    all("tbody[data-row]").filter((row) => /dirty|saving|failed|refused/.test(row.dataset.state));

  function save(row) {
    if (!window.htmx || !row?.isConnected || sent.has(row.id)) return;
    if (/dirty|failed/.test(row.dataset.state)) row.querySelector("form").requestSubmit();
  }

  function holdUntilSaved(event) {
    if (!sent.size) return false;
    event.preventDefault();
    waiting = [event.target, event.submitter];
    return true;
  }

  function sendWaiting() {
    if (!waiting || sent.size) return;
    const [form, button] = waiting;
    waiting = null;
    if (!unsavedRows().length) form.requestSubmit(button);
  }

  document.addEventListener("input", (event) => {
    const row = event.target.matches("input[data-mark]") && rowOf(event.target);
    if (!row) return;
    row.dataset.was ??= row.dataset.state;
    if (!sent.has(row.id)) row.dataset.state = isDirty(row) ? "dirty" : row.dataset.was;
  });

  document.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && rowOf(event.relatedTarget) !== row) save(row);
  });

  document.addEventListener("keydown", (event) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1, "?": 0 }[event.key];
    const mark = event.target;
    if (step === undefined || event.isComposing || !mark.matches?.("input[data-mark]")) return;
    event.preventDefault();
    if (!step) {
      document.getElementById(`help-${mark.dataset.mark}`)?.showPopover?.();
      return;
    }
    const column = all("input[data-mark]", mark.closest("table"))
      .filter((other) => other.dataset.mark === mark.dataset.mark);
    const next = column[column.indexOf(mark) + step];
    if (next) {
      next.focus();
      next.select();
    } else if (event.key === "Enter") save(rowOf(mark));
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsavedRows().length) event.preventDefault();
  });
  window.addEventListener("online", () => all("tbody[data-state=failed]").forEach(save));

  // --- htmx ----------------------------------------------------------------------------------

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const row = rowOf(detail.elt);
    if (!row) return;
    sent.set(row.id, new Map(marksIn(row).map((mark) => [mark.name, mark.value])));
    row.dataset.state = "saving";
  });

  // The session ended: following HX-Redirect now would take the input with it.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    reveal("session-notice");
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const row = rowOf(detail.requestConfig.elt);
    const wholePage = /^\s*<!doctype/i.test(detail.xhr.responseText);
    const expected = detail.target === document.body || detail.requestConfig.elt.closest("[hx-select]");
    if (wholePage && !expected) {
      // Our refusals carry #refusal; any other page was the end of a redirect.
      detail.selectOverride = "#refusal";
      detail.swapOverride = "innerHTML";
      detail.target = document.getElementById("notices");
      if (detail.xhr.status >= 400) detail.target.dataset.refused = "yes";
      else {
        detail.shouldSwap = false;
        location.assign(detail.xhr.responseURL);
      }
      return;
    }
    conceal("session-notice");
    const old = document.querySelector("#notices[data-refused]");
    old?.removeAttribute("data-refused");
    old?.replaceChildren();
    if (!row) return;
    const before = sent.get(row.id);
    const changed = marksIn(row).filter((mark) => mark.value !== before?.get(mark.name));
    if (before && changed.length) {
      typedMeanwhile.set(row.id, new Map(changed.map((mark) => [mark.name, mark.value])));
    }
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr.status) conceal("connection-notice");
    const id = rowOf(detail.requestConfig.elt)?.id;
    if (!id) return;
    sent.delete(id);
    const row = document.getElementById(id);
    for (const [name, value] of typedMeanwhile.get(id) ?? []) {
      marksIn(row).find((mark) => mark.name === name).value = value;
      row.dataset.was ??= row.dataset.state;
      row.dataset.state = "dirty";
    }
    typedMeanwhile.delete(id);
    // Nothing came in its place: the row still waits to be saved.
    if (row.dataset.state === "saving") row.dataset.state = "failed";
    else if (row.dataset.state === "dirty" && !row.contains(document.activeElement)) save(row);
    sendWaiting();
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (!rowOf(target)) focusFirstError(target);
  });

  for (const kind of ["sendError", "timeout"]) {
    document.addEventListener(`htmx:${kind}`, () => reveal("connection-notice"));
  }
})();
