// node_modules/jose/dist/browser/lib/buffer_utils.js
var encoder = new TextEncoder();
var decoder = new TextDecoder();
var MAX_INT32 = 2 ** 32;
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0);
  const buf = new Uint8Array(size);
  let i = 0;
  buffers.forEach((buffer) => {
    buf.set(buffer, i);
    i += buffer.length;
  });
  return buf;
}

// node_modules/jose/dist/browser/runtime/base64url.js
var decodeBase64 = (encoded) => {
  return new Uint8Array(atob(encoded).split("").map((c) => c.charCodeAt(0)));
};
var decode = (input) => {
  let encoded = input;
  if (encoded instanceof Uint8Array) {
    encoded = decoder.decode(encoded);
  }
  encoded = encoded.replace(/-/g, "+").replace(/_/g, "/").replace(/\s/g, "");
  try {
    return decodeBase64(encoded);
  } catch (_a) {
    throw new TypeError("The input to be decoded is not correctly encoded.");
  }
};

// node_modules/jose/dist/browser/util/errors.js
var JOSEError = class extends Error {
  constructor(message) {
    var _a;
    super(message);
    this.code = "ERR_JOSE_GENERIC";
    this.name = this.constructor.name;
    (_a = Error.captureStackTrace) === null || _a === void 0 ? void 0 : _a.call(Error, this, this.constructor);
  }
  static get code() {
    return "ERR_JOSE_GENERIC";
  }
};
var JWTClaimValidationFailed = class extends JOSEError {
  constructor(message, claim = "unspecified", reason = "unspecified") {
    super(message);
    this.code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
    this.claim = claim;
    this.reason = reason;
  }
  static get code() {
    return "ERR_JWT_CLAIM_VALIDATION_FAILED";
  }
};
var JWTExpired = class extends JOSEError {
  constructor(message, claim = "unspecified", reason = "unspecified") {
    super(message);
    this.code = "ERR_JWT_EXPIRED";
    this.claim = claim;
    this.reason = reason;
  }
  static get code() {
    return "ERR_JWT_EXPIRED";
  }
};
var JOSEAlgNotAllowed = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JOSE_ALG_NOT_ALLOWED";
  }
  static get code() {
    return "ERR_JOSE_ALG_NOT_ALLOWED";
  }
};
var JOSENotSupported = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JOSE_NOT_SUPPORTED";
  }
  static get code() {
    return "ERR_JOSE_NOT_SUPPORTED";
  }
};
var JWSInvalid = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWS_INVALID";
  }
  static get code() {
    return "ERR_JWS_INVALID";
  }
};
var JWTInvalid = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWT_INVALID";
  }
  static get code() {
    return "ERR_JWT_INVALID";
  }
};
var JWKSInvalid = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWKS_INVALID";
  }
  static get code() {
    return "ERR_JWKS_INVALID";
  }
};
var JWKSNoMatchingKey = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWKS_NO_MATCHING_KEY";
    this.message = "no applicable key found in the JSON Web Key Set";
  }
  static get code() {
    return "ERR_JWKS_NO_MATCHING_KEY";
  }
};
var JWKSMultipleMatchingKeys = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
    this.message = "multiple matching keys found in the JSON Web Key Set";
  }
  static get code() {
    return "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  }
};
var JWKSTimeout = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWKS_TIMEOUT";
    this.message = "request timed out";
  }
  static get code() {
    return "ERR_JWKS_TIMEOUT";
  }
};
var JWSSignatureVerificationFailed = class extends JOSEError {
  constructor() {
    super(...arguments);
    this.code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
    this.message = "signature verification failed";
  }
  static get code() {
    return "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  }
};

// node_modules/jose/dist/browser/runtime/webcrypto.js
var webcrypto_default = crypto;
function isCryptoKey(key) {
  try {
    return key != null && typeof key.extractable === "boolean" && typeof key.algorithm.name === "string" && typeof key.type === "string";
  } catch (_a) {
    return false;
  }
}

// node_modules/jose/dist/browser/runtime/random.js
var random_default = webcrypto_default.getRandomValues.bind(webcrypto_default);

// node_modules/jose/dist/browser/runtime/env.js
function isCloudflareWorkers() {
  return typeof WebSocketPair === "function";
}
function isNodeJs() {
  try {
    return process.versions.node !== void 0;
  } catch (_a) {
    return false;
  }
}

// node_modules/jose/dist/browser/lib/crypto_key.js
function unusable(name, prop = "algorithm.name") {
  return new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
}
function isAlgorithm(algorithm, name) {
  return algorithm.name === name;
}
function getHashLength(hash) {
  return parseInt(hash.name.slice(4), 10);
}
function getNamedCurve(alg) {
  switch (alg) {
    case "ES256":
      return "P-256";
    case "ES384":
      return "P-384";
    case "ES512":
      return "P-521";
    default:
      throw new Error("unreachable");
  }
}
function checkUsage(key, usages) {
  if (usages.length && !usages.some((expected) => key.usages.includes(expected))) {
    let msg = "CryptoKey does not support this operation, its usages must include ";
    if (usages.length > 2) {
      const last = usages.pop();
      msg += `one of ${usages.join(", ")}, or ${last}.`;
    } else if (usages.length === 2) {
      msg += `one of ${usages[0]} or ${usages[1]}.`;
    } else {
      msg += `${usages[0]}.`;
    }
    throw new TypeError(msg);
  }
}
function checkSigCryptoKey(key, alg, ...usages) {
  switch (alg) {
    case "HS256":
    case "HS384":
    case "HS512": {
      if (!isAlgorithm(key.algorithm, "HMAC"))
        throw unusable("HMAC");
      const expected = parseInt(alg.slice(2), 10);
      const actual = getHashLength(key.algorithm.hash);
      if (actual !== expected)
        throw unusable(`SHA-${expected}`, "algorithm.hash");
      break;
    }
    case "RS256":
    case "RS384":
    case "RS512": {
      if (!isAlgorithm(key.algorithm, "RSASSA-PKCS1-v1_5"))
        throw unusable("RSASSA-PKCS1-v1_5");
      const expected = parseInt(alg.slice(2), 10);
      const actual = getHashLength(key.algorithm.hash);
      if (actual !== expected)
        throw unusable(`SHA-${expected}`, "algorithm.hash");
      break;
    }
    case "PS256":
    case "PS384":
    case "PS512": {
      if (!isAlgorithm(key.algorithm, "RSA-PSS"))
        throw unusable("RSA-PSS");
      const expected = parseInt(alg.slice(2), 10);
      const actual = getHashLength(key.algorithm.hash);
      if (actual !== expected)
        throw unusable(`SHA-${expected}`, "algorithm.hash");
      break;
    }
    case (isNodeJs() && "EdDSA"): {
      if (key.algorithm.name !== "NODE-ED25519" && key.algorithm.name !== "NODE-ED448")
        throw unusable("NODE-ED25519 or NODE-ED448");
      break;
    }
    case (isCloudflareWorkers() && "EdDSA"): {
      if (!isAlgorithm(key.algorithm, "NODE-ED25519"))
        throw unusable("NODE-ED25519");
      break;
    }
    case "ES256":
    case "ES384":
    case "ES512": {
      if (!isAlgorithm(key.algorithm, "ECDSA"))
        throw unusable("ECDSA");
      const expected = getNamedCurve(alg);
      const actual = key.algorithm.namedCurve;
      if (actual !== expected)
        throw unusable(expected, "algorithm.namedCurve");
      break;
    }
    default:
      throw new TypeError("CryptoKey does not support this operation");
  }
  checkUsage(key, usages);
}

// node_modules/jose/dist/browser/lib/invalid_key_input.js
var invalid_key_input_default = (actual, ...types2) => {
  let msg = "Key must be ";
  if (types2.length > 2) {
    const last = types2.pop();
    msg += `one of type ${types2.join(", ")}, or ${last}.`;
  } else if (types2.length === 2) {
    msg += `one of type ${types2[0]} or ${types2[1]}.`;
  } else {
    msg += `of type ${types2[0]}.`;
  }
  if (actual == null) {
    msg += ` Received ${actual}`;
  } else if (typeof actual === "function" && actual.name) {
    msg += ` Received function ${actual.name}`;
  } else if (typeof actual === "object" && actual != null) {
    if (actual.constructor && actual.constructor.name) {
      msg += ` Received an instance of ${actual.constructor.name}`;
    }
  }
  return msg;
};

// node_modules/jose/dist/browser/runtime/is_key_like.js
var is_key_like_default = (key) => {
  return isCryptoKey(key);
};
var types = ["CryptoKey"];

// node_modules/jose/dist/browser/lib/is_disjoint.js
var isDisjoint = (...headers) => {
  const sources = headers.filter(Boolean);
  if (sources.length === 0 || sources.length === 1) {
    return true;
  }
  let acc;
  for (const header of sources) {
    const parameters = Object.keys(header);
    if (!acc || acc.size === 0) {
      acc = new Set(parameters);
      continue;
    }
    for (const parameter of parameters) {
      if (acc.has(parameter)) {
        return false;
      }
      acc.add(parameter);
    }
  }
  return true;
};
var is_disjoint_default = isDisjoint;

// node_modules/jose/dist/browser/lib/is_object.js
function isObjectLike(value) {
  return typeof value === "object" && value !== null;
}
function isObject(input) {
  if (!isObjectLike(input) || Object.prototype.toString.call(input) !== "[object Object]") {
    return false;
  }
  if (Object.getPrototypeOf(input) === null) {
    return true;
  }
  let proto = input;
  while (Object.getPrototypeOf(proto) !== null) {
    proto = Object.getPrototypeOf(proto);
  }
  return Object.getPrototypeOf(input) === proto;
}

// node_modules/jose/dist/browser/runtime/check_key_length.js
var check_key_length_default = (alg, key) => {
  if (alg.startsWith("RS") || alg.startsWith("PS")) {
    const { modulusLength } = key.algorithm;
    if (typeof modulusLength !== "number" || modulusLength < 2048) {
      throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
    }
  }
};

// node_modules/jose/dist/browser/runtime/jwk_to_key.js
function subtleMapping(jwk) {
  let algorithm;
  let keyUsages;
  switch (jwk.kty) {
    case "oct": {
      switch (jwk.alg) {
        case "HS256":
        case "HS384":
        case "HS512":
          algorithm = { name: "HMAC", hash: `SHA-${jwk.alg.slice(-3)}` };
          keyUsages = ["sign", "verify"];
          break;
        case "A128CBC-HS256":
        case "A192CBC-HS384":
        case "A256CBC-HS512":
          throw new JOSENotSupported(`${jwk.alg} keys cannot be imported as CryptoKey instances`);
        case "A128GCM":
        case "A192GCM":
        case "A256GCM":
        case "A128GCMKW":
        case "A192GCMKW":
        case "A256GCMKW":
          algorithm = { name: "AES-GCM" };
          keyUsages = ["encrypt", "decrypt"];
          break;
        case "A128KW":
        case "A192KW":
        case "A256KW":
          algorithm = { name: "AES-KW" };
          keyUsages = ["wrapKey", "unwrapKey"];
          break;
        case "PBES2-HS256+A128KW":
        case "PBES2-HS384+A192KW":
        case "PBES2-HS512+A256KW":
          algorithm = { name: "PBKDF2" };
          keyUsages = ["deriveBits"];
          break;
        default:
          throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      }
      break;
    }
    case "RSA": {
      switch (jwk.alg) {
        case "PS256":
        case "PS384":
        case "PS512":
          algorithm = { name: "RSA-PSS", hash: `SHA-${jwk.alg.slice(-3)}` };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case "RS256":
        case "RS384":
        case "RS512":
          algorithm = { name: "RSASSA-PKCS1-v1_5", hash: `SHA-${jwk.alg.slice(-3)}` };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case "RSA-OAEP":
        case "RSA-OAEP-256":
        case "RSA-OAEP-384":
        case "RSA-OAEP-512":
          algorithm = {
            name: "RSA-OAEP",
            hash: `SHA-${parseInt(jwk.alg.slice(-3), 10) || 1}`
          };
          keyUsages = jwk.d ? ["decrypt", "unwrapKey"] : ["encrypt", "wrapKey"];
          break;
        default:
          throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      }
      break;
    }
    case "EC": {
      switch (jwk.alg) {
        case "ES256":
          algorithm = { name: "ECDSA", namedCurve: "P-256" };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case "ES384":
          algorithm = { name: "ECDSA", namedCurve: "P-384" };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case "ES512":
          algorithm = { name: "ECDSA", namedCurve: "P-521" };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case "ECDH-ES":
        case "ECDH-ES+A128KW":
        case "ECDH-ES+A192KW":
        case "ECDH-ES+A256KW":
          algorithm = { name: "ECDH", namedCurve: jwk.crv };
          keyUsages = jwk.d ? ["deriveBits"] : [];
          break;
        default:
          throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      }
      break;
    }
    case ((isCloudflareWorkers() || isNodeJs()) && "OKP"):
      if (jwk.alg !== "EdDSA") {
        throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      }
      switch (jwk.crv) {
        case "Ed25519":
          algorithm = { name: "NODE-ED25519", namedCurve: "NODE-ED25519" };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        case (isNodeJs() && "Ed448"):
          algorithm = { name: "NODE-ED448", namedCurve: "NODE-ED448" };
          keyUsages = jwk.d ? ["sign"] : ["verify"];
          break;
        default:
          throw new JOSENotSupported('Invalid or unsupported JWK "crv" (Subtype of Key Pair) Parameter value');
      }
      break;
    default:
      throw new JOSENotSupported('Invalid or unsupported JWK "kty" (Key Type) Parameter value');
  }
  return { algorithm, keyUsages };
}
var parse = async (jwk) => {
  var _a, _b;
  const { algorithm, keyUsages } = subtleMapping(jwk);
  const rest = [
    algorithm,
    (_a = jwk.ext) !== null && _a !== void 0 ? _a : false,
    (_b = jwk.key_ops) !== null && _b !== void 0 ? _b : keyUsages
  ];
  if (algorithm.name === "PBKDF2") {
    return webcrypto_default.subtle.importKey("raw", decode(jwk.k), ...rest);
  }
  const keyData = { ...jwk };
  delete keyData.alg;
  return webcrypto_default.subtle.importKey("jwk", keyData, ...rest);
};
var jwk_to_key_default = parse;

// node_modules/jose/dist/browser/key/import.js
async function importJWK(jwk, alg, octAsKeyObject) {
  if (!isObject(jwk)) {
    throw new TypeError("JWK must be an object");
  }
  alg || (alg = jwk.alg);
  if (typeof alg !== "string" || !alg) {
    throw new TypeError('"alg" argument is required when "jwk.alg" is not present');
  }
  switch (jwk.kty) {
    case "oct":
      if (typeof jwk.k !== "string" || !jwk.k) {
        throw new TypeError('missing "k" (Key Value) Parameter value');
      }
      octAsKeyObject !== null && octAsKeyObject !== void 0 ? octAsKeyObject : octAsKeyObject = jwk.ext !== true;
      if (octAsKeyObject) {
        return jwk_to_key_default({ ...jwk, alg, ext: false });
      }
      return decode(jwk.k);
    case "RSA":
      if (jwk.oth !== void 0) {
        throw new JOSENotSupported('RSA JWK "oth" (Other Primes Info) Parameter value is not supported');
      }
    case "EC":
    case "OKP":
      return jwk_to_key_default({ ...jwk, alg });
    default:
      throw new JOSENotSupported('Unsupported "kty" (Key Type) Parameter value');
  }
}

// node_modules/jose/dist/browser/lib/check_key_type.js
var symmetricTypeCheck = (key) => {
  if (key instanceof Uint8Array)
    return;
  if (!is_key_like_default(key)) {
    throw new TypeError(invalid_key_input_default(key, ...types, "Uint8Array"));
  }
  if (key.type !== "secret") {
    throw new TypeError(`${types.join(" or ")} instances for symmetric algorithms must be of type "secret"`);
  }
};
var asymmetricTypeCheck = (key, usage) => {
  if (!is_key_like_default(key)) {
    throw new TypeError(invalid_key_input_default(key, ...types));
  }
  if (key.type === "secret") {
    throw new TypeError(`${types.join(" or ")} instances for asymmetric algorithms must not be of type "secret"`);
  }
  if (usage === "sign" && key.type === "public") {
    throw new TypeError(`${types.join(" or ")} instances for asymmetric algorithm signing must be of type "private"`);
  }
  if (usage === "decrypt" && key.type === "public") {
    throw new TypeError(`${types.join(" or ")} instances for asymmetric algorithm decryption must be of type "private"`);
  }
  if (key.algorithm && usage === "verify" && key.type === "private") {
    throw new TypeError(`${types.join(" or ")} instances for asymmetric algorithm verifying must be of type "public"`);
  }
  if (key.algorithm && usage === "encrypt" && key.type === "private") {
    throw new TypeError(`${types.join(" or ")} instances for asymmetric algorithm encryption must be of type "public"`);
  }
};
var checkKeyType = (alg, key, usage) => {
  const symmetric = alg.startsWith("HS") || alg === "dir" || alg.startsWith("PBES2") || /^A\d{3}(?:GCM)?KW$/.test(alg);
  if (symmetric) {
    symmetricTypeCheck(key);
  } else {
    asymmetricTypeCheck(key, usage);
  }
};
var check_key_type_default = checkKeyType;

// node_modules/jose/dist/browser/lib/validate_crit.js
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader.crit === void 0) {
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  }
  if (!protectedHeader || protectedHeader.crit === void 0) {
    return /* @__PURE__ */ new Set();
  }
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input !== "string" || input.length === 0)) {
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  }
  let recognized;
  if (recognizedOption !== void 0) {
    recognized = new Map([...Object.entries(recognizedOption), ...recognizedDefault.entries()]);
  } else {
    recognized = recognizedDefault;
  }
  for (const parameter of protectedHeader.crit) {
    if (!recognized.has(parameter)) {
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    }
    if (joseHeader[parameter] === void 0) {
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    } else if (recognized.get(parameter) && protectedHeader[parameter] === void 0) {
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
    }
  }
  return new Set(protectedHeader.crit);
}
var validate_crit_default = validateCrit;

// node_modules/jose/dist/browser/lib/validate_algorithms.js
var validateAlgorithms = (option, algorithms) => {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s !== "string"))) {
    throw new TypeError(`"${option}" option must be an array of strings`);
  }
  if (!algorithms) {
    return void 0;
  }
  return new Set(algorithms);
};
var validate_algorithms_default = validateAlgorithms;

// node_modules/jose/dist/browser/runtime/subtle_dsa.js
function subtleDsa(alg, algorithm) {
  const hash = `SHA-${alg.slice(-3)}`;
  switch (alg) {
    case "HS256":
    case "HS384":
    case "HS512":
      return { hash, name: "HMAC" };
    case "PS256":
    case "PS384":
    case "PS512":
      return { hash, name: "RSA-PSS", saltLength: alg.slice(-3) >> 3 };
    case "RS256":
    case "RS384":
    case "RS512":
      return { hash, name: "RSASSA-PKCS1-v1_5" };
    case "ES256":
    case "ES384":
    case "ES512":
      return { hash, name: "ECDSA", namedCurve: algorithm.namedCurve };
    case ((isCloudflareWorkers() || isNodeJs()) && "EdDSA"):
      const { namedCurve } = algorithm;
      return { name: namedCurve, namedCurve };
    default:
      throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
  }
}

// node_modules/jose/dist/browser/runtime/get_sign_verify_key.js
function getCryptoKey(alg, key, usage) {
  if (isCryptoKey(key)) {
    checkSigCryptoKey(key, alg, usage);
    return key;
  }
  if (key instanceof Uint8Array) {
    if (!alg.startsWith("HS")) {
      throw new TypeError(invalid_key_input_default(key, ...types));
    }
    return webcrypto_default.subtle.importKey("raw", key, { hash: `SHA-${alg.slice(-3)}`, name: "HMAC" }, false, [usage]);
  }
  throw new TypeError(invalid_key_input_default(key, ...types, "Uint8Array"));
}

// node_modules/jose/dist/browser/runtime/verify.js
var verify = async (alg, key, signature, data) => {
  const cryptoKey = await getCryptoKey(alg, key, "verify");
  check_key_length_default(alg, cryptoKey);
  const algorithm = subtleDsa(alg, cryptoKey.algorithm);
  try {
    return await webcrypto_default.subtle.verify(algorithm, cryptoKey, signature, data);
  } catch (_a) {
    return false;
  }
};
var verify_default = verify;

// node_modules/jose/dist/browser/jws/flattened/verify.js
async function flattenedVerify(jws, key, options) {
  var _a;
  if (!isObject(jws)) {
    throw new JWSInvalid("Flattened JWS must be an object");
  }
  if (jws.protected === void 0 && jws.header === void 0) {
    throw new JWSInvalid('Flattened JWS must have either of the "protected" or "header" members');
  }
  if (jws.protected !== void 0 && typeof jws.protected !== "string") {
    throw new JWSInvalid("JWS Protected Header incorrect type");
  }
  if (jws.payload === void 0) {
    throw new JWSInvalid("JWS Payload missing");
  }
  if (typeof jws.signature !== "string") {
    throw new JWSInvalid("JWS Signature missing or incorrect type");
  }
  if (jws.header !== void 0 && !isObject(jws.header)) {
    throw new JWSInvalid("JWS Unprotected Header incorrect type");
  }
  let parsedProt = {};
  if (jws.protected) {
    const protectedHeader = decode(jws.protected);
    try {
      parsedProt = JSON.parse(decoder.decode(protectedHeader));
    } catch (_b) {
      throw new JWSInvalid("JWS Protected Header is invalid");
    }
  }
  if (!is_disjoint_default(parsedProt, jws.header)) {
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  }
  const joseHeader = {
    ...parsedProt,
    ...jws.header
  };
  const extensions = validate_crit_default(JWSInvalid, /* @__PURE__ */ new Map([["b64", true]]), options === null || options === void 0 ? void 0 : options.crit, parsedProt, joseHeader);
  let b64 = true;
  if (extensions.has("b64")) {
    b64 = parsedProt.b64;
    if (typeof b64 !== "boolean") {
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    }
  }
  const { alg } = joseHeader;
  if (typeof alg !== "string" || !alg) {
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  }
  const algorithms = options && validate_algorithms_default("algorithms", options.algorithms);
  if (algorithms && !algorithms.has(alg)) {
    throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter not allowed');
  }
  if (b64) {
    if (typeof jws.payload !== "string") {
      throw new JWSInvalid("JWS Payload must be a string");
    }
  } else if (typeof jws.payload !== "string" && !(jws.payload instanceof Uint8Array)) {
    throw new JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
  }
  let resolvedKey = false;
  if (typeof key === "function") {
    key = await key(parsedProt, jws);
    resolvedKey = true;
  }
  check_key_type_default(alg, key, "verify");
  const data = concat(encoder.encode((_a = jws.protected) !== null && _a !== void 0 ? _a : ""), encoder.encode("."), typeof jws.payload === "string" ? encoder.encode(jws.payload) : jws.payload);
  const signature = decode(jws.signature);
  const verified = await verify_default(alg, key, signature, data);
  if (!verified) {
    throw new JWSSignatureVerificationFailed();
  }
  let payload;
  if (b64) {
    payload = decode(jws.payload);
  } else if (typeof jws.payload === "string") {
    payload = encoder.encode(jws.payload);
  } else {
    payload = jws.payload;
  }
  const result = { payload };
  if (jws.protected !== void 0) {
    result.protectedHeader = parsedProt;
  }
  if (jws.header !== void 0) {
    result.unprotectedHeader = jws.header;
  }
  if (resolvedKey) {
    return { ...result, key };
  }
  return result;
}

// node_modules/jose/dist/browser/jws/compact/verify.js
async function compactVerify(jws, key, options) {
  if (jws instanceof Uint8Array) {
    jws = decoder.decode(jws);
  }
  if (typeof jws !== "string") {
    throw new JWSInvalid("Compact JWS must be a string or Uint8Array");
  }
  const { 0: protectedHeader, 1: payload, 2: signature, length } = jws.split(".");
  if (length !== 3) {
    throw new JWSInvalid("Invalid Compact JWS");
  }
  const verified = await flattenedVerify({ payload, protected: protectedHeader, signature }, key, options);
  const result = { payload: verified.payload, protectedHeader: verified.protectedHeader };
  if (typeof key === "function") {
    return { ...result, key: verified.key };
  }
  return result;
}

// node_modules/jose/dist/browser/lib/epoch.js
var epoch_default = (date) => Math.floor(date.getTime() / 1e3);

// node_modules/jose/dist/browser/lib/secs.js
var minute = 60;
var hour = minute * 60;
var day = hour * 24;
var week = day * 7;
var year = day * 365.25;
var REGEX = /^(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)$/i;
var secs_default = (str) => {
  const matched = REGEX.exec(str);
  if (!matched) {
    throw new TypeError("Invalid time period format");
  }
  const value = parseFloat(matched[1]);
  const unit = matched[2].toLowerCase();
  switch (unit) {
    case "sec":
    case "secs":
    case "second":
    case "seconds":
    case "s":
      return Math.round(value);
    case "minute":
    case "minutes":
    case "min":
    case "mins":
    case "m":
      return Math.round(value * minute);
    case "hour":
    case "hours":
    case "hr":
    case "hrs":
    case "h":
      return Math.round(value * hour);
    case "day":
    case "days":
    case "d":
      return Math.round(value * day);
    case "week":
    case "weeks":
    case "w":
      return Math.round(value * week);
    default:
      return Math.round(value * year);
  }
};

// node_modules/jose/dist/browser/lib/jwt_claims_set.js
var normalizeTyp = (value) => value.toLowerCase().replace(/^application\//, "");
var checkAudiencePresence = (audPayload, audOption) => {
  if (typeof audPayload === "string") {
    return audOption.includes(audPayload);
  }
  if (Array.isArray(audPayload)) {
    return audOption.some(Set.prototype.has.bind(new Set(audPayload)));
  }
  return false;
};
var jwt_claims_set_default = (protectedHeader, encodedPayload, options = {}) => {
  const { typ } = options;
  if (typ && (typeof protectedHeader.typ !== "string" || normalizeTyp(protectedHeader.typ) !== normalizeTyp(typ))) {
    throw new JWTClaimValidationFailed('unexpected "typ" JWT header value', "typ", "check_failed");
  }
  let payload;
  try {
    payload = JSON.parse(decoder.decode(encodedPayload));
  } catch (_a) {
  }
  if (!isObject(payload)) {
    throw new JWTInvalid("JWT Claims Set must be a top-level JSON object");
  }
  const { issuer } = options;
  if (issuer && !(Array.isArray(issuer) ? issuer : [issuer]).includes(payload.iss)) {
    throw new JWTClaimValidationFailed('unexpected "iss" claim value', "iss", "check_failed");
  }
  const { subject } = options;
  if (subject && payload.sub !== subject) {
    throw new JWTClaimValidationFailed('unexpected "sub" claim value', "sub", "check_failed");
  }
  const { audience } = options;
  if (audience && !checkAudiencePresence(payload.aud, typeof audience === "string" ? [audience] : audience)) {
    throw new JWTClaimValidationFailed('unexpected "aud" claim value', "aud", "check_failed");
  }
  let tolerance;
  switch (typeof options.clockTolerance) {
    case "string":
      tolerance = secs_default(options.clockTolerance);
      break;
    case "number":
      tolerance = options.clockTolerance;
      break;
    case "undefined":
      tolerance = 0;
      break;
    default:
      throw new TypeError("Invalid clockTolerance option type");
  }
  const { currentDate } = options;
  const now = epoch_default(currentDate || /* @__PURE__ */ new Date());
  if (payload.iat !== void 0 || options.maxTokenAge) {
    if (typeof payload.iat !== "number") {
      throw new JWTClaimValidationFailed('"iat" claim must be a number', "iat", "invalid");
    }
    if (payload.exp === void 0 && payload.iat > now + tolerance) {
      throw new JWTClaimValidationFailed('"iat" claim timestamp check failed (it should be in the past)', "iat", "check_failed");
    }
  }
  if (payload.nbf !== void 0) {
    if (typeof payload.nbf !== "number") {
      throw new JWTClaimValidationFailed('"nbf" claim must be a number', "nbf", "invalid");
    }
    if (payload.nbf > now + tolerance) {
      throw new JWTClaimValidationFailed('"nbf" claim timestamp check failed', "nbf", "check_failed");
    }
  }
  if (payload.exp !== void 0) {
    if (typeof payload.exp !== "number") {
      throw new JWTClaimValidationFailed('"exp" claim must be a number', "exp", "invalid");
    }
    if (payload.exp <= now - tolerance) {
      throw new JWTExpired('"exp" claim timestamp check failed', "exp", "check_failed");
    }
  }
  if (options.maxTokenAge) {
    const age = now - payload.iat;
    const max = typeof options.maxTokenAge === "number" ? options.maxTokenAge : secs_default(options.maxTokenAge);
    if (age - tolerance > max) {
      throw new JWTExpired('"iat" claim timestamp check failed (too far in the past)', "iat", "check_failed");
    }
    if (age < 0 - tolerance) {
      throw new JWTClaimValidationFailed('"iat" claim timestamp check failed (it should be in the past)', "iat", "check_failed");
    }
  }
  return payload;
};

// node_modules/jose/dist/browser/jwt/verify.js
async function jwtVerify(jwt, key, options) {
  var _a;
  const verified = await compactVerify(jwt, key, options);
  if (((_a = verified.protectedHeader.crit) === null || _a === void 0 ? void 0 : _a.includes("b64")) && verified.protectedHeader.b64 === false) {
    throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
  }
  const payload = jwt_claims_set_default(verified.protectedHeader, verified.payload, options);
  const result = { payload, protectedHeader: verified.protectedHeader };
  if (typeof key === "function") {
    return { ...result, key: verified.key };
  }
  return result;
}

// node_modules/jose/dist/browser/jwks/local.js
function getKtyFromAlg(alg) {
  switch (typeof alg === "string" && alg.slice(0, 2)) {
    case "RS":
    case "PS":
      return "RSA";
    case "ES":
      return "EC";
    case "Ed":
      return "OKP";
    default:
      throw new JOSENotSupported('Unsupported "alg" value for a JSON Web Key Set');
  }
}
function isJWKSLike(jwks) {
  return jwks && typeof jwks === "object" && Array.isArray(jwks.keys) && jwks.keys.every(isJWKLike);
}
function isJWKLike(key) {
  return isObject(key);
}
function clone(obj) {
  if (typeof structuredClone === "function") {
    return structuredClone(obj);
  }
  return JSON.parse(JSON.stringify(obj));
}
var LocalJWKSet = class {
  constructor(jwks) {
    this._cached = /* @__PURE__ */ new WeakMap();
    if (!isJWKSLike(jwks)) {
      throw new JWKSInvalid("JSON Web Key Set malformed");
    }
    this._jwks = clone(jwks);
  }
  async getKey(protectedHeader, token) {
    const joseHeader = {
      ...protectedHeader,
      ...token.header
    };
    const candidates = this._jwks.keys.filter((jwk2) => {
      let candidate = jwk2.kty === getKtyFromAlg(joseHeader.alg);
      if (candidate && typeof joseHeader.kid === "string") {
        candidate = joseHeader.kid === jwk2.kid;
      }
      if (candidate && typeof jwk2.alg === "string") {
        candidate = joseHeader.alg === jwk2.alg;
      }
      if (candidate && typeof jwk2.use === "string") {
        candidate = jwk2.use === "sig";
      }
      if (candidate && Array.isArray(jwk2.key_ops)) {
        candidate = jwk2.key_ops.includes("verify");
      }
      if (candidate && joseHeader.alg === "EdDSA") {
        candidate = jwk2.crv === "Ed25519" || jwk2.crv === "Ed448";
      }
      if (candidate) {
        switch (joseHeader.alg) {
          case "ES256":
            candidate = jwk2.crv === "P-256";
            break;
          case "ES256K":
            candidate = jwk2.crv === "secp256k1";
            break;
          case "ES384":
            candidate = jwk2.crv === "P-384";
            break;
          case "ES512":
            candidate = jwk2.crv === "P-521";
            break;
          default:
        }
      }
      return candidate;
    });
    const { 0: jwk, length } = candidates;
    if (length === 0) {
      throw new JWKSNoMatchingKey();
    } else if (length !== 1) {
      throw new JWKSMultipleMatchingKeys();
    }
    const cached = this._cached.get(jwk) || this._cached.set(jwk, {}).get(jwk);
    if (cached[joseHeader.alg] === void 0) {
      const keyObject = await importJWK({ ...jwk, ext: true }, joseHeader.alg);
      if (keyObject instanceof Uint8Array || keyObject.type !== "public") {
        throw new JWKSInvalid("JSON Web Key Set members must be public keys");
      }
      cached[joseHeader.alg] = keyObject;
    }
    return cached[joseHeader.alg];
  }
};

// node_modules/jose/dist/browser/runtime/fetch_jwks.js
var fetchJwks = async (url, timeout) => {
  let controller;
  let id;
  let timedOut = false;
  if (typeof AbortController === "function") {
    controller = new AbortController();
    id = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeout);
  }
  const response = await fetch(url.href, {
    signal: controller ? controller.signal : void 0,
    redirect: "manual",
    method: "GET",
    ...!isCloudflareWorkers() ? {
      referrerPolicy: "no-referrer",
      credentials: "omit",
      mode: "cors"
    } : void 0
  }).catch((err) => {
    if (timedOut)
      throw new JWKSTimeout();
    throw err;
  });
  if (id !== void 0)
    clearTimeout(id);
  if (response.status !== 200) {
    throw new JOSEError("Expected 200 OK from the JSON Web Key Set HTTP response");
  }
  try {
    return await response.json();
  } catch (_a) {
    throw new JOSEError("Failed to parse the JSON Web Key Set HTTP response as JSON");
  }
};
var fetch_jwks_default = fetchJwks;

// node_modules/jose/dist/browser/jwks/remote.js
var RemoteJWKSet = class extends LocalJWKSet {
  constructor(url, options) {
    super({ keys: [] });
    this._jwks = void 0;
    if (!(url instanceof URL)) {
      throw new TypeError("url must be an instance of URL");
    }
    this._url = new URL(url.href);
    this._options = { agent: options === null || options === void 0 ? void 0 : options.agent };
    this._timeoutDuration = typeof (options === null || options === void 0 ? void 0 : options.timeoutDuration) === "number" ? options === null || options === void 0 ? void 0 : options.timeoutDuration : 5e3;
    this._cooldownDuration = typeof (options === null || options === void 0 ? void 0 : options.cooldownDuration) === "number" ? options === null || options === void 0 ? void 0 : options.cooldownDuration : 3e4;
  }
  coolingDown() {
    if (!this._cooldownStarted) {
      return false;
    }
    return Date.now() < this._cooldownStarted + this._cooldownDuration;
  }
  async getKey(protectedHeader, token) {
    if (!this._jwks) {
      await this.reload();
    }
    try {
      return await super.getKey(protectedHeader, token);
    } catch (err) {
      if (err instanceof JWKSNoMatchingKey) {
        if (this.coolingDown() === false) {
          await this.reload();
          return super.getKey(protectedHeader, token);
        }
      }
      throw err;
    }
  }
  async reload() {
    if (!this._pendingFetch) {
      this._pendingFetch = fetch_jwks_default(this._url, this._timeoutDuration, this._options).then((json) => {
        if (!isJWKSLike(json)) {
          throw new JWKSInvalid("JSON Web Key Set malformed");
        }
        this._jwks = { keys: json.keys };
        this._cooldownStarted = Date.now();
        this._pendingFetch = void 0;
      }).catch((err) => {
        this._pendingFetch = void 0;
        throw err;
      });
    }
    await this._pendingFetch;
  }
};
function createRemoteJWKSet(url, options) {
  return RemoteJWKSet.prototype.getKey.bind(new RemoteJWKSet(url, options));
}

// worker.mjs
var keys;
var worker_default = {
  async fetch(request, env) {
    keys ??= createRemoteJWKSet(new URL(env.JWKS_URL));
    const token = request.headers.get("authorization").slice("Bearer ".length);
    const { payload } = await jwtVerify(token, keys, { issuer: "issuer", audience: "audience" });
    console.log("verified", payload.sub);
    return new Response(payload.sub);
  }
};
export {
  worker_default as default
};
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL2xpYi9idWZmZXJfdXRpbHMuanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL3J1bnRpbWUvYmFzZTY0dXJsLmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci91dGlsL2Vycm9ycy5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvcnVudGltZS93ZWJjcnlwdG8uanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL3J1bnRpbWUvcmFuZG9tLmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9ydW50aW1lL2Vudi5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL2NyeXB0b19rZXkuanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL2xpYi9pbnZhbGlkX2tleV9pbnB1dC5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvcnVudGltZS9pc19rZXlfbGlrZS5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL2lzX2Rpc2pvaW50LmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9saWIvaXNfb2JqZWN0LmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9ydW50aW1lL2NoZWNrX2tleV9sZW5ndGguanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL3J1bnRpbWUvandrX3RvX2tleS5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIva2V5L2ltcG9ydC5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL2NoZWNrX2tleV90eXBlLmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9saWIvdmFsaWRhdGVfY3JpdC5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL3ZhbGlkYXRlX2FsZ29yaXRobXMuanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL3J1bnRpbWUvc3VidGxlX2RzYS5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvcnVudGltZS9nZXRfc2lnbl92ZXJpZnlfa2V5LmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9ydW50aW1lL3ZlcmlmeS5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvandzL2ZsYXR0ZW5lZC92ZXJpZnkuanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL2p3cy9jb21wYWN0L3ZlcmlmeS5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL2Vwb2NoLmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9saWIvc2Vjcy5qcyIsICJub2RlX21vZHVsZXMvam9zZS9kaXN0L2Jyb3dzZXIvbGliL2p3dF9jbGFpbXNfc2V0LmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9qd3QvdmVyaWZ5LmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9qd2tzL2xvY2FsLmpzIiwgIm5vZGVfbW9kdWxlcy9qb3NlL2Rpc3QvYnJvd3Nlci9ydW50aW1lL2ZldGNoX2p3a3MuanMiLCAibm9kZV9tb2R1bGVzL2pvc2UvZGlzdC9icm93c2VyL2p3a3MvcmVtb3RlLmpzIiwgIndvcmtlci5tanMiXSwKICAic291cmNlc0NvbnRlbnQiOiBbImV4cG9ydCBjb25zdCBlbmNvZGVyID0gbmV3IFRleHRFbmNvZGVyKCk7XG5leHBvcnQgY29uc3QgZGVjb2RlciA9IG5ldyBUZXh0RGVjb2RlcigpO1xuY29uc3QgTUFYX0lOVDMyID0gMiAqKiAzMjtcbmV4cG9ydCBmdW5jdGlvbiBjb25jYXQoLi4uYnVmZmVycykge1xuICAgIGNvbnN0IHNpemUgPSBidWZmZXJzLnJlZHVjZSgoYWNjLCB7IGxlbmd0aCB9KSA9PiBhY2MgKyBsZW5ndGgsIDApO1xuICAgIGNvbnN0IGJ1ZiA9IG5ldyBVaW50OEFycmF5KHNpemUpO1xuICAgIGxldCBpID0gMDtcbiAgICBidWZmZXJzLmZvckVhY2goKGJ1ZmZlcikgPT4ge1xuICAgICAgICBidWYuc2V0KGJ1ZmZlciwgaSk7XG4gICAgICAgIGkgKz0gYnVmZmVyLmxlbmd0aDtcbiAgICB9KTtcbiAgICByZXR1cm4gYnVmO1xufVxuZXhwb3J0IGZ1bmN0aW9uIHAycyhhbGcsIHAyc0lucHV0KSB7XG4gICAgcmV0dXJuIGNvbmNhdChlbmNvZGVyLmVuY29kZShhbGcpLCBuZXcgVWludDhBcnJheShbMF0pLCBwMnNJbnB1dCk7XG59XG5mdW5jdGlvbiB3cml0ZVVJbnQzMkJFKGJ1ZiwgdmFsdWUsIG9mZnNldCkge1xuICAgIGlmICh2YWx1ZSA8IDAgfHwgdmFsdWUgPj0gTUFYX0lOVDMyKSB7XG4gICAgICAgIHRocm93IG5ldyBSYW5nZUVycm9yKGB2YWx1ZSBtdXN0IGJlID49IDAgYW5kIDw9ICR7TUFYX0lOVDMyIC0gMX0uIFJlY2VpdmVkICR7dmFsdWV9YCk7XG4gICAgfVxuICAgIGJ1Zi5zZXQoW3ZhbHVlID4+PiAyNCwgdmFsdWUgPj4+IDE2LCB2YWx1ZSA+Pj4gOCwgdmFsdWUgJiAweGZmXSwgb2Zmc2V0KTtcbn1cbmV4cG9ydCBmdW5jdGlvbiB1aW50NjRiZSh2YWx1ZSkge1xuICAgIGNvbnN0IGhpZ2ggPSBNYXRoLmZsb29yKHZhbHVlIC8gTUFYX0lOVDMyKTtcbiAgICBjb25zdCBsb3cgPSB2YWx1ZSAlIE1BWF9JTlQzMjtcbiAgICBjb25zdCBidWYgPSBuZXcgVWludDhBcnJheSg4KTtcbiAgICB3cml0ZVVJbnQzMkJFKGJ1ZiwgaGlnaCwgMCk7XG4gICAgd3JpdGVVSW50MzJCRShidWYsIGxvdywgNCk7XG4gICAgcmV0dXJuIGJ1Zjtcbn1cbmV4cG9ydCBmdW5jdGlvbiB1aW50MzJiZSh2YWx1ZSkge1xuICAgIGNvbnN0IGJ1ZiA9IG5ldyBVaW50OEFycmF5KDQpO1xuICAgIHdyaXRlVUludDMyQkUoYnVmLCB2YWx1ZSk7XG4gICAgcmV0dXJuIGJ1Zjtcbn1cbmV4cG9ydCBmdW5jdGlvbiBsZW5ndGhBbmRJbnB1dChpbnB1dCkge1xuICAgIHJldHVybiBjb25jYXQodWludDMyYmUoaW5wdXQubGVuZ3RoKSwgaW5wdXQpO1xufVxuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGNvbmNhdEtkZihkaWdlc3QsIHNlY3JldCwgYml0cywgdmFsdWUpIHtcbiAgICBjb25zdCBpdGVyYXRpb25zID0gTWF0aC5jZWlsKChiaXRzID4+IDMpIC8gMzIpO1xuICAgIGxldCByZXM7XG4gICAgZm9yIChsZXQgaXRlciA9IDE7IGl0ZXIgPD0gaXRlcmF0aW9uczsgaXRlcisrKSB7XG4gICAgICAgIGNvbnN0IGJ1ZiA9IG5ldyBVaW50OEFycmF5KDQgKyBzZWNyZXQubGVuZ3RoICsgdmFsdWUubGVuZ3RoKTtcbiAgICAgICAgYnVmLnNldCh1aW50MzJiZShpdGVyKSk7XG4gICAgICAgIGJ1Zi5zZXQoc2VjcmV0LCA0KTtcbiAgICAgICAgYnVmLnNldCh2YWx1ZSwgNCArIHNlY3JldC5sZW5ndGgpO1xuICAgICAgICBpZiAoIXJlcykge1xuICAgICAgICAgICAgcmVzID0gYXdhaXQgZGlnZXN0KCdzaGEyNTYnLCBidWYpO1xuICAgICAgICB9XG4gICAgICAgIGVsc2Uge1xuICAgICAgICAgICAgcmVzID0gY29uY2F0KHJlcywgYXdhaXQgZGlnZXN0KCdzaGEyNTYnLCBidWYpKTtcbiAgICAgICAgfVxuICAgIH1cbiAgICByZXMgPSByZXMuc2xpY2UoMCwgYml0cyA+PiAzKTtcbiAgICByZXR1cm4gcmVzO1xufVxuIiwgImltcG9ydCB7IGVuY29kZXIsIGRlY29kZXIgfSBmcm9tICcuLi9saWIvYnVmZmVyX3V0aWxzLmpzJztcbmV4cG9ydCBjb25zdCBlbmNvZGVCYXNlNjQgPSAoaW5wdXQpID0+IHtcbiAgICBsZXQgdW5lbmNvZGVkID0gaW5wdXQ7XG4gICAgaWYgKHR5cGVvZiB1bmVuY29kZWQgPT09ICdzdHJpbmcnKSB7XG4gICAgICAgIHVuZW5jb2RlZCA9IGVuY29kZXIuZW5jb2RlKHVuZW5jb2RlZCk7XG4gICAgfVxuICAgIGNvbnN0IENIVU5LX1NJWkUgPSAweDgwMDA7XG4gICAgY29uc3QgYXJyID0gW107XG4gICAgZm9yIChsZXQgaSA9IDA7IGkgPCB1bmVuY29kZWQubGVuZ3RoOyBpICs9IENIVU5LX1NJWkUpIHtcbiAgICAgICAgYXJyLnB1c2goU3RyaW5nLmZyb21DaGFyQ29kZS5hcHBseShudWxsLCB1bmVuY29kZWQuc3ViYXJyYXkoaSwgaSArIENIVU5LX1NJWkUpKSk7XG4gICAgfVxuICAgIHJldHVybiBidG9hKGFyci5qb2luKCcnKSk7XG59O1xuZXhwb3J0IGNvbnN0IGVuY29kZSA9IChpbnB1dCkgPT4ge1xuICAgIHJldHVybiBlbmNvZGVCYXNlNjQoaW5wdXQpLnJlcGxhY2UoLz0vZywgJycpLnJlcGxhY2UoL1xcKy9nLCAnLScpLnJlcGxhY2UoL1xcLy9nLCAnXycpO1xufTtcbmV4cG9ydCBjb25zdCBkZWNvZGVCYXNlNjQgPSAoZW5jb2RlZCkgPT4ge1xuICAgIHJldHVybiBuZXcgVWludDhBcnJheShhdG9iKGVuY29kZWQpXG4gICAgICAgIC5zcGxpdCgnJylcbiAgICAgICAgLm1hcCgoYykgPT4gYy5jaGFyQ29kZUF0KDApKSk7XG59O1xuZXhwb3J0IGNvbnN0IGRlY29kZSA9IChpbnB1dCkgPT4ge1xuICAgIGxldCBlbmNvZGVkID0gaW5wdXQ7XG4gICAgaWYgKGVuY29kZWQgaW5zdGFuY2VvZiBVaW50OEFycmF5KSB7XG4gICAgICAgIGVuY29kZWQgPSBkZWNvZGVyLmRlY29kZShlbmNvZGVkKTtcbiAgICB9XG4gICAgZW5jb2RlZCA9IGVuY29kZWQucmVwbGFjZSgvLS9nLCAnKycpLnJlcGxhY2UoL18vZywgJy8nKS5yZXBsYWNlKC9cXHMvZywgJycpO1xuICAgIHRyeSB7XG4gICAgICAgIHJldHVybiBkZWNvZGVCYXNlNjQoZW5jb2RlZCk7XG4gICAgfVxuICAgIGNhdGNoIChfYSkge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKCdUaGUgaW5wdXQgdG8gYmUgZGVjb2RlZCBpcyBub3QgY29ycmVjdGx5IGVuY29kZWQuJyk7XG4gICAgfVxufTtcbiIsICJleHBvcnQgY2xhc3MgSk9TRUVycm9yIGV4dGVuZHMgRXJyb3Ige1xuICAgIGNvbnN0cnVjdG9yKG1lc3NhZ2UpIHtcbiAgICAgICAgdmFyIF9hO1xuICAgICAgICBzdXBlcihtZXNzYWdlKTtcbiAgICAgICAgdGhpcy5jb2RlID0gJ0VSUl9KT1NFX0dFTkVSSUMnO1xuICAgICAgICB0aGlzLm5hbWUgPSB0aGlzLmNvbnN0cnVjdG9yLm5hbWU7XG4gICAgICAgIChfYSA9IEVycm9yLmNhcHR1cmVTdGFja1RyYWNlKSA9PT0gbnVsbCB8fCBfYSA9PT0gdm9pZCAwID8gdm9pZCAwIDogX2EuY2FsbChFcnJvciwgdGhpcywgdGhpcy5jb25zdHJ1Y3Rvcik7XG4gICAgfVxuICAgIHN0YXRpYyBnZXQgY29kZSgpIHtcbiAgICAgICAgcmV0dXJuICdFUlJfSk9TRV9HRU5FUklDJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldUQ2xhaW1WYWxpZGF0aW9uRmFpbGVkIGV4dGVuZHMgSk9TRUVycm9yIHtcbiAgICBjb25zdHJ1Y3RvcihtZXNzYWdlLCBjbGFpbSA9ICd1bnNwZWNpZmllZCcsIHJlYXNvbiA9ICd1bnNwZWNpZmllZCcpIHtcbiAgICAgICAgc3VwZXIobWVzc2FnZSk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldUX0NMQUlNX1ZBTElEQVRJT05fRkFJTEVEJztcbiAgICAgICAgdGhpcy5jbGFpbSA9IGNsYWltO1xuICAgICAgICB0aGlzLnJlYXNvbiA9IHJlYXNvbjtcbiAgICB9XG4gICAgc3RhdGljIGdldCBjb2RlKCkge1xuICAgICAgICByZXR1cm4gJ0VSUl9KV1RfQ0xBSU1fVkFMSURBVElPTl9GQUlMRUQnO1xuICAgIH1cbn1cbmV4cG9ydCBjbGFzcyBKV1RFeHBpcmVkIGV4dGVuZHMgSk9TRUVycm9yIHtcbiAgICBjb25zdHJ1Y3RvcihtZXNzYWdlLCBjbGFpbSA9ICd1bnNwZWNpZmllZCcsIHJlYXNvbiA9ICd1bnNwZWNpZmllZCcpIHtcbiAgICAgICAgc3VwZXIobWVzc2FnZSk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldUX0VYUElSRUQnO1xuICAgICAgICB0aGlzLmNsYWltID0gY2xhaW07XG4gICAgICAgIHRoaXMucmVhc29uID0gcmVhc29uO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXVF9FWFBJUkVEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSk9TRUFsZ05vdEFsbG93ZWQgZXh0ZW5kcyBKT1NFRXJyb3Ige1xuICAgIGNvbnN0cnVjdG9yKCkge1xuICAgICAgICBzdXBlciguLi5hcmd1bWVudHMpO1xuICAgICAgICB0aGlzLmNvZGUgPSAnRVJSX0pPU0VfQUxHX05PVF9BTExPV0VEJztcbiAgICB9XG4gICAgc3RhdGljIGdldCBjb2RlKCkge1xuICAgICAgICByZXR1cm4gJ0VSUl9KT1NFX0FMR19OT1RfQUxMT1dFRCc7XG4gICAgfVxufVxuZXhwb3J0IGNsYXNzIEpPU0VOb3RTdXBwb3J0ZWQgZXh0ZW5kcyBKT1NFRXJyb3Ige1xuICAgIGNvbnN0cnVjdG9yKCkge1xuICAgICAgICBzdXBlciguLi5hcmd1bWVudHMpO1xuICAgICAgICB0aGlzLmNvZGUgPSAnRVJSX0pPU0VfTk9UX1NVUFBPUlRFRCc7XG4gICAgfVxuICAgIHN0YXRpYyBnZXQgY29kZSgpIHtcbiAgICAgICAgcmV0dXJuICdFUlJfSk9TRV9OT1RfU1VQUE9SVEVEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldFRGVjcnlwdGlvbkZhaWxlZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldFX0RFQ1JZUFRJT05fRkFJTEVEJztcbiAgICAgICAgdGhpcy5tZXNzYWdlID0gJ2RlY3J5cHRpb24gb3BlcmF0aW9uIGZhaWxlZCc7XG4gICAgfVxuICAgIHN0YXRpYyBnZXQgY29kZSgpIHtcbiAgICAgICAgcmV0dXJuICdFUlJfSldFX0RFQ1JZUFRJT05fRkFJTEVEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldFSW52YWxpZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldFX0lOVkFMSUQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXRV9JTlZBTElEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldTSW52YWxpZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldTX0lOVkFMSUQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXU19JTlZBTElEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldUSW52YWxpZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldUX0lOVkFMSUQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXVF9JTlZBTElEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldLSW52YWxpZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldLX0lOVkFMSUQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXS19JTlZBTElEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldLU0ludmFsaWQgZXh0ZW5kcyBKT1NFRXJyb3Ige1xuICAgIGNvbnN0cnVjdG9yKCkge1xuICAgICAgICBzdXBlciguLi5hcmd1bWVudHMpO1xuICAgICAgICB0aGlzLmNvZGUgPSAnRVJSX0pXS1NfSU5WQUxJRCc7XG4gICAgfVxuICAgIHN0YXRpYyBnZXQgY29kZSgpIHtcbiAgICAgICAgcmV0dXJuICdFUlJfSldLU19JTlZBTElEJztcbiAgICB9XG59XG5leHBvcnQgY2xhc3MgSldLU05vTWF0Y2hpbmdLZXkgZXh0ZW5kcyBKT1NFRXJyb3Ige1xuICAgIGNvbnN0cnVjdG9yKCkge1xuICAgICAgICBzdXBlciguLi5hcmd1bWVudHMpO1xuICAgICAgICB0aGlzLmNvZGUgPSAnRVJSX0pXS1NfTk9fTUFUQ0hJTkdfS0VZJztcbiAgICAgICAgdGhpcy5tZXNzYWdlID0gJ25vIGFwcGxpY2FibGUga2V5IGZvdW5kIGluIHRoZSBKU09OIFdlYiBLZXkgU2V0JztcbiAgICB9XG4gICAgc3RhdGljIGdldCBjb2RlKCkge1xuICAgICAgICByZXR1cm4gJ0VSUl9KV0tTX05PX01BVENISU5HX0tFWSc7XG4gICAgfVxufVxuZXhwb3J0IGNsYXNzIEpXS1NNdWx0aXBsZU1hdGNoaW5nS2V5cyBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldLU19NVUxUSVBMRV9NQVRDSElOR19LRVlTJztcbiAgICAgICAgdGhpcy5tZXNzYWdlID0gJ211bHRpcGxlIG1hdGNoaW5nIGtleXMgZm91bmQgaW4gdGhlIEpTT04gV2ViIEtleSBTZXQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXS1NfTVVMVElQTEVfTUFUQ0hJTkdfS0VZUyc7XG4gICAgfVxufVxuZXhwb3J0IGNsYXNzIEpXS1NUaW1lb3V0IGV4dGVuZHMgSk9TRUVycm9yIHtcbiAgICBjb25zdHJ1Y3RvcigpIHtcbiAgICAgICAgc3VwZXIoLi4uYXJndW1lbnRzKTtcbiAgICAgICAgdGhpcy5jb2RlID0gJ0VSUl9KV0tTX1RJTUVPVVQnO1xuICAgICAgICB0aGlzLm1lc3NhZ2UgPSAncmVxdWVzdCB0aW1lZCBvdXQnO1xuICAgIH1cbiAgICBzdGF0aWMgZ2V0IGNvZGUoKSB7XG4gICAgICAgIHJldHVybiAnRVJSX0pXS1NfVElNRU9VVCc7XG4gICAgfVxufVxuZXhwb3J0IGNsYXNzIEpXU1NpZ25hdHVyZVZlcmlmaWNhdGlvbkZhaWxlZCBleHRlbmRzIEpPU0VFcnJvciB7XG4gICAgY29uc3RydWN0b3IoKSB7XG4gICAgICAgIHN1cGVyKC4uLmFyZ3VtZW50cyk7XG4gICAgICAgIHRoaXMuY29kZSA9ICdFUlJfSldTX1NJR05BVFVSRV9WRVJJRklDQVRJT05fRkFJTEVEJztcbiAgICAgICAgdGhpcy5tZXNzYWdlID0gJ3NpZ25hdHVyZSB2ZXJpZmljYXRpb24gZmFpbGVkJztcbiAgICB9XG4gICAgc3RhdGljIGdldCBjb2RlKCkge1xuICAgICAgICByZXR1cm4gJ0VSUl9KV1NfU0lHTkFUVVJFX1ZFUklGSUNBVElPTl9GQUlMRUQnO1xuICAgIH1cbn1cbiIsICJleHBvcnQgZGVmYXVsdCBjcnlwdG87XG5leHBvcnQgZnVuY3Rpb24gaXNDcnlwdG9LZXkoa2V5KSB7XG4gICAgdHJ5IHtcbiAgICAgICAgcmV0dXJuIChrZXkgIT0gbnVsbCAmJlxuICAgICAgICAgICAgdHlwZW9mIGtleS5leHRyYWN0YWJsZSA9PT0gJ2Jvb2xlYW4nICYmXG4gICAgICAgICAgICB0eXBlb2Yga2V5LmFsZ29yaXRobS5uYW1lID09PSAnc3RyaW5nJyAmJlxuICAgICAgICAgICAgdHlwZW9mIGtleS50eXBlID09PSAnc3RyaW5nJyk7XG4gICAgfVxuICAgIGNhdGNoIChfYSkge1xuICAgICAgICByZXR1cm4gZmFsc2U7XG4gICAgfVxufVxuIiwgImltcG9ydCBjcnlwdG8gZnJvbSAnLi93ZWJjcnlwdG8uanMnO1xuZXhwb3J0IGRlZmF1bHQgY3J5cHRvLmdldFJhbmRvbVZhbHVlcy5iaW5kKGNyeXB0byk7XG4iLCAiZXhwb3J0IGZ1bmN0aW9uIGlzQ2xvdWRmbGFyZVdvcmtlcnMoKSB7XG4gICAgcmV0dXJuIHR5cGVvZiBXZWJTb2NrZXRQYWlyID09PSAnZnVuY3Rpb24nO1xufVxuZXhwb3J0IGZ1bmN0aW9uIGlzTm9kZUpzKCkge1xuICAgIHRyeSB7XG4gICAgICAgIHJldHVybiBwcm9jZXNzLnZlcnNpb25zLm5vZGUgIT09IHVuZGVmaW5lZDtcbiAgICB9XG4gICAgY2F0Y2ggKF9hKSB7XG4gICAgICAgIHJldHVybiBmYWxzZTtcbiAgICB9XG59XG4iLCAiaW1wb3J0IHsgaXNDbG91ZGZsYXJlV29ya2VycywgaXNOb2RlSnMgfSBmcm9tICcuLi9ydW50aW1lL2Vudi5qcyc7XG5mdW5jdGlvbiB1bnVzYWJsZShuYW1lLCBwcm9wID0gJ2FsZ29yaXRobS5uYW1lJykge1xuICAgIHJldHVybiBuZXcgVHlwZUVycm9yKGBDcnlwdG9LZXkgZG9lcyBub3Qgc3VwcG9ydCB0aGlzIG9wZXJhdGlvbiwgaXRzICR7cHJvcH0gbXVzdCBiZSAke25hbWV9YCk7XG59XG5mdW5jdGlvbiBpc0FsZ29yaXRobShhbGdvcml0aG0sIG5hbWUpIHtcbiAgICByZXR1cm4gYWxnb3JpdGhtLm5hbWUgPT09IG5hbWU7XG59XG5mdW5jdGlvbiBnZXRIYXNoTGVuZ3RoKGhhc2gpIHtcbiAgICByZXR1cm4gcGFyc2VJbnQoaGFzaC5uYW1lLnNsaWNlKDQpLCAxMCk7XG59XG5mdW5jdGlvbiBnZXROYW1lZEN1cnZlKGFsZykge1xuICAgIHN3aXRjaCAoYWxnKSB7XG4gICAgICAgIGNhc2UgJ0VTMjU2JzpcbiAgICAgICAgICAgIHJldHVybiAnUC0yNTYnO1xuICAgICAgICBjYXNlICdFUzM4NCc6XG4gICAgICAgICAgICByZXR1cm4gJ1AtMzg0JztcbiAgICAgICAgY2FzZSAnRVM1MTInOlxuICAgICAgICAgICAgcmV0dXJuICdQLTUyMSc7XG4gICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICB0aHJvdyBuZXcgRXJyb3IoJ3VucmVhY2hhYmxlJyk7XG4gICAgfVxufVxuZnVuY3Rpb24gY2hlY2tVc2FnZShrZXksIHVzYWdlcykge1xuICAgIGlmICh1c2FnZXMubGVuZ3RoICYmICF1c2FnZXMuc29tZSgoZXhwZWN0ZWQpID0+IGtleS51c2FnZXMuaW5jbHVkZXMoZXhwZWN0ZWQpKSkge1xuICAgICAgICBsZXQgbXNnID0gJ0NyeXB0b0tleSBkb2VzIG5vdCBzdXBwb3J0IHRoaXMgb3BlcmF0aW9uLCBpdHMgdXNhZ2VzIG11c3QgaW5jbHVkZSAnO1xuICAgICAgICBpZiAodXNhZ2VzLmxlbmd0aCA+IDIpIHtcbiAgICAgICAgICAgIGNvbnN0IGxhc3QgPSB1c2FnZXMucG9wKCk7XG4gICAgICAgICAgICBtc2cgKz0gYG9uZSBvZiAke3VzYWdlcy5qb2luKCcsICcpfSwgb3IgJHtsYXN0fS5gO1xuICAgICAgICB9XG4gICAgICAgIGVsc2UgaWYgKHVzYWdlcy5sZW5ndGggPT09IDIpIHtcbiAgICAgICAgICAgIG1zZyArPSBgb25lIG9mICR7dXNhZ2VzWzBdfSBvciAke3VzYWdlc1sxXX0uYDtcbiAgICAgICAgfVxuICAgICAgICBlbHNlIHtcbiAgICAgICAgICAgIG1zZyArPSBgJHt1c2FnZXNbMF19LmA7XG4gICAgICAgIH1cbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcihtc2cpO1xuICAgIH1cbn1cbmV4cG9ydCBmdW5jdGlvbiBjaGVja1NpZ0NyeXB0b0tleShrZXksIGFsZywgLi4udXNhZ2VzKSB7XG4gICAgc3dpdGNoIChhbGcpIHtcbiAgICAgICAgY2FzZSAnSFMyNTYnOlxuICAgICAgICBjYXNlICdIUzM4NCc6XG4gICAgICAgIGNhc2UgJ0hTNTEyJzoge1xuICAgICAgICAgICAgaWYgKCFpc0FsZ29yaXRobShrZXkuYWxnb3JpdGhtLCAnSE1BQycpKVxuICAgICAgICAgICAgICAgIHRocm93IHVudXNhYmxlKCdITUFDJyk7XG4gICAgICAgICAgICBjb25zdCBleHBlY3RlZCA9IHBhcnNlSW50KGFsZy5zbGljZSgyKSwgMTApO1xuICAgICAgICAgICAgY29uc3QgYWN0dWFsID0gZ2V0SGFzaExlbmd0aChrZXkuYWxnb3JpdGhtLmhhc2gpO1xuICAgICAgICAgICAgaWYgKGFjdHVhbCAhPT0gZXhwZWN0ZWQpXG4gICAgICAgICAgICAgICAgdGhyb3cgdW51c2FibGUoYFNIQS0ke2V4cGVjdGVkfWAsICdhbGdvcml0aG0uaGFzaCcpO1xuICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgIH1cbiAgICAgICAgY2FzZSAnUlMyNTYnOlxuICAgICAgICBjYXNlICdSUzM4NCc6XG4gICAgICAgIGNhc2UgJ1JTNTEyJzoge1xuICAgICAgICAgICAgaWYgKCFpc0FsZ29yaXRobShrZXkuYWxnb3JpdGhtLCAnUlNBU1NBLVBLQ1MxLXYxXzUnKSlcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZSgnUlNBU1NBLVBLQ1MxLXYxXzUnKTtcbiAgICAgICAgICAgIGNvbnN0IGV4cGVjdGVkID0gcGFyc2VJbnQoYWxnLnNsaWNlKDIpLCAxMCk7XG4gICAgICAgICAgICBjb25zdCBhY3R1YWwgPSBnZXRIYXNoTGVuZ3RoKGtleS5hbGdvcml0aG0uaGFzaCk7XG4gICAgICAgICAgICBpZiAoYWN0dWFsICE9PSBleHBlY3RlZClcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZShgU0hBLSR7ZXhwZWN0ZWR9YCwgJ2FsZ29yaXRobS5oYXNoJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlICdQUzI1Nic6XG4gICAgICAgIGNhc2UgJ1BTMzg0JzpcbiAgICAgICAgY2FzZSAnUFM1MTInOiB7XG4gICAgICAgICAgICBpZiAoIWlzQWxnb3JpdGhtKGtleS5hbGdvcml0aG0sICdSU0EtUFNTJykpXG4gICAgICAgICAgICAgICAgdGhyb3cgdW51c2FibGUoJ1JTQS1QU1MnKTtcbiAgICAgICAgICAgIGNvbnN0IGV4cGVjdGVkID0gcGFyc2VJbnQoYWxnLnNsaWNlKDIpLCAxMCk7XG4gICAgICAgICAgICBjb25zdCBhY3R1YWwgPSBnZXRIYXNoTGVuZ3RoKGtleS5hbGdvcml0aG0uaGFzaCk7XG4gICAgICAgICAgICBpZiAoYWN0dWFsICE9PSBleHBlY3RlZClcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZShgU0hBLSR7ZXhwZWN0ZWR9YCwgJ2FsZ29yaXRobS5oYXNoJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlIGlzTm9kZUpzKCkgJiYgJ0VkRFNBJzoge1xuICAgICAgICAgICAgaWYgKGtleS5hbGdvcml0aG0ubmFtZSAhPT0gJ05PREUtRUQyNTUxOScgJiYga2V5LmFsZ29yaXRobS5uYW1lICE9PSAnTk9ERS1FRDQ0OCcpXG4gICAgICAgICAgICAgICAgdGhyb3cgdW51c2FibGUoJ05PREUtRUQyNTUxOSBvciBOT0RFLUVENDQ4Jyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlIGlzQ2xvdWRmbGFyZVdvcmtlcnMoKSAmJiAnRWREU0EnOiB7XG4gICAgICAgICAgICBpZiAoIWlzQWxnb3JpdGhtKGtleS5hbGdvcml0aG0sICdOT0RFLUVEMjU1MTknKSlcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZSgnTk9ERS1FRDI1NTE5Jyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlICdFUzI1Nic6XG4gICAgICAgIGNhc2UgJ0VTMzg0JzpcbiAgICAgICAgY2FzZSAnRVM1MTInOiB7XG4gICAgICAgICAgICBpZiAoIWlzQWxnb3JpdGhtKGtleS5hbGdvcml0aG0sICdFQ0RTQScpKVxuICAgICAgICAgICAgICAgIHRocm93IHVudXNhYmxlKCdFQ0RTQScpO1xuICAgICAgICAgICAgY29uc3QgZXhwZWN0ZWQgPSBnZXROYW1lZEN1cnZlKGFsZyk7XG4gICAgICAgICAgICBjb25zdCBhY3R1YWwgPSBrZXkuYWxnb3JpdGhtLm5hbWVkQ3VydmU7XG4gICAgICAgICAgICBpZiAoYWN0dWFsICE9PSBleHBlY3RlZClcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZShleHBlY3RlZCwgJ2FsZ29yaXRobS5uYW1lZEN1cnZlJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBkZWZhdWx0OlxuICAgICAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignQ3J5cHRvS2V5IGRvZXMgbm90IHN1cHBvcnQgdGhpcyBvcGVyYXRpb24nKTtcbiAgICB9XG4gICAgY2hlY2tVc2FnZShrZXksIHVzYWdlcyk7XG59XG5leHBvcnQgZnVuY3Rpb24gY2hlY2tFbmNDcnlwdG9LZXkoa2V5LCBhbGcsIC4uLnVzYWdlcykge1xuICAgIHN3aXRjaCAoYWxnKSB7XG4gICAgICAgIGNhc2UgJ0ExMjhHQ00nOlxuICAgICAgICBjYXNlICdBMTkyR0NNJzpcbiAgICAgICAgY2FzZSAnQTI1NkdDTSc6IHtcbiAgICAgICAgICAgIGlmICghaXNBbGdvcml0aG0oa2V5LmFsZ29yaXRobSwgJ0FFUy1HQ00nKSlcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZSgnQUVTLUdDTScpO1xuICAgICAgICAgICAgY29uc3QgZXhwZWN0ZWQgPSBwYXJzZUludChhbGcuc2xpY2UoMSwgNCksIDEwKTtcbiAgICAgICAgICAgIGNvbnN0IGFjdHVhbCA9IGtleS5hbGdvcml0aG0ubGVuZ3RoO1xuICAgICAgICAgICAgaWYgKGFjdHVhbCAhPT0gZXhwZWN0ZWQpXG4gICAgICAgICAgICAgICAgdGhyb3cgdW51c2FibGUoZXhwZWN0ZWQsICdhbGdvcml0aG0ubGVuZ3RoJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlICdBMTI4S1cnOlxuICAgICAgICBjYXNlICdBMTkyS1cnOlxuICAgICAgICBjYXNlICdBMjU2S1cnOiB7XG4gICAgICAgICAgICBpZiAoIWlzQWxnb3JpdGhtKGtleS5hbGdvcml0aG0sICdBRVMtS1cnKSlcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZSgnQUVTLUtXJyk7XG4gICAgICAgICAgICBjb25zdCBleHBlY3RlZCA9IHBhcnNlSW50KGFsZy5zbGljZSgxLCA0KSwgMTApO1xuICAgICAgICAgICAgY29uc3QgYWN0dWFsID0ga2V5LmFsZ29yaXRobS5sZW5ndGg7XG4gICAgICAgICAgICBpZiAoYWN0dWFsICE9PSBleHBlY3RlZClcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZShleHBlY3RlZCwgJ2FsZ29yaXRobS5sZW5ndGgnKTtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICB9XG4gICAgICAgIGNhc2UgJ0VDREgtRVMnOlxuICAgICAgICAgICAgaWYgKCFpc0FsZ29yaXRobShrZXkuYWxnb3JpdGhtLCAnRUNESCcpKVxuICAgICAgICAgICAgICAgIHRocm93IHVudXNhYmxlKCdFQ0RIJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgY2FzZSAnUEJFUzItSFMyNTYrQTEyOEtXJzpcbiAgICAgICAgY2FzZSAnUEJFUzItSFMzODQrQTE5MktXJzpcbiAgICAgICAgY2FzZSAnUEJFUzItSFM1MTIrQTI1NktXJzpcbiAgICAgICAgICAgIGlmICghaXNBbGdvcml0aG0oa2V5LmFsZ29yaXRobSwgJ1BCS0RGMicpKVxuICAgICAgICAgICAgICAgIHRocm93IHVudXNhYmxlKCdQQktERjInKTtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICBjYXNlICdSU0EtT0FFUCc6XG4gICAgICAgIGNhc2UgJ1JTQS1PQUVQLTI1Nic6XG4gICAgICAgIGNhc2UgJ1JTQS1PQUVQLTM4NCc6XG4gICAgICAgIGNhc2UgJ1JTQS1PQUVQLTUxMic6IHtcbiAgICAgICAgICAgIGlmICghaXNBbGdvcml0aG0oa2V5LmFsZ29yaXRobSwgJ1JTQS1PQUVQJykpXG4gICAgICAgICAgICAgICAgdGhyb3cgdW51c2FibGUoJ1JTQS1PQUVQJyk7XG4gICAgICAgICAgICBjb25zdCBleHBlY3RlZCA9IHBhcnNlSW50KGFsZy5zbGljZSg5KSwgMTApIHx8IDE7XG4gICAgICAgICAgICBjb25zdCBhY3R1YWwgPSBnZXRIYXNoTGVuZ3RoKGtleS5hbGdvcml0aG0uaGFzaCk7XG4gICAgICAgICAgICBpZiAoYWN0dWFsICE9PSBleHBlY3RlZClcbiAgICAgICAgICAgICAgICB0aHJvdyB1bnVzYWJsZShgU0hBLSR7ZXhwZWN0ZWR9YCwgJ2FsZ29yaXRobS5oYXNoJyk7XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBkZWZhdWx0OlxuICAgICAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignQ3J5cHRvS2V5IGRvZXMgbm90IHN1cHBvcnQgdGhpcyBvcGVyYXRpb24nKTtcbiAgICB9XG4gICAgY2hlY2tVc2FnZShrZXksIHVzYWdlcyk7XG59XG4iLCAiZXhwb3J0IGRlZmF1bHQgKGFjdHVhbCwgLi4udHlwZXMpID0+IHtcbiAgICBsZXQgbXNnID0gJ0tleSBtdXN0IGJlICc7XG4gICAgaWYgKHR5cGVzLmxlbmd0aCA+IDIpIHtcbiAgICAgICAgY29uc3QgbGFzdCA9IHR5cGVzLnBvcCgpO1xuICAgICAgICBtc2cgKz0gYG9uZSBvZiB0eXBlICR7dHlwZXMuam9pbignLCAnKX0sIG9yICR7bGFzdH0uYDtcbiAgICB9XG4gICAgZWxzZSBpZiAodHlwZXMubGVuZ3RoID09PSAyKSB7XG4gICAgICAgIG1zZyArPSBgb25lIG9mIHR5cGUgJHt0eXBlc1swXX0gb3IgJHt0eXBlc1sxXX0uYDtcbiAgICB9XG4gICAgZWxzZSB7XG4gICAgICAgIG1zZyArPSBgb2YgdHlwZSAke3R5cGVzWzBdfS5gO1xuICAgIH1cbiAgICBpZiAoYWN0dWFsID09IG51bGwpIHtcbiAgICAgICAgbXNnICs9IGAgUmVjZWl2ZWQgJHthY3R1YWx9YDtcbiAgICB9XG4gICAgZWxzZSBpZiAodHlwZW9mIGFjdHVhbCA9PT0gJ2Z1bmN0aW9uJyAmJiBhY3R1YWwubmFtZSkge1xuICAgICAgICBtc2cgKz0gYCBSZWNlaXZlZCBmdW5jdGlvbiAke2FjdHVhbC5uYW1lfWA7XG4gICAgfVxuICAgIGVsc2UgaWYgKHR5cGVvZiBhY3R1YWwgPT09ICdvYmplY3QnICYmIGFjdHVhbCAhPSBudWxsKSB7XG4gICAgICAgIGlmIChhY3R1YWwuY29uc3RydWN0b3IgJiYgYWN0dWFsLmNvbnN0cnVjdG9yLm5hbWUpIHtcbiAgICAgICAgICAgIG1zZyArPSBgIFJlY2VpdmVkIGFuIGluc3RhbmNlIG9mICR7YWN0dWFsLmNvbnN0cnVjdG9yLm5hbWV9YDtcbiAgICAgICAgfVxuICAgIH1cbiAgICByZXR1cm4gbXNnO1xufTtcbiIsICJpbXBvcnQgeyBpc0NyeXB0b0tleSB9IGZyb20gJy4vd2ViY3J5cHRvLmpzJztcbmV4cG9ydCBkZWZhdWx0IChrZXkpID0+IHtcbiAgICByZXR1cm4gaXNDcnlwdG9LZXkoa2V5KTtcbn07XG5leHBvcnQgY29uc3QgdHlwZXMgPSBbJ0NyeXB0b0tleSddO1xuIiwgImNvbnN0IGlzRGlzam9pbnQgPSAoLi4uaGVhZGVycykgPT4ge1xuICAgIGNvbnN0IHNvdXJjZXMgPSBoZWFkZXJzLmZpbHRlcihCb29sZWFuKTtcbiAgICBpZiAoc291cmNlcy5sZW5ndGggPT09IDAgfHwgc291cmNlcy5sZW5ndGggPT09IDEpIHtcbiAgICAgICAgcmV0dXJuIHRydWU7XG4gICAgfVxuICAgIGxldCBhY2M7XG4gICAgZm9yIChjb25zdCBoZWFkZXIgb2Ygc291cmNlcykge1xuICAgICAgICBjb25zdCBwYXJhbWV0ZXJzID0gT2JqZWN0LmtleXMoaGVhZGVyKTtcbiAgICAgICAgaWYgKCFhY2MgfHwgYWNjLnNpemUgPT09IDApIHtcbiAgICAgICAgICAgIGFjYyA9IG5ldyBTZXQocGFyYW1ldGVycyk7XG4gICAgICAgICAgICBjb250aW51ZTtcbiAgICAgICAgfVxuICAgICAgICBmb3IgKGNvbnN0IHBhcmFtZXRlciBvZiBwYXJhbWV0ZXJzKSB7XG4gICAgICAgICAgICBpZiAoYWNjLmhhcyhwYXJhbWV0ZXIpKSB7XG4gICAgICAgICAgICAgICAgcmV0dXJuIGZhbHNlO1xuICAgICAgICAgICAgfVxuICAgICAgICAgICAgYWNjLmFkZChwYXJhbWV0ZXIpO1xuICAgICAgICB9XG4gICAgfVxuICAgIHJldHVybiB0cnVlO1xufTtcbmV4cG9ydCBkZWZhdWx0IGlzRGlzam9pbnQ7XG4iLCAiZnVuY3Rpb24gaXNPYmplY3RMaWtlKHZhbHVlKSB7XG4gICAgcmV0dXJuIHR5cGVvZiB2YWx1ZSA9PT0gJ29iamVjdCcgJiYgdmFsdWUgIT09IG51bGw7XG59XG5leHBvcnQgZGVmYXVsdCBmdW5jdGlvbiBpc09iamVjdChpbnB1dCkge1xuICAgIGlmICghaXNPYmplY3RMaWtlKGlucHV0KSB8fCBPYmplY3QucHJvdG90eXBlLnRvU3RyaW5nLmNhbGwoaW5wdXQpICE9PSAnW29iamVjdCBPYmplY3RdJykge1xuICAgICAgICByZXR1cm4gZmFsc2U7XG4gICAgfVxuICAgIGlmIChPYmplY3QuZ2V0UHJvdG90eXBlT2YoaW5wdXQpID09PSBudWxsKSB7XG4gICAgICAgIHJldHVybiB0cnVlO1xuICAgIH1cbiAgICBsZXQgcHJvdG8gPSBpbnB1dDtcbiAgICB3aGlsZSAoT2JqZWN0LmdldFByb3RvdHlwZU9mKHByb3RvKSAhPT0gbnVsbCkge1xuICAgICAgICBwcm90byA9IE9iamVjdC5nZXRQcm90b3R5cGVPZihwcm90byk7XG4gICAgfVxuICAgIHJldHVybiBPYmplY3QuZ2V0UHJvdG90eXBlT2YoaW5wdXQpID09PSBwcm90bztcbn1cbiIsICJleHBvcnQgZGVmYXVsdCAoYWxnLCBrZXkpID0+IHtcbiAgICBpZiAoYWxnLnN0YXJ0c1dpdGgoJ1JTJykgfHwgYWxnLnN0YXJ0c1dpdGgoJ1BTJykpIHtcbiAgICAgICAgY29uc3QgeyBtb2R1bHVzTGVuZ3RoIH0gPSBrZXkuYWxnb3JpdGhtO1xuICAgICAgICBpZiAodHlwZW9mIG1vZHVsdXNMZW5ndGggIT09ICdudW1iZXInIHx8IG1vZHVsdXNMZW5ndGggPCAyMDQ4KSB7XG4gICAgICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGAke2FsZ30gcmVxdWlyZXMga2V5IG1vZHVsdXNMZW5ndGggdG8gYmUgMjA0OCBiaXRzIG9yIGxhcmdlcmApO1xuICAgICAgICB9XG4gICAgfVxufTtcbiIsICJpbXBvcnQgeyBpc0Nsb3VkZmxhcmVXb3JrZXJzLCBpc05vZGVKcyB9IGZyb20gJy4vZW52LmpzJztcbmltcG9ydCBjcnlwdG8gZnJvbSAnLi93ZWJjcnlwdG8uanMnO1xuaW1wb3J0IHsgSk9TRU5vdFN1cHBvcnRlZCB9IGZyb20gJy4uL3V0aWwvZXJyb3JzLmpzJztcbmltcG9ydCB7IGRlY29kZSBhcyBiYXNlNjR1cmwgfSBmcm9tICcuL2Jhc2U2NHVybC5qcyc7XG5mdW5jdGlvbiBzdWJ0bGVNYXBwaW5nKGp3aykge1xuICAgIGxldCBhbGdvcml0aG07XG4gICAgbGV0IGtleVVzYWdlcztcbiAgICBzd2l0Y2ggKGp3ay5rdHkpIHtcbiAgICAgICAgY2FzZSAnb2N0Jzoge1xuICAgICAgICAgICAgc3dpdGNoIChqd2suYWxnKSB7XG4gICAgICAgICAgICAgICAgY2FzZSAnSFMyNTYnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ0hTMzg0JzpcbiAgICAgICAgICAgICAgICBjYXNlICdIUzUxMic6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ0hNQUMnLCBoYXNoOiBgU0hBLSR7andrLmFsZy5zbGljZSgtMyl9YCB9O1xuICAgICAgICAgICAgICAgICAgICBrZXlVc2FnZXMgPSBbJ3NpZ24nLCAndmVyaWZ5J107XG4gICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgIGNhc2UgJ0ExMjhDQkMtSFMyNTYnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ0ExOTJDQkMtSFMzODQnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ0EyNTZDQkMtSFM1MTInOlxuICAgICAgICAgICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZChgJHtqd2suYWxnfSBrZXlzIGNhbm5vdCBiZSBpbXBvcnRlZCBhcyBDcnlwdG9LZXkgaW5zdGFuY2VzYCk7XG4gICAgICAgICAgICAgICAgY2FzZSAnQTEyOEdDTSc6XG4gICAgICAgICAgICAgICAgY2FzZSAnQTE5MkdDTSc6XG4gICAgICAgICAgICAgICAgY2FzZSAnQTI1NkdDTSc6XG4gICAgICAgICAgICAgICAgY2FzZSAnQTEyOEdDTUtXJzpcbiAgICAgICAgICAgICAgICBjYXNlICdBMTkyR0NNS1cnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ0EyNTZHQ01LVyc6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ0FFUy1HQ00nIH07XG4gICAgICAgICAgICAgICAgICAgIGtleVVzYWdlcyA9IFsnZW5jcnlwdCcsICdkZWNyeXB0J107XG4gICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgIGNhc2UgJ0ExMjhLVyc6XG4gICAgICAgICAgICAgICAgY2FzZSAnQTE5MktXJzpcbiAgICAgICAgICAgICAgICBjYXNlICdBMjU2S1cnOlxuICAgICAgICAgICAgICAgICAgICBhbGdvcml0aG0gPSB7IG5hbWU6ICdBRVMtS1cnIH07XG4gICAgICAgICAgICAgICAgICAgIGtleVVzYWdlcyA9IFsnd3JhcEtleScsICd1bndyYXBLZXknXTtcbiAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgY2FzZSAnUEJFUzItSFMyNTYrQTEyOEtXJzpcbiAgICAgICAgICAgICAgICBjYXNlICdQQkVTMi1IUzM4NCtBMTkyS1cnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ1BCRVMyLUhTNTEyK0EyNTZLVyc6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ1BCS0RGMicgfTtcbiAgICAgICAgICAgICAgICAgICAga2V5VXNhZ2VzID0gWydkZXJpdmVCaXRzJ107XG4gICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICAgICAgICAgIHRocm93IG5ldyBKT1NFTm90U3VwcG9ydGVkKCdJbnZhbGlkIG9yIHVuc3VwcG9ydGVkIEpXSyBcImFsZ1wiIChBbGdvcml0aG0pIFBhcmFtZXRlciB2YWx1ZScpO1xuICAgICAgICAgICAgfVxuICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgIH1cbiAgICAgICAgY2FzZSAnUlNBJzoge1xuICAgICAgICAgICAgc3dpdGNoIChqd2suYWxnKSB7XG4gICAgICAgICAgICAgICAgY2FzZSAnUFMyNTYnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ1BTMzg0JzpcbiAgICAgICAgICAgICAgICBjYXNlICdQUzUxMic6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ1JTQS1QU1MnLCBoYXNoOiBgU0hBLSR7andrLmFsZy5zbGljZSgtMyl9YCB9O1xuICAgICAgICAgICAgICAgICAgICBrZXlVc2FnZXMgPSBqd2suZCA/IFsnc2lnbiddIDogWyd2ZXJpZnknXTtcbiAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgY2FzZSAnUlMyNTYnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ1JTMzg0JzpcbiAgICAgICAgICAgICAgICBjYXNlICdSUzUxMic6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ1JTQVNTQS1QS0NTMS12MV81JywgaGFzaDogYFNIQS0ke2p3ay5hbGcuc2xpY2UoLTMpfWAgfTtcbiAgICAgICAgICAgICAgICAgICAga2V5VXNhZ2VzID0gandrLmQgPyBbJ3NpZ24nXSA6IFsndmVyaWZ5J107XG4gICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgIGNhc2UgJ1JTQS1PQUVQJzpcbiAgICAgICAgICAgICAgICBjYXNlICdSU0EtT0FFUC0yNTYnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ1JTQS1PQUVQLTM4NCc6XG4gICAgICAgICAgICAgICAgY2FzZSAnUlNBLU9BRVAtNTEyJzpcbiAgICAgICAgICAgICAgICAgICAgYWxnb3JpdGhtID0ge1xuICAgICAgICAgICAgICAgICAgICAgICAgbmFtZTogJ1JTQS1PQUVQJyxcbiAgICAgICAgICAgICAgICAgICAgICAgIGhhc2g6IGBTSEEtJHtwYXJzZUludChqd2suYWxnLnNsaWNlKC0zKSwgMTApIHx8IDF9YCxcbiAgICAgICAgICAgICAgICAgICAgfTtcbiAgICAgICAgICAgICAgICAgICAga2V5VXNhZ2VzID0gandrLmQgPyBbJ2RlY3J5cHQnLCAndW53cmFwS2V5J10gOiBbJ2VuY3J5cHQnLCAnd3JhcEtleSddO1xuICAgICAgICAgICAgICAgICAgICBicmVhaztcbiAgICAgICAgICAgICAgICBkZWZhdWx0OlxuICAgICAgICAgICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZCgnSW52YWxpZCBvciB1bnN1cHBvcnRlZCBKV0sgXCJhbGdcIiAoQWxnb3JpdGhtKSBQYXJhbWV0ZXIgdmFsdWUnKTtcbiAgICAgICAgICAgIH1cbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICB9XG4gICAgICAgIGNhc2UgJ0VDJzoge1xuICAgICAgICAgICAgc3dpdGNoIChqd2suYWxnKSB7XG4gICAgICAgICAgICAgICAgY2FzZSAnRVMyNTYnOlxuICAgICAgICAgICAgICAgICAgICBhbGdvcml0aG0gPSB7IG5hbWU6ICdFQ0RTQScsIG5hbWVkQ3VydmU6ICdQLTI1NicgfTtcbiAgICAgICAgICAgICAgICAgICAga2V5VXNhZ2VzID0gandrLmQgPyBbJ3NpZ24nXSA6IFsndmVyaWZ5J107XG4gICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgIGNhc2UgJ0VTMzg0JzpcbiAgICAgICAgICAgICAgICAgICAgYWxnb3JpdGhtID0geyBuYW1lOiAnRUNEU0EnLCBuYW1lZEN1cnZlOiAnUC0zODQnIH07XG4gICAgICAgICAgICAgICAgICAgIGtleVVzYWdlcyA9IGp3ay5kID8gWydzaWduJ10gOiBbJ3ZlcmlmeSddO1xuICAgICAgICAgICAgICAgICAgICBicmVhaztcbiAgICAgICAgICAgICAgICBjYXNlICdFUzUxMic6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ0VDRFNBJywgbmFtZWRDdXJ2ZTogJ1AtNTIxJyB9O1xuICAgICAgICAgICAgICAgICAgICBrZXlVc2FnZXMgPSBqd2suZCA/IFsnc2lnbiddIDogWyd2ZXJpZnknXTtcbiAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgY2FzZSAnRUNESC1FUyc6XG4gICAgICAgICAgICAgICAgY2FzZSAnRUNESC1FUytBMTI4S1cnOlxuICAgICAgICAgICAgICAgIGNhc2UgJ0VDREgtRVMrQTE5MktXJzpcbiAgICAgICAgICAgICAgICBjYXNlICdFQ0RILUVTK0EyNTZLVyc6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ0VDREgnLCBuYW1lZEN1cnZlOiBqd2suY3J2IH07XG4gICAgICAgICAgICAgICAgICAgIGtleVVzYWdlcyA9IGp3ay5kID8gWydkZXJpdmVCaXRzJ10gOiBbXTtcbiAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgZGVmYXVsdDpcbiAgICAgICAgICAgICAgICAgICAgdGhyb3cgbmV3IEpPU0VOb3RTdXBwb3J0ZWQoJ0ludmFsaWQgb3IgdW5zdXBwb3J0ZWQgSldLIFwiYWxnXCIgKEFsZ29yaXRobSkgUGFyYW1ldGVyIHZhbHVlJyk7XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICBicmVhaztcbiAgICAgICAgfVxuICAgICAgICBjYXNlIChpc0Nsb3VkZmxhcmVXb3JrZXJzKCkgfHwgaXNOb2RlSnMoKSkgJiYgJ09LUCc6XG4gICAgICAgICAgICBpZiAoandrLmFsZyAhPT0gJ0VkRFNBJykge1xuICAgICAgICAgICAgICAgIHRocm93IG5ldyBKT1NFTm90U3VwcG9ydGVkKCdJbnZhbGlkIG9yIHVuc3VwcG9ydGVkIEpXSyBcImFsZ1wiIChBbGdvcml0aG0pIFBhcmFtZXRlciB2YWx1ZScpO1xuICAgICAgICAgICAgfVxuICAgICAgICAgICAgc3dpdGNoIChqd2suY3J2KSB7XG4gICAgICAgICAgICAgICAgY2FzZSAnRWQyNTUxOSc6XG4gICAgICAgICAgICAgICAgICAgIGFsZ29yaXRobSA9IHsgbmFtZTogJ05PREUtRUQyNTUxOScsIG5hbWVkQ3VydmU6ICdOT0RFLUVEMjU1MTknIH07XG4gICAgICAgICAgICAgICAgICAgIGtleVVzYWdlcyA9IGp3ay5kID8gWydzaWduJ10gOiBbJ3ZlcmlmeSddO1xuICAgICAgICAgICAgICAgICAgICBicmVhaztcbiAgICAgICAgICAgICAgICBjYXNlIGlzTm9kZUpzKCkgJiYgJ0VkNDQ4JzpcbiAgICAgICAgICAgICAgICAgICAgYWxnb3JpdGhtID0geyBuYW1lOiAnTk9ERS1FRDQ0OCcsIG5hbWVkQ3VydmU6ICdOT0RFLUVENDQ4JyB9O1xuICAgICAgICAgICAgICAgICAgICBrZXlVc2FnZXMgPSBqd2suZCA/IFsnc2lnbiddIDogWyd2ZXJpZnknXTtcbiAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgZGVmYXVsdDpcbiAgICAgICAgICAgICAgICAgICAgdGhyb3cgbmV3IEpPU0VOb3RTdXBwb3J0ZWQoJ0ludmFsaWQgb3IgdW5zdXBwb3J0ZWQgSldLIFwiY3J2XCIgKFN1YnR5cGUgb2YgS2V5IFBhaXIpIFBhcmFtZXRlciB2YWx1ZScpO1xuICAgICAgICAgICAgfVxuICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZCgnSW52YWxpZCBvciB1bnN1cHBvcnRlZCBKV0sgXCJrdHlcIiAoS2V5IFR5cGUpIFBhcmFtZXRlciB2YWx1ZScpO1xuICAgIH1cbiAgICByZXR1cm4geyBhbGdvcml0aG0sIGtleVVzYWdlcyB9O1xufVxuY29uc3QgcGFyc2UgPSBhc3luYyAoandrKSA9PiB7XG4gICAgdmFyIF9hLCBfYjtcbiAgICBjb25zdCB7IGFsZ29yaXRobSwga2V5VXNhZ2VzIH0gPSBzdWJ0bGVNYXBwaW5nKGp3ayk7XG4gICAgY29uc3QgcmVzdCA9IFtcbiAgICAgICAgYWxnb3JpdGhtLFxuICAgICAgICAoX2EgPSBqd2suZXh0KSAhPT0gbnVsbCAmJiBfYSAhPT0gdm9pZCAwID8gX2EgOiBmYWxzZSxcbiAgICAgICAgKF9iID0gandrLmtleV9vcHMpICE9PSBudWxsICYmIF9iICE9PSB2b2lkIDAgPyBfYiA6IGtleVVzYWdlcyxcbiAgICBdO1xuICAgIGlmIChhbGdvcml0aG0ubmFtZSA9PT0gJ1BCS0RGMicpIHtcbiAgICAgICAgcmV0dXJuIGNyeXB0by5zdWJ0bGUuaW1wb3J0S2V5KCdyYXcnLCBiYXNlNjR1cmwoandrLmspLCAuLi5yZXN0KTtcbiAgICB9XG4gICAgY29uc3Qga2V5RGF0YSA9IHsgLi4uandrIH07XG4gICAgZGVsZXRlIGtleURhdGEuYWxnO1xuICAgIHJldHVybiBjcnlwdG8uc3VidGxlLmltcG9ydEtleSgnandrJywga2V5RGF0YSwgLi4ucmVzdCk7XG59O1xuZXhwb3J0IGRlZmF1bHQgcGFyc2U7XG4iLCAiaW1wb3J0IHsgZGVjb2RlIGFzIGRlY29kZUJhc2U2NFVSTCwgZW5jb2RlQmFzZTY0LCBkZWNvZGVCYXNlNjQgfSBmcm9tICcuLi9ydW50aW1lL2Jhc2U2NHVybC5qcyc7XG5pbXBvcnQgeyBmcm9tU1BLSSBhcyBpbXBvcnRQdWJsaWMgfSBmcm9tICcuLi9ydW50aW1lL2FzbjEuanMnO1xuaW1wb3J0IHsgZnJvbVBLQ1M4IGFzIGltcG9ydFByaXZhdGUgfSBmcm9tICcuLi9ydW50aW1lL2FzbjEuanMnO1xuaW1wb3J0IGFzS2V5T2JqZWN0IGZyb20gJy4uL3J1bnRpbWUvandrX3RvX2tleS5qcyc7XG5pbXBvcnQgeyBKT1NFTm90U3VwcG9ydGVkIH0gZnJvbSAnLi4vdXRpbC9lcnJvcnMuanMnO1xuaW1wb3J0IGZvcm1hdFBFTSBmcm9tICcuLi9saWIvZm9ybWF0X3BlbS5qcyc7XG5pbXBvcnQgaXNPYmplY3QgZnJvbSAnLi4vbGliL2lzX29iamVjdC5qcyc7XG5mdW5jdGlvbiBnZXRFbGVtZW50KHNlcSkge1xuICAgIGxldCByZXN1bHQgPSBbXTtcbiAgICBsZXQgbmV4dCA9IDA7XG4gICAgd2hpbGUgKG5leHQgPCBzZXEubGVuZ3RoKSB7XG4gICAgICAgIGxldCBuZXh0UGFydCA9IHBhcnNlRWxlbWVudChzZXEuc3ViYXJyYXkobmV4dCkpO1xuICAgICAgICByZXN1bHQucHVzaChuZXh0UGFydCk7XG4gICAgICAgIG5leHQgKz0gbmV4dFBhcnQuYnl0ZUxlbmd0aDtcbiAgICB9XG4gICAgcmV0dXJuIHJlc3VsdDtcbn1cbmZ1bmN0aW9uIHBhcnNlRWxlbWVudChieXRlcykge1xuICAgIGxldCBwb3NpdGlvbiA9IDA7XG4gICAgbGV0IHRhZyA9IGJ5dGVzWzBdICYgMHgxZjtcbiAgICBwb3NpdGlvbisrO1xuICAgIGlmICh0YWcgPT09IDB4MWYpIHtcbiAgICAgICAgdGFnID0gMDtcbiAgICAgICAgd2hpbGUgKGJ5dGVzW3Bvc2l0aW9uXSA+PSAweDgwKSB7XG4gICAgICAgICAgICB0YWcgPSB0YWcgKiAxMjggKyBieXRlc1twb3NpdGlvbl0gLSAweDgwO1xuICAgICAgICAgICAgcG9zaXRpb24rKztcbiAgICAgICAgfVxuICAgICAgICB0YWcgPSB0YWcgKiAxMjggKyBieXRlc1twb3NpdGlvbl0gLSAweDgwO1xuICAgICAgICBwb3NpdGlvbisrO1xuICAgIH1cbiAgICBsZXQgbGVuZ3RoID0gMDtcbiAgICBpZiAoYnl0ZXNbcG9zaXRpb25dIDwgMHg4MCkge1xuICAgICAgICBsZW5ndGggPSBieXRlc1twb3NpdGlvbl07XG4gICAgICAgIHBvc2l0aW9uKys7XG4gICAgfVxuICAgIGVsc2Uge1xuICAgICAgICBsZXQgbnVtYmVyT2ZEaWdpdHMgPSBieXRlc1twb3NpdGlvbl0gJiAweDdmO1xuICAgICAgICBwb3NpdGlvbisrO1xuICAgICAgICBsZW5ndGggPSAwO1xuICAgICAgICBmb3IgKGxldCBpID0gMDsgaSA8IG51bWJlck9mRGlnaXRzOyBpKyspIHtcbiAgICAgICAgICAgIGxlbmd0aCA9IGxlbmd0aCAqIDI1NiArIGJ5dGVzW3Bvc2l0aW9uXTtcbiAgICAgICAgICAgIHBvc2l0aW9uKys7XG4gICAgICAgIH1cbiAgICB9XG4gICAgaWYgKGxlbmd0aCA9PT0gMHg4MCkge1xuICAgICAgICBsZW5ndGggPSAwO1xuICAgICAgICB3aGlsZSAoYnl0ZXNbcG9zaXRpb24gKyBsZW5ndGhdICE9PSAwIHx8IGJ5dGVzW3Bvc2l0aW9uICsgbGVuZ3RoICsgMV0gIT09IDApIHtcbiAgICAgICAgICAgIGxlbmd0aCsrO1xuICAgICAgICB9XG4gICAgICAgIGNvbnN0IGJ5dGVMZW5ndGggPSBwb3NpdGlvbiArIGxlbmd0aCArIDI7XG4gICAgICAgIHJldHVybiB7XG4gICAgICAgICAgICBieXRlTGVuZ3RoLFxuICAgICAgICAgICAgY29udGVudHM6IGJ5dGVzLnN1YmFycmF5KHBvc2l0aW9uLCBwb3NpdGlvbiArIGxlbmd0aCksXG4gICAgICAgICAgICByYXc6IGJ5dGVzLnN1YmFycmF5KDAsIGJ5dGVMZW5ndGgpLFxuICAgICAgICB9O1xuICAgIH1cbiAgICBjb25zdCBieXRlTGVuZ3RoID0gcG9zaXRpb24gKyBsZW5ndGg7XG4gICAgcmV0dXJuIHtcbiAgICAgICAgYnl0ZUxlbmd0aCxcbiAgICAgICAgY29udGVudHM6IGJ5dGVzLnN1YmFycmF5KHBvc2l0aW9uLCBieXRlTGVuZ3RoKSxcbiAgICAgICAgcmF3OiBieXRlcy5zdWJhcnJheSgwLCBieXRlTGVuZ3RoKSxcbiAgICB9O1xufVxuZnVuY3Rpb24gc3BraUZyb21YNTA5KGJ1Zikge1xuICAgIGNvbnN0IHRic0NlcnRpZmljYXRlID0gZ2V0RWxlbWVudChnZXRFbGVtZW50KHBhcnNlRWxlbWVudChidWYpLmNvbnRlbnRzKVswXS5jb250ZW50cyk7XG4gICAgcmV0dXJuIGVuY29kZUJhc2U2NCh0YnNDZXJ0aWZpY2F0ZVt0YnNDZXJ0aWZpY2F0ZVswXS5yYXdbMF0gPT09IDB4YTAgPyA2IDogNV0ucmF3KTtcbn1cbmZ1bmN0aW9uIGdldFNQS0koeDUwOSkge1xuICAgIGNvbnN0IHBlbSA9IHg1MDkucmVwbGFjZSgvKD86LS0tLS0oPzpCRUdJTnxFTkQpIENFUlRJRklDQVRFLS0tLS18XFxzKS9nLCAnJyk7XG4gICAgY29uc3QgcmF3ID0gZGVjb2RlQmFzZTY0KHBlbSk7XG4gICAgcmV0dXJuIGZvcm1hdFBFTShzcGtpRnJvbVg1MDkocmF3KSwgJ1BVQkxJQyBLRVknKTtcbn1cbmV4cG9ydCBhc3luYyBmdW5jdGlvbiBpbXBvcnRTUEtJKHNwa2ksIGFsZywgb3B0aW9ucykge1xuICAgIGlmICh0eXBlb2Ygc3BraSAhPT0gJ3N0cmluZycgfHwgc3BraS5pbmRleE9mKCctLS0tLUJFR0lOIFBVQkxJQyBLRVktLS0tLScpICE9PSAwKSB7XG4gICAgICAgIHRocm93IG5ldyBUeXBlRXJyb3IoJ1wic3BraVwiIG11c3QgYmUgU1BLSSBmb3JtYXR0ZWQgc3RyaW5nJyk7XG4gICAgfVxuICAgIHJldHVybiBpbXBvcnRQdWJsaWMoc3BraSwgYWxnLCBvcHRpb25zKTtcbn1cbmV4cG9ydCBhc3luYyBmdW5jdGlvbiBpbXBvcnRYNTA5KHg1MDksIGFsZywgb3B0aW9ucykge1xuICAgIGlmICh0eXBlb2YgeDUwOSAhPT0gJ3N0cmluZycgfHwgeDUwOS5pbmRleE9mKCctLS0tLUJFR0lOIENFUlRJRklDQVRFLS0tLS0nKSAhPT0gMCkge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKCdcIng1MDlcIiBtdXN0IGJlIFguNTA5IGZvcm1hdHRlZCBzdHJpbmcnKTtcbiAgICB9XG4gICAgY29uc3Qgc3BraSA9IGdldFNQS0koeDUwOSk7XG4gICAgcmV0dXJuIGltcG9ydFB1YmxpYyhzcGtpLCBhbGcsIG9wdGlvbnMpO1xufVxuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGltcG9ydFBLQ1M4KHBrY3M4LCBhbGcsIG9wdGlvbnMpIHtcbiAgICBpZiAodHlwZW9mIHBrY3M4ICE9PSAnc3RyaW5nJyB8fCBwa2NzOC5pbmRleE9mKCctLS0tLUJFR0lOIFBSSVZBVEUgS0VZLS0tLS0nKSAhPT0gMCkge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKCdcInBrY3M4XCIgbXVzdCBiZSBQQ0tTOCBmb3JtYXR0ZWQgc3RyaW5nJyk7XG4gICAgfVxuICAgIHJldHVybiBpbXBvcnRQcml2YXRlKHBrY3M4LCBhbGcsIG9wdGlvbnMpO1xufVxuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGltcG9ydEpXSyhqd2ssIGFsZywgb2N0QXNLZXlPYmplY3QpIHtcbiAgICBpZiAoIWlzT2JqZWN0KGp3aykpIHtcbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignSldLIG11c3QgYmUgYW4gb2JqZWN0Jyk7XG4gICAgfVxuICAgIGFsZyB8fCAoYWxnID0gandrLmFsZyk7XG4gICAgaWYgKHR5cGVvZiBhbGcgIT09ICdzdHJpbmcnIHx8ICFhbGcpIHtcbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignXCJhbGdcIiBhcmd1bWVudCBpcyByZXF1aXJlZCB3aGVuIFwiandrLmFsZ1wiIGlzIG5vdCBwcmVzZW50Jyk7XG4gICAgfVxuICAgIHN3aXRjaCAoandrLmt0eSkge1xuICAgICAgICBjYXNlICdvY3QnOlxuICAgICAgICAgICAgaWYgKHR5cGVvZiBqd2suayAhPT0gJ3N0cmluZycgfHwgIWp3ay5rKSB7XG4gICAgICAgICAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignbWlzc2luZyBcImtcIiAoS2V5IFZhbHVlKSBQYXJhbWV0ZXIgdmFsdWUnKTtcbiAgICAgICAgICAgIH1cbiAgICAgICAgICAgIG9jdEFzS2V5T2JqZWN0ICE9PSBudWxsICYmIG9jdEFzS2V5T2JqZWN0ICE9PSB2b2lkIDAgPyBvY3RBc0tleU9iamVjdCA6IChvY3RBc0tleU9iamVjdCA9IGp3ay5leHQgIT09IHRydWUpO1xuICAgICAgICAgICAgaWYgKG9jdEFzS2V5T2JqZWN0KSB7XG4gICAgICAgICAgICAgICAgcmV0dXJuIGFzS2V5T2JqZWN0KHsgLi4uandrLCBhbGcsIGV4dDogZmFsc2UgfSk7XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICByZXR1cm4gZGVjb2RlQmFzZTY0VVJMKGp3ay5rKTtcbiAgICAgICAgY2FzZSAnUlNBJzpcbiAgICAgICAgICAgIGlmIChqd2sub3RoICE9PSB1bmRlZmluZWQpIHtcbiAgICAgICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZCgnUlNBIEpXSyBcIm90aFwiIChPdGhlciBQcmltZXMgSW5mbykgUGFyYW1ldGVyIHZhbHVlIGlzIG5vdCBzdXBwb3J0ZWQnKTtcbiAgICAgICAgICAgIH1cbiAgICAgICAgY2FzZSAnRUMnOlxuICAgICAgICBjYXNlICdPS1AnOlxuICAgICAgICAgICAgcmV0dXJuIGFzS2V5T2JqZWN0KHsgLi4uandrLCBhbGcgfSk7XG4gICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZCgnVW5zdXBwb3J0ZWQgXCJrdHlcIiAoS2V5IFR5cGUpIFBhcmFtZXRlciB2YWx1ZScpO1xuICAgIH1cbn1cbiIsICJpbXBvcnQgaW52YWxpZEtleUlucHV0IGZyb20gJy4vaW52YWxpZF9rZXlfaW5wdXQuanMnO1xuaW1wb3J0IGlzS2V5TGlrZSwgeyB0eXBlcyB9IGZyb20gJy4uL3J1bnRpbWUvaXNfa2V5X2xpa2UuanMnO1xuY29uc3Qgc3ltbWV0cmljVHlwZUNoZWNrID0gKGtleSkgPT4ge1xuICAgIGlmIChrZXkgaW5zdGFuY2VvZiBVaW50OEFycmF5KVxuICAgICAgICByZXR1cm47XG4gICAgaWYgKCFpc0tleUxpa2Uoa2V5KSkge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGludmFsaWRLZXlJbnB1dChrZXksIC4uLnR5cGVzLCAnVWludDhBcnJheScpKTtcbiAgICB9XG4gICAgaWYgKGtleS50eXBlICE9PSAnc2VjcmV0Jykge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGAke3R5cGVzLmpvaW4oJyBvciAnKX0gaW5zdGFuY2VzIGZvciBzeW1tZXRyaWMgYWxnb3JpdGhtcyBtdXN0IGJlIG9mIHR5cGUgXCJzZWNyZXRcImApO1xuICAgIH1cbn07XG5jb25zdCBhc3ltbWV0cmljVHlwZUNoZWNrID0gKGtleSwgdXNhZ2UpID0+IHtcbiAgICBpZiAoIWlzS2V5TGlrZShrZXkpKSB7XG4gICAgICAgIHRocm93IG5ldyBUeXBlRXJyb3IoaW52YWxpZEtleUlucHV0KGtleSwgLi4udHlwZXMpKTtcbiAgICB9XG4gICAgaWYgKGtleS50eXBlID09PSAnc2VjcmV0Jykge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGAke3R5cGVzLmpvaW4oJyBvciAnKX0gaW5zdGFuY2VzIGZvciBhc3ltbWV0cmljIGFsZ29yaXRobXMgbXVzdCBub3QgYmUgb2YgdHlwZSBcInNlY3JldFwiYCk7XG4gICAgfVxuICAgIGlmICh1c2FnZSA9PT0gJ3NpZ24nICYmIGtleS50eXBlID09PSAncHVibGljJykge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGAke3R5cGVzLmpvaW4oJyBvciAnKX0gaW5zdGFuY2VzIGZvciBhc3ltbWV0cmljIGFsZ29yaXRobSBzaWduaW5nIG11c3QgYmUgb2YgdHlwZSBcInByaXZhdGVcImApO1xuICAgIH1cbiAgICBpZiAodXNhZ2UgPT09ICdkZWNyeXB0JyAmJiBrZXkudHlwZSA9PT0gJ3B1YmxpYycpIHtcbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcihgJHt0eXBlcy5qb2luKCcgb3IgJyl9IGluc3RhbmNlcyBmb3IgYXN5bW1ldHJpYyBhbGdvcml0aG0gZGVjcnlwdGlvbiBtdXN0IGJlIG9mIHR5cGUgXCJwcml2YXRlXCJgKTtcbiAgICB9XG4gICAgaWYgKGtleS5hbGdvcml0aG0gJiYgdXNhZ2UgPT09ICd2ZXJpZnknICYmIGtleS50eXBlID09PSAncHJpdmF0ZScpIHtcbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcihgJHt0eXBlcy5qb2luKCcgb3IgJyl9IGluc3RhbmNlcyBmb3IgYXN5bW1ldHJpYyBhbGdvcml0aG0gdmVyaWZ5aW5nIG11c3QgYmUgb2YgdHlwZSBcInB1YmxpY1wiYCk7XG4gICAgfVxuICAgIGlmIChrZXkuYWxnb3JpdGhtICYmIHVzYWdlID09PSAnZW5jcnlwdCcgJiYga2V5LnR5cGUgPT09ICdwcml2YXRlJykge1xuICAgICAgICB0aHJvdyBuZXcgVHlwZUVycm9yKGAke3R5cGVzLmpvaW4oJyBvciAnKX0gaW5zdGFuY2VzIGZvciBhc3ltbWV0cmljIGFsZ29yaXRobSBlbmNyeXB0aW9uIG11c3QgYmUgb2YgdHlwZSBcInB1YmxpY1wiYCk7XG4gICAgfVxufTtcbmNvbnN0IGNoZWNrS2V5VHlwZSA9IChhbGcsIGtleSwgdXNhZ2UpID0+IHtcbiAgICBjb25zdCBzeW1tZXRyaWMgPSBhbGcuc3RhcnRzV2l0aCgnSFMnKSB8fFxuICAgICAgICBhbGcgPT09ICdkaXInIHx8XG4gICAgICAgIGFsZy5zdGFydHNXaXRoKCdQQkVTMicpIHx8XG4gICAgICAgIC9eQVxcZHszfSg/OkdDTSk/S1ckLy50ZXN0KGFsZyk7XG4gICAgaWYgKHN5bW1ldHJpYykge1xuICAgICAgICBzeW1tZXRyaWNUeXBlQ2hlY2soa2V5KTtcbiAgICB9XG4gICAgZWxzZSB7XG4gICAgICAgIGFzeW1tZXRyaWNUeXBlQ2hlY2soa2V5LCB1c2FnZSk7XG4gICAgfVxufTtcbmV4cG9ydCBkZWZhdWx0IGNoZWNrS2V5VHlwZTtcbiIsICJpbXBvcnQgeyBKT1NFTm90U3VwcG9ydGVkIH0gZnJvbSAnLi4vdXRpbC9lcnJvcnMuanMnO1xuZnVuY3Rpb24gdmFsaWRhdGVDcml0KEVyciwgcmVjb2duaXplZERlZmF1bHQsIHJlY29nbml6ZWRPcHRpb24sIHByb3RlY3RlZEhlYWRlciwgam9zZUhlYWRlcikge1xuICAgIGlmIChqb3NlSGVhZGVyLmNyaXQgIT09IHVuZGVmaW5lZCAmJiBwcm90ZWN0ZWRIZWFkZXIuY3JpdCA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHRocm93IG5ldyBFcnIoJ1wiY3JpdFwiIChDcml0aWNhbCkgSGVhZGVyIFBhcmFtZXRlciBNVVNUIGJlIGludGVncml0eSBwcm90ZWN0ZWQnKTtcbiAgICB9XG4gICAgaWYgKCFwcm90ZWN0ZWRIZWFkZXIgfHwgcHJvdGVjdGVkSGVhZGVyLmNyaXQgPT09IHVuZGVmaW5lZCkge1xuICAgICAgICByZXR1cm4gbmV3IFNldCgpO1xuICAgIH1cbiAgICBpZiAoIUFycmF5LmlzQXJyYXkocHJvdGVjdGVkSGVhZGVyLmNyaXQpIHx8XG4gICAgICAgIHByb3RlY3RlZEhlYWRlci5jcml0Lmxlbmd0aCA9PT0gMCB8fFxuICAgICAgICBwcm90ZWN0ZWRIZWFkZXIuY3JpdC5zb21lKChpbnB1dCkgPT4gdHlwZW9mIGlucHV0ICE9PSAnc3RyaW5nJyB8fCBpbnB1dC5sZW5ndGggPT09IDApKSB7XG4gICAgICAgIHRocm93IG5ldyBFcnIoJ1wiY3JpdFwiIChDcml0aWNhbCkgSGVhZGVyIFBhcmFtZXRlciBNVVNUIGJlIGFuIGFycmF5IG9mIG5vbi1lbXB0eSBzdHJpbmdzIHdoZW4gcHJlc2VudCcpO1xuICAgIH1cbiAgICBsZXQgcmVjb2duaXplZDtcbiAgICBpZiAocmVjb2duaXplZE9wdGlvbiAhPT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHJlY29nbml6ZWQgPSBuZXcgTWFwKFsuLi5PYmplY3QuZW50cmllcyhyZWNvZ25pemVkT3B0aW9uKSwgLi4ucmVjb2duaXplZERlZmF1bHQuZW50cmllcygpXSk7XG4gICAgfVxuICAgIGVsc2Uge1xuICAgICAgICByZWNvZ25pemVkID0gcmVjb2duaXplZERlZmF1bHQ7XG4gICAgfVxuICAgIGZvciAoY29uc3QgcGFyYW1ldGVyIG9mIHByb3RlY3RlZEhlYWRlci5jcml0KSB7XG4gICAgICAgIGlmICghcmVjb2duaXplZC5oYXMocGFyYW1ldGVyKSkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEpPU0VOb3RTdXBwb3J0ZWQoYEV4dGVuc2lvbiBIZWFkZXIgUGFyYW1ldGVyIFwiJHtwYXJhbWV0ZXJ9XCIgaXMgbm90IHJlY29nbml6ZWRgKTtcbiAgICAgICAgfVxuICAgICAgICBpZiAoam9zZUhlYWRlcltwYXJhbWV0ZXJdID09PSB1bmRlZmluZWQpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBFcnIoYEV4dGVuc2lvbiBIZWFkZXIgUGFyYW1ldGVyIFwiJHtwYXJhbWV0ZXJ9XCIgaXMgbWlzc2luZ2ApO1xuICAgICAgICB9XG4gICAgICAgIGVsc2UgaWYgKHJlY29nbml6ZWQuZ2V0KHBhcmFtZXRlcikgJiYgcHJvdGVjdGVkSGVhZGVyW3BhcmFtZXRlcl0gPT09IHVuZGVmaW5lZCkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEVycihgRXh0ZW5zaW9uIEhlYWRlciBQYXJhbWV0ZXIgXCIke3BhcmFtZXRlcn1cIiBNVVNUIGJlIGludGVncml0eSBwcm90ZWN0ZWRgKTtcbiAgICAgICAgfVxuICAgIH1cbiAgICByZXR1cm4gbmV3IFNldChwcm90ZWN0ZWRIZWFkZXIuY3JpdCk7XG59XG5leHBvcnQgZGVmYXVsdCB2YWxpZGF0ZUNyaXQ7XG4iLCAiY29uc3QgdmFsaWRhdGVBbGdvcml0aG1zID0gKG9wdGlvbiwgYWxnb3JpdGhtcykgPT4ge1xuICAgIGlmIChhbGdvcml0aG1zICE9PSB1bmRlZmluZWQgJiZcbiAgICAgICAgKCFBcnJheS5pc0FycmF5KGFsZ29yaXRobXMpIHx8IGFsZ29yaXRobXMuc29tZSgocykgPT4gdHlwZW9mIHMgIT09ICdzdHJpbmcnKSkpIHtcbiAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcihgXCIke29wdGlvbn1cIiBvcHRpb24gbXVzdCBiZSBhbiBhcnJheSBvZiBzdHJpbmdzYCk7XG4gICAgfVxuICAgIGlmICghYWxnb3JpdGhtcykge1xuICAgICAgICByZXR1cm4gdW5kZWZpbmVkO1xuICAgIH1cbiAgICByZXR1cm4gbmV3IFNldChhbGdvcml0aG1zKTtcbn07XG5leHBvcnQgZGVmYXVsdCB2YWxpZGF0ZUFsZ29yaXRobXM7XG4iLCAiaW1wb3J0IHsgaXNDbG91ZGZsYXJlV29ya2VycywgaXNOb2RlSnMgfSBmcm9tICcuL2Vudi5qcyc7XG5pbXBvcnQgeyBKT1NFTm90U3VwcG9ydGVkIH0gZnJvbSAnLi4vdXRpbC9lcnJvcnMuanMnO1xuZXhwb3J0IGRlZmF1bHQgZnVuY3Rpb24gc3VidGxlRHNhKGFsZywgYWxnb3JpdGhtKSB7XG4gICAgY29uc3QgaGFzaCA9IGBTSEEtJHthbGcuc2xpY2UoLTMpfWA7XG4gICAgc3dpdGNoIChhbGcpIHtcbiAgICAgICAgY2FzZSAnSFMyNTYnOlxuICAgICAgICBjYXNlICdIUzM4NCc6XG4gICAgICAgIGNhc2UgJ0hTNTEyJzpcbiAgICAgICAgICAgIHJldHVybiB7IGhhc2gsIG5hbWU6ICdITUFDJyB9O1xuICAgICAgICBjYXNlICdQUzI1Nic6XG4gICAgICAgIGNhc2UgJ1BTMzg0JzpcbiAgICAgICAgY2FzZSAnUFM1MTInOlxuICAgICAgICAgICAgcmV0dXJuIHsgaGFzaCwgbmFtZTogJ1JTQS1QU1MnLCBzYWx0TGVuZ3RoOiBhbGcuc2xpY2UoLTMpID4+IDMgfTtcbiAgICAgICAgY2FzZSAnUlMyNTYnOlxuICAgICAgICBjYXNlICdSUzM4NCc6XG4gICAgICAgIGNhc2UgJ1JTNTEyJzpcbiAgICAgICAgICAgIHJldHVybiB7IGhhc2gsIG5hbWU6ICdSU0FTU0EtUEtDUzEtdjFfNScgfTtcbiAgICAgICAgY2FzZSAnRVMyNTYnOlxuICAgICAgICBjYXNlICdFUzM4NCc6XG4gICAgICAgIGNhc2UgJ0VTNTEyJzpcbiAgICAgICAgICAgIHJldHVybiB7IGhhc2gsIG5hbWU6ICdFQ0RTQScsIG5hbWVkQ3VydmU6IGFsZ29yaXRobS5uYW1lZEN1cnZlIH07XG4gICAgICAgIGNhc2UgKGlzQ2xvdWRmbGFyZVdvcmtlcnMoKSB8fCBpc05vZGVKcygpKSAmJiAnRWREU0EnOlxuICAgICAgICAgICAgY29uc3QgeyBuYW1lZEN1cnZlIH0gPSBhbGdvcml0aG07XG4gICAgICAgICAgICByZXR1cm4geyBuYW1lOiBuYW1lZEN1cnZlLCBuYW1lZEN1cnZlIH07XG4gICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICB0aHJvdyBuZXcgSk9TRU5vdFN1cHBvcnRlZChgYWxnICR7YWxnfSBpcyBub3Qgc3VwcG9ydGVkIGVpdGhlciBieSBKT1NFIG9yIHlvdXIgamF2YXNjcmlwdCBydW50aW1lYCk7XG4gICAgfVxufVxuIiwgImltcG9ydCBjcnlwdG8sIHsgaXNDcnlwdG9LZXkgfSBmcm9tICcuL3dlYmNyeXB0by5qcyc7XG5pbXBvcnQgeyBjaGVja1NpZ0NyeXB0b0tleSB9IGZyb20gJy4uL2xpYi9jcnlwdG9fa2V5LmpzJztcbmltcG9ydCBpbnZhbGlkS2V5SW5wdXQgZnJvbSAnLi4vbGliL2ludmFsaWRfa2V5X2lucHV0LmpzJztcbmltcG9ydCB7IHR5cGVzIH0gZnJvbSAnLi9pc19rZXlfbGlrZS5qcyc7XG5leHBvcnQgZGVmYXVsdCBmdW5jdGlvbiBnZXRDcnlwdG9LZXkoYWxnLCBrZXksIHVzYWdlKSB7XG4gICAgaWYgKGlzQ3J5cHRvS2V5KGtleSkpIHtcbiAgICAgICAgY2hlY2tTaWdDcnlwdG9LZXkoa2V5LCBhbGcsIHVzYWdlKTtcbiAgICAgICAgcmV0dXJuIGtleTtcbiAgICB9XG4gICAgaWYgKGtleSBpbnN0YW5jZW9mIFVpbnQ4QXJyYXkpIHtcbiAgICAgICAgaWYgKCFhbGcuc3RhcnRzV2l0aCgnSFMnKSkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcihpbnZhbGlkS2V5SW5wdXQoa2V5LCAuLi50eXBlcykpO1xuICAgICAgICB9XG4gICAgICAgIHJldHVybiBjcnlwdG8uc3VidGxlLmltcG9ydEtleSgncmF3Jywga2V5LCB7IGhhc2g6IGBTSEEtJHthbGcuc2xpY2UoLTMpfWAsIG5hbWU6ICdITUFDJyB9LCBmYWxzZSwgW3VzYWdlXSk7XG4gICAgfVxuICAgIHRocm93IG5ldyBUeXBlRXJyb3IoaW52YWxpZEtleUlucHV0KGtleSwgLi4udHlwZXMsICdVaW50OEFycmF5JykpO1xufVxuIiwgImltcG9ydCBzdWJ0bGVBbGdvcml0aG0gZnJvbSAnLi9zdWJ0bGVfZHNhLmpzJztcbmltcG9ydCBjcnlwdG8gZnJvbSAnLi93ZWJjcnlwdG8uanMnO1xuaW1wb3J0IGNoZWNrS2V5TGVuZ3RoIGZyb20gJy4vY2hlY2tfa2V5X2xlbmd0aC5qcyc7XG5pbXBvcnQgZ2V0VmVyaWZ5S2V5IGZyb20gJy4vZ2V0X3NpZ25fdmVyaWZ5X2tleS5qcyc7XG5jb25zdCB2ZXJpZnkgPSBhc3luYyAoYWxnLCBrZXksIHNpZ25hdHVyZSwgZGF0YSkgPT4ge1xuICAgIGNvbnN0IGNyeXB0b0tleSA9IGF3YWl0IGdldFZlcmlmeUtleShhbGcsIGtleSwgJ3ZlcmlmeScpO1xuICAgIGNoZWNrS2V5TGVuZ3RoKGFsZywgY3J5cHRvS2V5KTtcbiAgICBjb25zdCBhbGdvcml0aG0gPSBzdWJ0bGVBbGdvcml0aG0oYWxnLCBjcnlwdG9LZXkuYWxnb3JpdGhtKTtcbiAgICB0cnkge1xuICAgICAgICByZXR1cm4gYXdhaXQgY3J5cHRvLnN1YnRsZS52ZXJpZnkoYWxnb3JpdGhtLCBjcnlwdG9LZXksIHNpZ25hdHVyZSwgZGF0YSk7XG4gICAgfVxuICAgIGNhdGNoIChfYSkge1xuICAgICAgICByZXR1cm4gZmFsc2U7XG4gICAgfVxufTtcbmV4cG9ydCBkZWZhdWx0IHZlcmlmeTtcbiIsICJpbXBvcnQgeyBkZWNvZGUgYXMgYmFzZTY0dXJsIH0gZnJvbSAnLi4vLi4vcnVudGltZS9iYXNlNjR1cmwuanMnO1xuaW1wb3J0IHZlcmlmeSBmcm9tICcuLi8uLi9ydW50aW1lL3ZlcmlmeS5qcyc7XG5pbXBvcnQgeyBKT1NFQWxnTm90QWxsb3dlZCwgSldTSW52YWxpZCwgSldTU2lnbmF0dXJlVmVyaWZpY2F0aW9uRmFpbGVkIH0gZnJvbSAnLi4vLi4vdXRpbC9lcnJvcnMuanMnO1xuaW1wb3J0IHsgY29uY2F0LCBlbmNvZGVyLCBkZWNvZGVyIH0gZnJvbSAnLi4vLi4vbGliL2J1ZmZlcl91dGlscy5qcyc7XG5pbXBvcnQgaXNEaXNqb2ludCBmcm9tICcuLi8uLi9saWIvaXNfZGlzam9pbnQuanMnO1xuaW1wb3J0IGlzT2JqZWN0IGZyb20gJy4uLy4uL2xpYi9pc19vYmplY3QuanMnO1xuaW1wb3J0IGNoZWNrS2V5VHlwZSBmcm9tICcuLi8uLi9saWIvY2hlY2tfa2V5X3R5cGUuanMnO1xuaW1wb3J0IHZhbGlkYXRlQ3JpdCBmcm9tICcuLi8uLi9saWIvdmFsaWRhdGVfY3JpdC5qcyc7XG5pbXBvcnQgdmFsaWRhdGVBbGdvcml0aG1zIGZyb20gJy4uLy4uL2xpYi92YWxpZGF0ZV9hbGdvcml0aG1zLmpzJztcbmV4cG9ydCBhc3luYyBmdW5jdGlvbiBmbGF0dGVuZWRWZXJpZnkoandzLCBrZXksIG9wdGlvbnMpIHtcbiAgICB2YXIgX2E7XG4gICAgaWYgKCFpc09iamVjdChqd3MpKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdGbGF0dGVuZWQgSldTIG11c3QgYmUgYW4gb2JqZWN0Jyk7XG4gICAgfVxuICAgIGlmIChqd3MucHJvdGVjdGVkID09PSB1bmRlZmluZWQgJiYgandzLmhlYWRlciA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdGbGF0dGVuZWQgSldTIG11c3QgaGF2ZSBlaXRoZXIgb2YgdGhlIFwicHJvdGVjdGVkXCIgb3IgXCJoZWFkZXJcIiBtZW1iZXJzJyk7XG4gICAgfVxuICAgIGlmIChqd3MucHJvdGVjdGVkICE9PSB1bmRlZmluZWQgJiYgdHlwZW9mIGp3cy5wcm90ZWN0ZWQgIT09ICdzdHJpbmcnKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdKV1MgUHJvdGVjdGVkIEhlYWRlciBpbmNvcnJlY3QgdHlwZScpO1xuICAgIH1cbiAgICBpZiAoandzLnBheWxvYWQgPT09IHVuZGVmaW5lZCkge1xuICAgICAgICB0aHJvdyBuZXcgSldTSW52YWxpZCgnSldTIFBheWxvYWQgbWlzc2luZycpO1xuICAgIH1cbiAgICBpZiAodHlwZW9mIGp3cy5zaWduYXR1cmUgIT09ICdzdHJpbmcnKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdKV1MgU2lnbmF0dXJlIG1pc3Npbmcgb3IgaW5jb3JyZWN0IHR5cGUnKTtcbiAgICB9XG4gICAgaWYgKGp3cy5oZWFkZXIgIT09IHVuZGVmaW5lZCAmJiAhaXNPYmplY3QoandzLmhlYWRlcikpIHtcbiAgICAgICAgdGhyb3cgbmV3IEpXU0ludmFsaWQoJ0pXUyBVbnByb3RlY3RlZCBIZWFkZXIgaW5jb3JyZWN0IHR5cGUnKTtcbiAgICB9XG4gICAgbGV0IHBhcnNlZFByb3QgPSB7fTtcbiAgICBpZiAoandzLnByb3RlY3RlZCkge1xuICAgICAgICBjb25zdCBwcm90ZWN0ZWRIZWFkZXIgPSBiYXNlNjR1cmwoandzLnByb3RlY3RlZCk7XG4gICAgICAgIHRyeSB7XG4gICAgICAgICAgICBwYXJzZWRQcm90ID0gSlNPTi5wYXJzZShkZWNvZGVyLmRlY29kZShwcm90ZWN0ZWRIZWFkZXIpKTtcbiAgICAgICAgfVxuICAgICAgICBjYXRjaCAoX2IpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdKV1MgUHJvdGVjdGVkIEhlYWRlciBpcyBpbnZhbGlkJyk7XG4gICAgICAgIH1cbiAgICB9XG4gICAgaWYgKCFpc0Rpc2pvaW50KHBhcnNlZFByb3QsIGp3cy5oZWFkZXIpKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdKV1MgUHJvdGVjdGVkIGFuZCBKV1MgVW5wcm90ZWN0ZWQgSGVhZGVyIFBhcmFtZXRlciBuYW1lcyBtdXN0IGJlIGRpc2pvaW50Jyk7XG4gICAgfVxuICAgIGNvbnN0IGpvc2VIZWFkZXIgPSB7XG4gICAgICAgIC4uLnBhcnNlZFByb3QsXG4gICAgICAgIC4uLmp3cy5oZWFkZXIsXG4gICAgfTtcbiAgICBjb25zdCBleHRlbnNpb25zID0gdmFsaWRhdGVDcml0KEpXU0ludmFsaWQsIG5ldyBNYXAoW1snYjY0JywgdHJ1ZV1dKSwgb3B0aW9ucyA9PT0gbnVsbCB8fCBvcHRpb25zID09PSB2b2lkIDAgPyB2b2lkIDAgOiBvcHRpb25zLmNyaXQsIHBhcnNlZFByb3QsIGpvc2VIZWFkZXIpO1xuICAgIGxldCBiNjQgPSB0cnVlO1xuICAgIGlmIChleHRlbnNpb25zLmhhcygnYjY0JykpIHtcbiAgICAgICAgYjY0ID0gcGFyc2VkUHJvdC5iNjQ7XG4gICAgICAgIGlmICh0eXBlb2YgYjY0ICE9PSAnYm9vbGVhbicpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdUaGUgXCJiNjRcIiAoYmFzZTY0dXJsLWVuY29kZSBwYXlsb2FkKSBIZWFkZXIgUGFyYW1ldGVyIG11c3QgYmUgYSBib29sZWFuJyk7XG4gICAgICAgIH1cbiAgICB9XG4gICAgY29uc3QgeyBhbGcgfSA9IGpvc2VIZWFkZXI7XG4gICAgaWYgKHR5cGVvZiBhbGcgIT09ICdzdHJpbmcnIHx8ICFhbGcpIHtcbiAgICAgICAgdGhyb3cgbmV3IEpXU0ludmFsaWQoJ0pXUyBcImFsZ1wiIChBbGdvcml0aG0pIEhlYWRlciBQYXJhbWV0ZXIgbWlzc2luZyBvciBpbnZhbGlkJyk7XG4gICAgfVxuICAgIGNvbnN0IGFsZ29yaXRobXMgPSBvcHRpb25zICYmIHZhbGlkYXRlQWxnb3JpdGhtcygnYWxnb3JpdGhtcycsIG9wdGlvbnMuYWxnb3JpdGhtcyk7XG4gICAgaWYgKGFsZ29yaXRobXMgJiYgIWFsZ29yaXRobXMuaGFzKGFsZykpIHtcbiAgICAgICAgdGhyb3cgbmV3IEpPU0VBbGdOb3RBbGxvd2VkKCdcImFsZ1wiIChBbGdvcml0aG0pIEhlYWRlciBQYXJhbWV0ZXIgbm90IGFsbG93ZWQnKTtcbiAgICB9XG4gICAgaWYgKGI2NCkge1xuICAgICAgICBpZiAodHlwZW9mIGp3cy5wYXlsb2FkICE9PSAnc3RyaW5nJykge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEpXU0ludmFsaWQoJ0pXUyBQYXlsb2FkIG11c3QgYmUgYSBzdHJpbmcnKTtcbiAgICAgICAgfVxuICAgIH1cbiAgICBlbHNlIGlmICh0eXBlb2YgandzLnBheWxvYWQgIT09ICdzdHJpbmcnICYmICEoandzLnBheWxvYWQgaW5zdGFuY2VvZiBVaW50OEFycmF5KSkge1xuICAgICAgICB0aHJvdyBuZXcgSldTSW52YWxpZCgnSldTIFBheWxvYWQgbXVzdCBiZSBhIHN0cmluZyBvciBhbiBVaW50OEFycmF5IGluc3RhbmNlJyk7XG4gICAgfVxuICAgIGxldCByZXNvbHZlZEtleSA9IGZhbHNlO1xuICAgIGlmICh0eXBlb2Yga2V5ID09PSAnZnVuY3Rpb24nKSB7XG4gICAgICAgIGtleSA9IGF3YWl0IGtleShwYXJzZWRQcm90LCBqd3MpO1xuICAgICAgICByZXNvbHZlZEtleSA9IHRydWU7XG4gICAgfVxuICAgIGNoZWNrS2V5VHlwZShhbGcsIGtleSwgJ3ZlcmlmeScpO1xuICAgIGNvbnN0IGRhdGEgPSBjb25jYXQoZW5jb2Rlci5lbmNvZGUoKF9hID0gandzLnByb3RlY3RlZCkgIT09IG51bGwgJiYgX2EgIT09IHZvaWQgMCA/IF9hIDogJycpLCBlbmNvZGVyLmVuY29kZSgnLicpLCB0eXBlb2YgandzLnBheWxvYWQgPT09ICdzdHJpbmcnID8gZW5jb2Rlci5lbmNvZGUoandzLnBheWxvYWQpIDogandzLnBheWxvYWQpO1xuICAgIGNvbnN0IHNpZ25hdHVyZSA9IGJhc2U2NHVybChqd3Muc2lnbmF0dXJlKTtcbiAgICBjb25zdCB2ZXJpZmllZCA9IGF3YWl0IHZlcmlmeShhbGcsIGtleSwgc2lnbmF0dXJlLCBkYXRhKTtcbiAgICBpZiAoIXZlcmlmaWVkKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NTaWduYXR1cmVWZXJpZmljYXRpb25GYWlsZWQoKTtcbiAgICB9XG4gICAgbGV0IHBheWxvYWQ7XG4gICAgaWYgKGI2NCkge1xuICAgICAgICBwYXlsb2FkID0gYmFzZTY0dXJsKGp3cy5wYXlsb2FkKTtcbiAgICB9XG4gICAgZWxzZSBpZiAodHlwZW9mIGp3cy5wYXlsb2FkID09PSAnc3RyaW5nJykge1xuICAgICAgICBwYXlsb2FkID0gZW5jb2Rlci5lbmNvZGUoandzLnBheWxvYWQpO1xuICAgIH1cbiAgICBlbHNlIHtcbiAgICAgICAgcGF5bG9hZCA9IGp3cy5wYXlsb2FkO1xuICAgIH1cbiAgICBjb25zdCByZXN1bHQgPSB7IHBheWxvYWQgfTtcbiAgICBpZiAoandzLnByb3RlY3RlZCAhPT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHJlc3VsdC5wcm90ZWN0ZWRIZWFkZXIgPSBwYXJzZWRQcm90O1xuICAgIH1cbiAgICBpZiAoandzLmhlYWRlciAhPT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHJlc3VsdC51bnByb3RlY3RlZEhlYWRlciA9IGp3cy5oZWFkZXI7XG4gICAgfVxuICAgIGlmIChyZXNvbHZlZEtleSkge1xuICAgICAgICByZXR1cm4geyAuLi5yZXN1bHQsIGtleSB9O1xuICAgIH1cbiAgICByZXR1cm4gcmVzdWx0O1xufVxuIiwgImltcG9ydCB7IGZsYXR0ZW5lZFZlcmlmeSB9IGZyb20gJy4uL2ZsYXR0ZW5lZC92ZXJpZnkuanMnO1xuaW1wb3J0IHsgSldTSW52YWxpZCB9IGZyb20gJy4uLy4uL3V0aWwvZXJyb3JzLmpzJztcbmltcG9ydCB7IGRlY29kZXIgfSBmcm9tICcuLi8uLi9saWIvYnVmZmVyX3V0aWxzLmpzJztcbmV4cG9ydCBhc3luYyBmdW5jdGlvbiBjb21wYWN0VmVyaWZ5KGp3cywga2V5LCBvcHRpb25zKSB7XG4gICAgaWYgKGp3cyBpbnN0YW5jZW9mIFVpbnQ4QXJyYXkpIHtcbiAgICAgICAgandzID0gZGVjb2Rlci5kZWNvZGUoandzKTtcbiAgICB9XG4gICAgaWYgKHR5cGVvZiBqd3MgIT09ICdzdHJpbmcnKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdDb21wYWN0IEpXUyBtdXN0IGJlIGEgc3RyaW5nIG9yIFVpbnQ4QXJyYXknKTtcbiAgICB9XG4gICAgY29uc3QgeyAwOiBwcm90ZWN0ZWRIZWFkZXIsIDE6IHBheWxvYWQsIDI6IHNpZ25hdHVyZSwgbGVuZ3RoIH0gPSBqd3Muc3BsaXQoJy4nKTtcbiAgICBpZiAobGVuZ3RoICE9PSAzKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1NJbnZhbGlkKCdJbnZhbGlkIENvbXBhY3QgSldTJyk7XG4gICAgfVxuICAgIGNvbnN0IHZlcmlmaWVkID0gYXdhaXQgZmxhdHRlbmVkVmVyaWZ5KHsgcGF5bG9hZCwgcHJvdGVjdGVkOiBwcm90ZWN0ZWRIZWFkZXIsIHNpZ25hdHVyZSB9LCBrZXksIG9wdGlvbnMpO1xuICAgIGNvbnN0IHJlc3VsdCA9IHsgcGF5bG9hZDogdmVyaWZpZWQucGF5bG9hZCwgcHJvdGVjdGVkSGVhZGVyOiB2ZXJpZmllZC5wcm90ZWN0ZWRIZWFkZXIgfTtcbiAgICBpZiAodHlwZW9mIGtleSA9PT0gJ2Z1bmN0aW9uJykge1xuICAgICAgICByZXR1cm4geyAuLi5yZXN1bHQsIGtleTogdmVyaWZpZWQua2V5IH07XG4gICAgfVxuICAgIHJldHVybiByZXN1bHQ7XG59XG4iLCAiZXhwb3J0IGRlZmF1bHQgKGRhdGUpID0+IE1hdGguZmxvb3IoZGF0ZS5nZXRUaW1lKCkgLyAxMDAwKTtcbiIsICJjb25zdCBtaW51dGUgPSA2MDtcbmNvbnN0IGhvdXIgPSBtaW51dGUgKiA2MDtcbmNvbnN0IGRheSA9IGhvdXIgKiAyNDtcbmNvbnN0IHdlZWsgPSBkYXkgKiA3O1xuY29uc3QgeWVhciA9IGRheSAqIDM2NS4yNTtcbmNvbnN0IFJFR0VYID0gL14oXFxkK3xcXGQrXFwuXFxkKykgPyhzZWNvbmRzP3xzZWNzP3xzfG1pbnV0ZXM/fG1pbnM/fG18aG91cnM/fGhycz98aHxkYXlzP3xkfHdlZWtzP3x3fHllYXJzP3x5cnM/fHkpJC9pO1xuZXhwb3J0IGRlZmF1bHQgKHN0cikgPT4ge1xuICAgIGNvbnN0IG1hdGNoZWQgPSBSRUdFWC5leGVjKHN0cik7XG4gICAgaWYgKCFtYXRjaGVkKSB7XG4gICAgICAgIHRocm93IG5ldyBUeXBlRXJyb3IoJ0ludmFsaWQgdGltZSBwZXJpb2QgZm9ybWF0Jyk7XG4gICAgfVxuICAgIGNvbnN0IHZhbHVlID0gcGFyc2VGbG9hdChtYXRjaGVkWzFdKTtcbiAgICBjb25zdCB1bml0ID0gbWF0Y2hlZFsyXS50b0xvd2VyQ2FzZSgpO1xuICAgIHN3aXRjaCAodW5pdCkge1xuICAgICAgICBjYXNlICdzZWMnOlxuICAgICAgICBjYXNlICdzZWNzJzpcbiAgICAgICAgY2FzZSAnc2Vjb25kJzpcbiAgICAgICAgY2FzZSAnc2Vjb25kcyc6XG4gICAgICAgIGNhc2UgJ3MnOlxuICAgICAgICAgICAgcmV0dXJuIE1hdGgucm91bmQodmFsdWUpO1xuICAgICAgICBjYXNlICdtaW51dGUnOlxuICAgICAgICBjYXNlICdtaW51dGVzJzpcbiAgICAgICAgY2FzZSAnbWluJzpcbiAgICAgICAgY2FzZSAnbWlucyc6XG4gICAgICAgIGNhc2UgJ20nOlxuICAgICAgICAgICAgcmV0dXJuIE1hdGgucm91bmQodmFsdWUgKiBtaW51dGUpO1xuICAgICAgICBjYXNlICdob3VyJzpcbiAgICAgICAgY2FzZSAnaG91cnMnOlxuICAgICAgICBjYXNlICdocic6XG4gICAgICAgIGNhc2UgJ2hycyc6XG4gICAgICAgIGNhc2UgJ2gnOlxuICAgICAgICAgICAgcmV0dXJuIE1hdGgucm91bmQodmFsdWUgKiBob3VyKTtcbiAgICAgICAgY2FzZSAnZGF5JzpcbiAgICAgICAgY2FzZSAnZGF5cyc6XG4gICAgICAgIGNhc2UgJ2QnOlxuICAgICAgICAgICAgcmV0dXJuIE1hdGgucm91bmQodmFsdWUgKiBkYXkpO1xuICAgICAgICBjYXNlICd3ZWVrJzpcbiAgICAgICAgY2FzZSAnd2Vla3MnOlxuICAgICAgICBjYXNlICd3JzpcbiAgICAgICAgICAgIHJldHVybiBNYXRoLnJvdW5kKHZhbHVlICogd2Vlayk7XG4gICAgICAgIGRlZmF1bHQ6XG4gICAgICAgICAgICByZXR1cm4gTWF0aC5yb3VuZCh2YWx1ZSAqIHllYXIpO1xuICAgIH1cbn07XG4iLCAiaW1wb3J0IHsgSldUQ2xhaW1WYWxpZGF0aW9uRmFpbGVkLCBKV1RFeHBpcmVkLCBKV1RJbnZhbGlkIH0gZnJvbSAnLi4vdXRpbC9lcnJvcnMuanMnO1xuaW1wb3J0IHsgZGVjb2RlciB9IGZyb20gJy4vYnVmZmVyX3V0aWxzLmpzJztcbmltcG9ydCBlcG9jaCBmcm9tICcuL2Vwb2NoLmpzJztcbmltcG9ydCBzZWNzIGZyb20gJy4vc2Vjcy5qcyc7XG5pbXBvcnQgaXNPYmplY3QgZnJvbSAnLi9pc19vYmplY3QuanMnO1xuY29uc3Qgbm9ybWFsaXplVHlwID0gKHZhbHVlKSA9PiB2YWx1ZS50b0xvd2VyQ2FzZSgpLnJlcGxhY2UoL15hcHBsaWNhdGlvblxcLy8sICcnKTtcbmNvbnN0IGNoZWNrQXVkaWVuY2VQcmVzZW5jZSA9IChhdWRQYXlsb2FkLCBhdWRPcHRpb24pID0+IHtcbiAgICBpZiAodHlwZW9mIGF1ZFBheWxvYWQgPT09ICdzdHJpbmcnKSB7XG4gICAgICAgIHJldHVybiBhdWRPcHRpb24uaW5jbHVkZXMoYXVkUGF5bG9hZCk7XG4gICAgfVxuICAgIGlmIChBcnJheS5pc0FycmF5KGF1ZFBheWxvYWQpKSB7XG4gICAgICAgIHJldHVybiBhdWRPcHRpb24uc29tZShTZXQucHJvdG90eXBlLmhhcy5iaW5kKG5ldyBTZXQoYXVkUGF5bG9hZCkpKTtcbiAgICB9XG4gICAgcmV0dXJuIGZhbHNlO1xufTtcbmV4cG9ydCBkZWZhdWx0IChwcm90ZWN0ZWRIZWFkZXIsIGVuY29kZWRQYXlsb2FkLCBvcHRpb25zID0ge30pID0+IHtcbiAgICBjb25zdCB7IHR5cCB9ID0gb3B0aW9ucztcbiAgICBpZiAodHlwICYmXG4gICAgICAgICh0eXBlb2YgcHJvdGVjdGVkSGVhZGVyLnR5cCAhPT0gJ3N0cmluZycgfHxcbiAgICAgICAgICAgIG5vcm1hbGl6ZVR5cChwcm90ZWN0ZWRIZWFkZXIudHlwKSAhPT0gbm9ybWFsaXplVHlwKHR5cCkpKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ3VuZXhwZWN0ZWQgXCJ0eXBcIiBKV1QgaGVhZGVyIHZhbHVlJywgJ3R5cCcsICdjaGVja19mYWlsZWQnKTtcbiAgICB9XG4gICAgbGV0IHBheWxvYWQ7XG4gICAgdHJ5IHtcbiAgICAgICAgcGF5bG9hZCA9IEpTT04ucGFyc2UoZGVjb2Rlci5kZWNvZGUoZW5jb2RlZFBheWxvYWQpKTtcbiAgICB9XG4gICAgY2F0Y2ggKF9hKSB7XG4gICAgfVxuICAgIGlmICghaXNPYmplY3QocGF5bG9hZCkpIHtcbiAgICAgICAgdGhyb3cgbmV3IEpXVEludmFsaWQoJ0pXVCBDbGFpbXMgU2V0IG11c3QgYmUgYSB0b3AtbGV2ZWwgSlNPTiBvYmplY3QnKTtcbiAgICB9XG4gICAgY29uc3QgeyBpc3N1ZXIgfSA9IG9wdGlvbnM7XG4gICAgaWYgKGlzc3VlciAmJiAhKEFycmF5LmlzQXJyYXkoaXNzdWVyKSA/IGlzc3VlciA6IFtpc3N1ZXJdKS5pbmNsdWRlcyhwYXlsb2FkLmlzcykpIHtcbiAgICAgICAgdGhyb3cgbmV3IEpXVENsYWltVmFsaWRhdGlvbkZhaWxlZCgndW5leHBlY3RlZCBcImlzc1wiIGNsYWltIHZhbHVlJywgJ2lzcycsICdjaGVja19mYWlsZWQnKTtcbiAgICB9XG4gICAgY29uc3QgeyBzdWJqZWN0IH0gPSBvcHRpb25zO1xuICAgIGlmIChzdWJqZWN0ICYmIHBheWxvYWQuc3ViICE9PSBzdWJqZWN0KSB7XG4gICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ3VuZXhwZWN0ZWQgXCJzdWJcIiBjbGFpbSB2YWx1ZScsICdzdWInLCAnY2hlY2tfZmFpbGVkJyk7XG4gICAgfVxuICAgIGNvbnN0IHsgYXVkaWVuY2UgfSA9IG9wdGlvbnM7XG4gICAgaWYgKGF1ZGllbmNlICYmXG4gICAgICAgICFjaGVja0F1ZGllbmNlUHJlc2VuY2UocGF5bG9hZC5hdWQsIHR5cGVvZiBhdWRpZW5jZSA9PT0gJ3N0cmluZycgPyBbYXVkaWVuY2VdIDogYXVkaWVuY2UpKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ3VuZXhwZWN0ZWQgXCJhdWRcIiBjbGFpbSB2YWx1ZScsICdhdWQnLCAnY2hlY2tfZmFpbGVkJyk7XG4gICAgfVxuICAgIGxldCB0b2xlcmFuY2U7XG4gICAgc3dpdGNoICh0eXBlb2Ygb3B0aW9ucy5jbG9ja1RvbGVyYW5jZSkge1xuICAgICAgICBjYXNlICdzdHJpbmcnOlxuICAgICAgICAgICAgdG9sZXJhbmNlID0gc2VjcyhvcHRpb25zLmNsb2NrVG9sZXJhbmNlKTtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICBjYXNlICdudW1iZXInOlxuICAgICAgICAgICAgdG9sZXJhbmNlID0gb3B0aW9ucy5jbG9ja1RvbGVyYW5jZTtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICBjYXNlICd1bmRlZmluZWQnOlxuICAgICAgICAgICAgdG9sZXJhbmNlID0gMDtcbiAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICBkZWZhdWx0OlxuICAgICAgICAgICAgdGhyb3cgbmV3IFR5cGVFcnJvcignSW52YWxpZCBjbG9ja1RvbGVyYW5jZSBvcHRpb24gdHlwZScpO1xuICAgIH1cbiAgICBjb25zdCB7IGN1cnJlbnREYXRlIH0gPSBvcHRpb25zO1xuICAgIGNvbnN0IG5vdyA9IGVwb2NoKGN1cnJlbnREYXRlIHx8IG5ldyBEYXRlKCkpO1xuICAgIGlmIChwYXlsb2FkLmlhdCAhPT0gdW5kZWZpbmVkIHx8IG9wdGlvbnMubWF4VG9rZW5BZ2UpIHtcbiAgICAgICAgaWYgKHR5cGVvZiBwYXlsb2FkLmlhdCAhPT0gJ251bWJlcicpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ1wiaWF0XCIgY2xhaW0gbXVzdCBiZSBhIG51bWJlcicsICdpYXQnLCAnaW52YWxpZCcpO1xuICAgICAgICB9XG4gICAgICAgIGlmIChwYXlsb2FkLmV4cCA9PT0gdW5kZWZpbmVkICYmIHBheWxvYWQuaWF0ID4gbm93ICsgdG9sZXJhbmNlKSB7XG4gICAgICAgICAgICB0aHJvdyBuZXcgSldUQ2xhaW1WYWxpZGF0aW9uRmFpbGVkKCdcImlhdFwiIGNsYWltIHRpbWVzdGFtcCBjaGVjayBmYWlsZWQgKGl0IHNob3VsZCBiZSBpbiB0aGUgcGFzdCknLCAnaWF0JywgJ2NoZWNrX2ZhaWxlZCcpO1xuICAgICAgICB9XG4gICAgfVxuICAgIGlmIChwYXlsb2FkLm5iZiAhPT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIGlmICh0eXBlb2YgcGF5bG9hZC5uYmYgIT09ICdudW1iZXInKSB7XG4gICAgICAgICAgICB0aHJvdyBuZXcgSldUQ2xhaW1WYWxpZGF0aW9uRmFpbGVkKCdcIm5iZlwiIGNsYWltIG11c3QgYmUgYSBudW1iZXInLCAnbmJmJywgJ2ludmFsaWQnKTtcbiAgICAgICAgfVxuICAgICAgICBpZiAocGF5bG9hZC5uYmYgPiBub3cgKyB0b2xlcmFuY2UpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ1wibmJmXCIgY2xhaW0gdGltZXN0YW1wIGNoZWNrIGZhaWxlZCcsICduYmYnLCAnY2hlY2tfZmFpbGVkJyk7XG4gICAgICAgIH1cbiAgICB9XG4gICAgaWYgKHBheWxvYWQuZXhwICE9PSB1bmRlZmluZWQpIHtcbiAgICAgICAgaWYgKHR5cGVvZiBwYXlsb2FkLmV4cCAhPT0gJ251bWJlcicpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1RDbGFpbVZhbGlkYXRpb25GYWlsZWQoJ1wiZXhwXCIgY2xhaW0gbXVzdCBiZSBhIG51bWJlcicsICdleHAnLCAnaW52YWxpZCcpO1xuICAgICAgICB9XG4gICAgICAgIGlmIChwYXlsb2FkLmV4cCA8PSBub3cgLSB0b2xlcmFuY2UpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBKV1RFeHBpcmVkKCdcImV4cFwiIGNsYWltIHRpbWVzdGFtcCBjaGVjayBmYWlsZWQnLCAnZXhwJywgJ2NoZWNrX2ZhaWxlZCcpO1xuICAgICAgICB9XG4gICAgfVxuICAgIGlmIChvcHRpb25zLm1heFRva2VuQWdlKSB7XG4gICAgICAgIGNvbnN0IGFnZSA9IG5vdyAtIHBheWxvYWQuaWF0O1xuICAgICAgICBjb25zdCBtYXggPSB0eXBlb2Ygb3B0aW9ucy5tYXhUb2tlbkFnZSA9PT0gJ251bWJlcicgPyBvcHRpb25zLm1heFRva2VuQWdlIDogc2VjcyhvcHRpb25zLm1heFRva2VuQWdlKTtcbiAgICAgICAgaWYgKGFnZSAtIHRvbGVyYW5jZSA+IG1heCkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEpXVEV4cGlyZWQoJ1wiaWF0XCIgY2xhaW0gdGltZXN0YW1wIGNoZWNrIGZhaWxlZCAodG9vIGZhciBpbiB0aGUgcGFzdCknLCAnaWF0JywgJ2NoZWNrX2ZhaWxlZCcpO1xuICAgICAgICB9XG4gICAgICAgIGlmIChhZ2UgPCAwIC0gdG9sZXJhbmNlKSB7XG4gICAgICAgICAgICB0aHJvdyBuZXcgSldUQ2xhaW1WYWxpZGF0aW9uRmFpbGVkKCdcImlhdFwiIGNsYWltIHRpbWVzdGFtcCBjaGVjayBmYWlsZWQgKGl0IHNob3VsZCBiZSBpbiB0aGUgcGFzdCknLCAnaWF0JywgJ2NoZWNrX2ZhaWxlZCcpO1xuICAgICAgICB9XG4gICAgfVxuICAgIHJldHVybiBwYXlsb2FkO1xufTtcbiIsICJpbXBvcnQgeyBjb21wYWN0VmVyaWZ5IH0gZnJvbSAnLi4vandzL2NvbXBhY3QvdmVyaWZ5LmpzJztcbmltcG9ydCBqd3RQYXlsb2FkIGZyb20gJy4uL2xpYi9qd3RfY2xhaW1zX3NldC5qcyc7XG5pbXBvcnQgeyBKV1RJbnZhbGlkIH0gZnJvbSAnLi4vdXRpbC9lcnJvcnMuanMnO1xuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGp3dFZlcmlmeShqd3QsIGtleSwgb3B0aW9ucykge1xuICAgIHZhciBfYTtcbiAgICBjb25zdCB2ZXJpZmllZCA9IGF3YWl0IGNvbXBhY3RWZXJpZnkoand0LCBrZXksIG9wdGlvbnMpO1xuICAgIGlmICgoKF9hID0gdmVyaWZpZWQucHJvdGVjdGVkSGVhZGVyLmNyaXQpID09PSBudWxsIHx8IF9hID09PSB2b2lkIDAgPyB2b2lkIDAgOiBfYS5pbmNsdWRlcygnYjY0JykpICYmIHZlcmlmaWVkLnByb3RlY3RlZEhlYWRlci5iNjQgPT09IGZhbHNlKSB7XG4gICAgICAgIHRocm93IG5ldyBKV1RJbnZhbGlkKCdKV1RzIE1VU1QgTk9UIHVzZSB1bmVuY29kZWQgcGF5bG9hZCcpO1xuICAgIH1cbiAgICBjb25zdCBwYXlsb2FkID0gand0UGF5bG9hZCh2ZXJpZmllZC5wcm90ZWN0ZWRIZWFkZXIsIHZlcmlmaWVkLnBheWxvYWQsIG9wdGlvbnMpO1xuICAgIGNvbnN0IHJlc3VsdCA9IHsgcGF5bG9hZCwgcHJvdGVjdGVkSGVhZGVyOiB2ZXJpZmllZC5wcm90ZWN0ZWRIZWFkZXIgfTtcbiAgICBpZiAodHlwZW9mIGtleSA9PT0gJ2Z1bmN0aW9uJykge1xuICAgICAgICByZXR1cm4geyAuLi5yZXN1bHQsIGtleTogdmVyaWZpZWQua2V5IH07XG4gICAgfVxuICAgIHJldHVybiByZXN1bHQ7XG59XG4iLCAiaW1wb3J0IHsgaW1wb3J0SldLIH0gZnJvbSAnLi4va2V5L2ltcG9ydC5qcyc7XG5pbXBvcnQgeyBKV0tTSW52YWxpZCwgSk9TRU5vdFN1cHBvcnRlZCwgSldLU05vTWF0Y2hpbmdLZXksIEpXS1NNdWx0aXBsZU1hdGNoaW5nS2V5cywgfSBmcm9tICcuLi91dGlsL2Vycm9ycy5qcyc7XG5pbXBvcnQgaXNPYmplY3QgZnJvbSAnLi4vbGliL2lzX29iamVjdC5qcyc7XG5mdW5jdGlvbiBnZXRLdHlGcm9tQWxnKGFsZykge1xuICAgIHN3aXRjaCAodHlwZW9mIGFsZyA9PT0gJ3N0cmluZycgJiYgYWxnLnNsaWNlKDAsIDIpKSB7XG4gICAgICAgIGNhc2UgJ1JTJzpcbiAgICAgICAgY2FzZSAnUFMnOlxuICAgICAgICAgICAgcmV0dXJuICdSU0EnO1xuICAgICAgICBjYXNlICdFUyc6XG4gICAgICAgICAgICByZXR1cm4gJ0VDJztcbiAgICAgICAgY2FzZSAnRWQnOlxuICAgICAgICAgICAgcmV0dXJuICdPS1AnO1xuICAgICAgICBkZWZhdWx0OlxuICAgICAgICAgICAgdGhyb3cgbmV3IEpPU0VOb3RTdXBwb3J0ZWQoJ1Vuc3VwcG9ydGVkIFwiYWxnXCIgdmFsdWUgZm9yIGEgSlNPTiBXZWIgS2V5IFNldCcpO1xuICAgIH1cbn1cbmV4cG9ydCBmdW5jdGlvbiBpc0pXS1NMaWtlKGp3a3MpIHtcbiAgICByZXR1cm4gKGp3a3MgJiZcbiAgICAgICAgdHlwZW9mIGp3a3MgPT09ICdvYmplY3QnICYmXG4gICAgICAgIEFycmF5LmlzQXJyYXkoandrcy5rZXlzKSAmJlxuICAgICAgICBqd2tzLmtleXMuZXZlcnkoaXNKV0tMaWtlKSk7XG59XG5mdW5jdGlvbiBpc0pXS0xpa2Uoa2V5KSB7XG4gICAgcmV0dXJuIGlzT2JqZWN0KGtleSk7XG59XG5mdW5jdGlvbiBjbG9uZShvYmopIHtcbiAgICBpZiAodHlwZW9mIHN0cnVjdHVyZWRDbG9uZSA9PT0gJ2Z1bmN0aW9uJykge1xuICAgICAgICByZXR1cm4gc3RydWN0dXJlZENsb25lKG9iaik7XG4gICAgfVxuICAgIHJldHVybiBKU09OLnBhcnNlKEpTT04uc3RyaW5naWZ5KG9iaikpO1xufVxuZXhwb3J0IGNsYXNzIExvY2FsSldLU2V0IHtcbiAgICBjb25zdHJ1Y3Rvcihqd2tzKSB7XG4gICAgICAgIHRoaXMuX2NhY2hlZCA9IG5ldyBXZWFrTWFwKCk7XG4gICAgICAgIGlmICghaXNKV0tTTGlrZShqd2tzKSkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEpXS1NJbnZhbGlkKCdKU09OIFdlYiBLZXkgU2V0IG1hbGZvcm1lZCcpO1xuICAgICAgICB9XG4gICAgICAgIHRoaXMuX2p3a3MgPSBjbG9uZShqd2tzKTtcbiAgICB9XG4gICAgYXN5bmMgZ2V0S2V5KHByb3RlY3RlZEhlYWRlciwgdG9rZW4pIHtcbiAgICAgICAgY29uc3Qgam9zZUhlYWRlciA9IHtcbiAgICAgICAgICAgIC4uLnByb3RlY3RlZEhlYWRlcixcbiAgICAgICAgICAgIC4uLnRva2VuLmhlYWRlcixcbiAgICAgICAgfTtcbiAgICAgICAgY29uc3QgY2FuZGlkYXRlcyA9IHRoaXMuX2p3a3Mua2V5cy5maWx0ZXIoKGp3aykgPT4ge1xuICAgICAgICAgICAgbGV0IGNhbmRpZGF0ZSA9IGp3ay5rdHkgPT09IGdldEt0eUZyb21BbGcoam9zZUhlYWRlci5hbGcpO1xuICAgICAgICAgICAgaWYgKGNhbmRpZGF0ZSAmJiB0eXBlb2Ygam9zZUhlYWRlci5raWQgPT09ICdzdHJpbmcnKSB7XG4gICAgICAgICAgICAgICAgY2FuZGlkYXRlID0gam9zZUhlYWRlci5raWQgPT09IGp3ay5raWQ7XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICBpZiAoY2FuZGlkYXRlICYmIHR5cGVvZiBqd2suYWxnID09PSAnc3RyaW5nJykge1xuICAgICAgICAgICAgICAgIGNhbmRpZGF0ZSA9IGpvc2VIZWFkZXIuYWxnID09PSBqd2suYWxnO1xuICAgICAgICAgICAgfVxuICAgICAgICAgICAgaWYgKGNhbmRpZGF0ZSAmJiB0eXBlb2YgandrLnVzZSA9PT0gJ3N0cmluZycpIHtcbiAgICAgICAgICAgICAgICBjYW5kaWRhdGUgPSBqd2sudXNlID09PSAnc2lnJztcbiAgICAgICAgICAgIH1cbiAgICAgICAgICAgIGlmIChjYW5kaWRhdGUgJiYgQXJyYXkuaXNBcnJheShqd2sua2V5X29wcykpIHtcbiAgICAgICAgICAgICAgICBjYW5kaWRhdGUgPSBqd2sua2V5X29wcy5pbmNsdWRlcygndmVyaWZ5Jyk7XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICBpZiAoY2FuZGlkYXRlICYmIGpvc2VIZWFkZXIuYWxnID09PSAnRWREU0EnKSB7XG4gICAgICAgICAgICAgICAgY2FuZGlkYXRlID0gandrLmNydiA9PT0gJ0VkMjU1MTknIHx8IGp3ay5jcnYgPT09ICdFZDQ0OCc7XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICBpZiAoY2FuZGlkYXRlKSB7XG4gICAgICAgICAgICAgICAgc3dpdGNoIChqb3NlSGVhZGVyLmFsZykge1xuICAgICAgICAgICAgICAgICAgICBjYXNlICdFUzI1Nic6XG4gICAgICAgICAgICAgICAgICAgICAgICBjYW5kaWRhdGUgPSBqd2suY3J2ID09PSAnUC0yNTYnO1xuICAgICAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgICAgIGNhc2UgJ0VTMjU2Syc6XG4gICAgICAgICAgICAgICAgICAgICAgICBjYW5kaWRhdGUgPSBqd2suY3J2ID09PSAnc2VjcDI1NmsxJztcbiAgICAgICAgICAgICAgICAgICAgICAgIGJyZWFrO1xuICAgICAgICAgICAgICAgICAgICBjYXNlICdFUzM4NCc6XG4gICAgICAgICAgICAgICAgICAgICAgICBjYW5kaWRhdGUgPSBqd2suY3J2ID09PSAnUC0zODQnO1xuICAgICAgICAgICAgICAgICAgICAgICAgYnJlYWs7XG4gICAgICAgICAgICAgICAgICAgIGNhc2UgJ0VTNTEyJzpcbiAgICAgICAgICAgICAgICAgICAgICAgIGNhbmRpZGF0ZSA9IGp3ay5jcnYgPT09ICdQLTUyMSc7XG4gICAgICAgICAgICAgICAgICAgICAgICBicmVhaztcbiAgICAgICAgICAgICAgICAgICAgZGVmYXVsdDpcbiAgICAgICAgICAgICAgICB9XG4gICAgICAgICAgICB9XG4gICAgICAgICAgICByZXR1cm4gY2FuZGlkYXRlO1xuICAgICAgICB9KTtcbiAgICAgICAgY29uc3QgeyAwOiBqd2ssIGxlbmd0aCB9ID0gY2FuZGlkYXRlcztcbiAgICAgICAgaWYgKGxlbmd0aCA9PT0gMCkge1xuICAgICAgICAgICAgdGhyb3cgbmV3IEpXS1NOb01hdGNoaW5nS2V5KCk7XG4gICAgICAgIH1cbiAgICAgICAgZWxzZSBpZiAobGVuZ3RoICE9PSAxKSB7XG4gICAgICAgICAgICB0aHJvdyBuZXcgSldLU011bHRpcGxlTWF0Y2hpbmdLZXlzKCk7XG4gICAgICAgIH1cbiAgICAgICAgY29uc3QgY2FjaGVkID0gdGhpcy5fY2FjaGVkLmdldChqd2spIHx8IHRoaXMuX2NhY2hlZC5zZXQoandrLCB7fSkuZ2V0KGp3ayk7XG4gICAgICAgIGlmIChjYWNoZWRbam9zZUhlYWRlci5hbGddID09PSB1bmRlZmluZWQpIHtcbiAgICAgICAgICAgIGNvbnN0IGtleU9iamVjdCA9IGF3YWl0IGltcG9ydEpXSyh7IC4uLmp3aywgZXh0OiB0cnVlIH0sIGpvc2VIZWFkZXIuYWxnKTtcbiAgICAgICAgICAgIGlmIChrZXlPYmplY3QgaW5zdGFuY2VvZiBVaW50OEFycmF5IHx8IGtleU9iamVjdC50eXBlICE9PSAncHVibGljJykge1xuICAgICAgICAgICAgICAgIHRocm93IG5ldyBKV0tTSW52YWxpZCgnSlNPTiBXZWIgS2V5IFNldCBtZW1iZXJzIG11c3QgYmUgcHVibGljIGtleXMnKTtcbiAgICAgICAgICAgIH1cbiAgICAgICAgICAgIGNhY2hlZFtqb3NlSGVhZGVyLmFsZ10gPSBrZXlPYmplY3Q7XG4gICAgICAgIH1cbiAgICAgICAgcmV0dXJuIGNhY2hlZFtqb3NlSGVhZGVyLmFsZ107XG4gICAgfVxufVxuZXhwb3J0IGZ1bmN0aW9uIGNyZWF0ZUxvY2FsSldLU2V0KGp3a3MpIHtcbiAgICByZXR1cm4gTG9jYWxKV0tTZXQucHJvdG90eXBlLmdldEtleS5iaW5kKG5ldyBMb2NhbEpXS1NldChqd2tzKSk7XG59XG4iLCAiaW1wb3J0IHsgSk9TRUVycm9yLCBKV0tTVGltZW91dCB9IGZyb20gJy4uL3V0aWwvZXJyb3JzLmpzJztcbmltcG9ydCB7IGlzQ2xvdWRmbGFyZVdvcmtlcnMgfSBmcm9tICcuL2Vudi5qcyc7XG5jb25zdCBmZXRjaEp3a3MgPSBhc3luYyAodXJsLCB0aW1lb3V0KSA9PiB7XG4gICAgbGV0IGNvbnRyb2xsZXI7XG4gICAgbGV0IGlkO1xuICAgIGxldCB0aW1lZE91dCA9IGZhbHNlO1xuICAgIGlmICh0eXBlb2YgQWJvcnRDb250cm9sbGVyID09PSAnZnVuY3Rpb24nKSB7XG4gICAgICAgIGNvbnRyb2xsZXIgPSBuZXcgQWJvcnRDb250cm9sbGVyKCk7XG4gICAgICAgIGlkID0gc2V0VGltZW91dCgoKSA9PiB7XG4gICAgICAgICAgICB0aW1lZE91dCA9IHRydWU7XG4gICAgICAgICAgICBjb250cm9sbGVyLmFib3J0KCk7XG4gICAgICAgIH0sIHRpbWVvdXQpO1xuICAgIH1cbiAgICBjb25zdCByZXNwb25zZSA9IGF3YWl0IGZldGNoKHVybC5ocmVmLCB7XG4gICAgICAgIHNpZ25hbDogY29udHJvbGxlciA/IGNvbnRyb2xsZXIuc2lnbmFsIDogdW5kZWZpbmVkLFxuICAgICAgICByZWRpcmVjdDogJ21hbnVhbCcsXG4gICAgICAgIG1ldGhvZDogJ0dFVCcsXG4gICAgICAgIC4uLighaXNDbG91ZGZsYXJlV29ya2VycygpXG4gICAgICAgICAgICA/IHtcbiAgICAgICAgICAgICAgICByZWZlcnJlclBvbGljeTogJ25vLXJlZmVycmVyJyxcbiAgICAgICAgICAgICAgICBjcmVkZW50aWFsczogJ29taXQnLFxuICAgICAgICAgICAgICAgIG1vZGU6ICdjb3JzJyxcbiAgICAgICAgICAgIH1cbiAgICAgICAgICAgIDogdW5kZWZpbmVkKSxcbiAgICB9KS5jYXRjaCgoZXJyKSA9PiB7XG4gICAgICAgIGlmICh0aW1lZE91dClcbiAgICAgICAgICAgIHRocm93IG5ldyBKV0tTVGltZW91dCgpO1xuICAgICAgICB0aHJvdyBlcnI7XG4gICAgfSk7XG4gICAgaWYgKGlkICE9PSB1bmRlZmluZWQpXG4gICAgICAgIGNsZWFyVGltZW91dChpZCk7XG4gICAgaWYgKHJlc3BvbnNlLnN0YXR1cyAhPT0gMjAwKSB7XG4gICAgICAgIHRocm93IG5ldyBKT1NFRXJyb3IoJ0V4cGVjdGVkIDIwMCBPSyBmcm9tIHRoZSBKU09OIFdlYiBLZXkgU2V0IEhUVFAgcmVzcG9uc2UnKTtcbiAgICB9XG4gICAgdHJ5IHtcbiAgICAgICAgcmV0dXJuIGF3YWl0IHJlc3BvbnNlLmpzb24oKTtcbiAgICB9XG4gICAgY2F0Y2ggKF9hKSB7XG4gICAgICAgIHRocm93IG5ldyBKT1NFRXJyb3IoJ0ZhaWxlZCB0byBwYXJzZSB0aGUgSlNPTiBXZWIgS2V5IFNldCBIVFRQIHJlc3BvbnNlIGFzIEpTT04nKTtcbiAgICB9XG59O1xuZXhwb3J0IGRlZmF1bHQgZmV0Y2hKd2tzO1xuIiwgImltcG9ydCBmZXRjaEp3a3MgZnJvbSAnLi4vcnVudGltZS9mZXRjaF9qd2tzLmpzJztcbmltcG9ydCB7IEpXS1NJbnZhbGlkLCBKV0tTTm9NYXRjaGluZ0tleSB9IGZyb20gJy4uL3V0aWwvZXJyb3JzLmpzJztcbmltcG9ydCB7IGlzSldLU0xpa2UsIExvY2FsSldLU2V0IH0gZnJvbSAnLi9sb2NhbC5qcyc7XG5jbGFzcyBSZW1vdGVKV0tTZXQgZXh0ZW5kcyBMb2NhbEpXS1NldCB7XG4gICAgY29uc3RydWN0b3IodXJsLCBvcHRpb25zKSB7XG4gICAgICAgIHN1cGVyKHsga2V5czogW10gfSk7XG4gICAgICAgIHRoaXMuX2p3a3MgPSB1bmRlZmluZWQ7XG4gICAgICAgIGlmICghKHVybCBpbnN0YW5jZW9mIFVSTCkpIHtcbiAgICAgICAgICAgIHRocm93IG5ldyBUeXBlRXJyb3IoJ3VybCBtdXN0IGJlIGFuIGluc3RhbmNlIG9mIFVSTCcpO1xuICAgICAgICB9XG4gICAgICAgIHRoaXMuX3VybCA9IG5ldyBVUkwodXJsLmhyZWYpO1xuICAgICAgICB0aGlzLl9vcHRpb25zID0geyBhZ2VudDogb3B0aW9ucyA9PT0gbnVsbCB8fCBvcHRpb25zID09PSB2b2lkIDAgPyB2b2lkIDAgOiBvcHRpb25zLmFnZW50IH07XG4gICAgICAgIHRoaXMuX3RpbWVvdXREdXJhdGlvbiA9XG4gICAgICAgICAgICB0eXBlb2YgKG9wdGlvbnMgPT09IG51bGwgfHwgb3B0aW9ucyA9PT0gdm9pZCAwID8gdm9pZCAwIDogb3B0aW9ucy50aW1lb3V0RHVyYXRpb24pID09PSAnbnVtYmVyJyA/IG9wdGlvbnMgPT09IG51bGwgfHwgb3B0aW9ucyA9PT0gdm9pZCAwID8gdm9pZCAwIDogb3B0aW9ucy50aW1lb3V0RHVyYXRpb24gOiA1MDAwO1xuICAgICAgICB0aGlzLl9jb29sZG93bkR1cmF0aW9uID1cbiAgICAgICAgICAgIHR5cGVvZiAob3B0aW9ucyA9PT0gbnVsbCB8fCBvcHRpb25zID09PSB2b2lkIDAgPyB2b2lkIDAgOiBvcHRpb25zLmNvb2xkb3duRHVyYXRpb24pID09PSAnbnVtYmVyJyA/IG9wdGlvbnMgPT09IG51bGwgfHwgb3B0aW9ucyA9PT0gdm9pZCAwID8gdm9pZCAwIDogb3B0aW9ucy5jb29sZG93bkR1cmF0aW9uIDogMzAwMDA7XG4gICAgfVxuICAgIGNvb2xpbmdEb3duKCkge1xuICAgICAgICBpZiAoIXRoaXMuX2Nvb2xkb3duU3RhcnRlZCkge1xuICAgICAgICAgICAgcmV0dXJuIGZhbHNlO1xuICAgICAgICB9XG4gICAgICAgIHJldHVybiBEYXRlLm5vdygpIDwgdGhpcy5fY29vbGRvd25TdGFydGVkICsgdGhpcy5fY29vbGRvd25EdXJhdGlvbjtcbiAgICB9XG4gICAgYXN5bmMgZ2V0S2V5KHByb3RlY3RlZEhlYWRlciwgdG9rZW4pIHtcbiAgICAgICAgaWYgKCF0aGlzLl9qd2tzKSB7XG4gICAgICAgICAgICBhd2FpdCB0aGlzLnJlbG9hZCgpO1xuICAgICAgICB9XG4gICAgICAgIHRyeSB7XG4gICAgICAgICAgICByZXR1cm4gYXdhaXQgc3VwZXIuZ2V0S2V5KHByb3RlY3RlZEhlYWRlciwgdG9rZW4pO1xuICAgICAgICB9XG4gICAgICAgIGNhdGNoIChlcnIpIHtcbiAgICAgICAgICAgIGlmIChlcnIgaW5zdGFuY2VvZiBKV0tTTm9NYXRjaGluZ0tleSkge1xuICAgICAgICAgICAgICAgIGlmICh0aGlzLmNvb2xpbmdEb3duKCkgPT09IGZhbHNlKSB7XG4gICAgICAgICAgICAgICAgICAgIGF3YWl0IHRoaXMucmVsb2FkKCk7XG4gICAgICAgICAgICAgICAgICAgIHJldHVybiBzdXBlci5nZXRLZXkocHJvdGVjdGVkSGVhZGVyLCB0b2tlbik7XG4gICAgICAgICAgICAgICAgfVxuICAgICAgICAgICAgfVxuICAgICAgICAgICAgdGhyb3cgZXJyO1xuICAgICAgICB9XG4gICAgfVxuICAgIGFzeW5jIHJlbG9hZCgpIHtcbiAgICAgICAgaWYgKCF0aGlzLl9wZW5kaW5nRmV0Y2gpIHtcbiAgICAgICAgICAgIHRoaXMuX3BlbmRpbmdGZXRjaCA9IGZldGNoSndrcyh0aGlzLl91cmwsIHRoaXMuX3RpbWVvdXREdXJhdGlvbiwgdGhpcy5fb3B0aW9ucylcbiAgICAgICAgICAgICAgICAudGhlbigoanNvbikgPT4ge1xuICAgICAgICAgICAgICAgIGlmICghaXNKV0tTTGlrZShqc29uKSkge1xuICAgICAgICAgICAgICAgICAgICB0aHJvdyBuZXcgSldLU0ludmFsaWQoJ0pTT04gV2ViIEtleSBTZXQgbWFsZm9ybWVkJyk7XG4gICAgICAgICAgICAgICAgfVxuICAgICAgICAgICAgICAgIHRoaXMuX2p3a3MgPSB7IGtleXM6IGpzb24ua2V5cyB9O1xuICAgICAgICAgICAgICAgIHRoaXMuX2Nvb2xkb3duU3RhcnRlZCA9IERhdGUubm93KCk7XG4gICAgICAgICAgICAgICAgdGhpcy5fcGVuZGluZ0ZldGNoID0gdW5kZWZpbmVkO1xuICAgICAgICAgICAgfSlcbiAgICAgICAgICAgICAgICAuY2F0Y2goKGVycikgPT4ge1xuICAgICAgICAgICAgICAgIHRoaXMuX3BlbmRpbmdGZXRjaCA9IHVuZGVmaW5lZDtcbiAgICAgICAgICAgICAgICB0aHJvdyBlcnI7XG4gICAgICAgICAgICB9KTtcbiAgICAgICAgfVxuICAgICAgICBhd2FpdCB0aGlzLl9wZW5kaW5nRmV0Y2g7XG4gICAgfVxufVxuZXhwb3J0IGZ1bmN0aW9uIGNyZWF0ZVJlbW90ZUpXS1NldCh1cmwsIG9wdGlvbnMpIHtcbiAgICByZXR1cm4gUmVtb3RlSldLU2V0LnByb3RvdHlwZS5nZXRLZXkuYmluZChuZXcgUmVtb3RlSldLU2V0KHVybCwgb3B0aW9ucykpO1xufVxuIiwgIi8vIFdoYXQgYW4gYXBwbGljYXRpb24gZG9lczogb25lIGtleSBzZXQgZm9yIHRoZSB3aG9sZSBpc29sYXRlLCBhIHRva2VuIHZlcmlmaWVkIG9uIGVhY2ggcmVxdWVzdC5cbmltcG9ydCB7IGNyZWF0ZVJlbW90ZUpXS1NldCwgand0VmVyaWZ5IH0gZnJvbSAnam9zZSc7XG5cbmxldCBrZXlzO1xuXG5leHBvcnQgZGVmYXVsdCB7XG4gIGFzeW5jIGZldGNoKHJlcXVlc3QsIGVudikge1xuICAgIGtleXMgPz89IGNyZWF0ZVJlbW90ZUpXS1NldChuZXcgVVJMKGVudi5KV0tTX1VSTCkpO1xuICAgIGNvbnN0IHRva2VuID0gcmVxdWVzdC5oZWFkZXJzLmdldCgnYXV0aG9yaXphdGlvbicpLnNsaWNlKCdCZWFyZXIgJy5sZW5ndGgpO1xuICAgIGNvbnN0IHsgcGF5bG9hZCB9ID0gYXdhaXQgand0VmVyaWZ5KHRva2VuLCBrZXlzLCB7IGlzc3VlcjogJ2lzc3VlcicsIGF1ZGllbmNlOiAnYXVkaWVuY2UnIH0pO1xuICAgIGNvbnNvbGUubG9nKCd2ZXJpZmllZCcsIHBheWxvYWQuc3ViKTtcbiAgICByZXR1cm4gbmV3IFJlc3BvbnNlKHBheWxvYWQuc3ViKTtcbiAgfSxcbn07XG4iXSwKICAibWFwcGluZ3MiOiAiO0FBQU8sSUFBTSxVQUFVLElBQUksWUFBWTtBQUNoQyxJQUFNLFVBQVUsSUFBSSxZQUFZO0FBQ3ZDLElBQU0sWUFBWSxLQUFLO0FBQ2hCLFNBQVMsVUFBVSxTQUFTO0FBQy9CLFFBQU0sT0FBTyxRQUFRLE9BQU8sQ0FBQyxLQUFLLEVBQUUsT0FBTyxNQUFNLE1BQU0sUUFBUSxDQUFDO0FBQ2hFLFFBQU0sTUFBTSxJQUFJLFdBQVcsSUFBSTtBQUMvQixNQUFJLElBQUk7QUFDUixVQUFRLFFBQVEsQ0FBQyxXQUFXO0FBQ3hCLFFBQUksSUFBSSxRQUFRLENBQUM7QUFDakIsU0FBSyxPQUFPO0FBQUEsRUFDaEIsQ0FBQztBQUNELFNBQU87QUFDWDs7O0FDSU8sSUFBTSxlQUFlLENBQUMsWUFBWTtBQUNyQyxTQUFPLElBQUksV0FBVyxLQUFLLE9BQU8sRUFDN0IsTUFBTSxFQUFFLEVBQ1IsSUFBSSxDQUFDLE1BQU0sRUFBRSxXQUFXLENBQUMsQ0FBQyxDQUFDO0FBQ3BDO0FBQ08sSUFBTSxTQUFTLENBQUMsVUFBVTtBQUM3QixNQUFJLFVBQVU7QUFDZCxNQUFJLG1CQUFtQixZQUFZO0FBQy9CLGNBQVUsUUFBUSxPQUFPLE9BQU87QUFBQSxFQUNwQztBQUNBLFlBQVUsUUFBUSxRQUFRLE1BQU0sR0FBRyxFQUFFLFFBQVEsTUFBTSxHQUFHLEVBQUUsUUFBUSxPQUFPLEVBQUU7QUFDekUsTUFBSTtBQUNBLFdBQU8sYUFBYSxPQUFPO0FBQUEsRUFDL0IsU0FDTyxJQUFJO0FBQ1AsVUFBTSxJQUFJLFVBQVUsbURBQW1EO0FBQUEsRUFDM0U7QUFDSjs7O0FDakNPLElBQU0sWUFBTixjQUF3QixNQUFNO0FBQUEsRUFDakMsWUFBWSxTQUFTO0FBQ2pCLFFBQUk7QUFDSixVQUFNLE9BQU87QUFDYixTQUFLLE9BQU87QUFDWixTQUFLLE9BQU8sS0FBSyxZQUFZO0FBQzdCLEtBQUMsS0FBSyxNQUFNLHVCQUF1QixRQUFRLE9BQU8sU0FBUyxTQUFTLEdBQUcsS0FBSyxPQUFPLE1BQU0sS0FBSyxXQUFXO0FBQUEsRUFDN0c7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDTyxJQUFNLDJCQUFOLGNBQXVDLFVBQVU7QUFBQSxFQUNwRCxZQUFZLFNBQVMsUUFBUSxlQUFlLFNBQVMsZUFBZTtBQUNoRSxVQUFNLE9BQU87QUFDYixTQUFLLE9BQU87QUFDWixTQUFLLFFBQVE7QUFDYixTQUFLLFNBQVM7QUFBQSxFQUNsQjtBQUFBLEVBQ0EsV0FBVyxPQUFPO0FBQ2QsV0FBTztBQUFBLEVBQ1g7QUFDSjtBQUNPLElBQU0sYUFBTixjQUF5QixVQUFVO0FBQUEsRUFDdEMsWUFBWSxTQUFTLFFBQVEsZUFBZSxTQUFTLGVBQWU7QUFDaEUsVUFBTSxPQUFPO0FBQ2IsU0FBSyxPQUFPO0FBQ1osU0FBSyxRQUFRO0FBQ2IsU0FBSyxTQUFTO0FBQUEsRUFDbEI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDTyxJQUFNLG9CQUFOLGNBQWdDLFVBQVU7QUFBQSxFQUM3QyxjQUFjO0FBQ1YsVUFBTSxHQUFHLFNBQVM7QUFDbEIsU0FBSyxPQUFPO0FBQUEsRUFDaEI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDTyxJQUFNLG1CQUFOLGNBQStCLFVBQVU7QUFBQSxFQUM1QyxjQUFjO0FBQ1YsVUFBTSxHQUFHLFNBQVM7QUFDbEIsU0FBSyxPQUFPO0FBQUEsRUFDaEI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFvQk8sSUFBTSxhQUFOLGNBQXlCLFVBQVU7QUFBQSxFQUN0QyxjQUFjO0FBQ1YsVUFBTSxHQUFHLFNBQVM7QUFDbEIsU0FBSyxPQUFPO0FBQUEsRUFDaEI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDTyxJQUFNLGFBQU4sY0FBeUIsVUFBVTtBQUFBLEVBQ3RDLGNBQWM7QUFDVixVQUFNLEdBQUcsU0FBUztBQUNsQixTQUFLLE9BQU87QUFBQSxFQUNoQjtBQUFBLEVBQ0EsV0FBVyxPQUFPO0FBQ2QsV0FBTztBQUFBLEVBQ1g7QUFDSjtBQVVPLElBQU0sY0FBTixjQUEwQixVQUFVO0FBQUEsRUFDdkMsY0FBYztBQUNWLFVBQU0sR0FBRyxTQUFTO0FBQ2xCLFNBQUssT0FBTztBQUFBLEVBQ2hCO0FBQUEsRUFDQSxXQUFXLE9BQU87QUFDZCxXQUFPO0FBQUEsRUFDWDtBQUNKO0FBQ08sSUFBTSxvQkFBTixjQUFnQyxVQUFVO0FBQUEsRUFDN0MsY0FBYztBQUNWLFVBQU0sR0FBRyxTQUFTO0FBQ2xCLFNBQUssT0FBTztBQUNaLFNBQUssVUFBVTtBQUFBLEVBQ25CO0FBQUEsRUFDQSxXQUFXLE9BQU87QUFDZCxXQUFPO0FBQUEsRUFDWDtBQUNKO0FBQ08sSUFBTSwyQkFBTixjQUF1QyxVQUFVO0FBQUEsRUFDcEQsY0FBYztBQUNWLFVBQU0sR0FBRyxTQUFTO0FBQ2xCLFNBQUssT0FBTztBQUNaLFNBQUssVUFBVTtBQUFBLEVBQ25CO0FBQUEsRUFDQSxXQUFXLE9BQU87QUFDZCxXQUFPO0FBQUEsRUFDWDtBQUNKO0FBQ08sSUFBTSxjQUFOLGNBQTBCLFVBQVU7QUFBQSxFQUN2QyxjQUFjO0FBQ1YsVUFBTSxHQUFHLFNBQVM7QUFDbEIsU0FBSyxPQUFPO0FBQ1osU0FBSyxVQUFVO0FBQUEsRUFDbkI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDTyxJQUFNLGlDQUFOLGNBQTZDLFVBQVU7QUFBQSxFQUMxRCxjQUFjO0FBQ1YsVUFBTSxHQUFHLFNBQVM7QUFDbEIsU0FBSyxPQUFPO0FBQ1osU0FBSyxVQUFVO0FBQUEsRUFDbkI7QUFBQSxFQUNBLFdBQVcsT0FBTztBQUNkLFdBQU87QUFBQSxFQUNYO0FBQ0o7OztBQ2xKQSxJQUFPLG9CQUFRO0FBQ1IsU0FBUyxZQUFZLEtBQUs7QUFDN0IsTUFBSTtBQUNBLFdBQVEsT0FBTyxRQUNYLE9BQU8sSUFBSSxnQkFBZ0IsYUFDM0IsT0FBTyxJQUFJLFVBQVUsU0FBUyxZQUM5QixPQUFPLElBQUksU0FBUztBQUFBLEVBQzVCLFNBQ08sSUFBSTtBQUNQLFdBQU87QUFBQSxFQUNYO0FBQ0o7OztBQ1ZBLElBQU8saUJBQVEsa0JBQU8sZ0JBQWdCLEtBQUssaUJBQU07OztBQ0QxQyxTQUFTLHNCQUFzQjtBQUNsQyxTQUFPLE9BQU8sa0JBQWtCO0FBQ3BDO0FBQ08sU0FBUyxXQUFXO0FBQ3ZCLE1BQUk7QUFDQSxXQUFPLFFBQVEsU0FBUyxTQUFTO0FBQUEsRUFDckMsU0FDTyxJQUFJO0FBQ1AsV0FBTztBQUFBLEVBQ1g7QUFDSjs7O0FDVEEsU0FBUyxTQUFTLE1BQU0sT0FBTyxrQkFBa0I7QUFDN0MsU0FBTyxJQUFJLFVBQVUsa0RBQWtELElBQUksWUFBWSxJQUFJLEVBQUU7QUFDakc7QUFDQSxTQUFTLFlBQVksV0FBVyxNQUFNO0FBQ2xDLFNBQU8sVUFBVSxTQUFTO0FBQzlCO0FBQ0EsU0FBUyxjQUFjLE1BQU07QUFDekIsU0FBTyxTQUFTLEtBQUssS0FBSyxNQUFNLENBQUMsR0FBRyxFQUFFO0FBQzFDO0FBQ0EsU0FBUyxjQUFjLEtBQUs7QUFDeEIsVUFBUSxLQUFLO0FBQUEsSUFDVCxLQUFLO0FBQ0QsYUFBTztBQUFBLElBQ1gsS0FBSztBQUNELGFBQU87QUFBQSxJQUNYLEtBQUs7QUFDRCxhQUFPO0FBQUEsSUFDWDtBQUNJLFlBQU0sSUFBSSxNQUFNLGFBQWE7QUFBQSxFQUNyQztBQUNKO0FBQ0EsU0FBUyxXQUFXLEtBQUssUUFBUTtBQUM3QixNQUFJLE9BQU8sVUFBVSxDQUFDLE9BQU8sS0FBSyxDQUFDLGFBQWEsSUFBSSxPQUFPLFNBQVMsUUFBUSxDQUFDLEdBQUc7QUFDNUUsUUFBSSxNQUFNO0FBQ1YsUUFBSSxPQUFPLFNBQVMsR0FBRztBQUNuQixZQUFNLE9BQU8sT0FBTyxJQUFJO0FBQ3hCLGFBQU8sVUFBVSxPQUFPLEtBQUssSUFBSSxDQUFDLFFBQVEsSUFBSTtBQUFBLElBQ2xELFdBQ1MsT0FBTyxXQUFXLEdBQUc7QUFDMUIsYUFBTyxVQUFVLE9BQU8sQ0FBQyxDQUFDLE9BQU8sT0FBTyxDQUFDLENBQUM7QUFBQSxJQUM5QyxPQUNLO0FBQ0QsYUFBTyxHQUFHLE9BQU8sQ0FBQyxDQUFDO0FBQUEsSUFDdkI7QUFDQSxVQUFNLElBQUksVUFBVSxHQUFHO0FBQUEsRUFDM0I7QUFDSjtBQUNPLFNBQVMsa0JBQWtCLEtBQUssUUFBUSxRQUFRO0FBQ25ELFVBQVEsS0FBSztBQUFBLElBQ1QsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSyxTQUFTO0FBQ1YsVUFBSSxDQUFDLFlBQVksSUFBSSxXQUFXLE1BQU07QUFDbEMsY0FBTSxTQUFTLE1BQU07QUFDekIsWUFBTSxXQUFXLFNBQVMsSUFBSSxNQUFNLENBQUMsR0FBRyxFQUFFO0FBQzFDLFlBQU0sU0FBUyxjQUFjLElBQUksVUFBVSxJQUFJO0FBQy9DLFVBQUksV0FBVztBQUNYLGNBQU0sU0FBUyxPQUFPLFFBQVEsSUFBSSxnQkFBZ0I7QUFDdEQ7QUFBQSxJQUNKO0FBQUEsSUFDQSxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLLFNBQVM7QUFDVixVQUFJLENBQUMsWUFBWSxJQUFJLFdBQVcsbUJBQW1CO0FBQy9DLGNBQU0sU0FBUyxtQkFBbUI7QUFDdEMsWUFBTSxXQUFXLFNBQVMsSUFBSSxNQUFNLENBQUMsR0FBRyxFQUFFO0FBQzFDLFlBQU0sU0FBUyxjQUFjLElBQUksVUFBVSxJQUFJO0FBQy9DLFVBQUksV0FBVztBQUNYLGNBQU0sU0FBUyxPQUFPLFFBQVEsSUFBSSxnQkFBZ0I7QUFDdEQ7QUFBQSxJQUNKO0FBQUEsSUFDQSxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLLFNBQVM7QUFDVixVQUFJLENBQUMsWUFBWSxJQUFJLFdBQVcsU0FBUztBQUNyQyxjQUFNLFNBQVMsU0FBUztBQUM1QixZQUFNLFdBQVcsU0FBUyxJQUFJLE1BQU0sQ0FBQyxHQUFHLEVBQUU7QUFDMUMsWUFBTSxTQUFTLGNBQWMsSUFBSSxVQUFVLElBQUk7QUFDL0MsVUFBSSxXQUFXO0FBQ1gsY0FBTSxTQUFTLE9BQU8sUUFBUSxJQUFJLGdCQUFnQjtBQUN0RDtBQUFBLElBQ0o7QUFBQSxJQUNBLE1BQUssU0FBUyxLQUFLLFVBQVM7QUFDeEIsVUFBSSxJQUFJLFVBQVUsU0FBUyxrQkFBa0IsSUFBSSxVQUFVLFNBQVM7QUFDaEUsY0FBTSxTQUFTLDRCQUE0QjtBQUMvQztBQUFBLElBQ0o7QUFBQSxJQUNBLE1BQUssb0JBQW9CLEtBQUssVUFBUztBQUNuQyxVQUFJLENBQUMsWUFBWSxJQUFJLFdBQVcsY0FBYztBQUMxQyxjQUFNLFNBQVMsY0FBYztBQUNqQztBQUFBLElBQ0o7QUFBQSxJQUNBLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUssU0FBUztBQUNWLFVBQUksQ0FBQyxZQUFZLElBQUksV0FBVyxPQUFPO0FBQ25DLGNBQU0sU0FBUyxPQUFPO0FBQzFCLFlBQU0sV0FBVyxjQUFjLEdBQUc7QUFDbEMsWUFBTSxTQUFTLElBQUksVUFBVTtBQUM3QixVQUFJLFdBQVc7QUFDWCxjQUFNLFNBQVMsVUFBVSxzQkFBc0I7QUFDbkQ7QUFBQSxJQUNKO0FBQUEsSUFDQTtBQUNJLFlBQU0sSUFBSSxVQUFVLDJDQUEyQztBQUFBLEVBQ3ZFO0FBQ0EsYUFBVyxLQUFLLE1BQU07QUFDMUI7OztBQ2xHQSxJQUFPLDRCQUFRLENBQUMsV0FBV0EsV0FBVTtBQUNqQyxNQUFJLE1BQU07QUFDVixNQUFJQSxPQUFNLFNBQVMsR0FBRztBQUNsQixVQUFNLE9BQU9BLE9BQU0sSUFBSTtBQUN2QixXQUFPLGVBQWVBLE9BQU0sS0FBSyxJQUFJLENBQUMsUUFBUSxJQUFJO0FBQUEsRUFDdEQsV0FDU0EsT0FBTSxXQUFXLEdBQUc7QUFDekIsV0FBTyxlQUFlQSxPQUFNLENBQUMsQ0FBQyxPQUFPQSxPQUFNLENBQUMsQ0FBQztBQUFBLEVBQ2pELE9BQ0s7QUFDRCxXQUFPLFdBQVdBLE9BQU0sQ0FBQyxDQUFDO0FBQUEsRUFDOUI7QUFDQSxNQUFJLFVBQVUsTUFBTTtBQUNoQixXQUFPLGFBQWEsTUFBTTtBQUFBLEVBQzlCLFdBQ1MsT0FBTyxXQUFXLGNBQWMsT0FBTyxNQUFNO0FBQ2xELFdBQU8sc0JBQXNCLE9BQU8sSUFBSTtBQUFBLEVBQzVDLFdBQ1MsT0FBTyxXQUFXLFlBQVksVUFBVSxNQUFNO0FBQ25ELFFBQUksT0FBTyxlQUFlLE9BQU8sWUFBWSxNQUFNO0FBQy9DLGFBQU8sNEJBQTRCLE9BQU8sWUFBWSxJQUFJO0FBQUEsSUFDOUQ7QUFBQSxFQUNKO0FBQ0EsU0FBTztBQUNYOzs7QUN2QkEsSUFBTyxzQkFBUSxDQUFDLFFBQVE7QUFDcEIsU0FBTyxZQUFZLEdBQUc7QUFDMUI7QUFDTyxJQUFNLFFBQVEsQ0FBQyxXQUFXOzs7QUNKakMsSUFBTSxhQUFhLElBQUksWUFBWTtBQUMvQixRQUFNLFVBQVUsUUFBUSxPQUFPLE9BQU87QUFDdEMsTUFBSSxRQUFRLFdBQVcsS0FBSyxRQUFRLFdBQVcsR0FBRztBQUM5QyxXQUFPO0FBQUEsRUFDWDtBQUNBLE1BQUk7QUFDSixhQUFXLFVBQVUsU0FBUztBQUMxQixVQUFNLGFBQWEsT0FBTyxLQUFLLE1BQU07QUFDckMsUUFBSSxDQUFDLE9BQU8sSUFBSSxTQUFTLEdBQUc7QUFDeEIsWUFBTSxJQUFJLElBQUksVUFBVTtBQUN4QjtBQUFBLElBQ0o7QUFDQSxlQUFXLGFBQWEsWUFBWTtBQUNoQyxVQUFJLElBQUksSUFBSSxTQUFTLEdBQUc7QUFDcEIsZUFBTztBQUFBLE1BQ1g7QUFDQSxVQUFJLElBQUksU0FBUztBQUFBLElBQ3JCO0FBQUEsRUFDSjtBQUNBLFNBQU87QUFDWDtBQUNBLElBQU8sc0JBQVE7OztBQ3JCZixTQUFTLGFBQWEsT0FBTztBQUN6QixTQUFPLE9BQU8sVUFBVSxZQUFZLFVBQVU7QUFDbEQ7QUFDZSxTQUFSLFNBQTBCLE9BQU87QUFDcEMsTUFBSSxDQUFDLGFBQWEsS0FBSyxLQUFLLE9BQU8sVUFBVSxTQUFTLEtBQUssS0FBSyxNQUFNLG1CQUFtQjtBQUNyRixXQUFPO0FBQUEsRUFDWDtBQUNBLE1BQUksT0FBTyxlQUFlLEtBQUssTUFBTSxNQUFNO0FBQ3ZDLFdBQU87QUFBQSxFQUNYO0FBQ0EsTUFBSSxRQUFRO0FBQ1osU0FBTyxPQUFPLGVBQWUsS0FBSyxNQUFNLE1BQU07QUFDMUMsWUFBUSxPQUFPLGVBQWUsS0FBSztBQUFBLEVBQ3ZDO0FBQ0EsU0FBTyxPQUFPLGVBQWUsS0FBSyxNQUFNO0FBQzVDOzs7QUNmQSxJQUFPLDJCQUFRLENBQUMsS0FBSyxRQUFRO0FBQ3pCLE1BQUksSUFBSSxXQUFXLElBQUksS0FBSyxJQUFJLFdBQVcsSUFBSSxHQUFHO0FBQzlDLFVBQU0sRUFBRSxjQUFjLElBQUksSUFBSTtBQUM5QixRQUFJLE9BQU8sa0JBQWtCLFlBQVksZ0JBQWdCLE1BQU07QUFDM0QsWUFBTSxJQUFJLFVBQVUsR0FBRyxHQUFHLHVEQUF1RDtBQUFBLElBQ3JGO0FBQUEsRUFDSjtBQUNKOzs7QUNIQSxTQUFTLGNBQWMsS0FBSztBQUN4QixNQUFJO0FBQ0osTUFBSTtBQUNKLFVBQVEsSUFBSSxLQUFLO0FBQUEsSUFDYixLQUFLLE9BQU87QUFDUixjQUFRLElBQUksS0FBSztBQUFBLFFBQ2IsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxRQUFRLE1BQU0sT0FBTyxJQUFJLElBQUksTUFBTSxFQUFFLENBQUMsR0FBRztBQUM3RCxzQkFBWSxDQUFDLFFBQVEsUUFBUTtBQUM3QjtBQUFBLFFBQ0osS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELGdCQUFNLElBQUksaUJBQWlCLEdBQUcsSUFBSSxHQUFHLGlEQUFpRDtBQUFBLFFBQzFGLEtBQUs7QUFBQSxRQUNMLEtBQUs7QUFBQSxRQUNMLEtBQUs7QUFBQSxRQUNMLEtBQUs7QUFBQSxRQUNMLEtBQUs7QUFBQSxRQUNMLEtBQUs7QUFDRCxzQkFBWSxFQUFFLE1BQU0sVUFBVTtBQUM5QixzQkFBWSxDQUFDLFdBQVcsU0FBUztBQUNqQztBQUFBLFFBQ0osS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxTQUFTO0FBQzdCLHNCQUFZLENBQUMsV0FBVyxXQUFXO0FBQ25DO0FBQUEsUUFDSixLQUFLO0FBQUEsUUFDTCxLQUFLO0FBQUEsUUFDTCxLQUFLO0FBQ0Qsc0JBQVksRUFBRSxNQUFNLFNBQVM7QUFDN0Isc0JBQVksQ0FBQyxZQUFZO0FBQ3pCO0FBQUEsUUFDSjtBQUNJLGdCQUFNLElBQUksaUJBQWlCLDhEQUE4RDtBQUFBLE1BQ2pHO0FBQ0E7QUFBQSxJQUNKO0FBQUEsSUFDQSxLQUFLLE9BQU87QUFDUixjQUFRLElBQUksS0FBSztBQUFBLFFBQ2IsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxXQUFXLE1BQU0sT0FBTyxJQUFJLElBQUksTUFBTSxFQUFFLENBQUMsR0FBRztBQUNoRSxzQkFBWSxJQUFJLElBQUksQ0FBQyxNQUFNLElBQUksQ0FBQyxRQUFRO0FBQ3hDO0FBQUEsUUFDSixLQUFLO0FBQUEsUUFDTCxLQUFLO0FBQUEsUUFDTCxLQUFLO0FBQ0Qsc0JBQVksRUFBRSxNQUFNLHFCQUFxQixNQUFNLE9BQU8sSUFBSSxJQUFJLE1BQU0sRUFBRSxDQUFDLEdBQUc7QUFDMUUsc0JBQVksSUFBSSxJQUFJLENBQUMsTUFBTSxJQUFJLENBQUMsUUFBUTtBQUN4QztBQUFBLFFBQ0osS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELHNCQUFZO0FBQUEsWUFDUixNQUFNO0FBQUEsWUFDTixNQUFNLE9BQU8sU0FBUyxJQUFJLElBQUksTUFBTSxFQUFFLEdBQUcsRUFBRSxLQUFLLENBQUM7QUFBQSxVQUNyRDtBQUNBLHNCQUFZLElBQUksSUFBSSxDQUFDLFdBQVcsV0FBVyxJQUFJLENBQUMsV0FBVyxTQUFTO0FBQ3BFO0FBQUEsUUFDSjtBQUNJLGdCQUFNLElBQUksaUJBQWlCLDhEQUE4RDtBQUFBLE1BQ2pHO0FBQ0E7QUFBQSxJQUNKO0FBQUEsSUFDQSxLQUFLLE1BQU07QUFDUCxjQUFRLElBQUksS0FBSztBQUFBLFFBQ2IsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxTQUFTLFlBQVksUUFBUTtBQUNqRCxzQkFBWSxJQUFJLElBQUksQ0FBQyxNQUFNLElBQUksQ0FBQyxRQUFRO0FBQ3hDO0FBQUEsUUFDSixLQUFLO0FBQ0Qsc0JBQVksRUFBRSxNQUFNLFNBQVMsWUFBWSxRQUFRO0FBQ2pELHNCQUFZLElBQUksSUFBSSxDQUFDLE1BQU0sSUFBSSxDQUFDLFFBQVE7QUFDeEM7QUFBQSxRQUNKLEtBQUs7QUFDRCxzQkFBWSxFQUFFLE1BQU0sU0FBUyxZQUFZLFFBQVE7QUFDakQsc0JBQVksSUFBSSxJQUFJLENBQUMsTUFBTSxJQUFJLENBQUMsUUFBUTtBQUN4QztBQUFBLFFBQ0osS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUFBLFFBQ0wsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxRQUFRLFlBQVksSUFBSSxJQUFJO0FBQ2hELHNCQUFZLElBQUksSUFBSSxDQUFDLFlBQVksSUFBSSxDQUFDO0FBQ3RDO0FBQUEsUUFDSjtBQUNJLGdCQUFNLElBQUksaUJBQWlCLDhEQUE4RDtBQUFBLE1BQ2pHO0FBQ0E7QUFBQSxJQUNKO0FBQUEsSUFDQSxPQUFNLG9CQUFvQixLQUFLLFNBQVMsTUFBTTtBQUMxQyxVQUFJLElBQUksUUFBUSxTQUFTO0FBQ3JCLGNBQU0sSUFBSSxpQkFBaUIsOERBQThEO0FBQUEsTUFDN0Y7QUFDQSxjQUFRLElBQUksS0FBSztBQUFBLFFBQ2IsS0FBSztBQUNELHNCQUFZLEVBQUUsTUFBTSxnQkFBZ0IsWUFBWSxlQUFlO0FBQy9ELHNCQUFZLElBQUksSUFBSSxDQUFDLE1BQU0sSUFBSSxDQUFDLFFBQVE7QUFDeEM7QUFBQSxRQUNKLE1BQUssU0FBUyxLQUFLO0FBQ2Ysc0JBQVksRUFBRSxNQUFNLGNBQWMsWUFBWSxhQUFhO0FBQzNELHNCQUFZLElBQUksSUFBSSxDQUFDLE1BQU0sSUFBSSxDQUFDLFFBQVE7QUFDeEM7QUFBQSxRQUNKO0FBQ0ksZ0JBQU0sSUFBSSxpQkFBaUIsd0VBQXdFO0FBQUEsTUFDM0c7QUFDQTtBQUFBLElBQ0o7QUFDSSxZQUFNLElBQUksaUJBQWlCLDZEQUE2RDtBQUFBLEVBQ2hHO0FBQ0EsU0FBTyxFQUFFLFdBQVcsVUFBVTtBQUNsQztBQUNBLElBQU0sUUFBUSxPQUFPLFFBQVE7QUFDekIsTUFBSSxJQUFJO0FBQ1IsUUFBTSxFQUFFLFdBQVcsVUFBVSxJQUFJLGNBQWMsR0FBRztBQUNsRCxRQUFNLE9BQU87QUFBQSxJQUNUO0FBQUEsS0FDQyxLQUFLLElBQUksU0FBUyxRQUFRLE9BQU8sU0FBUyxLQUFLO0FBQUEsS0FDL0MsS0FBSyxJQUFJLGFBQWEsUUFBUSxPQUFPLFNBQVMsS0FBSztBQUFBLEVBQ3hEO0FBQ0EsTUFBSSxVQUFVLFNBQVMsVUFBVTtBQUM3QixXQUFPLGtCQUFPLE9BQU8sVUFBVSxPQUFPLE9BQVUsSUFBSSxDQUFDLEdBQUcsR0FBRyxJQUFJO0FBQUEsRUFDbkU7QUFDQSxRQUFNLFVBQVUsRUFBRSxHQUFHLElBQUk7QUFDekIsU0FBTyxRQUFRO0FBQ2YsU0FBTyxrQkFBTyxPQUFPLFVBQVUsT0FBTyxTQUFTLEdBQUcsSUFBSTtBQUMxRDtBQUNBLElBQU8scUJBQVE7OztBQy9DZixlQUFzQixVQUFVLEtBQUssS0FBSyxnQkFBZ0I7QUFDdEQsTUFBSSxDQUFDLFNBQVMsR0FBRyxHQUFHO0FBQ2hCLFVBQU0sSUFBSSxVQUFVLHVCQUF1QjtBQUFBLEVBQy9DO0FBQ0EsVUFBUSxNQUFNLElBQUk7QUFDbEIsTUFBSSxPQUFPLFFBQVEsWUFBWSxDQUFDLEtBQUs7QUFDakMsVUFBTSxJQUFJLFVBQVUsMERBQTBEO0FBQUEsRUFDbEY7QUFDQSxVQUFRLElBQUksS0FBSztBQUFBLElBQ2IsS0FBSztBQUNELFVBQUksT0FBTyxJQUFJLE1BQU0sWUFBWSxDQUFDLElBQUksR0FBRztBQUNyQyxjQUFNLElBQUksVUFBVSx5Q0FBeUM7QUFBQSxNQUNqRTtBQUNBLHlCQUFtQixRQUFRLG1CQUFtQixTQUFTLGlCQUFrQixpQkFBaUIsSUFBSSxRQUFRO0FBQ3RHLFVBQUksZ0JBQWdCO0FBQ2hCLGVBQU8sbUJBQVksRUFBRSxHQUFHLEtBQUssS0FBSyxLQUFLLE1BQU0sQ0FBQztBQUFBLE1BQ2xEO0FBQ0EsYUFBTyxPQUFnQixJQUFJLENBQUM7QUFBQSxJQUNoQyxLQUFLO0FBQ0QsVUFBSSxJQUFJLFFBQVEsUUFBVztBQUN2QixjQUFNLElBQUksaUJBQWlCLG9FQUFvRTtBQUFBLE1BQ25HO0FBQUEsSUFDSixLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQ0QsYUFBTyxtQkFBWSxFQUFFLEdBQUcsS0FBSyxJQUFJLENBQUM7QUFBQSxJQUN0QztBQUNJLFlBQU0sSUFBSSxpQkFBaUIsOENBQThDO0FBQUEsRUFDakY7QUFDSjs7O0FDckhBLElBQU0scUJBQXFCLENBQUMsUUFBUTtBQUNoQyxNQUFJLGVBQWU7QUFDZjtBQUNKLE1BQUksQ0FBQyxvQkFBVSxHQUFHLEdBQUc7QUFDakIsVUFBTSxJQUFJLFVBQVUsMEJBQWdCLEtBQUssR0FBRyxPQUFPLFlBQVksQ0FBQztBQUFBLEVBQ3BFO0FBQ0EsTUFBSSxJQUFJLFNBQVMsVUFBVTtBQUN2QixVQUFNLElBQUksVUFBVSxHQUFHLE1BQU0sS0FBSyxNQUFNLENBQUMsOERBQThEO0FBQUEsRUFDM0c7QUFDSjtBQUNBLElBQU0sc0JBQXNCLENBQUMsS0FBSyxVQUFVO0FBQ3hDLE1BQUksQ0FBQyxvQkFBVSxHQUFHLEdBQUc7QUFDakIsVUFBTSxJQUFJLFVBQVUsMEJBQWdCLEtBQUssR0FBRyxLQUFLLENBQUM7QUFBQSxFQUN0RDtBQUNBLE1BQUksSUFBSSxTQUFTLFVBQVU7QUFDdkIsVUFBTSxJQUFJLFVBQVUsR0FBRyxNQUFNLEtBQUssTUFBTSxDQUFDLG1FQUFtRTtBQUFBLEVBQ2hIO0FBQ0EsTUFBSSxVQUFVLFVBQVUsSUFBSSxTQUFTLFVBQVU7QUFDM0MsVUFBTSxJQUFJLFVBQVUsR0FBRyxNQUFNLEtBQUssTUFBTSxDQUFDLHVFQUF1RTtBQUFBLEVBQ3BIO0FBQ0EsTUFBSSxVQUFVLGFBQWEsSUFBSSxTQUFTLFVBQVU7QUFDOUMsVUFBTSxJQUFJLFVBQVUsR0FBRyxNQUFNLEtBQUssTUFBTSxDQUFDLDBFQUEwRTtBQUFBLEVBQ3ZIO0FBQ0EsTUFBSSxJQUFJLGFBQWEsVUFBVSxZQUFZLElBQUksU0FBUyxXQUFXO0FBQy9ELFVBQU0sSUFBSSxVQUFVLEdBQUcsTUFBTSxLQUFLLE1BQU0sQ0FBQyx3RUFBd0U7QUFBQSxFQUNySDtBQUNBLE1BQUksSUFBSSxhQUFhLFVBQVUsYUFBYSxJQUFJLFNBQVMsV0FBVztBQUNoRSxVQUFNLElBQUksVUFBVSxHQUFHLE1BQU0sS0FBSyxNQUFNLENBQUMseUVBQXlFO0FBQUEsRUFDdEg7QUFDSjtBQUNBLElBQU0sZUFBZSxDQUFDLEtBQUssS0FBSyxVQUFVO0FBQ3RDLFFBQU0sWUFBWSxJQUFJLFdBQVcsSUFBSSxLQUNqQyxRQUFRLFNBQ1IsSUFBSSxXQUFXLE9BQU8sS0FDdEIscUJBQXFCLEtBQUssR0FBRztBQUNqQyxNQUFJLFdBQVc7QUFDWCx1QkFBbUIsR0FBRztBQUFBLEVBQzFCLE9BQ0s7QUFDRCx3QkFBb0IsS0FBSyxLQUFLO0FBQUEsRUFDbEM7QUFDSjtBQUNBLElBQU8seUJBQVE7OztBQzNDZixTQUFTLGFBQWEsS0FBSyxtQkFBbUIsa0JBQWtCLGlCQUFpQixZQUFZO0FBQ3pGLE1BQUksV0FBVyxTQUFTLFVBQWEsZ0JBQWdCLFNBQVMsUUFBVztBQUNyRSxVQUFNLElBQUksSUFBSSxnRUFBZ0U7QUFBQSxFQUNsRjtBQUNBLE1BQUksQ0FBQyxtQkFBbUIsZ0JBQWdCLFNBQVMsUUFBVztBQUN4RCxXQUFPLG9CQUFJLElBQUk7QUFBQSxFQUNuQjtBQUNBLE1BQUksQ0FBQyxNQUFNLFFBQVEsZ0JBQWdCLElBQUksS0FDbkMsZ0JBQWdCLEtBQUssV0FBVyxLQUNoQyxnQkFBZ0IsS0FBSyxLQUFLLENBQUMsVUFBVSxPQUFPLFVBQVUsWUFBWSxNQUFNLFdBQVcsQ0FBQyxHQUFHO0FBQ3ZGLFVBQU0sSUFBSSxJQUFJLHVGQUF1RjtBQUFBLEVBQ3pHO0FBQ0EsTUFBSTtBQUNKLE1BQUkscUJBQXFCLFFBQVc7QUFDaEMsaUJBQWEsSUFBSSxJQUFJLENBQUMsR0FBRyxPQUFPLFFBQVEsZ0JBQWdCLEdBQUcsR0FBRyxrQkFBa0IsUUFBUSxDQUFDLENBQUM7QUFBQSxFQUM5RixPQUNLO0FBQ0QsaUJBQWE7QUFBQSxFQUNqQjtBQUNBLGFBQVcsYUFBYSxnQkFBZ0IsTUFBTTtBQUMxQyxRQUFJLENBQUMsV0FBVyxJQUFJLFNBQVMsR0FBRztBQUM1QixZQUFNLElBQUksaUJBQWlCLCtCQUErQixTQUFTLHFCQUFxQjtBQUFBLElBQzVGO0FBQ0EsUUFBSSxXQUFXLFNBQVMsTUFBTSxRQUFXO0FBQ3JDLFlBQU0sSUFBSSxJQUFJLCtCQUErQixTQUFTLGNBQWM7QUFBQSxJQUN4RSxXQUNTLFdBQVcsSUFBSSxTQUFTLEtBQUssZ0JBQWdCLFNBQVMsTUFBTSxRQUFXO0FBQzVFLFlBQU0sSUFBSSxJQUFJLCtCQUErQixTQUFTLCtCQUErQjtBQUFBLElBQ3pGO0FBQUEsRUFDSjtBQUNBLFNBQU8sSUFBSSxJQUFJLGdCQUFnQixJQUFJO0FBQ3ZDO0FBQ0EsSUFBTyx3QkFBUTs7O0FDakNmLElBQU0scUJBQXFCLENBQUMsUUFBUSxlQUFlO0FBQy9DLE1BQUksZUFBZSxXQUNkLENBQUMsTUFBTSxRQUFRLFVBQVUsS0FBSyxXQUFXLEtBQUssQ0FBQyxNQUFNLE9BQU8sTUFBTSxRQUFRLElBQUk7QUFDL0UsVUFBTSxJQUFJLFVBQVUsSUFBSSxNQUFNLHNDQUFzQztBQUFBLEVBQ3hFO0FBQ0EsTUFBSSxDQUFDLFlBQVk7QUFDYixXQUFPO0FBQUEsRUFDWDtBQUNBLFNBQU8sSUFBSSxJQUFJLFVBQVU7QUFDN0I7QUFDQSxJQUFPLDhCQUFROzs7QUNSQSxTQUFSLFVBQTJCLEtBQUssV0FBVztBQUM5QyxRQUFNLE9BQU8sT0FBTyxJQUFJLE1BQU0sRUFBRSxDQUFDO0FBQ2pDLFVBQVEsS0FBSztBQUFBLElBQ1QsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSztBQUNELGFBQU8sRUFBRSxNQUFNLE1BQU0sT0FBTztBQUFBLElBQ2hDLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFDRCxhQUFPLEVBQUUsTUFBTSxNQUFNLFdBQVcsWUFBWSxJQUFJLE1BQU0sRUFBRSxLQUFLLEVBQUU7QUFBQSxJQUNuRSxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQ0QsYUFBTyxFQUFFLE1BQU0sTUFBTSxvQkFBb0I7QUFBQSxJQUM3QyxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQ0QsYUFBTyxFQUFFLE1BQU0sTUFBTSxTQUFTLFlBQVksVUFBVSxXQUFXO0FBQUEsSUFDbkUsT0FBTSxvQkFBb0IsS0FBSyxTQUFTLE1BQU07QUFDMUMsWUFBTSxFQUFFLFdBQVcsSUFBSTtBQUN2QixhQUFPLEVBQUUsTUFBTSxZQUFZLFdBQVc7QUFBQSxJQUMxQztBQUNJLFlBQU0sSUFBSSxpQkFBaUIsT0FBTyxHQUFHLDZEQUE2RDtBQUFBLEVBQzFHO0FBQ0o7OztBQ3ZCZSxTQUFSLGFBQThCLEtBQUssS0FBSyxPQUFPO0FBQ2xELE1BQUksWUFBWSxHQUFHLEdBQUc7QUFDbEIsc0JBQWtCLEtBQUssS0FBSyxLQUFLO0FBQ2pDLFdBQU87QUFBQSxFQUNYO0FBQ0EsTUFBSSxlQUFlLFlBQVk7QUFDM0IsUUFBSSxDQUFDLElBQUksV0FBVyxJQUFJLEdBQUc7QUFDdkIsWUFBTSxJQUFJLFVBQVUsMEJBQWdCLEtBQUssR0FBRyxLQUFLLENBQUM7QUFBQSxJQUN0RDtBQUNBLFdBQU8sa0JBQU8sT0FBTyxVQUFVLE9BQU8sS0FBSyxFQUFFLE1BQU0sT0FBTyxJQUFJLE1BQU0sRUFBRSxDQUFDLElBQUksTUFBTSxPQUFPLEdBQUcsT0FBTyxDQUFDLEtBQUssQ0FBQztBQUFBLEVBQzdHO0FBQ0EsUUFBTSxJQUFJLFVBQVUsMEJBQWdCLEtBQUssR0FBRyxPQUFPLFlBQVksQ0FBQztBQUNwRTs7O0FDWkEsSUFBTSxTQUFTLE9BQU8sS0FBSyxLQUFLLFdBQVcsU0FBUztBQUNoRCxRQUFNLFlBQVksTUFBTSxhQUFhLEtBQUssS0FBSyxRQUFRO0FBQ3ZELDJCQUFlLEtBQUssU0FBUztBQUM3QixRQUFNLFlBQVksVUFBZ0IsS0FBSyxVQUFVLFNBQVM7QUFDMUQsTUFBSTtBQUNBLFdBQU8sTUFBTSxrQkFBTyxPQUFPLE9BQU8sV0FBVyxXQUFXLFdBQVcsSUFBSTtBQUFBLEVBQzNFLFNBQ08sSUFBSTtBQUNQLFdBQU87QUFBQSxFQUNYO0FBQ0o7QUFDQSxJQUFPLGlCQUFROzs7QUNOZixlQUFzQixnQkFBZ0IsS0FBSyxLQUFLLFNBQVM7QUFDckQsTUFBSTtBQUNKLE1BQUksQ0FBQyxTQUFTLEdBQUcsR0FBRztBQUNoQixVQUFNLElBQUksV0FBVyxpQ0FBaUM7QUFBQSxFQUMxRDtBQUNBLE1BQUksSUFBSSxjQUFjLFVBQWEsSUFBSSxXQUFXLFFBQVc7QUFDekQsVUFBTSxJQUFJLFdBQVcsdUVBQXVFO0FBQUEsRUFDaEc7QUFDQSxNQUFJLElBQUksY0FBYyxVQUFhLE9BQU8sSUFBSSxjQUFjLFVBQVU7QUFDbEUsVUFBTSxJQUFJLFdBQVcscUNBQXFDO0FBQUEsRUFDOUQ7QUFDQSxNQUFJLElBQUksWUFBWSxRQUFXO0FBQzNCLFVBQU0sSUFBSSxXQUFXLHFCQUFxQjtBQUFBLEVBQzlDO0FBQ0EsTUFBSSxPQUFPLElBQUksY0FBYyxVQUFVO0FBQ25DLFVBQU0sSUFBSSxXQUFXLHlDQUF5QztBQUFBLEVBQ2xFO0FBQ0EsTUFBSSxJQUFJLFdBQVcsVUFBYSxDQUFDLFNBQVMsSUFBSSxNQUFNLEdBQUc7QUFDbkQsVUFBTSxJQUFJLFdBQVcsdUNBQXVDO0FBQUEsRUFDaEU7QUFDQSxNQUFJLGFBQWEsQ0FBQztBQUNsQixNQUFJLElBQUksV0FBVztBQUNmLFVBQU0sa0JBQWtCLE9BQVUsSUFBSSxTQUFTO0FBQy9DLFFBQUk7QUFDQSxtQkFBYSxLQUFLLE1BQU0sUUFBUSxPQUFPLGVBQWUsQ0FBQztBQUFBLElBQzNELFNBQ08sSUFBSTtBQUNQLFlBQU0sSUFBSSxXQUFXLGlDQUFpQztBQUFBLElBQzFEO0FBQUEsRUFDSjtBQUNBLE1BQUksQ0FBQyxvQkFBVyxZQUFZLElBQUksTUFBTSxHQUFHO0FBQ3JDLFVBQU0sSUFBSSxXQUFXLDJFQUEyRTtBQUFBLEVBQ3BHO0FBQ0EsUUFBTSxhQUFhO0FBQUEsSUFDZixHQUFHO0FBQUEsSUFDSCxHQUFHLElBQUk7QUFBQSxFQUNYO0FBQ0EsUUFBTSxhQUFhLHNCQUFhLFlBQVksb0JBQUksSUFBSSxDQUFDLENBQUMsT0FBTyxJQUFJLENBQUMsQ0FBQyxHQUFHLFlBQVksUUFBUSxZQUFZLFNBQVMsU0FBUyxRQUFRLE1BQU0sWUFBWSxVQUFVO0FBQzVKLE1BQUksTUFBTTtBQUNWLE1BQUksV0FBVyxJQUFJLEtBQUssR0FBRztBQUN2QixVQUFNLFdBQVc7QUFDakIsUUFBSSxPQUFPLFFBQVEsV0FBVztBQUMxQixZQUFNLElBQUksV0FBVyx5RUFBeUU7QUFBQSxJQUNsRztBQUFBLEVBQ0o7QUFDQSxRQUFNLEVBQUUsSUFBSSxJQUFJO0FBQ2hCLE1BQUksT0FBTyxRQUFRLFlBQVksQ0FBQyxLQUFLO0FBQ2pDLFVBQU0sSUFBSSxXQUFXLDJEQUEyRDtBQUFBLEVBQ3BGO0FBQ0EsUUFBTSxhQUFhLFdBQVcsNEJBQW1CLGNBQWMsUUFBUSxVQUFVO0FBQ2pGLE1BQUksY0FBYyxDQUFDLFdBQVcsSUFBSSxHQUFHLEdBQUc7QUFDcEMsVUFBTSxJQUFJLGtCQUFrQixnREFBZ0Q7QUFBQSxFQUNoRjtBQUNBLE1BQUksS0FBSztBQUNMLFFBQUksT0FBTyxJQUFJLFlBQVksVUFBVTtBQUNqQyxZQUFNLElBQUksV0FBVyw4QkFBOEI7QUFBQSxJQUN2RDtBQUFBLEVBQ0osV0FDUyxPQUFPLElBQUksWUFBWSxZQUFZLEVBQUUsSUFBSSxtQkFBbUIsYUFBYTtBQUM5RSxVQUFNLElBQUksV0FBVyx3REFBd0Q7QUFBQSxFQUNqRjtBQUNBLE1BQUksY0FBYztBQUNsQixNQUFJLE9BQU8sUUFBUSxZQUFZO0FBQzNCLFVBQU0sTUFBTSxJQUFJLFlBQVksR0FBRztBQUMvQixrQkFBYztBQUFBLEVBQ2xCO0FBQ0EseUJBQWEsS0FBSyxLQUFLLFFBQVE7QUFDL0IsUUFBTSxPQUFPLE9BQU8sUUFBUSxRQUFRLEtBQUssSUFBSSxlQUFlLFFBQVEsT0FBTyxTQUFTLEtBQUssRUFBRSxHQUFHLFFBQVEsT0FBTyxHQUFHLEdBQUcsT0FBTyxJQUFJLFlBQVksV0FBVyxRQUFRLE9BQU8sSUFBSSxPQUFPLElBQUksSUFBSSxPQUFPO0FBQzlMLFFBQU0sWUFBWSxPQUFVLElBQUksU0FBUztBQUN6QyxRQUFNLFdBQVcsTUFBTSxlQUFPLEtBQUssS0FBSyxXQUFXLElBQUk7QUFDdkQsTUFBSSxDQUFDLFVBQVU7QUFDWCxVQUFNLElBQUksK0JBQStCO0FBQUEsRUFDN0M7QUFDQSxNQUFJO0FBQ0osTUFBSSxLQUFLO0FBQ0wsY0FBVSxPQUFVLElBQUksT0FBTztBQUFBLEVBQ25DLFdBQ1MsT0FBTyxJQUFJLFlBQVksVUFBVTtBQUN0QyxjQUFVLFFBQVEsT0FBTyxJQUFJLE9BQU87QUFBQSxFQUN4QyxPQUNLO0FBQ0QsY0FBVSxJQUFJO0FBQUEsRUFDbEI7QUFDQSxRQUFNLFNBQVMsRUFBRSxRQUFRO0FBQ3pCLE1BQUksSUFBSSxjQUFjLFFBQVc7QUFDN0IsV0FBTyxrQkFBa0I7QUFBQSxFQUM3QjtBQUNBLE1BQUksSUFBSSxXQUFXLFFBQVc7QUFDMUIsV0FBTyxvQkFBb0IsSUFBSTtBQUFBLEVBQ25DO0FBQ0EsTUFBSSxhQUFhO0FBQ2IsV0FBTyxFQUFFLEdBQUcsUUFBUSxJQUFJO0FBQUEsRUFDNUI7QUFDQSxTQUFPO0FBQ1g7OztBQ3BHQSxlQUFzQixjQUFjLEtBQUssS0FBSyxTQUFTO0FBQ25ELE1BQUksZUFBZSxZQUFZO0FBQzNCLFVBQU0sUUFBUSxPQUFPLEdBQUc7QUFBQSxFQUM1QjtBQUNBLE1BQUksT0FBTyxRQUFRLFVBQVU7QUFDekIsVUFBTSxJQUFJLFdBQVcsNENBQTRDO0FBQUEsRUFDckU7QUFDQSxRQUFNLEVBQUUsR0FBRyxpQkFBaUIsR0FBRyxTQUFTLEdBQUcsV0FBVyxPQUFPLElBQUksSUFBSSxNQUFNLEdBQUc7QUFDOUUsTUFBSSxXQUFXLEdBQUc7QUFDZCxVQUFNLElBQUksV0FBVyxxQkFBcUI7QUFBQSxFQUM5QztBQUNBLFFBQU0sV0FBVyxNQUFNLGdCQUFnQixFQUFFLFNBQVMsV0FBVyxpQkFBaUIsVUFBVSxHQUFHLEtBQUssT0FBTztBQUN2RyxRQUFNLFNBQVMsRUFBRSxTQUFTLFNBQVMsU0FBUyxpQkFBaUIsU0FBUyxnQkFBZ0I7QUFDdEYsTUFBSSxPQUFPLFFBQVEsWUFBWTtBQUMzQixXQUFPLEVBQUUsR0FBRyxRQUFRLEtBQUssU0FBUyxJQUFJO0FBQUEsRUFDMUM7QUFDQSxTQUFPO0FBQ1g7OztBQ3BCQSxJQUFPLGdCQUFRLENBQUMsU0FBUyxLQUFLLE1BQU0sS0FBSyxRQUFRLElBQUksR0FBSTs7O0FDQXpELElBQU0sU0FBUztBQUNmLElBQU0sT0FBTyxTQUFTO0FBQ3RCLElBQU0sTUFBTSxPQUFPO0FBQ25CLElBQU0sT0FBTyxNQUFNO0FBQ25CLElBQU0sT0FBTyxNQUFNO0FBQ25CLElBQU0sUUFBUTtBQUNkLElBQU8sZUFBUSxDQUFDLFFBQVE7QUFDcEIsUUFBTSxVQUFVLE1BQU0sS0FBSyxHQUFHO0FBQzlCLE1BQUksQ0FBQyxTQUFTO0FBQ1YsVUFBTSxJQUFJLFVBQVUsNEJBQTRCO0FBQUEsRUFDcEQ7QUFDQSxRQUFNLFFBQVEsV0FBVyxRQUFRLENBQUMsQ0FBQztBQUNuQyxRQUFNLE9BQU8sUUFBUSxDQUFDLEVBQUUsWUFBWTtBQUNwQyxVQUFRLE1BQU07QUFBQSxJQUNWLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFDRCxhQUFPLEtBQUssTUFBTSxLQUFLO0FBQUEsSUFDM0IsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSztBQUNELGFBQU8sS0FBSyxNQUFNLFFBQVEsTUFBTTtBQUFBLElBQ3BDLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFBQSxJQUNMLEtBQUs7QUFDRCxhQUFPLEtBQUssTUFBTSxRQUFRLElBQUk7QUFBQSxJQUNsQyxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQUEsSUFDTCxLQUFLO0FBQ0QsYUFBTyxLQUFLLE1BQU0sUUFBUSxHQUFHO0FBQUEsSUFDakMsS0FBSztBQUFBLElBQ0wsS0FBSztBQUFBLElBQ0wsS0FBSztBQUNELGFBQU8sS0FBSyxNQUFNLFFBQVEsSUFBSTtBQUFBLElBQ2xDO0FBQ0ksYUFBTyxLQUFLLE1BQU0sUUFBUSxJQUFJO0FBQUEsRUFDdEM7QUFDSjs7O0FDdENBLElBQU0sZUFBZSxDQUFDLFVBQVUsTUFBTSxZQUFZLEVBQUUsUUFBUSxrQkFBa0IsRUFBRTtBQUNoRixJQUFNLHdCQUF3QixDQUFDLFlBQVksY0FBYztBQUNyRCxNQUFJLE9BQU8sZUFBZSxVQUFVO0FBQ2hDLFdBQU8sVUFBVSxTQUFTLFVBQVU7QUFBQSxFQUN4QztBQUNBLE1BQUksTUFBTSxRQUFRLFVBQVUsR0FBRztBQUMzQixXQUFPLFVBQVUsS0FBSyxJQUFJLFVBQVUsSUFBSSxLQUFLLElBQUksSUFBSSxVQUFVLENBQUMsQ0FBQztBQUFBLEVBQ3JFO0FBQ0EsU0FBTztBQUNYO0FBQ0EsSUFBTyx5QkFBUSxDQUFDLGlCQUFpQixnQkFBZ0IsVUFBVSxDQUFDLE1BQU07QUFDOUQsUUFBTSxFQUFFLElBQUksSUFBSTtBQUNoQixNQUFJLFFBQ0MsT0FBTyxnQkFBZ0IsUUFBUSxZQUM1QixhQUFhLGdCQUFnQixHQUFHLE1BQU0sYUFBYSxHQUFHLElBQUk7QUFDOUQsVUFBTSxJQUFJLHlCQUF5QixxQ0FBcUMsT0FBTyxjQUFjO0FBQUEsRUFDakc7QUFDQSxNQUFJO0FBQ0osTUFBSTtBQUNBLGNBQVUsS0FBSyxNQUFNLFFBQVEsT0FBTyxjQUFjLENBQUM7QUFBQSxFQUN2RCxTQUNPLElBQUk7QUFBQSxFQUNYO0FBQ0EsTUFBSSxDQUFDLFNBQVMsT0FBTyxHQUFHO0FBQ3BCLFVBQU0sSUFBSSxXQUFXLGdEQUFnRDtBQUFBLEVBQ3pFO0FBQ0EsUUFBTSxFQUFFLE9BQU8sSUFBSTtBQUNuQixNQUFJLFVBQVUsRUFBRSxNQUFNLFFBQVEsTUFBTSxJQUFJLFNBQVMsQ0FBQyxNQUFNLEdBQUcsU0FBUyxRQUFRLEdBQUcsR0FBRztBQUM5RSxVQUFNLElBQUkseUJBQXlCLGdDQUFnQyxPQUFPLGNBQWM7QUFBQSxFQUM1RjtBQUNBLFFBQU0sRUFBRSxRQUFRLElBQUk7QUFDcEIsTUFBSSxXQUFXLFFBQVEsUUFBUSxTQUFTO0FBQ3BDLFVBQU0sSUFBSSx5QkFBeUIsZ0NBQWdDLE9BQU8sY0FBYztBQUFBLEVBQzVGO0FBQ0EsUUFBTSxFQUFFLFNBQVMsSUFBSTtBQUNyQixNQUFJLFlBQ0EsQ0FBQyxzQkFBc0IsUUFBUSxLQUFLLE9BQU8sYUFBYSxXQUFXLENBQUMsUUFBUSxJQUFJLFFBQVEsR0FBRztBQUMzRixVQUFNLElBQUkseUJBQXlCLGdDQUFnQyxPQUFPLGNBQWM7QUFBQSxFQUM1RjtBQUNBLE1BQUk7QUFDSixVQUFRLE9BQU8sUUFBUSxnQkFBZ0I7QUFBQSxJQUNuQyxLQUFLO0FBQ0Qsa0JBQVksYUFBSyxRQUFRLGNBQWM7QUFDdkM7QUFBQSxJQUNKLEtBQUs7QUFDRCxrQkFBWSxRQUFRO0FBQ3BCO0FBQUEsSUFDSixLQUFLO0FBQ0Qsa0JBQVk7QUFDWjtBQUFBLElBQ0o7QUFDSSxZQUFNLElBQUksVUFBVSxvQ0FBb0M7QUFBQSxFQUNoRTtBQUNBLFFBQU0sRUFBRSxZQUFZLElBQUk7QUFDeEIsUUFBTSxNQUFNLGNBQU0sZUFBZSxvQkFBSSxLQUFLLENBQUM7QUFDM0MsTUFBSSxRQUFRLFFBQVEsVUFBYSxRQUFRLGFBQWE7QUFDbEQsUUFBSSxPQUFPLFFBQVEsUUFBUSxVQUFVO0FBQ2pDLFlBQU0sSUFBSSx5QkFBeUIsZ0NBQWdDLE9BQU8sU0FBUztBQUFBLElBQ3ZGO0FBQ0EsUUFBSSxRQUFRLFFBQVEsVUFBYSxRQUFRLE1BQU0sTUFBTSxXQUFXO0FBQzVELFlBQU0sSUFBSSx5QkFBeUIsaUVBQWlFLE9BQU8sY0FBYztBQUFBLElBQzdIO0FBQUEsRUFDSjtBQUNBLE1BQUksUUFBUSxRQUFRLFFBQVc7QUFDM0IsUUFBSSxPQUFPLFFBQVEsUUFBUSxVQUFVO0FBQ2pDLFlBQU0sSUFBSSx5QkFBeUIsZ0NBQWdDLE9BQU8sU0FBUztBQUFBLElBQ3ZGO0FBQ0EsUUFBSSxRQUFRLE1BQU0sTUFBTSxXQUFXO0FBQy9CLFlBQU0sSUFBSSx5QkFBeUIsc0NBQXNDLE9BQU8sY0FBYztBQUFBLElBQ2xHO0FBQUEsRUFDSjtBQUNBLE1BQUksUUFBUSxRQUFRLFFBQVc7QUFDM0IsUUFBSSxPQUFPLFFBQVEsUUFBUSxVQUFVO0FBQ2pDLFlBQU0sSUFBSSx5QkFBeUIsZ0NBQWdDLE9BQU8sU0FBUztBQUFBLElBQ3ZGO0FBQ0EsUUFBSSxRQUFRLE9BQU8sTUFBTSxXQUFXO0FBQ2hDLFlBQU0sSUFBSSxXQUFXLHNDQUFzQyxPQUFPLGNBQWM7QUFBQSxJQUNwRjtBQUFBLEVBQ0o7QUFDQSxNQUFJLFFBQVEsYUFBYTtBQUNyQixVQUFNLE1BQU0sTUFBTSxRQUFRO0FBQzFCLFVBQU0sTUFBTSxPQUFPLFFBQVEsZ0JBQWdCLFdBQVcsUUFBUSxjQUFjLGFBQUssUUFBUSxXQUFXO0FBQ3BHLFFBQUksTUFBTSxZQUFZLEtBQUs7QUFDdkIsWUFBTSxJQUFJLFdBQVcsNERBQTRELE9BQU8sY0FBYztBQUFBLElBQzFHO0FBQ0EsUUFBSSxNQUFNLElBQUksV0FBVztBQUNyQixZQUFNLElBQUkseUJBQXlCLGlFQUFpRSxPQUFPLGNBQWM7QUFBQSxJQUM3SDtBQUFBLEVBQ0o7QUFDQSxTQUFPO0FBQ1g7OztBQzVGQSxlQUFzQixVQUFVLEtBQUssS0FBSyxTQUFTO0FBQy9DLE1BQUk7QUFDSixRQUFNLFdBQVcsTUFBTSxjQUFjLEtBQUssS0FBSyxPQUFPO0FBQ3RELFFBQU0sS0FBSyxTQUFTLGdCQUFnQixVQUFVLFFBQVEsT0FBTyxTQUFTLFNBQVMsR0FBRyxTQUFTLEtBQUssTUFBTSxTQUFTLGdCQUFnQixRQUFRLE9BQU87QUFDMUksVUFBTSxJQUFJLFdBQVcscUNBQXFDO0FBQUEsRUFDOUQ7QUFDQSxRQUFNLFVBQVUsdUJBQVcsU0FBUyxpQkFBaUIsU0FBUyxTQUFTLE9BQU87QUFDOUUsUUFBTSxTQUFTLEVBQUUsU0FBUyxpQkFBaUIsU0FBUyxnQkFBZ0I7QUFDcEUsTUFBSSxPQUFPLFFBQVEsWUFBWTtBQUMzQixXQUFPLEVBQUUsR0FBRyxRQUFRLEtBQUssU0FBUyxJQUFJO0FBQUEsRUFDMUM7QUFDQSxTQUFPO0FBQ1g7OztBQ1pBLFNBQVMsY0FBYyxLQUFLO0FBQ3hCLFVBQVEsT0FBTyxRQUFRLFlBQVksSUFBSSxNQUFNLEdBQUcsQ0FBQyxHQUFHO0FBQUEsSUFDaEQsS0FBSztBQUFBLElBQ0wsS0FBSztBQUNELGFBQU87QUFBQSxJQUNYLEtBQUs7QUFDRCxhQUFPO0FBQUEsSUFDWCxLQUFLO0FBQ0QsYUFBTztBQUFBLElBQ1g7QUFDSSxZQUFNLElBQUksaUJBQWlCLGdEQUFnRDtBQUFBLEVBQ25GO0FBQ0o7QUFDTyxTQUFTLFdBQVcsTUFBTTtBQUM3QixTQUFRLFFBQ0osT0FBTyxTQUFTLFlBQ2hCLE1BQU0sUUFBUSxLQUFLLElBQUksS0FDdkIsS0FBSyxLQUFLLE1BQU0sU0FBUztBQUNqQztBQUNBLFNBQVMsVUFBVSxLQUFLO0FBQ3BCLFNBQU8sU0FBUyxHQUFHO0FBQ3ZCO0FBQ0EsU0FBUyxNQUFNLEtBQUs7QUFDaEIsTUFBSSxPQUFPLG9CQUFvQixZQUFZO0FBQ3ZDLFdBQU8sZ0JBQWdCLEdBQUc7QUFBQSxFQUM5QjtBQUNBLFNBQU8sS0FBSyxNQUFNLEtBQUssVUFBVSxHQUFHLENBQUM7QUFDekM7QUFDTyxJQUFNLGNBQU4sTUFBa0I7QUFBQSxFQUNyQixZQUFZLE1BQU07QUFDZCxTQUFLLFVBQVUsb0JBQUksUUFBUTtBQUMzQixRQUFJLENBQUMsV0FBVyxJQUFJLEdBQUc7QUFDbkIsWUFBTSxJQUFJLFlBQVksNEJBQTRCO0FBQUEsSUFDdEQ7QUFDQSxTQUFLLFFBQVEsTUFBTSxJQUFJO0FBQUEsRUFDM0I7QUFBQSxFQUNBLE1BQU0sT0FBTyxpQkFBaUIsT0FBTztBQUNqQyxVQUFNLGFBQWE7QUFBQSxNQUNmLEdBQUc7QUFBQSxNQUNILEdBQUcsTUFBTTtBQUFBLElBQ2I7QUFDQSxVQUFNLGFBQWEsS0FBSyxNQUFNLEtBQUssT0FBTyxDQUFDQyxTQUFRO0FBQy9DLFVBQUksWUFBWUEsS0FBSSxRQUFRLGNBQWMsV0FBVyxHQUFHO0FBQ3hELFVBQUksYUFBYSxPQUFPLFdBQVcsUUFBUSxVQUFVO0FBQ2pELG9CQUFZLFdBQVcsUUFBUUEsS0FBSTtBQUFBLE1BQ3ZDO0FBQ0EsVUFBSSxhQUFhLE9BQU9BLEtBQUksUUFBUSxVQUFVO0FBQzFDLG9CQUFZLFdBQVcsUUFBUUEsS0FBSTtBQUFBLE1BQ3ZDO0FBQ0EsVUFBSSxhQUFhLE9BQU9BLEtBQUksUUFBUSxVQUFVO0FBQzFDLG9CQUFZQSxLQUFJLFFBQVE7QUFBQSxNQUM1QjtBQUNBLFVBQUksYUFBYSxNQUFNLFFBQVFBLEtBQUksT0FBTyxHQUFHO0FBQ3pDLG9CQUFZQSxLQUFJLFFBQVEsU0FBUyxRQUFRO0FBQUEsTUFDN0M7QUFDQSxVQUFJLGFBQWEsV0FBVyxRQUFRLFNBQVM7QUFDekMsb0JBQVlBLEtBQUksUUFBUSxhQUFhQSxLQUFJLFFBQVE7QUFBQSxNQUNyRDtBQUNBLFVBQUksV0FBVztBQUNYLGdCQUFRLFdBQVcsS0FBSztBQUFBLFVBQ3BCLEtBQUs7QUFDRCx3QkFBWUEsS0FBSSxRQUFRO0FBQ3hCO0FBQUEsVUFDSixLQUFLO0FBQ0Qsd0JBQVlBLEtBQUksUUFBUTtBQUN4QjtBQUFBLFVBQ0osS0FBSztBQUNELHdCQUFZQSxLQUFJLFFBQVE7QUFDeEI7QUFBQSxVQUNKLEtBQUs7QUFDRCx3QkFBWUEsS0FBSSxRQUFRO0FBQ3hCO0FBQUEsVUFDSjtBQUFBLFFBQ0o7QUFBQSxNQUNKO0FBQ0EsYUFBTztBQUFBLElBQ1gsQ0FBQztBQUNELFVBQU0sRUFBRSxHQUFHLEtBQUssT0FBTyxJQUFJO0FBQzNCLFFBQUksV0FBVyxHQUFHO0FBQ2QsWUFBTSxJQUFJLGtCQUFrQjtBQUFBLElBQ2hDLFdBQ1MsV0FBVyxHQUFHO0FBQ25CLFlBQU0sSUFBSSx5QkFBeUI7QUFBQSxJQUN2QztBQUNBLFVBQU0sU0FBUyxLQUFLLFFBQVEsSUFBSSxHQUFHLEtBQUssS0FBSyxRQUFRLElBQUksS0FBSyxDQUFDLENBQUMsRUFBRSxJQUFJLEdBQUc7QUFDekUsUUFBSSxPQUFPLFdBQVcsR0FBRyxNQUFNLFFBQVc7QUFDdEMsWUFBTSxZQUFZLE1BQU0sVUFBVSxFQUFFLEdBQUcsS0FBSyxLQUFLLEtBQUssR0FBRyxXQUFXLEdBQUc7QUFDdkUsVUFBSSxxQkFBcUIsY0FBYyxVQUFVLFNBQVMsVUFBVTtBQUNoRSxjQUFNLElBQUksWUFBWSw4Q0FBOEM7QUFBQSxNQUN4RTtBQUNBLGFBQU8sV0FBVyxHQUFHLElBQUk7QUFBQSxJQUM3QjtBQUNBLFdBQU8sT0FBTyxXQUFXLEdBQUc7QUFBQSxFQUNoQztBQUNKOzs7QUMvRkEsSUFBTSxZQUFZLE9BQU8sS0FBSyxZQUFZO0FBQ3RDLE1BQUk7QUFDSixNQUFJO0FBQ0osTUFBSSxXQUFXO0FBQ2YsTUFBSSxPQUFPLG9CQUFvQixZQUFZO0FBQ3ZDLGlCQUFhLElBQUksZ0JBQWdCO0FBQ2pDLFNBQUssV0FBVyxNQUFNO0FBQ2xCLGlCQUFXO0FBQ1gsaUJBQVcsTUFBTTtBQUFBLElBQ3JCLEdBQUcsT0FBTztBQUFBLEVBQ2Q7QUFDQSxRQUFNLFdBQVcsTUFBTSxNQUFNLElBQUksTUFBTTtBQUFBLElBQ25DLFFBQVEsYUFBYSxXQUFXLFNBQVM7QUFBQSxJQUN6QyxVQUFVO0FBQUEsSUFDVixRQUFRO0FBQUEsSUFDUixHQUFJLENBQUMsb0JBQW9CLElBQ25CO0FBQUEsTUFDRSxnQkFBZ0I7QUFBQSxNQUNoQixhQUFhO0FBQUEsTUFDYixNQUFNO0FBQUEsSUFDVixJQUNFO0FBQUEsRUFDVixDQUFDLEVBQUUsTUFBTSxDQUFDLFFBQVE7QUFDZCxRQUFJO0FBQ0EsWUFBTSxJQUFJLFlBQVk7QUFDMUIsVUFBTTtBQUFBLEVBQ1YsQ0FBQztBQUNELE1BQUksT0FBTztBQUNQLGlCQUFhLEVBQUU7QUFDbkIsTUFBSSxTQUFTLFdBQVcsS0FBSztBQUN6QixVQUFNLElBQUksVUFBVSx5REFBeUQ7QUFBQSxFQUNqRjtBQUNBLE1BQUk7QUFDQSxXQUFPLE1BQU0sU0FBUyxLQUFLO0FBQUEsRUFDL0IsU0FDTyxJQUFJO0FBQ1AsVUFBTSxJQUFJLFVBQVUsNERBQTREO0FBQUEsRUFDcEY7QUFDSjtBQUNBLElBQU8scUJBQVE7OztBQ3RDZixJQUFNLGVBQU4sY0FBMkIsWUFBWTtBQUFBLEVBQ25DLFlBQVksS0FBSyxTQUFTO0FBQ3RCLFVBQU0sRUFBRSxNQUFNLENBQUMsRUFBRSxDQUFDO0FBQ2xCLFNBQUssUUFBUTtBQUNiLFFBQUksRUFBRSxlQUFlLE1BQU07QUFDdkIsWUFBTSxJQUFJLFVBQVUsZ0NBQWdDO0FBQUEsSUFDeEQ7QUFDQSxTQUFLLE9BQU8sSUFBSSxJQUFJLElBQUksSUFBSTtBQUM1QixTQUFLLFdBQVcsRUFBRSxPQUFPLFlBQVksUUFBUSxZQUFZLFNBQVMsU0FBUyxRQUFRLE1BQU07QUFDekYsU0FBSyxtQkFDRCxRQUFRLFlBQVksUUFBUSxZQUFZLFNBQVMsU0FBUyxRQUFRLHFCQUFxQixXQUFXLFlBQVksUUFBUSxZQUFZLFNBQVMsU0FBUyxRQUFRLGtCQUFrQjtBQUNsTCxTQUFLLG9CQUNELFFBQVEsWUFBWSxRQUFRLFlBQVksU0FBUyxTQUFTLFFBQVEsc0JBQXNCLFdBQVcsWUFBWSxRQUFRLFlBQVksU0FBUyxTQUFTLFFBQVEsbUJBQW1CO0FBQUEsRUFDeEw7QUFBQSxFQUNBLGNBQWM7QUFDVixRQUFJLENBQUMsS0FBSyxrQkFBa0I7QUFDeEIsYUFBTztBQUFBLElBQ1g7QUFDQSxXQUFPLEtBQUssSUFBSSxJQUFJLEtBQUssbUJBQW1CLEtBQUs7QUFBQSxFQUNyRDtBQUFBLEVBQ0EsTUFBTSxPQUFPLGlCQUFpQixPQUFPO0FBQ2pDLFFBQUksQ0FBQyxLQUFLLE9BQU87QUFDYixZQUFNLEtBQUssT0FBTztBQUFBLElBQ3RCO0FBQ0EsUUFBSTtBQUNBLGFBQU8sTUFBTSxNQUFNLE9BQU8saUJBQWlCLEtBQUs7QUFBQSxJQUNwRCxTQUNPLEtBQUs7QUFDUixVQUFJLGVBQWUsbUJBQW1CO0FBQ2xDLFlBQUksS0FBSyxZQUFZLE1BQU0sT0FBTztBQUM5QixnQkFBTSxLQUFLLE9BQU87QUFDbEIsaUJBQU8sTUFBTSxPQUFPLGlCQUFpQixLQUFLO0FBQUEsUUFDOUM7QUFBQSxNQUNKO0FBQ0EsWUFBTTtBQUFBLElBQ1Y7QUFBQSxFQUNKO0FBQUEsRUFDQSxNQUFNLFNBQVM7QUFDWCxRQUFJLENBQUMsS0FBSyxlQUFlO0FBQ3JCLFdBQUssZ0JBQWdCLG1CQUFVLEtBQUssTUFBTSxLQUFLLGtCQUFrQixLQUFLLFFBQVEsRUFDekUsS0FBSyxDQUFDLFNBQVM7QUFDaEIsWUFBSSxDQUFDLFdBQVcsSUFBSSxHQUFHO0FBQ25CLGdCQUFNLElBQUksWUFBWSw0QkFBNEI7QUFBQSxRQUN0RDtBQUNBLGFBQUssUUFBUSxFQUFFLE1BQU0sS0FBSyxLQUFLO0FBQy9CLGFBQUssbUJBQW1CLEtBQUssSUFBSTtBQUNqQyxhQUFLLGdCQUFnQjtBQUFBLE1BQ3pCLENBQUMsRUFDSSxNQUFNLENBQUMsUUFBUTtBQUNoQixhQUFLLGdCQUFnQjtBQUNyQixjQUFNO0FBQUEsTUFDVixDQUFDO0FBQUEsSUFDTDtBQUNBLFVBQU0sS0FBSztBQUFBLEVBQ2Y7QUFDSjtBQUNPLFNBQVMsbUJBQW1CLEtBQUssU0FBUztBQUM3QyxTQUFPLGFBQWEsVUFBVSxPQUFPLEtBQUssSUFBSSxhQUFhLEtBQUssT0FBTyxDQUFDO0FBQzVFOzs7QUMxREEsSUFBSTtBQUVKLElBQU8saUJBQVE7QUFBQSxFQUNiLE1BQU0sTUFBTSxTQUFTLEtBQUs7QUFDeEIsYUFBUyxtQkFBbUIsSUFBSSxJQUFJLElBQUksUUFBUSxDQUFDO0FBQ2pELFVBQU0sUUFBUSxRQUFRLFFBQVEsSUFBSSxlQUFlLEVBQUUsTUFBTSxVQUFVLE1BQU07QUFDekUsVUFBTSxFQUFFLFFBQVEsSUFBSSxNQUFNLFVBQVUsT0FBTyxNQUFNLEVBQUUsUUFBUSxVQUFVLFVBQVUsV0FBVyxDQUFDO0FBQzNGLFlBQVEsSUFBSSxZQUFZLFFBQVEsR0FBRztBQUNuQyxXQUFPLElBQUksU0FBUyxRQUFRLEdBQUc7QUFBQSxFQUNqQztBQUNGOyIsCiAgIm5hbWVzIjogWyJ0eXBlcyIsICJqd2siXQp9Cg==
