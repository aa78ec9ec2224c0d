package dev.whence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionTest {
  /** What turns findings into text; loaded before the workers, some of which patch everything. */
  private static final String PRINTER =
      """
      const { getOwnPropertyNames: names, getOwnPropertyDescriptor: describe } = Object;
      const join = Function.prototype.call.bind(Array.prototype.join);
      const map = Function.prototype.call.bind(Array.prototype.map);
      const includes = Function.prototype.call.bind(Array.prototype.includes);
      export const scopes = (found) => found === undefined ? 'nothing' : join(map(found.scopes, (s) =>
        s.description === 'Global' || s.description === 'Script' ? s.description
          : s.description + '{' + join(names(s.object), ',') + '}'), ' ');
      export const site = (found) => `${found.file}:${found.line}:${found.column}`;
      export const privates = (found) => found === undefined ? 'nothing'
        : join(map(found.privates, (p) => p.name + '=' + typeof p.value), ' ');
      export const count = (list, wanted) => String(list.length) + includes(list, wanted);
      """;

  private V8Isolate isolate;
  private Inspection inspection;

  @BeforeAll
  static void limitTheHeap() {
    NativeLibrary.setHeapLimit(64);
  }

  @BeforeEach
  void start() throws JsException {
    isolate = new V8Isolate();
    inspection = isolate.newInspection();
    JsObject host = isolate.newObject();
    isolate.set(host, "inspect", inspection.inspect());
    isolate.set(host, "allPromises", inspection.allPromises());
    isolate.set(host, "modules", inspection.modules());
    isolate.set(isolate.global(), "host", host);
  }

  @AfterEach
  void stop() {
    isolate.close();
  }

  /**
   * Evaluates a module that exports f; later calls of f are made with code from strings forbidden.
   */
  private JsFunction worker(String text) throws JsException {
    Map<String, String> modules =
        Map.of(
            "printer.js",
            PRINTER,
            "other.js",
            "let hidden = 1; export let shared = 2; export function far() { return hidden; }",
            "worker.js",
            "import * as print from 'printer.js';\n"
                + "const { inspect, allPromises } = host;\n"
                + text);
    isolate.setModuleLoader(
        new ModuleLoader() {
          @Override
          public String resolve(String specifier, @Nullable String referrer) {
            return specifier;
          }

          @Override
          public Source load(String name) {
            return new Text(Objects.requireNonNull(modules.get(name), name));
          }
        });
    isolate.evaluateModule("printer.js", null);
    JsFunction f = isolate.function(isolate.evaluateModule("worker.js", null), "f");
    isolate.forbidCodeFromStrings();
    return f;
  }

  @Test
  void tellsTheVariablesOfAClosureAndItsModule() throws JsException {
    JsFunction f =
        worker(
            """
            let blocker = 1;
            function memoize() { let cached = {}; { let inner = cached; return () => [cached, inner]; } }
            const get = memoize();
            export const f = () => print.scopes(inspect(get));
            const uses = () => [blocker, get];
            """);

    assertThat(f.call(""))
        .isEqualTo(
            "Block (memoize){inner} Closure (memoize){cached}"
                + " Module{print,inspect,blocker,get,f} Script Global");
  }

  @Test
  void handsOutTheValuesThemselves() throws JsException {
    JsFunction f =
        worker(
            """
            const kept = new Promise(() => {});
            const get = () => kept;
            export const f = () => {
              const { scopes } = inspect(get);
              return String(scopes[0].object.kept === kept);
            };
            """);

    assertThat(f.call("")).isEqualTo("true");
  }

  @Test
  void tellsWhereAFunctionIsWritten() throws JsException {
    JsFunction f =
        worker(
            """
            import { far } from 'other.js';
            export const f = () => print.site(inspect(far)) + ' ' + print.site(inspect(f))
              + ' ' + print.scopes(inspect(far));
            """);

    assertThat(f.call(""))
        .isEqualTo("other.js:1:59 worker.js:4:18 Module{hidden,shared,far} Script Global");
  }

  @Test
  void tellsWhereAFunctionOfAClassicScriptIsWritten() throws JsException {
    isolate.runScript("\n  function classic() {}", "script.js");
    JsFunction f = worker("export const f = () => print.site(inspect(classic));");

    assertThat(f.call("")).isEqualTo("script.js:2:19");
  }

  @Test
  void listsTheModules() throws JsException {
    JsFunction f =
        worker(
            """
            import * as other from 'other.js';
            const { modules } = host;
            export const f = () => Array.from(modules()).map((m) => m.file + (m.namespace === other)).join();
            """);

    assertThat(f.call("")).isEqualTo("printer.jsfalse,worker.jsfalse,other.jstrue");
  }

  @Test
  void tellsThePrivateFieldsOfAnInstance() throws JsException {
    JsFunction f =
        worker(
            """
            class Base { #base = new Map(); read() { return this.#base; } }
            class Pool extends Base {
              #pending = new Promise(() => {}) ; #size = 3
              #bare
              #closed; static #shared = 1; open = 1;
              #grow() {} get #state() { throw new Error('ran'); }
              use(other) { return [this.#pending, this.#size, this.#bare, other.#closed, '#no; ']; }
            }
            export const f = () => print.privates(inspect(new Pool()));
            """);

    assertThat(f.call(""))
        .isEqualTo("#pending=object #size=number #bare=undefined #closed=undefined #base=object");
  }

  @Test
  void tellsThePrivateStaticsOfAClass() throws JsException {
    JsFunction f =
        worker(
            """
            class Db { static #instance = {}; static get() { return Db.#instance; } #own = 1; }
            export const f = () => print.privates(inspect(Db));
            """);

    assertThat(f.call("")).isEqualTo("#instance=object");
  }

  @Test
  void staysSilentAboutFieldsThatTwoClassesCallTheSame() throws JsException {
    JsFunction f =
        worker(
            """
            class A { #x = 1; #y = 2; } class B extends A { #x = 3; #z = 4; }
            export const f = () => print.privates(inspect(new B()));
            """);

    assertThat(f.call("")).isEqualTo("#z=number #y=number");
  }

  @Test
  void tellsTheEntriesOfAWeakMap() throws JsException {
    JsFunction f =
        worker(
            """
            const key = {}, weak = new WeakMap([[key, 'value']]), set = new WeakSet([key]);
            export const f = () => {
              const entry = inspect(weak).entries[0], member = inspect(set).entries[0];
              return entry.value + (entry.key === key) + (member.value === key);
            };
            """);

    assertThat(f.call("")).isEqualTo("valuetruetrue");
  }

  @Test
  void hasNothingToSayAboutValuesNativeAndBoundFunctionsAndProxies() throws JsException {
    JsFunction f =
        worker(
            """
            function g() {}
            export const f = () => [1, 'x', null, undefined, Symbol(), Math.max, g.bind(null),
              new Proxy({}, {}), new Proxy(g, {})].map((value) => typeof inspect(value)).join();
            """);

    assertThat(f.call("").split(",")).hasSize(9).containsOnly("undefined");
  }

  @Test
  void findsEveryPromise() throws JsException {
    JsFunction f =
        worker(
            """
            const hidden = (() => { const p = new Promise(() => {}); return { use: () => p, p }; })();
            class Mine extends Promise {}
            const mine = new Mine(() => {}), fake = Object.create(Promise.prototype);
            export const f = () => {
              const all = Array.from(allPromises());
              return [all.includes(hidden.p), all.includes(mine), all.includes(fake),
                Array.isArray(all)].join();
            };
            """);

    assertThat(f.call("")).isEqualTo("true,true,false,true");
  }

  @Test
  void runsNoCodeOfTheWorker() throws JsException {
    JsFunction f =
        worker(
            """
            let ran = '';
            const note = (what) => { ran += what + ' '; };
            const trap = (what) => ({ __proto__: null, configurable: true, get() { note(what); return 'evil'; },
              set() { note('set ' + what); } });
            const evil = (name) => Object.defineProperties(new Error(name),
              { stack: trap('stack of ' + name), message: trap('message of ' + name) });
            const traps = {};
            for (const t of Object.getOwnPropertyNames(Reflect)) traps[t] = (...a) => {
              note('trap ' + t); return Reflect[t](...a); };
            const proxy = new Proxy({}, traps);
            class Err extends Error { get message() { note('subclass'); return ''; } }
            class Hostile {
              #error = evil('private'); #err = new Err(); #proxy = proxy; get #acc() { note('acc'); }
              get open() { note('open'); } #evilProxy = new Proxy(evil('target'), traps);
            }
            const hostile = new Hostile();
            Object.setPrototypeOf(Object.getPrototypeOf(Hostile.prototype), null);
            function withError() {} withError.error = evil('static');
            function withProto() {} Object.setPrototypeOf(withProto, evil('prototype'));
            function withProxy() {} withProxy.p = new Proxy(evil('proxied'), traps);
            function withProxyProto() {} Object.setPrototypeOf(withProxyProto, proxy);
            Object.defineProperty(withProxy, 'got', trap('own getter'));
            Object.defineProperty(withProxy, Symbol.toStringTag, trap('tag'));
            const weak = new WeakMap([[{}, evil('entry')]]); weak[1] = evil('weak');
            const other = new WeakMap([[{}, evil('entry')]]);
            const chained = Object.create(proxy);
            const scoped = (() => { const e = evil('scope'), q = proxy; return () => [e, q]; })();
            const { inspect: look, allPromises: promises } = host;
            const kept = globalThis.console;
            Object.defineProperty(globalThis, 'console', trap('console'));
            for (const name of ['get', 'set', 'value', 'stack', 'answer', 'found', 'given', 'file'])
              Object.defineProperty(Object.prototype, name, trap('Object.prototype.' + name));
            for (const target of [Map, Array, String, Function, Promise, RegExp, Reflect, Object, Error])
              for (const holder of [target, target.prototype ?? {}])
                for (const name of Object.getOwnPropertyNames(holder)) {
                  if (name === 'prototype' || name === 'stackTraceLimit') continue;
                  const d = Object.getOwnPropertyDescriptor(holder, name);
                  if (!Object.hasOwn(d, 'value') || typeof d.value !== 'function') continue;
                  if (['defineProperty', 'getOwnPropertyDescriptor', 'hasOwn', 'call', 'apply',
                       'getOwnPropertyNames', 'includes', 'constructor'].includes(name)) continue;
                  const real = d.value;
                  holder[name] = function () { note(name); return Reflect.apply(real, this, arguments); };
                }
            ran = '';
            export const f = () => {
              const before = Reflect.ownKeys(globalThis).length;
              const prints = [];
              let n = 0;
              for (const value of [hostile, withError, withProto, withProxy, withProxyProto, weak,
                other, chained, scoped, proxy, evil, Err, Hostile]) {
                ran = '';
                look(value);
                prints[n++] = ran;
              }
              ran = '';
              promises();
              prints[n++] = ran;
              let text = '';
              for (let i = 0; i < n; i++) if (prints[i] !== '') text += i + ': ' + prints[i] + '; ';
              return text + (before === Reflect.ownKeys(globalThis).length);
            };
            """);

    assertThat(f.call("")).isEqualTo("true");
  }

  @Test
  void leavesTheRealmAsItWas() throws JsException {
    JsFunction f =
        worker(
            """
            class P { #x = 1 }
            const describe = () => Reflect.ownKeys(globalThis).map(String).join() + Error.stackTraceLimit
              + JSON.stringify(Object.getOwnPropertyDescriptor(globalThis, 'console'))
              + JSON.stringify(Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit'))
              + Object.getOwnPropertyNames(console).join();
            export const f = () => {
              const before = describe();
              inspect(new P()); inspect(P); allPromises();
              const same = before === describe();
              delete globalThis.console; delete Error.stackTraceLimit;
              inspect(new P()); inspect(P);
              return same + ' ' + ('console' in globalThis) + ('stackTraceLimit' in Error);
            };
            """);

    assertThat(f.call("")).isEqualTo("true falsefalse");
  }

  @Test
  void runsNoMicrotaskInsideAMicrotask() throws JsException {
    JsFunction f =
        worker(
            """
            class P { #x = 1 }
            let order = '';
            export const f = () => {
              if (order !== '') return order;
              Promise.resolve().then(() => {
                Promise.resolve().then(() => { order += 'microtask'; });
                inspect(new P()); inspect(f); allPromises();
                order += 'looked ';
              });
              return '';
            };
            """);

    f.call("");
    isolate.drain();
    assertThat(f.call("")).isEqualTo("looked microtask");
  }

  @Test
  void worksInAFrozenRealmWhereItCan() throws JsException {
    JsFunction f =
        worker(
            """
            class P { #x = 1 }
            Object.freeze(Error); Object.freeze(globalThis);
            export const f = () => typeof inspect(f) + inspect(new P())?.privates.length
              + allPromises().length;
            """);

    assertThat(f.call("")).isEqualTo("undefined00");
  }

  @Test
  void keepsNothingAlive() throws JsException {
    JsFunction f =
        worker(
            """
            let ref;
            class P { #x = new Promise(() => {}); other = 1 }
            export const f = (x) => {
              if (x === 'gone') return String(ref.deref() === undefined);
              const p = new P();
              const closure = () => p;
              ref = new WeakRef(closure);
              return String(inspect(p).privates.length + inspect(closure).scopes.length
                + (allPromises().length > 0) + inspect(new WeakMap([[p, closure]])).entries.length);
            };
            """);

    assertThat(f.call("")).isEqualTo("7");
    isolate.drain();
    isolate.poll();
    isolate.collectGarbage();
    assertThat(f.call("gone")).isEqualTo("true");
  }

  @Test
  void needsNoInspectorForAPlainObject() throws JsException {
    JsFunction f = worker("export const f = () => print.privates(inspect({ a: 1 }))");

    assertThat(f.call("")).isEmpty();
  }

  @Test
  void survivesManyLooks() throws JsException {
    JsFunction f =
        worker(
            """
            class P { #x = 1; #y = {} }
            const kept = [];
            export const f = () => {
              for (let i = 0; i < 150; i++) { inspect(new P()); inspect(() => i); }
              return 'alive';
            };
            """);
    f.call("");
    isolate.collectGarbage();
    long before = isolate.usedHeapBytes();
    for (int i = 0; i < 4; i++) {
      f.call("");
    }
    isolate.collectGarbage();

    assertThat(isolate.usedHeapBytes() - before).isLessThan(2_000_000);
    assertThat(List.of(f.call(""))).containsExactly("alive");
  }

  /** A termination may end a look alone: the inspector takes it for its own. */
  @Test
  void survivesTerminationWhileItLooks() throws Exception {
    JsFunction f =
        worker(
            """
            class P { #x = 1; #y = {} }
            export const f = (x) => {
              for (let i = 0; i < +x; i++) {
                inspect(new P()); inspect(f); inspect(new WeakMap([[{}, 1]]));
              }
              return inspect(new P()).privates.length + inspect(f).file;
            };
            """);
    f.call("1");
    for (int i = 0; i < 10; i++) {
      Thread terminator =
          new Thread(
              () -> {
                long end = System.nanoTime() + 15_000_000;
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
                isolate.terminate();
              });
      terminator.start();
      try {
        f.call("30");
      } catch (JsException e) {
        assertThat(e.kind()).isIn(JsException.Kind.TERMINATED, JsException.Kind.EXECUTION);
      }
      terminator.join();
      isolate.cancelTermination();
    }

    assertThat(f.call("1")).isEqualTo("2worker.js");
  }
}
