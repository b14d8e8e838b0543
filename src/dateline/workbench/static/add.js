// Adding reports: files dropped or chosen, a text pasted; their coding is followed until it is over.
import { el, toast } from "./dom.js";
import { ask, Refused, upload } from "./server.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("add-form"));
const drop = /** @type {HTMLElement} */ (document.getElementById("drop"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("files"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const fault = /** @type {HTMLElement} */ (document.getElementById("add-fault"));
const list = /** @type {HTMLElement} */ (document.getElementById("jobs"));
const suffixes = (form.dataset.suffixes ?? "").split(" ");
/** @type {File[]} */
let chosen = [];

/** @param {Iterable<File>} files */
function take(files) {
  chosen = [...chosen, ...files];
  const wrong = chosen.filter((file) => !suffixes.some((suffix) => file.name.toLowerCase().endsWith(suffix)));
  chosen = chosen.filter((file) => !wrong.includes(file));
  say(wrong.length ? `Not read, of another kind: ${wrong.map((file) => file.name).join(", ")}` : "");
  draw();
}

function draw() {
  document.getElementById("chosen")?.replaceChildren(...chosen.map((file) => el("li", {}, `${file.name}, ${Math.ceil(file.size / 1024)} KB`)));
}

/** @param {string} words */
function say(words) {
  fault.textContent = words;
  fault.hidden = !words;
}

input.addEventListener("change", () => {
  take(input.files ?? []);
  input.value = "";
});
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("is-over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files ?? []);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = text.value.trim() ? [...chosen, new File([text.value], "pasted.txt", { type: "text/plain" })] : chosen;
  if (!files.length) return say("Choose files, drop them, or paste a text.");
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > Number(form.dataset.limit) * 0.98) return say("That is more than can be sent at once; send a part of it.");
  if (files.length > Number(form.dataset.files)) return say("Those are more files than can be sent at once; send a part of them.");
  const body = new FormData();
  for (const file of files) body.append("files", file, file.name);
  for (const one of form.querySelectorAll(".known input")) {
    const { name, value } = /** @type {HTMLInputElement} */ (one);
    if (value) body.append(name, value);
  }
  try {
    await upload("/api/reports", body);
    chosen = [];
    text.value = "";
    say("");
    draw();
    toast("Coding has begun. You can leave this page.");
    follow();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message);
  }
});

/** @param {any} job */
function row(job) {
  const words = {
    waiting: "waits",
    coding: `${job.done} of ${job.total} read`,
    linking: "linking into events",
    done: `${job.coded} coded${job.already ? `, ${job.already} there already` : ""}; ${job.events} events in the project`,
    failed: "failed",
    stopped: "stopped; what was coded is kept",
  };
  return el(
    "li",
    { "data-job": job.id, "data-stage": job.stage },
    el("span", {}, `${job.names} `, el("span", { class: "fine" }, `${words[/** @type {keyof words} */ (job.stage)] ?? job.stage} · ${job.by}`)),
    job.over
      ? job.stage === "done" && el("a", { href: "/reports", class: "plain" }, "Reports")
      : el("button", { type: "button", class: "plain", onclick: () => stop(job.id) }, "Stop"),
    !job.over && el("progress", { max: job.total || 1, value: job.stage === "linking" ? null : job.done, "aria-label": `Coding ${job.names}` }),
    job.problems.length > 0 && el("ul", { class: "problems" }, ...job.problems.map((/** @type {string} */ one) => el("li", {}, one))),
  );
}

/** @param {string} id */
async function stop(id) {
  await ask(`/api/jobs/${encodeURIComponent(id)}/stop`, {}).catch((error) => toast(error.message, { bad: true }));
}

let following = false;

async function follow() {
  if (following) return;
  following = true;
  try {
    for (;;) {
      const jobs = await ask("/api/jobs");
      list.replaceChildren(...jobs.map(row));
      /** @type {HTMLElement} */ (document.getElementById("no-jobs")).hidden = jobs.length > 0;
      if (jobs.every((/** @type {any} */ job) => job.over)) break;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, { bad: true });
  } finally {
    following = false;
  }
}

follow();
