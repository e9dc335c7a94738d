// The kiosk as a whole: who is in front of it, how long nobody has been, and what the browser may not do.
const IDLE = 30000, WARNING = 15000, THANKS = 12000, STAFF_IDLE = 90000;
let mode = "attract", touched = now(), ends = 0;

const attract = () => {
  mode = "attract";
  person = null;
  const open = data.services.length > 0;
  const qr = at("qr").content.cloneNode(true);
  show([title(), languageButton(attract)], el("section", {className: data.improved.length ? "attract telling" : "attract"},
    el("div", {className: "invite"},
      el("h1", {textContent: word("invite")}),
      el("p", {textContent: open ? word("invite_hint", promised()) : word("no_service")}),
      open ? tap(word("begin"), start, {className: "main"}) : null),
    open ? el("div", {className: "qr"}, qr, el("p", {textContent: word("own_phone")})) : null,
    improved(),
  ), [notice(), tap(word("staff"), () => askPin(menu))]);
};
// What the first question will say: the same count; and how many come after, which may be left out.
const promised = () => ({count: data.unsur.length, optional: data.profile.length + 1});
const notice = () => {
  const {denied, refused, unsent} = state;
  const text = denied ? word("denied") : refused.length ? word("refused", {count: refused.length}) : unsent ? word("waiting", {count: unsent}) : "";
  return el("p", {role: "status", className: denied || refused.length ? "alert" : "", textContent: text});
};

// Everything of the person is gone: from memory, from the document, and there was nothing in the history.
const wipe = () => {
  person = null;
  closeBox();
  setLanguage("id");
  attract();
};
const warn = left => {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (box.open && at("left")) { at("left").textContent = seconds; return; }
  openBox(el("h2", {textContent: word("idle")}), el("output", {id: "left", textContent: seconds}),
    el("p", {textContent: word("idle_hint")}),
    actions(tap(word("go_on"), stay, {className: "main"}), tap(word("erase"), wipe)));
};
const stay = () => { touched = now(); closeBox(); };
const tick = () => {
  const idle = now() - touched;
  if (mode === "survey" && !person?.sent) {
    if (idle >= IDLE + WARNING) wipe();
    else if (idle >= IDLE) warn(IDLE + WARNING - idle);
  } else if (mode === "thanks") {
    if (now() >= ends) wipe();
    else at("closing").textContent = closing();
  } else if (idle >= STAFF_IDLE && (mode === "staff" || (mode === "attract" && box.open))) wipe();
  else if (mode === "attract") turn();
};
const onPulse = () => {
  if (mode !== "attract" || box.open) return;
  // A reload would end what the database could not keep.
  if (state.outdated && !stranded.size) location.reload();
  else at("foot").firstChild.replaceWith(notice());
};

// In the warning only its own buttons count: a stray touch must not answer what lies behind it.
const touch = () => {
  if (!at("left")) touched = now();
  if (fills() && !document.fullscreenElement && navigator.userActivation?.isActive) document.documentElement.requestFullscreen?.().then(filled).catch(() => {});
};
const fills = () => !["stopped", "pairing"].includes(mode);
// The browser fills the screen some time after the tap: the tap may have been the one that ends the kiosk.
const filled = () => fills() ? navigator.keyboard?.lock?.(["Escape"]) : document.exitFullscreen();
["pointerdown", "click", "keydown", "input"].forEach(type => addEventListener(type, touch, {capture: true, passive: true}));
box.addEventListener("cancel", event => { event.preventDefault(); if (at("left")) stay(); else closeBox(); });
box.addEventListener("close", () => { box.onkeydown = null; });
["contextmenu", "dragstart"].forEach(type => addEventListener(type, event => event.preventDefault()));
// Back is "back" within one person's turn, and nothing otherwise.
const guard = () => history.pushState(null, "");
addEventListener("popstate", () => {
  guard();
  if (mode === "survey" && person.step && !person.sent) move(-1);
});
addEventListener("pagehide", () => { if (person) wipe(); });
addEventListener("pageshow", event => { if (event.persisted) wipe(); });
addEventListener("online", soon);
// A page that is open twice must not send with a token that the other one has replaced.
addEventListener("storage", () => { device = read("kiosk") || {}; useToken(); });

let begun = false;
const begin = () => {
  useToken();
  if (!begun) prepare();
  attract();
  pulse();
};
const prepare = () => {
  begun = true;
  guard();
  navigator.wakeLock?.request("screen").catch(() => {});
  setInterval(tick, 1000);
};
navigator.serviceWorker?.register("/sw.js", {scope: "/k"}).then(() => navigator.serviceWorker.ready).then(worker => {
  if (!navigator.serviceWorker.controller) worker.active.postMessage({keep: location.href.split("#")[0]});
}).catch(() => {});
if (!isSecureContext) show([], el("section", {}, el("h1", {textContent: word("insecure")})), []);
else if (isPaired()) begin();
else if (device.token && !data.device && !location.hash) location.replace("/k/" + device.device);
else pairing(true);
