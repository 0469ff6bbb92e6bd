// The list of responses: all of a page are chosen at once, and what came meanwhile is told without moving the page.

const ASK_EVERY_MS = 20_000;

const all = document.querySelector("[data-picks=all]");
const news = document.querySelector("[data-news]");

function beginPicking() {
  const boxes = [...document.querySelectorAll("input[name=seen][form=bulk]")];
  all.closest("label").hidden = boxes.length === 0;
  all.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = all.checked;
    }
  });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      all.checked = boxes.every((one) => one.checked);
    });
  }
}

/** The line is empty until there is something to tell; then it says so once for each new count. */
function beginNews() {
  const line = news.parentElement;
  const told = { count: 0 };
  news.remove();
  setInterval(() => askForNews(line, told), ASK_EVERY_MS);
  document.addEventListener("visibilitychange", () => askForNews(line, told));
}

async function askForNews(line, told) {
  if (document.visibilityState !== "visible") {
    return;
  }
  try {
    const reply = await fetch(news.dataset.news, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!reply.ok) {
      return;
    }
    const { count, words } = await reply.json();
    if (count > told.count) {
      told.count = count;
      news.textContent = words;
      line.append(news);
    }
  } catch {
    // No connection, or nobody is signed in any more: the next page says so.
  }
}

if (all !== null) {
  beginPicking();
}
if (news !== null) {
  beginNews();
}
