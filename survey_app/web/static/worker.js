// The service worker: forms that were visited open without a network, and what waits is sent when it returns.
// A page carries its own style and script, so a kept page is always whole and an update never mixes versions.
const OFFLINE = "<!doctype html><html lang=id><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Tanpa jaringan</title><h1>Tanpa jaringan</h1><p>Maaf, halaman ini belum pernah dibuka di perangkat ini. Silakan coba lagi setelah jaringan pulih.<p lang=en>Sorry, there is no network, and this page was never opened on this device. Please try again later.";
const PATIENCE = 8000;

const pages = () => caches.open("pages");
const isForm = (url, response) => response.status === 200 && /^\/(s\/[^/]+(\/[^/]+)?|k(\/[^/]+)?)$/.test(new URL(url).pathname);

// The id in a kept page would be the same for every person, and so would a slip's code: they go, and the script (or
// the server) makes a new id, and takes the code from the address, without which the page is kept.
const plain = address => {
  const url = new URL(address);
  url.searchParams.delete("kode");
  return url.href;
};
const keepPage = async (url, response) => {
  const html = (await response.text()).replace(/(name="(?:id|code)" value=")[^"]*/g, "$1");
  const headers = new Headers(response.headers);
  ["content-encoding", "content-length"].forEach(name => headers.delete(name));
  await (await pages()).put(plain(url), new Response(html, {headers}));
};

const kept = async url => {
  const cache = await pages();
  return await cache.match(plain(url)) || cache.match(url, {ignoreSearch: true});
};

// The network first, so that a form is never older than need be; what is kept when it fails, dawdles, or leads to a
// server in trouble: the kept form still takes the answer.
const open = async event => {
  const {url} = event.request;
  const fresh = fetch(event.request).then(response => {
    if (isForm(url, response)) event.waitUntil(keepPage(url, response.clone()).catch(() => {}));
    return response;
  });
  try {
    const response = await Promise.race([fresh, new Promise((_, fail) => setTimeout(fail, PATIENCE))]);
    return response.status >= 500 && await kept(url) || response;
  } catch {
    return await kept(url) || fresh.catch(() => new Response(OFFLINE, {status: 503, headers: {"Content-Type": "text/html"}}));
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(open(event));
});
// The page that has just installed this worker is still in the browser's own cache: no second download.
addEventListener("message", event => {
  const url = event.data.keep;
  event.waitUntil(fetch(url, {cache: "force-cache"}).then(response => isForm(url, response) && keepPage(url, response)).catch(() => {}));
});
// Background sync: the page may be long closed. A rejection asks the browser to call again later.
addEventListener("sync", event => event.waitUntil(flushAlone().then(sent => sent || Promise.reject(new Error("later")))));
