//! Whose request it is: the address of the peer, or behind a reverse proxy the last address in
//! `X-Forwarded-For` that is none of our own proxies.

use crate::config::Network;
use actix_web::HttpRequest;
use std::net::{IpAddr, SocketAddr};

/// The address that limits are counted by; `None` for a request that is not limited.
///
/// That is one that seems to come from this machine or from a trusted proxy itself: a proxy that
/// forwards no address would make everybody one person, and one person's fault everybody's.
pub(super) fn client(request: &HttpRequest, trusted: &[Network]) -> Option<IpAddr> {
    match whose(request, trusted) {
        Whose::Client(address) => Some(address),
        Whose::OurOwn | Whose::NotSaid(_) => None,
    }
}

/// Whose request it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Client(IpAddr),
    /// This machine's own, through a proxy that says so; or nobody's.
    OurOwn,
    /// One of our proxies, or this machine, does not say whom it asks for.
    NotSaid(IpAddr),
}

pub(super) fn whose(request: &HttpRequest, trusted: &[Network]) -> Whose {
    let headers = request.headers().get_all("x-forwarded-for");
    let forwarded: Vec<&str> = headers
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let peer = request.peer_addr().map(|peer| peer.ip());
    peer.map_or(Whose::OurOwn, |peer| of(peer, &forwarded, trusted))
}

/// [`whose`] of a peer and the forwarded addresses in the order in which they stand: each proxy
/// adds at the end the address it was asked from, so only the end can be believed.
fn of(peer: IpAddr, forwarded: &[&str], trusted: &[Network]) -> Whose {
    let ours = |address: &IpAddr| {
        address.is_loopback() || trusted.iter().any(|network| network.holds(address))
    };
    let mut from = forwarded.iter().rev();
    let mut address = peer.to_canonical();
    let mut is_forwarded = false;
    while ours(&address) {
        address = match from.next().map(|entry| read(entry)) {
            Some(Some(next)) => next,
            None if is_forwarded && address.is_loopback() => return Whose::OurOwn,
            Some(None) | None => return Whose::NotSaid(address),
        };
        is_forwarded = true;
    }
    Whose::Client(address)
}

/// One entry: an address, some proxies add a port.
fn read(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let alone = entry.trim_start_matches('[').trim_end_matches(']');
    let address = alone.parse::<IpAddr>();
    let address = address.or_else(|_| entry.parse::<SocketAddr>().map(|both| both.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(peer: &str, forwarded: &[&str], trusted: &[&str]) -> Option<String> {
        let mut networks = Network::this_machine();
        networks.extend(
            trusted
                .iter()
                .map(|one| Network::try_from((*one).to_owned()).unwrap()),
        );
        match of(peer.parse().unwrap(), forwarded, &networks) {
            Whose::Client(found) => Some(found.to_string()),
            Whose::OurOwn | Whose::NotSaid(_) => None,
        }
    }

    #[test]
    fn only_what_our_own_proxies_added_is_believed() {
        for (peer, forwarded, trusted, client) in [
            // Nobody in between: what the sender writes about himself counts for nothing.
            ("203.0.113.9", &[][..], &[][..], Some("203.0.113.9")),
            ("203.0.113.9", &["198.51.100.1"], &[], Some("203.0.113.9")),
            // A proxy on this machine.
            ("127.0.0.1", &["198.51.100.1"], &[], Some("198.51.100.1")),
            (
                "127.0.0.1",
                &["10.9.9.9", " 198.51.100.1 "],
                &[],
                Some("198.51.100.1"),
            ),
            ("::1", &["2001:db8::7"], &[], Some("2001:db8::7")),
            (
                "127.0.0.1",
                &["::ffff:198.51.100.1"],
                &[],
                Some("198.51.100.1"),
            ),
            (
                "127.0.0.1",
                &["198.51.100.1:5566"],
                &[],
                Some("198.51.100.1"),
            ),
            (
                "127.0.0.1",
                &["[2001:db8::7]:443"],
                &[],
                Some("2001:db8::7"),
            ),
            // Two proxies.
            (
                "127.0.0.1",
                &["198.51.100.1", "10.0.0.2"],
                &["10.0.0.0/8"],
                Some("198.51.100.1"),
            ),
            (
                "127.0.0.1",
                &["198.51.100.1", "10.0.0.2"],
                &[],
                Some("10.0.0.2"),
            ),
            // A proxy that forwards nothing, or nothing that can be read.
            ("127.0.0.1", &[], &[], None),
            ("10.0.0.2", &[], &["10.0.0.2"], None),
            ("127.0.0.1", &["unknown"], &[], None),
            ("127.0.0.1", &["198.51.100.1", ""], &[], None),
        ] {
            assert_eq!(
                found(peer, forwarded, trusted).as_deref(),
                client,
                "{peer} {forwarded:?}"
            );
        }
    }

    /// The file for Docker Compose: what comes from the host comes from the gateway of its network,
    /// which alone is believed, so that two citizens are two.
    #[test]
    fn with_docker_compose_citizens_are_told_apart() {
        let file = include_str!("../../../docker-compose.yml");
        let value = |key: &str| {
            let line = file.lines().find(|line| line.trim().starts_with(key));
            let (_, value) = line.unwrap().split_once(": ").unwrap();
            value
                .trim_matches('"')
                .replace("${JIANYAN_FRONT:-172.30.250}", "172.30.250")
        };
        let trusted: Vec<Network> = value("JIANYAN_TRUSTED_PROXIES")
            .split(' ')
            .map(|one| Network::try_from(one.to_owned()).unwrap())
            .collect();
        let gateway = value("gateway");
        let subnet = Network::try_from(value("- subnet")).unwrap();
        assert!(subnet.holds(&gateway.parse().unwrap()));
        let at = |peer: &str, from: &str| of(peer.parse().unwrap(), &[from], &trusted);
        let client = |text: &str| Whose::Client(text.parse().unwrap());
        assert_eq!(at(&gateway, "198.51.100.1"), client("198.51.100.1"));
        assert_eq!(at(&gateway, "198.51.100.2"), client("198.51.100.2"));
        assert_eq!(
            at("172.30.250.9", "198.51.100.1"),
            client("172.30.250.9"),
            "another container is no proxy"
        );
    }
}
