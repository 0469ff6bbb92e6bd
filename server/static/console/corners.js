// Lets corners of a boundary be added and moved by pressing, with no dragging: one press chooses a corner, the next says
// where it belongs; buttons and arrow keys move it too. The lines of text are what is sent; the picture follows them.

const sheet = document.querySelector(".sheet-of-corners");
const picture = sheet.querySelector("svg");
const shape = picture.querySelector(".shape");
const drawn = picture.querySelector(".corners");
const lines = document.getElementById("corners");
const buttons = sheet.querySelector(".corner-buttons");
const told = document.getElementById("chosen-corner");
const frame = {
  west: Number(picture.dataset.west),
  north: Number(picture.dataset.north),
  across: Number(picture.dataset.across),
  down: Number(picture.dataset.down),
  width: picture.viewBox.baseVal.width,
  height: picture.viewBox.baseVal.height,
};
const NUDGE = 0.02;
const TARGET = 22;
const DECIMALS = 6;

const typed = lines.value.split("\n").filter((line) => line.trim() !== "");
const circles = [...drawn.querySelectorAll("circle")];
// A corner that nobody moves keeps the digits that were typed.
let corners = circles.map((circle, number) => ({
  x: Number(circle.getAttribute("cx")),
  y: Number(circle.getAttribute("cy")),
  text: typed.length === circles.length ? typed[number].trim() : undefined,
}));
let chosen = null;

function begin() {
  sheet.classList.add("live");
  document.getElementById("by-hand").hidden = false;
  picture.setAttribute("role", "group");
  picture.addEventListener("click", pressedAt);
  picture.addEventListener("keydown", keyPressed);
  lines.addEventListener("input", leavePicture);
  for (const button of buttons.querySelectorAll("button")) {
    button.addEventListener("click", () => buttonPressed(button.dataset));
  }
  draw();
}

/** Once somebody types, what they type counts: the server draws it when asked. */
function leavePicture() {
  sheet.hidden = true;
}

function pressedAt(event) {
  const corner = event.target.closest(".corner");
  if (corner !== null) {
    choose(Number(corner.dataset.number));
    return;
  }
  const box = picture.getBoundingClientRect();
  const place = {
    x: ((event.clientX - box.left) / box.width) * frame.width,
    y: ((event.clientY - box.top) / box.height) * frame.height,
  };
  if (chosen === null) {
    insert(corners.length, place);
  } else {
    put(chosen, place);
    choose(null);
  }
}

function keyPressed(event) {
  const corner = event.target.closest(".corner");
  if (corner === null) {
    return;
  }
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const number = Number(corner.dataset.number);
  const step = steps[event.key];
  if (step !== undefined) {
    chosen = number;
    nudge(step, event.shiftKey ? NUDGE / 10 : NUDGE);
  } else if (event.key === "Enter" || event.key === " ") {
    choose(number);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    remove(number);
  } else {
    return;
  }
  event.preventDefault();
}

function buttonPressed({ move, do: doing }) {
  if (chosen === null) {
    return;
  }
  if (move !== undefined) {
    nudge(move.split(" ").map(Number), NUDGE);
  } else if (doing === "remove") {
    remove(chosen);
  } else {
    const here = corners[chosen];
    const next = corners[(chosen + 1) % corners.length];
    const half = { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    insert(chosen + 1, corners.length > 1 ? half : { x: here.x + NUDGE * frame.width, y: here.y });
    choose(chosen + 1);
  }
}

function choose(number) {
  chosen = chosen === number ? null : number;
  draw();
  drawn.children[chosen ?? -1]?.focus({ preventScroll: true });
}

function nudge([x, y], share) {
  const here = corners[chosen];
  put(chosen, { x: here.x + x * share * frame.width, y: here.y + y * share * frame.width });
  drawn.children[chosen].focus({ preventScroll: true });
}

function put(number, place) {
  corners[number] = place;
  write();
}

function insert(number, place) {
  corners.splice(number, 0, place);
  write();
}

function remove(number) {
  corners = corners.filter((_corner, other) => other !== number);
  chosen = null;
  write();
  drawn.children[Math.min(number, corners.length - 1)]?.focus({ preventScroll: true });
}

function write() {
  lines.value = corners.map((corner) => `${asTyped(corner)}\n`).join("");
  draw();
}

/** Latitude first, as people type it. */
function asTyped({ x, y, text }) {
  if (text !== undefined) {
    return text;
  }
  const latitude = frame.north - (y / frame.height) * frame.down;
  const longitude = frame.west + (x / frame.width) * frame.across;
  return `${latitude.toFixed(DECIMALS)}, ${longitude.toFixed(DECIMALS)}`;
}

function draw() {
  shape.setAttribute("d", corners.length === 0 ? "" : `M${corners.map(({ x, y }) => `${x} ${y}`).join("L")}Z`);
  drawn.replaceChildren(...corners.map(asElement));
  buttons.hidden = chosen === null;
  told.textContent = chosen === null ? "" : nameOf(chosen);
}

function asElement({ x, y }, number) {
  const corner = element("g", { class: "corner", tabindex: 0, role: "button", "aria-pressed": chosen === number });
  corner.dataset.number = String(number);
  corner.setAttribute("aria-label", nameOf(number));
  const label = element("text", { x, y: y - 11, "text-anchor": "middle" });
  label.textContent = String(number + 1);
  corner.append(
    element("circle", { class: "target", cx: x, cy: y, r: TARGET }),
    element("circle", { class: "dot", cx: x, cy: y, r: 7 }),
    label,
  );
  return corner;
}

function nameOf(number) {
  return `${sheet.dataset.corner.replace("{}", String(number + 1))}: ${asTyped(corners[number])}`;
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, String(value));
  }
  return made;
}

begin();
