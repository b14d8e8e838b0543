// The tables are in the page already: this opens their rows and filters the claims.
Dateline.tables = (() => {
  const { model, selection } = Dateline;
  const field = (id) => document.getElementById(id);
  let rows = [];

  function showEvent(now) {
    for (const record of document.querySelectorAll("#event-table .record")) {
      const chosen = now.event !== null && Number(record.dataset.event) === now.event;
      record.classList.toggle("selected", chosen);
      // Only a chosen event opens; one that merely holds the chosen claim is marked.
      if (now.kind === "event") record.classList.toggle("opened", chosen);
      record.querySelector("a.opens").setAttribute("aria-expanded", String(record.classList.contains("opened")));
      if (chosen && now.kind === "event" && now.origin === null) record.scrollIntoView({ block: "nearest" });
    }
  }

  function showClaim(now) {
    for (const row of document.querySelectorAll("#claim-table tr.selected")) {
      row.classList.remove("selected");
      row.querySelector("a.opens").removeAttribute("aria-current");
    }
    if (now.claim === null) return;
    const { element } = rows[now.claim];
    element.classList.add("selected");
    element.querySelector("a.opens").setAttribute("aria-current", "true");
    if (element.hidden) field("filters").reset();
    if (now.origin === null || now.origin === "keys" || now.origin === "reader") element.scrollIntoView({ block: "nearest" });
  }

  function chosenFilters() {
    return {
      kinds: new Set([...document.querySelectorAll('#filters [name="kind"]:checked')].map((box) => box.value)),
      type: field("filter-type").value,
      certainty: field("filter-certainty").value,
      report: field("filter-report") ? field("filter-report").value : "",
      background: field("filter-background").checked,
      words: field("filter-text").value.toLowerCase().split(/\s+/).filter(Boolean),
    };
  }

  function passes(row, chosen) {
    const claim = model.claims[row.number];
    return (
      chosen.kinds.has(claim.kind) &&
      (!chosen.type || claim.type === model.types[Number(chosen.type)]) &&
      (!chosen.certainty || claim.certainty === chosen.certainty) &&
      (!chosen.report || claim.report === Number(chosen.report)) &&
      (chosen.background || !claim.background) &&
      chosen.words.every((word) => row.words.includes(word))
    );
  }

  // The filters as a sentence: "4 of 31 claims: running totals, armed clash, told as alleged, with “tunnel”".
  function sentence(count, chosen) {
    const all = Object.keys(model.kinds);
    const parts = [
      chosen.kinds.size < all.length
        ? all
            .filter((kind) => chosen.kinds.has(kind))
            .map((kind) => model.kinds[kind])
            .join(" and ") || "no kind"
        : "",
      chosen.type ? field("filter-type").selectedOptions[0].textContent : "",
      chosen.certainty,
      chosen.report ? `in “${model.reports[Number(chosen.report)].title}”` : "",
      chosen.background ? "" : "without background",
      chosen.words.length ? `with ${chosen.words.map((word) => `“${word}”`).join(" and ")}` : "",
    ].filter(Boolean);
    const counted = count === model.claims.length ? `all ${count} claims` : `${count} of ${model.claims.length} claims`;
    return parts.length ? `${counted}: ${parts.join(", ")}` : counted;
  }

  function filter() {
    const chosen = chosenFilters();
    let count = 0;
    for (const row of rows) {
      row.element.hidden = !passes(row, chosen);
      count += row.element.hidden ? 0 : 1;
    }
    const says = sentence(count, chosen);
    field("filter-says").textContent = says;
    field("filter-reset").hidden =
      says ===
      sentence(model.claims.length, {
        ...chosenFilters(),
        ...{ kinds: new Set(Object.keys(model.kinds)), type: "", certainty: "", report: "", background: true, words: [] },
      });
    const none = field("no-match");
    if (none) none.hidden = count > 0;
  }

  // A press anywhere on a row opens it; its link is what the keyboard and a screen reader use.
  function openRow(event) {
    if (event.target.closest("a, button, input, select, summary") || String(window.getSelection())) return;
    const row = event.target.closest("tr");
    const claim = row?.dataset.claim;
    const record = row?.classList.contains("main") ? row.closest(".record").dataset.event : undefined;
    if (claim !== undefined) selection.select("claim", Number(claim), "table");
    else if (record !== undefined) toggleEvent(Number(record));
  }

  function toggleEvent(number) {
    const record = document.querySelector(`#event-table [data-event="${number}"]`);
    if (record.classList.contains("opened") && selection.now().event === number) {
      record.classList.remove("opened");
      record.querySelector("a.opens").setAttribute("aria-expanded", "false");
    } else selection.select("event", number, "table");
  }

  // Links in the page are followed by hand, to say where the choice was made.
  function openLink(event) {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.dataset.start !== undefined) {
      event.preventDefault();
      Dateline.reader.showSpan(Number(link.dataset.report), Number(link.dataset.start), Number(link.dataset.end));
      return;
    }
    const [, kind, id] = /^#(claim|event|report)=(.*)$/.exec(link.getAttribute("href")) || [];
    if (!kind) return;
    event.preventDefault();
    const number = { claim: model.claimNumbers, event: model.eventNumbers, report: model.reportNumbers }[kind].get(id);
    if (kind === "event") toggleEvent(number);
    else selection.select(kind, number, "table");
  }

  function start() {
    rows = [...document.querySelectorAll("#claim-table tr[data-claim]")].map((element) => {
      const number = Number(element.dataset.claim);
      return {
        element,
        number,
        words: `${element.textContent} ${model.claims[number].quote}`.toLowerCase().replace(/\s+/g, " "),
      };
    });
    const form = field("filters");
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => window.setTimeout(filter, 0)); // the fields change after the event
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const table of document.querySelectorAll("table.records")) table.addEventListener("click", openRow);
    document.addEventListener("click", openLink);
    selection.watch(showEvent);
    selection.watch(showClaim);
    filter();
  }

  return { start };
})();
