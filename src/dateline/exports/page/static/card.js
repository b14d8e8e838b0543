// The card above the text: what is selected, field by field; each value leads to its words.
Dateline.card = (() => {
  const { model, selection } = Dateline;
  const { el } = Dateline.dom;

  const claimButton = (number) =>
    el(
      "button",
      { type: "button", class: "claim-button", onclick: () => selection.select("claim", number, "card") },
      el("span", { class: `tag kind-${model.claims[number].kind} ${model.claims[number].certainty}` }, model.claims[number].kind),
      " ",
      model.claims[number].summary,
      el("span", { class: "fine" }, model.claims[number].source),
    );

  // One row: the field's name in its colour, then its values; a value with words of its own is a button to them.
  function row(field, name, values) {
    if (!values.length) return null;
    return el("div", { class: `row field-${field}` }, el("dt", {}, name), el("dd", {}, values));
  }

  function value(caption, span, words) {
    const inside = [caption, words ? el("q", { class: "said" }, words) : null];
    if (!span) return el("span", { class: "value" }, inside);
    return el(
      "button",
      { type: "button", class: "value", title: "Show these words", onclick: () => Dateline.reader.flash(span) },
      inside,
    );
  }

  function rows(claim) {
    const spans = (field) => claim.marks.filter((mark) => mark.field === field).map((mark) => mark.span);
    const spanOf = (field, label) => claim.marks.find((mark) => mark.field === field && mark.label === label)?.span;
    const undated = claim.kind === "assessment" ? [] : [el("span", { class: "undated" }, "no date given")];
    const time = claim.time;
    const counted = time && time.counted_from ? el("span", { class: "fine" }, `counted from ${time.counted_from}`) : null;
    return [
      row(
        "figure",
        "figures",
        claim.figures.map((figure) => value(figure.caption, figure.span, figure.words)),
      ),
      row(
        "initiator",
        "initiator",
        claim.initiator.map((name) => value(name, spanOf("initiator", name))),
      ),
      row(
        "target",
        "target",
        claim.target.map((name) => value(name, spanOf("target", name))),
      ),
      row(
        "place",
        "places",
        claim.places.map((place) => [
          value(place.caption, spanOf("place", place.caption), place.words === place.caption ? null : place.words),
          place.place === null ? el("span", { class: "undated" }, "not located") : null,
        ]),
      ),
      row("time", "time", time ? [value(time.caption, spans("time")[0], time.words), counted] : undated),
      row("operation", "operation", claim.operation ? [value(claim.operation, spans("operation")[0])] : []),
      row("about", "about", claim.about ? [el("span", { class: "value" }, claim.about)] : []),
      row("source", "said by", [value(claim.source, spans("source")[0]), el("span", { class: "fine" }, claim.source_type)]),
    ];
  }

  function ofClaim(number) {
    const claim = model.claims[number];
    const scope = { since: "counted since then", period: "over a period", stock: "a level" }[claim.scope];
    const share = claim.events.map((event) =>
      el(
        "button",
        { type: "button", class: "plain", onclick: () => selection.select("event", event, "card") },
        `event: ${model.plural(model.events[event].links.length, "claim", "claims")}`,
      ),
    );
    return [
      el(
        "p",
        { class: "card-tags" },
        el("span", { class: `tag kind-${claim.kind} ${claim.certainty}` }, claim.kind),
        claim.type_label ? el("span", { class: "type" }, claim.type_label) : null,
        claim.stance ? el("span", { class: "stance" }, claim.stance) : null,
        claim.certainty !== "stated" ? el("span", { class: `mark-${claim.certainty}` }, claim.certainty) : null,
        claim.background ? el("span", { class: "mark-background" }, "background") : null,
        scope ? el("span", { class: "fine" }, scope) : null,
        share,
      ),
      el("h3", { class: "card-title" }, claim.summary),
      el("dl", { class: "card-rows" }, rows(claim)),
    ];
  }

  function ofEvent(number) {
    const event = model.events[number];
    const where = event.place_words || "no place named";
    return [
      el(
        "p",
        { class: "card-tags" },
        el("span", { class: "tag kind-event" }, "event"),
        el("span", { class: "type" }, event.type_label),
        event.certainty !== "stated" ? el("span", { class: `mark-${event.certainty}` }, event.certainty) : null,
      ),
      el("h3", { class: "card-title" }, event.summary),
      el("p", { class: "card-line" }, [model.sides(event), where, event.time].filter(Boolean).join(" · ")),
      event.figures.map((figure) =>
        el(
          "p",
          { class: "card-line" },
          figure.caption,
          figure.rule ? el("span", { class: "fine" }, ` best: ${figure.rule}`) : null,
        ),
      ),
      event.contradictions.map((c) =>
        el(
          "p",
          { class: "contradiction" },
          `Sources cannot all be right: ${c.field}: `,
          c.sides.map((side) => side.value).join(" / "),
        ),
      ),
      el(
        "div",
        { class: "card-claims" },
        event.links.map((link) => claimButton(link.claim)),
      ),
    ];
  }

  function ofReport(number) {
    const claims = model.claimsOf[number];
    if (!claims.length) return [el("p", { class: "card-line" }, "No claim was read in this report.")];
    return [
      el(
        "p",
        { class: "card-line hint" },
        `${model.plural(claims.length, "claim", "claims")} marked below. Select marked words, or step through with `,
        el("kbd", {}, "j"),
        " and ",
        el("kbd", {}, "k"),
        ".",
      ),
    ];
  }

  function show(now) {
    const card = document.getElementById("card");
    const report = now.report === null ? 0 : now.report;
    card.className = `card is-${now.kind || "report"}`;
    card.replaceChildren(
      ...(now.kind === "claim" ? ofClaim(now.claim) : now.kind === "event" ? ofEvent(now.event) : ofReport(report))
        .flat()
        .filter(Boolean),
    );
    card.scrollTop = 0;
  }

  return { show, claimButton };
})();
