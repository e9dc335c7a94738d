// The device: its token, its outbox, its heartbeat.
const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
let device = read("kiosk") || {};
const state = {unsent: 0, refused: [], denied: false, contact: null};

const useToken = () => { if (device.token) HEADERS.Authorization = "Bearer " + device.token; };
const isPaired = () => !!device.token && !!device.pin && device.device === data.device;

// The PIN is known here only, as a slow hash: it must work without a network.
const pinHash = async (pin, salt) => {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: 200000}, key, 256);
  return [...new Uint8Array(bits)].map(b => b.toString(16).padStart(2, "0")).join("");
};
const setPin = async pin => { const salt = uuid7(); return {salt, hash: await pinHash(pin, salt)}; };
const isPin = async pin => await pinHash(pin, device.pin.salt) === device.pin.hash;

const talk = async (path, body) => {
  const response = await fetch(path, {method: "POST", headers: HEADERS, body: JSON.stringify(body), signal: AbortSignal.timeout?.(15000)});
  return {status: response.status, ...await response.json()};
};
// Uses a one-time code up; null when it worked, else what to tell the operator.
const pairWith = async (code, pin) => {
  const answer = await talk("/api/devices/pair", {code}).catch(() => null);
  if (answer?.status === 422) return say(answer.problems[0].text);
  if (!answer?.token) return word("unreachable");
  device = {device: answer.device, name: answer.name, token: answer.token, pin: pin ? await setPin(pin) : device.pin};
  if (!write("kiosk", device)) return word("no_storage");
  state.denied = false;
  useToken();
  navigator.storage?.persist?.();
  return null;
};

// Where the database fails, answers stay in memory until they are sent: the operator sees and can save them.
const stranded = new Map();
const keepSafe = record => keep(record).catch(() => stranded.set(record.id, record));
const heed = outcome => { if (outcome.denied || outcome.state === "received") state.denied = !!outcome.denied; };
const settle = async (record, outcome) => {
  heed(outcome);
  if (outcome.state === "later") return;
  if (outcome.state === "received") await drop(record.id).catch(() => {});
  else await keepSafe({...record, problems: outcome.problems});
  if (outcome.state === "received" || !stranded.get(record.id)?.problems) stranded.delete(record.id);
};
// A database that does not answer now holds what it last told of: nothing is never concluded from silence.
let lastRead = [];
const waitingRecords = async () => {
  lastRead = await all().catch(() => lastRead);
  return [...new Map([...lastRead, ...stranded.values()].map(r => [r.id, r])).values()];
};
const count = async () => {
  const records = await waitingRecords();
  state.refused = records.filter(record => record.problems);
  state.unsent = records.length - state.refused.length;
};

// Once a minute, sooner while something waits: send what waits, then say that we are alive.
let timer, delay = 60000;
const pulse = async () => {
  clearTimeout(timer);
  for (const record of [...stranded.values()].filter(r => !r.problems)) await settle(record, await post(record));
  await flushAlone((_, outcome) => heed(outcome)).catch(() => {});
  await count();
  await heartbeat().catch(() => {});
  delay = state.unsent && !state.denied ? Math.min(Math.max(4000, delay * 2), 60000) : 60000;
  timer = setTimeout(pulse, delay);
  onPulse();
};
const soon = () => { delay = 2000; clearTimeout(timer); timer = setTimeout(pulse, delay); };
const heartbeat = async () => {
  const answer = await talk(`/api/devices/${device.device}/heartbeat`, {unsent: state.unsent, refused: state.refused.length, version: data.version, clock_ms: Date.now()});
  if (answer.status === 401 && answer.error === "device-token") state.denied = true;
  if (answer.status !== 200) return;
  Object.assign(state, {denied: false, contact: new Date(), outdated: answer.version !== data.version});
};

// The emergency way out for answers: a file that `python -m survey_app import-outbox` reads.
const exportOutbox = async () => {
  const content = JSON.stringify({device: device.device, unit: data.unit, exported_at: new Date().toISOString(), records: await waitingRecords()}, null, 1);
  const address = URL.createObjectURL(new Blob([content], {type: "application/json"}));
  el("a", {href: address, download: `kios-${device.device}-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};
