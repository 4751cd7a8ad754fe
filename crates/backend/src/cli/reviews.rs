//! `backend list-reviews` and `resolve-review`: answers of payment providers that no rule covers,
//! and the decisions about them. The server may be running; customers who look see the result
//! without a restart.

use std::io::Write as _;

use backend::clock::Clock;
use backend::db::reviews::{Resolved, Review};
use backend::payments::reviews::{self, Outcome, Resolution};
use backend::settings::Settings;

use super::requests::{one_line, open};

/// What may be said to `backend list-reviews`.
#[derive(clap::Args, Debug)]
pub struct ListReviews {
    /// Also those that have been decided.
    #[arg(long)]
    all: bool,
}

/// What may be said to `backend resolve-review`.
#[derive(clap::Args, Debug)]
pub struct ResolveReview {
    /// The review, by its id in `backend list-reviews`.
    #[arg(value_name = "REVIEW")]
    review: String,
    #[command(flatten)]
    verdict: Verdict,
    /// What there is to say about it, for whoever reads it later.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
struct Verdict {
    /// Take the money as it came: it pays for what was asked, and the rest is credit.
    #[arg(long)]
    take: bool,
    /// The money has been sent back, at the payment provider.
    #[arg(long)]
    refuse: bool,
    /// Nothing is to be done.
    #[arg(long)]
    noted: bool,
}

impl Verdict {
    fn resolution(&self) -> Resolution {
        match (self.take, self.refuse) {
            (true, _) => Resolution::Taken,
            (_, true) => Resolution::Refused,
            _ => Resolution::Noted,
        }
    }
}

/// Writes one line per review, the oldest first; nothing if there is none.
///
/// # Errors
/// The database cannot be opened, a stored value cannot be read, or standard output cannot be
/// written.
pub async fn list(args: ListReviews, settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let found = reviews::list(&db, args.all).await;
    db.close().await?;
    let mut out = std::io::stdout();
    for review in found? {
        writeln!(out, "{}", line(&review))?;
    }
    Ok(())
}

/// Carries out a decision about a review, and writes what came of it.
///
/// # Errors
/// The database cannot be opened, there is no such review, no money waits in it, its payment does
/// not wait any more, or standard output cannot be written.
pub async fn resolve(args: ResolveReview, settings: &Settings) -> anyhow::Result<()> {
    let db = open(settings).await?;
    let resolution = args.verdict.resolution();
    let at = (settings.calendar.requests, Clock::system().now());
    let decided = (resolution, args.note.as_deref());
    let outcome = reviews::resolve(&db, &args.review, decided, at).await;
    db.close().await?;
    let (id, mut out) = (&args.review, std::io::stdout());
    match outcome? {
        Outcome::Done(Some(money)) => writeln!(out, "Review {id} is {resolution}: {money:?}.")?,
        Outcome::Done(None) => writeln!(out, "Review {id} is {resolution}.")?,
        Outcome::Before(Resolved { resolution, at, .. }) => writeln!(
            out,
            "Review {id} was {resolution} before, at {at}; nothing is changed."
        )?,
    }
    Ok(())
}

fn line(review: &Review) -> String {
    let found = &review.found;
    let mut words = vec![
        review.id.clone(),
        found.kind.to_string(),
        format!("since {}", review.created_at),
    ];
    words.extend(review.dispute.map(|state| format!("is {}", state.as_str())));
    let amounts = [("came", found.amount), ("asked", found.asked)];
    words.extend(amounts.into_iter().filter_map(|(what, money)| {
        let money = money?;
        Some(format!("{what} {money:?}"))
    }));
    let about = [
        ("from", found.customer.as_ref().map(ToString::to_string)),
        ("checkout", found.checkout.as_ref().map(ToString::to_string)),
        ("payment", found.payment.as_ref().map(ToString::to_string)),
    ];
    words.extend(
        about
            .into_iter()
            .filter_map(|(what, id)| Some(format!("{what} {}", id?))),
    );
    words.push(format!(
        "{} calls it {}",
        found.gateway,
        one_line(&found.provider_ref)
    ));
    if let Some(Resolved {
        at,
        resolution,
        note,
    }) = &review.resolved
    {
        let note = note.as_deref().map(one_line);
        let note = note.map(|note| format!("  \"{note}\"")).unwrap_or_default();
        words.push(format!("{resolution} {at}{note}"));
    }
    words.join("  ")
}
