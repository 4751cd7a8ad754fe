//! `backend list-requests`, `accept-request`, `decline-request` and `set-video`: what the
//! provider says to events that customers have asked for. The server may run meanwhile;
//! customers who look see it by themselves.

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

/// Writes one line a request, the first to begin first; nothing where none waits.
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

/// Books what was asked for.
pub async fn accept(args: AcceptRequest, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, url) = (&args.event, args.video_url.as_deref());
    let accepted = db
        .write(async |tx| booking::accept(tx, event, url, now).await)
        .await;
    said(db, accepted, &format!("Event {event} is booked.")).await
}

/// Says that it cannot be.
pub async fn decline(args: DeclineRequest, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, note) = (&args.event, args.note.as_deref());
    let declined = db
        .write(async |tx| booking::decline(tx, event, note, now).await)
        .await;
    said(db, declined, &format!("Event {event} is declined.")).await
}

/// Says where a video session is.
pub async fn set_video(args: SetVideo, settings: &Settings) -> anyhow::Result<()> {
    let (db, now) = (open(settings).await?, Clock::system().now());
    let (event, url) = (&args.event, args.url.as_str());
    let set = db
        .write(async |tx| booking::set_video(tx, event, url, now).await)
        .await;
    said(db, set, &format!("Event {event} has its address.")).await
}

/// Says that something has been done, or why it has not.
pub(super) async fn said(db: Db, done: Result<(), DbError>, words: &str) -> anyhow::Result<()> {
    db.close().await?;
    done?;
    writeln!(std::io::stdout(), "{words}")?;
    Ok(())
}

/// What somebody wrote, so that a line of it cannot be taken for a line of ours.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| c.is_control()).collect();
    words.join(" ")
}

pub(super) async fn open(settings: &Settings) -> anyhow::Result<Db> {
    let database = &settings.database;
    Db::open(database)
        .await
        .with_context(|| format!("{} cannot be opened", database.display()))
}
