// Talks to the workbench's own server, and to nothing else.

/** What the server refuses, in its words. */
export class Refused extends Error {
  /** @param {number} status @param {string} words @param {Record<string, unknown>} detail */
  constructor(status, words, detail = {}) {
    super(words);
    this.status = status;
    this.detail = detail;
  }
}

const token = document.querySelector("meta[name=dateline-token]")?.getAttribute("content") ?? "";

/**
 * Sends JSON and gets JSON.
 * @param {string} path
 * @param {unknown} [body] sent as POST where it is given, else GET
 * @returns {Promise<any>}
 */
export async function ask(path, body) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  return answered(await send(path, init));
}

/** @param {string} path @param {FormData} form @returns {Promise<any>} */
export async function upload(path, form) {
  return answered(await send(path, { method: "POST", body: form }));
}

/**
 * A piece of a page, made and escaped by the server.
 * @param {string} path
 * @returns {Promise<DocumentFragment>}
 */
export async function fragment(path) {
  const response = await send(path, {});
  if (!response.ok) await answered(response);
  return parsed(await response.text());
}

/** @param {string} path @param {RequestInit} init @returns {Promise<Response>} */
async function send(path, init) {
  const headers = { "x-dateline-token": token, accept: "application/json", ...init.headers };
  try {
    return await fetch(path, { ...init, headers, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Refused(0, "The workbench does not answer. Is it still running?");
  }
}

/** @param {Response} response @returns {Promise<any>} */
async function answered(response) {
  const body = (response.headers.get("content-type") ?? "").includes("json") ? await response.json() : { error: await response.text() };
  if (!response.ok) throw new Refused(response.status, body.error ?? response.statusText, body);
  return body;
}

// The one place where markup comes from a string: only what our own server has rendered.  Scripts in it would not run.
const policy = window.trustedTypes?.createPolicy("dateline", { createHTML: (markup) => markup });

/** @param {string} markup @returns {DocumentFragment} */
function parsed(markup) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(markup) : markup;
  return template.content;
}
