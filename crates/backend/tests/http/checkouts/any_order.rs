//! Whatever is told about money after it came, in whatever order and however often, the books
//! are what the provider's last word says.

use api_types::{CustomerId, DisputeState, PaymentKind};
use backend::db::{DbError, ReadTx, ledger};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::aftermath::{money, refund, tells};
use super::shop::Shop;

/// What the merchant or the customer's bank does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// So many cents go back, if so many are left.
    Refund(i64),
    /// The bank asks for what is left.
    Dispute,
    /// The bank decides.
    Decide { is_lost: bool },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (1_i64..2500).prop_map(Deed::Refund),
        1 => Just(Deed::Dispute),
        2 => any::<bool>().prop_map(|is_lost| Deed::Decide { is_lost }),
    ]
}

/// How 45.00 EUR stand at the provider.
#[derive(Clone, Debug, Default)]
struct There {
    refunds: Vec<i64>,
    dispute: Option<(DisputeState, i64)>,
}

impl There {
    fn left(&self) -> i64 {
        let disputed = self
            .dispute
            .filter(|(state, _)| *state != DisputeState::Won);
        4500 - self.refunds.iter().sum::<i64>() - disputed.map_or(0, |(_, cents)| cents)
    }

    /// What went back, each movement for itself, the most first.
    fn went_back(&self) -> Vec<i64> {
        let lost = self
            .dispute
            .filter(|(state, _)| *state == DisputeState::Lost);
        let mut back = self.refunds.clone();
        back.extend(lost.map(|(_, cents)| cents));
        back.sort_by_key(|cents| -cents);
        back
    }

    fn after(mut self, deed: Deed) -> Self {
        match (deed, self.dispute) {
            (Deed::Refund(cents), _) if cents <= self.left() => self.refunds.push(cents),
            (Deed::Dispute, None) if self.left() > 0 => {
                self.dispute = Some((DisputeState::Open, self.left()));
            }
            (Deed::Decide { is_lost }, Some((DisputeState::Open, cents))) => {
                let lost = DisputeState::Lost;
                self.dispute = Some((if is_lost { lost } else { DisputeState::Won }, cents));
            }
            _ => {}
        }
        self
    }

    /// As the provider tells it: the order within a list means nothing.
    fn told(&self, is_turned: bool) -> Value {
        let amount = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let numbered = self.refunds.iter().enumerate();
        let mut refunds: Vec<Value> = numbered
            .map(|(n, cents)| refund(&format!("re_{n}"), &amount(*cents)))
            .collect();
        if is_turned {
            refunds.reverse();
        }
        let dispute = self.dispute.map(|(state, cents)| {
            json!({"id": "dp_1", "amount": amount(cents), "status": state.as_str()})
        });
        json!({"refunds": refunds, "dispute": dispute})
    }
}

/// Everything that the provider could ever have answered, from the first to the last.
fn history(deeds: &[Deed]) -> Vec<There> {
    let mut history = vec![There::default()];
    for deed in deeds {
        let now = history[history.len() - 1].clone();
        history.push(now.after(*deed));
    }
    history
}

async fn entries(shop: &Shop) -> u64 {
    let ada = CustomerId::parse("ada").unwrap();
    let read = async |tx: &ReadTx| ledger::count(tx, &ada).await;
    let count: Result<_, DbError> = shop.site.app.db().read(read).await;
    count.unwrap()
}

async fn told_in_this_order(deeds: &[Deed], order: &[(prop::sample::Index, bool)]) {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    ada.pay_invoice().await;
    shop.gateway.pay(&shop.gateway.reference(), "45.00");
    let history = history(deeds);
    for (which, is_turned) in order {
        tells(&shop, which.get(&history).told(*is_turned)).await;
    }
    let last = &history[history.len() - 1];
    tells(&shop, last.told(false)).await;

    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, last.dispute.map(|(state, _)| state));
    assert!(back.iter().all(|one| one.kind == PaymentKind::Refund));
    let cents: Vec<_> = back.iter().map(|one| -one.total.minor()).collect();
    assert_eq!(cents, last.went_back());
    let gone: i64 = cents.iter().sum();
    assert_eq!(ada.in_euro().await.net.minor(), -gone);
    assert_eq!(ada.invoice("INV-1").await.money.remaining.minor(), gone);
    // The invoice, the money, and each movement back: each once.
    assert_eq!(entries(&shop).await, 2 + cents.len() as u64);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_books_are_what_the_last_word_says(
        deeds in prop::collection::vec(deed(), 1..6),
        order in prop::collection::vec(any::<(prop::sample::Index, bool)>(), 0..6),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(told_in_this_order(&deeds, &order));
    }
}
