// A box that finds places by letters of their names: fetched once, searched here, chosen with keys or a finger.
const SHOWN = 12;

function create(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Every word typed begins a word of the name or of its note; names that begin so come first.
function search(list, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const scored = [];
  for (const entry of list) {
    const name = ` ${plain(entry[1])}`, all = `${name} ${plain(entry[2])}`;
    if (!words.every((word) => all.includes(` ${word}`) || (word.length > 2 && all.includes(word)))) continue;
    scored.push([(name.startsWith(` ${words[0]}`) ? 0 : 2) + (words.every((word) => name.includes(word)) ? 0 : 1), entry]);
  }
  return scored.sort((a, b) => a[0] - b[0]).slice(0, SHOWN).map(([, entry]) => entry);
}

function draw(root, data, choose) {
  const id = "finder-list";
  const input = create("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: data.label, ariaLabel: data.label, role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list", maxLength: 100 });
  input.setAttribute("aria-controls", id);
  const list = create("ul", { id, role: "listbox", ariaLabel: data.label, hidden: true });
  const told = create("p", { role: "status", className: "told" });
  const box = create("div", { className: "box" }, input, create("kbd", { textContent: "/", ariaHidden: "true" }));
  root.replaceChildren(box, list, told);
  let known = null, found = [], at = -1;

  const load = async () => {
    if (known) return known;
    try {
      const answer = await fetch(data.source, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      known = await answer.json();
    } catch { told.textContent = data.away; return []; }
    return known;
  };
  const close = () => { list.hidden = true; input.ariaExpanded = "false"; input.removeAttribute("aria-activedescendant"); at = -1; };
  const point = (place) => {
    at = place;
    [...list.children].forEach((node, i) => { node.ariaSelected = String(i === at); });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const go = (entry) => { input.value = ""; close(); input.blur(); choose({ page: entry[3], query: entry[4] }); };
  const show = async () => {
    const typed = input.value;
    const all = typed.trim() ? await load() : [];
    if (typed !== input.value) return;
    found = search(all, typed);
    told.textContent = typed.trim() && known && !found.length ? data.nothing : known || !typed.trim() ? "" : told.textContent;
    list.replaceChildren(...found.map((entry, i) => {
      const node = create("li", { id: `${id}-${i}`, role: "option", ariaSelected: "false" },
        create("span", { className: "kind", textContent: entry[0] }), create("span", { className: "name", textContent: entry[1] }), create("small", { textContent: entry[2] }));
      node.addEventListener("pointerdown", (event) => { event.preventDefault(); go(entry); });
      return node;
    }));
    list.hidden = !found.length;
    input.ariaExpanded = String(!list.hidden);
    point(found.length ? 0 : -1);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { load(); if (input.value) show(); });
  input.addEventListener("blur", () => { close(); told.textContent = ""; });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length) point((at + 1) % found.length);
    else if (event.key === "ArrowUp" && found.length) point((at + found.length - 1) % found.length);
    else if (event.key === "Enter" && at >= 0) go(found[at]);
    else if (event.key === "Escape") { input.value = ""; close(); told.textContent = ""; }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return input;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".find");
  if (root.dataset.source === data.source) return undefined;
  root.dataset.source = data.source;
  const input = draw(root, data, (entry) => setTriggerValue("chosen", entry));
  const slash = (event) => {
    const into = event.composedPath()[0];
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (into.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(into.tagName)) return;
    event.preventDefault();
    input.focus();
  };
  document.addEventListener("keydown", slash);
  return () => document.removeEventListener("keydown", slash);
}
