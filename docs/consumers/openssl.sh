#!/usr/bin/env bash
# TLS 1.3 between two programs of OpenSSL that share nothing but a key of the link: it is an
# external pre-shared key (RFC 8446, section 2.2), the key_ID is its identity. With psk_dhe_ke, as
# here, recorded traffic stays secret also if the key becomes known later.
#
# OpenSSL takes the key on the command line, where other users of the machine may see it: to try
# things with. A program that uses the library hands the key over in memory.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/keys.sh"
command -v openssl >/dev/null || { echo "openssl is not installed" >&2; exit 77; }
trap '{ kill "${server_PID:-}"; wait; } 2>/dev/null || true; wipe' EXIT

read -r id master < <(new_key)
read -r _ slave < <(same_key "$id")

# The server, at the slave's site: no certificate, so no key, no connection. It reverses lines.
coproc server {
  exec openssl s_server -accept 127.0.0.1:0 -naccept 1 -tls1_3 -nocert -rev \
    -ciphersuites TLS_AES_128_GCM_SHA256 -psk_identity "$id" -psk "$slave" 2>&1
}
address=
while read -r -t 20 word address <&"${server[0]}"; do
  [[ $word != ACCEPT ]] || break
done

# The client, at the master's.
printf 'abc\nCLOSE\n' |
  timeout 20 openssl s_client -connect "$address" -tls1_3 -quiet \
    -ciphersuites TLS_AES_128_GCM_SHA256 -psk_identity "$id" -psk "$master" \
    >"$work/heard" 2>"$work/said" || true
if [[ $(head -n 1 "$work/heard") != cba ]]; then
  cat "$work/said" >&2
  echo "no TLS connection under key $id" >&2
  exit 1
fi
echo "TLS 1.3 under key $id"
