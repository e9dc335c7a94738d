// A paper form typed with the keyboard alone: digits answer and move on, 0 leaves a gap, Enter saves.
function create(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function cell(element, levels, go) {
  const input = create("input", { className: "cell", inputMode: "numeric", autocomplete: "off", ariaLabel: `${element.number} ${element.name}` });
  input.dataset.key = element.key;
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (/^\d$/.test(key) && Number(key) <= levels) { input.value = key; go(input, 1); }
    else if (key === "Backspace") { const empty = !input.value; input.value = ""; if (empty) go(input, -1); }
    else if (key === "ArrowRight") go(input, 1);
    else if (key === "ArrowLeft") go(input, -1);
    else if (key.length > 1) return;
    event.preventDefault();
  });
  return create("label", { className: "unsur", title: element.name }, create("span", { textContent: element.number }), input);
}

function choice(field, words, go) {
  const select = create("select", { ariaLabel: field.name }, create("option", { value: "", textContent: words.none }));
  select.dataset.key = field.key;
  select.append(...field.options.map((option, i) => create("option", { value: option.key, textContent: `${i + 1} ${option.label}` })));
  select.addEventListener("keydown", (event) => {
    if (!/^\d$/.test(event.key) || Number(event.key) >= select.options.length) return;
    select.selectedIndex = Number(event.key);
    event.preventDefault();
    go(select, 1);
  });
  return create("label", { className: "field" }, create("span", { textContent: field.name }), select);
}

function draw(root, data, save) {
  const { words } = data;
  const go = (from, by) => {
    const all = [...root.querySelectorAll("input, select, textarea")];
    all[Math.max(0, all.indexOf(from) + by)]?.focus();
  };
  const number = create("input", { className: "number", autocomplete: "off", value: data.number });
  number.addEventListener("focus", () => number.select());
  const comment = create("textarea", { rows: 2, maxLength: data.commentMax, spellcheck: false });
  const form = create("form", { noValidate: true },
    create("label", { className: "field" }, create("span", { textContent: words.number }), number),
    create("div", { className: "cells", role: "group", ariaLabel: words.answers }, ...data.elements.map((e) => cell(e, data.levels, go))),
    create("p", { className: "hint", textContent: words.hint }),
    create("div", { className: "fields" }, ...data.profile.map((field) => choice(field, words, go))),
    create("label", { className: "field" }, create("span", { textContent: words.comment }), comment),
    create("ul", { className: "problems", role: "alert" }),
    create("button", { textContent: words.save }));
  const values = (selector) => Object.fromEntries([...form.querySelectorAll(selector)].map((node) => [node.dataset.key, node.value]));
  const submit = () => {
    if (form.dataset.busy === "true") return;
    form.dataset.busy = "true";
    save({ id: data.id, number: number.value, answers: values(".cell"), profile: values("select"), comment: comment.value });
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.target.tagName === "BUTTON") return;
    event.preventDefault();
    if (event.target === number) go(number, 1); else submit();
  });
  root.replaceChildren(form);
  (data.number ? form.querySelector(".cell") : number).focus();
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".paper");
  const sheet = JSON.stringify([data.id, data.words, data.elements]);
  if (root.dataset.sheet !== sheet) {
    root.dataset.sheet = sheet;
    draw(root, data, (value) => setTriggerValue("sheet", value));
  }
  const form = root.firstChild;
  if (form.dataset.attempt !== String(data.attempt)) {
    Object.assign(form.dataset, { attempt: data.attempt, busy: "false" });
    form.querySelector(".problems").replaceChildren(...data.problems.map((text) => create("li", { textContent: text })));
    if (data.problems.length) form.querySelector(".number").focus();
  }
}
