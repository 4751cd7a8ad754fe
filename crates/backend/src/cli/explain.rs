//! `backend explain`: everything that is known about a checkout, a payment or an invoice, in
//! order, to answer "I paid and it still says I owe". It shows no address and no token.

use std::io::Write as _;

use backend::payments::explain;
use backend::settings::Settings;

use super::requests::{one_line, open};

/// What may be said to `backend explain`.
#[derive(clap::Args, Debug)]
pub struct Explain {
    /// A checkout, a payment or an invoice.
    #[arg(value_name = "ID")]
    id: String,
}

/// Writes how each thing stands, then one line for each thing that happened, the earliest first.
///
/// # Errors
/// The database cannot be opened, nothing has the id, a stored value cannot be read, or standard
/// output cannot be written.
pub async fn run(args: Explain, settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let explained = explain::explain(&db, &args.id).await;
    db.close().await?;
    let explained = explained?;
    let mut out = std::io::stdout();
    for line in explained.stands {
        writeln!(out, "{}", one_line(&line))?;
    }
    writeln!(out)?;
    for told in explained.happened {
        // As wide everywhere, so that the lines also stand in order for `sort`.
        let at = jiff::Timestamp::from_millisecond(told.at.as_millis())?;
        writeln!(out, "{at:.3}  {}", one_line(&told.what))?;
    }
    Ok(())
}
