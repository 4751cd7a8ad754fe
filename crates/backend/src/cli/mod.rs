//! The backend's command line: one file per command.

mod explain;
mod gateway_check;
mod import;
mod messages;
mod openapi;
mod refund;
mod requests;
mod reviews;
mod serve;
mod set_password;
mod transfers;

use std::path::PathBuf;

use anyhow::Context as _;
use backend::settings::Settings;

/// The reference backend of the portal.
#[derive(clap::Parser, Debug)]
#[command(name = "backend", version)]
pub struct Cli {
    /// The settings file (TOML).
    #[arg(long, global = true, value_name = "FILE", env = "PORTICO_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Serve the portal until told to stop.
    Serve(serve::Serve),
    /// Take a provider's data in from a folder of CSV files, all of it or nothing.
    Import(import::Import),
    /// Set the password of a customer; it is read from standard input.
    SetPassword(set_password::SetPassword),
    /// List the bank transfers that customers have said they send.
    ListPending,
    /// Say that the money of a bank transfer has come.
    SettlePayment(transfers::SettlePayment),
    /// Say that the money of a bank transfer will not come.
    CancelPayment(transfers::CancelPayment),
    /// Try every call of a gateway, and write what was sent and answered.
    GatewayCheck(gateway_check::GatewayCheck),
    /// Send money of a payment back through its payment provider.
    Refund(refund::Refund),
    /// List what came from payment providers and fits no rule.
    ListReviews(reviews::ListReviews),
    /// Decide about something that fits no rule.
    ResolveReview(reviews::ResolveReview),
    /// Tell everything that is known about a checkout, a payment or an invoice, in order.
    Explain(explain::Explain),
    /// List the events that customers have asked for and nobody has answered.
    ListRequests,
    /// Book an event that was asked for.
    AcceptRequest(requests::AcceptRequest),
    /// Say that an event that was asked for cannot be.
    DeclineRequest(requests::DeclineRequest),
    /// Give a video session its address.
    SetVideo(requests::SetVideo),
    /// List what customers have written about events and nobody has answered.
    ListMessages,
    /// Write to a customer about an event.
    Answer(messages::AnswerMessage),
    /// Write the API's description (OpenAPI 3.1) to standard output.
    Openapi,
}

impl Cli {
    /// Reads the settings and runs the command.
    ///
    /// # Errors
    /// No settings file is named, the settings cannot be used, or the command fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let settings = || -> anyhow::Result<Settings> {
            let file = self.config.as_deref();
            let file = file.context("no settings: say --config FILE, or set PORTICO_CONFIG")?;
            Ok(Settings::read(file)?)
        };
        match self.command {
            Command::Serve(args) => serve::run(args, settings()?).await,
            Command::Import(args) => import::run(args, &settings()?).await,
            Command::SetPassword(args) => set_password::run(args, &settings()?).await,
            Command::ListPending => transfers::list(&settings()?).await,
            Command::SettlePayment(args) => transfers::settle(args, &settings()?).await,
            Command::CancelPayment(args) => transfers::cancel(args, &settings()?).await,
            Command::GatewayCheck(args) => gateway_check::run(args, &settings()?).await,
            Command::Refund(args) => refund::run(args, settings()?).await,
            Command::ListReviews(args) => reviews::list(args, &settings()?).await,
            Command::ResolveReview(args) => reviews::resolve(args, &settings()?).await,
            Command::Explain(args) => explain::run(args, &settings()?).await,
            Command::ListRequests => requests::list(&settings()?).await,
            Command::AcceptRequest(args) => requests::accept(args, &settings()?).await,
            Command::DeclineRequest(args) => requests::decline(args, &settings()?).await,
            Command::SetVideo(args) => requests::set_video(args, &settings()?).await,
            Command::ListMessages => messages::list(&settings()?).await,
            Command::Answer(args) => messages::answer(args, &settings()?).await,
            Command::Openapi => openapi::run(),
        }
    }
}
