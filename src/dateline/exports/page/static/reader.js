// The report reader: the text as received, with every claim's evidence marked; the selected claim's own words light up by field.
Dateline.reader = (() => {
  const { model, selection } = Dateline;
  const { el, shown, announce } = Dateline.dom;
  const NOT_READ = new Set(["repeated_headline", "subhead", "byline", "dateline", "teaser", "comments", "via", "furniture"]);

  let open = null; // number of the report that is drawn
  let pieces = []; // {start, end, element} of the drawn text, in order
  let ofClaim = new Map(); // claim number -> its pieces
  const lit = new Set(); // elements that the selection lights
  let head, body, text;

  // Cuts the text at every boundary of evidence, field words and regions.  Spans may nest and overlap: each piece knows all
  // the claims that cover it, and no character is drawn twice.
  function cut(report) {
    const claims = model.claimsOf[report];
    const cuts = new Set([0, model.reports[report].text.length]);
    const stretches = []; // {start, end, claim} or {start, end, region}
    const add = (start, end, what) => {
      cuts.add(start).add(end);
      stretches.push({ start, end, ...what });
    };
    for (const [start, end, region] of model.reports[report].regions) add(start, end, { region });
    for (const claim of claims) {
      for (const [start, end] of model.claims[claim].evidence) add(start, end, { claim });
      for (const mark of model.claims[claim].marks) cuts.add(mark.span[0]).add(mark.span[1]);
    }
    stretches.sort((a, b) => a.start - b.start);
    const edges = [...cuts].sort((a, b) => a - b);
    const found = [];
    let active = [];
    let next = 0;
    for (let at = 0; at + 1 < edges.length; at += 1) {
      const [start, end] = [edges[at], edges[at + 1]];
      while (next < stretches.length && stretches[next].start <= start) active.push(stretches[next++]);
      active = active.filter((stretch) => stretch.end > start);
      found.push({ start, end, active: active.slice() });
    }
    return found;
  }

  function draw(report) {
    const source = model.reports[report].text;
    const first = new Set();
    ofClaim = new Map(model.claimsOf[report].map((claim) => [claim, []]));
    pieces = cut(report).map(({ start, end, active }) => {
      // The shortest evidence gives the colour and is selected first: it is the most specific.
      const length = (claim) => model.claims[claim].evidence.reduce((sum, [from, to]) => sum + to - from, 0);
      const claims = [...new Set(active.filter((s) => s.claim !== undefined).map((s) => s.claim))];
      claims.sort((a, b) => length(a) - length(b) || a - b);
      const region = active.map((s) => s.region).find(Boolean);
      const element = claims.length ? mark(claims, first) : el("span", {});
      if (region) element.classList.add(NOT_READ.has(region) ? "furniture" : `region-${region}`);
      if (region && NOT_READ.has(region)) element.title = `${region.replace("_", " ")}: not read for claims`;
      element.append(...shown(source, model.hidden, start, end));
      const piece = { start, end, element, claims };
      for (const claim of claims) ofClaim.get(claim).push(piece);
      return piece;
    });
    text.replaceChildren(...pieces.map((piece) => piece.element));
    text.lang = model.reports[report].language || "";
    lit.clear();
    open = report;
  }

  function mark(claims, first) {
    const claim = model.claims[claims[0]];
    const element = el("mark", {
      class: `evidence kind-${claim.kind}`,
      "data-claims": claims.map((n) => model.claims[n].id).join(" "),
    });
    if (claims.length > 1) element.classList.add("several");
    if (claim.certainty !== "stated") element.classList.add(claim.certainty);
    if (!first.has(claims[0])) {
      first.add(claims[0]);
      element.tabIndex = 0;
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", `${claim.kind}: ${claim.summary}`);
    }
    return element;
  }

  // A press on marked text selects its claim; pressed again, the next of the claims that share these words.
  function choose(target) {
    const element = target.closest("mark.evidence");
    const piece = element && pieces.find((p) => p.element === element);
    if (!piece) return;
    const at = piece.claims.indexOf(selection.now().claim);
    selection.select("claim", piece.claims[(at + 1) % piece.claims.length], "reader");
  }

  function within(start, end) {
    return pieces.filter((piece) => piece.start >= start && piece.end <= end);
  }

  function clearMarks() {
    for (const element of lit) {
      element.classList.remove("selected", "of-event", "found", "field", ...Object.keys(model.FIELDS).map((f) => `field-${f}`));
      if (element.dataset.fields) {
        delete element.dataset.fields;
        element.removeAttribute("title");
      }
    }
    lit.clear();
    text.classList.remove("has-selection");
  }

  function add(element, ...names) {
    lit.add(element);
    element.classList.add(...names);
  }

  function light(claim) {
    text.classList.add("has-selection");
    for (const { element } of ofClaim.get(claim)) add(element, "selected");
    for (const { field, label, span } of model.claims[claim].marks) {
      for (const { element } of within(span[0], span[1])) {
        const known = element.dataset.fields ? element.dataset.fields.split(" ") : [];
        // Where two fields read the same words the first gives the colour; the title names both.
        if (!known.length) add(element, "field", `field-${field}`);
        if (!known.includes(field)) element.dataset.fields = [...known, field].join(" ");
        element.title = [element.title, `${model.FIELDS[field]}: ${label}`].filter(Boolean).join("; ");
      }
    }
  }

  function scrollTo(element) {
    if (!element) return;
    const box = element.getBoundingClientRect();
    const frame = body.getBoundingClientRect();
    const shownAlready = box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8;
    if (!shownAlready) body.scrollTop += box.top - frame.top - Math.min(90, frame.height / 4);
  }

  function showSpan(report, start, end) {
    selection.select("report", report, "list");
    const found = pieces.filter((piece) => piece.start < end && piece.end > start);
    for (const { element } of found) add(element, "found");
    if (found.length) scrollTo(found[0].element);
  }

  function flash(span) {
    const found = within(span[0], span[1]);
    if (!found.length) return;
    scrollTo(found[0].element);
    for (const { element } of found) {
      element.classList.remove("flash");
      void element.offsetWidth; // restarts the animation
      element.classList.add("flash");
    }
  }

  function headOf(report) {
    const record = model.reports[report];
    const picker = el(
      "select",
      { "aria-label": "Report", onchange: (event) => selection.select("report", Number(event.target.value), "reader") },
      model.reports.map((r, n) => el("option", { value: n, selected: n === report }, r.title)),
    );
    const line = [record.publisher || "publisher not given", record.author, record.published].filter(Boolean).join(" · ");
    return [
      el(
        "div",
        { class: "reader-bar" },
        picker,
        el(
          "button",
          { type: "button", class: "icon", title: "Previous claim (k)", "aria-label": "Previous claim", onclick: () => step(-1) },
          "↑",
        ),
        el(
          "button",
          { type: "button", class: "icon", title: "Next claim (j)", "aria-label": "Next claim", onclick: () => step(1) },
          "↓",
        ),
        el(
          "button",
          {
            type: "button",
            class: "icon close",
            title: "Close the reader (Esc)",
            "aria-label": "Close the reader",
            onclick: () => selection.clear(),
          },
          "✕",
        ),
      ),
      el("p", { class: "byline" }, line),
    ];
  }

  function step(by) {
    const now = selection.now();
    const claims = now.report === null ? model.claims.map((_, n) => n) : model.claimsOf[now.report];
    if (!claims.length) return;
    const at = now.claim === null ? (by > 0 ? -1 : 0) : claims.indexOf(now.claim);
    selection.select("claim", claims[(at + by + claims.length) % claims.length], "keys");
  }

  function show(now) {
    const panel = document.getElementById("reader");
    panel.classList.toggle("is-open", now.kind !== null);
    const report = now.report === null ? (open === null ? 0 : open) : now.report;
    if (!model.reports.length) return;
    if (open !== report) {
      draw(report);
      body.scrollTop = 0;
    }
    head.replaceChildren(...headOf(report));
    clearMarks();
    Dateline.card.show(now);
    if (now.kind === "claim") {
      light(now.claim);
      if (now.origin !== "reader") scrollTo(ofClaim.get(now.claim)[0]?.element);
      announce(`${model.claims[now.claim].kind}: ${model.claims[now.claim].summary}`);
    } else if (now.kind === "event") {
      const own = model.events[now.event].links.map((link) => link.claim).filter((claim) => ofClaim.has(claim));
      for (const claim of own) for (const { element } of ofClaim.get(claim)) add(element, "of-event");
      if (own.length) scrollTo(ofClaim.get(own[0])[0]?.element);
      announce(`event: ${model.events[now.event].summary}`);
    }
  }

  function start() {
    const panel = document.getElementById("reader");
    head = el("div", { class: "reader-head" });
    text = el("div", { class: "reader-text", dir: "auto", onclick: (event) => choose(event.target) });
    text.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark.evidence")) {
        event.preventDefault();
        choose(event.target);
      }
    });
    body = el("div", { class: "reader-body", tabindex: 0, role: "region", "aria-label": "Text of the report as received" }, text);
    panel.replaceChildren(head, el("div", { id: "card", class: "card" }), body);
    selection.watch(show);
  }

  return { start, showSpan, flash, step };
})();
