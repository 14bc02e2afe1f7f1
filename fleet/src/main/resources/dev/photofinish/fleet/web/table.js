// Tables that are drawn again and again: what stays the same stays in place, with the focus that it has.

/** A title with what it shows of an item: a text or an element. */
export function column(title, of, kind = {}) {
  return { title, of, ...kind };
}

function cell(kind, value, { number }) {
  const place = document.createElement(kind);
  place.className = number ? "number" : "";
  if (value instanceof Node) {
    place.append(value);
  } else {
    place.textContent = value ?? "";
  }
  return place;
}

function head(columns) {
  const row = document.createElement("tr");
  for (const { title, ...kind } of columns) {
    const place = cell("th", title, kind);
    place.scope = "col";
    row.append(place);
  }
  return row;
}

function row(key, columns, item) {
  const made = document.createElement("tr");
  made.dataset.key = key;
  made.append(...columns.map((one) => cell("td", one.of(item), one)));
  return made;
}

function emptyRow(text, width) {
  const made = document.createElement("tr");
  made.dataset.key = "";
  const only = cell("td", text, {});
  only.colSpan = width;
  only.className = "none";
  made.append(only);
  return made;
}

/** The row that is there, with what is new in it. */
function renewed(present, made) {
  if (!present || present.cells.length !== made.cells.length) {
    return made;
  }
  [...made.cells].forEach((fresh, i) => {
    if (!present.cells[i].isEqualNode(fresh)) {
      present.cells[i].replaceWith(fresh);
    }
  });
  return present;
}

/**
 * Shows items.
 *
 * @param key names an item among the others; by its place where there is none
 * @param none what to say where there are no items
 */
export function fill(table, columns, items, none, key = (item, place) => String(place)) {
  const body = table.tBodies[0] ?? table.createTBody();
  const titles = head(columns);
  const top = table.tHead ?? table.createTHead();
  if (!top.rows[0]?.isEqualNode(titles)) {
    top.replaceChildren(titles);
  }
  const present = new Map([...body.rows].map((one) => [one.dataset.key, one]));
  const rows = items.map((item, place) => {
    const made = row(key(item, place), columns, item);
    return renewed(present.get(made.dataset.key), made);
  });
  if (rows.length === 0) {
    rows.push(renewed(present.get(""), emptyRow(none, columns.length)));
  }
  if (rows.length !== body.rows.length || rows.some((one, place) => one !== body.rows[place])) {
    const focused = document.activeElement;
    body.replaceChildren(...rows);
    if (focused?.isConnected) {
      focused.focus({ preventScroll: true });
    }
  }
}
