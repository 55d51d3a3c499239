#!/bin/sh
# One backup of the database that DATABASE_DIRECT_URL or DATABASE_URL names, into BACKUP_DIR; what is older than
# BACKUP_KEEP_DAYS goes, the last three never do. The queue is left out: its jobs come from the data.
# infra/backup/restore.mjs restores the file. pg_dump must be as new as the server.
set -eu
umask 077
folder="${BACKUP_DIR:-/backups}"
file="$folder/glucolens-$(date -u +%Y%m%dT%H%M%SZ).dump"
dump=
trap 'rm -f "$file.part"' EXIT
# A shell hears a signal only when nothing runs in its foreground, and then skips EXIT unless it leaves by itself.
trap 'kill $dump 2>/dev/null; wait; exit 143' TERM INT
pg_dump --format=custom --no-owner --no-privileges --exclude-schema="${QUEUE_SCHEMA:-bullmq}" --file="$file.part" "${DATABASE_DIRECT_URL:-$DATABASE_URL}" &
dump=$!
wait $dump
dump=
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
cd "$folder"
sha256sum "${file##*/}" >"$file.sha256"
for old in $(ls glucolens-*.dump | sort -r | tail -n +4); do
  [ -n "$(find "$old" -mtime "+${BACKUP_KEEP_DAYS:-14}")" ] && rm -f "$old" "$old.sha256" && echo "removed $old"
done
echo "made ${file##*/}, $(wc -c <"$file") bytes"
