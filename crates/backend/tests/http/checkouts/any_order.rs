//! Whatever is told about money after it came, in whatever order and however often, the books
//! are what the provider's last word says.

use api_types::{CustomerId, DisputeState, MoneyState, PaymentKind, PaymentStatus};
use backend::db::{DbError, ReadTx, ledger};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::refunds_disputes::{money, tells};
use super::settling::posted;
use test_support::CheckoutSite;

/// What the merchant or the customer's bank does.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// So many cents go back, if so many are left.
    Refund(i64),
    /// The bank does not take a refund that had gone: the first one from here that stands.
    FailRefund(usize),
    /// The bank asks for what is left, or for so many cents of it.
    Dispute(i64),
    /// The bank decides what it asked for last.
    Decide { is_lost: bool },
    /// What was lost last is won after all.
    Appeal,
}

fn command() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1_i64..2500).prop_map(Step::Refund),
        2 => (0_usize..4).prop_map(Step::FailRefund),
        2 => (500_i64..6000).prop_map(Step::Dispute),
        2 => any::<bool>().prop_map(|is_lost| Step::Decide { is_lost }),
        1 => Just(Step::Appeal),
    ]
}

#[derive(Clone, Copy, Debug)]
struct Refund {
    cents: i64,
    has_failed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Dispute {
    cents: i64,
    state: DisputeState,
}

/// How 45.00 EUR stand at the provider.
#[derive(Clone, Debug, Default)]
struct There {
    /// Whether they have come at all.
    is_paid: bool,
    refunds: Vec<Refund>,
    disputes: Vec<Dispute>,
}

impl There {
    fn left(&self) -> i64 {
        let refunds = self.refunds.iter().filter(|one| !one.has_failed);
        let disputes = self.disputes.iter();
        let held = disputes.filter(|one| one.state != DisputeState::Won);
        4500 - refunds.map(|one| one.cents).sum::<i64>() - held.map(|one| one.cents).sum::<i64>()
    }

    /// What went back and stays so, each movement for itself, the least first.
    fn went_back(&self) -> Vec<i64> {
        let refunds = self.refunds.iter().filter(|one| !one.has_failed);
        let disputes = self.disputes.iter();
        let lost = disputes.filter(|one| one.state == DisputeState::Lost);
        let mut back: Vec<i64> = refunds.map(|one| one.cents).collect();
        back.extend(lost.map(|one| one.cents));
        back.sort_unstable();
        back
    }

    /// What all the disputes come to.
    fn dispute(&self) -> Option<DisputeState> {
        let is = |state| self.disputes.iter().any(|one| one.state == state);
        let says_most = [DisputeState::Open, DisputeState::Lost, DisputeState::Won];
        says_most.into_iter().find(|state| is(*state))
    }

    fn after(mut self, command: Step) -> Self {
        let left = self.left();
        match command {
            Step::Refund(cents) if cents <= left => self.refunds.push(Refund {
                cents,
                has_failed: false,
            }),
            Step::FailRefund(from) => {
                let mut refunds = self.refunds.iter_mut().skip(from);
                if let Some(refund) = refunds.find(|one| !one.has_failed) {
                    refund.has_failed = true;
                }
            }
            Step::Dispute(cents) if left > 0 && self.dispute() != Some(DisputeState::Open) => {
                self.disputes.push(Dispute {
                    cents: cents.min(left),
                    state: DisputeState::Open,
                });
            }
            Step::Decide { is_lost } => {
                let mut disputes = self.disputes.iter_mut();
                if let Some(open) = disputes.find(|one| one.state == DisputeState::Open) {
                    open.state = match is_lost {
                        true => DisputeState::Lost,
                        false => DisputeState::Won,
                    };
                }
            }
            Step::Appeal => {
                let mut disputes = self.disputes.iter_mut().rev();
                if let Some(lost) = disputes.find(|one| one.state == DisputeState::Lost) {
                    lost.state = DisputeState::Won;
                }
            }
            _ => {}
        }
        self
    }

    /// As the provider tells it: the order within a list means nothing.
    fn to_json(&self, is_turned: bool) -> Value {
        let amount = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let numbered = self.refunds.iter().enumerate();
        let refunds = numbered.map(|(n, one)| {
            let status = if one.has_failed {
                "failed"
            } else {
                "succeeded"
            };
            json!({"id": format!("re_{n}"), "amount": amount(one.cents), "status": status})
        });
        let mut refunds: Vec<Value> = refunds.collect();
        let numbered = self.disputes.iter().enumerate();
        let disputes = numbered.map(|(n, one)| {
            let (amount, status) = (amount(one.cents), one.state.as_str());
            json!({"id": format!("dp_{n}"), "amount": amount, "status": status})
        });
        let mut disputes: Vec<Value> = disputes.collect();
        if is_turned {
            refunds.reverse();
            disputes.reverse();
        }
        let status = if self.is_paid { "paid" } else { "processing" };
        json!({"status": status, "refunds": refunds, "disputes": disputes})
    }
}

/// Everything that the provider could ever have answered, from the first to the last: the money
/// is on its way, it is there, and then what is done with it.
fn history(commands: &[Step]) -> Vec<There> {
    let paid = There {
        is_paid: true,
        ..There::default()
    };
    let mut history = vec![There::default(), paid];
    for command in commands {
        let now = history[history.len() - 1].clone();
        history.push(now.after(*command));
    }
    history
}

async fn entries(site: &CheckoutSite) -> u64 {
    let ada = CustomerId::parse("ada").unwrap();
    let read = async |tx: &ReadTx| ledger::count(tx, &ada).await;
    let count: Result<_, DbError> = site.app.db().read(read).await;
    count.unwrap()
}

/// The answers by their places in the history, each turned round or not; then the last one.
async fn told_in_this_order(commands: &[Step], order: &[(usize, bool)]) {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    let history = history(commands);
    for (which, is_turned) in order {
        tells(&site, history[which % history.len()].to_json(*is_turned)).await;
    }
    let last = &history[history.len() - 1];
    tells(&site, last.to_json(false)).await;

    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, last.dispute());
    assert!(back.iter().all(|one| one.kind == PaymentKind::Refund));
    let (mut cents, mut count) = (Vec::new(), 2);
    for one in &back {
        let sum = posted(&site, &one.id).await;
        if one.status == PaymentStatus::Completed {
            assert_eq!(sum, Some(one.total.minor()));
            cents.push(-one.total.minor());
            count += 1;
        } else {
            // It had gone and came back, each by an entry of its own, or was never told to go.
            assert!(matches!(sum, None | Some(0)), "{sum:?}");
            count += if sum.is_some() { 2 } else { 0 };
        }
    }
    cents.sort_unstable();
    assert_eq!(cents, last.went_back());
    // The invoice, the money, and each movement: each once.
    assert_eq!(entries(&site).await, count);
    let gone: i64 = cents.iter().sum();
    assert_eq!(came.refunded.minor(), gone);
    let figures = ada.in_euro().await;
    assert_eq!(figures.net.minor(), -gone);
    assert_eq!((figures.owed.minor(), figures.credit.minor()), (gone, 0));
    let invoice = ada.invoice("INV-1").await;
    let (remaining, refunded) = (invoice.money.remaining, invoice.money.refunded);
    assert_eq!((remaining.minor(), refunded.minor()), (gone, gone));
    assert_eq!(
        invoice.state,
        match gone {
            0 => MoneyState::Paid,
            4500 => MoneyState::Refunded,
            _ => MoneyState::PartRefunded,
        }
    );
    let taken: i64 = invoice.refunds.iter().map(|one| one.amount.minor()).sum();
    assert_eq!(taken, gone);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_books_are_what_the_last_word_says(
        commands in prop::collection::vec(command(), 1..9),
        order in prop::collection::vec((0_usize..11, any::<bool>()), 0..9),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(told_in_this_order(&commands, &order));
    }
}

/// Three notices, a refund that fails after it had gone, a second dispute, and a dispute that is
/// won, and the payment's own: in every order, each read as the provider stood when it was sent.
#[tokio::test]
async fn four_notices_in_each_of_their_orders_come_to_the_same() {
    let commands = [
        Step::Refund(1000),
        Step::Dispute(2000),
        Step::Decide { is_lost: false },
        Step::FailRefund(0),
        Step::Dispute(1500),
        Step::Decide { is_lost: true },
    ];
    // Money on its way, paid; the refund and the dispute won; all but the last word.
    let notices = [0, 1, 4, 7];
    for first in notices {
        for second in notices.into_iter().filter(|n| *n != first) {
            let rest = notices.into_iter().filter(|n| ![first, second].contains(n));
            let rest: Vec<usize> = rest.collect();
            for (third, fourth) in [(rest[0], rest[1]), (rest[1], rest[0])] {
                let order: Vec<_> = [first, second, third, fourth]
                    .into_iter()
                    .map(|n| (n, n % 2 == 0))
                    .collect();
                told_in_this_order(&commands, &order).await;
            }
        }
    }
}
