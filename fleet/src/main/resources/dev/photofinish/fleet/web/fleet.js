// The whole fleet as this node sees it, asked for every two seconds, one question at a time.

import { add, change, fromNode, onChange, remove } from "./edit.js";
import { column, fill } from "./table.js";

const PERIOD_MS = 2000;
const NUMBER = { number: true };
const MOST_SHOWN = 500;
const filter = document.getElementById("filter");
let fleet = null;
let rights = { add: false, manage: [] };
let mayManage = new Set();
let said = "";

/** The time of today, with its day otherwise. */
function time(millis) {
  if (!millis) {
    return "";
  }
  const at = new Date(millis);
  const today = at.toDateString() === new Date().toDateString();
  return today ? at.toLocaleTimeString() : at.toLocaleString();
}

function page(node) {
  if (!node.web.startsWith("http")) {
    return node.node;
  }
  const link = document.createElement("a");
  link.href = node.web;
  link.textContent = node.node;
  return link;
}

function warning(text) {
  const word = document.createElement("span");
  word.className = "warn";
  word.textContent = text;
  return word;
}

/** What is not usual with a node. */
function condition(node) {
  const words = [];
  if (!fleet.up && node.node === fleet.node) {
    words.push("not in the fleet");
  }
  if (node.draining) {
    words.push("draining");
  }
  if (node.unreachableSince) {
    words.push("unreachable since " + time(node.unreachableSince));
  }
  return words.length === 0 ? "" : warning(words.join(", "));
}

/** That of a camera; what its holder said last where that one is not reached. */
function state(camera) {
  const word = camera.unheld ?? camera.state?.toLowerCase();
  return camera.unreachableSince ? warning("node unreachable, was " + word) : word;
}

const NODES = [
  column("Node", page),
  column("Zone", (node) => node.zone),
  column("Cameras", (node) => node.cameras, NUMBER),
  column("Mbit/s", (node) => (node.bitsPerSecond / 1e6).toFixed(1), NUMBER),
  column("", condition),
];
const MOVES = [
  column("When", (move) => time(move.at)),
  column("Camera", (move) => move.camera),
  column("From", (move) => move.from),
  column("To", (move) => move.to),
];
const CONFLICTS = [
  column("When", (conflict) => time(conflict.at)),
  column("Camera", (conflict) => conflict.camera),
  column("Change of", (conflict) => conflict.lost),
  column("That of this node holds", (conflict) => conflict.holds),
];
const CAMERAS = [
  column("Camera", (camera) => camera.name),
  column("Site", (camera) => camera.site),
  column("Held by", (camera) => camera.node ?? warning("nobody")),
  column("Since", (camera) => time(camera.since)),
  column("State", state),
  column("Readers", (camera) => camera.readers, NUMBER),
];
const MANAGED = [...CAMERAS, column("Edit", buttons)];

function button(action, word, camera) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.dataset.action = action;
  made.dataset.camera = camera;
  made.textContent = word;
  made.setAttribute("aria-label", word + " " + camera);
  return made;
}

function buttons(camera) {
  const both = document.createElement("span");
  if (mayManage.has(camera.name)) {
    both.className = "buttons";
    both.append(button("change", "Change", camera.name), button("remove", "Remove", camera.name));
  }
  return both;
}

function matches(camera) {
  const words = filter.value.trim().toLowerCase();
  const reached = camera.unreachableSince ? "unreachable" : "";
  const text = [camera.name, camera.site, camera.node ?? "nobody", camera.state, reached].join(" ").toLowerCase();
  return text.includes(words);
}

function count(number, one, many) {
  return number + " " + (number === 1 ? one : many);
}

function show(id, ...what) {
  fill(document.getElementById(id), ...what);
}

function draw() {
  if (fleet === null) {
    return;
  }
  const unheld = fleet.cameras.filter((camera) => !camera.node).length;
  const away = fleet.nodes.filter((node) => node.unreachableSince).length;
  const summary = count(fleet.nodes.length, "node", "nodes") + (away === 0 ? "" : ", " + away + " unreachable") + ", "
    + count(fleet.cameras.length, "camera", "cameras") + (unheld === 0 ? "" : ", " + unheld + " held by nobody");
  const place = document.getElementById("summary");
  if (place.textContent !== summary) {
    place.textContent = summary;
  }
  document.getElementById("add").hidden = !rights.add;
  show("nodes", NODES, fleet.nodes, "No node is known yet.", (node) => node.node);
  show("moves", MOVES, fleet.moves, "No camera has moved since this node came.");
  document.getElementById("conflicts-section").hidden = fleet.conflicts.length === 0;
  show("conflicts", CONFLICTS, fleet.conflicts, "");
  const shown = fleet.cameras.filter(matches);
  const columns = mayManage.size === 0 ? CAMERAS : MANAGED;
  const none = fleet.cameras.length === 0 ? "The list has no camera." : "No camera matches.";
  show("cameras", columns, shown.slice(0, MOST_SHOWN), none, (camera) => camera.name);
  const more = shown.length - MOST_SHOWN;
  document.getElementById("more").textContent = more > 0 ? "and " + more + " more" : "";
}

/** What to say instead of the fleet; empty for an answer. */
function notice(status) {
  if (status === 401 || status === 403) {
    return "Log in as a user of the fleet to see it.";
  }
  return status === 200 ? "" : "This node does not answer. Trying again …";
}

/** The fleet, and what this user may do; all is refused by the node in any case. */
async function look() {
  try {
    const [answer, asked] = await Promise.all([fromNode("/api/fleet"), fromNode("/api/rights")]);
    const words = notice(answer.status);
    if (words === "") {
      fleet = await answer.json();
      rights = asked.ok ? await asked.json() : rights;
      mayManage = new Set(rights.manage);
      draw();
    }
    return words;
  } catch {
    return notice(0);
  }
}

async function ask() {
  say((await look()) || said);
  setTimeout(ask, PERIOD_MS);
}

/** Tells it if it is another: a screen reader says only what changed. */
function say(words) {
  const place = document.getElementById("notice");
  if (place.textContent !== words) {
    place.textContent = words;
    place.hidden = words === "";
  }
}

filter.addEventListener("input", draw);
document.getElementById("add").addEventListener("click", add);
document.getElementById("cameras").addEventListener("click", ({ target }) => {
  const { action, camera } = target.dataset;
  if (action === "change") {
    change(camera);
  } else if (action === "remove") {
    remove(camera);
  }
});
onChange(async (words) => {
  said = words;
  say((await look()) || said);
});
ask();
