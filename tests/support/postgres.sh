# A PostgreSQL of its own for the tests: in a temporary folder, on a socket in it, without a port.
# Says the folder when it is ready. Stops and is gone when standard input ends, however the tests end.
# $1: the folder of PostgreSQL's programs; $2: this text.
set -eu

# PostgreSQL refuses to run as root; its package made a user for it.
if [ "$(id -u)" = 0 ]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups sh -c "$2" sh "$1" "$2"
fi

# Ctrl-C reaches the whole group; the end of the tests ends standard input too, and then there is time to tidy up.
trap '' INT
folder=$(mktemp -d "${TMPDIR:-/tmp}/nadwa-postgres.XXXXXX")
gone() {
    "$1/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap 'gone "$1"' EXIT

{
    "$1/initdb" -D "$folder/data" -U nadwa -A trust -E UTF8 --locale=C --no-sync
    # A power cut during a test is not what is tested here.
    "$1/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
        -o "-k $folder -c listen_addresses= -c fsync=off -c max_connections=200"
} >"$folder/start" 2>&1 || {
    cat "$folder/start" "$folder/log" >&2
    exit 1
}
echo "$folder"
cat >/dev/null
