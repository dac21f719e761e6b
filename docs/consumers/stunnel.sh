#!/usr/bin/env bash
# A program that knows no TLS talks through two stunnels that share a key of the link. Set PORTS to
# two free ports, if those are not.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/keys.sh"
command -v stunnel >/dev/null || { echo "stunnel is not installed" >&2; exit 77; }
read -r inner outer <<<"${PORTS:-14433 14434}"
trap '{ kill $(jobs -p); wait; } 2>/dev/null || true; wipe' EXIT

new_key >"$work/master"
read -r id _ <"$work/master"
same_key "$id" >"$work/slave"
for end in master slave; do
  # One line for each key: identity and key.
  sed -i 's/ /:/' "$work/$end"
done

cat >"$work/server.conf" <<CONF
foreground = yes
pid =
[qkd]
accept = 127.0.0.1:$outer
exec = /bin/cat
ciphers = PSK
sslVersionMin = TLSv1.3
PSKsecrets = $work/slave
CONF
cat >"$work/client.conf" <<CONF
foreground = yes
pid =
[qkd]
client = yes
accept = 127.0.0.1:$inner
connect = 127.0.0.1:$outer
sslVersionMin = TLSv1.3
PSKidentity = $id
PSKsecrets = $work/master
CONF

stunnel "$work/server.conf" 2>"$work/server.log" &
stunnel "$work/client.conf" 2>"$work/client.log" &
said="through the tunnel"
heard=
for attempt in {1..50}; do
  if { exec 3<>"/dev/tcp/127.0.0.1/$inner"; } 2>/dev/null; then
    echo "$said" >&3 2>/dev/null || true
    read -r -t 5 heard <&3 || true
    exec 3>&-
    [[ -z $heard ]] || break
    # The server may not have been ready; a refused key stays refused.
    grep -q 'TLS_connect\|handshake\|alert' "$work/client.log" && break
  fi
  sleep 0.2
done
if [[ $heard != "$said" ]]; then
  cat "$work/client.log" >&2
  echo "no tunnel under key $id" >&2
  exit 1
fi
echo "a tunnel under key $id"
