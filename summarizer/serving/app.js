// Adds fields for pasting, and shows progress as it comes; the pages are whole without it.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const more = byId("more");
  const texts = byId("texts");
  const job = byId("job");

  function addField() {
    const last = texts.lastElementChild;
    const next = last.cloneNode(true);
    const number = texts.children.length + 1;
    const label = next.querySelector("label");
    const area = next.querySelector("textarea");
    label.htmlFor = area.id = `text${number}`;
    label.textContent = `Paste article ${number}`;
    area.value = area.textContent = "";
    texts.append(next);
    area.focus();
  }

  function follow() {
    const events = new EventSource(job.dataset.events);
    events.addEventListener("progress", (event) => {
      const { stage, whole } = JSON.parse(event.data);
      if (byId("stage").textContent !== stage) byId("stage").textContent = stage;
      byId("done").value = whole;
      document.title = `${whole} % · Making the briefing`;
    });
    events.addEventListener("done", () => {
      events.close();
      location.reload();
    });
    // The server is gone, or takes no more watchers: ask now and then, as without script.
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2000);
    });
  }

  if (more) {
    more.hidden = false;
    more.addEventListener("click", (event) => {
      if (event.target.closest("button")) addField();
    });
  }
  if (job) follow();
})();
