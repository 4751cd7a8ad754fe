//! `backend list-messages` and `answer`: what customers write about events, and the
//! provider's word. The server may run meanwhile; customers who look see it by themselves.

use std::io::Write as _;

use api_types::EventId;
use backend::clock::Clock;
use backend::db::{ReadTx, booking};
use backend::settings::Settings;

use super::requests::{one_line, open, said};

/// What may be said to `backend answer`.
#[derive(clap::Args, Debug)]
pub struct AnswerMessage {
    /// The event, by its id in `backend list-messages`.
    #[arg(value_name = "EVENT")]
    event: EventId,
    /// What it is about.
    #[arg(long, value_name = "TEXT")]
    subject: String,
    /// What it says.
    #[arg(long, value_name = "TEXT")]
    text: String,
}

/// Writes what customers wrote last and nobody has answered, the longest waiting first.
pub async fn list(settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let waiting = db
        .read(async |tx: &ReadTx| booking::unanswered(tx).await)
        .await;
    db.close().await?;
    let mut out = std::io::stdout();
    for event in waiting? {
        writeln!(
            out,
            "{}  {}  {}  from {}",
            event.event,
            event.starts_at,
            one_line(&event.title),
            event.customer,
        )?;
        for message in event.messages {
            writeln!(
                out,
                "    {}  {}: {}",
                message.sent_at,
                one_line(&message.subject),
                one_line(&message.text),
            )?;
        }
    }
    Ok(())
}

/// Writes to the customer.
pub async fn answer(args: AnswerMessage, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, message) = (&args.event, (args.subject.as_str(), args.text.as_str()));
    let sent = db
        .write(async |tx| booking::answer(tx, event, message, now).await)
        .await;
    said(
        db,
        sent,
        &format!("The answer about event {event} is sent."),
    )
    .await
}
