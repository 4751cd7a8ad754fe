//! `backend gateway-check`: tries every call of a gateway against its account, or against any other
//! address, and writes what was sent and answered. It touches neither the database nor a customer.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Context as _, bail};
use api_types::{AttemptId, Currency, Money, OptionId};
use backend::clock::Clock;
use backend::gateways::{
    self, READS_EVERY, TRIAL_REFERENCES, Transcript, Trial, TrialResult, TrialSettings,
};
use backend::settings::{GatewaySettings, Mode, PublicUrl, Settings};

/// What may be said to `backend gateway-check`.
#[derive(clap::Args, Debug)]
pub struct GatewayCheck {
    /// The gateway, by its id in the settings.
    #[arg(value_name = "ID")]
    gateway: String,
    /// Another address to call, such as a validator's. Live credentials are never sent there.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// Try a live account, with real calls.
    #[arg(long)]
    live: bool,
    /// The currency; the portal's first one that the gateway takes, if not said.
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,
    /// The amount, as in 5.00; a small one, if not said.
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// The option of a method, where the gateway has some.
    #[arg(long, value_name = "ID")]
    option: Option<OptionId>,
    /// Wait so many minutes for somebody to pay on the provider's page, to try the capture and the
    /// refund with money.
    #[arg(long, value_name = "MINUTES", default_value_t = 0)]
    wait: u64,
}

/// Tries the calls one after another, and writes each with what came of it.
///
/// # Errors
/// There is no such gateway, it is a live one and that was not said, live credentials would be sent
/// to another address, the gateway does not take the currency or amount, a call failed, or standard
/// output cannot be written.
pub async fn run(args: GatewayCheck, settings: &Settings) -> anyhow::Result<()> {
    let account = account(&args, settings)?;
    let secrets = account.credentials.values().cloned();
    let transcript = Transcript::without(secrets);
    let gateway = gateways::open_for_trial(&account, transcript.clone())?;
    let amount = amount(&args, settings, gateway.as_ref())?;
    let now = Clock::system().now();
    let reference = format!("{TRIAL_REFERENCES}{}", now.as_millis());
    let trial = |reference: &str| -> anyhow::Result<TrialSettings> {
        let back = settings.public_url.join("/pay/return");
        Ok(TrialSettings {
            reference: AttemptId::parse(reference)?,
            amount,
            option: args.option.clone(),
            return_url: back,
            webhook_url: settings
                .public_url
                .join(&format!("/api/v1/webhooks/{}", account.id)),
            now,
        })
    };
    let mut report = Report {
        transcript,
        failed: 0,
    };
    let mut paid = Trial::new(gateway.as_ref(), trial(&reference)?);
    report.step("create", paid.create().await)?;
    report.step("read", paid.read().await)?;
    if args.wait > 0 {
        wait_for_customer(&args, &mut paid, &mut report).await?;
    }
    if paid.captures() {
        report.step("capture", paid.capture().await)?;
    }
    match (paid.refunds(), paid.has_money()) {
        (false, _) => report.say("refund: the gateway has no call for it")?,
        (true, false) => report.say(
            "refund: left out, since nothing was paid; with --wait 10 somebody can pay on the \
             provider's page",
        )?,
        (true, true) => report.step("refund", paid.refund().await)?,
    }
    if paid.cancels() {
        let mut cancelled = Trial::new(gateway.as_ref(), trial(&format!("{reference}b"))?);
        report.step("create another one", cancelled.create().await)?;
        report.step("cancel it", cancelled.cancel().await)?;
    }
    match report.failed {
        0 => Ok(()),
        failed => bail!("{failed} of the calls failed"),
    }
}

/// The account that is tried.
fn account(args: &GatewayCheck, settings: &Settings) -> anyhow::Result<GatewaySettings> {
    gateways::check(settings)?;
    let id = args.gateway.as_str();
    let mut accounts = settings.gateways.iter();
    let account = accounts.find(|account| account.id == id);
    let mut account = account
        .with_context(|| {
            let known = settings.gateway_ids().join(", ");
            format!("there is no gateway {id}; the settings have {known}")
        })?
        .clone();
    if account.mode == Mode::Live {
        if args.base.is_some() {
            bail!("{id} is a live account: its credentials are sent to nobody but its provider");
        }
        if !args.live {
            bail!("{id} is a live account: say --live if real calls are meant");
        }
    }
    if let Some(base) = &args.base {
        let url = PublicUrl::parse(base).map_err(|why| anyhow::anyhow!("--base: {why}"))?;
        if !url.is_secure() && !url.is_loopback() {
            bail!("--base: {url}: it must be https unless it is on this machine");
        }
        account.url = Some(url);
    }
    Ok(account)
}

fn amount(
    args: &GatewayCheck,
    settings: &Settings,
    gateway: &dyn gateways::Gateway,
) -> anyhow::Result<Money> {
    let mut currencies = settings.portal.currencies.iter().copied();
    let currency = match args.currency {
        Some(currency) => Some(currency),
        None => currencies.find(|currency| gateway.limits(*currency).is_some()),
    };
    let currency = currency.context("the gateway takes none of the portal's currencies")?;
    let small = Trial::amount_in(gateway, currency);
    let small = small.with_context(|| format!("the gateway does not take {currency}"))?;
    match &args.amount {
        None => Ok(small),
        Some(text) => {
            Money::parse(text, currency).map_err(|why| anyhow::anyhow!("--amount: {why}"))
        }
    }
}

async fn wait_for_customer(
    args: &GatewayCheck,
    trial: &mut Trial<'_>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let Some(page) = trial.page() else {
        return report.say("there is no page to pay on");
    };
    report.say(&format!("pay on {page}"))?;
    let waits = Duration::from_secs(args.wait.saturating_mul(60));
    let wait = async {
        while trial.is_open() {
            tokio::time::sleep(READS_EVERY).await;
            if trial.read().await.is_err() {
                break;
            }
            report.transcript.take();
        }
    };
    let in_time = tokio::time::timeout(waits, wait).await.is_ok();
    report.transcript.take();
    match in_time {
        true => report.step("read again", trial.read().await),
        false => report.say("nobody has paid in time"),
    }
}

/// What has been tried, as it is written.
struct Report {
    transcript: Transcript,
    failed: usize,
}

impl Report {
    fn step(&mut self, name: &str, result: TrialResult) -> anyhow::Result<()> {
        let mut out = std::io::stdout();
        writeln!(out, "{name}")?;
        for line in self.transcript.take() {
            writeln!(out, "  {line}")?;
        }
        match result {
            Ok(what) => writeln!(out, "  = {what}")?,
            Err(error) => {
                self.failed += 1;
                writeln!(out, "  = failed: {error}")?;
            }
        }
        Ok(())
    }

    fn say(&self, what: &str) -> anyhow::Result<()> {
        writeln!(std::io::stdout(), "{what}")?;
        Ok(())
    }
}
