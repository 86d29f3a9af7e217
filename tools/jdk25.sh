# Sourced by ./run and ./verify: finds a JDK 25 or newer, wherever this machine keeps it, and puts it first.

java_version() { # prints the feature version of a JDK folder, or nothing
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

is_jdk25() {
  [ -x "$1/bin/javac" ] && [ "$(java_version "$1")" -ge 25 ] 2>/dev/null
}

find_jdk25() {
  local path_java folder
  path_java=$(command -v javac 2>/dev/null) && path_java=$(dirname "$(dirname "$(readlink -f "$path_java")")")
  for folder in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$folder" ] && is_jdk25 "$folder"; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME=$(find_jdk25); then
  echo "Handoff needs a JDK 25 or newer, and found none in JAVA_HOME, on the PATH or in the usual folders." >&2
  echo "Install one (for example the package temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it, then try again." >&2
  exit 1
fi
export JAVA_HOME
export PATH="$JAVA_HOME/bin:$PATH"

require_build_tools() {
  local tool missing=""
  for tool in mvn node npm; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  if [ -n "$missing" ]; then
    echo "Building Handoff needs Maven (3.8 or newer), Node (20 or newer) and npm; missing here:$missing." >&2
    echo "Install them with your system's packages, for example: apt-get install maven nodejs npm" >&2
    exit 1
  fi
}
