//! An address or a network of addresses.

use ipnet::{IpNet, Ipv4Net};
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const THIS_MACHINE: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8);

/// `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network(IpNet);

impl Network {
    /// The addresses by which a machine reaches itself.
    #[must_use]
    pub fn this_machine() -> Vec<Self> {
        let sixth = IpNet::from(IpAddr::V6(Ipv6Addr::LOCALHOST));
        vec![Self(IpNet::V4(THIS_MACHINE)), Self(sixth)]
    }

    /// Whether an address lies in it.
    #[must_use]
    pub fn holds(&self, address: &IpAddr) -> bool {
        self.0.contains(address)
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let network = text.parse::<IpNet>();
        network
            .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
            .map(Self)
            .map_err(|_| {
                format!("{text} must be an address (192.0.2.7) or a network (192.0.2.0/24)")
            })
    }
}
