# Finds Maven. Sourced by launcher/build-app and ./check; bash.
#
# find_maven ROOT sets maven to an installed mvn that is new enough, else to the wrapper, which
# downloads one.

find_maven() {
  local version major rest
  maven=$1/mvnw
  if version=$(mvn --version 2>/dev/null); then
    version=${version#*Apache Maven }
    version=${version%%[!0-9.]*}
    major=${version%%.*}
    rest=${version#*.}
    if ((${major:-0} > 3 || (${major:-0} == 3 && ${rest%%.*} >= 8))); then
      maven=mvn
    fi
  fi
}
