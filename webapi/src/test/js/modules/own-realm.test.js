/** A realm of its own for libraries. */
import { evaluateApart } from 'whence/modules/own-realm.js';

export async function librariesDoNotSeePatchedBuiltIns() {
  const library = `(function (global, factory) {
    typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) : factory(global);
  })(this, function (exports) { exports.last = (list) => [...list].concat([9]).pop(); })`;
  const { last } = evaluateApart(library, 'whence:library.js');
  const { concat, pop } = Array.prototype;
  try {
    Array.prototype.concat = Array.prototype.pop = () => {
      throw new Error('patched');
    };
    if (last('ab') !== 9) throw new Error('wrong result');
  } finally {
    Array.prototype.concat = concat;
    Array.prototype.pop = pop;
  }
}

export async function librariesReachNothingOfTheHost() {
  const found = evaluateApart('exports.names = [typeof require, typeof process, typeof fetch];', 'whence:x.js');
  if (String(found.names) !== 'undefined,undefined,undefined') throw new Error(String(found.names));
}
