// The outbox: answers wait here until the server has confirmed them, across reloads, restarts and updates.
// Used by the form, the kiosk and the service worker. A record is {id, at, body, problems?}; its shape may only grow.
const openOutbox = () => new Promise((done, fail) => {
  const request = indexedDB.open("outbox", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("answers", {keyPath: "id"});
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
  // Some browsers now and then answer neither way: nobody waits for that for ever.
  AbortSignal.timeout?.(8000).addEventListener("abort", () => fail(new Error("outbox")));
});

// One transaction; resolves when it is on disk.
const inOutbox = async (mode, work) => {
  const db = await openOutbox();
  try {
    return await new Promise((done, fail) => {
      const transaction = db.transaction("answers", mode, {durability: "strict"});
      const request = work(transaction.objectStore("answers"));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  } finally {
    db.close();
  }
};

const keep = record => inOutbox("readwrite", store => store.put(record));
const drop = id => inOutbox("readwrite", store => store.delete(id));
const all = () => inOutbox("readonly", store => store.getAll());

// "received" with the receipt, "refused" with the problems, or "later".
// Only our own words refuse for good: a hotspot's log-in page or a proxy's error must not.
const HEADERS = {"Content-Type": "application/json"};
const post = async record => {
  try {
    const body = JSON.stringify({...record.body, id: record.id, age_ms: Math.max(0, Date.now() - record.at)});
    const response = await fetch("/api/responses", {method: "POST", body, headers: HEADERS, signal: AbortSignal.timeout?.(30000)});
    const answer = await response.json();
    // A kiosk whose token was revoked: its answers wait until it is paired again.
    if (response.status === 401 && answer.error === "device-token") return {state: "later", denied: true};
    if (response.ok && answer.id === record.id && answer.receipt) return {state: "received", ...answer};
    if ([400, 413, 415, 422].includes(response.status) && (answer.problems || answer.text)) {
      return {state: "refused", problems: answer.problems || [{code: answer.error, path: "", text: answer.text}]};
    }
    if (response.status === 429) return {state: "later", limited: true};
  } catch {
    // No network, a server that is restarting, or an answer that is not ours.
  }
  return {state: "later"};
};

// Sends what waits, one by one, oldest first. Deleted only with a receipt; refused ones stay, marked, and block
// nobody. Two failures in a row mean that it is not the answer's fault: false, try again later.
const flush = async (report = () => {}) => {
  let failures = 0;
  const waiting = (await all()).filter(record => !record.problems).sort((a, b) => (a.tries || 0) - (b.tries || 0));
  for (const record of waiting) {
    const outcome = await post(record);
    if (outcome.state === "received") await drop(record.id);
    else if (outcome.state === "refused") await keep({...record, problems: outcome.problems});
    else await keep({...record, tries: (record.tries || 0) + 1});
    failures = outcome.state === "later" ? failures + 1 : 0;
    report(record, outcome);
    if (failures === 2) break;
  }
  return !failures;
};

// One sender at a time, among all tabs and the worker, where the browser has locks.
const flushAlone = report => navigator.locks
  ? navigator.locks.request("outbox", {ifAvailable: true}, lock => lock ? flush(report) : true)
  : flush(report);
