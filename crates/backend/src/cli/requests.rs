//! `backend list-requests`, `accept-request`, `decline-request` and `set-video`: the provider's
//! answers to events that customers have asked for. The server may be running; customers who look
//! see the answer without a restart.

use std::io::Write as _;

use anyhow::Context as _;
use api_types::EventId;
use backend::clock::Clock;
use backend::db::{Db, DbError, ReadTx, booking};
use backend::settings::Settings;

/// What may be said to `backend accept-request`.
#[derive(clap::Args, Debug)]
pub struct AcceptRequest {
    /// The event, by its id in `backend list-requests`.
    #[arg(value_name = "EVENT")]
    event: EventId,
    /// The address of its video session, if it is one.
    #[arg(long, value_name = "URL")]
    video_url: Option<String>,
}

/// What may be said to `backend decline-request`.
#[derive(clap::Args, Debug)]
pub struct DeclineRequest {
    /// The event, by its id in `backend list-requests`.
    #[arg(value_name = "EVENT")]
    event: EventId,
    /// Why, for the customer to read.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// What may be said to `backend set-video`.
#[derive(clap::Args, Debug)]
pub struct SetVideo {
    /// The event.
    #[arg(value_name = "EVENT")]
    event: EventId,
    /// The address of its video session; it begins with https://.
    #[arg(value_name = "URL")]
    url: String,
}

/// Writes one line per request, the earliest to begin first; nothing if there is none.
///
/// # Errors
/// The database cannot be opened, a stored value cannot be read, or standard output cannot be
/// written.
pub async fn list(settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let waiting = db
        .read(async |tx: &ReadTx| booking::requests(tx, now).await)
        .await;
    db.close().await?;
    let mut out = std::io::stdout();
    for request in waiting? {
        let kind = if request.video { "video" } else { "in person" };
        let note = request.note.map(|note| one_line(&note));
        writeln!(
            out,
            "{}  {}  {}  {kind}  with {}  for {}{}",
            request.event,
            request.starts_at,
            request.service,
            request.people.join(", "),
            request.customer,
            note.map(|note| format!("  \"{note}\"")).unwrap_or_default(),
        )?;
    }
    Ok(())
}

/// Books an event that was asked for.
///
/// # Errors
/// The database cannot be opened, there is no such event, it is not requested, an address is given
/// and the event is no video session or the address does not begin with https://, or standard
/// output cannot be written.
pub async fn accept(args: AcceptRequest, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, url) = (&args.event, args.video_url.as_deref());
    let accepted = db
        .write(async |tx| booking::accept(tx, event, url, now).await)
        .await;
    said(db, accepted, &format!("Event {event} is booked.")).await
}

/// Declines an event that was asked for.
///
/// # Errors
/// The database cannot be opened, there is no such event, it is not requested, or standard output
/// cannot be written.
pub async fn decline(args: DeclineRequest, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, note) = (&args.event, args.note.as_deref());
    let declined = db
        .write(async |tx| booking::decline(tx, event, note, now).await)
        .await;
    said(db, declined, &format!("Event {event} is declined.")).await
}

/// Sets the address of a video session.
///
/// # Errors
/// The database cannot be opened, there is no such event, it does not take place any more, it is no
/// video session, the address does not begin with https://, or standard output cannot be written.
pub async fn set_video(args: SetVideo, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, url) = (&args.event, args.url.as_str());
    let set = db
        .write(async |tx| booking::set_video(tx, event, url, now).await)
        .await;
    said(db, set, &format!("Event {event} has its address.")).await
}

/// Closes the database and writes that something has been done.
///
/// # Errors
/// The database cannot be closed, `done` is an error, or standard output cannot be written.
pub(super) async fn said(db: Db, done: Result<(), DbError>, words: &str) -> anyhow::Result<()> {
    db.close().await?;
    done?;
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}

/// Replaces control characters, so that a line of somebody's text cannot be mistaken for a line of
/// ours.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| c.is_control()).collect();
    words.join(" ")
}

/// Opens the database that the settings name.
///
/// # Errors
/// The file cannot be opened or made, or its tables cannot be brought up to date.
pub(super) async fn open(settings: &Settings) -> anyhow::Result<Db> {
    let database = &settings.database;
    Db::open(database)
        .await
        .with_context(|| format!("{} cannot be opened", database.display()))
}
