// What the pages gain from a script; every page works without it.
const $ = (q, from = document) => [...from.querySelectorAll(q)];

// Ctrl+K (or Cmd+K) puts the cursor into the search box; Escape closes an open menu.
document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k") {
    const find = document.getElementById("find");
    if (!find) return;
    e.preventDefault();
    find.focus();
    find.select();
  }
  if (e.key === "Escape") closeMenus();
});

function closeMenus(except) {
  for (const menu of $("details.menu[open], details.who[open]")) {
    if (menu === except) continue;
    const had = menu.contains(document.activeElement);
    menu.open = false;
    if (had) menu.querySelector("summary").focus();
  }
}
document.addEventListener("click", (e) => closeMenus(e.target.closest("details.menu, details.who")));

// A refused form: the summary of errors gets the focus, so that it is read first.
document.getElementById("summary")?.focus();

// Empty filters stay out of the address, so that it can be read and shared.
for (const form of $("form.filters")) {
  form.addEventListener("submit", () => {
    for (const f of $("input[name], select[name]", form)) if (!f.value) f.disabled = true;
  });
}

// A form that was sent says so and is not sent twice.
for (const form of $("form")) {
  form.addEventListener("submit", (e) => {
    if (form.dataset.sent && form.method === "post") return e.preventDefault();
    form.dataset.sent = "1";
    const b = e.submitter;
    if (b?.hasAttribute("data-busy")) b.setAttribute("aria-busy", "true");
  });
}
window.addEventListener("pageshow", (e) => {
  for (const form of $("form[data-sent]")) delete form.dataset.sent;
  for (const b of $("[aria-busy=true]")) b.removeAttribute("aria-busy");
  for (const f of $("form.filters :disabled")) f.disabled = false;
});

// Typed text is not lost by leaving the page unawares.
for (const form of $("form[data-guard]")) {
  let touched = false;
  form.addEventListener("input", () => (touched = true));
  form.addEventListener("submit", () => (touched = false));
  window.addEventListener("beforeunload", (e) => touched && e.preventDefault());
}

// "Select all" of a table.
for (const all of $("input[data-all]")) {
  const boxes = () => $(`input[name="${all.dataset.all}"]:not(:disabled)`, all.form);
  all.hidden = false;
  all.addEventListener("change", () => boxes().forEach((b) => (b.checked = all.checked)));
}

// Copy a text, where the browser allows it.
for (const button of $("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}

// Work in progress: ask again for the page and show its new state, or go where it has led.
async function refresh(main) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.redirected) return location.assign(answer.url);
  if (answer?.ok) {
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (!next?.dataset.refresh) return location.reload();
    main.replaceChildren(...next.childNodes);
  }
  setTimeout(refresh, main.dataset.refresh * 1000, main);
}
const running = document.querySelector("main[data-refresh]");
if (running) setTimeout(refresh, running.dataset.refresh * 1000, running);

// A roll: tapping a row goes on to the next mark. The arrow keys still choose among the marks.
for (const form of $("form[data-roll]")) {
  form.classList.add("taps");
  for (const hint of $(".js-only", form)) hint.hidden = false;
  for (const row of $(".roll-row", form)) {
    row.addEventListener("click", (e) => {
      if (e.target.matches("input")) return; // the click that a label passes on
      e.preventDefault();
      const marks = $("input", row);
      marks[(marks.findIndex((m) => m.checked) + 1) % marks.length].click();
    });
  }
}

// A roll is sent until it is through: kept in this window while there is no connection. The server takes the same roll twice
// without harm.
const unsent = "unsent-roll";
const kept = () => JSON.parse(sessionStorage.getItem(unsent) ?? "null");

async function deliver(tell) {
  for (let wait = 1000; kept(); wait = Math.min(wait * 1.5, 8000)) {
    const roll = kept();
    const answer = await fetch(roll.action, { method: "POST", body: new URLSearchParams(roll.body), redirect: "manual" }).catch(() => null);
    if (answer && answer.status < 500) {
      sessionStorage.removeItem(unsent);
      return { through: answer.type === "opaqueredirect", answer };
    }
    tell();
    await new Promise((go) => {
      setTimeout(go, wait);
      addEventListener("online", go, { once: true });
    });
  }
}

for (const form of $("form[data-roll]")) {
  const status = form.querySelector("[data-status]");
  form.addEventListener("submit", async (e) => {
    if (e.defaultPrevented) return;
    e.preventDefault();
    status.textContent = form.dataset.roll;
    sessionStorage.setItem(unsent, JSON.stringify({ action: form.getAttribute("action"), page: location.href, back: form.dataset.back, text: form.dataset.waiting, body: new URLSearchParams(new FormData(form)).toString() }));
    const end = await deliver(() => (status.textContent = form.dataset.waiting));
    if (end?.through) location.assign(form.dataset.back);
    else form.submit(); // refused: the page says why
  });
}

// A roll that this window still holds from a page before.
const left = kept();
if (left && !document.querySelector("form[data-roll]")) {
  const banner = document.createElement("p");
  banner.className = "unsent";
  banner.setAttribute("role", "status");
  banner.textContent = left.text;
  document.body.append(banner);
  deliver(() => {}).then((end) => {
    if (end?.through) return banner.remove();
    if (end?.answer.status === 401) sessionStorage.setItem(unsent, JSON.stringify(left)); // after signing in
    location.assign(left.page);
  });
} else if (left && left.page === location.href) {
  const marks = new URLSearchParams(left.body);
  for (const mark of $("form[data-roll] input[type=radio]")) mark.checked = marks.get(mark.name) === mark.value;
  document.querySelector("form[data-roll]").requestSubmit();
}

// A grid of small inputs: Enter and the arrows lead to its neighbours, a pasted column fills downwards.
for (const grid of $("table[data-grid]")) {
  const rows = $("tbody tr", grid).map((row) => [...row.cells].map((cell) => cell.querySelector("input")));
  const at = (input) => {
    const y = rows.findIndex((row) => row.includes(input));
    return [y, rows[y].indexOf(input)];
  };
  const go = (y, x, down, right) => {
    for (y += down, x += right; rows[y] && x >= 0 && x < rows[y].length; y += down, x += right) {
      if (rows[y][x]) return rows[y][x].select() ?? rows[y][x].focus();
    }
  };
  grid.addEventListener("keydown", (e) => {
    const input = e.target;
    if (!input.matches("input") || e.ctrlKey || e.altKey || e.metaKey) return;
    const steps = { Enter: [e.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (input.selectionStart === 0) steps.ArrowLeft = [0, -1];
    if (input.selectionEnd === input.value.length) steps.ArrowRight = [0, 1];
    if (!steps[e.key]) return;
    e.preventDefault();
    go(...at(input), ...steps[e.key]);
  });
  grid.addEventListener("keypress", (e) => e.key === "Enter" && e.target.matches("input") && e.preventDefault()); // no sending by Enter
  grid.addEventListener("paste", (e) => {
    const lines = e.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    if (!e.target.matches("input") || (lines.length === 1 && lines[0].length === 1)) return;
    e.preventDefault();
    const [y, x] = at(e.target);
    lines.forEach((line, i) => line.forEach((text, j) => {
      const input = rows[y + i]?.[x + j];
      if (input) input.value = text.trim();
    }));
    e.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// A row of tabs that is wider than the window shows the present one.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
