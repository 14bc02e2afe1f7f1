// The whole fleet as this node sees it, asked for every two seconds, one question at a time.

const PERIOD_MS = 2000;
const NUMBER = { number: true };
const MOST_SHOWN = 500;
const filter = document.getElementById("filter");
let fleet = null;

function cell(kind, value, column) {
  const place = document.createElement(kind);
  place.className = column.number ? "number" : "";
  if (value instanceof Node) {
    place.append(value);
  } else {
    place.textContent = value ?? "";
  }
  return place;
}

/** Columns are titles with what they show of an item. */
function fill(id, columns, items, none) {
  const head = document.createElement("tr");
  for (const column of columns) {
    const title = cell("th", column.title, column);
    title.scope = "col";
    head.append(title);
  }
  const rows = items.map((item) => {
    const row = document.createElement("tr");
    row.append(...columns.map((column) => cell("td", column.of(item), column)));
    return row;
  });
  if (rows.length === 0) {
    const row = document.createElement("tr");
    const only = cell("td", none, {});
    only.colSpan = columns.length;
    only.className = "none";
    row.append(only);
    rows.push(row);
  }
  const thead = document.createElement("thead");
  const tbody = document.createElement("tbody");
  thead.append(head);
  tbody.append(...rows);
  document.getElementById(id).replaceChildren(thead, tbody);
}

function column(title, of, kind = {}) {
  return { title, of, ...kind };
}

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

const NODES = [
  column("Node", page),
  column("Zone", (node) => node.zone),
  column("Cameras", (node) => node.cameras, NUMBER),
  column("Mbit/s", (node) => (node.bitsPerSecond / 1e6).toFixed(1), NUMBER),
  column("", (node) => (node.draining ? warning("draining") : "")),
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
  column("State", (camera) => camera.state?.toLowerCase()),
  column("Readers", (camera) => camera.readers, NUMBER),
];

function matches(camera) {
  const words = filter.value.trim().toLowerCase();
  const text = [camera.name, camera.site, camera.node ?? "nobody", camera.state].join(" ").toLowerCase();
  return text.includes(words);
}

function count(number, one, many) {
  return number + " " + (number === 1 ? one : many);
}

function draw() {
  if (fleet === null) {
    return;
  }
  const unheld = fleet.cameras.filter((camera) => !camera.node).length;
  document.getElementById("summary").textContent = count(fleet.nodes.length, "node", "nodes") + ", "
    + count(fleet.cameras.length, "camera", "cameras") + (unheld === 0 ? "" : ", " + unheld + " held by nobody");
  fill("nodes", NODES, fleet.nodes, "No node is known yet.");
  fill("moves", MOVES, fleet.moves, "No camera has moved since this node came.");
  document.getElementById("conflicts-section").hidden = fleet.conflicts.length === 0;
  fill("conflicts", CONFLICTS, fleet.conflicts, "");
  const shown = fleet.cameras.filter(matches);
  fill("cameras", CAMERAS, shown.slice(0, MOST_SHOWN), fleet.cameras.length === 0 ? "The list has no camera." : "No camera matches.");
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

async function ask() {
  let words = notice(0);
  try {
    const answer = await fetch("/api/fleet");
    words = notice(answer.status);
    if (words === "") {
      fleet = await answer.json();
      draw();
    }
  } catch {
    words = notice(0);
  }
  const place = document.getElementById("notice");
  place.textContent = words;
  place.hidden = words === "";
  setTimeout(ask, PERIOD_MS);
}

filter.addEventListener("input", draw);
ask();
