//! `backend list-pending`, `settle-payment` and `cancel-payment`: what the provider enters about
//! bank transfers. The server may be running; customers who look see the result without a restart.

use std::io::Write as _;

use anyhow::Context as _;
use api_types::PaymentId;
use backend::clock::Clock;
use backend::db::Db;
use backend::payments::transfers::{self, Outcome};
use backend::settings::Settings;

/// What may be said to `backend settle-payment`.
#[derive(clap::Args, Debug)]
pub struct SettlePayment {
    /// The payment, by its id in `backend list-pending`.
    #[arg(value_name = "PAYMENT")]
    payment: PaymentId,
    /// What came, if it is not what was asked for: as in 45.00, in the payment's currency.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    received: Option<String>,
}

/// What may be said to `backend cancel-payment`.
#[derive(clap::Args, Debug)]
pub struct CancelPayment {
    /// The payment, by its id in `backend list-pending`.
    #[arg(value_name = "PAYMENT")]
    payment: PaymentId,
}

/// Writes one line per pending transfer, the oldest first; nothing if there is none.
///
/// # Errors
/// The database cannot be opened, a stored value cannot be read, or standard output cannot be
/// written.
pub async fn list(settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let pending = transfers::pending(&db).await;
    db.close().await?;
    let mut out = std::io::stdout();
    for transfer in pending? {
        writeln!(
            out,
            "{}  {}  {:?}  since {}  from {}  for {}",
            transfer.payment,
            transfer.reference,
            transfer.total,
            transfer.created_at,
            transfer.customer,
            transfer.description,
        )?;
    }
    Ok(())
}

/// Books the money of a transfer, and writes what came of it.
///
/// # Errors
/// The database cannot be opened, there is no such payment, it is no transfer of the portal, the
/// amount cannot be read or is not more than zero, it was settled with another amount, or standard
/// output cannot be written.
pub async fn settle(args: SettlePayment, settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let (payment, received) = (&args.payment, args.received.as_deref());
    let at = (settings.calendar.requests, Clock::system().now());
    let outcome = transfers::settle(&db, payment, received, at).await;
    db.close().await?;
    let mut out = std::io::stdout();
    match outcome? {
        Outcome::Done(came) => writeln!(out, "Payment {payment} is settled: {came:?} have come.")?,
        Outcome::Before => {
            writeln!(
                out,
                "Payment {payment} was settled before; nothing is changed."
            )?;
        }
    }
    Ok(())
}

/// Cancels a transfer, and writes what came of it.
///
/// # Errors
/// The database cannot be opened, there is no such payment, it is no transfer of the portal, it is
/// completed, or standard output cannot be written.
pub async fn cancel(args: CancelPayment, settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let payment = &args.payment;
    let outcome = transfers::cancel(&db, payment, Clock::system().now()).await;
    db.close().await?;
    let mut out = std::io::stdout();
    match outcome? {
        Outcome::Done(_) => writeln!(out, "Payment {payment} is cancelled.")?,
        Outcome::Before => {
            writeln!(
                out,
                "Payment {payment} was cancelled before; nothing is changed."
            )?;
        }
    }
    Ok(())
}

async fn open(settings: &Settings) -> anyhow::Result<Db> {
    let database = &settings.database;
    Db::open(database)
        .await
        .with_context(|| format!("{} cannot be opened", database.display()))
}
