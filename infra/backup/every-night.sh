#!/bin/sh
# Makes a backup whenever the newest is a day old, and then looks again every ten minutes: a machine that was off at
# night makes it when it is back. What makes one is the script that the first argument names. SIGTERM ends it at once,
# and a backup that it is making with it.
set -u
export DATABASE_URL="${DATABASE_URL:-$(cat "$DATABASE_URL_FILE")}"
child=
# A shell hears a signal only when nothing runs in its foreground, so both what makes a backup and the pause are children.
trap 'kill $child 2>/dev/null; wait; exit 0' TERM INT
while :; do
  if ! find "$BACKUP_DIR" -name 'glucolens-*.dump' -mmin -1430 | grep -q .; then
    sh "$1" &
    child=$!
    wait $child || echo "no backup: tried again in ten minutes" >&2
  fi
  sleep "${BACKUP_LOOK_SECONDS:-600}" &
  child=$!
  wait $child
done
