//! Proxies that forward no address: behind one everybody is one person, and nobody is limited. It is
//! told in the log, once an hour, and at `/office`, until that proxy forwards addresses.
//!
//! A person at this machine, a health check or an SSH tunnel has no forwarded address either, and
//! rightly. So a request counts only when something shows that a proxy passed it on: HTTP/1.0,
//! headers that proxies add, the public name in `Host`, or a page of the public address in `Referer`
//! or `Origin`.

use super::client::{Whose, whose};
use crate::config::Network;
use actix_web::HttpRequest;
use actix_web::http::{Version, header};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

/// Headers that proxies add.
const MARKS: [&str; 8] = [
    "via",
    "forwarded",
    "x-real-ip",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-server",
];
/// Proxies of ours that are remembered at most.
const MOST: usize = 64;
const TELL_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// A proxy that was not heard of for so long is taken for gone.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

/// What is known of our proxies.
#[derive(Default)]
pub(super) struct Forwarding(Mutex<Known>);

#[derive(Default)]
struct Known {
    silent: HashMap<IpAddr, Timestamp>,
    told: Option<Timestamp>,
}

impl Forwarding {
    /// Takes note of one request.
    pub(super) fn notice(
        &self,
        request: &HttpRequest,
        trusted: &[Network],
        public_url: &str,
        now: Timestamp,
    ) {
        match whose(request, trusted) {
            Whose::NotSaid(proxy) if is_passed_on(request, public_url) => self.missed(proxy, now),
            Whose::Client(client) => {
                let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
                if let Some(peer) = peer.filter(|peer| *peer != client) {
                    self.seen(peer);
                }
            }
            Whose::NotSaid(_) | Whose::OurOwn => {}
        }
    }

    /// The proxies that forward no address.
    pub(super) fn silent(&self, now: Timestamp) -> Vec<IpAddr> {
        let Ok(known) = self.0.lock() else {
            return Vec::new();
        };
        let lately = known.silent.iter();
        let lately = lately.filter(|(_, last)| now.duration_since(**last) < FORGET);
        let mut silent: Vec<IpAddr> = lately.map(|(proxy, _)| *proxy).collect();
        silent.sort_unstable();
        silent
    }

    fn missed(&self, proxy: IpAddr, now: Timestamp) {
        let Ok(mut known) = self.0.lock() else {
            return;
        };
        if known.silent.len() < MOST || known.silent.contains_key(&proxy) {
            known.silent.insert(proxy, now);
        }
        if known
            .told
            .is_none_or(|told| now.duration_since(told) >= TELL_EVERY)
        {
            known.told = Some(now);
            tracing::warn!(
                %proxy,
                "a reverse proxy forwards no address: visitors cannot be told apart and nothing is limited by address; let it set X-Forwarded-For (docs/OPERATIONS.md)"
            );
        }
    }

    fn seen(&self, proxy: IpAddr) {
        if let Ok(mut known) = self.0.lock()
            && !known.silent.is_empty()
        {
            known.silent.remove(&proxy);
        }
    }
}

fn is_passed_on(request: &HttpRequest, public_url: &str) -> bool {
    if ["/healthz", "/readyz", "/metrics"].contains(&request.path()) {
        return false;
    }
    let headers = request.headers();
    let said = |name: &header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = said(&header::HOST).unwrap_or_default();
    let from_outside = !is_this_machine(public_url.split_once("://").map_or("", |(_, host)| host))
        && [header::REFERER, header::ORIGIN]
            .iter()
            .any(|name| said(name).is_some_and(|page| page.starts_with(public_url)));
    request.version() <= Version::HTTP_10
        || MARKS.iter().any(|name| headers.contains_key(*name))
        || !is_this_machine(host)
        || from_outside
}

/// Whether a host, with or without a port, is a name of this machine for itself.
fn is_this_machine(host: &str) -> bool {
    let alone = match host.strip_prefix('[') {
        Some(sixth) => sixth.split(']').next().unwrap_or(sixth),
        None => host.split(':').next().unwrap_or(host),
    };
    let address = alone.parse::<IpAddr>();
    alone.is_empty() || alone == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use actix_web::test::TestRequest;

    const PUBLIC: &str = "https://jianyan.example.org";

    fn at() -> Timestamp {
        "2025-06-10T02:00:00Z".parse().unwrap()
    }

    fn request(peer: &str, headers: &[(&str, &str)]) -> TestRequest {
        let mut request =
            TestRequest::get().peer_addr((peer.parse::<IpAddr>().unwrap(), 5000).into());
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        request
    }

    fn silent_after(requests: Vec<TestRequest>) -> usize {
        let forwarding = Forwarding::default();
        let mut trusted = Network::this_machine();
        trusted.push(Network::try_from("172.30.250.1".to_owned()).unwrap());
        for request in requests {
            forwarding.notice(&request.to_http_request(), &trusted, PUBLIC, at());
        }
        forwarding.silent(at()).len()
    }

    #[test]
    fn a_proxy_that_forwards_no_address_is_known_until_it_does() {
        let host = ("host", "jianyan.example.org");
        let local = ("host", "127.0.0.1:8080");
        for bad in [
            request("127.0.0.1", &[host]),
            request("172.30.250.1", &[host]),
            request("127.0.0.1", &[local]).version(Version::HTTP_10),
            request("127.0.0.1", &[local, ("x-forwarded-proto", "https")]),
            request("127.0.0.1", &[local, ("x-forwarded-for", "unknown")]),
            request(
                "127.0.0.1",
                &[local, ("referer", "https://jianyan.example.org/c/plan")],
            ),
            request("127.0.0.1", &[host, ("x-forwarded-for", "172.30.250.1")]),
        ] {
            assert_eq!(silent_after(vec![bad]), 1);
        }
        let mended = request("127.0.0.1", &[host, ("x-forwarded-for", "198.51.100.7")]);
        assert_eq!(silent_after(vec![request("127.0.0.1", &[host]), mended]), 0);
        let other = request("172.30.250.1", &[host, ("x-forwarded-for", "198.51.100.7")]);
        assert_eq!(silent_after(vec![request("127.0.0.1", &[host]), other]), 1);
    }

    #[test]
    fn a_person_at_the_machine_and_a_health_check_are_no_proxy() {
        let fine = vec![
            request("127.0.0.1", &[("host", "127.0.0.1:8080")]),
            request("::1", &[("host", "[::1]:8080")]),
            request("172.30.250.1", &[("host", "localhost:8080")]),
            request("127.0.0.1", &[("host", "jianyan.example.org")]).uri("/healthz"),
            request(
                "127.0.0.1",
                &[
                    ("host", "jianyan.example.org"),
                    ("x-forwarded-for", "127.0.0.1"),
                ],
            ),
            request("198.51.100.7", &[("host", "jianyan.example.org")]),
        ];
        assert_eq!(silent_after(fine), 0);
    }

    #[test]
    fn the_log_is_told_once_an_hour() {
        let forwarding = Forwarding::default();
        let told = |minutes| {
            forwarding.missed(
                "127.0.0.1".parse().unwrap(),
                at() + SignedDuration::from_mins(minutes),
            );
            let known = forwarding.0.lock().unwrap();
            known.told.unwrap().duration_since(at()).as_mins()
        };
        assert_eq!(
            [told(0), told(1), told(59), told(60), told(61)],
            [0, 0, 0, 60, 60]
        );
    }
}
