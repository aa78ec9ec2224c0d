// What V8 and Node add to the standard globals, as far as the shipped JavaScript uses it. Seen only by
// JavaScriptTypesTest.

declare function require(id: string): any;

interface ErrorConstructor {
  captureStackTrace(target: object, above?: Function): void;
  prepareStackTrace?: any;
  stackTraceLimit: number;
}
