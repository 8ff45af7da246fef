//! Names to addresses that may be connected to: those of private networks are dropped.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// A resolver that is asked for the first request and for every redirect, and connected to are only addresses it gave.
#[derive(Debug)]
pub(crate) struct Guard {
    private: bool,
    exceptions: Vec<IpAddr>,
    inner: DefaultResolver,
}

impl Guard {
    /// A guard; `private` lets everything through, `exceptions` single addresses.
    pub fn new(private: bool, exceptions: Vec<IpAddr>) -> Self {
        Guard { private, exceptions, inner: DefaultResolver::default() }
    }

    fn lets(&self, ip: IpAddr) -> bool {
        self.private || is_public(ip) || self.exceptions.contains(&ip)
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut open = self.empty();
        for address in found.iter().filter(|a| self.lets(a.ip())) {
            open.push(*address);
        }
        if open.is_empty() {
            let host = uri.host().unwrap_or_default();
            let why = format!("{host} is an address of this machine or of a private network");
            return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, why).into());
        }
        Ok(open)
    }
}

/// True for addresses that the whole internet can reach.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

/// IANA special-purpose registry, IPv4: everything that is not globally reachable.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || a == 100 && (64..128).contains(&b)
        || a == 192 && b == 0 && c == 0
        || a == 192 && b == 88 && c == 99
        || a == 198 && (b == 18 || b == 19))
}

/// IANA special-purpose registry, IPv6: only global unicast, without the blocks that lead to IPv4 or to documentation.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let documentation = s[0] == 0x2001 && s[1] == 0xDB8 || s[0] == 0x3FFF && s[1] < 0x1000;
    s[0] & 0xE000 == 0x2000 && s[0] != 0x2002 && !(s[0] == 0x2001 && s[1] < 0x200) && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_private_networks() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in
            ["93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2001:4860:4860::8888"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn exceptions_are_single_addresses() {
        let guard = Guard::new(false, vec!["127.0.0.1".parse().unwrap()]);
        assert!(guard.lets("127.0.0.1".parse().unwrap()));
        assert!(!guard.lets("127.0.0.2".parse().unwrap()));
    }
}
