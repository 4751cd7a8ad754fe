//! What the gateway says about when payments changed.

use sandbox_gateway::Status;

use crate::bench::{Bench, DECLINED, GOOD};

#[tokio::test]
async fn every_change_of_a_payments_state_is_kept_with_its_moment() {
    let bench = Bench::open().await;
    let (paid, left) = (bench.create().await, bench.create().await);
    bench.pay(&paid, DECLINED).await;
    bench.pay(&paid, GOOD).await;
    bench.back(&left).await;
    let happened = bench.gateway.status_changes();
    let states = |id: &str| -> Vec<Status> {
        let of_it = happened.iter().filter(|one| one.payment == id);
        of_it.map(|one| one.status).collect()
    };
    // A declined card leaves the payment in the state that it was in.
    assert_eq!(
        states(&paid),
        [Status::Open, Status::Processing, Status::Paid]
    );
    assert_eq!(states(&left), [Status::Open, Status::Cancelled]);
    assert!(happened.is_sorted_by_key(|one| one.at));
    assert!(happened.iter().all(|one| one.reference == "A-1"));
    let now = jiff::Timestamp::now().as_millisecond();
    assert!(
        happened
            .iter()
            .all(|one| (0..=now).contains(&(now - one.at)))
    );
}
