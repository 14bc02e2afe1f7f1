// The forms that add, change and remove a camera of the fleet's list.

const ANSWER = "The node does not answer.";
const OPTION = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/;
const dialog = document.getElementById("edit-dialog");
const form = document.getElementById("edit-form");
const problem = document.getElementById("edit-problem");
const removal = document.getElementById("remove-dialog");
const removalProblem = document.getElementById("remove-problem");
let present = null;
let changed = () => {};

/** Options, one a line. */
function lines(options) {
  return Object.entries(options).map(([name, value]) => name + " = " + value).join("\n");
}

/** The options of lines such as {@code transport = tcp}; the value may be quoted, as in a configuration file. */
function options(text) {
  const found = {};
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, name, value] = OPTION.exec(line) ?? [];
    if (name === undefined) {
      throw new Error("An option is a line such as transport = tcp.");
    }
    found[name] = value.replace(/^"(.*)"$/, "$1");
  }
  return found;
}

function words(text) {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

/** A body with what the form says; of a camera that is listed, with what it says otherwise alone. */
function body() {
  const fields = form.elements;
  const wanted = options(fields.options.value);
  const zones = words(fields.zones.value);
  if (present === null) {
    const site = fields.site.value.trim();
    const camera = { name: fields.name.value, url: fields.url.value, zones, options: wanted };
    return site === "" ? camera : { ...camera, site };
  }
  const dropped = Object.keys(present.options).filter((name) => !(name in wanted));
  const others = Object.entries(wanted).filter(([name, value]) => present.options[name] !== value);
  const change = { options: Object.fromEntries([...others, ...dropped.map((name) => [name, null])]) };
  if (fields.url.value !== present.url) {
    change.url = fields.url.value;
  }
  return zones.join() === present.zones.join() ? change : { ...change, zones };
}

/** As fetch does, which refuses a path where the page's own address has a user and a password in it. */
export function fromNode(path, options) {
  return fetch(location.origin + path, options);
}

/** Sends a request; what is wrong, empty for nothing. */
async function send(method, path, sent) {
  try {
    const answer = await fromNode(path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: sent === undefined ? undefined : JSON.stringify(sent),
    });
    if (!answer.ok) {
      return await answer.text();
    }
    changed(answer.status === 202
      ? "This node keeps the change. The other nodes hear of it when a majority of them is reached." : "");
    return "";
  } catch {
    return ANSWER;
  }
}

function at(name) {
  return "/api/cameras/" + encodeURIComponent(name);
}

async function save(event) {
  event.preventDefault();
  try {
    const sent = body();
    problem.textContent = present === null
      ? await send("POST", "/api/cameras", sent) : await send("PATCH", at(present.name), sent);
  } catch (wrong) {
    problem.textContent = wrong.message;
  }
  if (problem.textContent === "") {
    dialog.close();
  }
}

function open(title, button) {
  document.getElementById("edit-title").textContent = title;
  document.getElementById("edit-save").textContent = button;
  for (const name of ["name", "site"]) {
    form.elements[name].readOnly = present !== null;
  }
  problem.textContent = "";
  dialog.showModal();
}

/** Opens the form for a camera that is not listed yet. */
export function add() {
  present = null;
  form.reset();
  open("Add a camera", "Add camera");
  form.elements.name.focus();
}

/** Opens the form with what is listed of a camera. */
export async function change(name) {
  let answer = null;
  try {
    answer = await fromNode(at(name));
  } catch {
    changed(ANSWER);
    return;
  }
  if (!answer.ok) {
    changed(await answer.text());
    return;
  }
  present = await answer.json();
  const fields = form.elements;
  fields.name.value = present.name;
  fields.url.value = present.url ?? "";
  fields.site.value = present.site;
  fields.zones.value = present.zones.join(" ");
  fields.options.value = lines(present.options);
  open("Change " + present.name, "Save");
  fields.url.focus();
}

/** Asks before a camera is removed. */
export function remove(name) {
  document.getElementById("remove-title").textContent = "Remove " + name + "?";
  removal.dataset.camera = name;
  removalProblem.textContent = "";
  removal.showModal();
}

async function removeAsked(event) {
  event.preventDefault();
  removalProblem.textContent = await send("DELETE", at(removal.dataset.camera));
  if (removalProblem.textContent === "") {
    removal.close();
  }
}

/** @param listener is called with a notice, empty for none, when the list was changed here */
export function onChange(listener) {
  changed = listener;
}

form.addEventListener("submit", save);
document.getElementById("remove-form").addEventListener("submit", removeAsked);
for (const cancel of document.querySelectorAll("dialog .cancel")) {
  cancel.addEventListener("click", () => cancel.closest("dialog").close());
}
