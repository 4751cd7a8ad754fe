//! Credit notes and refunds: what is left does not depend on what came first.

use super::cases::{import_case, import_some, updating};
use super::{import_files, options};
use crate::db::tests::portal::{Portal, money};

const TODAY: &str = "2026-11-21";
const CASE: &str = "credit-note-after-payment";

/// What of the account people see.
async fn seen(portal: &Portal) -> (Vec<String>, i64) {
    let invoice = portal.invoice("ann", "i1", TODAY).await;
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    let figures = [
        invoice.money.credited,
        invoice.money.paid,
        invoice.money.remaining,
        of.credit,
        of.owed,
        of.net,
    ];
    let ledger = portal.ledger_sum("ann", "EUR").await;
    (figures.map(|of| of.amount_text()).to_vec(), ledger)
}

fn right() -> (Vec<String>, i64) {
    let figures = ["30.00", "50.00", "0.00", "30.00", "0.00", "30.00"];
    (figures.map(str::to_owned).to_vec(), 3_000)
}

#[tokio::test]
async fn a_credit_note_after_the_payment_leaves_credit_in_whatever_order_the_files_come() {
    const CUSTOMERS: &[&str] = &["customers.csv"];
    const INVOICES: &[&str] = &["invoices.csv", "invoice_lines.csv"];
    const NOTES: &[&str] = &["credit_notes.csv"];
    const PAYMENTS: &[&str] = &["payments.csv"];
    const PARTS: &[&str] = &["allocations.csv"];
    let all = [CUSTOMERS, INVOICES, NOTES, PAYMENTS, PARTS].concat();
    let orders: [&[&[&str]]; 5] = [
        &[&all],
        &[CUSTOMERS, INVOICES, NOTES, PAYMENTS, PARTS],
        &[CUSTOMERS, INVOICES, PAYMENTS, PARTS, NOTES],
        &[CUSTOMERS, PAYMENTS, INVOICES, PARTS, NOTES],
        &[CUSTOMERS, PAYMENTS, INVOICES, NOTES, PARTS],
    ];
    for order in orders {
        let portal = Portal::empty().await;
        for run in order {
            import_some(&portal, CASE, run, &options()).await;
        }
        assert_eq!(seen(&portal).await, right(), "{order:?}");
        let entries = portal.entries("ann").await;
        // The same export again, at once and in any of these orders.
        for again in orders {
            for run in again {
                import_some(&portal, CASE, run, &updating()).await;
            }
            assert_eq!(seen(&portal).await, right(), "{order:?}, then {again:?}");
        }
        assert_eq!(portal.entries("ann").await, entries, "nothing is posted");
    }
}

#[tokio::test]
async fn what_was_paid_last_is_the_credit_whichever_payment_comes_first() {
    let payments = "id,customer,created_at,completed_at,total,currency,status,description\n\
         early,ann,2026-10-03T10:00,2026-10-03T10:00,50.00,EUR,completed,Cash\n\
         late,ann,2026-10-05T10:00,2026-10-05T10:00,30.00,EUR,completed,Cash\n";
    let part = |rows: &str| format!("payment,invoice,amount\n{rows}");
    let (early, late) = ("early,i1,50.00\n", "late,i1,30.00\n");
    let runs = [
        vec![part(&format!("{early}{late}"))],
        vec![part(&format!("{late}{early}"))],
        vec![part(early), part(late)],
        vec![part(late), part(early)],
    ];
    for run in runs {
        let portal = Portal::empty().await;
        let files = [
            "customers.csv",
            "invoices.csv",
            "invoice_lines.csv",
            "credit_notes.csv",
        ];
        import_some(&portal, CASE, &files, &options()).await;
        import_files(&portal.db, &[("payments.csv", payments)], &options())
            .await
            .unwrap();
        for allocations in &run {
            let files = [("allocations.csv", allocations.as_str())];
            import_files(&portal.db, &files, &options()).await.unwrap();
        }
        assert_eq!(seen(&portal).await, right(), "{run:?}");
        let early = portal.payment("ann", "early").await;
        assert_eq!(early.allocations[0].amount, money("50.00 EUR"), "{run:?}");
        assert!(portal.payment("ann", "late").await.allocations.is_empty());
    }
}

#[tokio::test]
async fn more_than_an_invoice_ever_was_is_refused_with_a_credit_note_too() {
    let portal = Portal::empty().await;
    import_case(&portal, CASE).await;
    let payments = "id,customer,created_at,completed_at,total,currency,status,description\n\
         p1,ann,2026-10-05T10:00,2026-10-05T10:01,80.00,EUR,completed,Card payment\n\
         p2,ann,2026-10-06T10:00,2026-10-06T10:00,80.00,EUR,completed,Cash\n";
    let allocations = "payment,invoice,amount\np1,i1,80.00\np2,i1,0.01\n";
    let files = [("payments.csv", payments), ("allocations.csv", allocations)];
    let said = import_files(&portal.db, &files, &updating()).await;
    let said = said.unwrap_err().to_string();
    let begins = "allocations.csv, line 3, column amount: invoice i1 has only 0.00 EUR left to pay";
    assert!(said.starts_with(begins), "{said}");
    assert_eq!(seen(&portal).await, right());
}

const HEAD: &str =
    "id,customer,created_at,completed_at,total,currency,status,description,kind,refund_of\n";

async fn pay(portal: &Portal, rows: &[&str], update: bool) -> Result<(), String> {
    let text = format!("{HEAD}{}\n", rows.join("\n"));
    let files = [("payments.csv", text.as_str())];
    let options = if update { updating() } else { options() };
    match import_files(&portal.db, &files, &options).await {
        Ok(_) => Ok(()),
        Err(why) => Err(why.to_string()),
    }
}

const PAID: &str = "p1,ann,2026-11-02T10:00,2026-11-02T10:00,45.00,EUR,completed,Card,payment,";
const PENDING: &str = "p1,ann,2026-11-02T10:00,,45.00,EUR,pending,Card,payment,";
const CANCELLED: &str = "p1,ann,2026-11-02T10:00,,45.00,EUR,cancelled,Card,payment,";
const LESS: &str = "p1,ann,2026-11-02T10:00,2026-11-02T10:00,44.99,EUR,completed,Card,payment,";
const LATER: &str = "p1,ann,2026-11-02T10:00,2026-11-09T10:00,45.00,EUR,completed,Card,payment,";
const BOUGHT: &str = "p1,ann,2026-11-02T10:00,2026-11-02T10:00,-45.00,EUR,completed,Tape,purchase,";
const REFUND: &str = "p2,ann,2026-11-03T10:00,2026-11-03T10:00,-45.00,EUR,completed,Back,refund,p1";
const EARLY: &str = "p2,ann,2026-11-01T10:00,2026-11-01T10:00,-45.00,EUR,completed,Back,refund,p1";
const OF_REFUND: &str = "p3,ann,2026-11-04T10:00,2026-11-04T10:00,-5.00,EUR,completed,B,refund,p2";
const MORE: &str = "p3,ann,2026-11-04T10:00,2026-11-04T10:00,-0.01,EUR,completed,B,refund,p1";

#[tokio::test]
async fn a_refund_gives_back_a_completed_payment_in_one_import_or_in_two() {
    let is_cancelled = "column refund_of: payment p1 is cancelled; a refund gives back";
    let is_a_refund = "column refund_of: payment p2 is a refund; a refund gives back";
    for (first, second, says) in [
        (CANCELLED, REFUND, is_cancelled),
        (PENDING, REFUND, "column refund_of: payment p1 is pending;"),
        (
            BOUGHT,
            REFUND,
            "column refund_of: payment p1 is a purchase;",
        ),
        (
            PAID,
            EARLY,
            "column completed_at: it lies before 2026-11-02T10:00:00Z, when payment p1",
        ),
        (PAID, MORE, ""),
        (PAID, REFUND, ""),
    ] {
        for in_one in [true, false] {
            let portal = Portal::with(&["ann"]).await;
            let done = if in_one {
                pay(&portal, &[second, first], false).await
            } else {
                pay(&portal, &[first], false).await.unwrap();
                pay(&portal, &[second], false).await
            };
            match done {
                Ok(()) => assert_eq!(says, "", "{first} and {second}"),
                Err(said) => {
                    assert!(said.contains(&format!("line 2, {says}")), "{said}");
                    assert_eq!(said.lines().count(), 2, "told once: {said}");
                    assert!(!says.is_empty(), "{said}");
                }
            }
        }
    }
    for rows in [[PAID, REFUND, OF_REFUND], [OF_REFUND, REFUND, PAID]] {
        let portal = Portal::with(&["ann"]).await;
        let said = pay(&portal, &rows, false).await.unwrap_err();
        assert!(said.contains(is_a_refund), "{said}");
        assert_eq!(said.lines().count(), 2, "told once: {said}");
    }
    let portal = Portal::with(&["ann"]).await;
    pay(&portal, &[PAID, REFUND], false).await.unwrap();
    let said = pay(&portal, &[OF_REFUND], false).await.unwrap_err();
    assert!(said.contains(is_a_refund), "{said}");
    let said = pay(&portal, &[MORE], false).await.unwrap_err();
    let begins = "payments.csv, line 2, column total: the refund is 0.01 EUR, \
        and 0.00 EUR of payment p1 is left to give back";
    assert!(said.starts_with(begins), "{said}");
}

#[tokio::test]
async fn a_payment_that_was_given_back_cannot_become_another() {
    let portal = Portal::with(&["ann"]).await;
    pay(&portal, &[PAID, REFUND], false).await.unwrap();
    for (row, says) in [
        (
            CANCELLED,
            "column status: payment p2 gives 45.00 EUR of it back",
        ),
        (
            PENDING,
            "column status: payment p2 gives 45.00 EUR of it back",
        ),
        (LESS, "column total: 45.00 EUR of it have been given back"),
        (
            LATER,
            "column completed_at: payment p2 gives it back, and that was at",
        ),
        (BOUGHT, "column kind: payment p2 gives 45.00 EUR of it back"),
    ] {
        let said = pay(&portal, &[row], true).await.unwrap_err();
        assert!(
            said.starts_with(&format!("payments.csv, line 2, {says}")),
            "{said}"
        );
    }
    pay(&portal, &[PAID, REFUND], true).await.unwrap();
    // Both change together: what the file says of both is what holds.
    let less = REFUND.replace("-45.00", "-44.99");
    pay(&portal, &[LESS, &less], true).await.unwrap();
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(of.net, money("0.00 EUR"));
}
