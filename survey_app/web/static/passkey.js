// Passkeys: asks the server, has the device sign, and sends the answer with the form like any other field.
"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const asBytes = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const key of [...(options.excludeCredentials || []), ...(options.allowCredentials || [])]) key.id = bytes(key.id);
    return options;
  };

  const asText = (key) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (key.response[name]) response[name] = text(key.response[name]);
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
  };

  const answer = async (form) => {
    const proof = new URLSearchParams({ formulir: form.elements.formulir.value });
    const asked = await fetch(form.dataset.ask, { method: "POST", body: proof });
    const told = await asked.json();
    if (!asked.ok) throw new Error(told.text);
    const publicKey = asBytes(told);
    const devices = navigator.credentials;
    return asText(await (form.dataset.passkey === "create" ? devices.create({ publicKey }) : devices.get({ publicKey })));
  };

  // Browsers make no key for an address of numbers, nor for one that anybody on the way could read.
  const possible = window.PublicKeyCredential && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
  for (const told of document.querySelectorAll("[data-impossible]")) told.hidden = possible;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const wrong = form.querySelector("[data-wrong]");
    form.hidden = !possible;
    form.addEventListener("submit", async (event) => {
      if (form.elements.jawaban.value) return;
      event.preventDefault();
      const button = form.querySelector("button");
      wrong.hidden = button.disabled = true;
      try {
        form.elements.jawaban.value = await answer(form);
        form.submit();
      } catch (error) {
        // A device that was put away, and one that knows nobody, are the same to a page, on purpose.
        wrong.textContent = error instanceof DOMException || !error.message ? wrong.dataset.wrong : error.message;
        wrong.hidden = false;
      }
      button.disabled = false;
    });
  }
})();
