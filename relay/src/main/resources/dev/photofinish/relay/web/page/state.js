// The states of a camera in words and tones.

import { time } from "./format.js";

const WORDS = {
  idle: ["On demand", ""],
  connecting: ["Connecting", "wait"],
  playing: ["Live", "good"],
  stalled: ["No pictures", "warn wait"],
  away: ["Away", "warn wait"],
  failed: ["Failed", "bad"],
};

export function word(camera) {
  return (WORDS[camera.state] ?? [camera.state, ""])[0];
}

export function tone(camera) {
  return (WORDS[camera.state] ?? ["", ""])[1];
}

/** Whether its picture, if one is shown, is of the past. */
export function isOld(camera) {
  return camera.state === "stalled" || camera.state === "away" || camera.state === "failed";
}

/** What is written over the picture; nothing while it is live. */
export function note(camera) {
  switch (camera.state) {
    case "stalled":
      return "No pictures since " + time(camera.since);
    case "away":
      return "Away since " + time(camera.since) + ". The picture comes back by itself.";
    case "failed":
      return "Given up at " + time(camera.since);
    default:
      return "";
  }
}
