# What build-aux/run, build-aux/test and build-aux/screenshot share: sourced, never run.

set -euo pipefail

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=$SOURCE/build-run
# The distribution's own programs come first: gi, for one, is there for its Python only.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL=C.UTF-8

say () { printf '%s\n' "$*"; }

die ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# quietly LOG COMMAND...: no word from it unless it fails, and then all of them.
quietly ()
{
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" </dev/null >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then
    cat "$log"
    say "${0##*/}: failed with status $status: $*"
  fi
  return $status
}

as_root ()
{
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "packages are missing and there is neither root nor sudo to install them: $*"
  fi
}

# What is installed by its own name, or as a part of another package.
installed_packages ()
{
  dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' |
    sed -n 's/^installed //p' | tr -s ', ' '\n'
}

# The packages of the groups given that are not installed.
missing_packages ()
{
  local groups=" $* " group package installed
  installed=$(installed_packages)
  while read -r group package; do
    case $group in '' | \#*) continue ;; esac
    [[ $groups == *" $group "* ]] || continue
    grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"
  done <"$SOURCE/build-aux/packages"
}

apt_install ()
{
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends "$@"
}

# ensure_packages GROUP...: a mirror that hiccups gets a second chance.
ensure_packages ()
{
  local packages
  if ! command -v dpkg-query >/dev/null; then
    say "Not a Debian system: relying on what is installed"
    return 0
  fi
  mapfile -t packages < <(missing_packages "$@")
  [ ${#packages[@]} -gt 0 ] || return 0
  say "Installing ${#packages[@]} packages"
  mkdir -p "$BUILD"
  apt_install "${packages[@]}" </dev/null >"$BUILD/apt.log" 2>&1 && return 0
  sleep 5
  quietly "$BUILD/apt.log" apt_install "${packages[@]}" || die "the packages could not be installed"
}

unpack ()
{
  rm -rf "$2" && mkdir -p "$2" && cd "$2" || return
  apt-get download -qq "$1" || { as_root apt-get update -qq && apt-get download -qq "$1"; } || return
  dpkg -x ./*.deb . && rm ./*.deb
}

# ensure_unpacked PACKAGE: a server that would start with the computer is not installed; its programs
# are put on the path for the tests, which start it themselves.
ensure_unpacked ()
{
  local dir=$BUILD/unpacked/$1
  command -v dpkg >/dev/null || return 0
  if [ ! -d "$dir/usr" ]; then
    say "Unpacking $1"
    (quietly "$BUILD/unpack.log" unpack "$1" "$dir") || say "Its tests will fail"
  fi
  PATH=$PATH:$dir/usr/sbin
}

# What the tests need from npm, at exactly the versions of the lock files, and without running any
# script of theirs.
ensure_modules ()
{
  local lock dir stamp
  while read -r lock; do
    dir=$(dirname "$lock")
    stamp=$dir/node_modules/.stamp
    cmp -s "$lock" "$stamp" && continue
    say "Installing the npm modules of ${dir#"$SOURCE"/}"
    (cd "$dir" && quietly "$BUILD/npm.log" npm ci --ignore-scripts --no-audit --no-fund) ||
      (cd "$dir" && quietly "$BUILD/npm.log" npm ci --ignore-scripts --no-audit --no-fund) ||
      { say "Their tests will fail"; continue; }
    cp "$lock" "$stamp"
  done < <(find "$SOURCE/src" "$SOURCE/tests" -name node_modules -prune -o -name package-lock.json -print)
}

# build DIRECTORY OPTION...: configures when the options are new, then compiles.
build ()
{
  local dir=$1 stamp=$1/options
  shift
  if [ "$(cat "$stamp" 2>/dev/null)" != "$*" ] || [ ! -e "$dir/build.ninja" ]; then
    rm -rf "$dir/meson-private" "$dir/meson-info"
    quietly "$dir/setup.log" meson setup "$dir" "$SOURCE" "$@" || return
    printf '%s\n' "$*" >"$stamp"
  fi
  quietly "$dir/compile.log" ninja -C "$dir" -k 20
}

# The programs alone, in a prefix of their own.
build_and_install ()
{
  say "Building"
  build "$BUILD" --prefix="$BUILD/install" --libdir=lib -Dtests=false || die "the build failed"
  quietly "$BUILD/install.log" meson install -C "$BUILD" --no-rebuild --quiet ||
    die "the installation into $BUILD/install failed"
}
