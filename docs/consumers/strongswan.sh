#!/usr/bin/env bash
# An IPsec tunnel between two strongSwans whose keys rest on a key of the link too: it is a
# post-quantum pre-shared key (PPK, RFC 8784), the key_ID is its PPK_ID, and without it nothing is
# set up. Each end runs in a network namespace of its own, so it takes root; ESP is done in user
# space (kernel-libipsec), so the kernel need not know it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/keys.sh"
for program in charon-systemd swanctl ip ping; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 77; }
done
if ! unshare --net true 2>/dev/null || [[ ! -c /dev/net/tun ]]; then
  echo "network namespaces and /dev/net/tun are needed: run as root" >&2
  exit 77
fi

name=eveproof$$
trap '{ kill $(jobs -p); wait; ip netns del ${name}a; ip netns del ${name}b; } 2>/dev/null || true
  wipe' EXIT

read -r id master < <(new_key)
read -r _ slave < <(same_key "$id")

# Two hosts with a cable between them; behind each a network, here of one address.
for end in a b; do
  ip netns add "$name$end"
  ip -n "$name$end" link set lo up
done
ip link add wire netns "${name}a" type veth peer name wire netns "${name}b"
number=1
for end in a b; do
  ip -n "$name$end" addr add "192.0.2.$number/24" dev wire
  ip -n "$name$end" addr add "198.51.100.$number/32" dev lo
  ip -n "$name$end" link set wire up
  number=2
done

configure() { # END OWN-NUMBER OTHER-NUMBER KEY
  mkdir "$work/$1"
  cat >"$work/$1/strongswan.conf" <<CONF
charon-systemd {
  load = random nonce openssl kdf kernel-libipsec kernel-netlink socket-default vici updown
  plugins {
    vici {
      socket = unix://$work/$1/vici
    }
  }
}
CONF
  cat >"$work/$1/swanctl.conf" <<CONF
connections {
  qkd {
    version = 2
    local_addrs = 192.0.2.$2
    remote_addrs = 192.0.2.$3
    proposals = aes256gcm16-prfsha384-ecp384
    ppk_id = $id
    ppk_required = yes
    local {
      auth = psk
      id = 192.0.2.$2
    }
    remote {
      auth = psk
      id = 192.0.2.$3
    }
    children {
      nets {
        esp_proposals = aes256gcm16
        local_ts = 198.51.100.$2/32
        remote_ts = 198.51.100.$3/32
      }
    }
  }
}
secrets {
  # What the ends have without the link. Certificates serve as well.
  ike-ends {
    secret = "an ordinary secret of the two ends"
  }
  ppk-qkd {
    id = $id
    secret = 0x$4
  }
}
CONF
  STRONGSWAN_CONF=$work/$1/strongswan.conf \
    ip netns exec "$name$1" charon-systemd >"$work/$1/log" 2>&1 &
}

control() { # END COMMAND...
  local end=$1
  shift
  STRONGSWAN_CONF=$work/$end/strongswan.conf \
    ip netns exec "$name$end" swanctl "$@" --uri "unix://$work/$end/vici" >>"$work/$end/log" 2>&1
}

configure a 1 2 "$master"
configure b 2 1 "$slave"
for end in a b; do
  for attempt in {1..100}; do
    [[ ! -S $work/$end/vici ]] || break
    sleep 0.1
  done
  control "$end" --load-all --file "$work/$end/swanctl.conf"
done
if ! control a --initiate --child nets --timeout 20 ||
  ! ip netns exec "${name}a" ping -q -I 198.51.100.1 -c 3 -W 5 198.51.100.2 >>"$work/a/log"; then
  grep --text '\[IKE\]' "$work/a/log" >&2 || true
  echo "no tunnel under key $id" >&2
  exit 1
fi
# What went through was encrypted by the tunnel: outside of it there is no way to that address.
control a --list-sas
grep --text -q '/PPK$' "$work/a/log"
echo "an IPsec tunnel under key $id"
