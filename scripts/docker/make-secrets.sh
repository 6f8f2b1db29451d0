#!/bin/sh
# Writes the secrets that docker-compose.yml asks for to .data/local.env, once. npm start uses the same file.
set -eu
cd "$(dirname "$0")/../.."

file=.data/local.env
if [ -e "$file" ]; then
  echo "$file is there already: it belongs to the data and is left as it is."
  exit 0
fi
command -v openssl >/dev/null || {
  echo "openssl is needed to make secrets. Install it, or run npm start once, which makes the same file." >&2
  exit 1
}

umask 077
mkdir -p .data
{
  echo "# Made for this machine alone. Keep it with the data."
  for name in DB_ADMIN_PASSWORD DB_MIGRATE_PASSWORD DB_APP_PASSWORD DB_VERIFY_PASSWORD; do
    echo "$name=$(openssl rand -hex 24)"
  done
  echo "ROOT_KEYS=v1:$(openssl rand -base64 32)"
} >"$file.new"
mv "$file.new" "$file"
echo "Wrote $file. Next: docker compose --env-file $file up --build"
