#!/usr/bin/env bash
#
# Makes jose-VERSION.mjs from npm: worker.mjs, bundled with that version of jose as for Workers.
#
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

esbuild=0.28.2
versions=(4.4.0 4.15.9)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for version in "${versions[@]}"; do
  npm install --silent --no-save --no-package-lock --prefix "$work" \
    "esbuild@$esbuild" "jose@$version"
  cp "$here/worker.mjs" worker.mjs
  node_modules/.bin/esbuild worker.mjs --bundle --format=esm --target=es2022 \
    --conditions=worker,browser --sourcemap=inline --legal-comments=none \
    --outfile="jose-$version.mjs"
  cp "jose-$version.mjs" "$here/"
done
cp node_modules/jose/LICENSE.md "$here/LICENSE.md"
