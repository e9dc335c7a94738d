// "Masukan Anda, perbaikan kami" on the idle screen: one pair at a time, in turn, until somebody stops it.
const TURN = 12000, PAUSE = 60000;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let pair = 0, turned = now(), pausedUntil = 0;

const isPaused = () => now() < pausedUntil;
// A unit that has not written it in English shows what it has, marked as such.
const told = (name, text) => [
  el("dt", {textContent: word(name)}),
  el("dd", text[language] ? {textContent: text[language]} : {textContent: text.id, lang: "id"}),
];
const pairList = () => {
  const {said, mended} = data.improved[pair];
  return el("dl", {id: "pair"}, ...told("said", said), ...told("mended", mended));
};
const nextPair = () => {
  pair = (pair + 1) % data.improved.length;
  turned = now();
  at("pair").replaceWith(pairList());
};
// Who asks for less motion turns the pairs over by hand.
const turnWord = () => word(calm.matches ? "next_pair" : isPaused() ? "play" : "pause");
const turnButton = () => tap(turnWord(), ({currentTarget}) => {
  if (calm.matches) nextPair();
  else [pausedUntil, turned] = [isPaused() ? 0 : now() + PAUSE, now()];
  currentTarget.textContent = turnWord();
}, {id: "turn"});

const improved = () => data.improved.length ? el("div", {className: "improved", role: "group", "aria-labelledby": "improved"},
  el("h2", {id: "improved", textContent: word("improved")}), data.improved.length > 1 ? turnButton() : null, pairList()) : null;
const turn = () => {
  if (data.improved.length < 2) return;
  at("turn").textContent = turnWord();
  if (!calm.matches && !isPaused() && now() - turned >= TURN) nextPair();
};
