#!/bin/sh
# Makes chacha.js: the one cipher of a library that pages need where browsers have no Web Crypto (plain http).
#
#   server/src/http/worker/chacha.sh        needs npm; changes that file alone
#
# The made file is committed, so nobody needs this script to build Nadwa.
set -eu

ciphers=2.4.0
esbuild=0.28.2
out=$(cd "$(dirname "$0")" && pwd)/chacha.js
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-audit --no-fund --prefix . @noble/ciphers@$ciphers esbuild@$esbuild
echo "export { chacha20poly1305 } from '@noble/ciphers/chacha.js'" > entry.mjs
{
  echo "/* ChaCha20-Poly1305 of @noble/ciphers $ciphers, made by chacha.sh."
  sed 's/(http[^)]*)//; s/<[^>]*>//' node_modules/@noble/ciphers/LICENSE
  echo "*/"
  node_modules/.bin/esbuild entry.mjs --bundle --minify --format=esm --target=es2020 --legal-comments=none --log-level=error
} > "$out"
