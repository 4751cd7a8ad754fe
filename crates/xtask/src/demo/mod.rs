//! `cargo xtask demo`: the whole product on this machine, with sample data.

mod health;
mod people;
mod ports;
mod providers;
mod samples;
mod servers;
mod settings;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;

use crate::paths::Paths;
use crate::tools::{Building, try_lock};
use crate::{beside, build, say, stop, tools};
use people::Person;
use ports::{Ports, ProviderPorts};

/// Options of `cargo xtask demo`.
#[derive(Args)]
pub struct Options {
    /// The port of the portal.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of the payment gateway, which is another origin.
    #[arg(long, default_value_t = 8090)]
    gateway_port: u16,
    /// Pay by Stripe and PayPal too, at stand-ins for the two.
    #[arg(long)]
    providers: bool,
    /// The port of the stand-in for Stripe.
    #[arg(long, default_value_t = 8091, requires = "providers")]
    stripe_port: u16,
    /// The port of the stand-in for PayPal.
    #[arg(long, default_value_t = 8092, requires = "providers")]
    paypal_port: u16,
    /// Where the demo keeps its data; in cargo's target folder if not given.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Forget what earlier demos did and begin with new sample data.
    #[arg(long)]
    fresh: bool,
    /// Print one line of JSON on standard output once everything is ready.
    #[arg(long)]
    json: bool,
}

impl Options {
    fn ports(&self) -> Ports {
        Ports {
            portal: self.port,
            gateway: self.gateway_port,
            providers: self.providers.then_some(ProviderPorts {
                stripe: self.stripe_port,
                paypal: self.paypal_port,
            }),
        }
    }
}

/// What `--json` prints.
#[derive(Serialize)]
struct Ready<'a> {
    portal: String,
    gateway: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stripe: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paypal: Option<String>,
    sign_in: &'a [Person],
}

/// Builds what is missing, starts everything, and runs until Ctrl-C.
///
/// # Errors
/// A port is taken, another demo runs with the same folder, a tool cannot be installed, something
/// does not compile, the samples cannot be imported, a server ends by itself or does not answer in
/// time, or we were stopped before all was ready.
pub fn demo(paths: &Paths, options: &Options) -> Result<()> {
    let ports = options.ports();
    // Before the long part: a taken port should not be news after ten minutes.
    ports.check()?;
    let home = settings::Home::open(paths, options.data.as_deref())?;
    let _lock = try_lock(&home.file("lock"))?.with_context(|| {
        format!(
            "another demo is running with the data folder {}; stop that one, or choose another \
             folder with --data DIR",
            home.folder().display()
        )
    })?;
    tools::toolchain(paths)?;
    // Cargo keeps the app and the servers in folders of their own, so neither waits for the other,
    // and nothing waits for a download.
    let (report, programs) = beside::both(
        || {
            let tools = Building::ready(paths)?;
            build::build(paths, &tools, &build::Options::default())
        },
        || servers::build(paths, options.providers),
    )?;
    if let Err(heavy) = report.check() {
        // Another compiler may build other bytes; that is no reason to show nothing.
        say::line(format!("note: {heavy:#}"));
    }
    stop::check()?;
    let further = providers::prepare(&home, &ports)?;
    home.write_settings(paths, &ports, &further)?;
    let people = samples::import(paths, &home, &programs, options.fresh)?;
    // Once more, since building has taken its time.
    ports.check()?;
    let mut servers = servers::start(&programs, &home, &ports)?;
    let at = |port| format!("http://127.0.0.1:{port}");
    let ready = Ready {
        portal: format!("http://localhost:{}", ports.portal),
        gateway: at(ports.gateway),
        stripe: ports.providers.map(|ports| at(ports.stripe)),
        paypal: ports.providers.map(|ports| at(ports.paypal)),
        sign_in: &people,
    };
    print_addresses(&ready, &home, options.json)?;
    while !stop::requested() {
        servers.check()?;
        std::thread::sleep(Duration::from_millis(100));
    }
    servers.end();
    say::line("Stopped. The data is kept for the next time.");
    Ok(())
}

fn print_addresses(ready: &Ready<'_>, home: &settings::Home, json: bool) -> Result<()> {
    say::line("");
    say::line(format!("  Portal   {}", ready.portal));
    say::line(format!(
        "  Gateway  {}  (pays with card 4242 4242 4242 4242)",
        ready.gateway
    ));
    if let (Some(stripe), Some(paypal)) = (&ready.stripe, &ready.paypal) {
        say::line(format!(
            "  Stripe   {stripe}  (4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, \
             4000 0025 0000 3155 asks for 3-D Secure)"
        ));
        say::line(format!(
            "  PayPal   {paypal}  (sign in as buyer@example.com or any other address there)"
        ));
    }
    say::line("");
    for person in ready.sign_in {
        say::line(format!(
            "  {:<28} {:<24} {}",
            person.email, person.password, person.who
        ));
    }
    say::line("");
    say::line(format!(
        "Data and logs are in {}. Ctrl-C stops everything.",
        home.folder().display()
    ));
    if json {
        let mut line = serde_json::to_string(ready)?;
        line.push('\n');
        std::io::stdout()
            .lock()
            .write_all(line.as_bytes())
            .context("standard output is gone")?;
        std::io::stdout().flush()?;
    }
    Ok(())
}
