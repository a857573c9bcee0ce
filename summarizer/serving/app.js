// Adds fields for pasting, and shows progress as it comes; the pages are whole without it.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const more = byId("more");
  const texts = byId("texts");
  const job = byId("job");
  const files = byId("files");

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

  const inWords = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

  function add(parent, kind, text, className = "") {
    const made = document.createElement(kind);
    made.textContent = text;
    made.className = className;
    parent.append(made);
    return made;
  }

  // What is too large is said before it is sent: a server that refuses it cannot show the form again.
  function showChosen() {
    const chosen = byId("chosen");
    const all = Array.from(files.files);
    const whole = all.reduce((sum, file) => sum + file.size, 0);
    const { maxFiles, maxBytes } = files.dataset;
    let over = "";
    if (all.length > maxFiles) over = `${all.length} files are more than ${maxFiles}: choose fewer.`;
    else if (whole > maxBytes) over = `${inWords(whole)} are more than ${inWords(maxBytes)}: choose less.`;
    chosen.replaceChildren();
    files.setCustomValidity(over);
    if (over) add(chosen, "p", over, "over");
    if (!all.length) return;
    const list = add(chosen, "ul", "");
    for (const file of all.slice(0, maxFiles)) add(add(list, "li", file.name), "span", inWords(file.size));
  }

  function follow() {
    const events = new EventSource(job.dataset.events);
    let began = Date.now() - 1000 * byId("seconds").textContent;
    setInterval(() => {
      byId("seconds").textContent = Math.floor((Date.now() - began) / 1000);
    }, 1000);
    events.addEventListener("progress", (event) => {
      const { stage, whole, seconds } = JSON.parse(event.data);
      began = Date.now() - 1000 * seconds;
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
  if (files) {
    files.addEventListener("change", showChosen);
    // A page that is gone back to may have kept its files.
    window.addEventListener("pageshow", showChosen);
  }
  if (job) follow();
})();
