// Times and amounts in words.

/** The relay's clock less the browser's, in milliseconds. */
let ahead = 0;

/** Takes the relay's time from one of its answers; the clock of the browser may be off. */
export function setClock(response) {
  const date = Date.parse(response.headers.get("date"));
  if (!Number.isNaN(date)) {
    ahead = date - Date.now();
  }
}

/** The relay's time, in milliseconds since 1970. */
export function now() {
  return Date.now() + ahead;
}

export function time(iso) {
  const date = new Date(iso);
  const today = new Date(now()).toDateString() === date.toDateString();
  const clock = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return today ? clock : date.toLocaleDateString([], { day: "numeric", month: "short" }) + " " + clock;
}

/** Such as "0 s", "3.2 s", "4 min", "2 h 5 min". */
export function duration(seconds) {
  if (seconds < 10) {
    return (seconds === 0 ? "0" : seconds.toFixed(1)) + " s";
  }
  if (seconds < 120) {
    return Math.round(seconds) + " s";
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? minutes + " min" : Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return (unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)) + " " + units[unit];
}

export function rate(bitsPerSecond) {
  return bitsPerSecond >= 1e6
    ? (bitsPerSecond / 1e6).toFixed(1) + " Mbit/s"
    : Math.round(bitsPerSecond / 1e3) + " kbit/s";
}

export function share(value) {
  if (value == null) {
    return "–";
  }
  const percent = value * 100;
  return (percent >= 99.95 ? "100" : percent.toFixed(1)) + " %";
}

export function count(number, one, many) {
  return number + " " + (number === 1 ? one : many);
}
