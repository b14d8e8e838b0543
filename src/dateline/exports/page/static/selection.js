// What is selected.  The address's #claim=, #event= or #report= is the one place that says so: a link to the page carries it,
// and the back button works.
Dateline.selection = (() => {
  const { model } = Dateline;
  const watchers = [];
  let origin = null;
  let followed = null; // the address that `current` was read from
  const NOTHING = Object.freeze({ kind: null, claim: null, event: null, report: null, origin: null });
  let current = NOTHING;

  function read(hash) {
    const [, kind, id] = /^#(claim|event|report)=(.*)$/.exec(hash) || [];
    if (kind === "claim") return ofClaim(model.claimNumbers.get(id));
    if (kind === "event") return ofEvent(model.eventNumbers.get(id));
    if (kind === "report") return ofReport(model.reportNumbers.get(id));
    return null;
  }

  function ofClaim(claim) {
    if (claim === undefined) return null;
    const record = model.claims[claim];
    return { kind: "claim", claim, event: record.events.length ? record.events[0] : null, report: record.report };
  }

  function ofEvent(event) {
    if (event === undefined) return null;
    const links = model.events[event].links;
    return { kind: "event", claim: null, event, report: links.length ? model.claims[links[0].claim].report : null };
  }

  function ofReport(report) {
    return report === undefined ? null : { kind: "report", claim: null, event: null, report };
  }

  // `from` names the view in which it was chosen, so that view need not scroll to it.
  function select(kind, number, from = null) {
    const records = { claim: model.claims, event: model.events, report: model.reports }[kind];
    go(`#${kind}=${records[number].id}`, from);
  }

  const clear = () => go("#none", null);

  function go(hash, from) {
    origin = from;
    if (window.location.hash !== hash) window.location.hash = hash;
    follow();
  }

  function follow() {
    followed = window.location.hash;
    const found = read(followed);
    const from = origin;
    origin = null;
    // A link to a section of the page (#claims) moves the page and leaves the selection as it is.
    if (!found && followed !== "#none" && followed !== "") return;
    current = found ? { ...found, origin: from } : NOTHING;
    for (const watcher of watchers) watcher(current);
  }

  // Our own changes were followed at once; this is for the back button and for links typed by hand.
  window.addEventListener("hashchange", () => window.location.hash !== followed && follow());

  return { select, clear, follow, watch: (watcher) => watchers.push(watcher), now: () => current };
})();
