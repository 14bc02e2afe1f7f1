// A picture's data on their way into the video element: appended one after the other, kept at the live edge.

export const MediaSources = window.ManagedMediaSource ?? window.MediaSource;

const FAR_BEHIND = 3;
const BEHIND = 1;
const CLOSE = 0.5;
const EDGE = 0.2;
const KEPT = 15;
const MOST_WAITING = 600;

export class LiveSource {
  #video;
  #media = new MediaSources();
  #buffer = null;
  #queue = [];
  #url;
  #broken;
  #closed = false;

  /** @param broken called once where the data cannot be taken any more */
  constructor(video, contentType, broken) {
    this.#video = video;
    this.#broken = broken;
    this.#media.addEventListener("sourceopen", () => this.#open(contentType), { once: true });
    video.disableRemotePlayback = true;
    this.#url = URL.createObjectURL(this.#media);
    video.src = this.#url;
  }

  #open(contentType) {
    if (this.#closed) {
      return;
    }
    URL.revokeObjectURL(this.#url);
    this.#buffer = this.#media.addSourceBuffer(contentType);
    this.#buffer.mode = "segments";
    this.#buffer.addEventListener("updateend", () => {
      this.keepUp();
      this.#next();
    });
    this.#buffer.addEventListener("error", () => this.#fail());
    this.#next();
  }

  append(data) {
    this.#queue.push(() => this.#buffer.appendBuffer(data));
    if (this.#queue.length > MOST_WAITING) {
      this.#fail();
    } else {
      this.#next();
    }
  }

  /** What follows is of this type; for a camera that came back with other parameters. */
  change(contentType) {
    this.#queue.push(() => {
      this.#buffer.changeType(contentType);
      queueMicrotask(() => this.#next());
    });
    this.#next();
  }

  #next() {
    while (this.#buffer && !this.#closed && !this.#buffer.updating && this.#queue.length > 0) {
      try {
        this.#queue.shift()();
      } catch (problem) {
        if (problem.name === "QuotaExceededError") {
          this.#trim(1);
        } else {
          this.#fail();
        }
        return;
      }
    }
  }

  #fail() {
    if (!this.#closed) {
      this.#closed = true;
      this.#broken();
    }
  }

  get end() {
    const buffered = this.#video.buffered;
    return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
  }

  /** Jumps over gaps, and catches up where the picture is behind. */
  keepUp() {
    const video = this.#video;
    const buffered = video.buffered;
    if (this.#closed || buffered.length === 0 || video.seeking) {
      return;
    }
    const start = buffered.start(buffered.length - 1);
    const behind = this.end - video.currentTime;
    if (video.currentTime < start || behind > FAR_BEHIND || behind < -CLOSE) {
      video.currentTime = Math.max(start, this.end - EDGE);
      video.playbackRate = 1;
    } else if (behind > BEHIND) {
      video.playbackRate = 1.15;
    } else if (behind < CLOSE) {
      video.playbackRate = 1;
    }
    if (video.paused) {
      video.play().catch(() => {});
    }
    if (video.currentTime - buffered.start(0) > 2 * KEPT) {
      this.#trim(KEPT);
    }
  }

  #trim(kept) {
    const until = this.#video.currentTime - kept;
    if (this.#buffer && !this.#buffer.updating && until > 0) {
      this.#buffer.remove(0, until);
    }
  }

  close() {
    this.#closed = true;
    this.#queue = [];
  }
}
