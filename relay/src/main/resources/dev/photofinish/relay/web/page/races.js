// Races as timelines: a lane for each attempt, from dialling over connected to ready, and the finish line.

import { el, isNarrow, svg } from "./dom.js";
import { time } from "./format.js";

const TOP = 26;
/** Texts beside the lanes, or above them where there is little room. */
const WIDE = { width: 960, left: 230, right: 150, lane: 26, above: 0 };
const NARROW = { width: 340, left: 14, right: 20, lane: 42, above: 16 };

export function drawRaces(races) {
  if (races.length === 0) {
    return el("p", { class: "none" }, "No races yet: the next connection is the first.");
  }
  const legend = el("p", { class: "legend" },
    el("span", { class: "dialling" }, "dialling"),
    el("span", {}, "connected"),
    el("span", { class: "ready" }, "ready"));
  return el("div", {}, legend, ...races.map(race));
}

function race(report) {
  const won = report.winner != null;
  const verdict = won
    ? "won by " + place(report.winner) + " after " + millis(report.decidedAt)
    : (report.result ?? "running");
  return el("div", { class: "race" },
    el("h3", {},
      el("time", { datetime: report.at }, time(report.at)),
      el("span", { class: won ? "won" : "lost" }, verdict)),
    report.attempts.length === 0 ? null : el("div", { class: "scroll" }, lanes(report, verdict)));
}

function place(attempt) {
  return (attempt.address?.includes(":") ? "[" + attempt.address + "]" : attempt.address)
    + (attempt.port ? ":" + attempt.port : "");
}

function millis(value) {
  return (value < 10 ? value.toFixed(1) : Math.round(value)) + " ms";
}

function lanes(report, verdict) {
  const last = Math.max(1, report.decidedAt ?? 0, ...report.attempts.map((attempt) => attempt.end ?? 0));
  const span = last * 1.04;
  const room = isNarrow() ? NARROW : WIDE;
  const x = (at) => room.left + (room.width - room.left - room.right) * Math.min(1, at / span);
  const bottom = TOP + room.lane * report.attempts.length;
  const chart = svg("svg", {
    class: "chart", viewBox: `0 0 ${room.width} ${bottom + 6}`, role: "img", "aria-label": "Race " + verdict,
  });
  for (const tick of ticks(span)) {
    chart.append(
      svg("line", { class: "grid", x1: x(tick), x2: x(tick), y1: TOP - 6, y2: bottom }),
      svg("text", { x: x(tick), y: TOP - 12, "text-anchor": "middle" }, tick === 0 ? "0 ms" : String(tick)));
  }
  report.attempts.forEach((attempt, i) => lane(chart, attempt, TOP + room.lane * (i + 0.5) + room.above / 2, x, span, room));
  if (report.decidedAt != null) {
    const at = x(report.decidedAt);
    chart.append(svg("line", { class: "finish", x1: at, x2: at, y1: TOP - 6, y2: bottom }));
  }
  return chart;
}

function ticks(span) {
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const all = [];
  for (let at = 0; at <= span; at += step) {
    all.push(Number(at.toPrecision(6)));
  }
  return all;
}

function lane(chart, attempt, y, x, span, room) {
  const end = attempt.end ?? span;
  const connected = attempt.connected ?? end;
  const ready = attempt.ready ?? end;
  const bar = (from, to, name) => {
    if (to > from) {
      chart.append(svg("line", {
        class: name, x1: x(from), x2: x(to), y1: y, y2: y, "stroke-width": 8, "stroke-linecap": "round",
      }));
    }
  };
  bar(attempt.start, connected, "dial");
  bar(connected, ready, "busy");
  bar(ready, end, "good");
  const isWinner = attempt.outcome === "won";
  const outcome = attempt.cause ?? attempt.outcome ?? "running";
  const ended = isWinner ? "won" : attempt.cause ? "bad" : "ended";
  chart.append(
    svg("circle", { class: ended, cx: x(end), cy: y, r: isWinner ? 7 : 5 }),
    svg("text", { class: "strong", x: 0, y: y + 4 - room.above },
      room.above ? place(attempt) + " · " + outcome : place(attempt)));
  if (!room.above) {
    chart.append(svg("text", { x: room.width - room.right + 14, y: y + 4 }, outcome));
  }
}
