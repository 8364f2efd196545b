//! How phones reach this machine (`V6`): which of its addresses they can open, and which none of them can.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use url::{Host, Url};

/// Who can open an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Phones in the same network.
    Phones,
    /// Programs on this machine, in a network of their own.
    Inside,
    /// Nobody for long: the network has given no address.
    NoLease,
    /// This machine.
    Itself,
}

/// An address of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Who can open it.
    pub reach: Reach,
    /// The address.
    pub ip: IpAddr,
    /// The network device that has it.
    pub device: String,
}

/// How networks of programs are called: of containers, virtual machines, bridges between them.
const INSIDE: [&str; 7] = ["docker", "veth", "br-", "virbr", "podman", "cni", "vmnet"];

/// This machine's addresses, those that phones can open first, and of them the short ones.
#[must_use]
pub fn addresses() -> Vec<Address> {
    let devices = if_addrs::get_if_addrs().unwrap_or_default().into_iter();
    let mut all: Vec<Address> = devices
        .map(|device| Address { reach: reach(device.ip(), &device.name), ip: device.ip(), device: device.name })
        .collect();
    all.sort_by_key(|address| (address.reach, address.ip.is_ipv6(), address.ip));
    all
}

fn reach(ip: IpAddr, device: &str) -> Reach {
    let no_lease = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    match () {
        () if ip.is_loopback() => Reach::Itself,
        () if no_lease => Reach::NoLease,
        () if INSIDE.iter().any(|name| device.starts_with(name)) => Reach::Inside,
        () => Reach::Phones,
    }
}

/// Where phones find what listens here, if nobody has said so: at the first address that they can open.
#[must_use]
pub fn seen_at(addr: SocketAddr) -> SocketAddr {
    if !addr.ip().is_unspecified() {
        return addr;
    }
    let fits = |address: &Address| address.reach == Reach::Phones && (addr.is_ipv6() || address.ip.is_ipv4());
    let ip = addresses().into_iter().find(fits).map_or(Ipv4Addr::LOCALHOST.into(), |address| address.ip);
    SocketAddr::new(ip, addr.port())
}

/// Whether an address is the one that means every address of a machine: it can be listened at and never opened.
#[must_use]
pub fn is_nowhere(address: &str) -> bool {
    match Url::parse(address).ok().as_ref().and_then(Url::host) {
        Some(Host::Ipv4(ip)) => ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => ip.is_unspecified(),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Whether an address leads every phone to the phone itself, or nowhere: a printed code of it is paper for the bin.
#[must_use]
pub fn is_nobodys(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return true };
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => {
            let mapped = ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback() || ip.is_unspecified());
            ip.is_loopback() || ip.is_unspecified() || mapped
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_cannot_open_what_is_this_machines_alone_or_nowhere() {
        for nobodys in [
            "localhost:4700/j/1",
            "hall.localhost",
            "LOCALHOST.:4700",
            "127.0.0.1:4700",
            "127.8.8.8",
            "0.0.0.0:4700/p#x",
            "[::1]:4700",
            "[::]:4700",
            "[::ffff:127.0.0.1]",
            "0/",
        ] {
            assert!(is_nobodys(&format!("http://{nobodys}")), "{nobodys}");
        }
        assert!(is_nobodys("no address"));
        for theirs in ["10.77.0.1:4700", "nadwa.example.org/j/1", "[fd00::1]:4700", "nadwa.lan"] {
            assert!(!is_nobodys(&format!("https://{theirs}")), "{theirs}");
        }
    }

    #[test]
    fn of_a_machines_addresses_phones_reach_those_of_its_networks() {
        for (ip, device, expected) in [
            ("10.77.0.1", "wlan0", Reach::Phones),
            ("192.168.8.2", "eth0", Reach::Phones),
            ("fd00::1", "wlan0", Reach::Phones),
            ("172.17.0.1", "docker0", Reach::Inside),
            ("169.254.3.4", "wlan0", Reach::NoLease),
            ("fe80::1", "wlan0", Reach::NoLease),
            ("127.0.0.1", "lo", Reach::Itself),
        ] {
            assert_eq!(reach(ip.parse().unwrap(), device), expected, "{ip}");
        }
        assert_eq!(seen_at(([10, 77, 0, 1], 80).into()), ([10, 77, 0, 1], 80).into(), "what was said stays");
        assert!(!seen_at(([0, 0, 0, 0], 80).into()).ip().is_unspecified());
    }
}
