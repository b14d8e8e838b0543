// The timeline: incidents as dots (or as bars, where the day is not known), running totals as bars over the time that they
// count, forecasts as diamonds.  What has no date is listed beside it and never placed.
Dateline.timeline = (() => {
  const { model, selection } = Dateline;
  const { el, svg, pressable } = Dateline.dom;
  const DAY = 86400000;
  const [LEFT, RIGHT, TOP, AXIS] = [118, 14, 8, 30];
  const [BAR, GAP, DOT] = [16, 5, 5.5];

  // Days since 1970: local civil dates are never passed through a time zone.
  const day = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY;
  const iso = (number) => new Date(number * DAY).toISOString().slice(0, 10);

  let frame, view, full, items, undated;

  function eventItem(event, number) {
    return {
      kind: "event",
      number,
      lane: 0,
      start: day(event.start || event.end),
      end: day(event.end || event.start),
      label: event.summary,
      caption: event.time,
      certainty: event.certainty,
    };
  }

  function claimItem(claim, number, lane) {
    const time = claim.time;
    const until = model.reports[claim.report].published_on;
    const start = day(time.start || time.end);
    // "Since" runs until the report; without its date the bar ends where the words end, and an arrow says that it goes on.
    const end = day(time.end || (time.since && until && until >= time.start ? until : time.start));
    const figure = claim.figures[0];
    return {
      kind: "claim",
      number,
      lane,
      start,
      end,
      open: time.since,
      label: figure ? figure.caption : claim.summary,
      long: claim.summary,
      caption: time.caption,
      certainty: claim.certainty,
    };
  }

  function collect() {
    items = [];
    undated = { events: [], tallies: [], forecasts: [] };
    model.events.forEach((event, number) =>
      event.start || event.end ? items.push(eventItem(event, number)) : undated.events.push(number),
    );
    model.claims.forEach((claim, number) => {
      const lane = { tally: 1, forecast: 2 }[claim.kind];
      if (!lane) return;
      const dated = claim.time && (claim.time.start || claim.time.end);
      if (dated) items.push(claimItem(claim, number, lane));
      else (lane === 1 ? undated.tallies : undated.forecasts).push(number);
    });
    items.sort((a, b) => a.start - b.start || a.end - b.end || a.number - b.number);
  }

  const published = () =>
    model.reports
      .map((report, number) => ({ number, at: report.published_on }))
      .filter((r) => r.at)
      .map((r) => ({ ...r, at: day(r.at) }));

  function span(of, marks) {
    const starts = [...of.map((item) => item.start), ...marks];
    const ends = [...of.map((item) => item.end + 1), ...marks.map((m) => m + 1)];
    if (!starts.length) return null;
    const [from, to] = [Math.min(...starts), Math.max(...ends)];
    const pad = Math.max(1, (to - from) * 0.04);
    return { from: from - pad, to: to + pad };
  }

  const x = (at, width) => LEFT + ((at - view.from) / (view.to - view.from)) * (width - LEFT - RIGHT);

  // Whole days, months or years, so that about one line comes every 90 pixels.
  function ticks(width) {
    const wanted = (view.to - view.from) / Math.max(2, (width - LEFT - RIGHT) / 90);
    const found = [];
    if (wanted <= 12) {
      const step = [1, 2, 4, 7, 14].find((s) => s >= wanted) || 14;
      for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) found.push({ at, label: iso(at) });
      return found;
    }
    const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((m) => m * 30.4 >= wanted) || 1200;
    const first = new Date(view.from * DAY);
    let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
    for (; ; month += months) {
      const [year, of] = [Math.floor(month / 12), (month % 12) + 1];
      const at = day(`${String(year).padStart(4, "0")}-${String(of).padStart(2, "0")}-01`);
      if (!(at <= view.to)) return found;
      if (at >= view.from) found.push({ at, label: months >= 12 ? String(year) : `${year}-${String(of).padStart(2, "0")}` });
    }
  }

  // Puts items of a lane on rows so that none covers another; labels take room where there is some.
  function rows(lane, width) {
    const ends = [];
    return lane.map((item) => {
      const left = Math.max(LEFT, x(item.start, width));
      const right = Math.max(left + (lane[0].lane === 0 ? 2 * DOT + 3 : 22), x(item.end + 1, width));
      let row = ends.findIndex((end) => end <= left);
      if (row < 0) row = ends.push(0) - 1;
      ends[row] = right + 3;
      return { item, row, left, right };
    });
  }

  function shapeOf({ item, left, right }, y, width) {
    const edge = width - RIGHT;
    const kind = item.kind === "event" ? "event" : item.lane === 1 ? "tally" : "forecast";
    const group = svg("g", {
      class: `mark mark-${kind} ${item.certainty}`,
      "data-kind": item.kind,
      "data-number": item.number,
      "aria-label": `${kind === "tally" ? "running total" : kind}: ${item.long || item.label}, ${item.caption}`,
    });
    const to = Math.min(right, edge);
    if (kind === "event" && item.start === item.end) {
      group.append(svg("circle", { cx: x(item.start + 0.5, width), cy: y + BAR / 2, r: DOT }));
    } else if (kind === "forecast" && item.start === item.end) {
      const cx = x(item.start + 0.5, width);
      group.append(
        svg("path", {
          d: `M${cx - 6} ${y + BAR / 2}L${cx} ${y + BAR / 2 - 6}L${cx + 6} ${y + BAR / 2}L${cx} ${y + BAR / 2 + 6}Z`,
        }),
      );
    } else {
      group.append(svg("rect", { x: left, y, width: Math.max(6, to - left), height: BAR, rx: kind === "event" ? BAR / 2 : 2 }));
      if (x(item.start, width) < LEFT)
        group.append(svg("path", { class: "goes-on", d: `M${LEFT + 7} ${y + 4}l-4 ${BAR / 2 - 4}l4 ${BAR / 2 - 4}` }));
      if (item.open) group.append(svg("path", { class: "goes-on", d: `M${to - 7} ${y + 4}l4 ${BAR / 2 - 4}l-4 ${BAR / 2 - 4}` }));
      if (to - left > 46) group.append(barLabel(item, left, to, y, x(item.start, width) < LEFT));
    }
    group.append(svg("title", {}, `${item.long || item.label}\n${item.caption}`));
    return pressable(group, () => selection.select(item.kind, item.number, "timeline"));
  }

  function barLabel(item, left, to, y, cut) {
    const from = left + (cut ? 13 : 6);
    const room = Math.floor((to - from - (item.open ? 12 : 4)) / 6);
    const label = item.label.length > room ? `${item.label.slice(0, Math.max(0, room - 1))}…` : item.label;
    return svg("text", { x: from, y: y + BAR / 2 + 4, class: "bar-label" }, room > 3 ? label : "");
  }

  function draw() {
    const width = Math.max(300, frame.clientWidth);
    const lanes = ["Events", "Running totals", "Forecasts"];
    const parts = [];
    let y = TOP;
    lanes.forEach((name, lane) => {
      const own = items.filter((item) => item.lane === lane && item.end + 1 >= view.from && item.start <= view.to);
      if (!items.some((item) => item.lane === lane)) return;
      const placed = rows(own, width);
      const height = Math.max(1, ...placed.map((p) => p.row + 1)) * (BAR + GAP) + 8;
      parts.push(svg("rect", { class: `lane lane-${lane}`, x: 0, y, width, height }));
      parts.push(svg("text", { class: "lane-name", x: 8, y: y + 18 }, name));
      for (const one of placed) parts.push(shapeOf(one, y + 6 + one.row * (BAR + GAP), width));
      y += height + 4;
    });
    const axis = ticks(width)
      .flatMap(({ at, label }) => [
        svg("line", { class: "tick", x1: x(at, width), x2: x(at, width), y1: TOP, y2: y }),
        x(at, width) + label.length * 6.6 > width
          ? null
          : svg("text", { class: "tick-label", x: x(at, width) + 3, y: y + 14 }, label),
      ])
      .filter(Boolean);
    const days = published()
      .filter(({ at }) => at >= view.from && at <= view.to)
      .map(({ number, at }) => {
        const cx = x(at + 0.5, width);
        const mark = svg(
          "path",
          {
            class: "published",
            d: `M${cx - 4} ${y + 27}L${cx} ${y + 20}L${cx + 4} ${y + 27}Z`,
            "aria-label": `published: ${model.reports[number].title}`,
          },
          svg("title", {}, `Published ${iso(at)}: ${model.reports[number].title}`),
        );
        return pressable(mark, () => selection.select("report", number, "timeline"));
      });
    const height = y + AXIS;
    frame.replaceChildren(
      svg(
        "svg",
        {
          width,
          height,
          viewBox: `0 0 ${width} ${height}`,
          role: "group",
          "aria-label": "Timeline of events, running totals and forecasts",
        },
        axis.filter((n) => n.tagName === "line"),
        parts,
        axis.filter((n) => n.tagName === "text"),
        days,
      ),
    );
    highlight(selection.now());
  }

  function highlight(now) {
    for (const mark of frame.querySelectorAll(".mark")) {
      const number = Number(mark.dataset.number);
      mark.classList.toggle("selected", mark.dataset.kind === "event" ? number === now.event : number === now.claim);
    }
  }

  function listUndated() {
    const groups = [
      ["events", "event", undated.events, (number) => model.events[number].summary],
      ["running totals", "claim", undated.tallies, (number) => model.claims[number].summary],
      ["forecasts", "claim", undated.forecasts, (number) => model.claims[number].summary],
    ].filter(([, , numbers]) => numbers.length);
    const count = groups.reduce((sum, [, , numbers]) => sum + numbers.length, 0);
    if (!count) return;
    const list = groups.map(([name, kind, numbers, label]) =>
      el(
        "div",
        { class: "undated-group" },
        el("h4", {}, `${name} (${numbers.length})`),
        el(
          "ul",
          {},
          numbers.map((number) =>
            el(
              "li",
              {},
              el(
                "button",
                { type: "button", class: "plain", onclick: () => selection.select(kind, number, "timeline") },
                label(number),
              ),
            ),
          ),
        ),
      ),
    );
    document
      .getElementById("timeline-undated")
      .replaceChildren(
        el(
          "details",
          { open: count <= 8 },
          el("summary", {}, `No date given (${count})`, el("span", { class: "fine" }, " not placed on the line")),
          el("div", { class: "undated-groups" }, list),
        ),
      );
  }

  function zoom(factor) {
    const middle = (view.from + view.to) / 2;
    const half = Math.min(Math.max(((view.to - view.from) / 2) * factor, 3), (full.to - full.from) / 2);
    const centre = Math.min(Math.max(middle, full.from + half), full.to - half);
    view = { from: centre - half, to: centre + half };
    draw();
  }

  function pan(by) {
    const step = (view.to - view.from) * by;
    const shift = Math.min(Math.max(step, full.from - view.from), full.to - view.to);
    view = { from: view.from + shift, to: view.to + shift };
    draw();
  }

  function tools(near) {
    const button = (label, title, press) =>
      el("button", { type: "button", title, "aria-label": title, class: "icon", onclick: press }, label);
    const set = (range) => () => {
      view = { ...range };
      draw();
    };
    document.getElementById("timeline-tools").replaceChildren(
      button("←", "Earlier", () => pan(-0.3)),
      button("→", "Later", () => pan(0.3)),
      button("+", "Closer", () => zoom(0.5)),
      button("−", "Wider", () => zoom(2)),
      el("button", { type: "button", class: "plain", onclick: set(near) }, "events"),
      el("button", { type: "button", class: "plain", onclick: set(full) }, "all"),
    );
  }

  function start() {
    frame = document.getElementById("timeline");
    collect();
    listUndated();
    if (!items.length) {
      frame.replaceChildren(
        el("p", { class: "nothing" }, "Nothing to place: the reports give no date for an event, a running total or a forecast."),
      );
      return;
    }
    full = span(
      items,
      published().map((r) => r.at),
    );
    const events = items.filter((item) => item.lane === 0);
    // One total "since 2003" would press all events of a week into one dot: start with the events' own time.
    const near =
      (events.length &&
        span(
          events,
          published().map((r) => r.at),
        )) ||
      full;
    view = full.to - full.from > 6 * (near.to - near.from) ? { ...near } : { ...full };
    tools(near);
    draw();
    selection.watch(highlight);
    new ResizeObserver(draw).observe(frame);
  }

  return { start };
})();
