#!/bin/sh
# Checks an exported proof with stock tools alone: sh, sha256sum, grep, sed; openssl where the run carries a time stamp.
# Usage: sh check.sh [FOLDER]   Exit code 0: everything holds. Every fault is one line.
cd "${1:-$(dirname "$0")}" || exit 2
faults=0
fault() { echo "FAULT $*"; faults=$((faults + 1)); }
hash_of() { sha256sum "$1" 2>/dev/null | cut -c 1-64; }

# 1. Every file is what the manifest says, and no file is there that the manifest does not name.
withheld=/dev/null
if [ -e WITHHELD ]; then
  withheld=WITHHELD
  grep -vxFf MANIFEST WITHHELD >/dev/null && fault "WITHHELD names a file that MANIFEST does not"
  for file in $(cut -c 67- WITHHELD); do
    [ -e "$file" ] && fault "$file is said to be withheld and is here, unchecked"
  done
  echo "NOTE not handed out, as WITHHELD says: $(cut -c 67- WITHHELD | tr '\n' ' ')"
fi
report=$(grep -vxFf $withheld MANIFEST | sha256sum -c --quiet 2>&1) || fault "files of this observation:
$report"
[ -s MANIFEST ] || fault "MANIFEST is missing or empty"
for file in $(find . -type f ! -path './run/*' ! -name MANIFEST ! -name WITHHELD ! -name check.sh | sed 's|^\./||'); do
  grep -q "^[0-9a-f]\{64\}  $file\$" MANIFEST || fault "$file is not named by MANIFEST"
done

# 2. The run's manifest names this observation, and holds the run's record.
if [ -e run/RUN-MANIFEST ]; then
  line=$(cat run/OWN-LINE)
  [ "$(echo "$line" | cut -c 1-64)" = "$(hash_of MANIFEST)" ] || fault "run/OWN-LINE is about another MANIFEST"
  grep -qxF "$line" run/RUN-MANIFEST || fault "run/RUN-MANIFEST does not name this observation's MANIFEST"
  grep -q "^$(hash_of run/run.json)  run.json\$" run/RUN-MANIFEST || fault "run/run.json is not the run's record"
  echo "RUN  $(hash_of run/RUN-MANIFEST) is what this run was closed as: compare it with what you were told of it"
else
  echo "NOTE the run was not closed when this was exported: there is no run manifest"
fi

# 3. The run before it is the one that the run's record names.
if [ -e run/previous/RUN-MANIFEST ]; then
  grep -q "\"manifest\": \"$(hash_of run/previous/RUN-MANIFEST)\"" run/run.json || fault "run/previous is not the run before"
  grep -q "^$(hash_of run/previous/run.json)  run.json\$" run/previous/RUN-MANIFEST || fault "run/previous/run.json is not its record"
elif [ -e run/run.json ] && grep -q '"previous": {' run/run.json; then
  fault "the run before is missing"
fi

# 4. The time stamp is about the run's manifest, and signed by an authority that you trust.
if [ -e run/RUN-MANIFEST.tsr ]; then
  roots=${YUECE_ROOTS:-run/roots.pem}
  if [ -e "$roots" ]; then
    openssl ts -verify -in run/RUN-MANIFEST.tsr -data run/RUN-MANIFEST -CAfile "$roots" >/dev/null 2>&1 \
      || fault "run/RUN-MANIFEST.tsr does not verify by $roots"
  else
    echo "NOTE the time stamp was not checked: give the authority's root certificates as YUECE_ROOTS=FILE"
  fi
else
  echo "NOTE the run carries no time stamp"
fi

[ "$faults" -eq 0 ] && echo "OK $(grep -c . MANIFEST) files, observation $(sed -n 's/^ "observation": "\(.*\)",*$/\1/p' circumstances.json)"
[ "$faults" -eq 0 ]
