#!/usr/bin/env bash
# The interface itself: a master and a slave get the same key, each once.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/keys.sh"
trap wipe EXIT

echo "stored: $(ask sae-1 "$ALICE/api/v1/keys/sae-2/status" | jq '.stored_key_count')"
new_key >"$work/master"
read -r id _ <"$work/master"
same_key "$id" >"$work/slave"
cmp "$work/master" "$work/slave" || { echo "the sites got different keys" >&2; exit 1; }
if same_key "$id" >/dev/null 2>&1; then
  echo "the slave got key $id twice" >&2
  exit 1
fi
echo "both sites have key $id"
