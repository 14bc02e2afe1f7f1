// All cameras as tiles. A tile plays while it can be seen.

import { el, say } from "./dom.js";
import { count, duration } from "./format.js";
import { Player } from "./player.js";
import { isOld, note, tone, word } from "./state.js";
import { store } from "./store.js";

/** The cameras that have a tile: a stream that only stands in for another camera's has none. */
function withTile() {
  const cameras = [...store.cameras.values()];
  const subs = new Set(cameras.map((camera) => camera.subStream));
  return new Map(cameras.filter((camera) => !subs.has(camera.name)).map((camera) => [camera.name, camera]));
}

class Tile {
  element;
  #name;
  #screen = el("div", { class: "screen" });
  #note = el("div", { class: "note" });
  #state = el("span", { class: "state" });
  #reason = el("p", { class: "reason" });
  #meta = el("p", { class: "meta" });
  #player;
  #problem = "";

  constructor(camera) {
    this.#name = camera.name;
    const video = el("video", { "aria-label": "Live picture of " + camera.name, tabindex: "-1" });
    this.#screen.append(video, this.#note);
    this.element = el(
      "li", {},
      el("a", { class: "tile", href: "#/camera/" + encodeURIComponent(camera.name) },
        this.#screen,
        el("div", { class: "text" },
          el("div", { class: "line" }, el("h2", {}, camera.name), this.#state),
          this.#reason, this.#meta)));
    this.#player = new Player(video, camera.name, () => store.cameras.get(camera.name)?.subStream, false, (problem) => {
      this.#problem = problem;
      this.update();
    });
    this.update();
  }

  update() {
    const camera = store.cameras.get(this.#name);
    if (!camera) {
      return;
    }
    say(this.#state, word(camera));
    this.#state.className = "state " + tone(camera);
    this.#screen.classList.toggle("dim", isOld(camera));
    say(this.#note, note(camera) || this.#problem);
    say(this.#reason, camera.state === "playing" || camera.state === camera.reason ? "" : camera.reason);
    this.#reason.hidden = this.#reason.textContent === "";
    const gap = camera.withoutPictureToday;
    say(this.#meta, count(camera.readers.length, "reader", "readers") + " · "
      + (gap === 0 ? "never without picture today" : duration(gap) + " without picture today"));
  }

  play(visible) {
    if (visible) {
      this.#player.start();
    } else {
      this.#player.stop();
    }
  }
}

/** Shows the tiles in an element until the function that it returns is called. */
export function showTiles(main, addCamera) {
  const list = el("ul", { class: "tiles", "aria-label": "Cameras" });
  const tiles = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      tiles.get(entry.target.dataset.name)?.play(entry.isIntersecting);
    }
  }, { rootMargin: "200px" });

  function empty() {
    return el("div", { class: "empty" },
      el("img", { src: "/icon.svg", alt: "", width: 64, height: 64 }),
      el("h1", {}, "No cameras yet"),
      el("p", {}, store.rights.add
        ? "Add the first one by its RTSP address. Everyone who watches it then shares one connection, and stays when the camera goes away."
        : "There is none that you may see."),
      store.rights.add ? el("button", { type: "button", class: "button", click: addCamera }, "Add camera") : null);
  }

  function all() {
    const cameras = withTile();
    for (const [name, tile] of tiles) {
      if (!cameras.has(name)) {
        tile.play(false);
        tile.element.remove();
        tiles.delete(name);
      }
    }
    for (const camera of cameras.values()) {
      if (!tiles.has(camera.name)) {
        const tile = new Tile(camera);
        tile.element.dataset.name = camera.name;
        tiles.set(camera.name, tile);
        list.append(tile.element);
        observer.observe(tile.element);
      }
    }
    if (tiles.size === 0) {
      main.replaceChildren(...(store.known ? [empty()] : []));
    } else if (store.known && !list.isConnected) {
      main.replaceChildren(el("h1", { class: "unseen" }, "Cameras"), list); // once: what has the focus keeps it
    }
    tiles.forEach((tile) => tile.update());
  }

  function one({ detail }) {
    tiles.get(detail.name)?.update();
  }

  store.addEventListener("cameras", all);
  store.addEventListener("camera", one);
  store.addEventListener("rights", all);
  all();
  return () => {
    store.removeEventListener("cameras", all);
    store.removeEventListener("camera", one);
    store.removeEventListener("rights", all);
    observer.disconnect();
    tiles.forEach((tile) => tile.play(false));
  };
}
