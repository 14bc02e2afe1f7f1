// The view of one camera.

import { ask } from "./ask.js";
import { el, say } from "./dom.js";
import { bytes, duration, now, rate, setClock, share, time } from "./format.js";
import { drawOutages } from "./outages.js";
import { Player } from "./player.js";
import { drawRaces } from "./races.js";
import { RecordingPanel } from "./recordings.js";
import { isOld, note, tone, word } from "./state.js";
import { store } from "./store.js";

const MOST_LINES = 200;
const MOST_RACES = 6;
/** The axis of outages ends now. */
const REDRAW_MS = 30_000;

class CameraView {
  #name;
  #state = el("span", { class: "state", role: "status" });
  #reason = el("p", { class: "reason" });
  #screen = el("div", { class: "screen" });
  #note = el("div", { class: "note" });
  #facts = new Map();
  #factList = el("dl", { class: "facts" });
  #tracks = el("div", { class: "scroll" });
  #readers = el("div", { class: "scroll" });
  #outages = el("div");
  #races = el("div");
  #log = el("ul", { class: "log", tabindex: "0", "aria-label": "Log lines, the latest first" });
  #recordings;
  #refusal = el("p", { class: "problem", role: "alert" });
  #actions = el("div", { class: "actions", hidden: true },
    el("button", { type: "button", class: "button danger", click: () => this.#remove() }, "Remove camera"),
    this.#refusal);
  #body;
  #player;
  #problem = "";
  #past = { races: [], outages: [] };
  #before = null;
  #since = now();
  #drawnAt = 0;

  constructor(name) {
    this.#name = name;
    this.#recordings = new RecordingPanel(name);
  }

  show(main) {
    const video = el("video", { "aria-label": "Live picture of " + this.#name });
    this.#screen.append(video, this.#note, this.#controls(video));
    this.#player = new Player(video, this.#name, () => store.cameras.get(this.#name)?.subStream, true, (problem) => {
      this.#problem = problem;
      this.update();
    });
    this.#body = el("div", {},
      el("div", { class: "stage" }, this.#screen,
        el("section", { class: "panel" }, el("h2", {}, "At present"), this.#factList,
          this.#actions)),
      el("div", { class: "panels" },
        panel("Without picture, last 24 hours", this.#outages),
        panel("Last races", this.#races),
        panel("Tracks", this.#tracks),
        panel("Readers", this.#readers),
        this.#recordings.element,
        panel("Log", this.#log)));
    main.replaceChildren(
      el("div", { class: "head" },
        el("a", { class: "back", href: "#/" }, "← All cameras"),
        el("h1", {}, this.#name), this.#state, this.#reason),
      this.#body);
    this.#player.start();
    this.update();
    this.load();
  }

  #controls(video) {
    const sound = el("button", {
      type: "button",
      "aria-pressed": "false",
      click: () => {
        video.muted = !video.muted;
        sound.setAttribute("aria-pressed", String(!video.muted));
        say(sound, video.muted ? "Sound on" : "Sound off");
      },
    }, "Sound on");
    const full = el("button", { type: "button", click: () => this.#screen.requestFullscreen?.() }, "Full screen");
    return el("div", { class: "controls" }, sound, full);
  }

  async #remove() {
    if (!confirm("Remove " + this.#name + "? Its readers are closed.")) {
      return;
    }
    try {
      const answer = await ask("/api/cameras/" + encodeURIComponent(this.#name), { method: "DELETE" });
      if (answer.ok) {
        location.hash = "#/";
      } else {
        say(this.#refusal, await answer.text());
      }
    } catch {
      say(this.#refusal, "The relay does not answer.");
    }
  }

  stop() {
    this.#player.stop();
  }

  /** Asks for what happened before the page was opened. */
  async load() {
    const base = "/api/cameras/" + encodeURIComponent(this.#name);
    const past = async (path) => {
      const response = await ask(base + path);
      setClock(response);
      return response.ok ? response.json() : {};
    };
    let answers;
    try {
      answers = await Promise.all([past("/races"), past("/outages"), past("/log")]);
    } catch {
      return; // the page says that the relay does not answer
    }
    const [races, outages, log] = answers;
    this.#past = { races: races.races ?? [], outages: outages.outages ?? [] };
    this.#log.replaceChildren();
    const lines = log.lines ?? [];
    if (outages.since) {
      this.#since = Date.parse(outages.since);
    }
    lines.forEach((line) => this.line(line));
    this.#drawPast();
  }

  #drawPast() {
    this.#drawnAt = performance.now();
    this.#races.replaceChildren(drawRaces(this.#past.races.slice(-MOST_RACES).reverse()));
    this.#outages.replaceChildren(drawOutages(this.#past.outages, this.#since));
  }

  line(line) {
    this.#log.prepend(el("li", {}, el("time", { datetime: line.at }, time(line.at)), el("span", {}, line.text)));
    while (this.#log.childElementCount > MOST_LINES) {
      this.#log.lastElementChild.remove();
    }
  }

  update() {
    const camera = store.cameras.get(this.#name);
    if (!camera) {
      say(this.#state, store.known ? "There is no camera of this name" : "");
      this.#state.className = "state";
      say(this.#reason, "");
      this.#body.hidden = store.known || store.refusal !== "";
      if (this.#body.hidden) {
        this.#player.stop();
      }
      return;
    }
    if (this.#body.hidden) {
      this.#body.hidden = false;
      this.#player.start();
    }
    say(this.#state, word(camera));
    this.#state.className = "state " + tone(camera);
    say(this.#reason, camera.reason);
    this.#screen.classList.toggle("dim", isOld(camera));
    say(this.#note, note(camera) || this.#problem);
    this.#showFacts(camera);
    this.#tracks.replaceChildren(tracks(camera));
    this.#readers.replaceChildren(readers(camera));
    this.#actions.hidden = !store.rights.manage.includes(this.#name);
    this.#recordings.update();
    if (performance.now() - this.#drawnAt > REDRAW_MS) {
      this.#drawPast();
    }
  }

  #showFacts(camera) {
    const statistics = camera.statistics;
    this.#fact("Since", time(camera.since));
    this.#fact("Without picture today", duration(camera.withoutPictureToday));
    this.#fact("Pictures, last minute", share(camera.frames.minute));
    this.#fact("Pictures, last hour", share(camera.frames.hour));
    this.#fact("Pictures, last day", share(camera.frames.day));
    this.#fact("Rate", this.#rate(statistics));
    this.#fact("Received", statistics ? bytes(statistics.bytes) : "–");
    this.#fact("Lost packets", statistics ? String(statistics.lost) : "–");
    this.#fact("Reconnects", statistics ? String(statistics.reconnects) : "–");
    this.#fact("Readers", String(camera.readers.length));
    this.#fact("Address", camera.url, "wide");
  }

  #fact(name, value, kind) {
    let entry = this.#facts.get(name);
    if (!entry) {
      entry = el("dd", { class: kind });
      this.#facts.set(name, entry);
      this.#factList.append(el("dt", {}, name), entry);
    }
    say(entry, value);
  }

  #rate(statistics) {
    const now = performance.now();
    const before = this.#before;
    if (!statistics) {
      this.#before = null;
      return "–";
    }
    if (!before || statistics.bytes < before.bytes || now - before.at > 900) {
      const bits = before && statistics.bytes >= before.bytes ? (8000 * (statistics.bytes - before.bytes)) / (now - before.at) : null;
      this.#before = { at: now, bytes: statistics.bytes, text: bits === null ? "–" : rate(bits) };
    }
    return this.#before.text;
  }

  race(race) {
    this.#past.races.push(race);
    this.#past.races.splice(0, this.#past.races.length - MOST_RACES);
    this.#drawPast();
  }
}

function panel(title, content) {
  return el("section", { class: "panel" }, el("h2", {}, title), content);
}

function tracks(camera) {
  if (camera.tracks.length === 0) {
    return el("p", { class: "none" }, "The camera has not been seen yet.");
  }
  const medias = new Map((camera.statistics?.medias ?? []).map((media) => [media.index, media]));
  return table(["Track", "Codec", "Packets", "Received", "Lost", "Jitter"], camera.tracks.map((track) => {
    const media = medias.get(track.index);
    return [
      track.media,
      track.codec,
      media ? String(media.packets) : "–",
      media ? bytes(media.bytes) : "–",
      media ? String(media.lost) : "–",
      media ? (media.jitter * 1000).toFixed(1) + " ms" : "–",
    ];
  }));
}

function readers(camera) {
  if (camera.readers.length === 0) {
    return el("p", { class: "none" }, "Nobody reads this camera.");
  }
  return table(["Reader", "Over", "Since", "Sent", "Dropped"], camera.readers.map((reader) => [
    reader.agent ? reader.address + " – " + reader.agent : reader.address,
    reader.transport,
    time(reader.since),
    bytes(reader.bytes),
    String(reader.dropped),
  ]));
}

/** The first two columns are words, the others numbers. */
function table(titles, rows) {
  const kind = (column) => ({ class: column > 1 ? "number" : null });
  return el("table", {},
    el("thead", {}, el("tr", {}, ...titles.map((title, i) => el("th", { scope: "col", ...kind(i) }, title)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell, i) => el("td", kind(i), cell))))));
}

/** Shows a camera in an element until the function that it returns is called. */
export function showCamera(main, name) {
  const view = new CameraView(name);
  let state = store.cameras.get(name)?.state;
  const update = () => {
    view.update();
    const now = store.cameras.get(name)?.state;
    if (now !== state) {
      state = now;
      view.load();
    }
  };
  let connected = store.connected;
  const connection = () => {
    if (store.connected && connected === false) {
      view.load(); // what happened meanwhile was not sent
    }
    connected = store.connected;
  };
  const mine = ({ detail }) => detail.name === name && update();
  const line = ({ detail }) => detail.camera === name && view.line(detail);
  const race = ({ detail }) => detail.camera === name && view.race(detail);
  store.addEventListener("connection", connection);
  store.addEventListener("cameras", update);
  store.addEventListener("camera", mine);
  store.addEventListener("rights", update);
  store.addEventListener("line", line);
  store.addEventListener("race", race);
  view.show(main);
  return () => {
    store.removeEventListener("connection", connection);
    store.removeEventListener("cameras", update);
    store.removeEventListener("camera", mine);
    store.removeEventListener("rights", update);
    store.removeEventListener("line", line);
    store.removeEventListener("race", race);
    view.stop();
  };
}
