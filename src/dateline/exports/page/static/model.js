// The page's records (records.py says what is in them), with the look-ups that the views share.
Dateline.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (records) => new Map(records.map((record, number) => [record.id, number]));
  const claimNumbers = byId(data.claims);
  const eventNumbers = byId(data.events);
  const reportNumbers = byId(data.reports);

  const claimsOf = data.reports.map(() => []);
  data.claims.forEach((claim, number) => claimsOf[claim.report].push(number));

  const FIELDS = {
    figure: "figure",
    place: "place",
    time: "time",
    initiator: "initiator",
    target: "target",
    source: "source",
    operation: "operation",
  };

  const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  function sides(record) {
    if (!record.initiator.length && !record.target.length) return "";
    const names = (actors) => (actors.length ? actors.join(", ") : "not named");
    return `${names(record.initiator)} → ${names(record.target)}`;
  }

  return { ...data, claimNumbers, eventNumbers, reportNumbers, claimsOf, FIELDS, plural, sides };
})();
