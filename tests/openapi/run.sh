#!/bin/sh
# Checks an OpenAPI document and calls the API that it describes.
#   tests/openapi/run.sh <document-file> <base-url>
# Lints with Spectral and Redocly (a warning is a failure), generates TypeScript types, compiles client.ts against them under `strict`, and
# runs it against the base URL. Leaves nothing but tests/openapi/node_modules and tests/openapi/artifacts, both ignored by git.
set -eu

if [ $# -ne 2 ]; then
  echo "usage: $0 <document-file> <base-url>" >&2
  exit 2
fi

document=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
url=${2%/}
cd "$(dirname "$0")"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true SCARF_ANALYTICS=false

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
bin=node_modules/.bin

# Installed tools are called by path: npx would fetch what is missing.
"$bin/spectral" lint "$document" --ruleset .spectral.yaml --fail-severity=hint
"$bin/redocly" lint "$document" --config redocly.yaml

mkdir -p artifacts
"$bin/openapi-typescript" "$document" --output artifacts/schema.d.ts --default-non-nullable false
"$bin/tsc" --noEmit
"$bin/tsc"
node artifacts/js/client.js "$url"
