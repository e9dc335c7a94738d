// What is on the screen: pieces to build it from, words in two languages, and one screen at a time.
const at = id => document.getElementById(id);
const data = JSON.parse(at("data").textContent);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
// Waiting is measured by what no clock that is set right can move: else a person would stay on the screen for hours.
const now = () => performance.now();
let language = "id";
const word = (key, values = {}) => fill(data.words[key][language], values);
const say = text => text[language];

const el = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) name in node ? node[name] = value : node.setAttribute(name, value);
  node.append(...children.filter(child => child !== null));
  return node;
};
const face = level => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 32 32");
  use.setAttribute("href", "#face-" + level);
  svg.append(use);
  return svg;
};

// A second tap of a double tap, or a key that is held down, must not answer the next question.
const SETTLE = 350;
let shown = 0;
const tap = (text, work, properties = {}) => {
  const button = el("button", {type: "button", ...properties}, text);
  button.addEventListener("click", event => { if (now() - shown >= SETTLE) work(event); });
  return button;
};

// Everything of the screen before is gone from the document, so neither Tab nor a screen reader finds it.
const show = (top, content, foot) => {
  at("top").replaceChildren(...top);
  at("screen").replaceChildren(content);
  at("foot").replaceChildren(...foot);
  shown = now();
  const title = content.querySelector("h1");
  if (title) { title.tabIndex = -1; title.focus({preventScroll: true}); }
};
const box = at("box");
const openBox = (...content) => {
  box.replaceChildren(...content);
  shown = now();
  if (!box.open) box.showModal();
  (box.querySelector(".main") || box.querySelector("button")).focus();
};
const closeBox = () => { box.replaceChildren(); if (box.open) box.close(); };
const actions = (...buttons) => el("div", {className: "actions"}, ...buttons);
