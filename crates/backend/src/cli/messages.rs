//! `backend list-messages` and `answer`: the messages of customers about events, and the provider's
//! answers. The server may be running; customers who look see the answer without a restart.

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

/// Writes the unanswered messages of customers, the longest waiting first.
///
/// # Errors
/// The database cannot be opened, a stored value cannot be read, or standard output cannot be
/// written.
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

/// Sends an answer to the customer of an event.
///
/// # Errors
/// The database cannot be opened, there is no such event, subject or text is empty, or standard
/// output cannot be written.
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
