// @ts-check
/** Content types, as far as bodies need them. */

import {
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
} from '../core/primordials.js';

/** `type/subtype` in lower case. @param {string} type @returns {string} */
export function essenceOf(type) {
  const semicolon = StringPrototypeIndexOf(type, ';');
  const essence = semicolon < 0 ? type : StringPrototypeSlice(type, 0, semicolon);
  return StringPrototypeToLowerCase(StringPrototypeTrim(essence));
}

/**
 * A parameter of a content type or of a content disposition.
 * @param {string} text
 * @param {string} wanted lower case
 * @returns {string | undefined}
 */
export function parameterOf(text, wanted) {
  let at = StringPrototypeIndexOf(text, ';');
  while (at >= 0 && at < text.length) {
    at++;
    const equals = StringPrototypeIndexOf(text, '=', at);
    if (equals < 0) return undefined;
    const semicolon = StringPrototypeIndexOf(text, ';', at);
    if (semicolon >= 0 && semicolon < equals) {
      at = semicolon;
      continue;
    }
    const name = StringPrototypeToLowerCase(StringPrototypeTrim(StringPrototypeSlice(text, at, equals)));
    let value = '';
    at = equals + 1;
    if (StringPrototypeCharCodeAt(text, at) === 0x22) {
      at++;
      while (at < text.length && StringPrototypeCharCodeAt(text, at) !== 0x22) {
        if (StringPrototypeCharCodeAt(text, at) === 0x5c && at + 1 < text.length) {
          const next = StringPrototypeCharCodeAt(text, at + 1);
          if (next === 0x22 || next === 0x5c) at++;
        }
        value += StringPrototypeSlice(text, at, at + 1);
        at++;
      }
      at = StringPrototypeIndexOf(text, ';', at);
    } else {
      const end = StringPrototypeIndexOf(text, ';', at);
      value = StringPrototypeTrim(StringPrototypeSlice(text, at, end < 0 ? text.length : end));
      at = end;
    }
    if (name === wanted) return value;
  }
  return undefined;
}
