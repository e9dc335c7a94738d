// One person's turn: from "begin" to the receipt. All of it lives in `person` and ends with it.
const PAGE = 8;
let person = null;

const steps = () => [
  ...(data.services.length > 1 ? [serviceStep] : []),
  ...(data.services.find(service => service.code === person.service).coded ? [codeStep] : []),
  ...data.unsur.map(unsur => () => unsurStep(unsur)),
  ...data.profile.map((field, index) => () => profileStep(field, index === 0)),
  commentStep,
];
const title = () => el("p", {}, el("strong", {textContent: data.name}), el("br"), data.agency);
const languageButton = again => tap(word("language"), () => { setLanguage(language === "id" ? "en" : "id"); again(); }, {lang: language === "id" ? "en" : "id"});
const setLanguage = to => { language = to; document.documentElement.lang = to; };

const start = () => {
  person = {id: uuid7(), started: now(), step: 0, page: 0, service: data.services[0].code, code: "", wrong: "", answers: {}, profile: {}, comment: ""};
  mode = "survey";
  draw();
};
const draw = () => steps()[person.step]();
const move = by => {
  person.step = Math.min(Math.max(person.step + by, 0), steps().length - 1);
  draw();
};
// Which question this is, of as many as were promised; what comes before them says itself what it asks.
const place = () => {
  const {unsur, profile} = data, step = person.step - steps().length + unsur.length + profile.length + 2;
  if (step < 1) return "";
  if (step <= unsur.length) return word("progress", {step, count: unsur.length});
  return step > unsur.length + profile.length ? word("progress_comment") : word("progress_about", {step: step - unsur.length, count: profile.length});
};
const frame = (content, ...right) => {
  const back = person.step ? tap(word("back"), () => move(-1)) : tap(word("stop"), wipe);
  show([title(), languageButton(draw)], content, [back, el("p", {role: "status", textContent: place()}), ...right]);
};
const heading = (question, name) => el("div", {},
  el("progress", {max: steps().length, value: person.step, ariaHidden: "true"}),
  el("h1", {id: "q"}, name ? el("small", {textContent: name}) : "", question));

// The choice is seen for a moment before the next question comes.
const choose = (button, record) => {
  const {id, step} = person;
  button.parentElement.querySelectorAll("button").forEach(other => other.setAttribute("aria-pressed", other === button));
  record();
  setTimeout(() => { if (person?.id === id && person.step === step) move(1); }, 180);
};
const choices = (className, options, chosen, record) => {
  const group = el("div", {className, role: "group", "aria-labelledby": "q"});
  group.append(...options.map(({value, content}) => {
    const button = tap("", () => choose(button, () => record(value)), {ariaPressed: String(value === chosen)});
    button.append(...content);
    return button;
  }));
  return group;
};

const unsurStep = unsur => {
  const options = unsur.labels.map((label, i) => ({value: i + 1, content: [face(i + 1), el("span", {textContent: say(label)})]}));
  frame(el("section", {className: "question"}, heading(say(unsur.question), say(unsur.name)),
    choices("faces", options, person.answers[unsur.key], value => person.answers[unsur.key] = value)));
};
const serviceStep = () => {
  const page = data.services.slice(person.page * PAGE, (person.page + 1) * PAGE);
  const options = page.map(service => ({value: service.code, content: [service.name]}));
  const more = tap(word("more"), () => { person.page = (person.page + 1) * PAGE < data.services.length ? person.page + 1 : 0; draw(); });
  frame(el("section", {className: "question"}, heading(word("service")),
    choices("options", options, null, value => person.service = value)), ...(data.services.length > PAGE ? [more] : []));
};
// What is mistyped is said at once; whether the code is still good only the server knows.
const codeStep = () => {
  const error = el("p", {id: "wrong", className: "error", role: "alert", textContent: person.wrong});
  const input = el("input", {id: "slip", value: person.code, maxLength: 20, autocomplete: "off", spellcheck: false, "aria-labelledby": "q", "aria-describedby": "wrong"});
  const next = () => { if (isCode(input.value)) move(1); else error.textContent = word("slip_wrong"); };
  input.addEventListener("input", () => { person.code = input.value; person.wrong = error.textContent = ""; });
  input.addEventListener("keydown", event => { if (event.key === "Enter") next(); });
  frame(el("section", {}, heading(word("slip"), word("slip_hint")), input, error), tap(word("next"), next, {className: "main"}));
};
const askCodeAgain = problem => {
  Object.assign(person, {sent: false, wrong: say(problem.text), step: steps().indexOf(codeStep)});
  draw();
};
const profileStep = (field, first) => {
  const options = field.options.map(option => ({value: option.key, content: [say(option.label)]}));
  const skip = () => { delete person.profile[field.key]; move(1); };
  const all = tap(word("skip_all"), () => { person.profile = {}; person.step = steps().length - 1; draw(); });
  frame(el("section", {className: "question"}, heading(say(field.name), word("about")),
    choices("options", options, person.profile[field.key], value => person.profile[field.key] = value)),
    ...(first ? [all] : []), tap(word("skip"), skip));
};
const commentStep = () => {
  const text = el("textarea", {value: person.comment, maxLength: data.comment.max, autocomplete: "off", spellcheck: false, "aria-labelledby": "q", "aria-describedby": "hint"});
  text.addEventListener("input", () => person.comment = text.value);
  frame(el("section", {className: "write"}, heading(say(data.comment.prompt), word("optional")), text,
    el("div", {}, el("p", {id: "hint", textContent: word("comment_hint")}), el("p", {className: "consent"}, el("span", {textContent: say(data.consent)}), el("br"), el("span", {textContent: word("own_data", {address: `${location.host}/data-pribadi`})}), el("br"), el("span", {textContent: say(data.ask)})))),
    tap(word("send"), send, {className: "main"}));
};

const send = async ({currentTarget: button}) => {
  if (person.sent) return;
  person.sent = true;
  button.ariaDisabled = true;
  button.textContent = word("sending");
  const {id, service, code, answers, profile, comment, started} = person;
  const body = {
    unit: data.unit, service, instrument: data.instrument, channel: "kiosk", client_id: device.device,
    answers, profile, comment, code, consent: data.consent_version, duration_ms: Math.min(Math.max(0, Math.round(now() - started)), 864e5),
  };
  const record = {id, at: Date.now(), body};
  await keepSafe(record);
  // The next person waits no longer than this; what is late is sent from the outbox.
  const outcome = await Promise.race([post(record), new Promise(go => setTimeout(go, 6000, {state: "later"}))]);
  const badCode = outcome.problems?.find(problem => problem.path === "code");
  if (badCode && person?.id === id) {
    await settle(record, {state: "received"});
    return askCodeAgain(badCode);
  }
  await settle(record, outcome);
  if (outcome.state !== "received") soon();
  if (person?.id === id) thank(outcome);
};
const thank = outcome => {
  const said = {received: "received", refused: "kept"}[outcome.state] || "saved";
  person = null;
  mode = "thanks";
  ends = now() + THANKS;
  const again = () => show([title(), languageButton(again)], el("section", {className: "thanks"},
    face(data.unsur[0].labels.length), el("h1", {textContent: word("thanks")}),
    el("p", {role: "status", textContent: word(said)}),
    said === "received" ? el("p", {}, word("receipt"), el("output", {className: "code", textContent: outcome.receipt})) : null,
    el("p", {id: "closing", textContent: closing()}),
  ), [el("p"), tap(word("done"), wipe, {className: "main"})]);
  again();
};
const closing = () => word("closing", {seconds: Math.max(0, Math.ceil((ends - now()) / 1000))});
