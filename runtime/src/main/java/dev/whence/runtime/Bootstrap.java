package dev.whence.runtime;

import dev.whence.engine.Inspection;
import dev.whence.engine.JsException;
import dev.whence.engine.JsFunction;
import dev.whence.engine.JsObject;
import dev.whence.engine.V8Isolate;
import dev.whence.webapi.BuiltInModules;
import dev.whence.webapi.bridge.Commands;
import java.nio.ByteBuffer;

/**
 * A started isolate with a worker's globals in place and no worker in it yet.
 *
 * <p>Thread: the isolate's.
 *
 * @param main the namespace of the runtime's main module
 * @param dispatch runs turns
 * @param explain tells what is known of a hang
 * @param incoming memory for bytes that travel with turns
 * @param control memory whose first double is the loop's time, and whose second is 1 when sites are
 *     to be kept
 * @param commands reads what turns ask for
 */
record Bootstrap(
    V8Isolate isolate,
    ScriptLoader loader,
    JsObject main,
    JsFunction dispatch,
    JsFunction explain,
    ByteBuffer incoming,
    ByteBuffer control,
    Commands commands) {
  private static final int OUTGOING_BYTES = 256 * 1024;

  static Bootstrap start(V8Isolate isolate, WorkerSource source, Compatibility compatibility)
      throws JsException {
    return start(isolate, source, compatibility, false);
  }

  /**
   * As above.
   *
   * @param seeded chance is repeatable: `giveChance` and `renew` of core/main.js seed it
   */
  static Bootstrap start(
      V8Isolate isolate, WorkerSource source, Compatibility compatibility, boolean seeded)
      throws JsException {
    ScriptLoader loader = new ScriptLoader(isolate, source, compatibility.nodejsCompat());
    isolate.setModuleLoader(loader);
    JsObject main = isolate.evaluateModule(BuiltInModules.MAIN, null);
    V8Isolate.SharedMemory outgoing = isolate.newSharedMemory(OUTGOING_BYTES);
    V8Isolate.SharedMemory incoming = isolate.newSharedMemory(Streams.CHUNK_LIMIT);
    V8Isolate.SharedMemory control = isolate.newSharedMemory(64);
    Commands commands = new Commands(outgoing.bytes());

    JsObject host = isolate.newObject();
    isolate.set(host, "outgoing", outgoing.arrayBuffer());
    isolate.set(host, "incoming", incoming.arrayBuffer());
    isolate.set(host, "control", control.arrayBuffer());
    isolate.set(
        host,
        "flush",
        isolate.newTextCallback(
            "flush",
            text -> {
              commands.read(text);
              return null;
            }));
    isolate.set(host, "isPending", isolate.newPendingPredicate());
    isolate.set(
        host,
        "importModule",
        isolate.newObjectCallback(
            "importModule", (specifier, referrer) -> imported(isolate, specifier, referrer)));
    isolate.set(host, "acorn", isolate.newTextCallback("acorn", unused -> BuiltInModules.acorn()));
    Inspection inspection = isolate.newInspection();
    isolate.set(host, "inspect", inspection.inspect());
    isolate.set(host, "modules", inspection.modules());
    isolate.set(host, "allPromises", inspection.allPromises());
    isolate.set(host, "settings", compatibility.settingsJson(seeded));
    isolate.function(main, "install").callObject(host);
    loader.connect(main);
    isolate.forbidCodeFromStrings();
    isolate.runScript(
        "const $whence_own = $whence.own, $whence_iter = $whence.iter,"
            + " $whence_import = $whence.import; delete globalThis.$whence;",
        "whence:rewriting.js");
    return new Bootstrap(
        isolate,
        loader,
        main,
        isolate.function(main, "dispatch"),
        isolate.function(main, "explain"),
        incoming.bytes(),
        control.bytes(),
        commands);
  }

  private static JsObject imported(V8Isolate isolate, String specifier, String referrer)
      throws JsException {
    V8Isolate.Import module = isolate.importModule(specifier, referrer);
    JsObject result = isolate.newObject();
    isolate.set(result, "namespace", module.namespace());
    isolate.set(result, "evaluation", module.evaluation());
    return result;
  }
}
