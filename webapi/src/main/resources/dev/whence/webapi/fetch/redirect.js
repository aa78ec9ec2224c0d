// @ts-check
/**
 * What a redirect does to a request (Fetch standard, HTTP-redirect fetch).
 */

import { NativeTypeError } from '../core/primordials.js';
import { fragmentOf, isHttp, originOf, protocolOf, resolveUrl } from './url.js';

/** @typedef {import('./header-list.js').HeaderList} HeaderList */

const MOST_REDIRECTS = 20;

/**
 * Where a response sends its reader: null when it is no redirect, undefined when the place makes no sense.
 * @param {number} status
 * @param {HeaderList} list
 * @param {string} url of the request
 * @returns {string | null | undefined}
 */
export function redirectTarget(status, list, url) {
  if (status !== 301 && status !== 302 && status !== 303 && status !== 307 && status !== 308) return null;
  const location = list.get('location');
  if (location === null) return null;
  const target = resolveUrl(location, url);
  return target === undefined || fragmentOf(target) !== '' ? target : target + fragmentOf(url);
}

/**
 * The next request.
 * @param {{method: string, url: string, list: HeaderList, redirects: number}} from
 * @param {number} status
 * @param {string | undefined} location
 * @returns {{method: string, url: string, list: HeaderList, dropsBody: boolean}}
 * @throws {TypeError} when there must be none
 */
export function nextHop(from, status, location) {
  if (location === undefined) {
    throw new NativeTypeError(
      'Invalid redirect: ' + from.url + ' answered ' + status + ' with a location that is no URL.',
    );
  }
  if (!isHttp(location)) {
    throw new NativeTypeError(
      'Invalid redirect: ' + from.url + ' leads to a URL of scheme ' + protocolOf(location) + '.',
    );
  }
  if (from.redirects >= MOST_REDIRECTS) {
    throw new NativeTypeError('Too many redirects: ' + from.url + ' was the ' + MOST_REDIRECTS + 'th.');
  }
  const { method } = from;
  const becomesGet =
    ((status === 301 || status === 302) && method === 'POST') ||
    (status === 303 && method !== 'GET' && method !== 'HEAD');
  const list = from.list.copy();
  if (becomesGet) {
    list.delete('content-encoding');
    list.delete('content-language');
    list.delete('content-location');
    list.delete('content-type');
    list.delete('content-length');
  }
  if (originOf(location) !== originOf(from.url)) {
    list.delete('authorization');
    list.delete('cookie');
    list.delete('proxy-authorization');
  }
  return { method: becomesGet ? 'GET' : method, url: location, list, dropsBody: becomesGet };
}
