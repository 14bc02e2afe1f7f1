// A camera's live picture in a video element: a WebSocket that connects again for as long as it is wanted.

import { LiveSource, MediaSources } from "./source.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;
const WATCH = 250;
/** Without progress for so long, though data come, it begins again. */
const STUCK = 4000;

export class Player {
  #video;
  #name;
  #playing;
  #sub;
  #audio;
  #say;
  #socket = null;
  #source = null;
  #wait = FIRST_WAIT;
  #retry = 0;
  #watch = 0;
  #end = 0;
  #arrived = 0;
  #moved = 0;
  #began = 0;

  /**
   * @param sub gives the name of the camera to play where the browser does not play this one, or null
   * @param say called with what there is to say of the picture, or nothing
   */
  constructor(video, name, sub, audio, say) {
    this.#video = video;
    this.#name = name;
    this.#playing = name;
    this.#sub = sub;
    this.#audio = audio;
    this.#say = say;
    video.muted = true;
    video.autoplay = true;
    video.playsInline = true;
  }

  start() {
    if (this.#watch) {
      return;
    }
    if (!MediaSources) {
      this.#say("This browser has no Media Source Extensions, which the live picture needs.");
      return;
    }
    this.#watch = setInterval(() => this.#look(), WATCH);
    this.#connect();
  }

  stop() {
    this.#playing = this.#name;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#watch = 0;
    this.#drop();
  }

  #connect() {
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const query = this.#audio ? "?audio=1" : "";
    const socket = new WebSocket(
      scheme + location.host + "/cameras/" + encodeURIComponent(this.#playing) + "/live" + query);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", (event) => {
      if (socket === this.#socket) {
        this.#take(event.data);
      }
    });
    socket.addEventListener("close", () => {
      if (socket === this.#socket) {
        this.#again();
      }
    });
    this.#socket = socket;
  }

  #take(data) {
    if (typeof data !== "string") {
      this.#arrived = performance.now();
      this.#source?.append(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "media") {
      this.#begin(message);
    } else if (message.type === "ended") {
      this.#say(message.reason);
    }
  }

  #begin({ contentType, leftOut }) {
    if (!MediaSources.isTypeSupported(contentType)) {
      this.#refuse(contentType);
      return;
    }
    this.#wait = FIRST_WAIT;
    this.#say(this.#audio ? leftOut.join(" ") : "");
    if (this.#source) {
      this.#source.change(contentType);
    } else {
      this.#source = new LiveSource(this.#video, contentType, () => this.#again());
      this.#moved = this.#arrived = this.#began = performance.now();
      this.#end = 0;
    }
  }

  /** Goes on without sound where that is all that cannot be played; else says what it is. */
  #refuse(contentType) {
    const codecs = contentType.match(/codecs="([^"]*)"/)?.[1].split(", ") ?? [contentType];
    const refused = codecs.filter((codec) => !MediaSources.isTypeSupported('video/mp4; codecs="' + codec + '"'));
    if (this.#audio && codecs.length > 1 && !refused.includes(codecs[0])) {
      this.#audio = false;
      this.#again("This browser does not play the camera's sound (" + refused.join(", ") + ").");
      return;
    }
    const sub = this.#sub();
    if (sub && this.#playing === this.#name) {
      this.#playing = sub;
      this.#again("");
      return;
    }
    this.#drop();
    this.#say("This browser does not play the camera's video (" + refused.join(", ") + "). Set the camera to H.264, or give it a sub-stream.");
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#source?.close();
    this.#source = null;
  }

  #again(reason) {
    this.#drop();
    if (reason) {
      this.#say(reason);
    }
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }

  #look() {
    if (!this.#source || document.hidden) {
      return;
    }
    this.#source.keepUp();
    const now = performance.now();
    if (this.#source.end !== this.#end) {
      this.#end = this.#source.end;
      this.#moved = now;
    }
    // sound that does not come keeps the picture back: both are needed at each instant
    if (now - this.#arrived < 1000 && now - this.#moved > STUCK) {
      const withSound = this.#audio;
      this.#audio = false;
      this.#again(withSound ? "The camera's sound does not come; this is without it." : "");
    }
  }
}
