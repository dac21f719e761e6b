# Gets keys from the two key management entities (KMEs) with curl, for the recipes beside this file.
#
#   ALICE, BOB   https://HOST:PORT of the KME of each site
#   CERTS        folder with ca.pem, and sae-1.pem, sae-1.key, sae-2.pem, sae-2.key
#
# sae-1 is the master, at Alice's site; sae-2 is the slave, at Bob's. In earnest each of the two
# functions is called at its own site; only the key_ID travels between the sites.

: "${ALICE:?set ALICE to https://HOST:PORT of the KME of the master}"
: "${BOB:?set BOB to https://HOST:PORT of the KME of the slave}"
: "${CERTS:?set CERTS to the folder with the certificates}"

for program in curl jq base64 od; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 77; }
done

ask() { # SAE URL
  curl --silent --show-error --fail-with-body --max-time 30 \
    --cacert "$CERTS/ca.pem" --cert "$CERTS/$1.pem" --key "$CERTS/$1.key" "$2"
}

# Prints the key_ID and the key (hexadecimal) of a new key of 256 bits for the master.
new_key() {
  ask sae-1 "$ALICE/api/v1/keys/sae-2/enc_keys?number=1&size=256" | id_and_key
}

# Prints the key_ID and the key (hexadecimal) for the slave that was told the key_ID.
same_key() { # KEY_ID
  ask sae-2 "$BOB/api/v1/keys/sae-1/dec_keys?key_ID=$1" | id_and_key
}

id_and_key() {
  local answer
  answer=$(cat)
  printf '%s %s\n' \
    "$(jq --exit-status --raw-output '.keys[0].key_ID' <<<"$answer")" \
    "$(jq --exit-status --raw-output '.keys[0].key' <<<"$answer" | base64 --decode |
      od -An -v -tx1 | tr -d ' \n')"
}

# A folder for files with keys in them: the caller's alone, and removed at the end.
umask 077
work=$(mktemp --directory)
wipe() {
  find "$work" -type f -exec shred --remove {} + 2>/dev/null || true
  rm -rf "$work"
}
