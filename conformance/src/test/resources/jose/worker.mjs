// What an application does: one key set for the whole isolate, a token verified on each request.
import { createRemoteJWKSet, jwtVerify } from 'jose';

let keys;

export default {
  async fetch(request, env) {
    keys ??= createRemoteJWKSet(new URL(env.JWKS_URL));
    const token = request.headers.get('authorization').slice('Bearer '.length);
    const { payload } = await jwtVerify(token, keys, { issuer: 'issuer', audience: 'audience' });
    console.log('verified', payload.sub);
    return new Response(payload.sub);
  },
};
