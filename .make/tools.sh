# What the scripts of this folder share. Sourced from the project's root.

have() { command -v "$1" >/dev/null; }

say() { echo "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs Debian packages, and tells which. Where there is no apt, tells what a person has to install.
install_packages() {
    have apt-get || stop "Please install, by the means of your system: $*"
    [ "$(id -u)" = 0 ] || have sudo || stop "Please install as root: apt-get install $*"
    say "Installing packages: $*"
    [ -n "${packages_are_fresh:-}" ] || quietly as_root apt-get update
    packages_are_fresh=yes
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# Runs a command without its output, unless it fails.
quietly() {
    local log
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2; rm "$log"; return 1; }
    rm "$log"
}

# Whether a cargo can compile for browsers. `wasm_ready` asks the usual one, `wasm_ready +NAME` another.
wasm_ready() {
    local library
    library=$(rustc ${1:+"$1"} --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    compgen -G "$library/libstd-*.rlib" >/dev/null || return 1
    # A library that was built here serves one compiler only.
    [ ! -f "$library/made-for" ] || [ "$(cat "$library/made-for")" = "$(rustc ${1:+"$1"} --version)" ]
}

# Whether the first version is at least the second.
at_least() { [ "$(printf '%s\n' "$2" "$1" | sort --version-sort | head -n 1)" = "$2" ]; }

# The oldest Rust that compiles Nadwa.
oldest_rust() { sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml; }
