// The light form with a script: progress, checks before sending, and an outbox. Without it the form works too.
const at = id => document.getElementById(id);
const form = at("f"), button = form.querySelector(".send"), done = at("done"), words = form.dataset;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

// Storage may be blocked: then there is simply nothing remembered.
const read = (storage, key) => { try { return JSON.parse(window[storage].getItem(key)); } catch { return null; } };
const write = (storage, key, value) => { try { value ? window[storage].setItem(key, JSON.stringify(value)) : window[storage].removeItem(key); } catch {} };

// The id: of this page in the history (Back), else of an unsent form of the last half hour (a second tab), else new.
const place = "form:" + location.pathname, open_ = read("localStorage", place);
const recent = open_ && Math.abs(Date.now() - open_.started) < 18e5 ? open_ : {};
const {id, started} = {id: uuid7(), started: Date.now(), ...recent, ...history.state};
let leaving = false;
const remember = state => leaving || history.replaceState({id, started, ...state}, "");
if (!history.state?.receipt && !history.state?.waiting) {
  remember();
  write("localStorage", place, {id, started});
}

// Answers survive a reload and a change of language, in this tab only. What the page says of itself is no answer: it
// must not come back on a page of a later release.
const OWN = ["id", "instrument", "consent"];
const answers = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => value && !OWN.includes(name)));
const under = (prefix, all, value) => Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith(prefix)).map(([name, v]) => [name.slice(2), value(v)]));
const groups = [...form.querySelectorAll("fieldset:has(.faces)")];
const showProgress = () => {
  const count = groups.length, answered = groups.filter(group => group.querySelector(":checked")).length;
  form.querySelector("progress").value = answered;
  form.querySelector(".progress output").textContent = fill(words.progress, {done: answered, count});
};
const showError = (holder, wrong) => {
  const text = at("e-" + (holder.name || holder.id));
  text.hidden = !wrong;
  (holder.name === "code" ? [holder] : holder.querySelectorAll("input")).forEach(input => input.setAttribute("aria-invalid", wrong));
};
const draft = read("sessionStorage", id);
for (const [name, value] of Object.entries(draft || {})) {
  const field = form.elements[name];
  if (field) field.value = value;
}
// The slip in one's hand counts: also where the page was kept from another visit, and has no code in it.
const service = at("service"), code = at("code"), slip = new URLSearchParams(location.search).get("kode");
if (code && slip) code.value = slip;
const needsCode = () => code && (!service || service.selectedOptions[0].matches(".coded"));
form.addEventListener("input", event => {
  const group = event.target.closest("fieldset:has(.faces)") || (event.target.matches("#service, #code") && event.target);
  if (group) showError(group, false);
  showProgress();
  write("sessionStorage", id, answers());
});

// Checks in the form's own language; the server checks again.
const complete = () => {
  const wrong = [...(service && !service.value ? [service] : []), ...(needsCode() && !isCode(code.value) ? [code] : []), ...groups.filter(group => !group.querySelector(":checked"))];
  wrong.forEach(holder => showError(holder, true));
  const first = wrong[0];
  if (first) (first.querySelector("input") || first).focus();
  return !first;
};

const say = text => { at("failed").textContent = text; at("failed").hidden = !text; };
const label = button.textContent;
const busy = on => { button.ariaDisabled = on; button.textContent = on ? words.sending : label; };
const show = (state, outcome = {}) => {
  form.hidden = true;
  document.querySelectorAll(".intro, .tools").forEach(part => { part.hidden = true; });
  done.hidden = false;
  done.querySelectorAll("[data-when]").forEach(part => {
    const again = outcome.again && state === "received";
    part.hidden = ![state, state === "received" && (again ? "again" : "new")].includes(part.dataset.when);
  });
  const reason = done.querySelector("[data-limited]");
  if (outcome.limited) reason.textContent = reason.dataset.limited;
  done.querySelector(".code").textContent = outcome.receipt || "";
  at("told").hidden = !outcome.id;
  if (outcome.id) {
    at("told").pathname = `/s/${words.unit}/-/${outcome.id}`;
    at("kept").pathname = at("told").pathname + "/data";
  }
  done.focus();
};
const finish = (state, outcome) => {
  remember({[state === "received" ? "receipt" : "waiting"]: outcome || true});
  if (read("localStorage", place)?.id === id) write("localStorage", place);
  write("sessionStorage", id);
  form.reset();
  show(state, outcome);
};
const refuse = outcome => {
  const text = outcome.problems.map(problem => problem.text[document.documentElement.lang]).join(" ");
  busy(false);
  if (!outcome.problems.some(problem => problem.path === "code")) return say(text);
  at("e-code").textContent = text;
  showError(code, true);
  code.focus();
};

let sending = false;
const send = async () => {
  const all = answers();
  const body = {
    unit: words.unit, service: all.service, instrument: form.elements.instrument.value, channel: "web",
    answers: under("a.", all, Number), profile: under("p.", all, String), comment: all.comment, code: all.code,
    consent: Number(form.elements.consent.value), duration_ms: Math.min(Math.max(0, Date.now() - started), 864e5),
  };
  const record = {id, at: Date.now(), body};
  sending = true;
  busy(true);
  say("");
  const kept = await keep(record).then(() => true, () => false);
  if (!kept) say(words.noStorage);
  const slow = kept && setTimeout(() => finish("waiting"), 8000);
  const outcome = await insist(record, kept ? 1 : 4);
  clearTimeout(slow);
  sending = false;
  if (outcome.state === "later" && kept) return wait(outcome);
  if (kept) await drop(id).catch(() => {});
  if (outcome.state === "received") finish("received", outcome);
  else if (outcome.state === "refused") form.hidden ? keep({...record, problems: outcome.problems}).then(wait) : refuse(outcome);
  else { busy(false); say(words.failed); }
};
const pause = milliseconds => new Promise(go => setTimeout(go, milliseconds * (0.75 + Math.random() / 2)));
const insist = async (record, times) => {
  let outcome = await post(record);
  for (let i = 1; i < times && outcome.state === "later"; i++) {
    await pause(500 * 2 ** i);
    outcome = await post(record);
  }
  return outcome;
};

// What waits is sent when the network returns, when the browser says so in the background, and now and then.
const wait = outcome => {
  finish("waiting", outcome);
  navigator.serviceWorker?.ready.then(worker => worker.sync?.register("outbox")).catch(() => {});
  retry(2000);
};
let timer;
const retry = delay => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    await flushAlone(report).catch(() => {});
    const left = await showOutbox().catch(() => 1); // A database that does not answer may hold some.
    if (left) retry(Math.min(Math.max(2000, delay * 2), 15000) * (0.75 + Math.random() / 2));
  }, delay);
};
const report = (record, outcome) => { if (record.id === id && outcome.state === "received") finish("received", {...outcome, again: false}); };
const showOutbox = async () => {
  const records = await all(), refused = records.filter(record => record.problems), left = records.length - refused.length;
  const net = at("net"), lines = [];
  if (left) lines.push(fill(words.waiting, {count: left}));
  if (refused.length) lines.push(fill(words.refused, {count: refused.length}), ...new Set(refused.flatMap(record => record.problems.map(problem => problem.text[document.documentElement.lang]))));
  net.replaceChildren(...lines.map(line => Object.assign(document.createElement("p"), {textContent: line})));
  net.hidden = !lines.length;
  if (history.state.waiting && !records.some(record => record.id === id)) await findReceipt();
  return left;
};
// Sent by another tab or by the worker: the receipt is asked for.
const findReceipt = async () => {
  const response = await fetch("/api/responses/" + id).catch(() => null);
  if (response?.ok) finish("received", await response.json().then(answer => ({...answer, again: false})));
};

form.noValidate = true;
form.addEventListener("submit", event => {
  event.preventDefault();
  if (event.submitter?.name === "language") location.replace(location.pathname + (event.submitter.value === "en" ? "?lang=en" : ""));
  else if (!sending && complete()) send();
});

// The link leads to this same address, where the browser would keep the history's state: it is emptied, and an answer
// that is confirmed while the next page is still loading must not fill it again.
done.querySelector("a:not([id])").addEventListener("click", () => {
  leaving = true;
  history.replaceState(null, "");
});

// Display: the choices are CSS, remembering them is here. Reading aloud only where the device has a voice.
for (const name of ["large", "contrast"]) {
  at(name).checked ||= !!read("localStorage", name);
  at(name).addEventListener("change", event => write("localStorage", name, event.target.checked));
}
const offerVoice = () => {
  if (!speechSynthesis.getVoices().length || form.querySelector(".read")) return;
  groups.forEach(group => {
    const name = group.querySelector("legend small").textContent;
    const speak = Object.assign(document.createElement("button"), {type: "button", className: "read", textContent: words.read, ariaLabel: words.read + " " + name});
    speak.addEventListener("click", () => {
      const text = [group.querySelector("legend").textContent, ...[...group.querySelectorAll("span")].map(span => span.textContent)].join(". ");
      speechSynthesis.cancel();
      speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), {lang: document.documentElement.lang === "en" ? "en-GB" : "id-ID"}));
    });
    group.append(speak);
  });
};
if (window.speechSynthesis) {
  speechSynthesis.addEventListener?.("voiceschanged", offerVoice);
  offerVoice();
}

// Begin.
form.querySelector(".progress").hidden = false;
showProgress();
if (history.state.receipt) show("received", history.state.receipt);
else if (history.state.waiting) show("waiting");
addEventListener("online", () => retry(0));
addEventListener("pageshow", event => { if (event.persisted) retry(0); });
all().then(records => { if (records.length || history.state.waiting) retry(0); }, () => {});
// Asked before registering: a new worker takes over at once, but has not seen this page.
const unseen = !navigator.serviceWorker?.controller;
navigator.serviceWorker?.register("/sw.js", {scope: "/s/"}).then(() => navigator.serviceWorker.ready).then(worker => {
  if (unseen) worker.active.postMessage({keep: location.href.split("#")[0]});
}).catch(() => {});
