// Starts the views, then follows the address: a deep link opens what it names.
(() => {
  const { reader, map, timeline, tables, selection } = Dateline;

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const press = {
      j: () => reader.step(1),
      k: () => reader.step(-1),
      Escape: () => selection.clear(),
      "/": () => document.getElementById("filter-text").focus(),
    }[event.key];
    if (!press) return;
    event.preventDefault();
    press();
  }

  reader.start();
  tables.start();
  map.start();
  timeline.start();
  document.addEventListener("keydown", keys);
  selection.follow();
  document.documentElement.dataset.ready = "true";
})();
