/* The keys of the coding room's editor: four spaces, where gradio's own would be two. Changes go through the editor's
   own transactions, so that they can be undone. Ctrl+Enter runs; Escape, then Tab leaves. */
(() => {
  "use strict";
  const STEP = 4;
  const KEPT = "interviewer-code";
  const OPENING = 15000; // milliseconds
  let leaving = false;
  let known = { room: "", stamp: "", doc: null };
  let unstored = kept();
  let opening = 0; // until when the page is opening, in milliseconds

  const inEditor = (event) => event.target instanceof Element && event.target.closest("#editor .cm-content");

  function viewOf(node) {
    const held = node.cmTile || node.cmView;
    return held && (held.view || (held.root && held.root.view) || (held.rootView && held.rootView.view));
  }

  function change(view, changes, selection) {
    view.dispatch({ changes, selection, scrollIntoView: true, userEvent: "input" });
    return true;
  }

  /* The lines that a selection touches; one that ends before a line's first character does not touch it. */
  function linesOf(view) {
    const { from, to } = view.state.selection.main;
    const doc = view.state.doc;
    const lines = [];
    for (let at = doc.lineAt(from).number; at <= doc.lines; at += 1) {
      const line = doc.line(at);
      if (line.from > to || (line.from === to && lines.length > 0)) break;
      lines.push(line);
    }
    return lines;
  }

  function indent(view) {
    const { from, to, empty } = view.state.selection.main;
    const first = view.state.doc.lineAt(from);
    if (empty || to < first.to || (to === first.to && from > first.from)) {
      const blanks = " ".repeat(STEP - ((from - first.from) % STEP));
      return change(view, { from, to, insert: blanks }, { anchor: from + blanks.length });
    }
    const lines = linesOf(view).filter((line) => line.text.trim());
    return change(view, lines.map((line) => ({ from: line.from, insert: " ".repeat(STEP) })));
  }

  function dedent(view) {
    const changes = linesOf(view).flatMap((line) => {
      if (line.text.startsWith("\t")) return [{ from: line.from, to: line.from + 1 }];
      const blanks = /^ */.exec(line.text)[0].length;
      return blanks ? [{ from: line.from, to: line.from + (blanks % STEP || STEP) }] : [];
    });
    return changes.length ? change(view, changes) : true;
  }

  function newline(view) {
    const { from, to } = view.state.selection.main;
    const line = view.state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from);
    const end = view.state.doc.lineAt(to);
    const blanksAfter = /^[ \t]*/.exec(end.text.slice(to - end.from))[0].length;
    const opens = /:[ \t]*(#.*)?$/.test(before);
    const insert = "\n" + /^[ \t]*/.exec(before)[0] + (opens ? " ".repeat(STEP) : "");
    return change(view, { from, to: to + blanksAfter, insert }, { anchor: from + insert.length });
  }

  function backspace(view) {
    const { from, empty } = view.state.selection.main;
    const line = view.state.doc.lineAt(from);
    const column = from - line.from;
    if (!empty || column === 0 || line.text.slice(0, column).trim() || line.text.slice(0, column).includes("\t")) {
      return false;
    }
    const to = from - (column % STEP || STEP);
    return change(view, { from: to, to: from }, { anchor: to });
  }

  function handled(event, view) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const run = document.querySelector("#run");
      if (run && !run.disabled) run.click();
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !view || view.state.selection.ranges.length > 1) return false;
    if (event.key === "Tab") return event.shiftKey ? dedent(view) : indent(view);
    if (event.key === "Enter") return newline(view);
    return event.key === "Backspace" && !event.shiftKey && backspace(view);
  }

  document.addEventListener("keydown", (event) => {
    const node = inEditor(event);
    if (!node || event.isComposing) return;
    const away = leaving && event.key === "Tab";
    leaving = event.key === "Escape" || (leaving && event.key === "Shift");
    if (away) {
      event.stopImmediatePropagation(); // the browser moves on, and the editor does not hear of it
    } else if (handled(event, viewOf(node))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  /* What the server has not stored yet stays with the browser, for a server that does not come back at once.
     The note tells what is stored: which room, how much of it, and a stamp for every time. What another tab keeps
     meanwhile is that tab's: a tab puts back what an earlier page left, or what was typed in it. */
  function kept() {
    return JSON.parse(localStorage.getItem(KEPT) || "null");
  }

  function keep(room, text) {
    unstored = { room, text };
    localStorage.setItem(KEPT, JSON.stringify(unstored));
  }

  function forget() {
    if (unstored && kept()?.text === unstored.text) localStorage.removeItem(KEPT);
    unstored = null;
  }

  function restore(view, room) {
    if (!unstored || unstored.room !== room || unstored.text === view.state.doc.toString()) return;
    change(view, { from: 0, to: view.state.doc.length, insert: unstored.text });
  }

  /* A page that is just opening may set the editor's text more than once: until then what was kept is put back each time,
     and forgotten only when the server has it. */
  function watch(view, note) {
    const { room, stamp, length } = note.dataset;
    const opened = known.room !== room || (stamp === "" && known.stamp !== "");
    if (view.state.doc.length === Number(length) && (opened || known.stamp !== stamp)) {
      known = { room, stamp, doc: view.state.doc };
      if (opened) opening = Date.now() + OPENING;
      else if (Date.now() > opening || unstored?.text === view.state.doc.toString()) forget();
    }
    if (Date.now() < opening && known.room === room && view.state.doc.eq(known.doc)) restore(view, room);
    const unsaved = known.room === room && !view.state.doc.eq(known.doc);
    note.classList.toggle("dirty", unsaved);
    if (unsaved) keep(room, view.state.doc.toString());
  }

  function look() {
    const node = document.querySelector("#editor .cm-content");
    const note = document.querySelector("#saved .note");
    const view = node && viewOf(node);
    if (!view || !note || !note.dataset.room) return;
    if (node.getAttribute("aria-describedby") !== "editor-keys") {
      node.setAttribute("aria-label", "Your code");
      node.setAttribute("aria-describedby", "editor-keys");
    }
    watch(view, note);
  }

  document.addEventListener("keyup", (event) => {
    if (!inEditor(event)) return;
    opening = 0; // what stands there now is the candidate's
    look();
  });
  setInterval(look, 500);
})();
