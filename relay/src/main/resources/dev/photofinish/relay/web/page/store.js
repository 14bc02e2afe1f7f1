// What the page knows: cameras by name, kept current by server-sent events, which connect again by themselves.

import { ask } from "./ask.js";
import { setClock } from "./format.js";

// Before a page that the relay refuses asks again: a login that is wrong now is not to count as an attack.
const SHORTEST_PAUSE = 3000;
const LONGEST_PAUSE = 60000;

const NONE = { add: false, manage: [], talk: [] };

class Store extends EventTarget {
  cameras = new Map();
  connected = null;
  stopping = false;
  known = false;
  /** Why the relay gives this user nothing; empty where it does not say so. */
  refusal = "";
  rights = NONE;
  #events = null;
  #asking = null;
  #pause = SHORTEST_PAUSE;

  start() {
    this.#events = new EventSource("/events");
    this.#events.addEventListener("open", () => {
      this.#pause = SHORTEST_PAUSE;
      this.#connection(true);
    });
    this.#events.addEventListener("error", () => {
      this.#connection(false);
      if (this.#events.readyState === EventSource.CLOSED) {
        this.#askWhy();
        setTimeout(() => this.start(), this.#pause);
        this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
      }
    });
    this.#on("cameras", (all) => {
      this.cameras = new Map(all.map((camera) => [camera.name, camera]));
      this.known = true;
      this.#say("cameras");
      this.askForRights();
    });
    this.#on("figures", (some) => {
      for (const camera of some) {
        this.#put(camera);
      }
    });
    this.#on("camera", (camera) => this.#put(camera));
    this.#on("removed", ({ camera }) => {
      this.cameras.delete(camera);
      this.#say("cameras");
    });
    this.#on("stopping", () => {
      this.stopping = true;
      this.#say("connection");
    });
    this.#on("line", (line) => this.#say("line", line));
    this.#on("race", (race) => this.#say("race", race));
  }

  /** A browser does not tell pages why it got no events. Who is refused sees nothing, and asks for no pictures. */
  async #askWhy() {
    try {
      const answer = await ask("/api/rights");
      this.refusal = answer.status === 401 || answer.status === 403 ? await answer.text() : "";
    } catch {
      this.refusal = "";
    }
    if (this.refusal) {
      this.cameras = new Map();
      this.rights = NONE;
      this.known = false;
      this.#say("cameras");
    }
    this.#say("connection");
  }

  /** Asks what this user may do, once for what comes together; all is refused by the relay in any case. */
  askForRights() {
    this.#asking ??= setTimeout(() => this.#rights(), 50);
  }

  async #rights() {
    this.#asking = null;
    try {
      const answer = await ask("/api/rights");
      setClock(answer);
      if (answer.ok) {
        this.rights = await answer.json();
        this.#say("rights");
      }
    } catch {
      // asked again with the next connection
    }
  }

  #on(name, take) {
    this.#events.addEventListener(name, (event) => take(JSON.parse(event.data)));
  }

  #put(camera) {
    const isNew = !this.cameras.has(camera.name);
    this.cameras.set(camera.name, camera);
    this.#say(isNew ? "cameras" : "camera", camera);
    if (isNew) {
      this.askForRights();
    }
  }

  #connection(connected) {
    if (this.connected !== connected) {
      this.stopping &&= !connected;
      this.refusal = connected ? "" : this.refusal;
      this.connected = connected;
      this.#say("connection");
    }
  }

  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export const store = new Store();
