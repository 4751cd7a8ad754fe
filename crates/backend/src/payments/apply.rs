//! Takes in what a provider said about an attempt: decides, carries it out in
//! one transaction, and tells the streams after the commit.

use api_types::{
    AttemptId, Change, Changed, CheckoutId, CheckoutStatus, CustomerId, FailureCode, PaymentId,
    PaymentStatus, Timestamp,
};

use super::aftermath::Aftermath;
use super::booking::{Booking, is_over, is_pointless};
use super::gateway::{After, Ended, Ending, ProviderPayment, ProviderState};
use super::reviews;
use super::settle::{Booked, Known, beside, decide};
use super::times;
use crate::app::App;
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx, WriteTx, customers, payments};
use crate::points::point;
use crate::settings::Requests;

/// How things stand once an answer has been taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The checkout's status.
    pub status: CheckoutStatus,
    /// Whether the provider's page can still be paid on although nobody waits for it here,
    /// and in which way it is to be ended there.
    pub call_off: Option<Ended>,
}

/// What there is to say about a change, once it has been committed.
struct Changing {
    checkout: CheckoutId,
    customer: CustomerId,
    from: CheckoutStatus,
    to: CheckoutStatus,
    version: u64,
}

/// Takes in a payment as the provider told it.
pub(super) async fn heard(
    app: &App,
    attempt: &AttemptId,
    said: &ProviderPayment,
) -> Result<Standing, DbError> {
    let state = if said.reference == attempt.as_str() {
        said.state.clone()
    } else {
        // Another payment than the one that was asked about proves nothing.
        tracing::error!(%attempt, "the provider answered with another payment");
        ProviderState::Unreadable
    };
    let now = app.now();
    let at = (app.settings().calendar.requests, now);
    let (changing, standing) = app
        .db()
        .write(async |tx| {
            let (attempt, checkout) = find(tx, attempt).await?;
            note(tx, &attempt, said, &state, now).await?;
            let changing = change(tx, &attempt, &checkout, &state, at).await?;
            let of = (&attempt, &checkout);
            let changing = since(tx, of, (&state, &said.after), changing, now).await?;
            point!("take_in.writing");
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            let call_off = if state == ProviderState::Open {
                useless(tx, (&attempt, &checkout), status, now).await?
            } else {
                None
            };
            Ok::<_, DbError>((changing, Standing { status, call_off }))
        })
        .await?;
    point!("take_in.written");
    tell(app, attempt, changing);
    Ok(standing)
}

/// Takes in what has happened to money since it came; that is a change of the account too.
async fn since(
    tx: &WriteTx,
    (attempt, checkout): (&Attempt, &Checkout),
    (state, after): (&ProviderState, &After),
    changing: Option<Changing>,
    now: Timestamp,
) -> Result<Option<Changing>, DbError> {
    let aftermath = Aftermath {
        checkout: &checkout.id,
        attempt: &attempt.id,
        gateway: &attempt.gateway,
        now,
    };
    let is_new = aftermath.book(tx, state, after).await?;
    if changing.is_some() || !is_new {
        return Ok(changing);
    }
    Ok(Some(Changing {
        checkout: checkout.id.clone(),
        customer: checkout.customer.clone(),
        from: checkout.status,
        to: checkout.status,
        version: customers::touch(tx, &checkout.customer).await?,
    }))
}

/// Takes in that an attempt is over without the provider's saying so: its time ran out, or
/// the provider never took it. Where pay was pressed, only the provider can say so.
pub(super) async fn ended(
    app: &App,
    attempt: &AttemptId,
    how: Ended,
    failure: Option<FailureCode>,
) -> Result<CheckoutStatus, DbError> {
    let state = ProviderState::Ended(Ending {
        how,
        tried: false,
        failure,
    });
    let at = (app.settings().calendar.requests, app.now());
    let (changing, status) = app
        .db()
        .write(async |tx| {
            let (attempt, checkout) = find(tx, attempt).await?;
            let unpaid = [
                CheckoutStatus::Created,
                CheckoutStatus::Open,
                CheckoutStatus::NeedsReview,
            ];
            let changing = if unpaid.contains(&checkout.status) {
                change(tx, &attempt, &checkout, &state, at).await?
            } else {
                None
            };
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            Ok::<_, DbError>((changing, status))
        })
        .await?;
    tell(app, attempt, changing);
    Ok(status)
}

/// An attempt with its checkout.
pub(super) async fn find(tx: &ReadTx, id: &AttemptId) -> Result<(Attempt, Checkout), DbError> {
    let attempt = attempts::find(tx, id).await?;
    let attempt = attempt.ok_or_else(|| DbError::Refused(format!("there is no attempt {id}")))?;
    let checkout = checkouts::find(tx, &attempt.checkout).await?;
    let checkout = checkout
        .ok_or_else(|| DbError::Unreadable(format!("attempt {id} belongs to no checkout")))?;
    Ok((attempt, checkout))
}

async fn change(
    tx: &WriteTx,
    attempt: &Attempt,
    checkout: &Checkout,
    state: &ProviderState,
    at: (Requests, Timestamp),
) -> Result<Option<Changing>, DbError> {
    if let ProviderState::Paid(money) = state
        && reviews::is_decided(tx, attempt, money, at.1).await?
    {
        return Ok(None);
    }
    let booking = Booking::by_attempt(checkout, attempt, at);
    let to = if checkout.status == CheckoutStatus::Paid {
        let known = known_money(tx, attempt, state).await?;
        let decision = beside(known.as_ref().map(|(_, status)| *status), state);
        let booking = booking.known_as(known.map(|(id, _)| id));
        if !booking.carry_out_beside(tx, &decision).await? {
            return Ok(None);
        }
        CheckoutStatus::Paid
    } else {
        let known = known(tx, checkout, attempt).await?;
        let decision = decide(&known, state);
        if !booking.carry_out(tx, &decision).await? {
            return Ok(None);
        }
        decision.status().unwrap_or(checkout.status)
    };
    Ok(Some(Changing {
        checkout: checkout.id.clone(),
        customer: checkout.customer.clone(),
        from: checkout.status,
        to,
        version: customers::touch(tx, &checkout.customer).await?,
    }))
}

async fn known(tx: &ReadTx, checkout: &Checkout, attempt: &Attempt) -> Result<Known, DbError> {
    let payment = match &attempt.payment {
        Some(id) => payments::standing(tx, id).await?,
        None => None,
    };
    Ok(Known {
        status: checkout.status,
        is_superseded: attempt.is_superseded(),
        total: attempt.way.total,
        payment: payment.map(|(status, total)| Booked { status, total }),
        other_money: checkout.payment.is_some() && checkout.payment != attempt.payment,
    })
}

/// What the money of an answer has become so far: by the provider's name for it, since a
/// provider may move money twice for one attempt; or else what the attempt has become.
async fn known_money(
    tx: &ReadTx,
    attempt: &Attempt,
    state: &ProviderState,
) -> Result<Option<(PaymentId, PaymentStatus)>, DbError> {
    if let ProviderState::Paid(money) = state {
        let by_name = payments::by_provider(tx, &attempt.gateway, &money.payment_id).await?;
        if by_name.is_some() {
            return Ok(by_name);
        }
    }
    let Some(id) = &attempt.payment else {
        return Ok(None);
    };
    let status = payments::status(tx, id).await?;
    let open = status.filter(|status| *status != PaymentStatus::Completed);
    Ok(open.map(|status| (id.clone(), status)))
}

/// Keeps what the provider said, unless it has said more before: answers overtake each other.
pub(super) async fn note(
    tx: &WriteTx,
    attempt: &Attempt,
    said: &ProviderPayment,
    state: &ProviderState,
    now: Timestamp,
) -> Result<(), DbError> {
    let before = attempt.said.as_deref();
    let last_word = before.is_some() && !attempt.is_watched;
    if before == Some("paid") || (last_word && !state.is_final()) {
        return Ok(());
    }
    let at_provider = AtProvider {
        id: said.id.clone(),
        url: said.url.clone(),
    };
    let next = if state.is_final() {
        None
    } else {
        times::next_read(attempt.created_at, now)
    };
    attempts::heard(tx, &attempt.id, &at_provider, state.word(), next).await
}

/// Whether a page that can be paid on at the provider is of no use here any more.
async fn useless(
    tx: &ReadTx,
    (attempt, checkout): (&Attempt, &Checkout),
    status: CheckoutStatus,
    now: Timestamp,
) -> Result<Option<Ended>, DbError> {
    let paid_otherwise = status == CheckoutStatus::Paid && attempt.payment.is_none();
    if is_over(status) || attempt.is_superseded() || paid_otherwise {
        return Ok(Some(Ended::Cancelled));
    }
    if times::passed(checkout.expires_at, times::GRACE, now) {
        return Ok(Some(Ended::Expired));
    }
    let items = checkouts::items(tx, checkout).await?;
    Ok(is_pointless(&items).then_some(Ended::Cancelled))
}

fn tell(app: &App, attempt: &AttemptId, changing: Option<Changing>) {
    let Some(Changing {
        checkout,
        customer,
        from,
        to,
        version,
    }) = changing
    else {
        return;
    };
    let (from, to) = (from.as_str(), to.as_str());
    tracing::info!(%checkout, %attempt, from, to, version, "a checkout has changed");
    publish(app, &customer, checkout, version);
}

/// Tells the streams that a checkout has changed, and with it the account: what can be paid,
/// what is on its way, what has come.
pub(super) fn publish(app: &App, customer: &CustomerId, checkout: CheckoutId, version: u64) {
    let changes = [
        (Changed::Checkout, Some(checkout)),
        (Changed::Account, None),
    ];
    for (changed, checkout) in changes {
        let change = Change {
            changed,
            checkout,
            version,
        };
        app.publish(customer, change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::db::checkouts::NewCheckout;
    use crate::db::customers::Customer;
    use crate::db::ledger;
    use crate::payments::gateway::Received;
    use crate::settings::Settings;
    use api_types::{CheckoutFor, Currency, MethodId, MethodKind, Money, PaidBy};
    use tokio::task::JoinSet;

    fn checkout_on_the_account(app: &App, id: &str, total: Money) -> NewCheckout {
        NewCheckout {
            id: CheckoutId::parse(id).unwrap(),
            customer: CustomerId::parse("ada").unwrap(),
            pays_for: CheckoutFor::Balance {
                currency: total.currency(),
            },
            total,
            surcharge: Money::zero(total.currency()),
            invoices: Vec::new(),
            event: None,
            account: total,
            credit: Money::zero(total.currency()),
            method: MethodId::parse("card").unwrap(),
            paid_by: PaidBy {
                kind: MethodKind::Card,
                label: None,
                option: None,
            },
            option: None,
            description: "A visit".to_owned(),
            created_at: app.now(),
            expires_at: app.now(),
        }
    }

    async fn app_with_a_checkout(folder: &std::path::Path, total: Money) -> App {
        let settings = Settings::for_loopback(8080, folder, &folder.join("db.sqlite"));
        let app = App::open(settings, Clock::system()).await.unwrap();
        let now = app.now();
        let customer = Customer {
            id: CustomerId::parse("ada").unwrap(),
            name: "Ada".to_owned(),
            email: None,
            address: Vec::new(),
            tax_number: None,
            account_number: None,
            attendees: Vec::new(),
        };
        let new = checkout_on_the_account(&app, "co_1", total);
        app.db()
            .write(async |tx| {
                customers::put(tx, &customer, now).await?;
                checkouts::insert(tx, &new).await?;
                let attempt = attempts::NewAttempt {
                    id: &AttemptId::parse("A-1").unwrap(),
                    checkout: &new.id,
                    number: 1,
                    gateway: "sandbox",
                    way: &new.way(),
                    next_read_at: now,
                };
                attempts::insert(tx, &attempt, now).await
            })
            .await
            .unwrap();
        app
    }

    /// Without the turns that keep reads apart, so that the transaction alone has to hold.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn the_same_news_a_hundred_times_at_once_is_booked_once() {
        let folder = tempfile::tempdir().unwrap();
        let total = Money::from_minor(4500, Currency::parse("EUR").unwrap());
        let app = app_with_a_checkout(folder.path(), total).await;
        let mut running = JoinSet::new();
        for n in 0..100 {
            let app = app.clone();
            let received = Received {
                payment_id: "ch_1".to_owned(),
                amount: total,
            };
            let state = match n % 4 {
                0 => ProviderState::Open,
                1 => ProviderState::Processing(Some(received)),
                _ => ProviderState::Paid(received),
            };
            running.spawn(async move {
                let said = ProviderPayment {
                    id: "p_1".to_owned(),
                    reference: "A-1".to_owned(),
                    url: "http://127.0.0.1:8090/pay/p_1".to_owned(),
                    state,
                    after: After::default(),
                };
                let attempt = AttemptId::parse("A-1").unwrap();
                heard(&app, &attempt, &said).await.unwrap();
            });
        }
        running.join_all().await;
        let customer = CustomerId::parse("ada").unwrap();
        let read = async |tx: &ReadTx| {
            let id = CheckoutId::parse("co_1").unwrap();
            let checkout = checkouts::find(tx, &id).await?.unwrap();
            let payment = checkout.payment.unwrap();
            let posted = ledger::posted_for_payment(tx, &payment).await?;
            let entries = ledger::count(tx, &customer).await?;
            Ok::<_, DbError>((checkout.status, posted, entries))
        };
        let found = app.db().read(read).await.unwrap();
        assert_eq!(found, (CheckoutStatus::Paid, Some(4500), 1));
    }

    #[tokio::test]
    async fn the_database_itself_refuses_a_second_lock() {
        let folder = tempfile::tempdir().unwrap();
        let total = Money::from_minor(4500, Currency::parse("EUR").unwrap());
        let app = app_with_a_checkout(folder.path(), total).await;
        let second = checkout_on_the_account(&app, "co_2", total);
        let add = async |tx: &WriteTx| checkouts::insert(tx, &second).await;
        assert!(matches!(app.db().write(add).await, Err(DbError::Taken(_))));
        let first = CheckoutId::parse("co_1").unwrap();
        let release = async |tx: &WriteTx| checkouts::release(tx, &first).await;
        app.db().write(release).await.unwrap();
        let add = async |tx: &WriteTx| checkouts::insert(tx, &second).await;
        app.db().write(add).await.unwrap();
    }
}
