# Finds a JDK 25 or newer. Sourced by ./rideau, ./check and .ci/run; POSIX sh.
#
# find_jdk sets jdk_home, or prints what to install and returns 1. It looks at JAVA_HOME, then at the
# java on the PATH, then at the usual folders. The version comes from the file `release` in the JDK's
# folder: asking java itself would cost a start of the JVM.

jdk_needed=25

# Sets jdk_major to the feature version of the JDK in folder $1, 0 where there is none.
read_jdk_major() {
  jdk_major=0
  [ -r "$1/release" ] || return 0
  while IFS= read -r jdk_line; do
    case $jdk_line in
      JAVA_VERSION=*)
        jdk_version=${jdk_line#JAVA_VERSION=\"}
        jdk_major=${jdk_version%%[!0-9]*}
        ;;
    esac
  done <"$1/release"
  case $jdk_major in '') jdk_major=0 ;; esac
}

# Whether folder $1 holds a JDK (with a compiler) that is new enough; notes what it saw.
accept_jdk() {
  read_jdk_major "$1"
  if [ "$jdk_major" -ge "$jdk_needed" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; then
    jdk_home=$1
    return 0
  fi
  if [ "$jdk_major" -ge "$jdk_needed" ]; then
    jdk_seen="$jdk_seen
  $2: $1 has no compiler (a JRE, not a JDK)"
  elif [ "$jdk_major" -gt 0 ]; then
    jdk_seen="$jdk_seen
  $2: $1 is version $jdk_major"
  else
    jdk_seen="$jdk_seen
  $2: $1 is not a JDK"
  fi
  return 1
}

find_jdk() {
  jdk_home=
  jdk_seen=
  if [ -n "${JAVA_HOME-}" ]; then
    accept_jdk "${JAVA_HOME%/}" JAVA_HOME && return 0
  fi
  jdk_on_path=$(command -v java) && jdk_on_path=$(readlink -f "$jdk_on_path") &&
    accept_jdk "${jdk_on_path%/bin/java}" PATH && return 0
  for jdk_folder in /usr/lib/jvm/*; do
    # Debian lists each JDK again under its old name: follow no links.
    if [ -d "$jdk_folder" ] && ! [ -L "$jdk_folder" ]; then
      accept_jdk "$jdk_folder" /usr/lib/jvm && return 0
    fi
  done
  cat >&2 <<END
rideau: error: needs a JDK, version $jdk_needed or newer, and found none
looked at:${jdk_seen:-
  JAVA_HOME, PATH and /usr/lib/jvm: nothing there}
advice: install one, for example 'apt install openjdk-$jdk_needed-jdk' or Eclipse Temurin $jdk_needed
  (https://adoptium.net), or set JAVA_HOME to the folder of one.
END
  return 1
}
