// What can be decided about a claim as a whole: accept, reject, split, merge, its event, its grades.
import { toast } from "./dom.js";
import { ask } from "./server.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./text.js").Span} Span */
/** @typedef {import("./correct.js").About} About */

const WHY_NOT = [
  "Says something else",
  "No claim: furniture, opinion or a call",
  "The same claim stands here already",
  "Not about conflict",
].map((label) => ({ value: label, label }));
const CREDIBILITY = ["1 confirmed by others", "2 probably true", "3 possibly true", "4 doubtful", "5 improbable", "6 cannot be judged"];
const RELIABILITY = ["A completely reliable", "B usually reliable", "C fairly reliable", "D not usually reliable", "E unreliable", "F cannot be judged"];
const KINDS = ["incident", "tally", "assessment", "forecast"];

/**
 * @param {Desk} desk
 * @param {ReturnType<typeof import("./correct.js").correcting>} fields
 * @param {About} about
 * @returns {Record<string, () => unknown>}
 */
export function furtherActs(desk, fields, about) {
  const around = () => fields.surroundings(desk.claim);
  const links = desk.root.dataset.what === "links"; // the queue's: whatever is said of a link, the next one follows
  return {
    accept: () => about((claim) => ({ action: "accept", claim }), "Accepted"),
    reject: () => fields.say("Why is there no such claim?", (reason) => about((claim) => ({ action: "reject", claim }), "Rejected", { reason }), WHY_NOT),
    comment: () => fields.say("Comment", (text) => about((claim) => ({ action: "comment", subject: claim, text }), "Noted", { stay: true })),
    apart: async () => {
      const { event } = await around();
      if (event) about((claim) => ({ action: "not_this_event", claim, event }), "Taken out of the event", { stay: !links });
      else toast("The claim is in no event with others.");
    },
    apartWhy: async () => {
      const { event, summary } = await around();
      if (!event) return fields.say("The claim is in no event with others. Note why?", (text) => about((claim) => ({ action: "comment", subject: claim, text }), "Noted", { stay: true }));
      return fields.say(`Not the event “${summary}”. Why?`, (reason) => about((claim) => ({ action: "not_this_event", claim, event }), "Taken out of the event", { reason, stay: !links }), [
        { value: "Another day", label: "Another day" },
        { value: "Another place", label: "Another place" },
        { value: "Other sides", label: "Other sides" },
        { value: "Another act", label: "Another act" },
      ]);
    },
    link: async () => {
      const { event } = await around();
      if (event) about((claim) => ({ action: "accept_link", claim, event }), "Link accepted");
      else toast("The claim is in no event with others: there is no link to accept.");
    },
    same: async () => {
      const { alike } = await around();
      fields.pick("The same event as", alike, (other) => about((claim) => ({ action: "same_event", claims: [claim, other] }), "Joined", { stay: true }));
    },
    merge: async () => {
      const { siblings } = await around();
      fields.pick("The same claim as", siblings, (other) => about((claim) => ({ action: "merge", claims: [claim, other] }), "Merged", { stay: true }));
    },
    split: () => fields.words("Select the words of the second claim", (span) => about((claim) => ({ action: "split", claim, parts: parted(desk, span) }), "Split", { stay: true })),
    add: () =>
      fields.words("Select the words of the claim that was missed", (span) =>
        fields.pick("What kind of claim?", KINDS.map((label) => ({ value: label, label })), async (kind) => {
          const types = (await fields.choices()).event_type;
          const report = desk.text?.report;
          /** @param {Record<string, unknown>} more */
          const add = (more) => about(() => ({ action: "add_claim", report, values: { kind, evidence: [span], ...more } }), "Added", { stay: true });
          if (kind === "assessment") add({});
          else fields.pick("Of which type?", types, (type) => add({ event_type: type.value }));
        }),
      ),
    resolve: async () => {
      const { event, contradictions } = await around();
      fields.pick("Which holds?", contradictions, (side) =>
        fields.say(`Why does “${side.value}” hold?`, (reason) => about(() => ({ action: "resolve", event, field: side.field, value: side.value }), "Settled", { reason, stay: true })),
      );
    },
    name: async () => {
      const { unplaced } = await around();
      /** @param {number} n */
      const find = (n) =>
        fields.pick("Which place is it? Type its name", (words) => ask(`/api/places?words=${encodeURIComponent(words)}`), (place) =>
          about((claim) => ({ action: "name_place", claim, n, place }), "Named", { stay: true }),
        );
      if (unplaced.length === 1) find(unplaced[0].value);
      else fields.pick("Which words?", unplaced, find);
    },
    believe: () => fields.pick("How far is the claim to be believed?", CREDIBILITY.map((label, n) => ({ value: n + 1, label })), (grade) =>
      fields.say("Why?", (reason) => about((claim) => ({ action: "grade_claim", claim, grade }), "Graded", { reason, stay: true }))),
    trust: async () => {
      const { source } = await around();
      fields.pick("How far is the source to be trusted?", RELIABILITY.map((label) => ({ value: label[0], label })), (grade) =>
        fields.say("Why?", (reason) => about(() => ({ action: "grade_source", source, grade }), "Graded", { reason, stay: true })));
    },
  };
}

/** A claim's evidence and figures in two: what is left, and the selected words. @param {Desk} desk @param {Span} span */
function parted(desk, span) {
  const text = /** @type {import("./text.js").Text} */ (desk.text);
  const rest = desk.evidence().flatMap(([start, end]) => /** @type {Span[]} */ ([[start, Math.min(end, span[0])], [Math.max(start, span[1]), end]]));
  const left = rest.filter(([start, end]) => end > start).map((one) => text.trimmed(one)).filter((one) => one !== null);
  const figures = [...desk.place.querySelectorAll('[data-field="figures"] .value')].map((value) => /** @type {HTMLElement} */ (value));
  const own = (/** @type {HTMLElement} */ value) => {
    const [start, end] = (value.dataset.spans ?? "").split("-").map(Number);
    return start >= span[0] && end <= span[1];
  };
  const numbered = figures.map((value, n) => ({ n, second: own(value) }));
  return [
    { evidence: left.length ? left : desk.evidence(), figures: numbered.filter((f) => !f.second).map((f) => f.n) },
    { evidence: [span], figures: numbered.filter((f) => f.second).map((f) => f.n) },
  ];
}
