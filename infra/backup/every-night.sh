#!/bin/sh
# Makes a backup whenever the newest is a day old, and then looks again every ten minutes: a machine that was off at
# night makes it when it is back. What makes one is the script that the first argument names. SIGTERM ends it at once.
set -u
export DATABASE_URL="${DATABASE_URL:-$(cat "$DATABASE_URL_FILE")}"
trap 'exit 0' TERM INT
while :; do
  if ! find "$BACKUP_DIR" -name 'glucolens-*.dump' -mmin -1430 | grep -q .; then
    sh "$1" || echo "no backup: tried again in ten minutes" >&2
  fi
  sleep "${BACKUP_LOOK_SECONDS:-600}" &
  wait $!
done
