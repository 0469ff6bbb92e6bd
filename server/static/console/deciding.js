// Lets a coordinator decide by single keys. Every key presses something that is on the page, so that nothing can be done
// by a key alone; keys rest while somebody types, and can be switched off for this browser.

const SWITCHED_OFF = "fieldwell-keys-off";
const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

const keys = document.getElementById("keys");

function begin() {
  document.addEventListener("keydown", keyPressed);
  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", openReason);
  }
  if (keys !== null) {
    beginDialogue();
  }
}

function keyPressed(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  if (event.target.closest?.(TYPING) != null || keys?.hasAttribute("open")) {
    return;
  }
  const key = keyOf(event);
  if (!areOn() && key !== "?") {
    return;
  }
  const found = document.querySelector(`[data-key="${key}"], [data-key-too="${key}"]`);
  if (found !== null) {
    event.preventDefault();
    found.click();
  }
}

/** The letter, by where it is on the keyboard when that writes another script. */
function keyOf(event) {
  if (event.key === "?") {
    return "?";
  }
  const written = event.key.toLowerCase();
  const here = /^[a-z]$/.test(written) ? written : (/^Key([A-Z])$/.exec(event.code)?.[1] ?? "").toLowerCase();
  return here === "" || event.shiftKey ? "-" : here;
}

function openReason(event) {
  const reason = document.getElementById(event.currentTarget.dataset.opens);
  event.preventDefault();
  reason.open = true;
  const first = reason.querySelector("[type=radio]");
  first.focus();
  reason.scrollIntoView({ block: "nearest" });
}

function areOn() {
  try {
    return localStorage.getItem(SWITCHED_OFF) === null;
  } catch {
    return true;
  }
}

function switchKeys(on) {
  try {
    if (on) {
      localStorage.removeItem(SWITCHED_OFF);
    } else {
      localStorage.setItem(SWITCHED_OFF, "yes");
    }
  } catch {
    // A browser that keeps nothing has them switched on again with the next page.
  }
}

function beginDialogue() {
  const shower = document.querySelector("[data-shows=keys]");
  const choice = document.getElementById("keys-on");
  shower.hidden = false;
  choice.checked = areOn();
  choice.addEventListener("change", () => switchKeys(choice.checked));
  shower.addEventListener("click", () => {
    keys.hidden = false;
    if (typeof keys.showModal === "function") {
      keys.showModal();
    } else {
      keys.classList.add("dialogue-plain");
      keys.setAttribute("open", "");
    }
    document.getElementById("keys-heading").focus();
  });
  keys.querySelector("[data-closes]").addEventListener("click", () => {
    if (typeof keys.close === "function") {
      keys.close();
    } else {
      keys.removeAttribute("open");
    }
    shower.focus();
  });
}

begin();
