# For the benches in the folders beside this file: a database and a Stemma of their own, both stopped and removed at the end. Sourced, with `here`
# (the bench's folder) and `stemma_port` set; the database listens on the port after it.

fail() { echo "bench: $*" >&2; exit 1; }

needs() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is missing; install it and run this again."
    done
}

stemma=http://127.0.0.1:$stemma_port
postgres_port=$((stemma_port + 1))
connection=${BENCH_CONNECTION:-}
for port in "$stemma_port" "$postgres_port"; do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && fail "Port $port is taken; BENCH_PORT chooses two others."
done

work=$(mktemp -d "${TMPDIR:-/tmp}/stemma-bench.XXXXXX")
pids=()
# Stops what was started last.
stop_last() {
    local last=$((${#pids[@]} - 1)) _
    if kill -TERM "${pids[last]}" 2>/dev/null; then
        for _ in {1..300}; do
            kill -0 "${pids[last]}" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "${pids[last]}" 2>/dev/null || true
        wait "${pids[last]}" 2>/dev/null || true
    fi
    unset "pids[last]"
}
# The server before the database that it is connected to.
stop() {
    while ((${#pids[@]} > 0)); do
        stop_last
    done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

find_postgres() {
    local dir
    for dir in ${BENCH_POSTGRES:-} $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
        [[ -x $dir/initdb && -x $dir/postgres ]] && { echo "$dir"; return; }
    done
    dirname "$(command -v initdb || true)"
}

# Makes an empty database and starts it, with settings such as -c shared_buffers=1GB.
start_postgres() {
    local bin as=() _
    bin=$(find_postgres)
    [[ -x $bin/initdb ]] || fail "PostgreSQL 14 or later is missing (initdb, postgres); install it, or name its folder in BENCH_POSTGRES."
    chmod 755 "$work"
    mkdir "$work/postgres"
    if [[ $(id -u) == 0 ]]; then
        id postgres >/dev/null 2>&1 || fail "PostgreSQL does not run as root, and there is no user postgres to run it as."
        chown postgres "$work/postgres"
        as=(runuser -u postgres --)
    fi

    cd "$work"
    "${as[@]}" "$bin/initdb" -D "$work/postgres/data" -U postgres -A trust -E UTF8 --locale C.UTF-8 >/dev/null
    "${as[@]}" "$bin/postgres" -D "$work/postgres/data" -p "$postgres_port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" \
        >"$work/postgres.log" 2>&1 &
    pids+=($!)
    connection="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres"
    for _ in {1..100}; do
        (exec 3<>"/dev/tcp/127.0.0.1/$postgres_port") 2>/dev/null && return
        sleep 0.1
    done
    cat "$work/postgres.log" >&2
    fail "The database does not start."
}

# Builds Stemma and brings the database's schema up to date.
build_stemma() {
    echo "Building …" >&2
    dotnet publish "$here/../../src/Api" -c Release -o "$work/stemma" -v quiet --nologo >&2
    export ConnectionStrings__Stemma=$connection Samples__Load=false
    dotnet "$work/stemma/Stemma.Api.dll" migrate >&2
}

start_stemma() {
    local _
    dotnet "$work/stemma/Stemma.Api.dll" --urls "$stemma" >"$work/stemma.log" 2>&1 &
    pids+=($!)
    for _ in {1..600}; do
        curl -sf -o /dev/null "$stemma/api/v1/claims?limit=1" && return
        sleep 0.1
    done
    cat "$work/stemma.log" >&2
    fail "$stemma does not answer."
}
