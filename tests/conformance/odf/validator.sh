#!/usr/bin/env bash
# validator.sh FILE...: the ODF Validator 0.12.0 in extended mode (LibreOffice's own elements are
# allowed), all files in one Java machine; its errors on the standard output, nothing for none.
# Exit 3: no Java, no Maven or no network.
set -euo pipefail
command -v java >/dev/null || exit 3
jar=$("$(dirname "$0")/../artifact.sh" org.odftoolkit:odfvalidator:0.12.0:jar:jar-with-dependencies)
[ $# -eq 0 ] && exit 0
# 0: no errors, 2: errors; anything else, or giving up before the end, is a failure of its own.
status=0
java -XX:TieredStopAtLevel=1 -jar "$jar" -e "$@" 2>&1 || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit 1
