// Choosing a statement marks its words in the articles; choosing marked words goes back. The page is whole without it.
(() => {
  "use strict";

  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const pane = byId("articles");
  const told = byId("told");
  const steps = byId("steps");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  // In the frame of a notebook, addresses within the page are the notebook's: they are followed here.
  const framed = location.protocol === "about:";
  const hint = "Choose a statement: its words are marked here.";

  const claims = all("a[data-key]");
  const claimOf = new Map(claims.map((claim) => [claim.dataset.key, claim]));
  const marksOf = new Map();
  for (const mark of all("a[data-keys]")) {
    for (const key of mark.dataset.keys.split(" ")) {
      if (!marksOf.has(key)) marksOf.set(key, []);
      marksOf.get(key).push(mark);
    }
  }

  let chosen = null;
  let places = [];
  let at = 0;

  function show(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const behavior = still.matches ? "auto" : "smooth";
    if (pane.contains(element) && getComputedStyle(pane).overflowY === "auto") {
      // Only the pane moves: the statement that was chosen stays where it is.
      const above = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTo({ top: pane.scrollTop + above - pane.clientHeight / 3, behavior });
    } else {
      element.scrollIntoView({ block: "center", behavior });
    }
  }

  function clear() {
    all(".on, .at, .chosen").forEach((element) => element.classList.remove("on", "at", "chosen"));
    chosen = null;
    places = [];
    steps.hidden = true;
    document.body.classList.remove("choosing");
    told.textContent = hint;
  }

  function choose(key) {
    const claim = claimOf.get(key);
    if (!claim || chosen === key) return Boolean(claim);
    clear();
    chosen = key;
    places = claim.dataset.places.split(" ").map(byId).filter(Boolean);
    at = 0;
    byId(key).classList.add("chosen");
    (marksOf.get(key) || []).forEach((mark) => mark.classList.add("on"));
    steps.hidden = false;
    document.body.classList.add("choosing");
    told.textContent = claim.dataset.told + ".";
    return true;
  }

  function goTo(index) {
    if (!places.length) return;
    places[at].classList.remove("at");
    at = (index + places.length) % places.length;
    places[at].classList.add("at");
    show(places[at]);
    if (places.length > 1) told.textContent = `${claimOf.get(chosen).dataset.told}; at ${at + 1} of ${places.length}.`;
  }

  function goBack(key) {
    if (!choose(key)) return false;
    claimOf.get(key).focus({ preventScroll: true });
    show(byId(key));
    return true;
  }

  function follow({ key, choose: asked, keys, step }, id) {
    if (step === "clear") clear();
    else if (step === "back") goBack(chosen);
    else if (step) goTo(at + Number(step));
    else if (keys) return goBack(keys.split(" ").includes(chosen) ? chosen : keys.split(" ")[0]);
    else if (!choose(key || asked)) return false;
    else goTo(key ? 0 : Math.max(0, places.indexOf(byId(id))));
    return true;
  }

  function onClick(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[href^='#'], button[data-step]");
    if (!link) return;
    const id = (link.getAttribute("href") || "#").slice(1);
    let done = follow(link.dataset, id);
    if (!done && framed) done = visit(id);
    if (done) event.preventDefault();
  }

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && chosen) {
      clear();
      return;
    }
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const claim = event.target.closest("a[data-key]");
    const mark = event.target.closest("a[data-keys]");
    if (claim && along) {
      const seen = claims.filter((one) => one.getClientRects().length);
      const next = seen[seen.indexOf(claim) + along];
      if (next) next.focus();
    } else if (claim && sideways) {
      const same = chosen === claim.dataset.key;
      choose(claim.dataset.key);
      goTo(same ? at + sideways : 0);
    } else if (mark && sideways && chosen) {
      goTo(at + sideways);
      places[at].querySelector("a").focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
  }

  function visit(id) {
    const element = byId(id);
    if (!element) return false;
    const fold = element.matches("article") && element.querySelector("details");
    if (fold) fold.open = true;
    if (framed) element.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    return true;
  }

  function onAddress() {
    const id = location.hash.slice(1);
    if (claimOf.has(id) && choose(id)) goTo(0);
    else visit(id);
  }

  told.textContent = hint;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", onAddress);
  onAddress();
})();
