// The form for a new camera.

import { ask } from "./ask.js";
import { say } from "./dom.js";

const dialog = document.getElementById("add-dialog");
const form = document.getElementById("add-form");
const problem = document.getElementById("add-problem");

export function openForm() {
  form.reset();
  say(problem, "");
  dialog.showModal();
}

async function add(event) {
  event.preventDefault();
  const fields = new FormData(form);
  const camera = {
    name: fields.get("name"),
    url: fields.get("url"),
    options: { "on-demand": fields.get("onDemand") ? "true" : "false" },
  };
  try {
    const response = await ask("/api/cameras", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(camera),
    });
    if (response.ok) {
      dialog.close();
    } else {
      say(problem, await response.text());
    }
  } catch {
    say(problem, "The relay does not answer.");
  }
}

form.addEventListener("submit", add);
document.getElementById("add-cancel").addEventListener("click", () => dialog.close());
