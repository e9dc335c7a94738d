// For the operator: pairing, the PIN, and the menu behind it.
const TRIES = 5, LOCK = 60000;
// Kept over a reload, which must not be five more tries; a clock set back locks nobody out for longer.
let {wrong = 0, lockedUntil = 0} = read("tries") || {};
const noteTries = (tries, until = 0) => { [wrong, lockedUntil] = [tries, until]; write("tries", {wrong, lockedUntil}); };
const lockLeft = () => (lockedUntil = Math.min(lockedUntil, Date.now() + LOCK)) - Date.now();

const askPin = (then, message = "") => {
  let pin = "", checking = false;
  const dots = el("p", {className: "dots", role: "status", ariaLabel: word("pin")});
  const error = el("p", {className: "error", role: "alert", textContent: message});
  const type = async digit => {
    if (checking) return;
    pin += digit;
    dots.textContent = "•".repeat(pin.length);
    if (pin.length < 6) return;
    checking = true;
    if (lockLeft() > 0) return askPin(then, lockedWords());
    // Counted before it is checked: who reloads meanwhile has used a try up.
    if (wrong + 1 < TRIES) noteTries(wrong + 1);
    else noteTries(0, Date.now() + LOCK);
    if (await isPin(pin)) { noteTries(0); closeBox(); return then(); }
    askPin(then, lockLeft() > 0 ? lockedWords() : word("pin_wrong", {tries: TRIES - wrong}));
  };
  const clear = () => { pin = ""; dots.textContent = ""; };
  // Digits come fast: no settling time between them.
  const key = (text, work) => { const button = el("button", {type: "button"}, text); button.addEventListener("click", work); return button; };
  const pad = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => key(String(digit), () => type(digit)));
  openBox(
    el("h2", {textContent: word("pin")}), dots, error,
    el("div", {className: "pad"}, ...pad, key(word("clear"), clear), key("0", () => type(0)), key(word("cancel"), closeBox)),
  );
  box.onkeydown = event => { if (/^\d$/.test(event.key)) type(event.key); else if (event.key === "Backspace") clear(); };
};
const TO_THE_MINUTE = {day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23"};
// 28 Nov 2026, 14.05 and 28 Nov 2026, 14:05, as on the pages.
const MOMENT = {id: ["id", TO_THE_MINUTE], en: ["en-GB", TO_THE_MINUTE]};
const lockedWords = () => word("pin_locked", {seconds: Math.ceil(lockLeft() / 1000)});

const menu = async () => {
  await count();
  mode = "staff";
  const facts = [
    ["state_device", `${device.name} (${device.device})`], ["state_version", data.version],
    ["state_contact", state.contact ? state.contact.toLocaleString(...MOMENT[language]) : word("never")],
    ["state_unsent", state.unsent], ["state_refused", state.refused.length],
  ];
  const reasons = new Set(state.refused.flatMap(record => record.problems.map(problem => say(problem.text))));
  show([title(), languageButton(menu)], el("section", {},
    el("h1", {textContent: word("operator")}),
    el("dl", {}, ...facts.flatMap(([key, value]) => [el("dt", {textContent: word(key)}), el("dd", {textContent: value})])),
    state.denied ? el("p", {className: "error", textContent: word("denied")}) : null,
    ...[...reasons].slice(0, 3).map(text => el("p", {className: "error", textContent: text})),
    actions(
      tap(word("send_now"), async () => { await pulse(); if (mode === "staff") menu(); }),
      tap(word("export"), exportOutbox), tap(word("pair_again"), () => pairing(false)), tap(word("leave"), leave),
    ),
  ), [el("p"), tap(word("back"), attract, {className: "main"})]);
};

const leave = () => {
  mode = "stopped";
  if (document.fullscreenElement) document.exitFullscreen();
  show([title()], el("section", {className: "thanks"},
    el("h1", {textContent: word("stopped")}), el("p", {textContent: word("stopped_hint")}),
    actions(tap(word("resume"), attract, {className: "main"}))), []);
};

// First with a new PIN; again, from the menu, with a new code only.
const pairing = withPin => {
  mode = "pairing";
  const field = (name, label, properties) => {
    const input = el("input", {id: name, name, autocomplete: "off", spellcheck: false, ...properties});
    return el("div", {}, el("label", {htmlFor: name, textContent: word(label)}), input);
  };
  const error = el("p", {className: "error", role: "alert"});
  const form = el("form", {className: "form", noValidate: true},
    el("h1", {textContent: word("pairing")}), el("p", {textContent: word("pairing_hint")}),
    field("code", "code", {value: decodeURIComponent(location.hash.slice(1)), maxLength: 20, autocapitalize: "characters"}),
    withPin ? field("pin", "new_pin", {type: "password", inputMode: "numeric", maxLength: 6, autocomplete: "new-password"}) : null,
    error, actions(el("button", {className: "main", textContent: word("pair")}), withPin ? null : tap(word("cancel"), attract)));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const {code, pin} = form.elements;
    if (withPin && !/^\d{6}$/.test(pin.value)) error.textContent = word("pin_format");
    else error.textContent = await pairWith(code.value, pin?.value) || "";
    if (!error.textContent && device.token) arrive();
  });
  show([el("p", {textContent: data.name || ""}), languageButton(() => pairing(withPin))], el("section", {}, form), []);
};
// The code stays in nobody's history, and the kiosk has an address of its own.
const arrive = () => device.device === data.device ? begin() : location.replace("/k/" + device.device);
