#!/usr/bin/env bash
#
# Makes the bundles of the folders ../bundle-* and ../minified-* from npm's esbuild.
#
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/src" "$here/once-loader" "$work/"
cd "$work"
npm install --silent --no-save --no-package-lock esbuild@0.28.2
mkdir -p node_modules/once-loader
cp once-loader/* node_modules/once-loader/

make() { # folder, options of esbuild
  local folder=$1
  shift
  rm -f worker.js worker.js.map
  node_modules/.bin/esbuild src/worker.ts --bundle --format=esm --target=es2022 --log-level=warning \
    --outfile=worker.js "$@"
  mkdir -p "$here/../$folder"
  cp worker.js* "$here/../$folder/"
}

make bundle-inline-map --sourcemap=inline
make bundle-external-map --sourcemap
make bundle-without-map
make minified-inline-map --minify --sourcemap=inline
make minified-external-map --minify --sourcemap
make minified-without-map --minify
# As a build puts it into a folder of its own: the sources are outside of it.
make bundle-map-from-above --sourcemap --source-root=../
