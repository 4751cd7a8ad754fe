//! The launch page's question: where to? It has nothing but its token, and a
//! wrong token learns nothing that a right one would not.

use api_types::{
    AttemptId, CheckoutId, CheckoutStatus, LaunchAnswer, LaunchToken, PaymentStepKind, Timestamp,
};

use super::{apply, secrets};
use crate::app::App;
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx, WriteTx, attempts, customers, launch_tokens};
use crate::points::point;

/// What a token leads to: never anything but the attempt that its checkout is at.
struct Way {
    checkout: Checkout,
    attempt: AttemptId,
    /// The provider's page, where it can be used.
    go: Option<LaunchAnswer>,
}

/// Answers a launch page: where to go, once, or to ask again. The page may ask before its
/// checkout is made, and before the provider has answered.
pub async fn launch(app: &App, token: &LaunchToken) -> Result<LaunchAnswer, DbError> {
    if !token.is_whole() {
        return Ok(LaunchAnswer::Wait);
    }
    let hash = secrets::hash_of(token);
    let now = app.now();
    let is_news = app
        .db()
        .read(async |tx: &ReadTx| {
            let Some(token) = launch_tokens::find(tx, &hash, now).await? else {
                return Ok(false);
            };
            let Some(way) = way(app, tx, &token.checkout).await? else {
                return Ok(false);
            };
            let asked_before = token.asked_for.is_some_and(|of| of == way.attempt);
            Ok::<_, DbError>(way.go.is_some() || !asked_before)
        })
        .await?;
    // Guesses, and pages that ask again and again, write nothing.
    if is_news {
        hand_out(app, &hash).await
    } else {
        Ok(LaunchAnswer::Wait)
    }
}

/// Notes that the page has asked, and hands out the address if there is one by now.
async fn hand_out(app: &App, hash: &str) -> Result<LaunchAnswer, DbError> {
    let now = app.now();
    let (answer, news) = app
        .db()
        .write(async |tx| {
            let Some(token) = launch_tokens::find(tx, hash, now).await? else {
                return Ok((LaunchAnswer::Wait, None));
            };
            let Some(way) = way(app, tx, &token.checkout).await? else {
                return Ok((LaunchAnswer::Wait, None));
            };
            let is_first = !launch_tokens::launched(tx, &way.attempt).await?;
            launch_tokens::asked(tx, hash, &way.attempt, now).await?;
            let answer = match &way.go {
                Some(go) if launch_tokens::spend(tx, hash, now).await? => {
                    opened(tx, &way, now).await?;
                    go.clone()
                }
                _ => LaunchAnswer::Wait,
            };
            if !is_first {
                return Ok((answer, None));
            }
            let version = customers::touch(tx, &way.checkout.customer).await?;
            Ok::<_, DbError>((answer, Some((way.checkout, version))))
        })
        .await?;
    if matches!(answer, LaunchAnswer::Go { .. }) {
        point!("launch.handed_out");
    }
    if let Some((checkout, version)) = news {
        tracing::info!(checkout = %checkout.id, version, "a window has been launched");
        apply::publish(app, &checkout.customer, checkout.id, version);
    }
    Ok(answer)
}

/// The way to the page has been handed out, which is told once in the story.
async fn opened(tx: &WriteTx, way: &Way, now: Timestamp) -> Result<(), DbError> {
    if !attempts::opened(tx, &way.attempt, now).await? {
        return Ok(());
    }
    let step = Step::of_checkout(&way.checkout.id, PaymentStepKind::Opened, now);
    checkout_steps::note(tx, &step.at_attempt(&way.attempt)).await
}

/// Where a token of a checkout leads to; `None` where it is paid without a page.
async fn way(app: &App, tx: &ReadTx, id: &CheckoutId) -> Result<Option<Way>, DbError> {
    let found = checkouts::find(tx, id).await?;
    let attempt = attempts::of_checkout(tx, id).await?;
    let Some((checkout, attempt)) = found.zip(attempt) else {
        return Ok(None);
    };
    let can_be_used = checkout.status == CheckoutStatus::Open;
    let gateway = app.payments().gateway(&attempt.gateway);
    let page = attempt.at_provider.filter(|_| can_be_used).zip(gateway);
    let go = page.map(|(at, gateway)| LaunchAnswer::Go {
        url: at.url,
        origins: gateway.origins().to_vec(),
    });
    Ok(Some(Way {
        checkout,
        attempt: attempt.id,
        go,
    }))
}
