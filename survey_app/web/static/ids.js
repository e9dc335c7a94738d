// A UUIDv7 (RFC 9562), made where the answer is given: sending it twice is one response.
const uuid7 = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, time = Date.now(); i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = bytes[6] & 15 | 112;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map(b => b.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
// A queue slip's code: ten of these characters, however they are typed, with Luhn's check modulo 32.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const isCode = text => {
  const values = [...text.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1")].map(c => LETTERS.indexOf(c));
  return values.length === 10 && !values.includes(-1) && values.reduce((sum, v, i) => sum + (i % 2 ? v : v < 16 ? 2 * v : 2 * v - 31), 0) % 32 === 0;
};
