// Begins: which view is shown, and the line that sums up.

import { openForm } from "./add.js";
import { showCamera } from "./camera.js";
import { say } from "./dom.js";
import { count } from "./format.js";
import { isOld } from "./state.js";
import { store } from "./store.js";
import { showTiles } from "./tiles.js";

const main = document.getElementById("main");
const CAMERA = "#/camera/";
let leave = () => {};
let shown = null;

function route() {
  if (location.hash === shown || (shown !== null && location.hash === "#main")) {
    return;
  }
  leave();
  const first = shown === null;
  shown = location.hash;
  if (shown.startsWith(CAMERA)) {
    const name = decoded(shown.slice(CAMERA.length));
    document.title = name + " – Photofinish";
    leave = showCamera(main, name);
  } else {
    document.title = "Photofinish";
    leave = showTiles(main, openForm);
  }
  if (!first) {
    main.focus();
    scrollTo(0, 0);
  }
}

/** As it is where a percent sign encodes nothing. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sumUp() {
  const cameras = [...store.cameras.values()];
  const old = cameras.filter(isOld).length;
  const text = cameras.length === 0 ? "" : count(cameras.length, "camera", "cameras")
    + (old === 0 ? "" : ", " + old + " without picture");
  say(document.getElementById("summary"), text);
  document.getElementById("add").hidden = !store.rights.add;
  const connection = document.getElementById("connection");
  connection.hidden = store.connected !== false && !store.stopping;
  document.body.classList.toggle("stale", !connection.hidden);
  say(connection, store.stopping
    ? "The relay is stopping. This page goes on when it is there again."
    : store.refusal || "The relay does not answer. Trying again …");
}

for (const event of ["cameras", "camera", "connection", "rights"]) {
  store.addEventListener(event, sumUp);
}
document.getElementById("add").addEventListener("click", openForm);
addEventListener("hashchange", route);
store.start();
route();
