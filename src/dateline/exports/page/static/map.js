// The map: outlines from the page's own data, events at their places, as precisely as the places are known and no more.
Dateline.map = (() => {
  const { model, selection } = Dateline;
  const { el } = Dateline.dom;
  const AREA = 3; // geo_precision of a province or larger area
  const TOWNS = new Set(["settlement", "site", "unknown"]);
  // A range, a district or a stretch of road is an area too, however small: it gets its name and its extent, never a pin.
  const isArea = (place) => place.precision === AREA || (place.precision > 1 && !TOWNS.has(place.kind));
  const { L } = window;

  let map, markers, areas, labels;
  let drawn = []; // the clusters that are on the map
  const drawnAreas = new Map(); // place number -> its outline

  // TopoJSON: an arc is a first point and differences, in whole steps of `transform`.
  function decoder(topology) {
    const [scale, move] = [topology.transform.scale, topology.transform.translate];
    const arcs = topology.arcs.map((arc) => {
      let [x, y] = [0, 0];
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [y * scale[1] + move[1], x * scale[0] + move[0]];
      });
    });
    const line = (number) => (number < 0 ? arcs[~number].slice().reverse() : arcs[number]);
    const ring = (numbers) => numbers.flatMap(line);
    const polygons = (geometry) =>
      (geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs).map((rings) => rings.map(ring));
    return { arcs, polygons };
  }

  // Arcs that two areas of one country share are inner borders; the rest is coast or a country's border.
  function borders(topology, decoded) {
    const users = decoded.arcs.map(() => []);
    for (const geometry of topology.geometries) {
      for (const number of geometry.arcs.flat(Infinity)) users[number < 0 ? ~number : number].push(geometry.c);
    }
    const inner = decoded.arcs.filter((_, n) => users[n].length > 1 && users[n][0] === users[n][1]);
    const outer = decoded.arcs.filter((_, n) => !(users[n].length > 1 && users[n][0] === users[n][1]));
    return { inner, outer };
  }

  function drawOutlines() {
    const still = { interactive: false, smoothFactor: 0.6 };
    const world = decoder(model.world);
    const detailed = new Set(model.provinces ? model.provinces.geometries.map((g) => g.c) : []);
    const [layer] = Object.values(model.world.objects);
    const coarse = layer.geometries.filter((g) => g.arcs && !detailed.has(g.properties.n)).flatMap(world.polygons);
    L.polygon(coarse, { ...still, className: "land coarse" }).addTo(map);
    if (model.provinces) {
      const fine = decoder(model.provinces);
      const { inner, outer } = borders(model.provinces, fine);
      L.polygon(model.provinces.geometries.flatMap(fine.polygons), { ...still, className: "land fine" }).addTo(map);
      L.polyline(inner, { ...still, className: "border inner" }).addTo(map);
      L.polyline(outer, { ...still, className: "border outer" }).addTo(map);
    }
    const swap = (part) => (typeof part[0] === "number" ? [part[1], part[0]] : part.map(swap));
    L.polyline(
      model.world.disputed.flatMap((g) => (g.type === "LineString" ? [swap(g.coordinates)] : swap(g.coordinates))),
      { ...still, className: "border disputed" },
    ).addTo(map);
  }

  // A country's name where it has room at this zoom.
  function drawLabels() {
    labels.clearLayers();
    const degree = (256 * 2 ** map.getZoom()) / 360;
    const view = map.getBounds();
    for (const [name, lon, lat, size] of model.world.labels) {
      if (size * degree < name.length * 7 + 24 || !view.contains([lat, lon])) continue;
      const point = map.latLngToLayerPoint([lat, lon]);
      if (
        drawn.some(
          (marker) =>
            Math.abs(marker.point.x - point.x) < marker.half + name.length * 4 && Math.abs(marker.point.y - point.y) < 22,
        )
      )
        continue;
      const icon = L.divIcon({ className: "country-label", html: el("span", {}, name), iconSize: [0, 0] });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(labels);
    }
  }

  // place number -> {place, events, claims} of what the ticked layers show.
  function shownPlaces() {
    const found = new Map();
    const at = (number) => {
      if (!found.has(number)) found.set(number, { number, place: model.places[number], events: [], claims: [] });
      return found.get(number);
    };
    if (document.getElementById("layer-events").checked) {
      model.events.forEach((event, number) => event.place !== null && at(event.place).events.push(number));
    }
    if (document.getElementById("layer-claims").checked) {
      model.claims.forEach((claim, number) => {
        if (claim.events.length) return;
        for (const place of claim.places) if (place.place !== null) at(place.place).claims.push(number);
      });
    }
    return [...found.values()];
  }

  const total = (group) => group.reduce((sum, { events, claims }) => sum + events.length + claims.length, 0);

  // Markers that would cover each other at this zoom are one; the largest keeps its position.
  function clusters(spots) {
    const found = [];
    const sorted = spots.slice().sort((a, b) => total([b]) - total([a]) || a.number - b.number);
    for (const spot of sorted) {
      const point = map.latLngToLayerPoint([spot.place.lat, spot.place.lon]);
      const half = isArea(spot.place) ? 18 + spot.place.name.length * 3.6 : 13; // half its width in pixels
      const covers = (other) => Math.abs(other.point.x - point.x) < other.half + half && Math.abs(other.point.y - point.y) < 25;
      const near = found.find(covers);
      if (near) near.spots.push(spot);
      else found.push({ point, half, spots: [spot] });
    }
    nameSpots(found);
    return found;
  }

  // Writes a place's name beside its marker where it covers no other marker and no other name.
  function nameSpots(found) {
    const taken = found.map(({ point, half }) => ({ left: point.x - half, right: point.x + half, y: point.y }));
    for (const cluster of found) {
      if (cluster.spots.length > 1 || isArea(cluster.spots[0].place)) continue;
      const left = cluster.point.x + 14;
      const box = { left, right: left + cluster.spots[0].place.name.length * 6.4 + 4, y: cluster.point.y };
      cluster.named = !taken.some((other) => other.left < box.right && box.left < other.right && Math.abs(other.y - box.y) < 20);
      if (cluster.named) taken.push(box);
    }
  }

  function markerOf(cluster) {
    const { spots } = cluster;
    const [{ place }] = spots;
    const count = total(spots);
    const names = spots.map((spot) => spot.place.name).join(", ");
    const allAreas = spots.every((spot) => isArea(spot.place));
    const kind = allAreas ? "area" : spots.length > 1 ? "many" : place.precision === 2 ? "near" : "point";
    const name = spots.length > 1 ? `${place.name} +${spots.length - 1}` : place.name;
    const own = spots.some((spot) => spot.events.length) ? "events" : "others";
    const face = el(
      "span",
      { class: `marker marker-${kind} of-${own}` },
      kind === "area" ? [name, count > 1 ? el("b", {}, count) : null] : count > 1 ? String(count) : "",
    );
    const label = `${names}: ${model.plural(count, own === "events" ? "event" : "claim", own === "events" ? "events" : "claims")}`;
    const frame = el(
      "span",
      {},
      face,
      cluster.named ? el("span", { class: "place-name", "aria-hidden": "true" }, place.name) : null,
    );
    const icon = L.divIcon({ className: "marker-frame", html: frame, iconSize: [0, 0] });
    const marker = L.marker([place.lat, place.lon], { icon, alt: label, riseOnHover: true });
    marker.on("click", () => listSpots(spots));
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault();
      listSpots(spots);
    });
    marker.bindTooltip(el("span", {}, label), { direction: "top", offset: [0, -10] });
    marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
    marker.dateline = { face, spots };
    return marker;
  }

  const outline = (fine, place) => place.areas.flatMap((area) => fine.polygons(model.provinces.geometries[area]));

  function drawAreas(spots) {
    areas.clearLayers();
    drawnAreas.clear();
    const fine = model.provinces && decoder(model.provinces);
    for (const { number, place, events } of spots) {
      const style = { interactive: false, className: `extent ${events.length ? "of-events" : "of-others"}` };
      let shape = null;
      if (place.areas.length)
        shape = L.polygon(
          outline(fine, place),
          place.areas.length > 1 ? { ...style, className: `${style.className} whole` } : style,
        );
      else if (place.radius_km && place.precision > 1)
        shape = L.circle([place.lat, place.lon], { ...style, radius: place.radius_km * 1000 });
      if (!shape) continue;
      drawnAreas.set(number, shape.addTo(areas));
    }
  }

  function drawMarkers() {
    markers.clearLayers();
    drawn = clusters(shownPlaces());
    for (const cluster of drawn) markerOf(cluster).addTo(markers);
    drawLabels();
    highlight(selection.now());
  }

  function redraw() {
    drawAreas(shownPlaces());
    drawMarkers();
    if (!document.querySelector("#map-list .here")) listAbsent();
  }

  function eventButton(number) {
    const event = model.events[number];
    return el(
      "button",
      { type: "button", class: "list-item", "data-event": number, onclick: () => selection.select("event", number, "map") },
      el("span", { class: "type" }, event.type_label),
      el("span", { class: "lead" }, event.summary),
      el("span", { class: "fine" }, [event.time, event.place_words].filter(Boolean).join(" · ")),
    );
  }

  function absent() {
    const off = model.events.map((event, number) => [event, number]).filter(([event]) => event.place === null);
    if (!off.length) return [];
    return [
      el("h3", {}, `Not on the map (${off.length})`),
      el("p", { class: "fine" }, "Events whose place is not named, or not in the gazetteer."),
      off.map(([, number]) => eventButton(number)),
    ].flat();
  }

  function listAbsent() {
    const hint = model.events.length === 0 ? "There are no events to show." : "Select a marker to list the events there.";
    document.getElementById("map-list").replaceChildren(el("p", { class: "hint" }, hint), ...absent());
  }

  // How exactly the place is known, in words.
  function exactness(place) {
    const reach = place.radius_km ? `, within some ${Math.max(1, Math.round(place.radius_km))} km` : "";
    if (isArea(place)) return place.areas.length ? "somewhere in this area" : `somewhere in this area${reach}`;
    return place.precision === 1 ? "the place itself" : `in it or near it${reach}`;
  }

  function listSpots(spots) {
    const groups = spots.map(({ place, events, claims }) =>
      el(
        "section",
        { class: "here" },
        el("h3", {}, place.name),
        el("p", { class: "fine" }, exactness(place)),
        events.map(eventButton),
        claims.map(Dateline.card.claimButton),
      ),
    );
    const list = document.getElementById("map-list");
    list.replaceChildren(...groups, ...absent());
    list.scrollTop = 0;
    const events = spots.flatMap((spot) => spot.events);
    const claims = spots.flatMap((spot) => spot.claims);
    if (events.length === 1 && !claims.length) selection.select("event", events[0], "map");
  }

  function highlight(now) {
    const place = now.event === null ? null : model.events[now.event].place;
    markers.eachLayer(({ dateline }) =>
      dateline.face.classList.toggle(
        "selected",
        dateline.spots.some((spot) => spot.number === place),
      ),
    );
    for (const [number, shape] of drawnAreas) shape.getElement()?.classList.toggle("selected", number === place);
    for (const button of document.querySelectorAll("#map-list [data-event]"))
      button.classList.toggle("selected", Number(button.dataset.event) === now.event);
  }

  function show(now) {
    highlight(now);
    if (now.event === null || now.origin === "map") return;
    const { place } = model.events[now.event];
    if (place === null) return;
    const { lat, lon } = model.places[place];
    if (!map.getBounds().pad(-0.05).contains([lat, lon])) map.panTo([lat, lon], { animate: false });
  }

  // The box of all shown places, each with the ground that it may cover.
  function bounds() {
    const own = model.events.filter((event) => event.place !== null).map((event) => model.places[event.place]);
    const shown = own.length ? own : model.places;
    if (!shown.length) return null;
    const fine = model.provinces && decoder(model.provinces);
    return shown.reduce((all, place) => {
      if (place.areas.length) return all.extend(L.latLngBounds(outline(fine, place).flat(2)));
      return all.extend(L.latLng(place.lat, place.lon).toBounds(2000 * Math.max(40, place.radius_km || 0)));
    }, L.latLngBounds([]));
  }

  function fit() {
    const box = bounds();
    if (box) map.fitBounds(box, { maxZoom: 8, animate: false });
    else map.setView([20, 20], 1, { animate: false });
  }

  function controls() {
    const button = (label, title, press) => el("button", { type: "button", title, "aria-label": title, onclick: press }, label);
    const bar = el(
      "div",
      { class: "map-buttons" },
      button("+", "Zoom in", () => map.zoomIn()),
      button("−", "Zoom out", () => map.zoomOut()),
      button("⤢", "Show all events", fit),
    );
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  }

  function start() {
    const frame = document.getElementById("map");
    // The wheel zooms only once the map is focused, so that scrolling the page does not get caught.
    map = L.map(frame, {
      attributionControl: false,
      zoomControl: false,
      minZoom: 1,
      maxZoom: 11,
      zoomSnap: 0.5,
      scrollWheelZoom: false,
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
    });
    map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
    fit();
    drawOutlines();
    labels = L.layerGroup().addTo(map);
    areas = L.layerGroup().addTo(map);
    markers = L.layerGroup().addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    frame.append(controls());
    map.on("moveend", drawLabels).on("zoomend", drawMarkers);
    for (const id of ["layer-events", "layer-claims"]) document.getElementById(id).addEventListener("change", redraw);
    listAbsent();
    redraw();
    selection.watch(show);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(frame);
    frame.dataset.ready = "true";
  }

  return { start };
})();
