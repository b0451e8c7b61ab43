#!/usr/bin/env bash
# validator.sh FILE...: the ODF Validator 0.12.0 in extended mode (LibreOffice's own elements are
# allowed), all files in one Java machine; its errors on the standard output, nothing for none.
# The jar comes from Maven Central into a cache outside the tree; asked for once. Exit 3: no Java,
# no Maven or no network.
set -euo pipefail
version=0.12.0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/paraphe/odfvalidator
jar=$cache/org/odftoolkit/odfvalidator/$version/odfvalidator-$version-jar-with-dependencies.jar
if [ ! -f "$jar" ]; then
    command -v java mvn >/dev/null || exit 3
    mkdir -p "$cache"
    # Central alone: descriptions of packages name other repositories.
    cat >"$cache/settings.xml" <<'XML'
<settings><mirrors><mirror>
  <id>nothing-but-central</id><mirrorOf>*,!central</mirrorOf>
  <url>http://0.0.0.0/</url><blocked>true</blocked>
</mirror></mirrors></settings>
XML
    mvn -B -ntp -q -s "$cache/settings.xml" -Dmaven.repo.local="$cache" \
        org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
        -Dartifact="org.odftoolkit:odfvalidator:$version:jar:jar-with-dependencies" \
        -Dtransitive=false >"$cache/log" 2>&1 || exit 3
    [ -f "$jar" ] || exit 3
fi
[ $# -eq 0 ] && exit 0
# 0: no errors, 2: errors; anything else, or giving up before the end, is a failure of its own.
status=0
java -XX:TieredStopAtLevel=1 -jar "$jar" -e "$@" 2>&1 || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || exit 1
