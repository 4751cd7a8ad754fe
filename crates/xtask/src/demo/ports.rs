//! Whether the ports are free, asked before anything long begins.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use anyhow::{Result, bail};

/// The ports that the demo listens on.
pub struct Ports {
    /// The portal's.
    pub portal: u16,
    /// The payment gateway's.
    pub gateway: u16,
    /// Those of the stand-ins for payment providers, if the demo has any.
    pub providers: Option<ProviderPorts>,
}

/// The ports of the stand-ins for payment providers.
#[derive(Clone, Copy)]
pub struct ProviderPorts {
    /// Stripe's.
    pub stripe: u16,
    /// PayPal's.
    pub paypal: u16,
}

/// A port, whose it is, and the option to change it.
type Wanted = (u16, &'static str, &'static str);

impl Ports {
    fn all(&self) -> Vec<Wanted> {
        let mut all = vec![
            (self.portal, "portal", "--port"),
            (self.gateway, "payment gateway", "--gateway-port"),
        ];
        if let Some(providers) = self.providers {
            all.push((providers.stripe, "stand-in for Stripe", "--stripe-port"));
            all.push((providers.paypal, "stand-in for PayPal", "--paypal-port"));
        }
        all
    }

    /// Checks that all of them can be had.
    ///
    /// # Errors
    /// A port is taken, needs more rights, or is asked for twice. The error names the port and the
    /// option to change it.
    pub fn check(&self) -> Result<()> {
        let all = self.all();
        for (index, (port, _, option)) in all.iter().enumerate() {
            if let Some((_, _, other)) = all[..index].iter().find(|(taken, ..)| taken == port) {
                bail!("{other} and {option} are both {port}: the two need a port each");
            }
        }
        all.into_iter().try_for_each(check_one)
    }
}

fn check_one((port, whose, option): Wanted) -> Result<()> {
    // A browser may try `localhost` on either; a stranger on one of them would get its requests.
    for address in [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        (Ipv6Addr::LOCALHOST, port).into(),
    ] {
        match TcpListener::bind(address) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "port {port} for the {whose} is taken by another program; stop that one (it may \
                 be another demo), or choose another port with {option} PORT"
            ),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
                "port {port} for the {whose} needs more rights than you have; choose one above \
                 1023 with {option} PORT"
            ),
            // A machine without IPv6 is fine.
            Ok(_) | Err(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_its_option() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let wanted = (port, "portal", "--port");
        let error = check_one(wanted).unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
        drop(taken);
        check_one(wanted).unwrap();
    }

    #[test]
    fn one_port_does_not_do_for_two() {
        let ports = |portal, gateway, providers: Option<(u16, u16)>| Ports {
            portal,
            gateway,
            providers: providers.map(|(stripe, paypal)| ProviderPorts { stripe, paypal }),
        };
        for (ports, options) in [
            (ports(9, 9, None), ["--port", "--gateway-port"]),
            (ports(7, 8, Some((7, 9))), ["--port", "--stripe-port"]),
            (
                ports(7, 8, Some((9, 9))),
                ["--stripe-port", "--paypal-port"],
            ),
        ] {
            let error = ports.check().unwrap_err().to_string();
            let both = format!("{} and {} are both", options[0], options[1]);
            assert!(error.starts_with(&both), "{error}");
        }
    }
}
