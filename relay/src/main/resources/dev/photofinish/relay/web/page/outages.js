// The times without picture of the last 24 hours, on an axis and as a list.

import { el, isNarrow, svg } from "./dom.js";
import { count, duration, now as relayTime, time } from "./format.js";

const TOP = 8;
const HEIGHT = 28;
const DAY = 24 * 3600 * 1000;
const MOST_LISTED = 8;

export function drawOutages(outages, since) {
  const now = relayTime();
  const recent = outages
    .map((outage) => ({ ...outage, begin: Date.parse(outage.from), end: outage.to ? Date.parse(outage.to) : now }))
    .filter((outage) => outage.end > now - DAY);
  const box = el("div", {}, el("div", { class: "scroll" }, axis(recent, now, since)));
  if (since > now - DAY) {
    box.append(el("p", { class: "meta" }, "Known since " + time(new Date(since).toISOString()) + "."));
  }
  if (recent.length === 0) {
    box.append(el("p", { class: "none" }, "No outages."));
    return box;
  }
  box.append(list(recent));
  return box;
}

function list(recent) {
  const items = el("ul", { class: "outages" });
  for (const outage of recent.slice(-MOST_LISTED).reverse()) {
    items.append(el("li", {},
      el("time", { datetime: outage.from }, time(outage.from)),
      el("span", {}, outage.to ? duration((outage.end - outage.begin) / 1000) : "still"),
      el("span", { class: "reason" }, outage.reason)));
  }
  return items;
}

function axis(outages, now, since) {
  const width = isNarrow() ? 340 : 960;
  const x = (at) => width * Math.min(1, Math.max(0, 1 - (now - at) / DAY));
  const chart = svg("svg", {
    class: "chart", viewBox: `0 0 ${width} ${TOP + HEIGHT + 24}`, role: "img",
    "aria-label": count(outages.length, "outage", "outages") + " in the last 24 hours",
  });
  const known = x(Math.max(since, now - DAY));
  chart.append(
    svg("rect", { class: "unknown", x: 0, y: TOP, width, height: HEIGHT, rx: 6 }),
    svg("rect", { class: "calm", x: known, y: TOP, width: width - known, height: HEIGHT, rx: Math.min(6, (width - known) / 2) }));
  for (const outage of outages) {
    const from = x(outage.begin);
    chart.append(svg("rect", { class: "out", x: from, y: TOP, width: Math.max(2, x(outage.end) - from), height: HEIGHT }));
  }
  const hour = new Date(now);
  hour.setMinutes(0, 0, 0);
  for (let at = hour.getTime(); at > now - DAY; at -= 3600 * 1000) {
    if (new Date(at).getHours() % (width < 600 ? 8 : 4) === 0 && x(at) > 20 && x(at) < width - 20) {
      const label = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      chart.append(
        svg("line", { class: "grid", x1: x(at), x2: x(at), y1: TOP, y2: TOP + HEIGHT + 4 }),
        svg("text", { x: x(at), y: TOP + HEIGHT + 19, "text-anchor": "middle" }, label));
    }
  }
  return chart;
}
