#!/usr/bin/env bash
# artifact.sh GROUP:NAME:VERSION[:jar:CLASSIFIER]: the path of a jar of Maven Central, kept in a
# cache outside the tree. Exit 3: no Maven or no network.
set -euo pipefail
IFS=: read -r group name version _ classifier <<<"$1:::"
classifier=${classifier%%:*}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/paraphe/maven
jar=$cache/${group//.//}/$name/$version/$name-$version${classifier:+-$classifier}.jar
if [ ! -f "$jar" ]; then
    command -v mvn >/dev/null || exit 3
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
        -Dartifact="$1" -Dtransitive=false >"$cache/log" 2>&1 || exit 3
    [ -f "$jar" ] || exit 3
fi
echo "$jar"
