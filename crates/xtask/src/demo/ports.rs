//! Whether the ports are free, asked before anything long begins.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use anyhow::{Result, bail};

/// Checks that both ports can be had.
///
/// # Errors
/// A port is taken, needs more rights, or is asked for twice. The error names the port and the
/// option to change it.
pub fn check(portal: u16, gateway: u16) -> Result<()> {
    if portal == gateway {
        bail!("--port and --gateway-port are both {portal}: the two need a port each");
    }
    check_one(portal, "portal", "--port")?;
    check_one(gateway, "payment gateway", "--gateway-port")
}

fn check_one(port: u16, whose: &str, option: &str) -> Result<()> {
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
        let error = check_one(port, "portal", "--port").unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port"),
            "{error}"
        );
        drop(taken);
        check_one(port, "portal", "--port").unwrap();
    }

    #[test]
    fn one_port_does_not_do_for_two() {
        assert!(check(9, 9).is_err());
    }
}
