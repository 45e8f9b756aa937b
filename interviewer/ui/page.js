/* What the page does without asking the server: the clock, Ctrl+Enter, and the draft of an answer. */
(() => {
  "use strict";
  const DRAFT = "interviewer-draft";
  const LONGEST_PAUSE = 900;
  let stamp = null;
  let base = 0;
  let restored = null;

  const box = () => document.querySelector("#answer textarea");
  const two = (n) => String(Math.floor(n)).padStart(2, "0");

  function tick() {
    const clock = document.querySelector(".clock");
    if (clock) {
      const mark = clock.dataset.stamp + "|" + clock.dataset.elapsed;
      if (mark !== stamp) { stamp = mark; base = performance.now(); }
      const waited = clock.dataset.running === "1" ? (performance.now() - base) / 1000 : 0;
      const elapsed = Number(clock.dataset.elapsed) + Math.min(LONGEST_PAUSE, waited);
      const total = Number(clock.dataset.total);
      const shown = two(elapsed / 60) + ":" + two(elapsed % 60);
      const time = clock.querySelector("b");
      if (time && time.textContent !== shown) time.textContent = shown;
      clock.classList.toggle("late", total > 0 && elapsed >= total - Math.min(300, total / 5));
      clock.classList.toggle("over", total > 0 && elapsed >= total);
    }
    keepDraft();
  }

  /* What a draft answers: this interview, after so many answers. Once it is sent, it answers nothing any more. */
  function subject() {
    const header = document.querySelector(".round-header");
    return header && header.dataset.interview + "/" + header.dataset.answered;
  }

  function keepDraft() {
    const area = box();
    const now = subject();
    if (!area || !now || restored === now) return;
    restored = now;
    const kept = JSON.parse(localStorage.getItem(DRAFT) || "null");
    if (!kept) return;
    if (kept.subject !== now) {
      if (kept.subject.split("/")[0] === now.split("/")[0]) localStorage.removeItem(DRAFT);
    } else if (!area.value) {
      area.value = kept.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    restored = subject();
    localStorage.setItem(DRAFT, JSON.stringify({ subject: restored, text: event.target.value }));
  });

  document.addEventListener("keydown", (event) => {
    if (event.target !== box() || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const send = document.querySelector("#send");
    if (send && !send.disabled) send.click();
  }, true);

  setInterval(tick, 500);
})();
