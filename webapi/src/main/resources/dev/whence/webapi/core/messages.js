// @ts-check
/**
 * The exact texts that Workers show for the rules of a request-aware runtime
 * (workers-semantics.md, "Message constants").
 */

export const HANG =
  "The Workers runtime canceled this request because it detected that your Worker's code had hung and would never generate a response. Refer to: https://developers.cloudflare.com/workers/observability/errors/";

/** @param {string} type the kind of object, as printed for the user */
export const crossRequestIo = (type) =>
  'Cannot perform I/O on behalf of a different request. I/O objects (such as streams, request/response bodies, and others) created in the context of one request handler cannot be accessed from a different request\'s handler. This is a limitation of Cloudflare Workers which allows us to improve overall performance. (I/O type: ' +
  type +
  ')';

export const GLOBAL_SCOPE =
  'Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a timeout, and generating random values are not allowed within global scope. To fix this error, perform this operation within a handler. https://developers.cloudflare.com/workers/runtime-apis/handlers/';

export const OWNER_GONE =
  'This promise was created by a request that has since ended, so it can never settle. With the handle_cross_request_promise_resolution compatibility flag, a promise can only settle in the request that created it, and settling it after that request ends is dropped.';

export const DROPPED =
  "Warning: A promise was resolved or rejected from a different request context than the one it was created in. However, the creating request has already been completed or canceled. Continuations for that request are unlikely to run safely and have been canceled. If this behavior breaks your worker, consider setting the `no_handle_cross_request_promise_resolution` compatibility flag for your worker.";

export const NOT_RESPONSE =
  "Incorrect type for Promise: the Promise did not resolve to 'Response'.";

export const NO_CONTEXT_FOLLOW =
  'Unable to wait on a promise created within a request when not running within a request.';

export const ERROR_RESPONSE =
  'Return value from serve handler must not be an error response (like Response.error())';

export const NO_FETCH_HANDLER = 'Handler does not export a fetch() function.';

export const BODY_USED =
  'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';

export const ILLEGAL_INVOCATION =
  'Illegal invocation: function called with incorrect `this` reference. See https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details.';

export const LOG_LIMIT =
  'Log size limit exceeded: More than 256KB of data (across console.log statements, exception, request metadata and headers) was logged during a single request. Subsequent data for this request will not be recorded in logs, appear when tailing this Worker\'s logs, or in Tail Workers.';

export const ASYNC_LOCAL_STORAGE_FOREIGN =
  'Cannot call this AsyncLocalStorage bound function outside of the request in which it was created.';
