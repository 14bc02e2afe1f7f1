// The recordings of a camera: a switch, and the files to play or to keep.

import { ask } from "./ask.js";
import { el, say } from "./dom.js";
import { bytes, duration, time } from "./format.js";
import { store } from "./store.js";

const MOST_SHOWN = 50;
const REFRESH_MS = 10_000;

export class RecordingPanel {
  element = el("section", { class: "panel" }, el("h2", {}, "Recordings"));
  #name;
  #none = el("p", { class: "none", hidden: true });
  #rows = el("tbody");
  #table = el("table", { hidden: true },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Begin"),
      el("th", { scope: "col", class: "number" }, "Length"), el("th", { scope: "col", class: "number" }, "Size"))),
    this.#rows);
  #problem = el("p", { class: "problem", role: "alert" });
  #button = el("button", { type: "button", class: "button", click: () => this.#toggle() });
  #recording = null;
  #loadedAt = 0;

  constructor(name) {
    this.#name = name;
    this.element.append(el("div", { class: "switch" }, this.#button), this.#problem, this.#none,
      el("div", { class: "scroll" }, this.#table));
    this.element.hidden = true;
  }

  #path(end) {
    return "/api/cameras/" + encodeURIComponent(this.#name) + "/" + end;
  }

  update() {
    this.#button.hidden = !store.rights.manage.includes(this.#name);
    const recording = store.cameras.get(this.#name)?.recording ?? false;
    if (recording !== this.#recording) {
      this.#recording = recording;
      say(this.#button, recording ? "Stop recording" : "Record");
      this.load();
    } else if (recording && performance.now() - this.#loadedAt > REFRESH_MS) {
      this.load(); // files are finished
    }
  }

  async load() {
    this.#loadedAt = performance.now();
    try {
      const answer = await ask(this.#path("recordings"));
      this.element.hidden = !answer.ok;
      if (answer.ok) {
        const { files } = await answer.json();
        this.#show(files.slice(-MOST_SHOWN));
      }
    } catch {
      // the page says that the relay does not answer, and the next update asks again
    }
  }

  /** The latest is the first. Rows that are there stay: one of them may have the focus. */
  #show(files) {
    say(this.#none, this.#recording ? "The first file is shown when it is finished." : "Nothing is recorded yet.");
    this.#none.hidden = files.length > 0;
    this.#table.hidden = files.length === 0;
    const names = new Set(files.map((file) => file.name));
    const present = new Map([...this.#rows.children].map((row) => [row.dataset.name, row]));
    present.forEach((row, name) => names.has(name) || row.remove());
    for (const file of files) {
      if (!present.has(file.name)) {
        this.#rows.prepend(this.#row(file));
      }
    }
  }

  #row(file) {
    const base = "/cameras/" + encodeURIComponent(this.#name) + "/recordings/";
    return el("tr", { "data-name": file.name },
      el("td", {}, el("a", { href: base + encodeURIComponent(file.name) }, time(file.begin))),
      el("td", { class: "number" }, duration(file.seconds)),
      el("td", { class: "number" }, bytes(file.bytes)));
  }

  async #toggle() {
    this.#button.disabled = true;
    try {
      const answer = await ask(this.#path("recording"), { method: this.#recording ? "DELETE" : "PUT" });
      say(this.#problem, answer.ok ? "" : await answer.text());
    } catch {
      say(this.#problem, "The relay does not answer.");
    }
    this.#button.disabled = false;
  }
}
