//! Both stand-ins as a process of their own.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::{Args, Parser};
use provider_stand_ins::paypal::{Options as PayPalOptions, PayPal};
use provider_stand_ins::stripe::{Options as StripeOptions, Stripe};
use tracing_subscriber::EnvFilter;

/// Stand-ins for Stripe and PayPal, for tests and demos: no real money.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    stripe: StripeArguments,
    #[command(flatten)]
    paypal: PayPalArguments,
}

#[derive(Args)]
#[command(next_help_heading = "Stripe")]
struct StripeArguments {
    /// Where Stripe's stand-in listens; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8091")]
    stripe_listen: SocketAddr,
    /// Where customers reach it, if not at the address that it listens on.
    #[arg(long, value_name = "URL")]
    stripe_public_url: Option<String>,
    /// The webhook endpoint; no event is sent without one.
    #[arg(long, value_name = "URL")]
    stripe_webhook_url: Option<String>,
    /// The secret key of the merchant's server, such as sk_test_...
    #[arg(
        long,
        env = "STRIPE_STAND_IN_SECRET_KEY",
        hide_env_values = true,
        required_unless_present = "stripe_secret_key_file"
    )]
    stripe_secret_key: Option<String>,
    /// A file with the secret key, in place of the key itself.
    #[arg(long, value_name = "FILE")]
    stripe_secret_key_file: Option<PathBuf>,
    /// The secret that events are signed with, such as whsec_...
    #[arg(
        long,
        env = "STRIPE_STAND_IN_WEBHOOK_SECRET",
        hide_env_values = true,
        required_unless_present = "stripe_webhook_secret_file"
    )]
    stripe_webhook_secret: Option<String>,
    /// A file with that secret, in place of the secret itself.
    #[arg(long, value_name = "FILE")]
    stripe_webhook_secret_file: Option<PathBuf>,
}

#[derive(Args)]
#[command(next_help_heading = "PayPal")]
struct PayPalArguments {
    /// Where PayPal's stand-in listens; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8092")]
    paypal_listen: SocketAddr,
    /// Where customers reach it, if not at the address that it listens on.
    #[arg(long, value_name = "URL")]
    paypal_public_url: Option<String>,
    /// Where notifications are sent to; none is sent without it.
    #[arg(long, value_name = "URL")]
    paypal_webhook_url: Option<String>,
    /// The id of the merchant's API client.
    #[arg(
        long,
        env = "PAYPAL_STAND_IN_CLIENT_ID",
        hide_env_values = true,
        required_unless_present = "paypal_client_id_file"
    )]
    paypal_client_id: Option<String>,
    /// A file with the client's id, in place of the id itself.
    #[arg(long, value_name = "FILE")]
    paypal_client_id_file: Option<PathBuf>,
    /// The secret of the merchant's API client.
    #[arg(
        long,
        env = "PAYPAL_STAND_IN_CLIENT_SECRET",
        hide_env_values = true,
        required_unless_present = "paypal_client_secret_file"
    )]
    paypal_client_secret: Option<String>,
    /// A file with the client's secret, in place of the secret itself.
    #[arg(long, value_name = "FILE")]
    paypal_client_secret_file: Option<PathBuf>,
    /// The id of the webhook, which its signatures are made over: up to 50 letters and digits.
    #[arg(
        long,
        env = "PAYPAL_STAND_IN_WEBHOOK_ID",
        hide_env_values = true,
        required_unless_present = "paypal_webhook_id_file"
    )]
    paypal_webhook_id: Option<String>,
    /// A file with the webhook's id, in place of the id itself.
    #[arg(long, value_name = "FILE")]
    paypal_webhook_id_file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colours);
    log.with_writer(std::io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let stripe = arguments.stripe.options()?;
    let paypal = arguments.paypal.options()?;
    // Both stop when these two are dropped.
    let stripe = Stripe::start(stripe)
        .await
        .context("the stand-in for Stripe does not start")?;
    let paypal = PayPal::start(paypal)
        .await
        .context("the stand-in for PayPal does not start")?;
    tracing::info!("the stand-in for Stripe listens on {}", stripe.url());
    tracing::info!("the stand-in for PayPal listens on {}", paypal.url());
    stop_signal().await;
    tracing::info!("stopped");
    Ok(())
}

impl StripeArguments {
    fn options(self) -> anyhow::Result<StripeOptions> {
        let key = credential(
            self.stripe_secret_key,
            self.stripe_secret_key_file.as_deref(),
        )
        .context("--stripe-secret-key")?;
        let secret = credential(
            self.stripe_webhook_secret,
            self.stripe_webhook_secret_file.as_deref(),
        )
        .context("--stripe-webhook-secret")?;
        Ok(StripeOptions {
            listen: self.stripe_listen,
            public_url: self.stripe_public_url,
            webhook_url: self.stripe_webhook_url,
            ..StripeOptions::new(&key, &secret)
        })
    }
}

impl PayPalArguments {
    fn options(self) -> anyhow::Result<PayPalOptions> {
        let client_id = credential(self.paypal_client_id, self.paypal_client_id_file.as_deref())
            .context("--paypal-client-id")?;
        let client_secret = credential(
            self.paypal_client_secret,
            self.paypal_client_secret_file.as_deref(),
        )
        .context("--paypal-client-secret")?;
        let webhook_id = credential(
            self.paypal_webhook_id,
            self.paypal_webhook_id_file.as_deref(),
        )
        .context("--paypal-webhook-id")?;
        Ok(PayPalOptions {
            listen: self.paypal_listen,
            public_url: self.paypal_public_url,
            webhook_url: self.paypal_webhook_url,
            client_id,
            client_secret,
            webhook_id,
            ..PayPalOptions::default()
        })
    }
}

/// Reads a credential from its file, or takes the text if no file is named.
fn credential(text: Option<String>, file: Option<&Path>) -> anyhow::Result<String> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?,
        None => text.unwrap_or_default(),
    };
    let text = text.trim();
    ensure!(!text.is_empty(), "it is empty");
    Ok(text.to_owned())
}

/// Ctrl-C, or the signal that service managers send.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
