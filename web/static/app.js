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
  const boxes = () => $(`input[name="${all.dataset.all}"]`, all.form);
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
